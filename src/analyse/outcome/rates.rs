//! The sixteen outcome rates by name: statistic, formula and words.

use crate::findings::Statistic;
use crate::stats::Method;
use crate::stats::aapor::OutcomeRate;

/// A rate as a finding: what it measures, and how.
pub(super) struct Named {
    pub(super) rate: OutcomeRate,
    pub(super) statistic: Statistic,
    pub(super) method: Method,
}

/// Declares the rates: each stands once, with its formula and definition.
macro_rules! rates {
    ($($constant:ident $rate:ident $id:literal $name:literal $convention:literal;)+) => {
        $(pub(in crate::analyse) const $constant: Method =
            Method { id: $id, name: $name, convention: $convention };)+

        /// Every rate in the order of the standard.
        pub(super) const RATES: &[Named] = &[
            $(Named { rate: OutcomeRate::$rate, statistic: Statistic::$rate, method: $constant },)+
        ];
    };
}

rates! {
    RR1 Rr1 "aapor.rr1" "AAPOR response rate 1"
        "I / (K + U): complete responses over everybody invited who is not known to be not eligible";
    RR2 Rr2 "aapor.rr2" "AAPOR response rate 2"
        "(I + P) / (K + U): complete and partial responses over everybody invited who is not known to be not eligible";
    RR3 Rr3 "aapor.rr3" "AAPOR response rate 3"
        "I / (K + e U): complete responses over eligible cases and the eligible share e of the unknown";
    RR4 Rr4 "aapor.rr4" "AAPOR response rate 4"
        "(I + P) / (K + e U): complete and partial responses over eligible cases and the eligible share e of the unknown";
    RR5 Rr5 "aapor.rr5" "AAPOR response rate 5"
        "I / K: complete responses over cases known to be eligible";
    RR6 Rr6 "aapor.rr6" "AAPOR response rate 6"
        "(I + P) / K: complete and partial responses over cases known to be eligible";
    COOP1 Coop1 "aapor.coop1" "AAPOR cooperation rate 1"
        "I / (I + P + R + O): complete responses over everybody reached";
    COOP2 Coop2 "aapor.coop2" "AAPOR cooperation rate 2"
        "(I + P) / (I + P + R + O): complete and partial responses over everybody reached";
    COOP3 Coop3 "aapor.coop3" "AAPOR cooperation rate 3"
        "I / (I + P + R): complete responses over responses, refusals and break-offs";
    COOP4 Coop4 "aapor.coop4" "AAPOR cooperation rate 4"
        "(I + P) / (I + P + R): complete and partial responses over responses, refusals and break-offs";
    REF1 Ref1 "aapor.ref1" "AAPOR refusal rate 1"
        "R / (K + U): refusals and break-offs over everybody invited who is not known to be not eligible";
    REF2 Ref2 "aapor.ref2" "AAPOR refusal rate 2"
        "R / (K + e U): refusals and break-offs over eligible cases and the eligible share e of the unknown";
    REF3 Ref3 "aapor.ref3" "AAPOR refusal rate 3"
        "R / K: refusals and break-offs over cases known to be eligible";
    CON1 Con1 "aapor.con1" "AAPOR contact rate 1"
        "(I + P + R + O) / (K + U): those reached over everybody invited who is not known to be not eligible";
    CON2 Con2 "aapor.con2" "AAPOR contact rate 2"
        "(I + P + R + O) / (K + e U): those reached over eligible cases and the eligible share e of the unknown";
    CON3 Con3 "aapor.con3" "AAPOR contact rate 3"
        "(I + P + R + O) / K: those reached over cases known to be eligible";
}
