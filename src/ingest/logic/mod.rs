//! Conditions as platforms write them: an expression is parsed, and what is understood of it becomes a [`Condition`].
//!
//! A part that is not understood becomes [`Condition::Unknown`] with its words, and the parts around it still count. What
//! cannot be parsed is unknown as a whole, never false.

mod tokens;

use crate::codebook::{Comparison, Condition};

pub(super) use tokens::Language;
use tokens::{Token, TokenKind, tokens};

/// Nesting beyond this is not followed; nobody writes it and a hostile file must not exhaust the stack.
const DEEPEST: usize = 64;

/// A value in an expression.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Value {
    /// The answer to a question, by the name that the expression uses.
    Field(String),
    /// Names in a row, as REDCap names a field of another event: `[event][field]`.
    Fields(Vec<String>),
    /// A number or a text.
    Literal(String),
    /// A function and its arguments.
    Call(String, Vec<Value>),
    /// Arithmetic, a path, or a condition within a function.
    Other,
}

/// What a platform's names and functions mean. `None` is what is not understood.
pub(super) trait Meaning {
    /// A value that stands for a condition, such as a function that is true or false.
    fn holds(&self, value: &Value) -> Option<Condition>;
    /// A field, or a function of one, compared with a literal.
    fn compares(&self, value: &Value, comparison: Comparison, literal: &str) -> Option<Condition>;
}

/// Parses an expression.
pub(super) fn parse(text: &str, language: Language, meaning: &dyn Meaning) -> Condition {
    let unknown = || Condition::Unknown(text.trim().to_owned());
    let Some(tokens) = tokens(text, language) else { return unknown() };
    let mut parser = Parser { text, tokens, at: 0, meaning };
    match parser.any(0) {
        Some(condition) if parser.at == parser.tokens.len() => condition,
        _ => unknown(),
    }
}

/// The first part of a condition that is not understood.
pub(super) fn first_unknown(condition: &Condition) -> Option<&str> {
    match condition {
        Condition::All(parts) | Condition::Any(parts) => parts.iter().find_map(first_unknown),
        Condition::Not(part) | Condition::At { part, .. } => first_unknown(part),
        Condition::Unknown(text) => Some(text),
        Condition::Chosen { .. } | Condition::Compare { .. } | Condition::Answered { .. } => None,
    }
}

/// Several conditions as one, all of which must hold; `None` if there is none.
pub(super) fn all(mut parts: Vec<Condition>) -> Option<Condition> {
    match parts.len() {
        0 | 1 => parts.pop(),
        _ => Some(Condition::All(parts)),
    }
}

struct Parser<'a> {
    text: &'a str,
    tokens: Vec<Token>,
    at: usize,
    meaning: &'a dyn Meaning,
}

