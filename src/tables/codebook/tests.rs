//! Codebooks of small exports in every form.

use std::fmt::Write as _;

use super::{csv, html, markdown};
use crate::codebook::{Choice, Condition, Form, Missing, Question};
use crate::diag::FileId;
use crate::ingest;
use crate::inspect::Codebook;

/// An export of a single choice, a number and a text, in which somebody's own words and an address stand.
fn book() -> Codebook {
    let mut text = "age,trust,email,why\n".to_owned();
    for (age, trust, email) in [
        ("31", "Often", "a@x.org"),
        ("42", "Never", "b@x.org"),
        ("", "Often", "c@x.org"),
        ("38", "Always", "d@x.org"),
        ("25", "Never", "e@x.org"),
        ("33", "Always", "f@x.org"),
        ("33", "", "g@x.org"),
    ] {
        let _ = writeln!(text, "{age},{trust},{email},Dr {email} said it");
    }
    let mut export = ingest::read(&FileId::new("a.csv"), text.as_bytes(), None).unwrap().value;
    let condition = Condition::Answered { question: "age".into() };
    for question in export.instrument.questions.iter_mut().filter(|question| question.id == "trust") {
        question.asked_if = Some(condition.clone());
    }
    Codebook::of_export(&export, None)
}

#[test]
fn a_codebook_says_what_was_asked_and_who_answered_and_nothing_of_anybody() {
    assert_eq!(
        markdown(&book()),
        "# Codebook: a.csv\n\n\
         | Source | File | Definition | Platform | Rows | Columns withheld |\n\
         | --- | --- | --- | --- | ---: | ---: |\n\
         | a.csv | a.csv | none | plain table | 7 | 1 |\n\
         \n## age\n\n- Kind: number\n- Known: from the columns and answers\n- Answered: 6 of 7\n\
         - Missing: 1 blank, reason unknown\n- Column: age\n\
         \n## trust\n\n- Kind: one of 3\n- Known: from the columns and answers\n- Asked if: age is answered\n\
         - Scale: frequency scale of 4 from \"Never\" (low) to \"Always\" (high), the labels are anchors of a known scale; \
         such scales also have Sometimes, which nobody chose\n\
         - Answered: 6 of 7\n- Missing: 1 blank, reason unknown\n- Column: trust\n\
         \n| Choice |\n| --- |\n| Never |\n| Often |\n| Always |\n\
         \n## why\n\n- Kind: text\n- Known: from the columns and answers\n- Answered: 7 of 7\n- Column: why\n"
    );
}

#[test]
fn every_form_holds_the_counts_and_none_holds_an_address() {
    let book = book();
    let csv = String::from_utf8(csv(&book)).unwrap();
    let lines: Vec<&str> = csv.lines().collect();
    assert_eq!(lines[1], "question,a.csv,age,,,age,,number,,,age,7,6,0,0,0,0,0,0,0,1");
    assert_eq!(lines[3], "choice,a.csv,trust,,,Never,,,,,,,,,,,,,,,");
    let html = html(&book);
    assert!(html.contains("<dt>Answered</dt><dd>6 of 7</dd>"), "{html}");
    for text in [&csv, &html] {
        assert!(!text.contains("x.org"), "{text}");
    }
}

#[test]
fn hostile_words_stay_words_in_every_form() {
    let hostile = "=\"><script>alert('1')</script>|\n## no & <b>";
    let mut book = book();
    book.title = hostile.into();
    book.sources[0].label = hostile.into();
    let entry = &mut book.entries[1];
    (entry.id, entry.label, entry.wording) = (hostile.into(), hostile.into(), hostile.into());
    entry.condition = Some(hostile.into());
    entry.choices[0].label = hostile.into();
    entry.choices[0].code = Some(hostile.into());
    entry.choices[0].outside = Some(Missing::Refused);
    entry.items[0].columns = vec![hostile.into()];
    let page = html(&book);
    assert!(!page.contains("<script") && !page.contains("<b>"), "{page}");
    let text = markdown(&book);
    assert!(
        !text.contains("<script") && text.lines().filter(|line| line.starts_with("## ")).count() == 3,
        "{text}"
    );
    let table = String::from_utf8(csv(&book)).unwrap();
    assert!(!table.contains(",=") && !table.contains(",\"="), "{table}");
}

#[test]
fn a_page_has_one_first_heading_a_language_and_a_link_to_each_question() {
    let page = html(&book());
    assert!(page.starts_with("<!DOCTYPE html>\n<html lang=\"en\">"));
    assert_eq!(page.matches("<h1>").count(), 1);
    assert_eq!((page.matches("<li><a href=\"#q").count(), page.matches("<section id=\"q").count()), (3, 3));
    assert_eq!(page.matches("<section").count(), page.matches("</section>").count());
    assert!(page.contains("<tr><th scope=\"row\">Never</th></tr>"));
}

#[test]
fn choices_that_one_person_may_have_written_are_counted_and_not_shown() {
    let text = "q\nno\nno\nno\nno\nDr Brown\nshe too\n";
    let export = ingest::read(&FileId::new("a.csv"), text.as_bytes(), None).unwrap().value;
    let text = markdown(&Codebook::of_export(&export, None));
    assert!(text.contains("- Not shown: 3 choices that one person alone may have written\n"), "{text}");
    assert!(!text.contains("Brown"));
}

#[test]
fn items_of_a_grid_have_rows_of_their_own() {
    let text = "a,b\n1,2\n2,\n1,1\n";
    let mut export = ingest::read(&FileId::new("a.csv"), text.as_bytes(), None).unwrap().value;
    let item =
        |id: &str, column| crate::codebook::Item { id: id.into(), label: format!("Item {id}"), column };
    let choices = [("1", "Disagree"), ("2", "Agree")].map(|(code, label)| Choice {
        code: code.into(),
        id: code.into(),
        ..Choice::labelled(label)
    });
    let form = Form::Battery { items: vec![item("a", 0), item("b", 1)], choices: choices.into() };
    let question = Question {
        id: "g".into(),
        native: Some("QID1".into()),
        wording: "How?".into(),
        form,
        asked_if: None,
        defined: true,
    };
    export.instrument.questions = vec![question];
    let text = markdown(&Codebook::of_export(&export, Some("a.qsf")));
    assert!(
        text.ends_with(
            "\n## g: How?\n\n- Kind: grid 2 x 2\n- Platform's id: QID1\n- Known: from the definition\n\
             - Scale: agreement scale of 2 from \"Disagree\" (low) to \"Agree\" (high), the labels are anchors of a known scale\n\
             \n| Code | Choice |\n| --- | --- |\n| 1 | Disagree |\n| 2 | Agree |\n\
             \n| Item | Wording | Column | Answered | Missing |\n| --- | --- | --- | --- | --- |\n\
             | a | Item a | a | 3 of 3 |  |\n| b | Item b | b | 2 of 3 | 1 blank, reason unknown |\n"
        ),
        "{text}"
    );
}
