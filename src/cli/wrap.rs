//! Lines that fit a terminal.

/// The width that reports keep to.
pub(super) const WIDTH: usize = 100;

/// Breaks a text at spaces into lines of at most `WIDTH` characters that stand after `first`, the following ones after
/// `indent` spaces. A word that is longer than a line stands alone.
pub(super) fn wrap(first: &str, indent: usize, text: &str) -> String {
    let mut lines = String::new();
    let mut line = first.to_owned();
    let mut is_empty = true;
    for word in text.split(' ') {
        let gap = usize::from(!is_empty);
        if !is_empty && line.chars().count() + gap + word.chars().count() > WIDTH {
            lines.push_str(line.trim_end());
            lines.push('\n');
            line = " ".repeat(indent);
        } else if !is_empty {
            line.push(' ');
        }
        line.push_str(word);
        is_empty = false;
    }
    lines.push_str(line.trim_end());
    lines.push('\n');
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_keep_to_the_width_and_lose_no_word() {
        let words: Vec<String> = (0..60).map(|n| format!("word{n}")).collect();
        let text = wrap("  head   ", 9, &words.join(" "));
        assert!(text.lines().all(|line| line.chars().count() <= WIDTH));
        assert!(text.lines().skip(1).all(|line| line.starts_with("         word")));
        assert_eq!(text.split_whitespace().skip(1).collect::<Vec<_>>(), words);
    }

    #[test]
    fn a_word_longer_than_a_line_stands_alone() {
        let long = "x".repeat(120);
        assert_eq!(wrap("a ", 2, &format!("b {long} c")), format!("a b\n  {long}\n  c\n"));
        assert_eq!(wrap("a ", 2, ""), "a\n");
    }
}
