//! Both sides of a link, item by item: agreement, concordance against chance, and change.

use crate::findings::{Kind, LinkOutline, Named, Outline, QuestionOutline, Statistic};
use crate::tables::draft::{Draft, ShareForm};
use crate::tables::table::{Cell, Row, Section, Table};

use super::label;

/// An item as both sides answered it: the beginning of its ids, and its words.
struct Item {
    stem: String,
    words: String,
}

/// The items of a question that a link can be asked of.
fn items(link: &LinkOutline, question: &QuestionOutline) -> Vec<Item> {
    let stem = |item: &str| {
        [&link.id, question.id.as_str(), item]
            .into_iter()
            .filter(|part| !part.is_empty())
            .collect::<Vec<_>>()
            .join("/")
    };
    let of = |named: &Named| Item {
        stem: stem(&named.id),
        words: if named.label.is_empty() { label(question) } else { named.label.clone() },
    };
    match question.kind {
        Kind::Multi => question.levels.iter().map(of).collect(),
        Kind::Ranking => vec![Item { stem: stem("first-choice"), words: "First choice".to_owned() }],
        _ => question.items.iter().map(of).collect(),
    }
}

/// The beginning under which an item's findings stand: pairs that share people may be left out or taken together.
fn found(draft: &Draft<'_>, item: &Item, tail: &str) -> String {
    let of = |how: &str| format!("{}{how}/{tail}", item.stem);
    let stands = |id: &String| draft.findings().get(id).is_some();
    ["", "/apart", "/together"].map(of).into_iter().find(stands).unwrap_or_else(|| of(""))
}

/// A section for each question of several items; questions of one item stand together.
fn sections(
    draft: &mut Draft<'_>,
    link: &LinkOutline,
    questions: &[&QuestionOutline],
    row: &dyn Fn(&mut Draft<'_>, &QuestionOutline, &Item) -> Row,
) -> Vec<Section> {
    let mut sections: Vec<Section> = Vec::new();
    for question in questions {
        let items = items(link, question);
        let name =
            if items.len() > 1 || question.kind == Kind::Ranking { label(question) } else { String::new() };
        let rows: Vec<Row> = items.iter().map(|item| row(draft, question, item)).collect();
        match sections.last_mut() {
            Some(last) if last.label == name => last.rows.extend(rows),
            _ => sections.push(Section { label: name, rows }),
        }
    }
    if let [only] = sections.as_mut_slice() {
        only.label.clear();
    }
    sections
}

/// Agreement: how many pairs answered the same, and coefficients beyond chance.
pub(in crate::tables) fn agreement(
    draft: &mut Draft<'_>,
    link: &LinkOutline,
    questions: &[&QuestionOutline],
) -> Table {
    let weighted = questions.iter().any(|question| question.kind == Kind::Likert);
    let ticked = questions.iter().any(|question| question.kind == Kind::Multi);
    let all = questions.iter().flat_map(|question| items(link, question));
    let ids: Vec<String> = all.map(|item| found(draft, &item, "agreement")).collect();
    let decimals = draft.decimals(&ids);
    let mut columns = vec!["Pairs".to_owned(), "Same answer [interval]".to_owned()];
    columns.extend(ticked.then(|| "Both of those of whom one ticked".to_owned()));
    columns.extend(weighted.then(|| "Weighted \u{3ba} [interval]".to_owned()));
    columns.extend(["\u{3ba} [interval]", "PABAK", "AC1", "\u{3b1} [interval]"].map(str::to_owned));
    let row = |draft: &mut Draft<'_>, question: &QuestionOutline, item: &Item| {
        let id = |draft: &Draft<'_>, tail: &str| found(draft, item, tail);
        let mut cells = Vec::new();
        let base = id(draft, "agreement");
        let asked = draft.asked([&base]);
        let count = Draft::said(draft.style.count(asked.map_or(0, |asked| asked.answered)));
        cells.push(draft.with_facts(count, asked));
        cells.push(draft.share(&base, decimals, ShareForm::WithInterval));
        if ticked {
            let jaccard = id(draft, "jaccard");
            let fits = question.kind == Kind::Multi;
            cells.push(if fits { draft.share(&jaccard, decimals, ShareForm::PercentFirst) } else { dash() });
        }
        if weighted {
            let kappa = id(draft, "weighted-kappa");
            let fits = question.kind == Kind::Likert;
            cells.push(if fits { draft.with_interval(&kappa, 2) } else { dash() });
        }
        let kappa = id(draft, "kappa");
        cells.push(draft.with_interval(&kappa, 2));
        for tail in ["pabak", "ac1"] {
            let id = id(draft, tail);
            cells.push(draft.number(&id, 2));
        }
        let alpha = id(draft, "krippendorff-alpha");
        cells.push(draft.with_interval(&alpha, 2));
        draft.row(&item.words, cells)
    };
    let sections = sections(draft, link, questions, &row);
    let mut notes = vec!["Pairs: those both of whom answered the item.".to_owned()];
    if weighted {
        notes.push("Weighted \u{3ba}: quadratic weights.".to_owned());
    }
    notes.push(
        "\u{3ba}: Cohen's kappa. PABAK: prevalence- and bias-adjusted kappa. AC1: Gwet's. \u{3b1}: Krippendorff's, ordinal \
         for items on a scale, else nominal."
            .to_owned(),
    );
    Table {
        title: format!("Agreement: {}", link.label),
        stub: "Item".to_owned(),
        columns,
        sections,
        notes,
        ..Table::default()
    }
}

