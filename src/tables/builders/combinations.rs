//! The most frequent sets of choices that one person ticked.

use crate::findings::{Finding, Outline, QuestionOutline, Statistic};
use crate::tables::draft::{Draft, ShareForm};
use crate::tables::table::{Section, Table};

use super::{question_title, section_label};

/// A section for each group, a row for each set, as they were found: the most frequent first.
pub(in crate::tables) fn combinations(
    draft: &mut Draft<'_>,
    outline: &Outline,
    questions: &[&QuestionOutline],
) -> Table {
    let mut sections = Vec::new();
    for question in questions {
        let found = sets(draft, question);
        let decimals = draft.decimals(found.iter().map(|finding| finding.id.as_str()));
        let mut rows = Vec::new();
        for set in found {
            let cells = vec![draft.share(set.id.as_str(), decimals, ShareForm::CountFirst)];
            rows.push(draft.row(&words(question, set), cells));
        }
        let different = draft.count(question.finding("distinct-combinations").as_str());
        rows.push(draft.row("Different sets in all", vec![different]));
        sections.push(Section { label: section_label(outline, questions, question), rows });
    }
    Table {
        title: question_title(outline, questions),
        stub: "Choices".to_owned(),
        columns: vec!["Respondents, n (%)".to_owned()],
        sections,
        notes: vec![
            "Respondents who ticked exactly these choices, of all who answered. The most frequent sets; of equally frequent \
             ones all stand here or none."
                .to_owned(),
        ],
        ..Table::default()
    }
}

/// The sets of a question that were found, in their order.
fn sets<'a>(draft: &Draft<'a>, question: &QuestionOutline) -> Vec<&'a Finding> {
    let of_question = |finding: &&Finding| {
        finding.statistic == Statistic::Combination
            && finding.group == question.group
            && finding.question.as_deref() == Some(&question.id)
    };
    draft.findings().iter().filter(of_question).collect()
}

/// The choices of a set in words.
fn words(question: &QuestionOutline, set: &Finding) -> String {
    let ids: Vec<&str> = set.level.iter().flat_map(|level| level.split('+')).collect();
    let chosen = question.levels.iter().filter(|level| ids.contains(&level.id.as_str()));
    let labels: Vec<&str> = chosen.map(|level| level.label.as_str()).collect();
    match labels.as_slice() {
        [only] => format!("{only}, alone"),
        several => several.join("; "),
    }
}
