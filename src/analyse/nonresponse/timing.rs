//! Early against late respondents: those who came late may be more like those who never came.

use crate::analyse::LEVEL;
use crate::analyse::about::{About, Found};
use crate::analyse::distribution::share;
use crate::findings::{Findings, Reason, Selector, Statistic, Value};
use crate::normalise::{Cohort, CohortQuestion};
use crate::responses::Answers;
use crate::stats::parametric::t_test::{Variances, two_samples};
use crate::stats::proportion::Proportion;
use crate::stats::proportion::difference::{DifferenceInterval, NEWCOMBE, risk_difference};
use crate::stats::sample::Sample;
use crate::stats::{Interval, Method, Which};

use super::Target;

/// Who is early and who late.
pub(in crate::analyse) const SPLIT: Method = Method {
    id: "respondents.early-late",
    name: "Early and late respondents",
    convention: "by the time of submission: before and from the declared date on, else the earlier half, those of one moment \
                 together, and the rest",
};

/// The responses analysed by when they came in.
pub(super) struct Split {
    rows: Result<[Vec<usize>; 2], Reason>,
    moment: u64,
}

impl Split {
    /// Splits at a moment, or in halves.
    pub(super) fn of(cohort: &Cohort, late: Option<u64>) -> Self {
        let fielding = &cohort.fielding;
        let mut moments: Vec<u64> = cohort
            .rows
            .iter()
            .filter_map(|row| fielding.moments.get(*row).copied())
            .filter(|moment| *moment > 0)
            .collect();
        if moments.is_empty() {
            let why = Reason::NotApplicable("the export does not say when responses came in");
            return Self { rows: Err(why), moment: 0 };
        }
        moments.sort_unstable();
        let half = moments[(moments.len() - 1) / 2];
        let moment = late.map_or(half, |late| late.saturating_sub(1));
        let rows = [false, true].map(|late| {
            let of_side = |row: &usize| fielding.is_late(*row, moment) == Some(late);
            cohort.rows.iter().copied().filter(of_side).collect::<Vec<usize>>()
        });
        Self { rows: Ok(rows), moment }
    }

    fn sides<T>(&self, of: impl Fn(&[usize]) -> T) -> Result<[T; 2], Reason> {
        self.rows.as_ref().map(|sides| [of(&sides[0]), of(&sides[1])]).map_err(Clone::clone)
    }
}

const SIDES: [(Statistic, bool); 2] = [(Statistic::Early, false), (Statistic::Late, true)];

/// Writes a share among early and late respondents, and the difference.
pub(super) fn shares(split: &Split, target: &Target<'_>, findings: &mut Findings) {
    let about = &target.about;
    let counted = split.sides(|rows| target.count(rows));
    for (side, (statistic, late)) in SIDES.into_iter().enumerate() {
        let found = match &counted {
            Ok(counted) => share(statistic, counted[side].0, counted[side].1),
            Err(reason) => Found::plain(statistic, Value::NotComputed(reason.clone())),
        };
        let which = Box::new(target.selector());
        let counting = Selector::InTime { late, split: split.moment, which };
        let found = Found { method: Some(SPLIT), ..found.level(&target.level).counting(counting) };
        about.find(findings, &target.tail(statistic.id()), found);
    }
    let compared = counted.and_then(|[early, late]| {
        let share = |(count, of)| Proportion::new(count, of).map_err(|_| Reason::EmptyBase);
        let (early, late) = (share(early)?, share(late)?);
        let found = risk_difference(late, early, DifferenceInterval::Newcombe, LEVEL);
        Ok((found.value, found.interval, NEWCOMBE))
    });
    difference(about, &target.tail(Statistic::LateDifference.id()), Some(&target.level), compared, findings);
}

/// Writes the mean of numbers among early and late respondents, and the difference.
pub(super) fn means(split: &Split, about: &About<'_>, question: &CohortQuestion, findings: &mut Findings) {
    let Answers::Numbers { items } = &question.answers else { return };
    for (position, numbers) in items.iter().enumerate() {
        let about = about.item(question, position);
        let samples = split.sides(|rows| {
            let given = rows.iter().filter_map(|row| numbers.get(*row)?.as_ref().ok().copied());
            Sample::from_values(&given.collect::<Vec<f64>>())
        });
        for (side, (statistic, _)) in SIDES.into_iter().enumerate() {
            let value = match &samples {
                Ok(samples) => {
                    Value::number(samples[side].as_ref().map_err(Clone::clone).and_then(Sample::mean))
                }
                Err(reason) => Value::NotComputed(reason.clone()),
            };
            let found = Found { method: Some(SPLIT), ..Found::plain(statistic, value) };
            about.find(findings, &[statistic.id()], found);
        }
        let compared = samples.and_then(|[early, late]| {
            let tested = early
                .and_then(|early| two_samples(&late?, &early, Variances::Separate, Which::TwoSided, LEVEL))
                .map_err(Reason::Method)?;
            Ok((tested.estimate, tested.interval, tested.test.method))
        });
        difference(&about, &[Statistic::LateDifference.id()], None, compared, findings);
    }
}

fn difference(
    about: &About<'_>,
    tail: &[&str],
    level: Option<&str>,
    compared: Result<(f64, Interval, Method), Reason>,
    findings: &mut Findings,
) {
    let found = match compared {
        Ok((value, interval, method)) => Found {
            interval: Some(interval),
            method: Some(method),
            ..Found::plain(Statistic::LateDifference, Value::Number(value))
        },
        Err(reason) => Found::plain(Statistic::LateDifference, Value::NotComputed(reason)),
    };
    about.find(findings, tail, Found { level: level.map(str::to_owned), ..found });
}
