//! The sides of a comparison: groups, or those of a group who gave one answer.

use crate::findings::{Caution, Named, People};
use crate::normalise::{Cohort, CohortQuestion, Linked, side_id};
use crate::study::Ask;

/// One side.
pub(in crate::analyse) struct Side<'a> {
    /// Its id within the comparison: that of the group or of the answer.
    pub(in crate::analyse) id: &'a str,
    /// Its people.
    pub(in crate::analyse) cohort: &'a Cohort,
}

/// The sides of one comparison.
#[expect(clippy::struct_field_names, reason = "what is on the sides is a side")]
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
    /// Links that join people of different sides.
    linked: Vec<Caution>,
}

impl<'a> Sides<'a> {
    /// The people of all sides, added up.
    pub(in crate::analyse) fn people(&self) -> People {
        People::added(self.sides.iter().map(|side| side.cohort.people.as_ref()))
    }

    /// What is to be said of the sides beside every finding about them.
    pub(in crate::analyse) fn cautions(&self) -> Vec<Caution> {
        let left_out = (!self.left_out.is_empty())
            .then(|| Caution::SidesLeftOut { least: self.least, sides: self.left_out.clone() });
        let on_no_side = (self.on_no_side > 0).then_some(Caution::OnNoSide { count: self.on_no_side });
        left_out.into_iter().chain(on_no_side).chain(self.linked.iter().cloned()).collect()
    }

    /// The same, knowing which links join people of different sides, who are compared as if none did.
    pub(in crate::analyse) fn among(self, links: &[Linked]) -> Self {
        let linked = links.iter().filter_map(|link| {
            let pairs = link.both().filter_map(|pair| link.rows(pair)).filter(|rows| self.parts(link, *rows));
            let pairs = pairs.count() as u64;
            (pairs > 0).then(|| Caution::LinkedSides { pairs, link: link.label.clone() })
        });
        Self { linked: linked.collect(), ..self }
    }

    /// Whether the two people of a pair are on different sides.
    fn parts(&self, link: &Linked, rows: [usize; 2]) -> bool {
        let [first, second] = &link.between;
        let holds = |side: &Side<'_>, group: &String, row: usize| {
            let cohort = side.cohort;
            (cohort.group == *group || cohort.part_of.as_ref() == Some(group))
                && cohort.rows.binary_search(&row).is_ok()
        };
        self.sides.iter().enumerate().any(|(one, side)| {
            holds(side, first, rows[0])
                && self
                    .sides
                    .iter()
                    .enumerate()
                    .any(|(other, side)| one != other && holds(side, second, rows[1]))
        })
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
        return vec![Sides {
            id,
            label,
            sides,
            left_out: Vec::new(),
            least,
            on_no_side: 0,
            linked: Vec::new(),
        }];
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
            linked: Vec::new(),
        })
    };
    ask.groups.iter().filter_map(|id| cohort(id)).filter_map(within).collect()
}
