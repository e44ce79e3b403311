//! Branching logic: when a field is shown, in REDCap's own language.
//!
//! What is understood becomes a [`Condition`]; a part that is not becomes [`Condition::Unknown`] with its words, and
//! the parts around it still count. Logic that cannot be parsed is unknown as a whole, never false.

use crate::codebook::{Comparison, Condition};

use super::tokens::{Token, TokenKind, tokens};

/// Nesting beyond this is not followed; nobody writes it and a hostile file must not exhaust the stack.
const DEEPEST: usize = 64;

/// Parses branching logic.
///
/// `missing_codes` are those of the project, which `isblankormissingcode` takes for blank.
pub(super) fn parse(logic: &str, missing_codes: &[(String, String)]) -> Condition {
    let unknown = || Condition::Unknown(logic.trim().to_owned());
    let Some(tokens) = tokens(logic) else { return unknown() };
    let mut parser = Parser { logic, tokens, at: 0, missing_codes };
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

/// One side of a comparison.
#[derive(Debug, Clone, PartialEq)]
enum Operand {
    /// The value of a field.
    Field(String),
    /// One box of a checkbox field, by the original code.
    Box { field: String, code: String },
    /// One of these two in another event.
    At { event: String, of: Box<Operand> },
    /// A number or a text.
    Literal(String),
    /// Whether a field is blank.
    IsBlank(String),
    /// A function, arithmetic, another event or a smart variable.
    Other,
}

struct Parser<'a> {
    logic: &'a str,
    tokens: Vec<Token>,
    at: usize,
    missing_codes: &'a [(String, String)],
}

impl Parser<'_> {
    fn any(&mut self, depth: usize) -> Option<Condition> {
        let mut parts = vec![self.all(depth)?];
        while self.take(&TokenKind::Or) {
            parts.push(self.all(depth)?);
        }
        Some(joined(parts, Condition::Any))
    }

    fn all(&mut self, depth: usize) -> Option<Condition> {
        let mut parts = vec![self.part(depth)?];
        while self.take(&TokenKind::And) {
            parts.push(self.part(depth)?);
        }
        Some(joined(parts, Condition::All))
    }

    fn part(&mut self, depth: usize) -> Option<Condition> {
        if depth > DEEPEST {
            return None;
        }
        if self.take(&TokenKind::Not) {
            return Some(Condition::Not(Box::new(self.part(depth + 1)?)));
        }
        if self.is_group() {
            self.at += 1;
            let condition = self.any(depth + 1)?;
            return self.take(&TokenKind::Close).then_some(condition);
        }
        self.comparison()
    }

    /// Whether a parenthesis opens here around conditions, not around a value that is compared.
    fn is_group(&self) -> bool {
        if self.peek() != Some(&TokenKind::Open) {
            return false;
        }
        let after = self.closing(self.at).map(|close| close + 1);
        let next = after.and_then(|after| self.tokens.get(after)).map(|token| &token.kind);
        !matches!(next, Some(TokenKind::Compare(_) | TokenKind::Arithmetic))
    }

    fn comparison(&mut self) -> Option<Condition> {
        let from = self.at;
        let left = self.operand()?;
        let condition = match self.peek() {
            Some(TokenKind::Compare(comparison)) => {
                let comparison = *comparison;
                self.at += 1;
                let right = self.operand()?;
                compare(left, comparison, right)
            }
            _ => match left {
                Operand::Box { field, code } => Some(Condition::Chosen { question: field, choice: code }),
                Operand::IsBlank(field) => Some(self.is_blank(field)),
                Operand::Field(_) | Operand::At { .. } | Operand::Literal(_) | Operand::Other => None,
            },
        };
        Some(condition.unwrap_or_else(|| Condition::Unknown(self.words(from))))
    }

    /// A blank, or one of the codes that stand for it.
    fn is_blank(&self, question: String) -> Condition {
        let code = |(code, _): &(String, String)| Condition::Compare {
            question: question.clone(),
            comparison: Comparison::Equal,
            value: code.clone(),
        };
        let codes: Vec<Condition> = self.missing_codes.iter().map(code).collect();
        let blank = Condition::Not(Box::new(Condition::Answered { question }));
        joined([vec![blank], codes].concat(), Condition::Any)
    }

    fn operand(&mut self) -> Option<Operand> {
        let first = self.term()?;
        let mut only = true;
        while self.take(&TokenKind::Arithmetic) {
            self.term()?;
            only = false;
        }
        Some(if only { first } else { Operand::Other })
    }

    fn term(&mut self) -> Option<Operand> {
        let kind = self.tokens.get(self.at)?.kind.clone();
        match kind {
            TokenKind::Literal(text) => {
                self.at += 1;
                Some(Operand::Literal(text))
            }
            TokenKind::Arithmetic => {
                // A sign before a value; a negative number is a value of its own.
                let sign = self.tokens.get(self.at)?.start;
                self.at += 1;
                let number = self.tokens.get(self.at)?.start;
                let negative = self.logic.get(sign..number)?.trim_end() == "-"
                    && self.logic[number..].starts_with(|c: char| c.is_ascii_digit());
                match self.term()? {
                    Operand::Literal(digits) if negative => Some(Operand::Literal(format!("-{digits}"))),
                    _ => Some(Operand::Other),
                }
            }
            TokenKind::Reference(inside) => {
                self.at += 1;
                let mut more = Vec::new();
                while let Some(TokenKind::Reference(inside)) = self.peek() {
                    more.push(inside.clone());
                    self.at += 1;
                }
                // Two references in a row name a field of another event, or an instance, which is not followed.
                Some(match more.as_slice() {
                    [] => reference(&inside),
                    [field] => at_event(&inside, reference(field)),
                    _ => Operand::Other,
                })
            }
            TokenKind::Name(name) => {
                let open = self.at + 1;
                if self.tokens.get(open).map(|token| &token.kind) != Some(&TokenKind::Open) {
                    return None;
                }
                let close = self.closing(open)?;
                let operand = match (name.as_str(), &self.tokens[open + 1..close]) {
                    ("isblankormissingcode", [Token { kind: TokenKind::Reference(inside), .. }]) => {
                        match reference(inside) {
                            Operand::Field(field) => Operand::IsBlank(field),
                            _ => Operand::Other,
                        }
                    }
                    _ => Operand::Other,
                };
                self.at = close + 1;
                Some(operand)
            }
            TokenKind::Open => {
                self.at = self.closing(self.at)? + 1;
                Some(Operand::Other)
            }
            TokenKind::Close
            | TokenKind::Comma
            | TokenKind::Compare(_)
            | TokenKind::And
            | TokenKind::Or
            | TokenKind::Not => None,
        }
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
        let end =
            self.at.checked_sub(1).and_then(|last| self.tokens.get(last)).map_or(start, |last| last.end);
        self.logic.get(start..end).unwrap_or_default().to_owned()
    }
}

