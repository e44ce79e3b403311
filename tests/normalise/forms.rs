//! Answers to forms in which the words written with "Other" stand where a choice would.

use canvass::codebook::Missing;
use canvass::diag::FileId;
use canvass::ingest;
use canvass::normalise::{Recoded, RecodedFrom, RecodingRule as Rule, code};
use canvass::responses::{Answer, Answers};

fn coded(text: &str, question: &str) -> (Answers, Vec<Recoded>) {
    let export = ingest::read(&FileId::new("a.csv"), text.as_bytes(), None).unwrap().value;
    let question = export.instrument.question(question).unwrap().clone();
    let coded = code(&export, &question, None).value;
    (coded.answers, coded.recoded)
}

#[test]
fn m_04_words_beside_a_blank_answer_are_the_choice_that_takes_them() {
    let text = "RespondentID,Dish?,\n,Response,Other (please specify)\n3237565956,Turkey,\n3237565957,,goose\n3237565958,Turkey,\n3237565959,,\n";
    let (answers, recoded) = coded(text, "Dish?");
    let Answers::Choice(codes) = answers else { panic!() };
    let expected = [Answer::Given(0), Answer::Given(1), Answer::Given(0), Answer::Missing(Missing::Blank)];
    assert_eq!(codes.iter().collect::<Vec<_>>(), expected);
    assert_eq!(recoded.len(), 1);
    assert_eq!(
        (recoded[0].line, &recoded[0].from, recoded[0].rule),
        (4, &RecodedFrom::Withheld, Rule::OtherText)
    );
}

#[test]
fn words_in_the_box_of_other_are_a_tick() {
    let text = "RespondentID,Eaten?,,\n,Beef,Lamb,Other (please specify)\n3237565956,Beef,,\n3237565957,,,no\n3237565958,Beef,Lamb,goat\n3237565959,,,\n";
    let (answers, _) = coded(text, "Eaten?");
    let Answers::Ticks(ticks) = answers else { panic!() };
    assert_eq!(ticks.mentions(&[0, 1, 2, 3]), [2, 1, 2]);
    assert_eq!(ticks.texts.len(), 1);
    assert_eq!(ticks.answered.iter().last(), Some(Answer::Missing(Missing::Blank)));
}
