//! The disclosure of AAPOR's code.

use crate::text::methods::Part;

use super::facts::{Fact, RESPONSE};
use super::{Checklist, Item};

/// Disclosure by the AAPOR Code of Professional Ethics and Practices, section III.A.
pub(super) const AAPOR: Checklist = Checklist {
    name: "aapor",
    title: "Disclosure by the AAPOR Code of Professional Ethics and Practices, section III.A",
    source: "American Association for Public Opinion Research, revised April 2021",
    items: &ITEMS,
};

const ITEMS: [Item; 11] = [
    Item {
        number: "1",
        name: "data-collection-strategy",
        section: "Disclosure",
        asks: "What kind of research it is, such as a survey",
        facts: &[],
        rest: None,
    },
    Item {
        number: "2",
        name: "sponsor",
        section: "Disclosure",
        asks: "Who paid for the research and who carried it out",
        facts: &[],
        rest: None,
    },
    Item {
        number: "3",
        name: "instruments",
        section: "Disclosure",
        asks: "The wording of questions and answers, and what stood before them",
        facts: &[Fact::Wording],
        rest: Some("the texts of items and answers, and what stood before the questions"),
    },
    Item {
        number: "4",
        name: "population",
        section: "Disclosure",
        asks: "The population and where it is",
        facts: &[],
        rest: None,
    },
    Item {
        number: "5",
        name: "sample",
        section: "Disclosure",
        asks: "How the sample was made: frame, its coverage, how people were drawn or came, quotas, panels",
        facts: &[Fact::Methods(Part::Who)],
        rest: Some("the frame, whom it covers, and how people were drawn or came"),
    },
    Item {
        number: "6",
        name: "mode",
        section: "Disclosure",
        asks: "How and in which languages people were asked",
        facts: &[],
        rest: None,
    },
    Item {
        number: "7",
        name: "dates",
        section: "Disclosure",
        asks: "From when to when",
        facts: &[],
        rest: None,
    },
    Item {
        number: "8",
        name: "sample-sizes",
        section: "Disclosure",
        asks: "How many people there are of each frame, and how precise results are; outcome rates with their formula",
        facts: &[
            Fact::Stages,
            Fact::Rates(RESPONSE),
            Fact::Methods(Part::Rates),
            Fact::Methods(Part::Intervals),
        ],
        rest: None,
    },
    Item {
        number: "9",
        name: "weighting",
        section: "Disclosure",
        asks: "How data were weighted",
        facts: &[Fact::Weights],
        rest: None,
    },
    Item {
        number: "10",
        name: "data-quality",
        section: "Disclosure",
        asks: "How data were checked and processed: what was left out, and what became of missing answers",
        facts: &[Fact::Methods(Part::Exclusions), Fact::Incomplete, Fact::TimeStamps],
        rest: None,
    },
    Item {
        number: "11",
        name: "limitations",
        section: "Disclosure",
        asks: "What design and collection cannot show",
        facts: &[],
        rest: None,
    },
];
