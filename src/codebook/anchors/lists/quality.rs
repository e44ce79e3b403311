//! Scales of how good, alone or in comparison.

use super::degree::Levels;

/// Evaluations, low to high.
pub(crate) const EVALUATIONS: &[Levels] = &[
    &["poor", "fair", "good", "excellent"],
    &["poor", "fair", "good", "very good", "excellent"],
    &["poor", "fair", "average", "good", "excellent"],
    &["very poor", "poor", "fair|acceptable|average|adequate", "good", "very good"],
    &["very poor", "poor", "fair|acceptable|average|adequate|satisfactory", "good", "excellent"],
    &["very poor", "poor", "fair|average", "good", "very good", "excellent"],
    &["terrible|awful", "poor", "average|fair", "good", "excellent"],
    &["poor", "average", "good"],
    &["poor", "average", "good", "very good", "excellent"],
    &["very bad", "bad", "fair|average|acceptable|ok|okay", "good", "very good"],
    &["unsatisfactory", "satisfactory", "good", "very good", "excellent|outstanding"],
];

/// Comparisons, low to high.
pub(crate) const COMPARISONS: &[Levels] = &[
    &[
        "much worse",
        "somewhat worse|slightly worse|a little worse|worse",
        "about the same|the same|same|no change|unchanged",
        "somewhat better|slightly better|a little better|better",
        "much better",
    ],
    &["worse", "about the same|the same|same|no change|unchanged", "better"],
    &[
        "much less",
        "somewhat less|slightly less|less",
        "about the same|the same|same|no change|unchanged",
        "somewhat more|slightly more|more",
        "much more",
    ],
    &["less", "about the same|the same|same|no change|unchanged", "more"],
    &[
        "decreased a lot|decreased greatly|significantly decreased",
        "decreased|decreased a little|decreased somewhat|somewhat decreased",
        "stayed the same|about the same|no change|unchanged",
        "increased|increased a little|increased somewhat|somewhat increased",
        "increased a lot|increased greatly|significantly increased",
    ],
    &["decreased", "stayed the same|about the same|no change|unchanged", "increased"],
    &[
        "far below average|far below",
        "below average|below",
        "average",
        "above average|above",
        "far above average|far above",
    ],
    &[
        "far below expectations|far below",
        "below expectations|below",
        "meets expectations|met expectations|meets",
        "above expectations|above",
        "far above expectations|far above",
    ],
    &[
        "far short of expectations",
        "short of expectations",
        "equals expectations",
        "exceeds expectations",
        "far exceeds expectations",
    ],
];