/// Concordance: how many pairs are alike, how many chance would make so, and the test.
pub(in crate::tables) fn concordance(
    draft: &mut Draft<'_>,
    link: &LinkOutline,
    questions: &[&QuestionOutline],
) -> Table {
    let attribute =
        |named: &Named| Item { stem: format!("{}/{}", link.id, named.id), words: named.label.clone() };
    let attributes: Vec<Item> = link.attributes.iter().map(attribute).collect();
    let of_questions: Vec<Item> = questions.iter().flat_map(|question| items(link, question)).collect();
    let shares: Vec<String> =
        attributes.iter().chain(&of_questions).map(|item| found(draft, item, "concordance")).collect();
    let decimals = draft.decimals(&shares);
    let row = |draft: &mut Draft<'_>, item: &Item| {
        let alike = found(draft, item, "concordance");
        let expected = found(draft, item, "concordance-expected");
        let test = found(draft, item, "concordance-test");
        let cells = vec![
            draft.share(&alike, decimals, ShareForm::WithInterval),
            draft.estimate(&expected, "", 100.0, decimals.0, "%"),
            draft.p_value(&test),
        ];
        draft.row(&item.words, cells)
    };
    let mut of_sections = Vec::new();
    if !attributes.is_empty() {
        let rows = attributes.iter().map(|item| row(draft, item)).collect();
        of_sections.push(Section { label: String::new(), rows });
    }
    of_sections.extend(sections(draft, link, questions, &|draft, _, item| row(draft, item)));
    let p = draft.style.p_letter();
    Table {
        title: format!("Concordance: {}", link.label),
        stub: "Attribute".to_owned(),
        columns: ["Alike [interval]".to_owned(), "By chance".to_owned(), format!("{p} [smallest]")].to_vec(),
        sections: of_sections,
        notes: vec![
            "Alike: pairs whose members are the same in it. By chance: the share that pairing the same people at random gives. \
             In brackets beside p: the smallest p that any pairing of these people could have given."
                .to_owned(),
        ],
        ..Table::default()
    }
}