impl Parser<'_> {
    fn any(&mut self, depth: usize) -> Option<Condition> {
        let mut parts = vec![self.all(depth)?];
        while self.take(&TokenKind::Or) {
            parts.push(self.all(depth)?);
        }
        if parts.len() == 1 { parts.pop() } else { Some(Condition::Any(parts)) }
    }

    fn all(&mut self, depth: usize) -> Option<Condition> {
        let mut parts = vec![self.part(depth)?];
        while self.take(&TokenKind::And) {
            parts.push(self.part(depth)?);
        }
        all(parts)
    }

    fn part(&mut self, depth: usize) -> Option<Condition> {
        if depth > DEEPEST {
            return None;
        }
        if self.take(&TokenKind::Not) {
            return Some(Condition::Not(Box::new(self.part(depth + 1)?)));
        }
        if self.peek() == Some(&TokenKind::Name("not".to_owned())) && self.closing(self.at + 1).is_some() {
            self.at += 2;
            let inner = self.any(depth + 1)?;
            return self.take(&TokenKind::Close).then(|| Condition::Not(Box::new(inner)));
        }
        if self.is_group() {
            self.at += 1;
            let condition = self.any(depth + 1)?;
            return self.take(&TokenKind::Close).then_some(condition);
        }
        self.comparison(depth)
    }

    /// Whether a parenthesis opens here around conditions, not around a value that is compared.
    fn is_group(&self) -> bool {
        if self.peek() != Some(&TokenKind::Open) {
            return false;
        }
        let after = self.closing(self.at).and_then(|close| self.tokens.get(close + 1));
        !matches!(after.map(|token| &token.kind), Some(TokenKind::Compare(_) | TokenKind::Sign(_)))
    }

    fn comparison(&mut self, depth: usize) -> Option<Condition> {
        let from = self.at;
        let left = self.value(depth)?;
        let condition = match self.peek() {
            Some(TokenKind::Compare(comparison)) => {
                let comparison = *comparison;
                self.at += 1;
                match (left, self.value(depth)?) {
                    (Value::Literal(literal), value) => {
                        self.meaning.compares(&value, turned(comparison), &literal)
                    }
                    (value, Value::Literal(literal)) => self.meaning.compares(&value, comparison, &literal),
                    _ => None,
                }
            }
            _ => self.meaning.holds(&left),
        };
        Some(condition.unwrap_or_else(|| Condition::Unknown(self.words(from))))
    }

    /// A value; with a sign of arithmetic or of a path between its terms it is none that is understood.
    fn value(&mut self, depth: usize) -> Option<Value> {
        let first = self.term(depth)?;
        let mut only = true;
        while let Some(TokenKind::Sign(_)) = self.peek() {
            self.at += 1;
            only = false;
            while self.starts_term() {
                self.term(depth)?;
            }
        }
        Some(if only { first } else { Value::Other })
    }

    fn starts_term(&self) -> bool {
        matches!(
            self.peek(),
            Some(TokenKind::Field(_) | TokenKind::Literal(_) | TokenKind::Name(_) | TokenKind::Open)
        )
    }

    fn term(&mut self, depth: usize) -> Option<Value> {
        if depth > DEEPEST {
            return None;
        }
        let kind = self.peek()?.clone();
        self.at += 1;
        match kind {
            TokenKind::Field(name) => {
                let mut row = vec![name];
                while let Some(TokenKind::Field(next)) = self.peek() {
                    row.push(next.clone());
                    self.at += 1;
                }
                Some(if row.len() > 1 { Value::Fields(row) } else { Value::Field(row.remove(0)) })
            }
            TokenKind::Literal(text) => Some(Value::Literal(text)),
            TokenKind::Name(name) => {
                if self.peek() != Some(&TokenKind::Open) {
                    return Some(Value::Other);
                }
                self.arguments(name, depth)
            }
            // A sign before a value; a negative number is a value of its own. Else it begins a path.
            TokenKind::Sign(sign) => match self.peek() {
                Some(TokenKind::Literal(number))
                    if sign == '-' && number.starts_with(|c: char| c.is_ascii_digit()) =>
                {
                    let number = format!("-{number}");
                    self.at += 1;
                    Some(Value::Literal(number))
                }
                _ => {
                    if self.starts_term() {
                        self.term(depth + 1)?;
                    }
                    Some(Value::Other)
                }
            },
            TokenKind::Open => {
                // A value in parentheses of its own stays itself: `(age.NAOK)`.
                let close = self.closing(self.at - 1)?;
                let inner = self.value(depth + 1);
                let whole = self.at == close;
                self.at = close + 1;
                Some(inner.filter(|_| whole).unwrap_or(Value::Other))
            }
            TokenKind::Close
            | TokenKind::Comma
            | TokenKind::Compare(_)
            | TokenKind::And
            | TokenKind::Or
            | TokenKind::Not => None,
        }
    }

    /// The arguments of a function. One that is no plain value is passed on as something else.
    fn arguments(&mut self, name: String, depth: usize) -> Option<Value> {
        let close = self.closing(self.at)?;
        self.at += 1;
        let mut arguments = Vec::new();
        while self.at < close {
            let value = self.value(depth + 1).unwrap_or(Value::Other);
            let plain = self.at == close || self.peek() == Some(&TokenKind::Comma);
            if !plain {
                // A condition within a function: what it says is not followed.
                self.at = close;
            }
            arguments.push(if plain { value } else { Value::Other });
            self.take(&TokenKind::Comma);
        }
        self.at = close + 1;
        Some(Value::Call(name, arguments))
    }

    /// The position of the parenthesis that closes the one at `open`.
    fn closing(&self, open: usize) -> Option<usize> {
        let mut depth = 0_usize;
        for (position, token) in self.tokens.iter().enumerate().skip(open) {
            match token.kind {
                TokenKind::Open => depth += 1,
                TokenKind::Close => {
                    depth = depth.checked_sub(1)?;
                    if depth == 0 {
                        return Some(position);
                    }
                }
                _ if depth == 0 => return None,
                _ => {}
            }
        }
        None
    }

    fn peek(&self) -> Option<&TokenKind> {
        self.tokens.get(self.at).map(|token| &token.kind)
    }

    fn take(&mut self, kind: &TokenKind) -> bool {
        let taken = self.peek() == Some(kind);
        self.at += usize::from(taken);
        taken
    }

    /// The source from a token up to the present one.
    fn words(&self, from: usize) -> String {
        let start = self.tokens.get(from).map_or(0, |token| token.start);
        let last = self.at.checked_sub(1).and_then(|last| self.tokens.get(last));
        self.text.get(start..last.map_or(start, |last| last.end)).unwrap_or_default().to_owned()
    }
}

