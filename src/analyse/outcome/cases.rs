//! The cases of a group, or of several added up, and the rates that they allow.

use std::collections::BTreeMap;

use crate::findings::{Caution, Disposition, Reason, Value};
use crate::normalise::Cohort;
use crate::stats::aapor::{Dispositions, Eligibility, OutcomeRate, eligibility_rate, outcome_rate};
use crate::stats::{Computed, NotComputed};
use crate::study::{Eligible, Sample};

/// What became of everybody, and how many of the cases of unknown eligibility count.
#[derive(Debug, Clone)]
pub(super) struct Cases {
    counts: BTreeMap<Disposition, u64>,
    pub(super) eligible: Computed<EligibleShare>,
}

/// The share of the cases of unknown eligibility that counts as eligible.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct EligibleShare {
    /// As a ratio.
    pub(super) ratio: (u64, u64),
    /// What it rests on.
    pub(super) basis: String,
    /// Where it comes from.
    pub(super) source: Source,
}

/// Where a share of eligible cases comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Source {
    /// A roster proves it.
    Roster,
    /// It is estimated from the cases of known eligibility.
    Estimated,
    /// The study file declares it, or it is what declared and estimated shares come to.
    Declared,
}

/// What opt-in samples have instead of response rates.
const OPT_IN: Reason =
    Reason::NotApplicable("people came of themselves; an opt-in sample has a participation rate instead");

impl Cases {
    /// The cases of a group, or why nothing is known of them. `estimated` is the share of all groups asked together.
    pub(super) fn of(cohort: &Cohort, estimated: &Computed<EligibleShare>) -> Result<Self, Reason> {
        if cohort.fielding.sample == Some(Sample::OptIn) {
            return Err(OPT_IN);
        }
        let counts = counts_of(cohort)?;
        let eligible = match &cohort.fielding.eligible {
            Some(Eligible::Estimated) => estimated.clone(),
            Some(Eligible::Share { share, basis }) => Ok(EligibleShare {
                ratio: reduced(share.numerator, share.denominator),
                basis: basis.clone(),
                source: Source::Declared,
            }),
            Some(Eligible::Roster) | None => Ok(EligibleShare {
                ratio: (1, 1),
                basis: "the roster proves who is eligible".to_owned(),
                source: Source::Roster,
            }),
        };
        Ok(Self { counts, eligible })
    }

    /// The cases of several groups added up; each counts its unknown cases by its own share.
    pub(super) fn added(groups: &[Self]) -> Self {
        let mut counts = BTreeMap::new();
        for (disposition, count) in groups.iter().flat_map(|group| &group.counts) {
            *counts.entry(*disposition).or_default() += *count;
        }
        Self { counts, eligible: joint_share(groups) }
    }

    fn sum(&self, of: impl Fn(Disposition) -> bool) -> u64 {
        self.counts.iter().filter(|(disposition, _)| of(**disposition)).map(|(_, count)| count).sum()
    }

    /// Cases of unknown eligibility.
    pub(super) fn unknown(&self) -> u64 {
        self.sum(Disposition::leaves_eligibility_open)
    }

    /// Cases known to be eligible.
    fn known(&self) -> u64 {
        self.sum(|disposition| {
            !disposition.leaves_eligibility_open() && disposition != Disposition::NotEligible
        })
    }

    /// A rate, with what must be known beside it.
    pub(super) fn rate(&self, rate: OutcomeRate) -> (Value, Vec<Caution>) {
        match self.computed(rate) {
            Ok(found) => found,
            Err(reason) => (Value::NotComputed(reason), Vec::new()),
        }
    }

    fn computed(&self, rate: OutcomeRate) -> Result<(Value, Vec<Caution>), Reason> {
        let method = |reason| match reason {
            NotComputed::EmptyBase => Reason::EmptyBase,
            reason => Reason::Method(reason),
        };
        let count = self.sum(|disposition| numerator(rate).contains(&disposition));
        let asks_share = asks_share(rate) && self.unknown() > 0;
        let share = if asks_share { Some(self.eligible.clone().map_err(method)?) } else { None };
        let (part, whole) = share.as_ref().map_or((1, 1), |share| share.ratio);
        let given = Eligibility::Given(part as f64 / whole as f64);
        let found = outcome_rate(&self.as_dispositions(), given, rate).map_err(|reason| match reason {
            NotComputed::EmptyBase => Reason::Method(NotComputed::Undefined(nobody(rate))),
            reason => Reason::Method(reason),
        })?;
        self.refuse_by_coding(rate, count, found.value)?;
        let counted = u128::from(self.unknown()) * u128::from(part);
        let is_whole = !asks_share || counted.is_multiple_of(u128::from(whole));
        let value = if is_whole {
            Value::share(count, self.denominator(rate, (part, whole)))
        } else {
            Value::Number(found.value)
        };
        let caution =
            share.filter(|share| share.ratio.0 != share.ratio.1).map(|share| Caution::EligibleShare {
                count,
                known: self.known(),
                unknown: self.unknown(),
                share: share.ratio,
                basis: share.basis,
            });
        Ok((value, caution.into_iter().collect()))
    }

