//! A link as the study file declares it, to pairs of people and their responses.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use crate::diag::{Diag, Place, codes};
use crate::findings::Standing;
use crate::ingest::RawTable;
use crate::normalise::cohort::Cohort;
use crate::normalise::roster::column;
use crate::study::{Attribute, Link, Pairs, Study};

use super::keys::{Keys, folded};
use super::{Linked, LinkedAttribute, LinkedSide, Pair, Person};

/// The tables that a link is resolved by.
#[derive(Debug, Clone, Copy)]
pub struct Lists<'a> {
    /// The exports of both sides.
    pub exports: [&'a RawTable; 2],
    /// The list of pairs.
    pub pairs: Option<&'a RawTable>,
    /// The rosters of both sides.
    pub rosters: [Option<&'a RawTable>; 2],
}

/// Resolves a link, or says what stands in the way.
pub fn resolve(
    study: &Study,
    link: &Link,
    cohorts: [&Cohort; 2],
    lists: Lists<'_>,
    notes: &mut Vec<Diag>,
) -> Result<Linked, Vec<Diag>> {
    let mut problems = Vec::new();
    let columns = [0, 1].map(|side| column(study, lists.exports[side], &link.keys[side], &mut problems));
    let [Some(first), Some(second)] = columns else { return Err(problems) };
    let keys = [(0, first), (1, second)].map(|(side, at)| Keys::new(lists.exports[side], at, link.fold));
    let mut known = match (&link.pairs, lists.pairs) {
        (Some(pairs), Some(table)) => of_list(study, link, pairs, table, &mut problems),
        _ => of_keys(cohorts, &keys),
    };
    for (side, (cohort, keys)) in cohorts.into_iter().zip(&keys).enumerate() {
        known.place(side, cohort, keys);
    }
    let attributes = link
        .attributes
        .iter()
        .filter_map(|attribute| known.attribute(study, link, attribute, lists.rosters, &mut problems))
        .collect();
    if let (Some(pairs), Some(table)) = (&link.pairs, lists.pairs) {
        known.warn_of_strangers(study, link, pairs, (table, lists.rosters), notes);
    }
    if !problems.is_empty() {
        return Err(problems);
    }
    let almost = if link.fold { 0 } else { known.almost(link, &keys) };
    let Known { pairs, sides, .. } = known;
    for (side, cohort) in sides.iter().zip(cohorts) {
        notes.extend(unclear(link, side, cohort));
    }
    Ok(Linked {
        id: link.id.clone(),
        label: link.label.clone(),
        between: link.between.clone(),
        same_people: link.pairs.is_none(),
        list: link.pairs.as_ref().map(|pairs| pairs.file.clone()),
        pairs,
        sides,
        attributes,
        almost,
    })
}

/// The people of a link while their responses are looked for.
struct Known<'a> {
    /// For each side the position of the person of each key.
    index: [BTreeMap<Cow<'a, str>, usize>; 2],
    pairs: Vec<Pair>,
    sides: [LinkedSide; 2],
}

/// The people of a list of pairs.
fn of_list<'a>(
    study: &Study,
    link: &Link,
    pairs: &Pairs,
    table: &'a RawTable,
    problems: &mut Vec<Diag>,
) -> Known<'a> {
    let mut known = Known { index: Default::default(), pairs: Vec::new(), sides: Default::default() };
    let columns = [0, 1].map(|side: usize| column(study, table, &pairs.columns[side], problems));
    let [Some(first), Some(second)] = columns else { return known };
    let keys = [first, second].map(|at| Keys::new(table, at, link.fold));
    let mut seen: BTreeMap<[usize; 2], u32> = BTreeMap::new();
    for row in 0..table.height() {
        let line = table.line(row);
        let mut people = [0; 2];
        let mut complete = true;
        for (side, keys) in keys.iter().enumerate() {
            let Some(key) = keys.of(row) else {
                let place = Place::cell(&pairs.file, line, &pairs.columns[side].value);
                problems.push(
                    Diag::error(codes::BAD_PAIR, place, "this pair has nobody on one side")
                        .help("leave out of the list who is in no pair"),
                );
                complete = false;
                continue;
            };
            let all = &mut known.sides[side].people;
            people[side] = *known.index[side].entry(key).or_insert_with(|| {
                all.push(Person { standing: Standing::Silent, row: None, pairs: 0 });
                all.len() - 1
            });
        }
        if !complete {
            continue;
        }
        if let Some(before) = seen.insert(people, line) {
            let place = Place::cell(&pairs.file, line, &pairs.columns[0].value);
            let message = format!("this pair stands on line {before} already");
            problems.push(Diag::error(codes::BAD_PAIR, place, message).help("remove one of the two lines"));
            continue;
        }
        for (side, person) in people.into_iter().enumerate() {
            if let Some(person) = known.sides[side].people.get_mut(person) {
                person.pairs += 1;
            }
        }
        known.pairs.push(Pair { line, people });
    }
    known
}

