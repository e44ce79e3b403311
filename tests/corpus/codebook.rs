//! Published tables whose codebook is declared in a study, against counts that Python's csv module made.

use std::fmt::Write as _;

use canvass::diag::FileId;
use canvass::findings::Value;
use canvass::io::Memory;
use canvass::pipeline::{Outcome, compute};

use super::{file, folder};

fn outcome(folder: &str, name: &str, group: &str, question: &str) -> Outcome {
    let (_, bytes) = file(folder, name);
    let mut memory = Memory::default();
    let study = format!(
        "[study]\ntitle = \"t\"\n[groups.all]\nexport = \"a.csv\"\npartial = {{ answered = 0 }}\ncomplete = {{ answered = 0 }}\n{group}\n\
         [questions.q]\n{question}\n[[ask]]\ninquiry = \"choices\"\n"
    );
    memory.insert(FileId::new("study.toml"), study.into_bytes());
    memory.insert(FileId::new("a.csv"), bytes.clone());
    compute(&memory, &FileId::new("study.toml"), &|_| {})
        .unwrap_or_else(|stopped| panic!("{:#?}", stopped.problems))
}

/// Who ticked a choice, of all who ticked any.
fn share(outcome: &Outcome, level: &str) -> (u64, u64) {
    let id = format!("all/q/{level}");
    let found = outcome.findings.iter().find(|finding| finding.id.as_str() == id);
    let Some(Value::Share { count, of }) = found.map(|finding| &finding.value) else { panic!("{id}") };
    (*count, *of)
}

fn quoted(texts: &[&str]) -> String {
    let mut list = String::new();
    for text in texts {
        let _ = write!(list, "\"{text}\", ");
    }
    list
}

/// A question, its codes, how many ticked each, how many any, and how many chose only the code for "don't know".
type Set = (&'static str, &'static [&'static str], &'static [u64], u64, u64);

#[test]
fn sets_of_codes_in_one_cell_are_counted_as_another_tool_counts_them() {
    let Some(folder) = folder(1) else { return };
    let sets: [Set; 3] = [
        ("q2", &["1", "2", "3", "4", "5", "6", "97"], &[1127, 1366, 1721, 649, 458, 428, 492], 2946, 53),
        (
            "q3",
            &["1", "2", "3", "4", "5", "6", "7", "8", "97"],
            &[5754, 4801, 7214, 576, 190, 159, 1674, 251, 232],
            8255,
            0,
        ),
        ("q8", &["1", "2", "3", "4", "5", "96"], &[949, 216, 595, 970, 1235, 283], 2318, 49),
    ];
    for (name, codes, counts, any, unknown) in sets {
        let question = format!(
            "kind = \"multi\"\nall = \"{name}\"\nseparator = \";\"\nchoices = [{}]\nmissing = {{ \"98\" = \"dont-know\" }}",
            quoted(codes)
        );
        let outcome = outcome(&folder, "quantipy-delimited-sets/Example_Data_A.csv", "", &question);
        let found: Vec<(u64, u64)> = codes.iter().map(|code| share(&outcome, code)).collect();
        let expected: Vec<(u64, u64)> = counts.iter().map(|count| (*count, any)).collect();
        assert_eq!(found, expected, "{name}");
        let finding =
            outcome.findings.iter().find(|finding| finding.id.as_str() == format!("all/q/{}", codes[0]));
        let missing = &finding.unwrap().base.asked.as_ref().unwrap().missing;
        assert_eq!(
            missing.get(&canvass::codebook::Missing::DontKnow).copied().unwrap_or(0),
            unknown,
            "{name}"
        );
    }
}

#[test]
fn columns_of_zeros_and_ones_are_a_multi_select_where_the_study_says_so() {
    let Some(folder) = folder(1) else { return };
    let witnessed: [(&str, u64); 12] = [
        ("NONE_OF_THE_ABOVE", 4084),
        ("RUDENESS", 4115),
        ("NAME_CALLING", 1821),
        ("THREATS", 472),
        ("IMPERSONATION", 568),
        ("SUSTAINED_HARASSMENT", 731),
        ("CROSS_PLATFORM_HARASSMENT", 623),
        ("STALKING", 392),
        ("SEXUAL_ADVANCES", 331),
        ("STEREOTYPING", 1098),
        ("DOXXING", 537),
        ("OTHER", 157),
    ];
    let columns: Vec<String> =
        witnessed.iter().map(|(name, _)| format!("ONEHOT.NEGATIVE_WITNESS.{name}")).collect();
    let columns: Vec<&str> = columns.iter().map(String::as_str).collect();
    let names: Vec<String> = (1..=witnessed.len()).map(|number| format!("c{number}")).collect();
    let labels: Vec<&str> = names.iter().map(String::as_str).collect();
    // To be called names is not to tell one.
    let group = "not-identifying = [\"ONEHOT.NEGATIVE_WITNESS.NAME_CALLING\"]";
    let question = format!("kind = \"multi\"\nall = [{}]\nchoices = [{}]", quoted(&columns), quoted(&labels));
    let outcome = outcome(&folder, "github-oss-survey-2024/raw_negative_incidents.csv", group, &question);
    for (label, (name, count)) in labels.iter().zip(witnessed) {
        assert_eq!(share(&outcome, label), (count, 8761), "{name}");
    }
}
