//! Values as they stand in a study file that people read.

use std::fmt::Write as _;

/// A line longer than this is broken where a list allows it.
const LONGEST_LINE: usize = 120;

/// A text between quotation marks.
pub(super) fn quoted(text: &str) -> String {
    let mut quoted = String::from("\"");
    for c in text.chars() {
        match c {
            '"' => quoted.push_str("\\\""),
            '\\' => quoted.push_str("\\\\"),
            '\n' => quoted.push_str("\\n"),
            '\t' => quoted.push_str("\\t"),
            '\r' => quoted.push_str("\\r"),
            c if c.is_control() => {
                let _ = write!(quoted, "\\u{:04X}", u32::from(c));
            }
            c => quoted.push(c),
        }
    }
    quoted.push('"');
    quoted
}

/// A key, between quotation marks if it needs them.
pub(super) fn key(text: &str) -> String {
    let bare = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
    if !text.is_empty() && text.chars().all(bare) { text.to_owned() } else { quoted(text) }
}

/// `key = [..]`, on as many lines as it needs.
pub(super) fn list(key: &str, texts: &[String]) -> String {
    let texts: Vec<String> = texts.iter().map(|text| quoted(text)).collect();
    let line = format!("{key} = [{}]", texts.join(", "));
    if line.chars().count() <= LONGEST_LINE {
        return line + "\n";
    }
    let mut lines = format!("{key} = [\n");
    for text in texts {
        let _ = writeln!(lines, "  {text},");
    }
    lines + "]\n"
}

/// `key = { "a" = "b" }`.
pub(super) fn pairs(name: &str, pairs: &[(String, String)]) -> String {
    let pairs: Vec<String> =
        pairs.iter().map(|(text, value)| format!("{} = {}", key(text), quoted(value))).collect();
    format!("{name} = {{ {} }}\n", pairs.join(", "))
}

/// A comment on lines of its own; what goes on stands further in.
pub(super) fn comment(text: &str) -> String {
    let mut lines = String::from("#");
    let mut used = 1;
    for word in text.split_whitespace() {
        let word: String = word.chars().filter(|c| !c.is_control()).collect();
        let length = word.chars().count();
        if used + 1 + length > LONGEST_LINE && used > 5 {
            lines.push_str("\n#   ");
            used = 4;
        }
        lines.push(' ');
        lines.push_str(&word);
        used += 1 + length;
    }
    lines + "\n"
}

/// A comment that asks for a decision.
pub(super) fn decide(text: &str) -> String {
    comment(&format!("decide: {text}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_text_is_the_same_when_it_is_read_again() {
        for text in ["plain", "a \"b\" \\c", "tab\tline\nend\r", "\u{1}\u{7f}\u{85}", "\u{540c}\u{1f600}", ""]
        {
            let file = format!("{} = {}\n", key(text), quoted(text));
            let read: toml::Table = toml::from_str(&file).unwrap();
            assert_eq!(read.get(text).and_then(toml::Value::as_str), Some(text), "{file}");
        }
    }

    #[test]
    fn long_lists_and_comments_are_broken() {
        assert_eq!(list("points", &["a".into(), "b".into()]), "points = [\"a\", \"b\"]\n");
        let long = list("points", &["x".repeat(70), "y".repeat(70)]);
        assert_eq!(long.lines().count(), 4);
        assert_eq!(comment("a\n b"), "# a b\n");
        let comment = decide(&"word ".repeat(40));
        assert!(comment.lines().skip(1).all(|line| line.starts_with("#    word")), "{comment}");
    }
}
