//! Words whose order differs from scale to scale, so that only the definition's own order settles it.

/// Words of which either may be the stronger: scales disagree, or British and American use do.
const DOUBTFUL: &[&[&str]] = &[
    &["somewhat", "moderately"],
    &["sometimes", "occasionally"],
    &["fairly", "reasonably", "pretty", "rather", "quite", "somewhat"],
    &["fairly", "reasonably", "pretty", "rather", "quite", "moderately"],
    &["fairly", "reasonably", "pretty", "rather", "quite", ""],
    &["moderately", ""],
];

/// Whether either of two labels may be the higher one.
pub(super) fn is_doubtful(a: &str, b: &str) -> bool {
    let (a, b) = difference(a, b);
    a != b && DOUBTFUL.iter().any(|words| words.contains(&a.as_str()) && words.contains(&b.as_str()))
}

/// What two labels do not share at their ends.
fn difference(a: &str, b: &str) -> (String, String) {
    let (a, b): (Vec<&str>, Vec<&str>) = (a.split(' ').collect(), b.split(' ').collect());
    let same = a.iter().rev().zip(b.iter().rev()).take_while(|(a, b)| a == b).count();
    (a[..a.len() - same].join(" "), b[..b.len() - same].join(" "))
}

/// How an order by words stands to the order of a definition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Settled {
    /// The order stands.
    Stands,
    /// The definition's order from its low end holds: it differs only where the words are in doubt.
    ByDefinition(Vec<usize>),
    /// These two cannot be ordered.
    Open(usize, usize),
}

/// Settles doubtful pairs by the definition's order, which is that of `texts`; `ranks` is the order by words.
///
/// Without a definition's order a doubtful pair stays open.
pub(super) fn settle(texts: &[&str], ranks: &[usize], defined: bool) -> Settled {
    let pairs = || (0..texts.len()).flat_map(|j| (0..j).map(move |i| (i, j)));
    let Some((one, other)) = pairs().find(|(i, j)| is_doubtful(texts[*i], texts[*j])) else {
        return Settled::Stands;
    };
    if !defined {
        return Settled::Open(one, other);
    }
    let follows = |up: bool| {
        pairs().all(|(i, j)| {
            ranks[i] == ranks[j] || (ranks[i] < ranks[j]) == up || is_doubtful(texts[i], texts[j])
        })
    };
    let places = 0..texts.len();
    match (follows(true), follows(false)) {
        (true, false) => Settled::ByDefinition(places.collect()),
        (false, true) => Settled::ByDefinition(places.rev().collect()),
        _ => Settled::Open(one, other),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_words_beside_the_same_word_are_in_doubt() {
        assert!(is_doubtful("somewhat prepared", "moderately prepared"));
        assert!(is_doubtful("sometimes", "occasionally"));
        assert!(is_doubtful("quite satisfied", "satisfied"));
        assert!(!is_doubtful("somewhat agree", "moderately disagree"));
        assert!(!is_doubtful("somewhat agree", "agree"));
        assert!(!is_doubtful("agree", "agree"));
    }
}
