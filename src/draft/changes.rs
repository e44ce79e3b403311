//! What drafting anew would write that the study file does not have yet.

use similar::{Algorithm, DiffOp, DiffTag, TextDiff, capture_diff_slices};

/// What is new since a study file was drafted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    /// The draft is the same.
    Nothing,
    /// Everything that is new stands in the study file already.
    TakenOver,
    /// Some of it does not: the difference as a patch of the study file.
    Open(String),
}

/// Compares what was drafted before with what would be drafted now, and leaves out what the study file, as somebody
/// edited it, has already taken over.
pub fn changes(before: &str, now: &str, current: &str, name: &str) -> Change {
    if before == now {
        return Change::Nothing;
    }
    let old: Vec<&str> = before.split_inclusive('\n').collect();
    let new: Vec<&str> = now.split_inclusive('\n').collect();
    let mut known = String::new();
    let mut open = false;
    for op in capture_diff_slices(Algorithm::Myers, &old, &new) {
        let (gone, come) = (&old[op.old_range()], &new[op.new_range()]);
        let taken = op.tag() != DiffTag::Equal && is_taken_over(&op, gone, come, current);
        open |= op.tag() != DiffTag::Equal && !taken;
        known.extend(if taken { come } else { gone }.iter().copied());
    }
    if !open {
        return Change::TakenOver;
    }
    let diff = TextDiff::from_lines(known.as_str(), now);
    Change::Open(diff.unified_diff().context_radius(3).header(name, name).to_string())
}

/// Whether the study file has every line that came and none that went; blank lines say nothing.
fn is_taken_over(op: &DiffOp, gone: &[&str], come: &[&str], current: &str) -> bool {
    let has = |line: &&str| current.lines().any(|own| own.trim() == line.trim());
    let says = |line: &&&str| !line.trim().is_empty();
    let came = come.iter().filter(says).all(has);
    let went = gone.iter().filter(says).filter(|line| !come.contains(line)).all(|line| !has(line));
    // Only blank lines changed.
    let blank = !come.iter().chain(gone).any(|line| !line.trim().is_empty());
    match op.tag() {
        DiffTag::Insert => blank || came,
        DiffTag::Delete => blank || went,
        _ => blank || (came && went),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const BEFORE: &str = "a = 1\nb = 2\n\n[c]\nd = 3\n";
    const NOW: &str = "a = 1\nb = 3\n\n[c]\nd = 3\ne = 4\n";

    #[test]
    fn what_is_new_is_a_patch_of_what_was_drafted() {
        assert_eq!(changes(BEFORE, BEFORE, "edited", "s.toml"), Change::Nothing);
        let patch =
            "--- s.toml\n+++ s.toml\n@@ -1,5 +1,6 @@\n a = 1\n-b = 2\n+b = 3\n \n [c]\n d = 3\n+e = 4\n";
        assert_eq!(changes(BEFORE, NOW, BEFORE, "s.toml"), Change::Open(patch.to_owned()));
    }

    #[test]
    fn what_was_taken_over_is_not_told_again() {
        let half = "# mine\na = 9\nb = 3\n\n[c]\nd = 3\n";
        let patch = "--- s.toml\n+++ s.toml\n@@ -3,3 +3,4 @@\n \n [c]\n d = 3\n+e = 4\n";
        assert_eq!(changes(BEFORE, NOW, half, "s.toml"), Change::Open(patch.to_owned()));
        assert_eq!(changes(BEFORE, NOW, "b = 3\n  e = 4\n", "s.toml"), Change::TakenOver);
    }
}
