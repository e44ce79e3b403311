//! Texts: as Markdown, as Word and as plain text, with their limits, and the Methods written from what was done.

use std::collections::BTreeMap;
use std::io::Read as _;

use canvass::diag::{Diag, FileId};
use canvass::io::Memory;
use canvass::pipeline::{check, compute, publish, render};

use crate::studies_in_memory::{load, study_file};

/// Two groups of whom a label is hostile; three people answered in one and two in the other.
const STUDY: &str = r#"[study]
title = "Hostile <script>alert(1)</script> & co"
style = "apa"
template = "t.md"

[groups.a]
label = "A|b *c* <script>x</script>"
export = "a.csv"
invited = { roster = "r.csv", key = "code", link = "code" }

[questions.q]
label = "Liked it"
kind = "single"
choices = ["Yes", "No"]
a = "q"

[[ask]]
inquiry = "response rate"

[[ask]]
inquiry = "distribution"
of = "q"
"#;

fn study(extra: &str, template: &str) -> Memory {
    let mut memory = Memory::default();
    let mut insert = |file: &str, text: &str| memory.insert(FileId::new(file), text.as_bytes().to_vec());
    insert("s/study.toml", &format!("{STUDY}{extra}"));
    insert("s/t.md", template);
    insert("s/a.csv", "code,q\n1,Yes\n2,Yes\n3,No\n");
    insert("s/r.csv", "code\n1\n2\n3\n4\n");
    memory
}

/// Files of a run by name.
type Files = BTreeMap<String, Vec<u8>>;

fn files(source: &Memory) -> Result<(Files, Vec<String>), Vec<Diag>> {
    let outcome =
        compute(source, &FileId::new("s/study.toml"), &|_| {}).map_err(|stopped| stopped.problems)?;
    let files = render(&outcome, source, &|_| {}).map_err(|stopped| stopped.problems)?;
    Ok((
        files.value,
        files.notes.into_iter().map(|note| format!("{}: {}", note.place, note.message)).collect(),
    ))
}

fn text(files: &BTreeMap<String, Vec<u8>>, name: &str) -> String {
    String::from_utf8(files[name].clone()).unwrap()
}

fn document(files: &BTreeMap<String, Vec<u8>>, name: &str) -> String {
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(files[name].clone())).unwrap();
    let mut words = String::new();
    archive.by_name("word/document.xml").unwrap().read_to_string(&mut words).unwrap();
    words
}

#[test]
fn a_text_is_written_in_three_forms_with_one_string_for_each_number() {
    let template = "# Results\n\n{{ a/rr2 | of }} people responded, {{ a/q/yes | words }} {{ a/q/yes | plural \"was\" \"were\" }} \
                    pleased and {{ a/q/no | words }} {{ a/q/no | plural \"was\" \"were\" }} not.\n";
    let (files, notes) = files(&study("", template)).unwrap();
    assert!(notes.is_empty(), "{notes:?}");
    let said = "Three of 4 people responded, two were pleased and one was not.";
    assert!(text(&files, "results.txt").starts_with(&format!("Results\n\n{said}\n")));
    assert!(text(&files, "results.md").starts_with(
        "# Results\n\nThree of 4<!-- a/rr2 --> people responded, two<!-- a/q/yes --> were<!-- a/q/yes --> pleased"
    ));
    let document = document(&files, "results.docx");
    assert!(document.contains("<w:pStyle w:val=\"Heading1\"/>") && document.contains(said), "{document}");
    // The ids are for whoever checks the text, not for who reads it.
    assert!(!document.contains("a/rr2") && !text(&files, "results.txt").contains("a/rr2"));
}

#[test]
fn hostile_labels_stay_letters_in_every_form() {
    let (files, _) = files(&study("", "People: {{ methods.exclusions }} {{ methods.who }}\n")).unwrap();
    let label = "a|b *c* <script>x</script>";
    let written = text(&files, "results.md");
    assert!(
        written.contains("a\\|b \\*c\\* &lt;script&gt;x&lt;/script&gt;")
            || written.contains("A\\|b \\*c\\* &lt;script&gt;"),
        "{written}"
    );
    assert!(!written.contains("<script>"));
    let plain = text(&files, "results.txt");
    assert!(plain.to_lowercase().contains(label), "{plain}");
    assert!(!plain.contains("<!--") && !plain.contains('\\'));
    let document = document(&files, "results.docx");
    assert!(document.to_lowercase().contains("a|b *c* &lt;script&gt;x&lt;/script&gt;"), "{document}");
}

