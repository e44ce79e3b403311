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
    /// Pairs of a link.
    Pairs = "pairs",
    /// Pairs both of whom answered.
    BothAnswered = "both-answered",
    /// Pairs of whom one side alone answered.
    OnlyAnswered = "only-answered",
    /// Pairs neither of whom answered.
    NeitherAnswered = "neither-answered",
    /// Pairs of whom somebody answered several times.
    UnclearPairs = "unclear-pairs",
    /// People of one side who are in pairs.
    PeopleInPairs = "people-in-pairs",
    /// People of one side who are in several pairs.
    SeveralPairs = "several-pairs",
    /// The share of people of one side who answered.
    SideAnswered = "side-answered",
    /// People or responses of one side by what became of them.
    Standing = "standing",
    /// The share of pairs who answered the same.
    Agreement = "agreement",
    /// Pairs by the answers of both sides.
    Across = "across",
    /// The share of pairs who both ticked a choice, of those of whom one did.
    Jaccard = "jaccard",
    /// Cohen's kappa.
    Kappa = "kappa",
    /// Cohen's kappa, weighted by how far answers lie apart.
    WeightedKappa = "weighted-kappa",
    /// The prevalence- and bias-adjusted kappa.
    Pabak = "pabak",
    /// Gwet's AC1.
    Ac1 = "gwet_ac1",
    /// Krippendorff's alpha.
    KrippendorffAlpha = "krippendorff-alpha",
    /// The share of pairs whose members are alike.
    Concordance = "concordance",
    /// The share of pairs that would be alike by chance.
    ConcordanceExpected = "concordance-expected",
    /// The test of concordance against chance.
    ConcordanceTest = "concordance-test",
    /// The share of pairs whose second member answered higher than the first.
    Higher = "higher",
    /// The share of pairs whose members answered the same.
    Same = "same",
    /// The share of pairs whose second member answered lower than the first.
    Lower = "lower",
    /// The share of pairs that moved up less the share that moved down.
    NetChange = "net-change",
    /// The matched-pairs rank-biserial correlation.
    RankBiserial = "rank-biserial",
    /// The Hodges-Lehmann pseudomedian of changes.
    Pseudomedian = "pseudomedian",
    /// The mean change over the average standard deviation.
    DAverage = "d-av",
    /// The mean change over the standard deviation of changes.
    DZ = "d-z",
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
    /// What another program prints by default.
    ProgramDefault = "program-default",
    /// The share of the people of an answer who are on one side.
    RowShare = "row-share",
    /// The share of the people of a side who gave one answer.
    ColumnShare = "column-share",
    /// The share of all people in a table who are in one of its cells or margins.
    TotalShare = "total-share",
    /// The adjusted residual of a cell.
    AdjustedResidual = "adjusted-residual",
}
