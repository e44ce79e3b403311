//! What the study file itself says is still to be decided: comments that begin with `decide:`.

use super::document::Spanned;

/// The lines `# decide: ...` of a study file, with the comment lines that go on below them.
///
/// They are comments, so TOML knows nothing of them; within a text of several lines they are none.
pub(super) fn to_decide(text: &str) -> Vec<Spanned<String>> {
    let mut found: Vec<Spanned<String>> = Vec::new();
    let (mut start, mut within, mut goes_on) = (0, false, false);
    for line in text.split_inclusive('\n') {
        let bare = line.trim();
        let quotes = line.matches("\"\"\"").count() + line.matches("'''").count();
        let comment = bare.strip_prefix('#').filter(|_| !within);
        let at = start + (line.len() - line.trim_start().len());
        let span = at..at + bare.len();
        match comment.map(|comment| (comment, comment.trim_start().strip_prefix("decide:"))) {
            Some((_, Some(what))) => {
                found.push(Spanned { value: what.trim().to_owned(), span });
                goes_on = true;
            }
            // What goes on stands further in than a comment of its own.
            Some((comment, None)) if goes_on && comment.starts_with("   ") => {
                if let Some(last) = found.last_mut() {
                    last.value = format!("{} {}", last.value, comment.trim());
                    last.span.end = span.end;
                }
            }
            _ => goes_on = false,
        }
        if comment.is_none() && quotes % 2 == 1 {
            within = !within;
        }
        start += line.len();
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_that_ask_for_a_decision_are_found_with_their_place() {
        let text = "a = 1\n  # decide: is Q3 on a scale?\n#    It has five points.\n# a comment\n#decide:yes\nb = \"\"\"\n# decide: no comment\n\"\"\"\nc = \"# decide: none\"\n";
        let found = to_decide(text);
        let said: Vec<&str> = found.iter().map(|line| line.value.as_str()).collect();
        assert_eq!(said, ["is Q3 on a scale? It has five points.", "yes"]);
        assert_eq!(&text[found[0].span.clone()], "# decide: is Q3 on a scale?\n#    It has five points.");
    }
}
