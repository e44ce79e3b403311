//! The Plackett-Luce model: worths with quasi-standard errors, or why there are none.

use crate::findings::{Findings, Statistic, Value};
use crate::stats::distributions::normal;
use crate::stats::rankings::plackett_luce::{
    COMPARISON_INTERVAL, Options, PLACKETT_LUCE, Worths, plackett_luce as fit,
};
use crate::stats::{Computed, Interval, NotComputed};

use super::super::LEVEL;
use super::super::about::Found;
use super::super::choices::Direction;
use super::{Asked, method_cautions};

/// Writes for every item its worth, log-worth with comparison interval, and standard errors; the order by worth; and
/// a parameter for each size of ties.
pub(super) fn plackett_luce(asked: &Asked<'_>, pseudo: f64, findings: &mut Findings) {
    let options = Options { pseudo, ..Options::new(asked.field.unranked()) };
    let fitted = asked.field.ballots().and_then(|ballots| fit(ballots, options));
    for item in 0..asked.question.items.len() {
        worth(asked, &fitted, item, findings);
    }
    let worths: Computed<Vec<Computed<f64>>> = fitted
        .as_ref()
        .map(|fitted| fitted.log_worth.iter().map(|worth| Ok(*worth)).collect())
        .map_err(Clone::clone);
    asked.order(findings, "order-by-worth", PLACKETT_LUCE, Direction::MostFirst, &worths);
    for tie in fitted.iter().flat_map(|fitted| &fitted.ties) {
        let tail = format!("log-tie-{}", tie.size);
        let found = Found::plain(Statistic::LogTie, Value::Number(tie.log)).level(&tie.size.to_string());
        asked.find(findings, &[&tail], Found { method: Some(PLACKETT_LUCE), ..found });
    }
}

fn worth(asked: &Asked<'_>, fitted: &Computed<Worths>, item: usize, findings: &mut Findings) {
    let Some(named) = asked.question.items.get(item) else { return };
    let of = |pick: &dyn Fn(&Worths) -> Computed<f64>| fitted.as_ref().map_err(Clone::clone).and_then(pick);
    let at = |values: &[f64]| values.get(item).copied().ok_or(NotComputed::EmptyBase);
    let reference = NotComputed::Undefined("the first item is the one from which the others differ");
    let quasi = of(&|fitted| fitted.quasi_se.as_deref().map_err(Clone::clone).and_then(at));
    let log_worth = of(&|fitted| at(&fitted.log_worth));
    let interval = quasi.as_ref().ok().zip(log_worth.as_ref().ok()).map(|(se, worth)| {
        let half = normal::upper_quantile(0.5 * LEVEL.alpha()) * se;
        Interval { low: worth - half, high: worth + half, level: LEVEL, method: COMPARISON_INTERVAL }
    });
    let cautions = fitted.as_ref().map(|fitted| method_cautions(&fitted.cautions)).unwrap_or_default();
    let written = [
        (Statistic::Worth, of(&|fitted| at(&fitted.worth)), None),
        (Statistic::LogWorth, log_worth, interval),
        (
            Statistic::LogWorthSe,
            if item == 0 {
                fitted.as_ref().map_err(Clone::clone).and(Err(reference))
            } else {
                of(&|fitted| at(&fitted.se))
            },
            None,
        ),
        (Statistic::QuasiSe, quasi, None),
    ];
    for (statistic, value, interval) in written {
        let found = Found {
            method: Some(PLACKETT_LUCE),
            interval,
            cautions: cautions.clone(),
            ..Found::plain(statistic, Value::number(value)).level(&named.id)
        };
        asked.find(findings, &[&named.id, statistic.id()], found);
    }
}