/// Several parts as one condition; a single part stays itself.
fn joined(mut parts: Vec<Condition>, join: impl Fn(Vec<Condition>) -> Condition) -> Condition {
    match parts.len() {
        1 => parts.remove(0),
        _ => join(parts),
    }
}

/// What stands between brackets: a field, or one box of a checkbox field.
fn reference(inside: &str) -> Operand {
    let inside = inside.trim();
    // Smart variables have hyphens, modifiers a colon, piped parts more brackets; fields have none of them.
    let is_field = |name: &str| {
        !name.is_empty() && name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_')
    };
    let lower = |name: &str| name.trim().to_ascii_lowercase();
    match inside.split_once('(') {
        Some((field, rest)) => match rest.strip_suffix(')') {
            Some(code) if is_field(&lower(field)) => {
                Operand::Box { field: lower(field), code: code.trim().to_owned() }
            }
            _ => Operand::Other,
        },
        None if is_field(&lower(inside)) => Operand::Field(lower(inside)),
        None => Operand::Other,
    }
}

/// The same condition in another event.
fn at(event: &str, condition: Condition) -> Condition {
    match condition {
        Condition::Not(part) => Condition::Not(Box::new(at(event, *part))),
        test => Condition::At { event: event.to_owned(), part: Box::new(test) },
    }
}

/// A field of an event that is named; the events that smart variables name are not known, nor are instances.
fn at_event(event: &str, of: Operand) -> Operand {
    let names_event = event.contains("_arm_") && matches!(reference(event), Operand::Field(_));
    match of {
        Operand::Field(_) | Operand::Box { .. } if names_event => {
            Operand::At { event: event.trim().to_ascii_lowercase(), of: Box::new(of) }
        }
        _ => Operand::Other,
    }
}

fn compare(left: Operand, comparison: Comparison, right: Operand) -> Option<Condition> {
    match (left, right) {
        (Operand::Field(question), Operand::Literal(value)) => {
            if !value.is_empty() {
                return Some(Condition::Compare { question, comparison, value });
            }
            match comparison {
                Comparison::NotEqual => Some(Condition::Answered { question }),
                Comparison::Equal => Some(Condition::Not(Box::new(Condition::Answered { question }))),
                _ => None,
            }
        }
        (Operand::Box { field, code }, Operand::Literal(value)) => {
            let chosen = Condition::Chosen { question: field, choice: code };
            match (comparison, value.trim()) {
                (Comparison::Equal, "1") | (Comparison::NotEqual, "0") => Some(chosen),
                (Comparison::Equal, "0") | (Comparison::NotEqual, "1") => {
                    Some(Condition::Not(Box::new(chosen)))
                }
                _ => None,
            }
        }
        (Operand::At { event, of }, literal @ Operand::Literal(_)) => {
            Some(at(&event, compare(*of, comparison, literal)?))
        }
        (
            literal @ Operand::Literal(_),
            field @ (Operand::Field(_) | Operand::Box { .. } | Operand::At { .. }),
        ) => compare(field, flipped(comparison), literal),
        _ => None,
    }
}

