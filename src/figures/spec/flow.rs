//! From those invited to those analysed, for each group.

use crate::findings::{Disposition, Findings, Outline, People, Screened, Statistic, Value};
use crate::numbers::NumberStyle;

use super::{Known, Share, Worded, closes, decimals, groups_or_all, in_words, look, share};
use crate::figures::NotDrawn;
use crate::figures::font::shorten;

/// The flow of each group.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct FlowSpec {
    /// One column for each group.
    pub(crate) columns: Vec<FlowColumn>,
}

/// The flow of one group.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct FlowColumn {
    /// The group's label.
    pub(crate) group: String,
    /// Those invited, if something says how many.
    pub(crate) invited: Known<Invited>,
    /// The rows of the export, if answers of the group are part of the study.
    pub(crate) rows: Known<Rows>,
    /// Whom each screen would leave out of those analysed, in their order, or why it cannot say.
    pub(crate) screens: Vec<(String, Known<u64>)>,
    /// Which rows rules could not judge, in words.
    pub(crate) unjudged: Vec<String>,
    /// Complete and partial responses over those invited (AAPOR RR2).
    pub(crate) rate: Option<Share>,
}

/// Those invited.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Invited {
    /// How many.
    pub(crate) total: u64,
    /// What became of them, as far as it is said, in the order of [`Disposition::ALL`]; adds up to the total.
    pub(crate) became: Known<Vec<(Disposition, u64)>>,
}

/// The rows of an export.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Rows {
    /// Rows that belong to the group.
    pub(crate) received: u64,
    /// Rows left out, by rule in the order of the rules, with zeros; these and `included` add up to `received`.
    pub(crate) excluded: Vec<(String, u64)>,
    /// Rows analysed.
    pub(crate) included: u64,
}

/// Reads the flow of the groups and checks that each account closes.
pub(crate) fn flow_spec(
    outline: &Outline,
    findings: &Findings,
    groups: &[String],
) -> Result<FlowSpec, NotDrawn> {
    let columns = groups_or_all(outline, groups)
        .iter()
        .map(|group| column(outline, findings, group))
        .collect::<Result<Vec<_>, _>>()?;
    if columns.is_empty() { Err(NotDrawn::NoGroup) } else { Ok(FlowSpec { columns }) }
}

fn column(outline: &Outline, findings: &Findings, group: &str) -> Result<FlowColumn, NotDrawn> {
    let Some(named) = outline.groups.iter().find(|named| named.id == group) else {
        return Err(NotDrawn::UnknownGroup { group: group.to_owned() });
    };
    let people = findings.iter().find(|finding| finding.group == group).and_then(|f| f.base.people.as_ref());
    Ok(FlowColumn {
        group: named.label.clone(),
        invited: invited(findings, group, people.map(AsRef::as_ref))?,
        rows: rows(findings, group, people.map(AsRef::as_ref))?,
        screens: people.iter().flat_map(|people| &people.screened).map(screen).collect(),
        unjudged: people.map(|people| unjudged(people)).unwrap_or_default(),
        rate: look(findings, &format!("{group}/rr2")).and_then(share).ok(),
    })
}

fn invited(findings: &Findings, group: &str, people: Option<&People>) -> Result<Known<Invited>, NotDrawn> {
    let found = findings.get(&format!("{group}/invited"));
    let total = match (found.map(|finding| &finding.value), people.and_then(People::n_invited)) {
        (Some(Value::Count(total)), _) => *total,
        (Some(Value::NotComputed(reason)), _) => return Ok(Err(reason.to_string())),
        (_, Some(total)) => total,
        (_, None) => return Ok(Err("nothing says how many were invited".to_owned())),
    };
    let unknown = Disposition::ALL.iter().find_map(|disposition| {
        let found = findings.get(&format!("{group}/disposition/{}", disposition.id()))?;
        match &found.value {
            Value::NotComputed(reason) => Some(reason.to_string()),
            _ => None,
        }
    });
    let counted = |people: &People| -> Vec<(Disposition, u64)> {
        let count = |disposition| (disposition, people.n_with(disposition).unwrap_or_default());
        people.said().map(count).collect()
    };
    let became = match (unknown, people.filter(|people| people.invited.is_some())) {
        (Some(reason), _) => Err(reason),
        (None, None) => Err("not part of this study's analyses".to_owned()),
        (None, Some(people)) => {
            let counts = counted(people);
            let parts = counts.iter().map(|(_, count)| *count);
            closes(&format!("the people invited in {group}"), total, parts)?;
            Ok(counts)
        }
    };
    Ok(Ok(Invited { total, became }))
}

