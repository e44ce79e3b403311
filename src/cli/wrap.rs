//! Lines that keep to a width, counted as a terminal shows them: a Chinese letter is as wide as two Latin ones.

use unicode_width::UnicodeWidthChar as _;

/// The width to which reports keep.
pub(super) const WIDTH: usize = 100;

/// How many places of a terminal a text takes.
pub(super) fn width(text: &str) -> usize {
    text.chars().map(letter).sum()
}

fn letter(letter: char) -> usize {
    letter.width().unwrap_or(0)
}

/// What would move or recolour a terminal, turn its writing around, or change how wide the letter before it is.
fn is_unprintable(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{fe0f}')
}

/// A text behind a head, wrapped at the width; every line but the first begins with `indent` blanks.
///
/// Blanks and line ends between words become one blank. A word longer than a line is broken, for nothing is cut.
pub(super) fn hang(head: &str, text: &str, indent: usize) -> String {
    let indent = " ".repeat(indent);
    let mut lines = String::new();
    let rows = fill(text, WIDTH.saturating_sub(width(head)).max(1), WIDTH - indent.len());
    for (at, row) in rows.iter().enumerate() {
        lines.push_str(if at == 0 { head } else { &indent });
        lines.push_str(row);
        lines.push('\n');
    }
    lines
}

/// The words of a text in lines, of which the first has another width than the rest; at least one line.
fn fill(text: &str, first: usize, rest: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    let (mut used, mut room) = (0, first);
    for word in text.split_whitespace() {
        let word: String = word.chars().filter(|c| !is_unprintable(*c)).collect();
        let blank = usize::from(used > 0);
        if used > 0 && used + blank + width(&word) > room {
            lines.push(String::new());
            (used, room) = (0, rest);
        } else if used > 0 && !word.is_empty() {
            push(&mut lines, ' ');
            used += 1;
        }
        for c in word.chars() {
            if used + letter(c) > room && used > 0 {
                lines.push(String::new());
                (used, room) = (0, rest);
            }
            push(&mut lines, c);
            used += letter(c);
        }
    }
    lines
}

fn push(lines: &mut [String], c: char) {
    if let Some(line) = lines.last_mut() {
        line.push(c);
    }
}

/// The words of a text in lines of one width.
pub(super) fn column(text: &str, width: usize) -> Vec<String> {
    fill(text, width, width)
}

/// A text with blanks after it up to a width.
pub(super) fn pad(text: &str, to: usize) -> String {
    format!("{text}{}", " ".repeat(to.saturating_sub(width(text))))
}

/// A text on one line, cut to a width.
pub(super) fn cut(text: &str, to: usize) -> String {
    let line = one_line(text);
    if width(&line) <= to {
        return line;
    }
    let mut kept = String::new();
    let mut used = 1;
    for c in line.chars() {
        used += letter(c);
        if used > to {
            break;
        }
        kept.push(c);
    }
    format!("{}\u{2026}", kept.trim_end())
}

/// A text on one line.
pub(super) fn one_line(text: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    line.chars().filter(|c| !is_unprintable(*c)).collect()
}

/// As many parts as fit on a line of a width, and how many more there are.
pub(super) fn as_many(parts: &[String], between: &str, to: usize) -> String {
    let parts: Vec<String> = parts.iter().map(|part| one_line(part)).collect();
    let whole = parts.join(between);
    if width(&whole) <= to {
        return whole;
    }
    for shown in (1..parts.len()).rev() {
        let line = format!("{}{between}\u{2026} {} more", parts[..shown].join(between), parts.len() - shown);
        if width(&line) <= to {
            return line;
        }
    }
    cut(&whole, to)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_keep_to_the_width_and_lose_nothing() {
        let words = ["abcdefghi"; 25].join("\n ");
        let lines = hang("  x ", &words, 4);
        // 4 and nine words of nine with a blank between them are 93; a tenth would end at 103.
        assert_eq!(lines.lines().map(|line| line.chars().count()).collect::<Vec<_>>(), [93, 93, 73]);
        let long = "\u{e9}".repeat(150);
        assert_eq!(hang("", &long, 2), format!("{}\n  {}\n", "\u{e9}".repeat(100), "\u{e9}".repeat(52 - 2)));
        assert_eq!(hang("none", "", 2), "none\n");
    }

    #[test]
    fn wide_letters_count_twice_and_marks_not_at_all() {
        assert_eq!(width("\u{540c}\u{610f}"), 4);
        assert_eq!(width("e\u{301}"), 1);
        let lines = hang("", &"\u{540c}".repeat(60), 2);
        assert_eq!(lines.lines().map(width).collect::<Vec<_>>(), [100, 22]);
        assert_eq!(cut(&"\u{540c}".repeat(9), 6), "\u{540c}\u{540c}\u{2026}");
        assert_eq!(pad("\u{540c}", 4), "\u{540c}  ");
        // What turns the writing around is left out.
        assert_eq!(one_line("a\u{202e}b\u{1b}[1m"), "ab[1m");
    }

    #[test]
    fn short_texts_stay_and_a_cut_is_marked() {
        assert_eq!(cut("one  two", 6), "one t\u{2026}");
        assert_eq!(cut("one  two", 7), "one two");
        assert_eq!(column("one two three", 7), ["one two", "three"]);
    }

    #[test]
    fn of_many_parts_those_that_fit_are_shown_and_the_rest_counted() {
        let parts = ["red", "green", "blue"].map(str::to_owned);
        assert_eq!(as_many(&parts, " | ", 18), "red | green | blue");
        assert_eq!(as_many(&parts, " | ", 17), "red | \u{2026} 2 more");
        assert_eq!(as_many(&parts, " | ", 4), "red\u{2026}");
    }
}
