//! Who was invited, and whose responses were analysed.

use crate::findings::{Finding, Named, Reason, Statistic, Value, usual_words};
use crate::text::phrase::{listed, running};

use super::{Done, Sentence};

/// Who was invited, and of whom there are no answers.
pub(super) fn who(done: Done<'_>) -> Vec<Sentence> {
    let invited: Vec<(&Named, u64, &Finding)> = done
        .outline
        .groups
        .iter()
        .filter_map(|group| done.count(&group.id, "invited").map(|(count, finding)| (group, count, finding)))
        .collect();
    let mut sentences = Vec::new();
    match invited.as_slice() {
        [] => {}
        [(group, count, finding)] => sentences.push(
            Sentence::new("A total of ")
                .by(done.style.count(*count), finding)
                .and(format!(" people were invited ({}).", running(&group.label))),
        ),
        several => {
            let groups = several.iter().map(|(group, count, finding)| {
                Sentence::new(format!("{} (n = ", running(&group.label)))
                    .by(done.style.count(*count), finding)
                    .and(")")
            });
            sentences.push(Sentence::new("The survey was sent to ").list(groups.collect()).and("."));
        }
    }
    let silent: Vec<String> = invited
        .iter()
        .filter(|(group, ..)| done.findings.get(&format!("{}/rr1", group.id)).is_some_and(is_not_collected))
        .map(|(group, ..)| running(&group.label))
        .collect();
    if !silent.is_empty() {
        sentences
            .push(Sentence::new(format!("Answers from {} are not part of this study.", listed(&silent))));
    }
    sentences
}

fn is_not_collected(finding: &Finding) -> bool {
    matches!(finding.value, Value::NotComputed(Reason::NotCollected))
}

/// How many responses of each group were analysed, and by which rules the others were left out.
pub(super) fn exclusions(done: Done<'_>) -> Vec<Sentence> {
    done.outline.groups.iter().filter_map(|group| of_group(done, group)).collect()
}

fn of_group(done: Done<'_>, group: &Named) -> Option<Sentence> {
    let (received, of_received) = done.count(&group.id, "received")?;
    let (included, of_included) = done.count(&group.id, "included")?;
    let from = running(&group.label);
    let responses = if received == 1 { "response" } else { "responses" };
    if received == included {
        let sentence = Sentence::new("All ").by(done.number(received), of_received);
        return Some(sentence.and(format!(" {responses} received from {from} were analysed.")));
    }
    let were = if included == 1 { "was" } else { "were" };
    let sentence = Sentence::new("Of the ")
        .by(done.number(received), of_received)
        .and(format!(" {responses} received from {from}, "))
        .by(done.number(included), of_included)
        .and(format!(" {were} analysed"));
    let rules: Vec<&Finding> = done
        .findings
        .iter()
        .filter(|finding| finding.group == group.id && finding.statistic == Statistic::Excluded)
        .collect();
    // Where one count is withheld, the others would tell it.
    if rules.iter().any(|finding| !matches!(finding.value, Value::Count(_))) {
        return Some(sentence.and("."));
    }
    let reasons = rules.iter().filter_map(|finding| match finding.value {
        Value::Count(count) if count > 0 => Some(
            Sentence::new(format!("{} (n = ", reason(finding))).by(done.style.count(count), finding).and(")"),
        ),
        _ => None,
    });
    Some(
        sentence
            .and("; the others were left out by the first rule that applied: ")
            .list(reasons.collect())
            .and("."),
    )
}

/// What a rule is called: by the study, or usually.
fn reason(finding: &Finding) -> String {
    let rule = finding.level.as_deref().unwrap_or_default();
    let people = finding.base.people.as_ref();
    let named = people.and_then(|people| people.excluded.iter().find(|excluded| excluded.rule == rule));
    running(named.map_or_else(|| usual_words(rule), |excluded| excluded.words()))
}
