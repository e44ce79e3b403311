//! Wordings as plain text: without markup, entities and line breaks.

/// The plain text of a wording that may hold HTML.
///
/// Tags that break a line become a blank, other tags nothing; scripts and styles go with what they hold. A `<` that
/// starts no tag stays, as in "age < 5". Runs of blanks become one.
pub(crate) fn plain(text: &str) -> String {
    let mut spaced = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(open) = rest.find(['<', '&']) {
        spaced.push_str(&rest[..open]);
        rest = &rest[open..];
        let read = if rest.starts_with('<') { tag(rest) } else { entity(rest) };
        if let Some((instead, length)) = read {
            spaced.push_str(&instead);
            rest = &rest[length..];
        } else {
            spaced.push_str(&rest[..1]);
            rest = &rest[1..];
        }
    }
    spaced.push_str(rest);
    let visible: String =
        spaced.chars().filter(|c| !matches!(c, '\u{200b}' | '\u{feff}' | '\u{ad}')).collect();
    visible.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// What stands for the tag at the start of `rest`, and the length of what it replaces.
fn tag(rest: &str) -> Option<(String, usize)> {
    if rest.starts_with("<!--") {
        return rest.find("-->").map(|end| (String::new(), end + 3));
    }
    let inside = &rest[1..rest.find('>')?];
    let name = inside.strip_prefix('/').unwrap_or(inside);
    if !name.starts_with(|c: char| c.is_ascii_alphabetic()) || inside.contains('<') {
        return None;
    }
    let length = inside.len() + 2;
    let name: String =
        name.chars().take_while(char::is_ascii_alphanumeric).map(|c| c.to_ascii_lowercase()).collect();
    if matches!(name.as_str(), "script" | "style") && !inside.starts_with('/') {
        let closing = format!("</{name}");
        // Lower-casing ASCII keeps every byte position.
        let end = rest.to_ascii_lowercase().find(&closing)?;
        let close = rest[end..].find('>')?;
        return Some((String::new(), end + close + 1));
    }
    let breaks = matches!(
        name.as_str(),
        "br" | "p"
            | "div"
            | "li"
            | "ul"
            | "ol"
            | "tr"
            | "td"
            | "th"
            | "table"
            | "hr"
            | "h1"
            | "h2"
            | "h3"
            | "h4"
    );
    Some((if breaks { " ".to_owned() } else { String::new() }, length))
}

/// What the entity at the start of `rest` means, and its length.
fn entity(rest: &str) -> Option<(String, usize)> {
    let name = &rest[1..rest.find(';')?];
    if name.is_empty() || name.len() > 8 {
        return None;
    }
    let character = match name {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        "nbsp" => ' ',
        "ndash" => '\u{2013}',
        "mdash" => '\u{2014}',
        "lsquo" => '\u{2018}',
        "rsquo" => '\u{2019}',
        "ldquo" => '\u{201c}',
        "rdquo" => '\u{201d}',
        "hellip" => '\u{2026}',
        "eacute" => '\u{e9}',
        "egrave" => '\u{e8}',
        "auml" => '\u{e4}',
        "ouml" => '\u{f6}',
        "uuml" => '\u{fc}',
        "szlig" => '\u{df}',
        _ => {
            let digits = name.strip_prefix('#')?;
            let number = match digits.strip_prefix(['x', 'X']) {
                Some(hex) => u32::from_str_radix(hex, 16),
                None => digits.parse(),
            };
            char::from_u32(number.ok()?)?
        }
    };
    Some((character.to_string(), name.len() + 2))
}

#[cfg(test)]
mod tests {
    use super::plain;

    #[test]
    fn lk_19_a_line_break_is_a_blank_and_emphasis_is_nothing() {
        assert_eq!(plain("Strongly<br>agree"), "Strongly agree");
        assert_eq!(plain("<b>N</b>ever, <em>at least</em>\r\n once"), "Never, at least once");
        assert_eq!(plain("<div class=\"rich\"><p>One<br />\nTwo</p></div>"), "One Two");
    }

    #[test]
    fn a_sign_that_starts_no_tag_stays() {
        assert_eq!(plain("age < 5 & > 3; x<5"), "age < 5 & > 3; x<5");
        assert_eq!(plain("a &amp; b &lt;i&gt; &#8217; &#x41; &nope; &"), "a & b <i> \u{2019} A &nope; &");
    }

    #[test]
    fn scripts_go_with_what_they_hold() {
        assert_eq!(plain("Why?<SCRIPT>alert('é<b>')</script> Say."), "Why? Say.");
        assert_eq!(plain("<script>never closed"), "<script>never closed");
    }
}
