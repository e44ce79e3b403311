//! The least and the most that a share could be, had everybody invited answered.

use crate::analyse::about::{About, Found};
use crate::codebook::Missing;
use crate::findings::{Disposition, Findings, Reason, Statistic, Value};
use crate::normalise::Completion;
use crate::stats::proportion::finite_frame::NONRESPONSE_BOUNDS;
use crate::study::Sample;

use super::Target;

/// Writes both bounds of a share.
pub(super) fn bounds(target: &Target<'_>, findings: &mut Findings) {
    let about = &target.about;
    let (count, answered) = target.count(&about.cohort.rows);
    let frame = frame(about).and_then(|frame| {
        let silent = frame.checked_sub(answered);
        silent
            .map(|silent| (frame, silent))
            .ok_or(Reason::NotApplicable("more people answered than were invited"))
    });
    let value = |most: bool| match &frame {
        Ok((frame, silent)) => Value::share(count + if most { *silent } else { 0 }, *frame),
        Err(reason) => Value::NotComputed(reason.clone()),
    };
    for (statistic, most) in [(Statistic::Least, false), (Statistic::Most, true)] {
        // Those who make up the rest of the most are no rows.
        let counts = (!most).then(|| target.selector());
        let found =
            Found { method: Some(NONRESPONSE_BOUNDS), counts, ..Found::plain(statistic, value(most)) };
        about.find(findings, &target.tail(statistic.id()), found.level(&target.level));
    }
}

/// How many would have answered: everybody invited but those known not to be eligible and those to whom the question does
/// not apply, by their own answer.
fn frame(about: &About<'_>) -> Result<u64, Reason> {
    let cohort = about.cohort;
    let people = &cohort.people;
    if cohort.fielding.sample == Some(Sample::OptIn) {
        return Err(Reason::NotApplicable("people came of themselves: nobody is known who did not respond"));
    }
    let invited = people.n_invited().ok_or(Reason::FrameUnknown)?;
    let n_with = |disposition| people.n_with(disposition).unwrap_or(0);
    let used = n_with(Disposition::Complete) + n_with(Disposition::Partial);
    let counted = cohort.fielding.completion == Some(Completion::Counts) && used == people.included;
    if !cohort.fielding.rows_are_invitees && !counted {
        return Err(Reason::NotApplicable(
            "not every response analysed is known to be of a person of its own who was invited",
        ));
    }
    let missing = |reason| about.missing(reason);
    if missing(Missing::NotAsked) > 0 {
        return Err(Reason::NotApplicable(
            "not everybody is asked this, and who would have been is not known",
        ));
    }
    Ok(invited.saturating_sub(n_with(Disposition::NotEligible) + missing(Missing::NotApplicable)))
}
