//! The forms in which a finding can be written.

use crate::diag::nearest;

/// A form in which a value can be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Form {
    /// A count in digits.
    Count,
    /// The base of a share in digits.
    Base,
    /// Both counts: "14 of 22".
    Of,
    /// The percent alone: "64%".
    Percent,
    /// Counts and percent: "14 of 22 (64%)".
    Full,
    /// A count in words below ten.
    Words,
    /// A count in words below ten at the start of a sentence.
    WordsStart,
    /// A noun or verb in the number that the count asks for, without the count: "student", "students".
    Plural(String, String),
    /// A number with its usual decimals.
    Value,
    /// A day in words: "5 March 2024".
    Date,
    /// The interval: "43% to 80%".
    Interval,
    /// A mean with the standard deviation of the same item: "4.25 (SD 0.83)".
    MeanSd,
    /// A median with the quartiles of the same item: "4 (IQR 4 to 5)".
    MedianIqr,
    /// An order: "residents, followed by attendings".
    Order,
    /// The first so many of an order, as a list: "a, b and c".
    Top(usize),
    /// The list of an order: "a, b and c".
    List,
    /// The p-value of a test: "p = .134".
    P,
    /// The p-value of a test among those of its family.
    AdjustedP,
    /// A test with its statistic, degrees of freedom and p-value: "t(18) = 2.31, p = .033".
    Test,
    /// A size of effect with its sign and interval: "g = 0.65, 95% CI [0.05, 1.23]".
    Effect,
    /// A test and the size of effect beside it.
    Report,
}

impl Form {
    /// Whether an interval stands in it, if the finding has one.
    pub(super) fn shows_interval(&self) -> bool {
        matches!(self, Self::Interval | Self::Effect | Self::Report)
    }

    /// The forms that take no words of their own, by name.
    const NAMES: [(&'static str, Self); 19] = [
        ("count", Self::Count),
        ("base", Self::Base),
        ("of", Self::Of),
        ("percent", Self::Percent),
        ("full", Self::Full),
        ("words", Self::Words),
        ("Words", Self::WordsStart),
        ("value", Self::Value),
        ("date", Self::Date),
        ("interval", Self::Interval),
        ("mean-sd", Self::MeanSd),
        ("median-iqr", Self::MedianIqr),
        ("order", Self::Order),
        ("list", Self::List),
        ("p", Self::P),
        ("adjusted-p", Self::AdjustedP),
        ("test", Self::Test),
        ("effect", Self::Effect),
        ("report", Self::Report),
    ];

    /// Reads a form as a template names it, or says what is wrong and its remedy.
    pub(super) fn parse(text: &str) -> Result<Self, (String, String)> {
        let top = text.strip_prefix("top ").and_then(|count| count.trim().parse().ok());
        if let Some(count) = top.filter(|count| *count > 0) {
            return Ok(Self::Top(count));
        }
        if let Some(words) =
            text.strip_prefix("plural").filter(|rest| !rest.starts_with(char::is_alphanumeric))
        {
            let mut quoted = words.split('"');
            let parts: Vec<&str> = quoted.by_ref().collect();
            return match parts.as_slice() {
                [before, one, between, many, after]
                    if [before, between, after].iter().all(|part| part.trim().is_empty()) =>
                {
                    Ok(Self::Plural((*one).to_owned(), (*many).to_owned()))
                }
                _ => Err((
                    "plural needs the word for one and the word for several".to_owned(),
                    "for example: plural \"student\" \"students\"".to_owned(),
                )),
            };
        }
        if let Some((_, form)) = Self::NAMES.into_iter().find(|(name, _)| *name == text) {
            return Ok(form);
        }
        let names = || Self::NAMES.iter().map(|(name, _)| *name).chain(["plural"]);
        let help = match nearest(text, names()) {
            Some(near) => format!("did you mean \"{near}\"?"),
            None => format!("there are: {}, top N", names().collect::<Vec<_>>().join(", ")),
        };
        Err((format!("there is no form \"{text}\""), help))
    }
}

#[cfg(test)]
mod tests {
    use super::Form;

    #[test]
    fn forms_are_read_with_their_words() {
        let plural = Form::Plural("student".into(), "students".into());
        assert_eq!(Form::parse("plural \"student\" \"students\""), Ok(plural));
        assert_eq!(Form::parse("top 3"), Ok(Form::Top(3)));
        assert!(Form::parse("top 0").is_err() && Form::parse("top").is_err());
        for wrong in ["plural", "plural \"a\"", "plural \"a\" b \"c\"", "plural \"a\" \"b\" \"c\""] {
            assert!(Form::parse(wrong).unwrap_err().0.contains("the word for one"), "{wrong}");
        }
        assert_eq!(Form::parse("fulll").unwrap_err().1, "did you mean \"full\"?");
    }
}
