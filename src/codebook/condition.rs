//! When a question is asked.

/// The condition under which a question is asked, in terms of other questions of the same instrument.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Condition {
    /// Every part holds.
    All(Vec<Condition>),
    /// At least one part holds.
    Any(Vec<Condition>),
    /// The part does not hold.
    Not(Box<Condition>),
    /// A choice was made.
    Chosen {
        /// The question, or the item of a battery, by its id.
        question: String,
        /// The choice, by its id.
        choice: String,
    },
    /// A cell compares with a value: as numbers when both are, as texts otherwise.
    Compare {
        /// The question, or the item of a battery, by its id.
        question: String,
        /// The comparison.
        comparison: Comparison,
        /// The value.
        value: String,
    },
    /// There is an answer.
    Answered {
        /// The question, or the item of a battery, by its id.
        question: String,
    },
    /// A test of what stands in another event of the same record.
    At {
        /// The event, by its unique name.
        event: String,
        /// The test.
        part: Box<Condition>,
    },
    /// Something that is not understood, in its own words: whether it holds is not known.
    Unknown(String),
}

/// A comparison between a cell and a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Comparison {
    /// Equal.
    Equal,
    /// Not equal.
    NotEqual,
    /// Less.
    Less,
    /// Less or equal.
    AtMost,
    /// Greater.
    Greater,
    /// Greater or equal.
    AtLeast,
}

impl Condition {
    /// Evaluates with three values: `None` where it is not known. `cell` answers what one test needs.
    pub fn holds(&self, test: &dyn Fn(&Condition) -> Option<bool>) -> Option<bool> {
        match self {
            Self::All(parts) => {
                let known: Vec<Option<bool>> = parts.iter().map(|part| part.holds(test)).collect();
                if known.contains(&Some(false)) {
                    return Some(false);
                }
                known.into_iter().collect::<Option<Vec<bool>>>().map(|_| true)
            }
            Self::Any(parts) => {
                let known: Vec<Option<bool>> = parts.iter().map(|part| part.holds(test)).collect();
                if known.contains(&Some(true)) {
                    return Some(true);
                }
                known.into_iter().collect::<Option<Vec<bool>>>().map(|_| false)
            }
            Self::Not(part) => part.holds(test).map(|holds| !holds),
            Self::Unknown(_) => None,
            Self::Chosen { .. } | Self::Compare { .. } | Self::Answered { .. } | Self::At { .. } => {
                test(self)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn known(answer: bool) -> Condition {
        Condition::Answered { question: answer.to_string() }
    }

    fn holds(condition: &Condition) -> Option<bool> {
        condition.holds(&|test| match test {
            Condition::Answered { question } => Some(question == "true"),
            _ => None,
        })
    }

    #[test]
    fn what_is_not_known_decides_only_where_it_must() {
        let unknown = || Condition::Unknown("x".into());
        assert_eq!(holds(&Condition::All(vec![unknown(), known(false)])), Some(false));
        assert_eq!(holds(&Condition::All(vec![unknown(), known(true)])), None);
        assert_eq!(holds(&Condition::Any(vec![unknown(), known(true)])), Some(true));
        assert_eq!(holds(&Condition::Any(vec![unknown(), known(false)])), None);
        assert_eq!(holds(&Condition::Not(Box::new(unknown()))), None);
    }
}
