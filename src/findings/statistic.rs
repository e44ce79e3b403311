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
}
