//! Whether a definition is the one of this export, and what of the two does not fit.

use crate::diag::{Diag, FileId, Place, codes};
use crate::ingest::header::words;
use crate::ingest::qsf::{Asked, Definition, Kind};

use super::columns::{Group, Sheet};
use super::draft;

/// The share of an export's questions, in percent, that a definition must know.
const LEAST_KNOWN: usize = 60;

/// How much of a wording is compared: older exports cut it.
const COMPARED: usize = 90;

/// How many names a note lists.
const LISTED: usize = 8;

/// Gives groups the ids of the definition where only their tags agree, and accounts for what matched.
///
/// Fails where so little matches that the definition must be of another survey.
pub(super) fn reconcile(
    groups: &mut [Group],
    sheet: &Sheet<'_>,
    definition: &Definition,
    file: &FileId,
) -> Result<Vec<Diag>, Vec<Diag>> {
    let mut notes = Vec::new();
    let (mut known, mut tagged, mut foreign, mut reworded) = (0_usize, 0_usize, Vec::new(), Vec::new());
    for group in groups.iter_mut() {
        let tag = draft::tag(group, sheet, definition.question(&group.question));
        if definition.trashed.contains(&group.question) {
            continue;
        }
        let by_id = definition.question(&group.question);
        match by_id.or_else(|| by_tag(definition, &tag)) {
            Some(asked) if agrees(group, asked, &tag, sheet) => {
                group.question.clone_from(&asked.qid);
                known += 1;
                tagged += usize::from(by_id.is_none());
            }
            Some(asked) if by_id.is_some() => {
                reworded.push(tag);
                group.question.clone_from(&asked.qid);
            }
            _ => foreign.push(tag),
        }
    }
    let trashed = groups.iter().filter(|group| definition.trashed.contains(&group.question)).count();
    let all = groups.len() - trashed;
    if all > 0 && known * 100 < all * LEAST_KNOWN {
        let export = sheet.table.file();
        let message = format!(
            "{file} is the definition of another survey: it knows {known} of the {all} questions in {export}"
        );
        let odd: Vec<String> = reworded.into_iter().chain(foreign).collect();
        let diag = Diag::error(codes::DEFINITION_MISMATCH, Place::file(file), message)
            .help(format!("give the .qsf of the survey with the questions {}", list(&odd)));
        return Err(vec![diag]);
    }
    let mut note = |tags: &[String], says: &str| {
        if !tags.is_empty() {
            let message = format!("{says}: {}", list(tags));
            notes.push(Diag::note(codes::DEFINITION_MISMATCH, Place::file(file), message));
        }
    };
    note(&foreign, "in the export but not in the definition");
    note(&reworded, "the same id but another wording in the definition, which is used");
    let account = format!(
        "{file} defines {} of the {all} questions in {}{}",
        all - foreign.len(),
        sheet.table.file(),
        if tagged > 0 { format!(", {tagged} of them known by tag alone") } else { String::new() }
    );
    let absent: Vec<String> = definition
        .questions
        .iter()
        .filter(|asked| !matches!(asked.kind, Kind::Shown | Kind::Measured))
        .filter(|asked| groups.iter().all(|group| group.question != asked.qid))
        .map(|asked| asked.tag.clone())
        .collect();
    note(&absent, "in the definition but not in the export");
    let deleted: Vec<String> = groups
        .iter()
        .filter(|group| definition.trashed.contains(&group.question))
        .map(|group| draft::tag(group, sheet, None))
        .collect();
    note(&deleted, "deleted in the survey, with answers in the export");
    let account = match absent.len() {
        0 => account,
        n => format!("{account}; {n} of its own have no column there"),
    };
    notes.insert(0, Diag::note(codes::DEFINITION_MATCHED, Place::file(file), account));
    Ok(notes)
}

/// The question with a tag, letter by letter or folded.
fn by_tag<'d>(definition: &'d Definition, tag: &str) -> Option<&'d Asked> {
    let exact = definition.questions.iter().find(|asked| asked.tag == tag);
    exact.or_else(|| definition.questions.iter().find(|asked| words(&asked.tag) == words(tag)))
}

/// Whether a group and a definition with the same id or tag are the same question.
///
/// Every survey has a first question, so ids prove nothing: wordings do, or tags that somebody chose.
fn agrees(group: &Group, asked: &Asked, tag: &str, sheet: &Sheet<'_>) -> bool {
    let same_tag = words(&asked.tag) == words(tag.split('#').next().unwrap_or(tag));
    let chosen = |tag: &str| {
        let rest = tag.strip_prefix("QID").or_else(|| tag.strip_prefix('Q')).unwrap_or(tag);
        !rest.bytes().all(|byte| byte.is_ascii_digit())
    };
    if same_tag && chosen(tag) {
        return true;
    }
    let Some(label) = group.members.first().map(|member| sheet.label(member.column)) else { return false };
    if label == sheet.name(group.members.first().map_or(0, |member| member.column)) {
        // Without a row of texts, or with an empty wording, only the tag speaks.
        return same_tag;
    }
    same_beginning(label, &asked.wording)
}

/// Whether two wordings begin alike, letters and digits alone, up to what is piped in or cut off.
fn same_beginning(label: &str, wording: &str) -> bool {
    let letters = |text: &str| -> Vec<char> {
        let text = text.split("${").next().unwrap_or("");
        text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).take(COMPARED).collect()
    };
    let (label, wording) = (letters(label), letters(wording));
    let shorter = label.len().min(wording.len());
    if shorter == 0 {
        return true;
    }
    let same = label.iter().zip(&wording).take_while(|(a, b)| a == b).count();
    // A typo may have been mended since.
    same == shorter
        || same * 10 >= shorter.min(30) * 8 && {
            let text = |letters: &[char]| letters.iter().take(shorter).collect::<String>();
            strsim::normalized_levenshtein(&text(&label), &text(&wording)) >= 0.7
        }
}

fn list(tags: &[String]) -> String {
    let listed = tags.iter().take(LISTED).map(String::as_str).collect::<Vec<_>>().join(", ");
    match tags.len().saturating_sub(LISTED) {
        0 => listed,
        more => format!("{listed} and {more} more"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wordings_are_compared_by_their_beginnings() {
        assert!(same_beginning("How old are you? - Selected Choice", "How old are you?"));
        assert!(same_beginning(
            "This is a long question that was cu...-Oranges",
            "This is a long question that was cut off"
        ));
        assert!(same_beginning("How do you feel about Ann?", "How do you feel about ${e://Field/name}?"));
        assert!(!same_beginning("How old are you?", "Where do you live?"));
        assert!(!same_beginning("How old are you?", "How old is your oldest child?"));
    }
}
