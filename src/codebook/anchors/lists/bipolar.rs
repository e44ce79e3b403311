//! Scales with two ends and perhaps a middle: agreement, satisfaction, likelihood and their like.

/// Two opposite words.
#[derive(Debug)]
pub(crate) struct Poles {
    /// What the scale is of.
    pub(crate) family: &'static str,
    /// The words of the low end.
    pub(crate) low: &'static [&'static str],
    /// The words of the high end.
    pub(crate) high: &'static [&'static str],
}

const fn poles(family: &'static str, low: &'static [&'static str], high: &'static [&'static str]) -> Poles {
    Poles { family, low, high }
}

/// Every pair of opposites.
pub(crate) const POLES: &[Poles] = &[
    poles("agreement", &["disagree"], &["agree"]),
    poles("satisfaction", &["dissatisfied", "unsatisfied"], &["satisfied"]),
    poles("likelihood", &["unlikely"], &["likely"]),
    poles("importance", &["unimportant"], &["important"]),
    poles("helpfulness", &["unhelpful"], &["helpful"]),
    poles("support", &["oppose", "opposed"], &["favor", "support", "in favor"]),
    poles("comparison", &["worse"], &["better"]),
    poles("ease", &["difficult", "hard"], &["easy"]),
    poles("acceptability", &["unacceptable"], &["acceptable"]),
    poles("appropriateness", &["inappropriate"], &["appropriate"]),
    poles("desirability", &["undesirable"], &["desirable"]),
    poles("probability", &["improbable"], &["probable"]),
    poles("favorability", &["unfavorable"], &["favorable"]),
    poles("comfort", &["uncomfortable"], &["comfortable"]),
    poles("clarity", &["unclear"], &["clear"]),
    poles("confidence", &["unconfident"], &["confident"]),
    poles("usefulness", &["useless"], &["useful"]),
    poles("effectiveness", &["ineffective"], &["effective"]),
    poles("pleasantness", &["unpleasant"], &["pleasant"]),
    poles("happiness", &["unhappy"], &["happy"]),
    poles("safety", &["unsafe"], &["safe"]),
    poles("fairness", &["unfair"], &["fair"]),
    poles("willingness", &["unwilling"], &["willing"]),
    poles("interest", &["uninterested"], &["interested"]),
    poles("familiarity", &["unfamiliar"], &["familiar"]),
    poles("preparedness", &["unprepared"], &["prepared"]),
    poles("approval", &["disapprove"], &["approve"]),
    poles("liking", &["dislike"], &["like"]),
    poles("trust", &["distrust"], &["trust"]),
    poles("strength", &["weak"], &["strong"]),
    poles("valence", &["negative"], &["positive"]),
    poles("quality", &["bad"], &["good"]),
    poles("truth", &["untrue", "false"], &["true"]),
];

/// One half of such a scale, from its end to its middle: what stands beside the word of the end. The other half is
/// its mirror image, and a middle may stand between them.
pub(crate) const HALVES: &[&[&str]] = &[
    &[""],
    &["strongly|very strongly|completely|totally|fully|entirely|absolutely|definitely", ""],
    &["very|very much|extremely|highly|much|a lot|a great deal", ""],
    &["strongly", "somewhat|slightly|tend to|mildly|moderately|a little|partly|partially|rather"],
    &[
        "completely|totally|fully|entirely|absolutely",
        "somewhat|slightly|tend to|mildly|partly|partially|mostly|rather",
    ],
    &["very|extremely", "somewhat|slightly|moderately|fairly|rather|a little"],
    &["much|a lot|a great deal", "somewhat|slightly|a little|some"],
    &["strongly", "", "somewhat|slightly|tend to|mildly|moderately|a little|partly|partially"],
    &[
        "completely|totally|fully|entirely|absolutely",
        "",
        "somewhat|slightly|tend to|mildly|moderately|partly|partially",
    ],
    &["very|extremely|much|very much", "", "somewhat|slightly|a little"],
    &["completely|totally|entirely", "mostly", "somewhat|slightly|partly"],
    &["extremely", "moderately", "slightly"],
    &["strongly|very strongly", "moderately", "slightly|mildly|a little"],
    &["strongly", "mostly", "somewhat|slightly"],
    &["very strongly|completely|totally|extremely", "strongly|very", ""],
    &["very strongly", "strongly", "", "slightly|somewhat"],
    &["extremely", "very", "somewhat|slightly"],
    &["extremely", "very", "moderately", "slightly"],
    &["extremely", "very", "", "somewhat|slightly"],
];
