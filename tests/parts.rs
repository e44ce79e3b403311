//! Parts of groups: who gave certain answers, as a group of their own.

use canvass::io::Source;
use canvass::pipeline::compute;

use crate::studies_in_memory::{load, outcome, study_file};

fn with(text: &str) -> canvass::io::Memory {
    let mut memory = load("anes96");
    let file = study_file("anes96");
    let study = String::from_utf8(memory.read(&file).unwrap()).unwrap();
    let part = text.split(['.', ']']).nth(1).unwrap();
    let asks = [
        ("distribution", "\"vote\", \"leaning\", \"party\", \"education\", \"income\"", ""),
        ("number", "\"tv-news\", \"age\", \"population\"", "distribution = true\n"),
    ]
    .map(|(inquiry, of, told)| {
        format!("[[ask]]\ninquiry = \"{inquiry}\"\nof = [{of}]\nin = \"{part}\"\n{told}")
    });
    memory.insert(file, format!("{study}\n{text}\n{}", asks.concat()).into_bytes());
    memory
}

#[test]
fn a_part_by_an_answer_is_the_group_of_the_rows_that_hold_it() {
    let memory = with("[parts.for-clinton]\nof = \"voters\"\nanswered = { vote = [\"Clinton\"] }\n");
    let outcome = outcome(&memory, "anes96");
    let mut compared = 0;
    for finding in &outcome.findings {
        let Some(tail) = finding.id.as_str().strip_prefix("clinton/") else { continue };
        let part = outcome.findings.get(&format!("for-clinton/{tail}")).unwrap();
        assert_eq!((&part.value, &part.interval), (&finding.value, &finding.interval), "{tail}");
        compared += 1;
    }
    assert!(compared > 80, "{compared}");
}

#[test]
fn several_questions_cross() {
    let crossed = "[parts.graduates-for-dole]\nof = \"voters\"\n\
                   answered = { vote = \"Dole\", education = [\"Master's degree\", \"PhD\"] }\n";
    let outcome = outcome(&with(crossed), "anes96");
    let count = |id: &str| match outcome.findings.get(id).unwrap().value {
        canvass::findings::Value::Share { count, .. } => count,
        ref other => panic!("{id}: {other:?}"),
    };
    // Of a part by two points of a scale everybody is at one of them.
    let points =
        ["masters-degree", "phd"].map(|point| count(&format!("graduates-for-dole/education/{point}")));
    let group = ["masters-degree", "phd"].map(|point| count(&format!("dole/education/{point}")));
    assert_eq!(points, group);
    let part = outcome.cohorts.iter().find(|cohort| cohort.group == "graduates-for-dole").unwrap();
    assert_eq!(part.rows.len() as u64, points.iter().sum::<u64>());
}

#[test]
fn an_answer_that_does_not_exist_is_named_with_the_nearest() {
    let memory = with("[parts.p]\nof = \"voters\"\nanswered = { vote = \"Clinten\" }\n");
    let stopped = compute(&memory, &study_file("anes96"), &|_| {}).unwrap_err();
    let problem = &stopped.problems[0];
    assert_eq!(problem.message, "\"Clinten\" is no answer of vote");
    assert_eq!(problem.help.as_deref(), Some("did you mean \"Clinton\"?"));
}
