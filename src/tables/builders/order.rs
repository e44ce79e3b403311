//! Rows in order by a named rule, and the rule in words.

use crate::findings::{Findings, Named, Outline, QuestionOutline, Value};
use crate::tables::Order;

/// The items of a question in the order of the table. Several groups have one order, that of the first of them, so that
/// their rows can be read beside each other; an item without a value comes last. Where a value of that group is withheld
/// all stay as asked.
pub(super) fn items<'a>(
    findings: &Findings,
    question: &'a QuestionOutline,
    first: &QuestionOutline,
    order: Order,
) -> Vec<&'a Named> {
    let Some(tail) = tail(order).filter(|tail| first.tells_of_items(findings, tail)) else {
        return question.items.iter().collect();
    };
    let key = |item: &Named| {
        let number = match &findings.get(first.item_finding(item, tail).as_str())?.value {
            Value::Number(number) => *number,
            Value::Share { count, of } => *count as f64 / *of as f64,
            _ => return None,
        };
        Some(number)
    };
    let mut items: Vec<&Named> = question.items.iter().collect();
    // The sort is stable, so that ties stay as asked; nothing comes before something when turned around.
    items.sort_by(|one, other| {
        key(other).unwrap_or(f64::NEG_INFINITY).total_cmp(&key(one).unwrap_or(f64::NEG_INFINITY))
    });
    items
}

/// The end of the ids by whose values items stand.
fn tail(order: Order) -> Option<&'static str> {
    match order {
        Order::Mean => Some("mean"),
        Order::TopBox => Some("top-box"),
        Order::Asked | Order::Size => None,
    }
}

/// The order of items in words, for the groups of each question; nothing for the order in which they were asked.
pub(super) fn items_words(
    findings: &Findings,
    outline: &Outline,
    asked: &[Vec<&QuestionOutline>],
    order: Order,
) -> Option<String> {
    let (by, extreme) = match order {
        Order::Mean => ("mean", "highest"),
        Order::TopBox => ("top box", "largest"),
        Order::Asked | Order::Size => return None,
    };
    let firsts = || asked.iter().filter_map(|groups| groups.first());
    let told = firsts().filter(|first| tail(order).is_some_and(|tail| first.tells_of_items(findings, tail)));
    let is_told = [told.count(), firsts().count()];
    let questions: Vec<&QuestionOutline> = asked.iter().flatten().copied().collect();
    let several =
        questions.iter().any(|question| questions.iter().any(|other| other.group != question.group));
    let of = match questions.first() {
        Some(first) if several => format!(" of {}", outline.group_label(&first.group)),
        _ => String::new(),
    };
    Some(match is_told {
        [0, _] => format!("Items in the order of the questionnaire: their {by}{of} is not told of all."),
        [told, all] if told < all => format!(
            "Items by their {by}{of}, the {extreme} first; ties as asked, and all items of a question where one is withheld."
        ),
        _ => format!("Items by their {by}{of}, the {extreme} first; ties as asked."),
    })
}