/// The comparison with its sides changed.
fn turned(comparison: Comparison) -> Comparison {
    match comparison {
        Comparison::Less => Comparison::Greater,
        Comparison::AtMost => Comparison::AtLeast,
        Comparison::Greater => Comparison::Less,
        Comparison::AtLeast => Comparison::AtMost,
        same @ (Comparison::Equal | Comparison::NotEqual) => same,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every field is known, `f(x)` holds if x is answered, and nothing else is understood.
    struct Plain;

    impl Meaning for Plain {
        fn holds(&self, value: &Value) -> Option<Condition> {
            match value {
                Value::Call(name, arguments) if name == "f" => match arguments.as_slice() {
                    [Value::Field(question)] => Some(Condition::Answered { question: question.clone() }),
                    _ => None,
                },
                _ => None,
            }
        }

        fn compares(&self, value: &Value, comparison: Comparison, literal: &str) -> Option<Condition> {
            let Value::Field(question) = value else { return None };
            let (question, value) = (question.clone(), literal.to_owned());
            Some(Condition::Compare { question, comparison, value })
        }
    }

    fn xpath(text: &str) -> Condition {
        parse(text, Language::Xpath, &Plain)
    }

    fn compare(question: &str, comparison: Comparison, value: &str) -> Condition {
        Condition::Compare { question: question.into(), comparison, value: value.into() }
    }

    #[test]
    fn and_binds_closer_than_or_and_literals_may_stand_first() {
        let a = compare("a", Comparison::Equal, "x y");
        let b = compare("b", Comparison::Less, "-3");
        let c = Condition::Not(Box::new(Condition::Answered { question: "c".into() }));
        assert_eq!(
            xpath("${a} = 'x y' or -3 > ${b} and not(f(${c}))"),
            Condition::Any(vec![a, Condition::All(vec![b, c])])
        );
    }

    #[test]
    fn parentheses_group_conditions_and_values() {
        let expected = Condition::All(vec![
            Condition::Any(vec![
                compare("a", Comparison::Equal, "1"),
                compare("b", Comparison::NotEqual, "2"),
            ]),
            compare("c", Comparison::AtLeast, "0.5"),
        ]);
        assert_eq!(parse("((a == 1) or b ne 2) && (c) >= 0.5", Language::Lime, &Plain), expected);
    }

    #[test]
    fn what_is_not_understood_is_unknown_with_its_words_and_the_rest_counts() {
        let Condition::All(parts) = xpath("count(${r}) > 2 and ${a} = '1'") else { panic!() };
        assert_eq!(parts[0], Condition::Unknown("count(${r}) > 2".into()));
        assert_eq!(parts[1], compare("a", Comparison::Equal, "1"));
        for text in
            ["${a} + 1 = 2", "../b = 'x'", "/data/b/c = 1", "${a} = ${b}", "if(${a} = 1, 2, 3) = 2", ". > 3"]
        {
            assert_eq!(xpath(text), Condition::Unknown(text.into()), "{text}");
        }
    }

    #[test]
    fn nonsense_is_unknown_as_a_whole() {
        for text in
            ["", "and", "${a} =", "(${a} = 1", "${a} = 1)", "not(", "f(${a}", "${a} = 1 ${b}", "= = ="]
        {
            assert_eq!(xpath(text), Condition::Unknown(text.trim().into()), "{text}");
        }
    }

    #[test]
    fn deep_nesting_is_unknown_and_does_no_harm() {
        for (open, close) in [("(", ")"), ("not(", ")"), ("f(", ")"), ("!", ""), ("-", "")] {
            let text = format!("{}${{a}} = 1{}", open.repeat(50_000), close.repeat(50_000));
            assert_eq!(xpath(&text), Condition::Unknown(text.trim().into()));
        }
    }
}
