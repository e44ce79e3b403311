//! The choices of a question as far as they may be shown.

use crate::codebook::{Form, MultiCells, Question};
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
    fn what_one_person_wrote_is_not_shown_as_a_choice() {
        let cells = ["no", "no", "yes", "yes", "maybe so", "no"];
        assert_eq!(shown(&cells), (vec!["no".to_owned(), "yes".to_owned()], 1));
        // Two of three were given once: no list of choices.
        let cells = ["no", "no", "no", "no", "Dr Brown harassed me", "she did too"];
        assert_eq!(shown(&cells), (Vec::new(), 3));
    }
}