#[test]
fn limits_of_words_and_of_characters_fail_with_the_count_and_what_is_too_much() {
    let extra = "[[text]]\nid = \"short\"\ntemplate = \"t.md\"\nwords = 3\n\n[[text]]\nid = \"brief\"\ntemplate = \"t.md\"\ncharacters = 24\n";
    // "Of 4 invited, 3 came": five words, 20 characters; the heading does not count.
    let problems =
        files(&study(extra, "# One two three\n\nOf {{ a/invited }} invited, {{ a/received }} came\n"))
            .unwrap_err();
    let messages: Vec<&str> = problems.iter().map(|problem| problem.message.as_str()).collect();
    assert_eq!(messages, ["the text has 5 words; its limit is 3, so that 2 are too many"]);
    let enough = extra.replace("words = 3", "words = 5").replace("characters = 24", "characters = 20");
    let (files, _) =
        files(&study(&enough, "# One two three\n\nOf {{ a/invited }} invited, {{ a/received }} came\n"))
            .unwrap();
    assert!(files.contains_key("short.docx") && files.contains_key("brief.txt"));
    let tight = extra.replace("words = 3", "words = 5").replace("characters = 24", "characters = 19");
    let problems =
        self::files(&study(&tight, "Of {{ a/invited }} invited, {{ a/received }} came")).unwrap_err();
    assert_eq!(problems[0].message, "the text has 20 characters; its limit is 19, so that 1 are too many");
}

#[test]
fn two_texts_of_one_name_or_of_the_name_of_a_file_are_mistakes() {
    for (id, expected) in [
        ("results", "a text cannot be named \"results\""),
        ("tables", "a text cannot be named \"tables\""),
        ("../x", "../x"),
    ] {
        let extra = format!("[[text]]\nid = \"{id}\"\ntemplate = \"t.md\"\n");
        let problems = files(&study(&extra, "Text.\n")).unwrap_err();
        assert!(problems.iter().any(|problem| problem.message.contains(expected)), "{problems:?}");
    }
    let extra = "[[text]]\nid = \"x\"\ntemplate = \"t.md\"\n[[text]]\nid = \"x\"\ntemplate = \"t.md\"\n[[text]]\nid = \"y\"\n";
    let problems = files(&study(extra, "Text.\n")).unwrap_err();
    assert_eq!(problems.len(), 2, "{problems:?}");
}

#[test]
fn numbers_in_words_and_what_is_left_to_write_are_warned_of_with_their_line() {
    let template = "Text.\n\nHalf of them. {{ todo \"why this was asked\" }}\n";
    let (files, notes) = files(&study("", template)).unwrap();
    assert_eq!(
        notes,
        [
            "s/t.md:3: \"Half\" is a number that no finding vouches for",
            "s/t.md:3: still to be written: why this was asked"
        ]
    );
    assert!(text(&files, "results.txt").contains("[To do: why this was asked]"));
    let checked = check(&study("", template), &FileId::new("s/study.toml"), &|_| {}).unwrap();
    let of_the_template = |note: &&Diag| note.place.file_id().is_some_and(|file| file.short() == "t.md");
    assert_eq!(checked.prepared.notes.iter().filter(of_the_template).count(), 2);
}

#[test]
fn a_number_that_cannot_start_a_sentence_must_be_rephrased() {
    let problems = files(&study("", "So it was. {{ a/q/yes | percent }} said yes.\n")).unwrap_err();
    assert_eq!(problems.len(), 1);
    assert!(problems[0].message.contains("no sentence can start with 66.7%"), "{}", problems[0].message);
    let (files, _) = files(&study("", "So it was: {{ a/q/yes | percent }} said yes.\n")).unwrap();
    assert!(text(&files, "results.txt").starts_with("So it was: 66.7% said yes."));
}

#[test]
fn methods_say_what_was_done_and_nothing_else() {
    let (files, _) = files(&study("", "# Methods\n\n{{ methods }}\n")).unwrap();
    let plain = text(&files, "results.txt");
    for said in [
        "A total of 4 people were invited (",
        "All three responses received from ",
        "Outcome rates (RR1 and RR2) follow the definitions of the American Association for Public Opinion Research (AAPOR).",
        "A response was complete if at least 80% of the items asked were answered, and partial if at least 50% were.",
        "Confidence intervals at the level of 95% were computed for shares (Wilson score interval).",
        "Because everybody was invited, they describe a hypothetical larger population",
        &format!("The analysis was done with Canvass, version {}.", env!("CARGO_PKG_VERSION")),
    ] {
        assert!(plain.contains(said), "{said:?} is not in\n{plain}");
    }
    for not_done in ["compared", "tests", "adjusted", "Rankings", "median", "ticked", "seed", "reliability"] {
        assert!(!plain.contains(not_done), "{not_done:?} is in\n{plain}");
    }
    // Every number of it names its finding.
    assert!(text(&files, "results.md").contains("A total of 4<!-- a/invited --> people"));
    let problems = self::files(&study("", "{{ methods.tests }}\n")).unwrap_err();
    assert_eq!(
        problems[0].message,
        "nothing that was found says how groups or pairs compare: there is no test"
    );
}