    /// The denominator of a rate, where it is whole.
    fn denominator(&self, rate: OutcomeRate, (part, whole): (u64, u64)) -> u64 {
        use OutcomeRate as O;
        let interviews = |disposition| matches!(disposition, Disposition::Complete | Disposition::Partial);
        let refusals = |disposition| matches!(disposition, Disposition::BreakOff | Disposition::Refused);
        match rate {
            O::Coop1 | O::Coop2 => self.sum(|disposition| CONTACTED.contains(&disposition)),
            O::Coop3 | O::Coop4 => self.sum(|disposition| interviews(disposition) || refusals(disposition)),
            O::Rr5 | O::Rr6 | O::Ref3 | O::Con3 => self.known(),
            _ => {
                let counted = u128::from(self.unknown()) * u128::from(part) / u128::from(whole.max(1));
                self.known() + u64::try_from(counted).unwrap_or(u64::MAX)
            }
        }
    }

    /// Refuses a rate that says more about how cases were coded than about people: those who are silent leave its
    /// denominator, though a roster proves them eligible, or nothing but an answer shows that somebody was reached.
    fn refuse_by_coding(&self, rate: OutcomeRate, count: u64, value: f64) -> Result<(), Reason> {
        use OutcomeRate as O;
        let leaves_out = matches!(rate, O::Rr5 | O::Rr6 | O::Ref3 | O::Con3);
        let cooperation = matches!(rate, O::Coop1 | O::Coop2 | O::Coop3 | O::Coop4);
        if self.unknown() == 0 {
            return Ok(());
        }
        if leaves_out && self.eligible.as_ref().is_ok_and(|share| share.source == Source::Roster) {
            return Err(Reason::NotApplicable(
                "it would leave out those who are silent, whom the roster proves to be eligible",
            ));
        }
        let is_all = count > 0 && (value - 1.0).abs() < f64::EPSILON;
        let only_interviews = self.known() == self.sum(|disposition| disposition <= Disposition::Partial);
        if is_all && (leaves_out || asks_share(rate) || cooperation && only_interviews) {
            return Err(Reason::NotApplicable(
                "it would be 100 % by coding alone: everybody without an answer is coded as unknown",
            ));
        }
        Ok(())
    }

    fn as_dispositions(&self) -> Dispositions {
        let of = |wanted: &[Disposition]| self.sum(|disposition| wanted.contains(&disposition)) as f64;
        Dispositions {
            complete: of(&[Disposition::Complete]),
            partial: of(&[Disposition::Partial]),
            refusal: of(&[Disposition::BreakOff, Disposition::Refused]),
            non_contact: of(&[Disposition::NonContact]),
            other: of(&[Disposition::Other]),
            unknown_contact: of(&[Disposition::Silent]),
            unknown_other: of(&[Disposition::UnknownOther]),
            not_eligible: of(&[Disposition::NotEligible]),
        }
    }
}

/// What became of a group's people, or why it is not known.
pub(super) fn counts_of(cohort: &Cohort) -> Result<BTreeMap<Disposition, u64>, Reason> {
    cohort.people.invited.clone().ok_or(if cohort.file.is_none() {
        Reason::NotCollected
    } else {
        Reason::FrameUnknown
    })
}

