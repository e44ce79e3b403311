//! The choices of a question as far as they may be shown.

use std::collections::BTreeSet;

use crate::codebook::{Choice, Form, MultiCells, Question};
use crate::responses::{Answer, Answers, Codes};

/// The choices of a question that may be shown, and how many may not.
///
/// Choices from a definition are the survey's own words, and so are those that name columns. Choices that were seen
/// in cells alone may be what somebody wrote: one that a single person gave is not shown, and where most are such,
/// none is.
pub(super) fn shown(question: &Question, answers: &Answers) -> (Vec<String>, u64) {
    let choices = question.form.choices();
    let labels = || choices.iter().map(|choice| choice.label.clone());
    let from_cells = match &question.form {
        Form::Single { .. } | Form::Battery { .. } | Form::Ordering { .. } => true,
        Form::Multi { cells, .. } => matches!(cells, MultiCells::Joined { .. } | MultiCells::Coded(_)),
        _ => false,
    };
    if question.defined || !from_cells {
        return (labels().collect(), 0);
    }
    if are_points(choices) {
        return (labels().collect(), 0);
    }
    let mut given = times_given(answers, choices.len());
    // What is no answer on the question's terms is not counted among the answers, and is the platform's own word.
    for (times, _) in given.iter_mut().zip(choices).filter(|(_, choice)| choice.outside.is_some()) {
        *times = (*times).max(2);
    }
    let once = given.iter().filter(|times| **times < 2).count();
    if once * 2 > choices.len() {
        return (Vec::new(), choices.len() as u64);
    }
    let repeated = labels().zip(&given).filter(|(_, times)| **times >= 2).map(|(label, _)| label);
    (repeated.collect(), once as u64)
}

/// Whether choices are the points of a numeric scale, such as 0 to 10 with words at its ends: nobody writes such words.
fn are_points(choices: &[Choice]) -> bool {
    let numbers: BTreeSet<u8> = choices.iter().filter_map(|choice| leading_number(&choice.label)).collect();
    let worded = choices.iter().filter(|choice| choice.label.trim().parse::<u8>().is_err()).count();
    choices.len() > 2 && numbers.len() == choices.len() && worded <= 2
}

/// The number from 0 to 10 with which a label begins, alone or before a word.
fn leading_number(label: &str) -> Option<u8> {
    let label = label.trim();
    let end = label.find(|c: char| !c.is_ascii_digit()).unwrap_or(label.len());
    let (number, words) = label.split_at_checked(end)?;
    let parted = words.is_empty() || words.starts_with([' ', '(', ':', '=', '-', '\u{2013}']);
    let short = words.chars().nth(LONGEST_ANCHOR).is_none();
    number.parse().ok().filter(|number| *number <= MOST_POINT && parted && short)
}

/// The highest point of a numeric scale.
const MOST_POINT: u8 = 10;
/// Words beside a number that are longer than this, in letters, may be somebody's own.
const LONGEST_ANCHOR: usize = 40;

/// How often each choice was given.
fn times_given(answers: &Answers, choices: usize) -> Vec<u64> {
    let mut times = vec![0; choices];
    match answers {
        Answers::Choice(codes) => codes.iter().for_each(|answer| count(answer, &mut times)),
        Answers::Choices { items } | Answers::Scaled { items } => {
            items.iter().flat_map(Codes::iter).for_each(|answer| count(answer, &mut times));
        }
        Answers::Ticks(ticks) => {
            let rows: Vec<usize> = (0..ticks.answered.len()).collect();
            for (times, mentions) in times.iter_mut().zip(ticks.mentions(&rows)) {
                *times = mentions;
            }
        }
        _ => {}
    }
    times
}

fn count(answer: Answer, times: &mut [u64]) {
    if let Answer::Given(choice) = answer
        && let Some(times) = times.get_mut(usize::from(choice))
    {
        *times += 1;
    }
}

#[cfg(test)]
mod tests {
    use crate::diag::FileId;
    use crate::ingest;
    use crate::inspect::inspect;

    /// The choices shown of the only question, and how many are not.
    fn shown(cells: &[&str]) -> (Vec<String>, u64) {
        let text = format!("q\n{}\n", cells.join("\n"));
        let export = ingest::read(&FileId::new("a.csv"), text.as_bytes(), None).unwrap().value;
        let report = inspect(&export, Vec::new());
        let question = &report.questions[0];
        (question.choices.clone(), question.choices_not_shown)
    }

    #[test]
    fn the_points_of_a_numeric_scale_are_shown_however_rare() {
        let cells = ["1 (never)", "2", "2", "3", "3", "5 (always)", "3", "2"];
        let points = ["2", "3", "1 (never)", "5 (always)"].map(str::to_owned).to_vec();
        assert_eq!(shown(&cells), (points, 0));
        // Three with words of their own may be texts.
        let cells = ["1 dog", "2", "2", "3 cats", "4", "4", "5 sons", "2", "4", "2"];
        assert_eq!(shown(&cells).0, Vec::<String>::new());
    }

    #[test]
    fn what_one_person_wrote_is_not_shown_as_a_choice() {
        let cells = ["no", "no", "yes", "yes", "maybe so", "no"];
        assert_eq!(shown(&cells), (vec!["no".to_owned(), "yes".to_owned()], 1));
        // Two of three were given once: no list of choices.
        let cells = ["no", "no", "no", "no", "Dr Brown harassed me", "she did too"];
        assert_eq!(shown(&cells), (Vec::new(), 3));
    }
}
