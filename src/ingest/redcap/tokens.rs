//! The words and signs of branching logic.

use crate::codebook::Comparison;

/// A token and where it stands in the source, in bytes.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Token {
    pub(super) kind: TokenKind,
    pub(super) start: usize,
    pub(super) end: usize,
}

/// What a token is.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum TokenKind {
    /// `[…]`, without its brackets.
    Reference(String),
    /// A quoted text or a number.
    Literal(String),
    /// The name of a function, in lower case.
    Name(String),
    Compare(Comparison),
    /// `+`, `-`, `*`, `/`, `^`.
    Arithmetic,
    And,
    Or,
    Not,
    Open,
    Close,
    Comma,
}

/// Splits branching logic into tokens; `None` where a quote or bracket stays open or a sign is not known.
pub(super) fn tokens(logic: &str) -> Option<Vec<Token>> {
    let mut tokens = Vec::new();
    let mut at = 0;
    while let Some(first) = logic[at..].chars().next() {
        if first.is_whitespace() {
            at += first.len_utf8();
            continue;
        }
        let (kind, length) = one(&logic[at..], first)?;
        tokens.push(Token { kind, start: at, end: at + length });
        at += length;
    }
    Some(tokens)
}

/// The token at the start of `rest`, and its length in bytes.
fn one(rest: &str, first: char) -> Option<(TokenKind, usize)> {
    const SIGNS: [(&str, TokenKind); 18] = [
        ("<>", TokenKind::Compare(Comparison::NotEqual)),
        ("!=", TokenKind::Compare(Comparison::NotEqual)),
        ("<=", TokenKind::Compare(Comparison::AtMost)),
        (">=", TokenKind::Compare(Comparison::AtLeast)),
        ("==", TokenKind::Compare(Comparison::Equal)),
        ("&&", TokenKind::And),
        ("||", TokenKind::Or),
        ("=", TokenKind::Compare(Comparison::Equal)),
        ("<", TokenKind::Compare(Comparison::Less)),
        (">", TokenKind::Compare(Comparison::Greater)),
        ("!", TokenKind::Not),
        ("(", TokenKind::Open),
        (")", TokenKind::Close),
        (",", TokenKind::Comma),
        ("+", TokenKind::Arithmetic),
        ("-", TokenKind::Arithmetic),
        ("*", TokenKind::Arithmetic),
        ("/", TokenKind::Arithmetic),
    ];
    match first {
        '[' => {
            let inside = &rest[1..rest.find(']')?];
            Some((TokenKind::Reference(inside.to_owned()), inside.len() + 2))
        }
        '\'' | '"' => {
            let inside = &rest[1..];
            let text = &inside[..inside.find(first)?];
            Some((TokenKind::Literal(text.to_owned()), text.len() + 2))
        }
        '^' => Some((TokenKind::Arithmetic, 1)),
        _ if first.is_ascii_digit() || (first == '.' && starts_with_digit(&rest[1..])) => {
            let number = run(rest, |c| c.is_ascii_digit() || c == '.');
            Some((TokenKind::Literal(number.to_owned()), number.len()))
        }
        _ if first.is_ascii_alphabetic() => {
            let word = run(rest, |c| c.is_ascii_alphanumeric() || c == '_');
            let lower = word.to_ascii_lowercase();
            let kind = match lower.as_str() {
                "and" => TokenKind::And,
                "or" => TokenKind::Or,
                "not" => TokenKind::Not,
                _ => TokenKind::Name(lower),
            };
            Some((kind, word.len()))
        }
        _ => SIGNS
            .iter()
            .find(|(sign, _)| rest.starts_with(sign))
            .map(|(sign, kind)| (kind.clone(), sign.len())),
    }
}

fn starts_with_digit(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_digit())
}

/// The longest beginning of which every character fits.
fn run(text: &str, fits: impl Fn(char) -> bool) -> &str {
    let end = text.find(|c| !fits(c)).unwrap_or(text.len());
    &text[..end]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_inside_quotes_and_brackets_are_not_signs() {
        let kinds: Vec<TokenKind> =
            tokens("[a(b and c)]='x or y'").unwrap().into_iter().map(|token| token.kind).collect();
        assert_eq!(
            kinds,
            [
                TokenKind::Reference("a(b and c)".into()),
                TokenKind::Compare(Comparison::Equal),
                TokenKind::Literal("x or y".into())
            ]
        );
    }

    #[test]
    fn an_open_quote_or_an_unknown_sign_is_no_logic() {
        for text in ["'x", "[x", "[a] = #", "[a] ≠ 1"] {
            assert_eq!(tokens(text), None, "{text}");
        }
    }
}
