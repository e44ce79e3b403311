//! Scales of intention, amount, extent and level, and others with words of their own.

use super::degree::Levels;

/// Intentions, low to high.
pub(crate) const INTENTIONS: &[Levels] = &[
    &[
        "definitely not|definitely no|definitely will not|definitely would not",
        "probably not|probably no|probably will not|probably would not",
        "might or might not|maybe|possibly|perhaps",
        "probably yes|probably|probably will|probably would|yes, probably",
        "definitely yes|definitely|definitely will|definitely would|yes, definitely",
    ],
    &[
        "definitely not|definitely no",
        "probably not|probably no",
        "probably yes|probably",
        "definitely yes|definitely",
    ],
];

/// Amounts, low to high.
pub(crate) const AMOUNTS: &[Levels] = &[
    &[
        "none at all|not at all|none|nothing",
        "a little|a little bit|little",
        "a moderate amount|a moderate",
        "a lot",
        "a great deal",
    ],
    &[
        "very slightly or not at all|not at all or very slightly",
        "a little",
        "moderately",
        "quite a bit",
        "extremely",
    ],
    &[
        "not at all|none at all|none",
        "a little|a little bit|slightly",
        "moderately|somewhat|some",
        "a lot|very much|a great deal",
        "extremely",
    ],
    &["not at all|none at all|none", "very little", "somewhat|some", "quite a bit", "very much|a great deal"],
    &[
        "not at all|none at all",
        "a little|a little bit|slightly",
        "somewhat|moderately|some",
        "quite a bit|quite a lot",
        "very much|a great deal|a lot|extremely",
    ],
    &[
        "not at all|none at all|none|nothing",
        "a little|a little bit|not much|not very much|very little",
        "some|somewhat",
        "a lot|a great deal|very much",
    ],
    &["not at all|none at all|none|nothing", "a little|some|somewhat", "a lot|a great deal|very much"],
    &["too little|not enough", "about right|just right|the right amount|just about right", "too much"],
    &[
        "much too little|far too little",
        "too little|slightly too little|a little too little",
        "about right|just right|the right amount|just about right",
        "too much|slightly too much|a little too much",
        "much too much|far too much",
    ],
];

/// Extents, low to high.
pub(crate) const EXTENTS: &[Levels] = &[
    &[
        "to no extent|to no extent at all|not at all",
        "to a small extent|a small extent|to a slight extent",
        "to a moderate extent|a moderate extent|to some extent|some extent",
        "to a large extent|a large extent|to a great extent|a great extent",
        "to a very large extent|a very large extent|to a very great extent|a very great extent",
    ],
    &[
        "to no extent|not at all",
        "to a small extent|to a little extent",
        "to some extent",
        "to a moderate extent",
        "to a great extent|to a large extent",
        "to a very great extent|to a very large extent",
    ],
    &[
        "not at all",
        "to a small extent|to a limited extent",
        "to some extent|to a moderate extent",
        "to a great extent|to a large extent",
    ],
];

/// Truth of oneself, low to high.
pub(crate) const TRUTHS: &[Levels] = &[
    &[
        "very untrue of me",
        "untrue of me",
        "somewhat untrue of me",
        "neutral",
        "somewhat true of me",
        "true of me",
        "very true of me",
    ],
    &["very untrue", "untrue", "somewhat untrue", "neutral", "somewhat true", "true", "very true"],
    &[
        "not at all true",
        "slightly true|hardly true",
        "moderately true",
        "mostly true",
        "completely true|exactly true",
    ],
    &["not at all true", "hardly true", "moderately true", "exactly true"],
    &[
        "almost never true of me|almost never true",
        "usually not true of me|usually not true",
        "rarely true of me|rarely true",
        "occasionally true of me|occasionally true",
        "often true of me|often true",
        "usually true of me|usually true",
        "almost always true of me|almost always true",
    ],
    &[
        "not at all like me",
        "not much like me|a little like me",
        "somewhat like me",
        "mostly like me|like me",
        "very much like me",
    ],
];

/// Levels, low to high.
pub(crate) const LEVELS: &[Levels] = &[
    &["low", "medium|moderate|average", "high"],
    &[
        "very low",
        "low",
        "medium|moderate|average|neither high nor low|neither low nor high",
        "high",
        "very high",
    ],
    &["none|no", "low", "medium|moderate|average", "high", "very high"],
    &["none", "mild", "moderate", "severe"],
    &["none", "very mild", "mild", "moderate", "severe", "very severe"],
    &["none|novice", "beginner|basic", "intermediate", "advanced", "expert"],
    &["beginner|basic|novice", "intermediate", "advanced"],
];

/// Importance with words of its own, low to high.
pub(crate) const IMPORTANCES: &[Levels] = &[
    &[
        "not at all important",
        "low importance",
        "slightly important",
        "neutral",
        "moderately important",
        "very important",
        "extremely important",
    ],
    &[
        "not important",
        "slightly important|somewhat important|a little important",
        "important|moderately important",
        "very important",
    ],
    &[
        "not important at all|not at all important",
        "of little importance",
        "of average importance|moderately important",
        "very important",
        "absolutely essential|essential",
    ],
];
