//! Wording as people read it: markup taken off, entities decoded, one line.

/// Turns a text with markup into plain text on one line.
///
/// A tag leaves a blank, so that `Strongly<br>agree` stays two words. Styles and scripts leave nothing. A `<` that
/// begins no tag is a less-than sign.
pub(crate) fn plain(text: &str) -> String {
    let mut bare = String::with_capacity(text.len());
    let mut rest = text;
    let ends = Ends::of(text);
    let mut open = [true; UNREAD.len()];
    while let Some(at) = rest.find('<') {
        bare.push_str(&rest[..at]);
        rest = &rest[at..];
        if let Some((name, length)) = tag(rest, text.len() - rest.len(), ends) {
            rest = &rest[length..];
            if let Some(end) = unread_element(name, rest, &mut open) {
                rest = &rest[end..];
            }
            // Emphasis stands within words; every other tag ends one.
            if !is_inline(name) {
                bare.push(' ');
            }
        } else {
            bare.push('<');
            rest = &rest[1..];
        }
    }
    bare.push_str(rest);
    one_line(&entities(&bare))
}

/// Where the last tag and the last comment of a text end: behind them nobody need look for another end, which in a
/// text of many `<` without `>` would be to read the whole of it for each.
#[derive(Clone, Copy)]
struct Ends {
    tag: Option<usize>,
    comment: Option<usize>,
}

impl Ends {
    fn of(text: &str) -> Self {
        Self { tag: text.rfind('>'), comment: text.rfind("-->") }
    }
}

/// Elements whose content is not for reading, with what closes them.
const UNREAD: [(&str, &str); 2] = [("style", "</style"), ("script", "</script")];

/// Joins the words of a text by single blanks and leaves out characters without width.
pub(crate) fn one_line(text: &str) -> String {
    let mut line = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '\u{200b}' | '\u{200c}' | '\u{200d}' | '\u{feff}' | '\u{ad}' => {}
            _ if character.is_whitespace() => {
                if !line.is_empty() && !line.ends_with(' ') {
                    line.push(' ');
                }
            }
            _ => line.push(character),
        }
    }
    line.truncate(line.trim_end().len());
    line
}

/// The name and the length of the tag or comment with which `text` begins; it stands at `at` of the whole text.
fn tag(text: &str, at: usize, ends: Ends) -> Option<(&str, usize)> {
    if text.starts_with("<!--") {
        ends.comment.filter(|end| *end > at)?;
        return text.find("-->").map(|end| ("!--", end + 3));
    }
    let inner = text[1..].strip_prefix('/').unwrap_or(&text[1..]);
    if !inner.starts_with(|c: char| c.is_ascii_alphabetic() || c == '!') {
        return None;
    }
    ends.tag.filter(|end| *end > at)?;
    let length = text.find('>')? + 1;
    let name = inner.split(|c: char| !c.is_ascii_alphanumeric() && c != '!').next()?;
    Some((name, length))
}

fn is_inline(name: &str) -> bool {
    ["b", "i", "u", "em", "strong", "span", "font", "a", "sup", "sub", "mark", "small"]
        .iter()
        .any(|inline| name.eq_ignore_ascii_case(inline))
}

/// Where the element ends whose content is not for reading. `open` remembers which of them are never closed further
/// on, so that the rest is searched for an end once.
fn unread_element(name: &str, rest: &str, open: &mut [bool; UNREAD.len()]) -> Option<usize> {
    let unread = UNREAD.iter().position(|(unread, _)| name.eq_ignore_ascii_case(unread))?;
    if !open[unread] {
        return None;
    }
    let close = UNREAD[unread].1.as_bytes();
    let from = rest.as_bytes().windows(close.len()).position(|part| part.eq_ignore_ascii_case(close));
    let end = from.and_then(|from| rest[from..].find('>').map(|end| from + end + 1));
    open[unread] = end.is_some();
    end
}

/// The longest entity in bytes, from `&` to before `;`.
const LONGEST_ENTITY: usize = 10;

/// Decodes the entities that editors write. An unknown one stays as it is.
fn entities(text: &str) -> String {
    let mut decoded = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        decoded.push_str(&rest[..at]);
        rest = &rest[at..];
        let end = rest.bytes().take(LONGEST_ENTITY + 1).position(|byte| byte == b';');
        let found = end.and_then(|end| Some((entity(&rest[1..end])?, end + 1)));
        if let Some((character, length)) = found {
            decoded.push(character);
            rest = &rest[length..];
        } else {
            decoded.push('&');
            rest = &rest[1..];
        }
    }
    decoded.push_str(rest);
    decoded
}