/// The share e of the groups that estimate it: one for all of them together, because a share of few is no estimate.
pub(super) fn estimated(cohorts: &[&Cohort]) -> Computed<EligibleShare> {
    let groups: Vec<Cases> = cohorts
        .iter()
        // Nobody drew an opt-in sample, so that it says nothing of who is eligible among those drawn.
        .filter(|cohort| cohort.fielding.sample != Some(Sample::OptIn))
        .filter(|cohort| cohort.fielding.eligible == Some(Eligible::Estimated))
        .filter_map(|cohort| counts_of(cohort).ok())
        .map(|counts| Cases { counts, eligible: Err(NotComputed::EmptyBase) })
        .collect();
    let all = Cases { eligible: Err(NotComputed::EmptyBase), ..Cases::added(&groups) };
    eligibility_rate(&all.as_dispositions())?;
    let known = all.known();
    Ok(EligibleShare {
        ratio: (known, known + all.sum(|disposition| disposition == Disposition::NotEligible)),
        basis: "proportional allocation, known eligible over known eligible and not eligible cases of all groups together"
            .to_owned(),
        source: Source::Estimated,
    })
}

/// The share of the unknown cases of several groups together.
fn joint_share(groups: &[Cases]) -> Computed<EligibleShare> {
    const TOO_LARGE: NotComputed =
        NotComputed::TooLarge { limit: "shares of eligible cases with common ratios" };
    let mut shares = Vec::new();
    for group in groups {
        shares.push((group.eligible.clone()?, group.unknown()));
    }
    let Some((first, _)) = shares.first() else { return Err(NotComputed::EmptyBase) };
    if shares.iter().all(|(share, _)| share == first) {
        return Ok(first.clone());
    }
    let whole = shares.iter().try_fold(1_u64, |whole, (share, _)| {
        whole.checked_mul(share.ratio.1 / divisor(whole, share.ratio.1))
    });
    let whole = whole.ok_or(TOO_LARGE)?;
    let part = shares.iter().try_fold(0_u64, |sum, (share, unknown)| {
        let counted = (whole / share.ratio.1).checked_mul(share.ratio.0)?.checked_mul(*unknown)?;
        sum.checked_add(counted)
    });
    let unknown: u64 = shares.iter().map(|(_, unknown)| unknown).sum();
    let (Some(part), Some(whole)) = (part, whole.checked_mul(unknown)) else { return Err(TOO_LARGE) };
    if unknown == 0 {
        return Ok(first.clone());
    }
    Ok(EligibleShare {
        ratio: reduced(part, whole),
        basis: "each group's own share, weighted by its unknown cases".to_owned(),
        source: Source::Declared,
    })
}

fn divisor(a: u64, b: u64) -> u64 {
    if b == 0 { a.max(1) } else { divisor(b, a % b) }
}

fn reduced(part: u64, whole: u64) -> (u64, u64) {
    let divisor = divisor(part, whole);
    (part / divisor, whole / divisor)
}

/// Those known to have been reached.
const CONTACTED: [Disposition; 5] = [
    Disposition::Complete,
    Disposition::Partial,
    Disposition::BreakOff,
    Disposition::Refused,
    Disposition::Other,
];

/// What a rate counts.
pub(super) fn numerator(rate: OutcomeRate) -> &'static [Disposition] {
    use OutcomeRate as O;
    match rate {
        O::Rr1 | O::Rr3 | O::Rr5 | O::Coop1 | O::Coop3 => &[Disposition::Complete],
        O::Rr2 | O::Rr4 | O::Rr6 | O::Coop2 | O::Coop4 => &[Disposition::Complete, Disposition::Partial],
        O::Ref1 | O::Ref2 | O::Ref3 => &[Disposition::BreakOff, Disposition::Refused],
        O::Con1 | O::Con2 | O::Con3 => &CONTACTED,
    }
}

/// Whether a rate counts a share of the unknown cases.
fn asks_share(rate: OutcomeRate) -> bool {
    use OutcomeRate as O;
    matches!(rate, O::Rr3 | O::Rr4 | O::Ref2 | O::Con2)
}

/// Who is not there where the denominator of a rate is zero.
fn nobody(rate: OutcomeRate) -> &'static str {
    use OutcomeRate as R;
    match rate {
        R::Rr1 | R::Rr2 | R::Ref1 | R::Con1 => "nobody invited is or may be eligible",
        R::Rr3 | R::Rr4 | R::Ref2 | R::Con2 => "nobody counts as eligible",
        R::Rr5 | R::Rr6 | R::Ref3 | R::Con3 => "nobody is known to be eligible",
        R::Coop1 | R::Coop2 => "nobody is known to have been reached",
        R::Coop3 | R::Coop4 => "nobody responded, refused or broke off",
    }
}