/// The comparison that holds with its sides exchanged.
fn flipped(comparison: Comparison) -> Comparison {
    match comparison {
        Comparison::Less => Comparison::Greater,
        Comparison::AtMost => Comparison::AtLeast,
        Comparison::Greater => Comparison::Less,
        Comparison::AtLeast => Comparison::AtMost,
        Comparison::Equal | Comparison::NotEqual => comparison,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(logic: &str) -> Condition {
        super::parse(logic, &[])
    }

    fn is(question: &str, value: &str) -> Condition {
        Condition::Compare { question: question.into(), comparison: Comparison::Equal, value: value.into() }
    }

    fn ticked(question: &str, choice: &str) -> Condition {
        Condition::Chosen { question: question.into(), choice: choice.into() }
    }

    fn not(condition: Condition) -> Condition {
        Condition::Not(Box::new(condition))
    }

    #[test]
    fn and_binds_closer_than_or() {
        assert_eq!(
            parse("[sex] = \"0\" or [a]='1' AND [b] = '2'"),
            Condition::Any(vec![is("sex", "0"), Condition::All(vec![is("a", "1"), is("b", "2")])])
        );
        assert_eq!(
            parse("([sex] = '0' or [a]='1') and [b] = 2"),
            Condition::All(vec![Condition::Any(vec![is("sex", "0"), is("a", "1")]), is("b", "2")])
        );
    }

    #[test]
    fn a_box_is_named_by_its_original_code() {
        assert_eq!(parse("[race(-99)] = '1'"), ticked("race", "-99"));
        assert_eq!(parse("[race(a_B)] <> '1'"), not(ticked("race", "a_B")));
        assert_eq!(parse("[race(3)] = 0"), not(ticked("race", "3")));
        assert_eq!(parse("!([race(3)]='1')"), not(ticked("race", "3")));
    }

    #[test]
    fn a_comparison_with_nothing_asks_whether_there_is_an_answer() {
        let answered = Condition::Answered { question: "age".into() };
        assert_eq!(parse("[age] <> ''"), answered);
        assert_eq!(parse("[age] = \"\""), not(answered.clone()));
        assert_eq!(parse("isblankormissingcode([age])"), not(answered));
    }

    #[test]
    fn a_comparison_may_stand_the_other_way_round() {
        let condition = Condition::Compare {
            question: "age".into(),
            comparison: Comparison::AtLeast,
            value: "18".into(),
        };
        assert_eq!(parse("18 <= [Age]"), condition);
        assert_eq!(parse("[age]>=18"), condition);
    }

    #[test]
    fn a_negative_code_needs_no_quotes() {
        assert_eq!(parse("[a] = -99"), is("a", "-99"));
        assert_eq!(parse("[a] = +[b]"), Condition::Unknown("[a] = +[b]".into()));
    }

    #[test]
    fn a_part_that_is_not_understood_leaves_the_rest_standing() {
        assert_eq!(
            parse("[a] = '1' and datediff([dob], 'today', 'y') > 17"),
            Condition::All(vec![
                is("a", "1"),
                Condition::Unknown("datediff([dob], 'today', 'y') > 17".into())
            ])
        );
        for text in [
            "[event-name] = 'baseline_arm_1'",
            "[sex][2] = '1'",
            "[height] / 100 > 1.8",
            "([a] + [b]) > 3",
            "[a] = [b]",
            "[a]",
        ] {
            assert_eq!(parse(text), Condition::Unknown(text.into()), "{text}");
        }
    }

    #[test]
    fn a_field_of_another_event_is_asked_there() {
        let at = |part: Condition| super::at("baseline_arm_1", part);
        assert_eq!(parse("[baseline_arm_1][sex] = '1'"), at(is("sex", "1")));
        assert_eq!(parse("[baseline_arm_1][race(3)] = 0"), not(at(ticked("race", "3"))));
        for text in ["[first-event-name][sex] = '1'", "[sex][current-instance] = '1'", "[a][b][c] = '1'"] {
            assert_eq!(parse(text), Condition::Unknown(text.into()), "{text}");
        }
    }

    #[test]
    fn a_missing_data_code_counts_as_blank_where_the_function_says_so() {
        let codes = [("UNK".to_owned(), "Unknown".to_owned())];
        let blank = not(Condition::Answered { question: "age".into() });
        assert_eq!(
            super::parse("isblankormissingcode([age])", &codes),
            Condition::Any(vec![blank, is("age", "UNK")])
        );
    }

    #[test]
    fn logic_that_is_broken_is_unknown_as_a_whole_and_never_a_panic() {
        let deep = format!("{}[a]='1'{}", "(".repeat(5000), ")".repeat(5000));
        for text in ["[a = '1'", "[a] = '1", "([a]='1'", "[a]='1')", "and", "[a] = ", "f(", "é [a] ø", &deep]
        {
            assert_eq!(parse(text), Condition::Unknown(text.trim().into()), "{text}");
        }
    }
}
