//! What a finding measures.

/// Declares the statistics: each is defined once, with its stable name, under which `docs/methods.md` defines it.
macro_rules! statistics {
    ($($(#[$doc:meta])* $name:ident = $id:literal,)+) => {
        /// What a finding measures.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
        pub enum Statistic {
            $($(#[$doc])* $name,)+
        }

        impl Statistic {
            /// Every statistic, for tests over the table.
            pub const ALL: &'static [Self] = &[$(Self::$name,)+];

            /// The stable name, as written in files; also the anchor of its definition in the methods page.
            pub fn id(&self) -> &'static str {
                match self {
                    $(Self::$name => $id,)+
                }
            }
        }
    };
}

statistics! {
    /// People invited.
    Invited = "invited",
    /// Rows of the export that belong to the group.
    Received = "received",
    /// Rows left out by a rule.
    Excluded = "excluded",
    /// Rows analysed.
    Included = "included",
    /// Invited people with a disposition.
    Disposition = "disposition",
    /// AAPOR RR1: complete responses over everybody invited.
    Rr1 = "rr1",
    /// AAPOR RR2: complete and partial responses over everybody invited.
    Rr2 = "rr2",
    /// People who answered.
    Answered = "answered",
    /// People whose answer is missing for one reason.
    Missing = "missing",
    /// The share of answers at one point of a scale, or of one choice.
    Level = "level",
    /// The share of answers in the top box.
    TopBox = "top-box",
    /// The median.
    Median = "median",
    /// The first quartile.
    Q1 = "q1",
    /// The third quartile.
    Q3 = "q3",
    /// The mean.
    Mean = "mean",
    /// The standard deviation.
    Sd = "sd",
    /// The smallest value.
    Minimum = "minimum",
    /// The largest value.
    Maximum = "maximum",
    /// The share of respondents who ticked a choice.
    Ticked = "ticked",
    /// The number of mentions: ticks over all choices.
    MentionsTotal = "mentions-total",
    /// The share of all mentions that a choice has.
    Mentions = "mentions",
    /// The share of rankings that give an item one rank.
    RankShare = "rank-share",
    /// The share of rankings that leave an item unranked.
    Unranked = "unranked",
    /// The mean rank of an item.
    MeanRank = "mean-rank",
    /// Items or choices in order.
    Order = "order",
    /// The share of respondents who ticked so many choices.
    NumberTicked = "number-ticked",
    /// The share of respondents who ticked any choice of a net.
    Net = "net",
    /// The share of respondents who ticked both of two choices.
    TickedBoth = "ticked-both",
    /// The phi coefficient of two choices.
    Phi = "choices-phi",
    /// The number of different sets of choices that were ticked.
    DistinctCombinations = "distinct-combinations",
    /// The share of respondents who ticked exactly these choices.
    Combination = "combination",
    /// The number of respondents who wrote a text beside the choices.
    OtherText = "other-text",
    /// The number of respondents who ticked a choice that excludes the others beside others.
    Contradicted = "contradicted",
    /// The number of different rankings.
    DistinctRankings = "distinct-rankings",
    /// The share of rankings that give an item one of the first ranks.
    TopRanks = "top-ranks",
    /// The share of rankings that put one item above another.
    Prefers = "prefers",
    /// The share of rankings that put two items level.
    LevelWith = "level-with",
    /// The Borda score of an item.
    Borda = "borda-score",
    /// The Copeland score of an item.
    Copeland = "copeland",
    /// The item that a majority prefers to each other.
    CondorcetWinner = "condorcet-winner",
    /// The smallest set of items that win against all others.
    SmithSet = "smith-set",
    /// Kendall's tau-b between the mean ranks of two sides.
    OrderTau = "order-tau",
    /// Kendall's W.
    KendallW = "kendall-w",
    /// Friedman's test.
    Friedman = "friedman-test",
    /// The test of two items after Friedman's.
    PostHoc = "post-hoc",
    /// The worth of an item in the Plackett-Luce model.
    Worth = "worth",
    /// The logarithm of the worth, 0 for the first item.
    LogWorth = "log-worth",
    /// The standard error of a log-worth, as its difference from the first item.
    LogWorthSe = "log-worth-se",
    /// The quasi-standard error of a log-worth.
    QuasiSe = "quasi-se",
    /// The logarithm of the parameter of ties of one size.
    LogTie = "log-tie",
    /// An order that disagrees least with all rankings.
    Kemeny = "kemeny-order",
    /// The pairs of items that rankings put in another order than the consensus.
    KemenyDistance = "kemeny-distance",
    /// What a test of a comparison found.
    Test = "test",
    /// The probability that an answer of the first side is above one of the second, ties by half.
    Superiority = "superiority",
    /// Cliff's delta.
    CliffsDelta = "cliffs-delta",
    /// The difference of two shares.
    ShareDifference = "share-difference",
    /// Cramer's V.
    CramersV = "cramers-v",
    /// Epsilon squared of ranks.
    EpsilonSquared = "epsilon-squared",
    /// The difference of two means.
    MeanDifference = "mean-difference",
    /// Hedges' g.
    HedgesG = "hedges-g",
    /// Omega squared.
    OmegaSquared = "omega-squared",
    /// The Hodges-Lehmann shift between two sides.
    Shift = "shift",
}
