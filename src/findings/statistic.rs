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

impl Statistic {
    /// Whether it is a number that cannot exceed 1, such as a correlation or a coefficient of agreement.
    pub fn is_at_most_one(&self) -> bool {
        matches!(
            self,
            Self::Phi
                | Self::OrderTau
                | Self::KendallW
                | Self::Worth
                | Self::Kappa
                | Self::WeightedKappa
                | Self::Pabak
                | Self::Ac1
                | Self::KrippendorffAlpha
                | Self::RankBiserial
                | Self::Superiority
                | Self::CliffsDelta
                | Self::CramersV
                | Self::EpsilonSquared
                | Self::OmegaSquared
                | Self::EtaSquared
                | Self::EligibleShare
                | Self::Alpha
                | Self::Omega
                | Self::SpearmanBrown
                | Self::InterItem
                | Self::ItemRest
                | Self::AlphaIfDropped
        )
    }

    /// Whether it is a rate of those invited by what became of them, as AAPOR defines them.
    pub fn is_outcome_rate(&self) -> bool {
        matches!(
            self,
            Self::Rr1
                | Self::Rr2
                | Self::Rr3
                | Self::Rr4
                | Self::Rr5
                | Self::Rr6
                | Self::Coop1
                | Self::Coop2
                | Self::Coop3
                | Self::Coop4
                | Self::Ref1
                | Self::Ref2
                | Self::Ref3
                | Self::Con1
                | Self::Con2
                | Self::Con3
        )
    }
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
    /// Those analysed whom a rule would leave out that only counts.
    Screened = "screened",
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
    /// Eta squared.
    EtaSquared = "eta-squared",
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
    /// AAPOR RR3: complete responses over eligible cases and the eligible share of the unknown.
    Rr3 = "rr3",
    /// AAPOR RR4: complete and partial responses over the same.
    Rr4 = "rr4",
    /// AAPOR RR5: complete responses over cases known to be eligible.
    Rr5 = "rr5",
    /// AAPOR RR6: complete and partial responses over the same.
    Rr6 = "rr6",
    /// AAPOR COOP1: complete responses over those reached.
    Coop1 = "coop1",
    /// AAPOR COOP2: complete and partial responses over those reached.
    Coop2 = "coop2",
    /// AAPOR COOP3: complete responses over responses and refusals.
    Coop3 = "coop3",
    /// AAPOR COOP4: complete and partial responses over responses and refusals.
    Coop4 = "coop4",
    /// AAPOR REF1: refusals and break-offs over eligible and unknown cases.
    Ref1 = "ref1",
    /// AAPOR REF2: the same over eligible cases and the eligible share of the unknown.
    Ref2 = "ref2",
    /// AAPOR REF3: the same over cases known to be eligible.
    Ref3 = "ref3",
    /// AAPOR CON1: those reached over eligible and unknown cases.
    Con1 = "con1",
    /// AAPOR CON2: the same over eligible cases and the eligible share of the unknown.
    Con2 = "con2",
    /// AAPOR CON3: the same over cases known to be eligible.
    Con3 = "con3",
    /// AAPOR e: the share of cases of unknown eligibility that counts as eligible.
    EligibleShare = "e",
    /// The share of those asked to an opt-in sample who responded.
    ParticipationRate = "participation-rate",
    /// What the platform's dashboard calls response rate.
    PlatformRate = "platform-rate",
    /// CHERRIES view rate: visitors of the survey over visitors of the site.
    ViewRate = "view-rate",
    /// CHERRIES participation rate: people who started over visitors of the survey.
    RecruitmentRate = "recruitment-rate",
    /// CHERRIES completion rate: people who submitted over people who started.
    CompletionRate = "completion-rate",
    /// The share of items asked that were answered.
    Completeness = "completeness",
    /// The share of the people invited who are at one level of an attribute.
    InvitedShare = "invited-share",
    /// The share of those who responded who are at one level of an attribute.
    RespondentShare = "respondent-share",
    /// The share of the people at one level of an attribute who responded.
    Responded = "responded",
    /// The standardised difference between those who responded and those who did not.
    StandardisedDifference = "standardised-difference",
    /// The test whether responding depends on an attribute.
    NonresponseTest = "nonresponse-test",
    /// A share or mean among those who responded early.
    Early = "early",
    /// A share or mean among those who responded late.
    Late = "late",
    /// The difference between late and early respondents.
    LateDifference = "late-difference",
    /// The least that a share could be had everybody invited answered.
    Least = "least",
    /// The most that a share could be had everybody invited answered.
    Most = "most",
    /// The share of answers in the bottom box.
    BottomBox = "bottom-box",
    /// The share of answers below the declared middle of a scale.
    BelowMiddle = "below-middle",
    /// The share of answers in the declared middle of a scale.
    AtMiddle = "at-middle",
    /// The share of answers above the declared middle of a scale.
    AboveMiddle = "above-middle",
    /// People who answered every item of a scale.
    CompleteCases = "complete-cases",
    /// Cronbach's alpha of a scale.
    Alpha = "alpha",
    /// McDonald's omega of a scale.
    Omega = "omega",
    /// The reliability of a scale of two items.
    SpearmanBrown = "spearman-brown",
    /// The mean correlation between the items of a scale.
    InterItem = "inter-item",
    /// The standard error of measurement of a score.
    MeasurementError = "measurement-error",
    /// The correlation of an item with the sum of the others.
    ItemRest = "item-rest",
    /// Cronbach's alpha of the other items of a scale.
    AlphaIfDropped = "alpha-if-dropped",
    /// The share of ratings of 9 or 10.
    Promoters = "promoters",
    /// The share of ratings of 7 or 8.
    Passives = "passives",
    /// The share of ratings from 0 to 6.
    Detractors = "detractors",
    /// The net promoter score.
    NetPromoter = "net-promoter",
    /// The share of numbers that lie in one bin of a histogram.
    Bin = "bin",
    /// The share of numbers that are one number.
    AtValue = "at-value",
    /// The smallest number that is not far below the others.
    WhiskerLow = "whisker-low",
    /// The largest number that is not far above the others.
    WhiskerHigh = "whisker-high",
    /// The share of numbers outside the declared range that are kept.
    OutOfRange = "out-of-range",
    /// The share of answers whose numbers add up to the declared sum.
    SumKept = "sum-kept",
    /// The mean number of an item among answers that add up to the declared sum.
    Allocation = "allocation",
    /// The first day.
    Earliest = "earliest",
    /// The last day.
    Latest = "latest",
    /// The middle day.
    MedianDate = "median-date",
}