/// Everybody who has a key in an analysed response of either side, paired with themselves.
fn of_keys<'a>(cohorts: [&Cohort; 2], keys: &[Keys<'a>; 2]) -> Known<'a> {
    let both = cohorts.into_iter().zip(keys);
    let all: BTreeSet<Cow<'a, str>> =
        both.flat_map(|(cohort, keys)| cohort.rows.iter().filter_map(|row| keys.of(*row))).collect();
    let people = vec![Person { standing: Standing::Silent, row: None, pairs: 1 }; all.len()];
    let side = LinkedSide { people, others: BTreeMap::new() };
    let index: BTreeMap<Cow<'a, str>, usize> = all.into_iter().zip(0..).collect();
    Known {
        pairs: (0..index.len()).map(|person| Pair { line: 0, people: [person, person] }).collect(),
        index: [index.clone(), index],
        sides: [side.clone(), side],
    }
}

impl Known<'_> {
    /// Finds the responses of the people of one side, and those that belong to nobody.
    fn place(&mut self, side: usize, cohort: &Cohort, keys: &Keys<'_>) {
        let LinkedSide { people, others } = &mut self.sides[side];
        for row in &cohort.rows {
            let Some(key) = keys.of(*row) else {
                others.entry(Standing::NoKey).or_default().push(*row);
                continue;
            };
            let found = self.index[side].get(&key).and_then(|person| people.get_mut(*person));
            let Some(person) = found else {
                others.entry(Standing::Unpaired).or_default().push(*row);
                continue;
            };
            if person.standing == Standing::Silent {
                person.standing = Standing::Answered;
                person.row = Some(*row);
                continue;
            }
            let unclear = others.entry(Standing::Unclear).or_default();
            unclear.extend(person.row.take());
            unclear.push(*row);
            person.standing = Standing::Unclear;
        }
        for row in cohort.left_out.iter().flat_map(|(_, rows)| rows) {
            let key = keys.of(*row);
            let person =
                key.and_then(|key| self.index[side].get(&key)).and_then(|person| people.get_mut(*person));
            if let Some(person) =
                person.filter(|person| person.row.is_none() && person.standing != Standing::Unclear)
            {
                person.standing = Standing::LeftOut;
                others.entry(Standing::LeftOut).or_default().push(*row);
            }
        }
        for rows in others.values_mut() {
            rows.sort_unstable();
        }
    }

    /// What the rosters of both sides say of people in one column of each.
    fn attribute(
        &self,
        study: &Study,
        link: &Link,
        attribute: &Attribute,
        rosters: [Option<&RawTable>; 2],
        problems: &mut Vec<Diag>,
    ) -> Option<LinkedAttribute> {
        let mut said: [Vec<Option<&str>>; 2] = Default::default();
        for (side, roster) in rosters.into_iter().enumerate() {
            let table = roster?;
            let at = column(study, table, &attribute.columns[side], problems);
            let rows = on_roster(study, link, side, table, problems);
            let (at, rows) = (at?, rows?);
            let mut values = vec![None; self.sides[side].people.len()];
            for (key, person) in &self.index[side] {
                let text = rows.get(key).and_then(|row| table.cell(*row, at)).map(str::trim);
                if let Some(value) = values.get_mut(*person) {
                    *value = text.filter(|text| !text.is_empty());
                }
            }
            said[side] = values;
        }
        let levels: BTreeSet<&str> = said.iter().flatten().copied().flatten().collect();
        let place: BTreeMap<&str, usize> = levels.into_iter().zip(0..).collect();
        let coded = |values: &Vec<Option<&str>>| {
            values.iter().map(|text| text.and_then(|text| place.get(text).copied())).collect()
        };
        Some(LinkedAttribute {
            id: attribute.id.clone(),
            label: attribute.label.clone(),
            levels: place.len(),
            values: [coded(&said[0]), coded(&said[1])],
        })
    }

    /// Warns of people in the list who are on no roster: a mistyped key looks like somebody who did not answer.
    fn warn_of_strangers(
        &self,
        study: &Study,
        link: &Link,
        pairs: &Pairs,
        (table, rosters): (&RawTable, [Option<&RawTable>; 2]),
        notes: &mut Vec<Diag>,
    ) {
        for (side, roster) in rosters.into_iter().enumerate() {
            let mut unsaid = Vec::new();
            let Some(rows) = roster.and_then(|roster| on_roster(study, link, side, roster, &mut unsaid))
            else {
                continue;
            };
            let strangers: BTreeSet<usize> = self.index[side]
                .iter()
                .filter(|(key, _)| !rows.contains_key(*key))
                .map(|(_, at)| *at)
                .collect();
            for pair in self.pairs.iter().filter(|pair| strangers.contains(&pair.people[side])) {
                let place = Place::cell(table.file(), pair.line, &pairs.columns[side].value);
                let message = format!("this person is not on the roster of {}", link.between[side]);
                notes.push(
                    Diag::warning(codes::NOT_ON_ROSTER, place, message)
                        .help("compare the key with the roster: as it stands, this person answered nothing"),
                );
            }
        }
    }

    /// How many keys would be linked if case and spaces did not count.
    fn almost(&self, link: &Link, keys: &[Keys<'_>; 2]) -> u64 {
        let unanswered = |side: usize| -> BTreeSet<String> {
            let people = &self.sides[side].people;
            let silent =
                |at: &usize| people.get(*at).is_some_and(|person| person.standing == Standing::Silent);
            self.index[side].iter().filter(|(_, at)| silent(at)).map(|(key, _)| folded(key)).collect()
        };
        if link.pairs.is_none() {
            // Whoever is silent on one side answered on the other, under another spelling perhaps.
            return unanswered(0).intersection(&unanswered(1)).count() as u64;
        }
        let of = |side: usize| {
            let unpaired = self.sides[side].others.get(&Standing::Unpaired).into_iter().flatten();
            let spelled: BTreeSet<String> =
                unpaired.filter_map(|row| keys[side].of(*row)).map(|key| folded(&key)).collect();
            unanswered(side).intersection(&spelled).count() as u64
        };
        of(0) + of(1)
    }
}

