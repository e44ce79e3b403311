//! Comparisons that cannot be made, whatever people answered: said at the place of the ask.

use std::collections::BTreeSet;

use crate::codebook::Kind;
use crate::diag::{Diag, codes};
use crate::findings::Named;
use crate::normalise::Cohort;
use crate::study::{Ask, Compare, NamedTest, Study, Treat};

use super::rule::{scale_of, scale_of_test};
use super::sides::{Sides, comparisons};

/// Why the comparisons of a study cannot be made.
pub(in crate::analyse) fn refused(study: &Study, cohorts: &[Cohort]) -> Vec<Diag> {
    let asks = study.asks.iter().filter_map(|ask| {
        let terms = ask.inquiry.compared()?;
        // The sides of pairs are those of the link.
        let all = if terms.paired.is_some() { Vec::new() } else { comparisons(ask, terms.least, cohorts) };
        Some((ask, terms, all))
    });
    let asks: Vec<(&Ask, &Compare, Vec<Sides<'_>>)> = asks.collect();
    let mut problems = Vec::new();
    for (position, (ask, terms, all)) in asks.iter().enumerate() {
        problems.extend(of_battery(study, ask, cohorts));
        for sides in all {
            problems.extend(of_sides(study, ask, sides, cohorts));
            problems.extend(of_test(study, ask, terms, sides));
        }
        for (before, other_terms, others) in &asks[..position] {
            problems.extend(twice(study, (ask, terms, all), (before, other_terms, others)));
            problems.extend(pairs_twice(study, (ask, terms), (before, other_terms)));
            problems.extend(of_family(study, (ask, terms), other_terms));
        }
    }
    problems
}

/// A question of several items by whose answers people would be parted: which item is meant is not said.
fn of_battery(study: &Study, ask: &Ask, cohorts: &[Cohort]) -> Option<Diag> {
    let by = ask.inquiry.by()?;
    let of_ask = cohorts.iter().filter(|cohort| ask.groups.contains(&cohort.group));
    let question = of_ask.filter_map(|cohort| cohort.question(by)).find(|asked| asked.items.len() > 1)?;
    let message =
        format!("{by} has {} items, by which of them is compared is not said", question.items.len());
    let diag = study.error(codes::STUDY_WRONG_KIND, &ask.span, message);
    Some(diag.help("declare the item as a question of its own"))
}

/// Two asks that would write different findings under one id.
fn twice(
    study: &Study,
    (ask, terms, all): (&Ask, &Compare, &[Sides<'_>]),
    (before, other_terms, others): (&Ask, &Compare, &[Sides<'_>]),
) -> Option<Diag> {
    let same = all.iter().find(|sides| others.iter().any(|other| other.id == sides.id))?;
    let question = ask.of.iter().find(|id| before.of.contains(id))?;
    if terms.name != other_terms.name || terms == other_terms {
        return None;
    }
    let message = format!("{question} is compared between {} twice, in different ways", same.label);
    let diag = study.error(codes::STUDY_DUPLICATE, &ask.span, message);
    Some(diag.help("give one of the two a name = \"...\", which stands in the ids of its findings"))
}

/// Two asks that would write different findings about the pairs of one link under one id.
fn pairs_twice(
    study: &Study,
    (ask, terms): (&Ask, &Compare),
    (before, other): (&Ask, &Compare),
) -> Option<Diag> {
    let paired = terms.paired.as_ref().filter(|paired| other.paired.as_ref() == Some(paired))?;
    let question = ask.of.iter().find(|id| before.of.contains(id))?;
    if terms.name != other.name || terms == other {
        return None;
    }
    let message =
        format!("{question} is compared within the pairs of {} twice, in different ways", paired.link);
    let diag = study.error(codes::STUDY_DUPLICATE, &ask.span, message);
    Some(diag.help("give one of the two a name = \"...\", which stands in the ids of its findings"))
}

/// A family whose p-values would be adjusted in two ways.
fn of_family(study: &Study, (ask, terms): (&Ask, &Compare), other: &Compare) -> Option<Diag> {
    let name = terms.family.name.as_ref().filter(|name| other.family.name.as_ref() == Some(name))?;
    if terms.family.adjust == other.family.adjust {
        return None;
    }
    let message = format!("the family \"{name}\" is adjusted in two ways");
    let diag = study.error(codes::STUDY_BAD_VALUE, &ask.span, message);
    Some(diag.help("declare the same adjust wherever the family is named"))
}

/// A test that does not fit the number of sides or the kind of a question.
fn of_test(study: &Study, ask: &Ask, terms: &Compare, sides: &Sides<'_>) -> Vec<Diag> {
    let error = |message: String, help: &str| {
        study.error(codes::STUDY_BAD_VALUE, &ask.span, message).help(help.to_owned())
    };
    let mut problems = Vec::new();
    let count = sides.sides.len();
    if terms.test.is_some_and(|test| is_for_two(test) && count > 2) {
        let message = format!("the test that is named compares two sides, and {} has {count}", sides.label);
        problems.push(error(message, "leave test out, so that the rule chooses, or name two sides"));
    }
    for id in &ask.of {
        let Some(question) = sides.sides.first().and_then(|side| side.cohort.question(id)) else { continue };
        let scale = terms.test.map_or(scale_of(question.kind, terms.treat), scale_of_test);
        let why = match (question.kind, scale) {
            (Kind::Single, Treat::Interval) => "choices have no distances",
            (Kind::Number, Treat::Nominal) => "numbers are no names",
            _ => continue,
        };
        let message = format!("{id} cannot be compared so: {why}");
        problems.push(error(message, "leave test and treat out, so that the rule chooses"));
    }
    problems
}

fn is_for_two(test: NamedTest) -> bool {
    use NamedTest as T;
    matches!(
        test,
        T::MannWhitney
            | T::MannWhitneyExact
            | T::MannWhitneyCorrected
            | T::MannWhitneyUncorrected
            | T::WelchT
            | T::PooledT
    )
}

/// Why sides cannot be compared, each at the place of the ask.
fn of_sides(study: &Study, ask: &Ask, sides: &Sides<'_>, cohorts: &[Cohort]) -> Vec<Diag> {
    let error = |message: String, help: &str| {
        study.error(codes::STUDY_BAD_VALUE, &ask.span, message).help(help.to_owned())
    };
    let mut problems: Vec<Diag> =
        overlapping(ask, sides, cohorts).map(|(message, help)| error(message, &help)).into_iter().collect();
    for id in &ask.of {
        problems.extend(question_refused(sides, id).map(|message| {
            error(message, "a comparison needs the same question, items and answers on every side")
        }));
    }
    problems
}

/// Why sides share people, all pairs of them in one message, and what to do about it.
fn overlapping(ask: &Ask, sides: &Sides<'_>, cohorts: &[Cohort]) -> Option<(String, String)> {
    let mut rows = BTreeSet::new();
    let mut pairs = Vec::new();
    for (position, side) in sides.sides.iter().enumerate() {
        for other in &sides.sides[..position] {
            let shared = shared(other.cohort, side.cohort);
            if !shared.is_empty() {
                pairs.push((shared.len(), &other.cohort.label, &side.cohort.label));
                // Whose file it is need not be told apart for a count: sides of one comparison that overlap have one.
                rows.extend(shared);
            }
        }
    }
    // The pairs that share most say best what is the matter.
    pairs.sort_by(|(one, ..), (other, ..)| other.cmp(one));
    let (most, first, second) = *pairs.first()?;
    let Some(by) = ask.inquiry.by() else {
        let message =
            format!("{first} and {second} cannot be compared: {most} of the rows are on both sides");
        let others = match pairs.len() - 1 {
            0 => String::new(),
            1 => "; one more pair of sides overlaps".to_owned(),
            more => format!("; {more} more pairs of sides overlap"),
        };
        let help = "sides hold different people; name parts that do not overlap".to_owned();
        return Some((format!("{message}{others}"), help));
    };
    let people = if rows.len() == 1 { "1 person".to_owned() } else { format!("{} people", rows.len()) };
    let whole = sides.sides.first().and_then(|side| side.cohort.part_of.as_deref()).unwrap_or_default();
    let whole = cohorts.iter().find(|cohort| cohort.group == whole).map_or(whole, |cohort| &cohort.label);
    let message = format!(
        "{people} of {whole} ticked several choices of {by}, so that they would be on several sides: {most} of them both \
         {first} and {second}"
    );
    let help = format!(
        "sides hold different people; compare the ticks themselves: of = \"{by}\", between groups or by another question"
    );
    Some((message, help))
}

/// The rows that two groups share.
fn shared(one: &Cohort, other: &Cohort) -> Vec<usize> {
    if one.file != other.file || one.file.is_none() {
        return Vec::new();
    }
    // Rows ascend, so one walk over both is enough.
    let mut others = other.rows.iter().peekable();
    let mut shared = Vec::new();
    for row in &one.rows {
        while others.next_if(|other| *other < row).is_some() {}
        shared.extend(others.peek().filter(|other| **other == row).map(|_| *row));
    }
    shared
}

fn question_refused(sides: &Sides<'_>, id: &str) -> Option<String> {
    let first = sides.sides.first()?;
    let not_asked = sides.sides.iter().find(|side| side.cohort.question(id).is_none());
    if let Some(side) = not_asked {
        return Some(format!("{} was not asked {id}, so it cannot be compared", side.cohort.label));
    }
    let asked = first.cohort.question(id)?;
    for side in &sides.sides[1..] {
        let other = side.cohort.question(id)?;
        let ids = |named: &[Named]| named.iter().map(|named| named.id.clone()).collect::<Vec<_>>();
        if asked.kind != Kind::Number && ids(&asked.levels) != ids(&other.levels) {
            return Some(format!(
                "{} and {} answered {id} with different points or choices, so they cannot be compared",
                first.cohort.label, side.cohort.label
            ));
        }
        if let Some(item) = asked.items.iter().find(|item| !ids(&other.items).contains(&item.id)) {
            return Some(format!("{} was not asked the item \"{}\" of {id}", side.cohort.label, item.id));
        }
    }
    None
}