/// Change: what each side answered, who moved which way, the size of the change and the test.
pub(in crate::tables) fn change(
    draft: &mut Draft<'_>,
    outline: &Outline,
    link: &LinkOutline,
    questions: &[&QuestionOutline],
) -> Table {
    let [first, second] = link.between.each_ref().map(|group| outline.group_label(group).to_owned());
    let row = |draft: &mut Draft<'_>, question: &QuestionOutline, item: &Item| {
        let id = |draft: &Draft<'_>, tail: &str| found(draft, item, tail);
        let answered = id(draft, "answered");
        let asked = draft.asked([&answered]);
        let count = draft.count(&answered);
        let mut cells = vec![draft.with_facts(count, asked)];
        for group in &link.between {
            cells.push(side(draft, question, item, group));
        }
        if draft.findings().get(&id(draft, "higher")).is_some() {
            for tail in ["higher", "same", "lower"] {
                let id = id(draft, tail);
                cells.push(draft.count(&id));
            }
        } else {
            cells.extend([dash(), dash(), dash()]);
        }
        let test = id(draft, "test");
        let ranked = draft.findings().get(&test).and_then(|finding| finding.method);
        let effect = if ranked.is_some_and(|method| method.id.starts_with("wilcoxon")) {
            id(draft, "rank-biserial")
        } else {
            id(draft, "effect")
        };
        cells.push(match draft.findings().get(&effect).map(|finding| finding.statistic) {
            Some(Statistic::ShareDifference | Statistic::NetChange) => {
                draft.estimate(&effect, "", 100.0, draft.point_decimals(), " points")
            }
            // What stands beside a test of ranks is of ranks too.
            Some(Statistic::RankBiserial) => draft.estimate(&effect, "r ", 1.0, 2, ""),
            // A mean change is read in its own unit.
            Some(Statistic::DAverage) => {
                let difference = id(draft, "difference");
                draft.mean_with_interval(&difference)
            }
            _ => draft.absent("the size of the change has no one number"),
        });
        cells.push(draft.p_value(&test));
        cells.push(draft.adjusted_p(&test));
        draft.row(&named(draft, link, question, item), cells)
    };
    let sections = sections(draft, link, questions, &row);
    let mut columns = vec!["Pairs".to_owned(), first.clone(), second.clone()];
    columns.extend(["Higher", "Same", "Lower", "Change [interval]"].map(str::to_owned));
    let p = draft.style.p_letter();
    columns.extend([format!("{p} [smallest]"), format!("Adjusted {p}")]);
    Table {
        title: format!("Change: {}", link.label),
        stub: "Item".to_owned(),
        columns,
        sections,
        notes: vec![
            format!(
                "Pairs: those both of whom answered the item. {first} and {second}: mean, or share of the answer that the row names, of these pairs."
            ),
            format!(
                "Higher, lower: pairs in which {second} is above or below {first}. r: matched-pairs rank-biserial correlation, beside a test of ranks. Change in points: share that moved up less \
                 share that moved down, or share of the answer that the row names in {second} less that in {first}; else the difference of means."
            ),
            "In brackets beside p: the smallest p that these pairs could have given, whichever way each had moved.".to_owned(),
        ],
        ..Table::default()
    }
}

/// An item, with the answer whose share its row shows.
fn named(draft: &Draft<'_>, link: &LinkOutline, question: &QuestionOutline, item: &Item) -> String {
    let has_share = |level: &&Named| {
        let of = |group: &String| found(draft, item, &format!("{group}/{}", level.id));
        link.between.iter().any(|group| draft.findings().get(&of(group)).is_some())
    };
    match question.levels.first().filter(has_share) {
        Some(level) if question.kind == Kind::Single => format!("{}: {}", item.words, level.label),
        _ => item.words.clone(),
    }
}

/// What a side answered: its mean, or the share of the first answer.
fn side(draft: &mut Draft<'_>, question: &QuestionOutline, item: &Item, group: &str) -> Cell {
    let mean = found(draft, item, &format!("{group}/mean"));
    if draft.findings().get(&mean).is_some() {
        return draft.mean(&mean);
    }
    match question.levels.first() {
        Some(level) => {
            let share = found(draft, item, &format!("{group}/{}", level.id));
            let decimals = draft.decimals([&share]);
            draft.share(&share, decimals, ShareForm::CountFirst)
        }
        None => dash(),
    }
}

fn dash() -> Cell {
    Draft::said("\u{2013}")
}
