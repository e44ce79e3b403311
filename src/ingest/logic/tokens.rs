//! The words and signs of an expression, in the three languages that survey platforms write conditions in.

use crate::codebook::Comparison;

/// In which language an expression is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::ingest) enum Language {
    /// XPath as in XLSForms: `${age} > 17 and selected(${seen}, 'tv')`.
    Xpath,
    /// LimeSurvey's expressions: `((age.NAOK > 17) and seen_tv.NAOK == "Y")`.
    Lime,
    /// REDCap's branching logic: `[age] > 17 and [seen(2)] = '1'`.
    Redcap,
}

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
    /// The name of a question: `${…}` in XPath, a bare word in LimeSurvey's language, `[…]` in REDCap's.
    Field(String),
    /// A quoted text or a number.
    Literal(String),
    /// A bare word: a function, or part of a path.
    Name(String),
    Compare(Comparison),
    /// A sign of arithmetic or of a path.
    Sign(char),
    And,
    Or,
    Not,
    Open,
    Close,
    Comma,
}

/// Splits an expression into tokens; `None` where a quote or brace stays open or a sign is not known.
pub(super) fn tokens(text: &str, language: Language) -> Option<Vec<Token>> {
    let mut tokens = Vec::new();
    let mut at = 0;
    while let Some(first) = text[at..].chars().next() {
        if first.is_whitespace() {
            at += first.len_utf8();
            continue;
        }
        let (kind, length) = one(&text[at..], first, language)?;
        tokens.push(Token { kind, start: at, end: at + length });
        at += length;
    }
    Some(tokens)
}

/// The token at the start of `rest`, and its length in bytes.
fn one(rest: &str, first: char, language: Language) -> Option<(TokenKind, usize)> {
    const SIGNS: [(&str, TokenKind); 15] = [
        ("!=", TokenKind::Compare(Comparison::NotEqual)),
        ("<>", TokenKind::Compare(Comparison::NotEqual)),
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
        (";", TokenKind::Sign(';')),
    ];
    match first {
        '$' if language == Language::Xpath => {
            let inside = rest.strip_prefix("${")?;
            let inside = &inside[..inside.find('}')?];
            Some((TokenKind::Field(inside.trim().to_owned()), inside.len() + 3))
        }
        '[' if language == Language::Redcap => {
            let inside = &rest[1..rest.find(']')?];
            Some((TokenKind::Field(inside.to_owned()), inside.len() + 2))
        }
        '^' if language == Language::Redcap => Some((TokenKind::Sign(first), first.len_utf8())),
        // Word processors turn straight quotes into curly ones, which no language knows: they are no quotes here.
        '\'' | '"' => {
            let inside = &rest[1..];
            let text = &inside[..inside.find(first)?];
            Some((TokenKind::Literal(text.to_owned()), text.len() + 2))
        }
        _ if first.is_ascii_digit()
            || (first == '.' && rest[1..].starts_with(|c: char| c.is_ascii_digit())) =>
        {
            let number = run(rest, |c| c.is_ascii_digit() || c == '.');
            // `123X4X5` is the old name of a question.
            let word = run(rest, |c| c.is_ascii_alphanumeric() || c == '_' || c == '.');
            if language == Language::Lime && word.len() > number.len() {
                return Some((TokenKind::Field(word.to_owned()), word.len()));
            }
            Some((TokenKind::Literal(number.to_owned()), number.len()))
        }
        _ if first.is_alphabetic() || first == '_' => Some(word(rest, language)),
        '+' | '-' | '*' | '/' | '|' | '.' | '@' | '[' | ']' | ':' | '%' if !rest.starts_with("||") => {
            Some((TokenKind::Sign(first), first.len_utf8()))
        }
        _ => SIGNS
            .iter()
            .find(|(sign, _)| rest.starts_with(sign))
            .map(|(sign, kind)| (kind.clone(), sign.len())),
    }
}

/// A word: of both languages' operators, a function's name, or that of a question.
fn word(rest: &str, language: Language) -> (TokenKind, usize) {
    let joins = |c: char| match language {
        Language::Xpath => matches!(c, '_' | '-'),
        Language::Lime => matches!(c, '_' | '.' | '#'),
        Language::Redcap => c == '_',
    };
    let word = run(rest, |c| c.is_alphanumeric() || joins(c));
    let lower = word.to_ascii_lowercase();
    let called = rest[word.len()..].trim_start().starts_with('(');
    let kind = match (lower.as_str(), language) {
        ("and", _) => TokenKind::And,
        ("or", _) => TokenKind::Or,
        ("not", Language::Redcap) => TokenKind::Not,
        ("div" | "mod", Language::Xpath) => TokenKind::Sign('/'),
        ("eq", Language::Lime) => TokenKind::Compare(Comparison::Equal),
        ("ne", Language::Lime) => TokenKind::Compare(Comparison::NotEqual),
        ("lt", Language::Lime) => TokenKind::Compare(Comparison::Less),
        ("le", Language::Lime) => TokenKind::Compare(Comparison::AtMost),
        ("gt", Language::Lime) => TokenKind::Compare(Comparison::Greater),
        ("ge", Language::Lime) => TokenKind::Compare(Comparison::AtLeast),
        (_, Language::Lime) if !called => TokenKind::Field(word.to_owned()),
        _ => TokenKind::Name(lower),
    };
    (kind, word.len())
}

/// The longest beginning of which every character fits.
fn run(text: &str, fits: impl Fn(char) -> bool) -> &str {
    let end = text.find(|c| !fits(c)).unwrap_or(text.len());
    &text[..end]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kinds(text: &str, language: Language) -> Vec<TokenKind> {
        tokens(text, language).unwrap().into_iter().map(|token| token.kind).collect()
    }

    #[test]
    fn a_hyphen_is_part_of_a_function_in_one_language_and_a_minus_in_the_other() {
        assert_eq!(
            kinds("count-selected(${a})", Language::Xpath)[0],
            TokenKind::Name("count-selected".into())
        );
        assert_eq!(
            kinds("a-b", Language::Lime),
            [TokenKind::Field("a".into()), TokenKind::Sign('-'), TokenKind::Field("b".into())]
        );
    }

    #[test]
    fn old_names_of_questions_begin_with_digits() {
        assert_eq!(kinds("42X1X7SQ001.NAOK", Language::Lime), [TokenKind::Field("42X1X7SQ001.NAOK".into())]);
        assert_eq!(kinds("42.5", Language::Lime), [TokenKind::Literal("42.5".into())]);
    }

    #[test]
    fn words_inside_quotes_and_brackets_are_not_signs() {
        assert_eq!(
            kinds("[a(b and c)]='x or y'", Language::Redcap),
            [
                TokenKind::Field("a(b and c)".into()),
                TokenKind::Compare(Comparison::Equal),
                TokenKind::Literal("x or y".into())
            ]
        );
    }

    #[test]
    fn an_open_quote_or_an_unknown_sign_is_no_expression() {
        for text in ["'x", "${x", "${a} = #", "${a} \u{2260} 1", "${a} = \u{2018}x\u{2019}"] {
            assert_eq!(tokens(text, Language::Xpath), None, "{text}");
        }
        for text in ["'x", "[x", "[a] = #", "[a] \u{2260} 1"] {
            assert_eq!(tokens(text, Language::Redcap), None, "{text}");
        }
    }
}