#[test]
fn methods_of_the_public_are_those_of_what_is_told() {
    let mut source = load("near-peer");
    let template = b"# Methods\n\n{{ methods }}\n".to_vec();
    source.insert(FileId::new("analyses/near-peer/public.template.md"), template.clone());
    source.insert(FileId::new("analyses/near-peer/results.template.md"), template);
    let outcome = compute(&source, &study_file("near-peer"), &|_| {}).unwrap();
    let all = text(&render_without_limit(&outcome, &source), "results.txt");
    let told = publish(&outcome).unwrap().outcome;
    let told = text(&render_without_limit(&told, &source), "results.txt");
    // Tests and rankings are withheld, so that nothing says by which methods they were made.
    for withheld in ["Mann-Whitney", "Plackett-Luce", "Fisher", "Cronbach"] {
        assert!(all.contains(withheld) && !told.contains(withheld), "{withheld}:\n{told}");
    }
    assert!(
        all.contains("P-values were adjusted within families of 3 and 6 tests (Holm adjustment)."),
        "{all}"
    );
}

fn render_without_limit(outcome: &canvass::pipeline::Outcome, source: &Memory) -> BTreeMap<String, Vec<u8>> {
    let mut outcome = outcome.clone();
    for text in &mut outcome.study.texts {
        text.words = None;
    }
    render(&outcome, source, &|_| {}).unwrap_or_else(|stopped| panic!("{:#?}", stopped.problems)).value
}

#[test]
fn a_template_written_from_a_study_can_be_filled_as_it_is() {
    for name in ["near-peer", "anes96", "waves"] {
        let mut source = load(name);
        let outcome = compute(&source, &study_file(name), &|_| {}).unwrap();
        let skeleton = canvass::text::skeleton(&outcome.outline, &outcome.findings);
        source.insert(FileId::new(&format!("analyses/{name}/results.template.md")), skeleton.into_bytes());
        let files = render_without_limit(&outcome, &source);
        let plain = text(&files, "results.txt");
        for heading in ["Introduction", "Methods", "Results", "Discussion"] {
            assert!(plain.lines().any(|line| line == heading), "{name}: {heading}");
        }
    }
}

#[test]
fn a_text_says_the_cautions_of_links_and_of_intervals_that_it_prints() {
    let mut source = load("waves");
    let mut notes = |template: &str| {
        source.insert(FileId::new("analyses/waves/results.template.md"), template.as_bytes().to_vec());
        let outcome = compute(&source, &study_file("waves"), &|_| {}).unwrap();
        let files = render_without_limit(&outcome, &source);
        // A submission form gets the text alone.
        assert!(!text(&files, "results.txt").contains("Made-up answers"));
        text(&files, "results.md")
            .lines()
            .filter(|line| line.starts_with("> "))
            .collect::<Vec<_>>()
            .join("\n")
    };
    // Counted by hand: 34 people have a key, of whom 24 answered in both waves.
    let tested = notes("It rose ({{ course/confidence/history/test | p }}).\n");
    assert!(tested.contains("10 of 34 people known by a key cannot be found in both waves"), "{tested}");
    let about = "as a simple random sample";
    let share = notes("They rose: {{ course/confidence/history/higher | of }}.\n");
    assert!(!share.contains(about), "{share}");
    let interval = notes("They rose: {{ course/confidence/history/higher | interval }}.\n");
    assert!(interval.contains(about), "{interval}");
}

#[test]
fn the_abstract_of_the_founding_study_keeps_its_limit_and_its_numbers() {
    let source = load("near-peer");
    let outcome = compute(&source, &study_file("near-peer"), &|_| {}).unwrap();
    let files = render(&outcome, &source, &|_| {}).unwrap().value;
    let plain = text(&files, "abstract.txt");
    // 14 of 22 and 4 of 20, as the published abstract has them.
    assert!(
        plain.contains("Fourteen of 22 (64%) students and 4 of 20 (20%) residents responded."),
        "{plain}"
    );
    let words = plain
        .lines()
        .filter(|line| !["Introduction", "Methods", "Results", "Discussion"].contains(line))
        .flat_map(str::split_whitespace)
        .filter(|word| word.chars().any(char::is_alphanumeric))
        .count();
    assert!((150..=250).contains(&words), "{words}");
}
