//! What became of the pairs of a link and of the people in them.

/// What became of a pair: who of it answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum PairState {
    /// Both.
    Both,
    /// Only the one of the first side.
    OnlyFirst,
    /// Only the one of the second side.
    OnlySecond,
    /// Neither.
    Neither,
    /// Somebody answered several times, and nothing says which answers count.
    Unclear,
}

impl PairState {
    /// Every state.
    pub const ALL: [Self; 5] = [Self::Both, Self::OnlyFirst, Self::OnlySecond, Self::Neither, Self::Unclear];
}

/// What became of a person of a link, or of a response that belongs to nobody in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Standing {
    /// One response of theirs is analysed.
    Answered,
    /// Several responses of theirs are analysed, and nothing says which counts.
    Unclear,
    /// A rule left their responses out.
    LeftOut,
    /// There is no response of theirs.
    Silent,
    /// A response that is analysed and has no key.
    NoKey,
    /// A response that is analysed and whose key is in no pair.
    Unpaired,
}

impl Standing {
    /// The stable name.
    pub fn id(self) -> &'static str {
        match self {
            Self::Answered => "answered",
            Self::Unclear => "unclear",
            Self::LeftOut => "left-out",
            Self::Silent => "silent",
            Self::NoKey => "no-key",
            Self::Unpaired => "unpaired",
        }
    }
}
