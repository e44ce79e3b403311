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
    /// People who wrote a text beside a choice.
    OtherText = "other-text",
}
