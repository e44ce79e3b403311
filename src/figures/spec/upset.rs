//! What was ticked together: the most frequent combinations of a multi-select, and how often each choice was ticked.

use crate::codebook::Missing;
use crate::findings::{Finding, Findings, Kind, Outline, QuestionOutline, Statistic, Value};
use crate::numbers::{Decimals, NumberStyle};

use super::{Known, Share, Worded, asked_of, closes, decimals, enumerate, in_words, look, questions, share};
use crate::figures::NotDrawn;
use crate::figures::font::shorten;

/// The combinations of a multi-select in each of its groups.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct UpsetSpec {
    /// One panel for each group.
    pub(crate) panels: Vec<UpsetPanel>,
    /// The decimals of every percent.
    pub(crate) decimals: Decimals,
    /// The order of the choices, in words.
    order: String,
}

/// The combinations in one group.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct UpsetPanel {
    /// The group's label.
    pub(crate) group: String,
    /// Who answered, who ticked what is not shown, and who ticked nothing, in words.
    pub(crate) base: String,
    /// The choices, in the order in which they are drawn.
    pub(crate) sets: Vec<TickedSet>,
    /// The combinations, the largest first.
    pub(crate) combinations: Known<Vec<Combination>>,
}

/// One choice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct TickedSet {
    /// Its label.
    pub(crate) label: String,
    /// How many ticked it, whatever else they ticked.
    pub(crate) share: Known<Share>,
}

/// Exactly these choices and no others.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Combination {
    /// The positions of its choices among the sets, ascending.
    pub(crate) sets: Vec<usize>,
    /// How many ticked it.
    pub(crate) share: Share,
}

/// Reads the combinations of a question.
pub(crate) fn upset_spec(
    outline: &Outline,
    findings: &Findings,
    groups: &[String],
    question: &str,
    style: NumberStyle,
) -> Result<UpsetSpec, NotDrawn> {
    let asked = questions(outline, groups, question, &[Kind::Multi])?;
    let panels =
        asked.iter().map(|asked| panel(outline, findings, asked, style)).collect::<Result<Vec<_>, _>>()?;
    let bases = panels.iter().flat_map(|panel| {
        let sets = panel.sets.iter().filter_map(|set| set.share.as_ref().ok());
        sets.chain(panel.combinations.iter().flatten().map(|combination| &combination.share))
            .map(|share| share.of)
    });
    let decimals = decimals(style, bases);
    Ok(UpsetSpec { panels, decimals, order: QuestionOutline::by_frequency_words(findings, &asked) })
}

fn panel(
    outline: &Outline,
    findings: &Findings,
    question: &QuestionOutline,
    style: NumberStyle,
) -> Result<UpsetPanel, NotDrawn> {
    let choices = question.by_frequency(findings);
    let sets: Vec<TickedSet> = choices
        .iter()
        .map(|choice| TickedSet {
            label: choice.label.clone(),
            share: look(findings, question.finding(&choice.id).as_str()).and_then(share),
        })
        .collect();
    let ids: Vec<&str> = choices.iter().map(|choice| choice.id.as_str()).collect();
    let distinct = look(findings, question.finding("distinct-combinations").as_str()).and_then(|found| {
        match found.value {
            Value::Count(distinct) => Ok(distinct),
            _ => Err("not a count".to_owned()),
        }
    });
    let combinations =
        distinct.as_ref().map_err(Clone::clone).and_then(|_| combinations(findings, question, &ids));
    if let Ok(combinations) = &combinations {
        let of = combinations.first().map_or(0, |first| first.share.of);
        let what = format!("the combinations of {}/{}", question.group, question.id);
        let shown: u64 = combinations.iter().map(|one| one.share.count).fold(0, u64::saturating_add);
        // Nobody is in two combinations.
        closes(&what, of, [shown, of.saturating_sub(shown)])?;
    }
    let base = base_words(findings, question, &distinct, &combinations, style);
    let group = outline.group_label(&question.group).to_owned();
    Ok(UpsetPanel { group, base, sets, combinations })
}