fn entity(name: &str) -> Option<char> {
    if let Some(number) = name.strip_prefix('#') {
        let code = match number.strip_prefix(['x', 'X']) {
            Some(hex) => u32::from_str_radix(hex, 16).ok()?,
            None => number.parse().ok()?,
        };
        return char::from_u32(code).filter(|character| *character != '\0');
    }
    Some(match name {
        "nbsp" | "ensp" | "emsp" | "thinsp" => ' ',
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        "lsquo" => '\u{2018}',
        "rsquo" => '\u{2019}',
        "ldquo" => '\u{201C}',
        "rdquo" => '\u{201D}',
        "sbquo" => '\u{201A}',
        "bdquo" => '\u{201E}',
        "laquo" => '\u{AB}',
        "raquo" => '\u{BB}',
        "ndash" => '\u{2013}',
        "mdash" => '\u{2014}',
        "hellip" => '\u{2026}',
        "bull" => '\u{2022}',
        "middot" => '\u{B7}',
        "deg" => '\u{B0}',
        "plusmn" => '\u{B1}',
        "times" => '\u{D7}',
        "divide" => '\u{F7}',
        "frac12" => '\u{BD}',
        "euro" => '\u{20AC}',
        "pound" => '\u{A3}',
        "cent" => '\u{A2}',
        "sect" => '\u{A7}',
        "copy" => '\u{A9}',
        "reg" => '\u{AE}',
        "trade" => '\u{2122}',
        "le" => '\u{2264}',
        "ge" => '\u{2265}',
        "ne" => '\u{2260}',
        "rarr" => '\u{2192}',
        "larr" => '\u{2190}',
        "iexcl" => '\u{A1}',
        "iquest" => '\u{BF}',
        "shy" | "zwnj" | "zwj" => '\u{AD}',
        _ => return accented(name),
    })
}

/// A Latin letter with an accent, such as `eacute`.
fn accented(name: &str) -> Option<char> {
    const ACCENTS: [(&str, &str, &str); 6] = [
        ("acute", "AEIOUYaeiouy", "ÁÉÍÓÚÝáéíóúý"),
        ("grave", "AEIOUaeiou", "ÀÈÌÒÙàèìòù"),
        ("circ", "AEIOUaeiou", "ÂÊÎÔÛâêîôû"),
        ("uml", "AEIOUaeiouy", "ÄËÏÖÜäëïöüÿ"),
        ("tilde", "ANOano", "ÃÑÕãñõ"),
        ("cedil", "Cc", "Çç"),
    ];
    let by_accent = ACCENTS.iter().find_map(|(accent, plain, accented)| {
        let letter = name.strip_suffix(accent)?;
        let position = plain.find(letter).filter(|_| letter.len() == 1)?;
        accented.chars().nth(position)
    });
    by_accent.or(match name {
        "szlig" => Some('ß'),
        "aring" => Some('å'),
        "Aring" => Some('Å'),
        "oslash" => Some('ø'),
        "Oslash" => Some('Ø'),
        "aelig" => Some('æ'),
        "AElig" => Some('Æ'),
        _ => None,
    })
}

#[cfg(test)]
mod tests {
    use super::plain;

    #[test]
    fn lk_19_a_tag_leaves_a_blank_but_emphasis_does_not_cut_a_word() {
        assert_eq!(plain("Strongly<br>agree"), "Strongly agree");
        assert_eq!(plain("<div>Un<strong>happy</strong></div>\n<p class=\"x\">people</p>"), "Unhappy people");
    }

    #[test]
    fn s_13_styles_scripts_and_comments_are_not_wording() {
        assert_eq!(
            plain("<style type='t'>p > a {}</style>How<!-- <b> --> old?<SCRIPT>x<1</SCRIPT>"),
            "How old?"
        );
        assert_eq!(plain("a<script>never closed"), "a never closed");
    }

    #[test]
    fn q_22_entities_and_blanks_without_width_are_decoded() {
        assert_eq!(
            plain("R&amp;O&nbsp;cycle\u{200b} &lt;18&gt; caf&eacute; &#8217;&#x2013; &bogus; AT&T"),
            "R&O cycle <18> café ’– &bogus; AT&T"
        );
    }

    #[test]
    fn a_less_than_sign_is_not_a_tag() {
        assert_eq!(plain("p < 5 years and <10 or <b>more</b>"), "p < 5 years and <10 or more");
        assert_eq!(plain("trailing <"), "trailing <");
        assert_eq!(plain("<b unclosed"), "<b unclosed");
    }
    #[test]
    fn a_long_text_of_unclosed_markup_is_read_once() {
        // Were the rest of the text searched for each mark, any of these would take minutes.
        for mark in ["<x", "<!-- ", "<style>", "<SCRIPT>", "&amp", "<style></style"] {
            let text = mark.repeat(200_000);
            assert!(plain(&text).len() <= text.len() + 1, "{mark}");
        }
        assert_eq!(plain("<x <!-- a > b --> c <x"), "b --> c <x");
        assert_eq!(plain("a<style>x</STYLE >b<style>y</style"), "a b y</style");
    }
}
