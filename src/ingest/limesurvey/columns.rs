//! What each column of an export is, by the structure of the survey.

use crate::codebook::fold;
use crate::ingest::placing::{self, Placed, Roles, add};
use crate::ingest::wording::plain;

use super::header::{Head, Headers, Style};
use super::structure::{Asked, Structure, Sub};

/// What a column is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Role {
    /// The question, by position.
    pub(super) question: usize,
    pub(super) part: Part,
}

/// Which part of its question a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    Whole,
    Row(usize),
    /// A row on one of two scales.
    Scaled(usize, usize),
    /// A row and a column of a table of entries.
    Cell(usize, usize),
    /// The item on a place of a ranking, from 0.
    Place(usize),
    /// The text written with "Other".
    Other,
    /// A comment, on the question or on one of its rows.
    Comment,
    /// Anything else of the question, such as how many files there are.
    Rest,
}

/// Finds what each column is.
pub(super) fn place(headers: &Headers, structure: &Structure) -> Placed<Role> {
    let mut codes = Roles::new();
    let mut texts = Roles::new();
    for (position, question) in structure.questions.iter().enumerate() {
        for expected in expected(question) {
            let role = Role { question: position, part: expected.part };
            for key in keys(structure, question, &expected.codes) {
                add(&mut codes, key, role);
            }
            let wordings = if question.texts.is_empty() {
                std::slice::from_ref(&question.code)
            } else {
                &question.texts
            };
            for (language, wording) in wordings.iter().enumerate() {
                let labels = expected.labels.iter().map(|labels| labels.get(language).or(labels.first()));
                let labels: Vec<String> =
                    labels.flatten().map(|label| format!(" [{}]", plain(label))).collect();
                add(&mut texts, fold(&format!("{}{}", plain(wording), labels.concat())), role);
            }
        }
    }
    let by_code: Vec<String> = headers.heads.iter().map(|head| head.name.clone()).collect();
    if headers.style != Style::Texts {
        return placing::place(&by_code, &codes);
    }
    let by_text: Vec<String> = headers.heads.iter().map(|head: &Head| fold(&head.name)).collect();
    placing::place(&by_text, &texts)
}

/// A column that an export of this survey can have: the codes and the wordings of its parts.
struct Expected {
    part: Part,
    codes: Vec<String>,
    /// For each part its wordings by language.
    labels: Vec<Vec<String>>,
}

/// The ways in which codes are joined: in brackets, with a low line, and by numbers.
fn keys(structure: &Structure, question: &Asked, codes: &[String]) -> Vec<String> {
    let brackets: Vec<String> = codes.iter().map(|code| format!("[{code}]")).collect();
    let old = format!("{}X{}X{}", structure.sid, question.gid, question.qid);
    // The second scale has the number 1 where there are no brackets.
    let scaled = question.kind == '1' && codes.len() == 2;
    let numbered: Vec<String> = if scaled {
        let scale = if codes[1] == "2" { "1" } else { "0" };
        vec![codes[0].clone(), scale.to_owned()]
    } else {
        codes.to_vec()
    };
    let lined: Vec<String> = numbered.iter().map(|code| format!("_{code}")).collect();
    let mut keys = vec![
        format!("{}{}", question.code, brackets.concat()),
        format!("{}{}", question.code, lined.concat()),
    ];
    if !structure.sid.is_empty() && !question.qid.is_empty() {
        keys.push(format!("{old}{}", numbered.join(if scaled { "#" } else { "" })));
    }
    keys
}

fn expected(question: &Asked) -> Vec<Expected> {
    let mut expected = Vec::new();
    let mut put = |part: Part, codes: &[&str], labels: Vec<Vec<String>>| {
        expected.push(Expected {
            part,
            codes: codes.iter().map(|code| (*code).to_owned()).collect(),
            labels,
        });
    };
    let said = |text: &str| vec![text.to_owned()];
    match question.kind {
        'A' | 'B' | 'C' | 'E' | 'F' | 'H' | 'K' | 'Q' | 'M' | 'P' => {
            for (position, row) in question.rows.iter().enumerate() {
                put(Part::Row(position), &[&row.code], vec![texts(row)]);
                if question.kind == 'P' {
                    let comment = format!("{}comment", row.code);
                    put(Part::Comment, &[&comment], vec![texts(row), said("Comment")]);
                }
            }
        }
        '1' => {
            for (position, row) in question.rows.iter().enumerate() {
                for scale in 0..2 {
                    let number = (scale + 1).to_string();
                    let label = said(&format!("Scale {number}"));
                    put(Part::Scaled(position, scale), &[&row.code, &number], vec![texts(row), label]);
                }
            }
        }
        ':' | ';' => {
            for (position, row) in question.rows.iter().enumerate() {
                for (across, column) in question.columns.iter().enumerate() {
                    let code = format!("{}_{}", row.code, column.code);
                    put(Part::Cell(position, across), &[&code], vec![texts(row), texts(column)]);
                }
            }
        }
        'R' => {
            for place in 0..question.ranked().len() {
                let number = (place + 1).to_string();
                put(Part::Place(place), &[&number], vec![said(&format!("Rank {number}"))]);
            }
        }
        _ => put(Part::Whole, &[], Vec::new()),
    }
    match question.kind {
        'O' => put(Part::Comment, &["comment"], vec![said("Comment")]),
        '|' => put(Part::Rest, &["filecount"], vec![said("filecount")]),
        _ => {}
    }
    if question.other {
        put(Part::Other, &["other"], vec![said("Other")]);
        if question.kind == 'P' {
            put(Part::Comment, &["othercomment"], vec![said("Other"), said("Comment")]);
        }
    }
    expected
}

fn texts(sub: &Sub) -> Vec<String> {
    if sub.texts.is_empty() { vec![sub.code.clone()] } else { sub.texts.clone() }
}
