//! How often each choice was made, for each group.

use crate::findings::{Findings, Kind, Outline, QuestionOutline, Value};
use crate::numbers::{Decimals, NumberStyle};

use super::{Known, Share, Worded, asked_of, decimals, in_words, look, questions, share};
use crate::figures::NotDrawn;
use crate::figures::font::shorten;

/// The choices of a question in each of its groups.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ChoicesSpec {
    /// One panel for each group.
    pub(crate) panels: Vec<ChoicesPanel>,
    /// The decimals of every percent.
    pub(crate) decimals: Decimals,
    /// The order of the choices, in words.
    pub(crate) order: String,
}

/// The choices of a question in one group.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ChoicesPanel {
    /// The group's label.
    pub(crate) group: String,
    /// How many choices a person could make.
    pub(crate) picks: Picks,
    /// Respondents who answered.
    pub(crate) answered: Known<u64>,
    /// Choices made over all respondents, where several could be made.
    pub(crate) mentions: Option<u64>,
    /// The choices in the order in which they are drawn.
    pub(crate) bars: Vec<ChoiceBar>,
}

/// How many choices a person could make.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Picks {
    /// One.
    One,
    /// Any number.
    Any,
}

/// One choice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ChoiceBar {
    /// Its label.
    pub(crate) label: String,
    /// How many made it, of those who answered.
    pub(crate) share: Known<Share>,
}

/// Reads the choices of a question.
pub(crate) fn choices_spec(
    outline: &Outline,
    findings: &Findings,
    groups: &[String],
    question: &str,
    style: NumberStyle,
) -> Result<ChoicesSpec, NotDrawn> {
    let asked = questions(outline, groups, question, &[Kind::Multi, Kind::Single])?;
    let panels = asked.iter().map(|asked| panel(outline, findings, asked)).collect::<Result<Vec<_>, _>>()?;
    let bases = panels.iter().flat_map(|panel| &panel.bars);
    let decimals = decimals(style, bases.filter_map(|bar| bar.share.as_ref().ok().map(|share| share.of)));
    Ok(ChoicesSpec { panels, decimals, order: QuestionOutline::by_frequency_words(findings, &asked) })
}

fn panel(
    outline: &Outline,
    findings: &Findings,
    question: &QuestionOutline,
) -> Result<ChoicesPanel, NotDrawn> {
    let id = |tail: &str| question.finding(tail).as_str().to_owned();
    let bars: Vec<ChoiceBar> = question
        .by_frequency(findings)
        .into_iter()
        .map(|level| ChoiceBar {
            label: level.label.clone(),
            share: look(findings, &id(&level.id)).and_then(share),
        })
        .collect();
    let base = bars.iter().find_map(|bar| bar.share.as_ref().ok()).map(|share| share.of);
    if let Some(base) = base {
        for other in bars.iter().filter_map(|bar| bar.share.as_ref().ok()) {
            super::closes(&format!("the bases of {}/{}", question.group, question.id), base, [other.of])?;
        }
    }
    let asked = asked_of(findings, question.levels.iter().map(|level| id(&level.id)));
    let answered = match (base, asked, bars.first()) {
        (Some(base), _, _) => Ok(base),
        (None, Some(asked), _) => Ok(asked.answered),
        (None, None, Some(ChoiceBar { share: Err(why), .. })) => Err(why.clone()),
        (None, None, _) => Err("there are no choices".to_owned()),
    };
    let picks = if question.kind == Kind::Multi { Picks::Any } else { Picks::One };
    let mentions = match look(findings, &id("mentions-total")).ok().map(|finding| &finding.value) {
        Some(Value::Count(mentions)) => Some(*mentions),
        _ => None,
    };
    let group = outline.group_label(&question.group).to_owned();
    Ok(ChoicesPanel { group, picks, answered, mentions, bars })
}

impl ChoicesPanel {
    /// The base in words.
    pub(crate) fn base_words(&self, style: NumberStyle) -> String {
        let answered = match &self.answered {
            Ok(answered) => format!("Respondents who answered: {}", style.count(*answered)),
            Err(why) => format!("Not computed: {why}"),
        };
        match (self.picks, self.mentions, &self.answered) {
            (Picks::Any, Some(mentions), Ok(_)) => {
                format!("{answered}; they could tick more than one ({} mentions)", style.count(mentions))
            }
            (Picks::Any, None, Ok(_)) => format!("{answered}; they could tick more than one"),
            _ => answered,
        }
    }
}

impl ChoicesSpec {
    /// The words of the figure.
    pub(crate) fn worded(&self, style: NumberStyle) -> Worded {
        let mut data = vec![["group", "choice", "n", "N"].map(str::to_owned).to_vec()];
        let mut alt = Vec::new();
        for panel in &self.panels {
            let mut parts = Vec::new();
            for bar in &panel.bars {
                let label = shorten(&bar.label, 120);
                match &bar.share {
                    Ok(share) => {
                        parts.push(format!("{label} {}", in_words(*share, style, self.decimals)));
                        let numbers = [share.count.to_string(), share.of.to_string()];
                        data.push(
                            [panel.group.clone(), bar.label.clone()].into_iter().chain(numbers).collect(),
                        );
                    }
                    Err(why) => {
                        parts.push(format!("{label} not computed, {why}"));
                        let why = format!("not computed: {why}");
                        data.push(vec![panel.group.clone(), bar.label.clone(), why.clone(), why]);
                    }
                }
            }
            alt.push(format!(
                "{}. {}: {}.",
                shorten(&panel.group, 120),
                panel.base_words(style),
                parts.join("; ")
            ));
        }
        let notes = vec![format!("{} The grey room is everybody who answered.", self.order)];
        Worded { alt: alt.join(" "), data, notes }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::figures::samples;

    #[test]
    fn the_most_frequent_choice_comes_first_and_other_last() {
        let study = samples::choices(&samples::Picked { n: 14, ..samples::Picked::default() });
        let spec =
            choices_spec(&study.outline, &study.findings, &[], "motivations", NumberStyle::Ama).unwrap();
        let bars = &spec.panels[0].bars;
        let counts: Vec<u64> = bars.iter().map(|bar| bar.share.as_ref().unwrap().count).collect();
        assert!(counts[..counts.len() - 1].windows(2).all(|pair| pair[0] >= pair[1]));
        assert_eq!(bars.last().unwrap().label, "Other (please specify)");
        let words = spec.panels[0].base_words(NumberStyle::Ama);
        assert!(words.starts_with("Respondents who answered: 14; they could tick more than one"), "{words}");
    }

    #[test]
    fn a_choice_that_was_not_computed_is_not_a_bar_of_zero() {
        let mut study = samples::choices(&samples::Picked { n: 14, ..samples::Picked::default() });
        study.remove("students/motivations/choice-1");
        let spec =
            choices_spec(&study.outline, &study.findings, &[], "motivations", NumberStyle::Ama).unwrap();
        assert!(spec.panels[0].bars.iter().any(|bar| bar.share.is_err()));
        assert!(
            spec.worded(NumberStyle::Ama).alt.contains("not computed, not part of this study's analyses")
        );
    }
}
