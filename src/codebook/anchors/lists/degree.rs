//! Scales of how much of one thing: "Not at all" to "Extremely", with or without the word for the thing.

/// A list of anchors, low to high.
pub(crate) type Levels = &'static [&'static str];

/// What stands beside the word for the thing. `%` is the word alone.
pub(crate) const DEGREES: &[Levels] = &[
    &["not at all|not", "slightly|a little|a bit|a little bit", "moderately", "very", "extremely"],
    &["not at all|not", "slightly|a little", "somewhat", "moderately", "extremely"],
    &["not at all|not", "slightly|a little", "somewhat", "very", "extremely"],
    &["not at all|not", "somewhat", "moderately", "very", "extremely"],
    &["not at all|not", "slightly|a little", "moderately", "quite|quite a bit", "extremely"],
    &["not at all|not", "slightly|a little", "somewhat", "moderately", "very", "extremely"],
    &["not at all|not", "slightly", "somewhat", "moderately", "mostly", "very", "extremely"],
    &["not at all|not", "somewhat", "very"],
    &["not at all|not", "not very|not too|not so|not particularly|not that", "somewhat|fairly|quite", "very"],
    &["not at all|not", "not very|not too|not so", "somewhat", "very", "extremely"],
    &["not at all|not", "slightly|somewhat", "%|moderately", "very"],
    &["not at all|not", "somewhat", "%", "very", "extremely"],
    &["not at all|not", "slightly|somewhat", "%", "very", "extremely|absolutely"],
    &["not at all|not", "slightly", "somewhat", "fairly", "completely|fully|totally"],
    &["not at all|not", "slightly", "moderately", "mostly|very", "completely|fully|totally"],
    &["not at all|not", "slightly|a little|somewhat", "mostly|largely", "completely|fully|entirely|totally"],
    &["not at all|not", "somewhat|partly|partially", "completely|fully|entirely|totally"],
    &["not yet|not", "somewhat", "adequately", "well|very well"],
    &["not at all|not", "somewhat", "moderately", "well", "highly|very well|extremely well|fully"],
    &[
        "not at all|not|not well at all",
        "slightly|not very well|not well",
        "moderately|somewhat|fairly well|moderately well|slightly well",
        "well|very well|very",
        "very well|extremely well|fully|extremely",
    ],
    &[
        "not at all|not well at all|not well",
        "slightly well",
        "moderately well",
        "very well",
        "extremely well",
    ],
    &["not at all a|not a|no", "minor", "moderate", "serious|major"],
    &["not at all a|not a", "somewhat of a", "moderate", "extreme"],
    &["not a|no", "low", "medium|moderate", "high", "essential"],
];

/// Words for the thing, and what a scale of it is of.
pub(crate) const THINGS: &[(&str, &str)] = &[
    ("important", "importance"),
    ("satisfied", "satisfaction"),
    ("confident", "confidence"),
    ("prepared", "preparedness"),
    ("helpful", "helpfulness"),
    ("familiar", "familiarity"),
    ("aware", "awareness"),
    ("concerned", "concern"),
    ("worried", "concern"),
    ("influential", "influence"),
    ("likely", "likelihood"),
    ("interested", "interest"),
    ("useful", "usefulness"),
    ("comfortable", "comfort"),
    ("willing", "willingness"),
    ("difficult", "difficulty"),
    ("easy", "ease"),
    ("clear", "clarity"),
    ("effective", "effectiveness"),
    ("problem", "problem"),
    ("barrier", "barrier"),
    ("priority", "priority"),
    ("responsible", "responsibility"),
    ("true", "truth"),
    ("true of me", "truth"),
];