/// The row of each key on the roster of one side.
fn on_roster<'a>(
    study: &Study,
    link: &Link,
    side: usize,
    table: &'a RawTable,
    problems: &mut Vec<Diag>,
) -> Option<BTreeMap<Cow<'a, str>, usize>> {
    let invited = study.group(&link.between[side])?.invited.as_ref()?;
    let keys = Keys::new(table, column(study, table, &invited.key, problems)?, link.fold);
    let mut filter = Vec::new();
    for (name, value) in &invited.filter {
        filter.push((column(study, table, name, problems)?, value.as_str()));
    }
    let belongs =
        |row: &usize| filter.iter().all(|(at, value)| table.cell(*row, *at).map(str::trim) == Some(*value));
    let rows = (0..table.height()).filter(belongs);
    Some(rows.filter_map(|row| Some((keys.of(row)?, row))).collect())
}

/// Warns of keys that stand in several analysed responses of one side.
fn unclear(link: &Link, side: &LinkedSide, cohort: &Cohort) -> Option<Diag> {
    let people = side.people.iter().filter(|person| person.standing == Standing::Unclear).count();
    let rows = side.others.get(&Standing::Unclear)?;
    let lines: Vec<String> =
        rows.iter().filter_map(|row| cohort.lines.get(*row)).take(SHOWN).map(u32::to_string).collect();
    let more = if rows.len() > SHOWN { " and others" } else { "" };
    let keys = if people == 1 { "1 key stands".to_owned() } else { format!("{people} keys stand") };
    let message = format!(
        "{keys} in several responses of {} that are analysed (lines {}{more}): none of them is linked by \"{}\"",
        cohort.label,
        lines.join(", "),
        link.id
    );
    let diag = Diag::warning(codes::SAME_PERSON_TWICE, Place::file(cohort.file.as_ref()?), message);
    Some(diag.help("add the rule \"duplicate\" with which one to keep, if they are of one person"))
}

/// How many lines of unclear keys are named.
const SHOWN: usize = 6;