fn rows(findings: &Findings, group: &str, people: Option<&People>) -> Result<Known<Rows>, NotDrawn> {
    for statistic in [Statistic::Received, Statistic::Included] {
        if let Some(finding) = findings.get(&format!("{group}/{}", statistic.id()))
            && let Value::NotComputed(reason) = &finding.value
        {
            return Ok(Err(reason.to_string()));
        }
    }
    let Some(people) = people else { return Ok(Err("not part of this study's analyses".to_owned())) };
    let excluded: Vec<(String, u64)> =
        people.excluded.iter().map(|excluded| (excluded.words().to_owned(), excluded.count)).collect();
    let parts = excluded.iter().map(|(_, count)| *count).chain([people.included]);
    closes(&format!("the rows received in {group}"), people.received, parts)?;
    Ok(Ok(Rows { received: people.received, excluded, included: people.included }))
}

fn screen(screened: &Screened) -> (String, Known<u64>) {
    let count = screened.count.as_ref().copied().map_err(ToString::to_string);
    (screened.words().to_owned(), count)
}

/// What each rule could not judge.
fn unjudged(people: &People) -> Vec<String> {
    let rules = people.excluded.iter().map(|excluded| (excluded.words(), &excluded.cautions));
    let screens = people.screened.iter().map(|screened| (screened.words(), &screened.cautions));
    let without = people.screened.iter().filter_map(|screened| {
        let why = screened.count.as_ref().err()?;
        Some(format!("{}: not computed, {why}.", screened.words()))
    });
    let said = rules
        .chain(screens)
        .flat_map(|(rule, cautions)| cautions.iter().map(move |caution| format!("{rule}: {caution}.")));
    said.chain(without).collect()
}

impl FlowSpec {
    /// The words of the figure.
    pub(crate) fn worded(&self, style: NumberStyle) -> Worded {
        let mut data = vec![["group", "step", "count"].map(str::to_owned).to_vec()];
        let mut sentences = Vec::new();
        let decimals = decimals(style, self.columns.iter().filter_map(|c| c.rate.map(|rate| rate.of)));
        for column in &self.columns {
            sentences.push(column.sentence(style, decimals));
            for (step, count) in column.steps() {
                let shown = count.map_or_else(|why| format!("not computed: {why}"), |n| n.to_string());
                data.push(vec![column.group.clone(), step, shown]);
            }
        }
        let mut notes = vec!["People are counted on the roster, rows in the export.".to_owned()];
        notes.extend(self.columns.iter().filter_map(|column| column.difference(style)));
        if self.columns.iter().any(|column| !column.screens.is_empty()) {
            notes.push("Screens leave out nobody; each looks at everybody analysed.".to_owned());
        }
        for column in &self.columns {
            notes.extend(column.unjudged.iter().map(|rule| format!("{}, {rule}", column.group)));
        }
        Worded { alt: sentences.join(" "), data, notes }
    }
}

impl FlowColumn {
    /// Every step with its count.
    fn steps(&self) -> Vec<(String, Known<u64>)> {
        let mut steps = Vec::new();
        match &self.invited {
            Err(why) => steps.push(("invited".to_owned(), Err(why.clone()))),
            Ok(invited) => {
                steps.push(("invited".to_owned(), Ok(invited.total)));
                let step = |disposition: Disposition| disposition.words().to_lowercase();
                match &invited.became {
                    Ok(counts) => {
                        steps.extend(counts.iter().map(|(became, count)| (step(*became), Ok(*count))));
                    }
                    Err(why) => {
                        steps.extend(Disposition::USUAL.map(|became| (step(became), Err(why.clone()))));
                    }
                }
            }
        }
        match &self.rows {
            Err(why) => steps.push(("rows received".to_owned(), Err(why.clone()))),
            Ok(rows) => {
                steps.push(("rows received".to_owned(), Ok(rows.received)));
                let left_out = |(rule, count): &(String, u64)| (format!("left out: {rule}"), Ok(*count));
                steps.extend(rows.excluded.iter().map(left_out));
                steps.push(("analysed".to_owned(), Ok(rows.included)));
            }
        }
        steps.extend(self.screens.iter().map(|(rule, count)| (format!("screen: {rule}"), count.clone())));
        steps
    }

