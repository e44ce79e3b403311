//! What became of a person who was invited, in the classes of the American Association for Public Opinion Research.

/// What became of a person who was invited. An earlier one is further: of several responses of one person it counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Disposition {
    /// Answered at least the declared share of what they were asked.
    Complete,
    /// Answered enough to be used, by the declared share, but not all.
    Partial,
    /// Started and left with less than that.
    BreakOff,
    /// Said no: by an answer, by opting out, or otherwise.
    Refused,
    /// Known to belong to those who are asked, and not reached.
    NonContact,
    /// Known to belong to those who are asked, and for another reason without an interview.
    Other,
    /// Nothing came back, and whether they belong to those who are asked is not known from that.
    Silent,
    /// Not known whether they belong to those who are asked, for another reason: the invitation came back.
    UnknownOther,
    /// Known not to belong to those who are asked.
    NotEligible,
}

impl Disposition {
    /// Every disposition.
    pub const ALL: [Self; 9] = [
        Self::Complete,
        Self::Partial,
        Self::BreakOff,
        Self::Refused,
        Self::NonContact,
        Self::Other,
        Self::Silent,
        Self::UnknownOther,
        Self::NotEligible,
    ];

    /// Those that a roster and an export tell by themselves; their counts are said even if nobody has them.
    pub const USUAL: [Self; 4] = [Self::Complete, Self::Partial, Self::BreakOff, Self::Silent];

    /// What a study file may call them.
    pub const NAMES: [(&'static str, Self); 11] = [
        ("complete", Self::Complete),
        ("partial", Self::Partial),
        ("break-off", Self::BreakOff),
        ("refused", Self::Refused),
        ("non-contact", Self::NonContact),
        ("other", Self::Other),
        ("silent", Self::Silent),
        ("unknown-household", Self::Silent),
        ("undelivered", Self::UnknownOther),
        ("unknown-other", Self::UnknownOther),
        ("not-eligible", Self::NotEligible),
    ];

    /// The stable name.
    pub fn id(self) -> &'static str {
        match self {
            Self::Complete => "complete",
            Self::Partial => "partial",
            Self::BreakOff => "break-off",
            Self::Refused => "refused",
            Self::NonContact => "non-contact",
            Self::Other => "other",
            Self::Silent => "silent",
            Self::UnknownOther => "unknown-other",
            Self::NotEligible => "not-eligible",
        }
    }

    /// In words, for headings.
    pub fn words(self) -> &'static str {
        match self {
            Self::Complete => "Complete",
            Self::Partial => "Partial",
            Self::BreakOff => "Break-off",
            Self::Refused => "Refused",
            Self::NonContact => "Not reached",
            Self::Other => "Other, eligible",
            Self::Silent => "No response",
            Self::UnknownOther => "Unknown, other",
            Self::NotEligible => "Not eligible",
        }
    }

    /// The class of the standard, as its formulas write it. Break-offs are refusals.
    pub fn class(self) -> &'static str {
        match self {
            Self::Complete => "I",
            Self::Partial => "P",
            Self::BreakOff | Self::Refused => "R",
            Self::NonContact => "NC",
            Self::Other => "O",
            Self::Silent => "UH",
            Self::UnknownOther => "UO",
            Self::NotEligible => "NE",
        }
    }

    /// Whether it leaves open if the person belongs to those who are asked.
    pub fn leaves_eligibility_open(self) -> bool {
        matches!(self, Self::Silent | Self::UnknownOther)
    }
}
