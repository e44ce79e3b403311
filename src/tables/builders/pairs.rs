//! The account of a link: its pairs, the people of both sides, and the responses that are in no pair.

use crate::findings::{LinkOutline, Outline};
use crate::tables::draft::{Draft, ShareForm};
use crate::tables::table::{Cell, Row, Section, Table};

/// A column for the pairs and one for each side.
pub(in crate::tables) fn pairs(draft: &mut Draft<'_>, outline: &Outline, link: &LinkOutline) -> Table {
    let [first, second] = link.between.each_ref().map(|group| outline.group_label(group).to_owned());
    let id = |tail: &str| format!("{}/{tail}", link.id);
    let [only_first, only_second] = link.between.each_ref().map(|group| format!("only/{group}"));
    let states: Vec<(String, String)> = if link.same_people {
        vec![
            ("In both waves".to_owned(), "both-answered".to_owned()),
            (format!("Only {first}"), only_first),
            (format!("Only {second}"), only_second),
            ("Key of several responses".to_owned(), "unclear".to_owned()),
        ]
    } else {
        vec![
            ("Both answered".to_owned(), "both-answered".to_owned()),
            (format!("Only {first} answered"), only_first),
            (format!("Only {second} answered"), only_second),
            ("Neither answered".to_owned(), "neither-answered".to_owned()),
            ("Somebody answered several times".to_owned(), "unclear".to_owned()),
        ]
    };
    let decimals = draft.decimals(states.iter().map(|(_, tail)| id(tail)));
    let blank = || Draft::said("");
    let all = draft.count(&id("pairs"));
    let whole = if link.same_people { "People known by a key" } else { "Pairs" };
    let mut rows: Vec<Row> = vec![draft.row(whole, vec![all, blank(), blank()])];
    for (label, tail) in &states {
        let form = if tail == "both-answered" { ShareForm::WithInterval } else { ShareForm::CountFirst };
        let cell = draft.share(&id(tail), decimals, form);
        rows.push(draft.row(label, vec![cell, blank(), blank()]));
    }
    let pairs = Section { label: if link.same_people { "People" } else { "Pairs" }.to_owned(), rows };
    let people = if link.same_people {
        vec![
            ("Answered", "answered"),
            ("Key of several responses", "unclear"),
            ("Left out by a rule", "left-out"),
            ("No response", "silent"),
        ]
    } else {
        vec![
            ("People in pairs", "people"),
            ("In several pairs", "several"),
            ("Answered", "answered"),
            ("Answered several times", "unclear"),
            ("Left out by a rule", "left-out"),
            ("No response", "silent"),
        ]
    };
    let others = if link.same_people {
        vec![("Responses without a key", "no-key")]
    } else {
        vec![("Responses of nobody in a pair", "unpaired"), ("Responses without a key", "no-key")]
    };
    let mut side = |tails: &[(&str, &str)]| -> Vec<Row> {
        let row = |(label, tail): &(&str, &str)| {
            let cells: Vec<Cell> =
                link.between.each_ref().map(|group| cell(draft, &link.id, group, tail)).into();
            draft.row(label, [blank()].into_iter().chain(cells).collect())
        };
        tails.iter().map(row).collect()
    };
    let sections = vec![
        pairs,
        Section { label: "Of them, on each side".to_owned(), rows: side(&people) },
        Section { label: "Responses not linked".to_owned(), rows: side(&others) },
    ];
    let note = if link.same_people {
        "People are known by their key. Percents are of those known by a key in either wave."
    } else {
        "Percents are of pairs in the first column, and of people in pairs in the others."
    };
    Table {
        title: link.label.clone(),
        stub: "Account".to_owned(),
        columns: vec![if link.same_people { "People" } else { "Pairs" }.to_owned(), first, second],
        sections,
        notes: vec![note.to_owned()],
        ..Table::default()
    }
}

fn cell(draft: &mut Draft<'_>, link: &str, group: &str, tail: &str) -> Cell {
    let id = format!("{link}/side/{group}/{tail}");
    if tail != "answered" {
        return draft.count(&id);
    }
    let decimals = draft.decimals([&id]);
    draft.share(&id, decimals, ShareForm::WithInterval)
}