    fn sentence(&self, style: NumberStyle, decimals: crate::numbers::Decimals) -> String {
        let words = |(step, count): (String, Known<u64>)| match count {
            Ok(count) => format!("{step} {}", style.count(count)),
            Err(why) => format!("{step} not computed ({why})"),
        };
        let steps: Vec<String> = self.steps().into_iter().map(words).collect();
        let rate =
            self.rate.map_or(String::new(), |rate| format!("; RR2 {}", in_words(rate, style, decimals)));
        format!("{}: {}{rate}.", shorten(&self.group, 120), steps.join(", "))
    }

    /// Says it where the people who responded and the rows analysed are not as many.
    fn difference(&self, style: NumberStyle) -> Option<String> {
        let (Ok(Invited { became: Ok(became), .. }), Ok(rows)) = (&self.invited, &self.rows) else {
            return None;
        };
        let of =
            |wanted| became.iter().find(|(disposition, _)| *disposition == wanted).map_or(0, |(_, n)| *n);
        let responded = of(Disposition::Complete) + of(Disposition::Partial);
        (responded != rows.included).then(|| {
            format!(
                "{}: {} people on the roster responded in full or in part, {} rows are analysed.",
                self.group,
                style.count(responded),
                style.count(rows.included)
            )
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::figures::samples;

    #[test]
    fn people_and_rows_close() {
        let study = samples::response();
        let spec = flow_spec(&study.outline, &study.findings, &[]).unwrap();
        let students = &spec.columns[0];
        let Ok(invited) = &students.invited else { panic!("{students:?}") };
        assert_eq!(invited.became.as_ref().unwrap().iter().map(|(_, n)| n).sum::<u64>(), invited.total);
        let Ok(rows) = &students.rows else { panic!("{students:?}") };
        assert_eq!(rows.received, rows.included + rows.excluded.iter().map(|(_, n)| n).sum::<u64>());
        let Ok(residents) = &spec.columns[1].rows else { panic!("{spec:?}") };
        assert_eq!(
            residents.excluded[1],
            ("further responses of one person".to_owned(), 0),
            "a rule without a row is shown"
        );
        assert_eq!((invited.total, rows.included), (22, 14));
    }

    #[test]
    fn an_account_that_does_not_close_is_not_drawn() {
        let study = samples::response_with(|people| people.received += 1);
        let error = flow_spec(&study.outline, &study.findings, &[]).unwrap_err();
        assert!(matches!(error, NotDrawn::Unbalanced { .. }), "{error}");
    }

    #[test]
    fn a_group_without_roster_or_answers_says_why() {
        let study = samples::response();
        let spec = flow_spec(&study.outline, &study.findings, &[]).unwrap();
        assert_eq!(spec.columns[2].invited, Err("nothing says how many were invited".to_owned()));
        assert_eq!(spec.columns[3].rows, Err("no answers of this group are part of the study".to_owned()));
        let words = spec.worded(NumberStyle::Ama);
        assert!(
            words.alt.contains("Students: invited 22, complete 13, partial 1, break-off 2, no response 6")
        );
        assert!(words.alt.contains("rows received not computed (no answers of this group"));
    }

    #[test]
    fn a_group_that_does_not_exist_is_an_error() {
        let study = samples::response();
        let error = flow_spec(&study.outline, &study.findings, &["nurses".into()]).unwrap_err();
        assert_eq!(error, NotDrawn::UnknownGroup { group: "nurses".into() });
    }
}
