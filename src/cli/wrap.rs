//! Lines that keep to a width.

/// The width to which reports keep.
pub(super) const WIDTH: usize = 100;

/// A text behind a head, wrapped at the width; every line but the first begins with `indent` blanks.
///
/// Blanks and line ends between words become one blank. A word longer than a line is broken, for nothing is cut.
pub(super) fn hang(head: &str, text: &str, indent: usize) -> String {
    let mut lines = head.to_owned();
    let mut used = head.chars().count();
    let mut begun = false;
    for word in text.split_whitespace() {
        let word: Vec<char> = word.chars().filter(|c| !c.is_control()).collect();
        let blank = usize::from(begun);
        if begun && used + blank + word.len() > WIDTH {
            lines.push('\n');
            lines.extend(std::iter::repeat_n(' ', indent));
            used = indent;
        } else if begun {
            lines.push(' ');
            used += 1;
        }
        for letter in word {
            if used >= WIDTH {
                lines.push('\n');
                lines.extend(std::iter::repeat_n(' ', indent));
                used = indent;
            }
            lines.push(letter);
            used += 1;
        }
        begun = true;
    }
    lines.push('\n');
    lines
}

/// A text of lines with those wrapped that are too long; what continues a line stands further in than it.
pub(super) fn long_lines(text: &str) -> String {
    text.lines()
        .map(|line| {
            if line.chars().count() <= WIDTH {
                return format!("{line}\n");
            }
            let bare = line.trim_start();
            let head = &line[..line.len() - bare.len()];
            hang(head, bare, head.chars().count().min(WIDTH / 2) + 4)
        })
        .collect()
}

/// A text on one line, cut to a width in characters.
pub(super) fn cut(text: &str, width: usize) -> String {
    let line = one_line(text);
    if line.chars().count() <= width {
        return line;
    }
    let kept: String = line.chars().take(width.saturating_sub(1)).collect();
    format!("{}\u{2026}", kept.trim_end())
}

/// A text on one line.
pub(super) fn one_line(text: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    line.chars().filter(|c| !c.is_control()).collect()
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
        assert_eq!(hang("", &long, 2), format!("{}\n  {}\n", "\u{e9}".repeat(100), "\u{e9}".repeat(50)));
        assert_eq!(hang("none", "", 2), "none\n");
    }

    #[test]
    fn short_lines_stay_and_a_cut_is_marked() {
        assert_eq!(long_lines("a\n  b\n"), "a\n  b\n");
        assert_eq!(
            long_lines(&format!(" {}", "ab ".repeat(40))).lines().nth(1),
            Some("     ab ab ab ab ab ab ab")
        );
        assert_eq!(cut("one  two", 6), "one t\u{2026}");
        assert_eq!(cut("one  two", 7), "one two");
    }
}
