//! A ranking: ranks, mean rank and order.

use crate::findings::{Named, Outline, QuestionOutline, Reason, Value};
use crate::tables::Order;
use crate::tables::draft::{Draft, ShareForm};
use crate::tables::table::{Cell, Row, Section, Table};

use super::{question_title, section_label};

/// A section for each group, a row for each item with its place in the order of preference.
pub(in crate::tables) fn ranking(
    draft: &mut Draft<'_>,
    outline: &Outline,
    questions: &[&QuestionOutline],
    order: Order,
) -> Table {
    let n_ranks = questions.iter().map(|question| question.items.len()).max().unwrap_or(0);
    let decimals: Vec<_> = (1..=n_ranks)
        .map(|rank| {
            let ids = questions.iter().flat_map(|question| {
                let id = |item| question.item_finding(item, &format!("rank-{rank}")).as_str().to_owned();
                question.items.iter().map(id).collect::<Vec<_>>()
            });
            draft.decimals(ids)
        })
        .collect();
    let unranked = questions.iter().flat_map(|question| {
        let id = |item| question.item_finding(item, "unranked").as_str().to_owned();
        question.items.iter().map(id).collect::<Vec<_>>()
    });
    let unranked_decimals = draft.decimals(unranked);
    let mut sections = Vec::new();
    for question in questions {
        let mut rows = Vec::new();
        for (place, item) in in_order(draft, question, order) {
            let id = |tail: &str| question.item_finding(item, tail).as_str().to_owned();
            let order = draft.value(question.finding("order").as_str());
            let is_withheld = matches!(order, Some(Value::NotComputed(Reason::Withheld)));
            let mut cells = vec![if is_withheld { draft.withheld() } else { Draft::said(place) }];
            for (rank, decimals) in (1..=n_ranks).zip(&decimals) {
                cells.push(if rank <= question.items.len() {
                    draft.share(&id(&format!("rank-{rank}")), *decimals, ShareForm::PercentFirst)
                } else {
                    Cell::default()
                });
            }
            cells.push(draft.share(&id("unranked"), unranked_decimals, ShareForm::PercentFirst));
            cells.push(draft.number(&id("mean-rank"), 2));
            rows.push(draft.row(&item.label, cells));
        }
        rows.push(base_row(draft, question, n_ranks));
        sections.push(Section { label: section_label(outline, questions, question), rows });
    }
    let mut columns = vec!["Place".to_owned()];
    columns.extend((1..=n_ranks).map(|rank| format!("Rank {rank}")));
    columns.extend(["Not ranked".to_owned(), "Mean rank".to_owned()]);
    Table {
        title: question_title(outline, questions),
        stub: "Item".to_owned(),
        columns,
        sections,
        notes: vec![format!(
            "{} {}",
            order_words(draft, questions, order),
            if among_ranked(draft, questions) {
                "Percents are of all rankings that count; the mean rank of an item is over the rankings that rank it, by its \
                 place among the items ranked; 1 is the first choice."
            } else {
                "Percents are of all rankings, and so is the mean rank: items left unranked share the mean of the ranks not \
                 given; 1 is the first choice."
            }
        )],
        ..Table::default()
    }
}

/// The order of the items in words: only what was found can be the order of a section.
fn order_words(draft: &Draft<'_>, questions: &[&QuestionOutline], order: Order) -> &'static str {
    let is_found = |question: &&&QuestionOutline| {
        matches!(draft.value(question.finding("order").as_str()), Some(Value::Order(_)))
    };
    match (order, questions.iter().filter(is_found).count()) {
        (_, 0) => "Items in the order of the questionnaire: their order of preference is not told.",
        (Order::Asked, _) => {
            "Items in the order of the questionnaire, each with its place by its mean rank; = marks a tie."
        }
        (_, found) if found < questions.len() => {
            "Items in order of their mean rank; = marks a tie; where that order is not told, as asked."
        }
        _ => "Items in order of their mean rank; = marks a tie.",
    }
}

/// Whether means are over those alone who ranked an item, as the study file may say.
fn among_ranked(draft: &Draft<'_>, questions: &[&QuestionOutline]) -> bool {
    let orders =
        questions.iter().filter_map(|question| draft.findings().get(question.finding("order").as_str()));
    orders.filter_map(|order| order.method).any(|method| method.convention.starts_with("each mean over"))
}

/// How many rankings there are, with what must be known about them as a whole.
fn base_row(draft: &mut Draft<'_>, question: &QuestionOutline, n_ranks: usize) -> Row {
    let asked = draft.asked(question.items.iter().flat_map(|item| {
        ["rank-1", "mean-rank"].map(|tail| question.item_finding(item, tail).as_str().to_owned())
    }));
    let blank = (0..n_ranks + 3).map(|_| Cell::default()).collect();
    let Some(asked) = asked else {
        // Who answered may be told though not why the others did not.
        let answered = draft.count(question.finding("answered").as_str());
        let label = format!("Rankings: {}", answered.shown);
        return Row { marks: answered.marks, ..draft.row(&label, blank) };
    };
    let marks = draft.with_facts(Cell::default(), Some(asked)).marks;
    let label = format!("Rankings: {}", draft.style.count(asked.answered));
    Row { marks, ..draft.row(&label, blank) }
}

/// The items with their places, as the order was found; as asked and without places where none was.
fn in_order<'a>(draft: &Draft<'_>, question: &'a QuestionOutline, order: Order) -> Vec<(String, &'a Named)> {
    let mut left: Vec<&Named> = question.items.iter().collect();
    let mut placed = Vec::new();
    if let Some(Value::Order(tiers)) = draft.value(question.finding("order").as_str()) {
        let mut place = 1;
        for tier in tiers {
            let (here, rest): (Vec<&Named>, Vec<&Named>) =
                left.into_iter().partition(|item| tier.labels.contains(&item.label));
            left = rest;
            let words = if here.len() > 1 { format!("{place}=") } else { place.to_string() };
            place += here.len();
            placed.extend(here.into_iter().map(|item| (words.clone(), item)));
        }
    }
    placed.extend(left.into_iter().map(|item| ("n/a".to_owned(), item)));
    if order == Order::Asked {
        placed.sort_by_key(|(_, item)| question.items.iter().position(|asked| asked.id == item.id));
    }
    placed
}
