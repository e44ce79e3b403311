//! What the second header row says of a question and of each of its columns.

use super::header::Generation;

/// The wording of a question and what each of its columns adds to it.
///
/// The wording is what the labels begin with in common, cut at a separator: texts and choices hold separators too, so
/// the first or last of one label decides nothing. A label alone is cut at its last separator.
pub(super) fn split(labels: &[&str], generation: Generation) -> (String, Vec<String>) {
    let [first, rest @ ..] = labels else { return (String::new(), Vec::new()) };
    let common = if rest.is_empty() {
        first.len()
    } else {
        rest.iter().map(|label| common_prefix(first, label)).min().unwrap_or(0)
    };
    let Some((wording, from)) = cut(&first[..common], generation) else {
        // Nothing in common: every label stands for itself, and one alone is the wording too.
        let wording = if rest.is_empty() { (*first).to_owned() } else { String::new() };
        return (wording, labels.iter().map(|label| (*label).to_owned()).collect());
    };
    let wording = wording.trim_end().to_owned();
    let items = labels.iter().map(|label| label.get(from..).unwrap_or("").trim().to_owned()).collect();
    (wording, items)
}

/// Cuts a common beginning at its last separator: the wording, and where the items begin.
///
/// The modern exporter sets its hyphens between blanks; the older ones do not.
fn cut(common: &str, generation: Generation) -> Option<(&str, usize)> {
    let separators: &[&str] = match generation {
        Generation::Modern | Generation::NamesOnly => &[" - "],
        Generation::Transitional | Generation::Legacy => &[" - ", " : ", "-"],
    };
    let ends = separators.iter().filter_map(|separator| {
        let at = common.rfind(separator)?;
        Some((&common[..at], at + separator.len()))
    });
    ends.max_by_key(|(_, end)| *end)
}

fn common_prefix(a: &str, b: &str) -> usize {
    a.char_indices()
        .zip(b.chars())
        .find(|((_, x), y)| x != y)
        .map_or(a.len().min(b.len()), |((position, _), _)| position)
}

/// Takes off what marks the choice column of a question with text entries.
pub(super) fn of_choice_column(label: &str) -> &str {
    label
        .strip_suffix(" - Selected Choice")
        .or_else(|| label.strip_suffix("-Selected Choice"))
        .unwrap_or(label)
}

/// The tag that the names of a question's columns share: each without its last `levels` parts.
pub(super) fn common_tag(names: &[(&str, usize)]) -> Option<String> {
    let stem = |(name, levels): &(&str, usize)| {
        let mut stem = name.strip_suffix("_TEXT").unwrap_or(name);
        for _ in 0..*levels {
            stem = stem.rsplit_once('_')?.0;
        }
        // Exports of 2016 to 2020 repeat the tag before a row that was tagged by default.
        Some(match stem.split_once('_') {
            Some((tag, again)) if tag.split('#').next() == Some(again) => tag.to_owned(),
            _ => stem.to_owned(),
        })
    };
    let mut stems = names.iter().map(stem);
    let first = stems.next()??;
    stems.all(|stem| stem.as_ref() == Some(&first)).then_some(first)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_wording_is_what_the_columns_share_up_to_a_separator() {
        let labels = [
            "Rate well-being - us - Food",
            "Rate well-being - us - Staff - night",
            "Rate well-being - us - Form",
        ];
        let (wording, items) = split(&labels, Generation::Modern);
        assert_eq!(wording, "Rate well-being - us");
        assert_eq!(items, ["Food", "Staff - night", "Form"]);
    }

    #[test]
    fn hyphens_of_older_exports_separate_too() {
        let labels = ["Choose : the fruits belo...-Straw hats", "Choose : the fruits belo...-Strawberries"];
        let (wording, items) = split(&labels, Generation::Legacy);
        assert_eq!(wording, "Choose : the fruits belo...");
        assert_eq!(items, ["Straw hats", "Strawberries"]);
    }

    #[test]
    fn one_column_is_cut_at_its_last_separator_and_no_common_text_is_no_wording() {
        assert_eq!(
            split(&["How warm - really - are you? - Slider"], Generation::Modern).0,
            "How warm - really - are you?"
        );
        assert_eq!(split(&["How is your well-being?"], Generation::Modern).0, "How is your well-being?");
        let alone = split(&["Red", "Green"], Generation::Modern);
        assert_eq!(alone, (String::new(), vec!["Red".into(), "Green".into()]));
    }

    #[test]
    fn q_17_a_default_tag_is_not_repeated() {
        assert_eq!(common_tag(&[("Q44_Q44_1_1", 2), ("Q44_Q44_2_1", 2)]).as_deref(), Some("Q44"));
        assert_eq!(common_tag(&[("Q3_1", 1), ("Q3_10", 1)]).as_deref(), Some("Q3"));
        assert_eq!(common_tag(&[("Q2_6_TEXT", 1), ("Q2_1", 1)]).as_deref(), Some("Q2"));
        assert_eq!(common_tag(&[("violet", 1), ("orange_ish", 1)]), None);
    }
}
