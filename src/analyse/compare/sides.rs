//! The sides of a comparison: groups, or those of a group who gave one answer.

use std::collections::BTreeMap;

use crate::codebook::Kind;
use crate::diag::{Diag, codes};
use crate::findings::{Caution, Disposition, Excluded, Named, People};
use crate::normalise::{Cohort, CohortQuestion, side_id};
use crate::study::{Ask, Study};

/// One side.
pub(in crate::analyse) struct Side<'a> {
    /// Its id within the comparison: that of the group or of the answer.
    pub(in crate::analyse) id: &'a str,
    /// Its people.
    pub(in crate::analyse) cohort: &'a Cohort,
}

/// The sides of one comparison.
pub(in crate::analyse) struct Sides<'a> {
    /// What stands where the group stands in other ids.
    pub(in crate::analyse) id: String,
    /// In words.
    pub(in crate::analyse) label: String,
    /// The sides in order.
    pub(in crate::analyse) sides: Vec<Side<'a>>,
    /// Answers that too few people gave to be a side, with the people of each.
    left_out: Vec<(String, u64)>,
    /// The fewest people of a side.
    least: u64,
    /// People of the group who are on no side.
    on_no_side: u64,
}

impl<'a> Sides<'a> {
    /// The people of all sides, added up.
    pub(in crate::analyse) fn people(&self) -> People {
        let people: Vec<&People> = self.sides.iter().map(|side| side.cohort.people.as_ref()).collect();
        let mut excluded: Vec<Excluded> = Vec::new();
        for rule in people.iter().flat_map(|people| &people.excluded) {
            match excluded.iter_mut().find(|known| known.rule == rule.rule) {
                Some(known) => known.count += rule.count,
                None => excluded.push(rule.clone()),
            }
        }
        let invited: Option<Vec<&BTreeMap<Disposition, u64>>> =
            people.iter().map(|people| people.invited.as_ref()).collect();
        let invited = invited.map(|all| {
            let mut sum = BTreeMap::new();
            for (disposition, count) in all.into_iter().flatten() {
                *sum.entry(*disposition).or_default() += count;
            }
            sum
        });
        People {
            invited,
            received: people.iter().map(|people| people.received).sum(),
            excluded,
            included: people.iter().map(|people| people.included).sum(),
        }
    }

    /// What is to be said of the sides beside every finding about them.
    pub(in crate::analyse) fn cautions(&self) -> Vec<Caution> {
        let left_out = (!self.left_out.is_empty())
            .then(|| Caution::SidesLeftOut { least: self.least, sides: self.left_out.clone() });
        let on_no_side = (self.on_no_side > 0).then_some(Caution::OnNoSide { count: self.on_no_side });
        left_out.into_iter().chain(on_no_side).collect()
    }

    /// A question as each side was asked it, if all were.
    pub(in crate::analyse) fn question(&self, id: &str) -> Option<Vec<&'a CohortQuestion>> {
        self.sides.iter().map(|side| side.cohort.question(id)).collect()
    }
}

/// The comparisons of an ask: one between its groups, or one within each of them.
///
/// `least` is the fewest people of an answer that is a side.
pub(in crate::analyse) fn comparisons<'a>(ask: &Ask, least: u64, cohorts: &'a [Cohort]) -> Vec<Sides<'a>> {
    let cohort = |id: &str| cohorts.iter().find(|cohort| cohort.group == id);
    let Some(by) = ask.inquiry.by() else {
        let of_group = |id: &'a str| cohort(id).map(|cohort| Side { id: &cohort.group, cohort });
        let ids = ask.groups.iter().filter_map(|id| cohort(id)).map(|cohort| cohort.group.as_str());
        let sides: Vec<Side<'a>> = ids.filter_map(of_group).collect();
        let ids: Vec<&str> = sides.iter().map(|side| side.id).collect();
        let labels: Vec<&str> = sides.iter().map(|side| side.cohort.label.as_str()).collect();
        let (id, label) = (ids.join("~"), labels.join(" v. "));
        return vec![Sides { id, label, sides, left_out: Vec::new(), least, on_no_side: 0 }];
    };
    let within = |whole: &'a Cohort| {
        let question = whole.question(by)?;
        let answer = |level: &'a Named| {
            let cohort = cohort(&side_id(&whole.group, by, &level.id))?;
            Some(Side { id: &level.id, cohort })
        };
        let (sides, few): (Vec<Side<'a>>, Vec<Side<'a>>) = question
            .levels
            .iter()
            .filter_map(answer)
            .partition(|side| side.cohort.rows.len() as u64 >= least);
        let gave: usize = sides.iter().chain(&few).map(|side| side.cohort.rows.len()).sum();
        let few = few.iter().map(|side| (side.cohort.label.clone(), side.cohort.rows.len() as u64)).collect();
        Some(Sides {
            id: format!("{}:{by}", whole.group),
            label: format!("{} by {}", whole.label, question.label),
            sides,
            left_out: few,
            least,
            on_no_side: whole.rows.len().saturating_sub(gave) as u64,
        })
    };
    ask.groups.iter().filter_map(|id| cohort(id)).filter_map(within).collect()
}

/// Why sides cannot be compared, each at the place of the ask.
pub(in crate::analyse) fn refused(study: &Study, ask: &Ask, sides: &Sides<'_>) -> Vec<Diag> {
    let error = |message: String, help: &str| {
        study.error(codes::STUDY_BAD_VALUE, &ask.span, message).help(help.to_owned())
    };
    let mut problems = Vec::new();
    for (position, side) in sides.sides.iter().enumerate() {
        for other in &sides.sides[..position] {
            let shared = shared(side.cohort, other.cohort);
            if shared > 0 {
                let message = format!(
                    "{} and {} cannot be compared: {shared} of the rows are on both sides",
                    other.cohort.label, side.cohort.label
                );
                problems.push(error(message, "sides hold different people; name parts that do not overlap"));
            }
        }
    }
    for id in &ask.of {
        problems.extend(question_refused(sides, id).map(|message| {
            error(message, "a comparison needs the same question, items and answers on every side")
        }));
    }
    problems
}

/// How many rows two groups share.
fn shared(one: &Cohort, other: &Cohort) -> usize {
    if one.file != other.file || one.file.is_none() {
        return 0;
    }
    // Rows ascend, so one walk over both is enough.
    let mut others = other.rows.iter().peekable();
    let mut shared = 0;
    for row in &one.rows {
        while others.next_if(|other| *other < row).is_some() {}
        shared += usize::from(others.peek() == Some(&row));
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