/// The combinations that were found, the largest first; equally large ones as they were found, in the order asked.
fn combinations(findings: &Findings, question: &QuestionOutline, ids: &[&str]) -> Known<Vec<Combination>> {
    let of = |finding: &&Finding| {
        finding.statistic == Statistic::Combination
            && finding.group == question.group
            && finding.question.as_ref() == Some(&question.id)
    };
    let mut all = Vec::new();
    for finding in findings.iter().filter(of) {
        let share = look(findings, finding.id.as_str()).and_then(share)?;
        let named = finding.level.as_deref().unwrap_or_default().split('+');
        let positions: Option<Vec<usize>> =
            named.map(|id| ids.iter().position(|known| *known == id)).collect();
        let mut sets =
            positions.ok_or_else(|| format!("{} names a choice that the question has not", finding.id))?;
        sets.sort_unstable();
        all.push(Combination { sets, share });
    }
    all.sort_by_key(|combination| std::cmp::Reverse(combination.share.count));
    Ok(all)
}

/// Who answered, what is not shown, and who ticked nothing.
fn base_words(
    findings: &Findings,
    question: &QuestionOutline,
    distinct: &Known<u64>,
    combinations: &Known<Vec<Combination>>,
    style: NumberStyle,
) -> String {
    let (distinct, combinations) = match (distinct, combinations) {
        (Err(why), _) | (_, Err(why)) => return format!("Not computed: {why}"),
        (Ok(distinct), Ok(combinations)) => (*distinct, combinations),
    };
    let Some(asked) = asked_of(findings, [question.finding("distinct-combinations").as_str().to_owned()])
    else {
        return String::new();
    };
    let answered = asked.answered;
    let shown: u64 = combinations.iter().map(|one| one.share.count).sum();
    let n = u64::try_from(combinations.len()).unwrap_or(u64::MAX);
    let others = distinct.saturating_sub(n);
    let what = match (n, others) {
        (_, 0) => format!("shown: all combinations ({})", style.count(distinct)),
        (0, _) => format!(
            "different combinations: {}, none of them more frequent than too many others to be shown",
            style.count(distinct)
        ),
        (_, _) => format!(
            "shown: {} of {} combinations; ticked others: {}",
            style.count(n),
            style.count(distinct),
            style.count(answered.saturating_sub(shown))
        ),
    };
    let without: Vec<String> = asked
        .missing
        .iter()
        .filter(|(reason, _)| **reason != Missing::NotAsked)
        .map(|(reason, count)| format!("{} {}", style.count(*count), reason.words()))
        .collect();
    let nothing = if without.is_empty() {
        "nobody who was asked ticked nothing".to_owned()
    } else {
        format!("nothing ticked: {}", enumerate(&without))
    };
    format!("Respondents who answered: {}; {what}; {nothing}", style.count(answered))
}

impl UpsetSpec {
    /// The words of the figure.
    pub(crate) fn worded(&self, style: NumberStyle) -> Worded {
        let mut data = vec![["group", "choices", "n", "N"].map(str::to_owned).to_vec()];
        let mut alt = Vec::new();
        for panel in &self.panels {
            let label = |set: &usize| panel.sets.get(*set).map_or("", |set| &set.label);
            let mut row = |choices: String, share: &Known<Share>| {
                let numbers = match share {
                    Ok(share) => [share.count.to_string(), share.of.to_string()],
                    Err(why) => [format!("not computed: {why}"), String::new()],
                };
                data.push([panel.group.clone(), choices].into_iter().chain(numbers).collect());
            };
            let mut sets = Vec::new();
            for set in &panel.sets {
                row(set.label.clone(), &set.share);
                let words = match &set.share {
                    Ok(share) => in_words(*share, style, self.decimals),
                    Err(why) => format!("not computed, {why}"),
                };
                sets.push(format!("{} {words}", shorten(&set.label, 120)));
            }
            let mut together = Vec::new();
            for one in panel.combinations.iter().flatten() {
                let labels: Vec<&str> = one.sets.iter().map(label).collect();
                row(format!("exactly: {}", labels.join(" + ")), &Ok(one.share));
                let short: Vec<String> = labels.iter().map(|label| shorten(label, 120)).collect();
                together.push(format!("{} {}", short.join(" + "), in_words(one.share, style, self.decimals)));
            }
            let together = if together.is_empty() {
                String::new()
            } else {
                format!(" Exactly these: {}.", together.join("; "))
            };
            alt.push(format!(
                "{}. {}. Ticked: {}.{together}",
                shorten(&panel.group, 120),
                panel.base,
                sets.join("; ")
            ));
        }
        let notes = vec![
            "Columns: people who ticked exactly the choices with a large dot; of equally frequent combinations all are \
             shown or none. Percents are of those who answered."
                .to_owned(),
            format!("Rows: everybody who ticked the choice. {} The grey room is everybody who answered.", self.order),
        ];
        Worded { alt: alt.join(" "), data, notes }
    }
}
