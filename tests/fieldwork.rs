//! How people were drawn and how far they came: people behind CHERRIES rates, intervals of a random sample of a frame,
//! groups whose shares of eligible cases do not mix, and tests of nonresponse that cannot find anything.

use canvass::diag::FileId;
use canvass::findings::{Caution, Finding, Value};
use canvass::io::Memory;
use canvass::pipeline::{Outcome, compute};

/// Computes a study of these files.
fn computed(study: &str, files: &[(&str, &str)]) -> Outcome {
    let mut memory = Memory::default();
    let file = FileId::new("s/study.toml");
    memory.insert(file.clone(), format!("[study]\ntitle = \"t\"\n{study}").into_bytes());
    for (name, text) in files {
        memory.insert(FileId::new(&format!("s/{name}")), text.as_bytes().to_vec());
    }
    compute(&memory, &file, &|_| {}).unwrap_or_else(|stopped| panic!("{:#?}", stopped.problems))
}

fn found<'a>(outcome: &'a Outcome, id: &str) -> &'a Finding {
    outcome.findings.get(id).unwrap_or_else(|| panic!("no {id}"))
}

fn share(outcome: &Outcome, id: &str) -> (u64, u64) {
    match found(outcome, id).value {
        Value::Share { count, of } => (count, of),
        ref other => panic!("{id}: {other:?}"),
    }
}

/// Whether a finding says something, in so many words.
fn says(outcome: &Outcome, id: &str, words: &str) -> bool {
    found(outcome, id).cautions.iter().any(|caution| caution.to_string().contains(words))
}

const RATES: &str = "[[ask]]\ninquiry = \"outcome rates\"\n";

#[test]
fn a_person_counts_once_in_the_rates_of_how_far_they_came() {
    let questions: String = ["q1", "q2", "q3", "q4", "q5"]
        .map(|q| format!("[questions.{q}]\nkind = \"single\"\nchoices = [\"A\", \"B\"]\nx = \"{q}\"\n"))
        .concat();
    let study = format!(
        "[groups.x]\nexport = \"x.csv\"\ninvited = {{ roster = \"r.csv\", key = \"k\", link = \"k\" }}\n\
         visits = {{ site = 100, survey = 20 }}\n{questions}\
         [[exclude]]\nrule = \"consent\"\ncolumn = \"c\"\ngiven = \"yes\"\n\
         [[exclude]]\nrule = \"attention\"\nquestion = \"q4\"\nright = \"A\"\n\
         [[exclude]]\nrule = \"break-off\"\n[[exclude]]\nrule = \"not-on-roster\"\n{RATES}"
    );
    // Person 1 came three times, once inattentive and once breaking off; 77 is nobody on the roster; 2 refused; 3 opened
    // the survey; 5 was inattentive alone. Those who started are 1 and 4.
    let export = "k,c,q1,q2,q3,q4,q5\n1,yes,A,A,A,B,A\n77,yes,A,A,A,A,A\n1,yes,A,A,A,A,A\n1,yes,A,,,,\n2,no,A,,,,\n3,,,,,,\n\
                  4,yes,A,A,A,A,A\n5,yes,A,A,A,B,A\n";
    let roster = "k\n1\n2\n3\n4\n5\n6\n";
    let outcome = computed(&study, &[("x.csv", export), ("r.csv", roster)]);
    assert_eq!(share(&outcome, "x/recruitment-rate"), (2, 20));
}

#[test]
fn without_a_roster_the_key_of_the_rule_for_duplicates_tells_people_apart() {
    let study = format!(
        "[groups.x]\nexport = \"x.csv\"\nvisits = {{ survey = 10 }}\npartial = {{ answered = 0.5 }}\n\
         [questions.q]\nkind = \"likert\"\nscale = \"s\"\nx = [\"a\", \"b\", \"c\"]\n[scales.s]\npoints = [\"1\", \"2\"]\n\
         [[exclude]]\nrule = \"break-off\"\n[[exclude]]\nrule = \"duplicate\"\nby = \"id\"\nkeep = \"most-complete\"\n{RATES}"
    );
    // P broke off and came back, R broke off twice, and who came without a key may be anybody.
    let named = ["finished", "QID1_TEXT", "QID2_1", "QID2_2", "QID2_3"];
    let named = named.map(|id| format!("\"{{\"\"ImportId\"\":\"\"{id}\"\"}}\"")).join(",");
    let rows = "False,P,1,,\nTrue,P,1,1,1\nFalse,R,2,,\nFalse,R,1,,\nTrue,,1,2,1\nTrue,,1,2,2\n";
    let export = format!("Finished,id,a,b,c\nFinished,id,a,b,c\n{named}\n{rows}");
    let outcome = computed(&study, &[("x.csv", &export)]);
    assert_eq!(share(&outcome, "x/recruitment-rate"), (4, 10));
    // Of the two rows of P that count the finished one says how far P came.
    assert_eq!(share(&outcome, "x/completion-rate"), (3, 4));
}

const RATED: &str = "[questions.n]\nkind = \"number\"\ng = \"n\"\n[questions.s]\nkind = \"single\"\n\
                     choices = [\"A\", \"B\"]\ng = \"s\"\n[[ask]]\ninquiry = \"number\"\nof = \"n\"\n[[ask]]\n\
                     inquiry = \"net promoter\"\nof = \"n\"\n[[ask]]\ninquiry = \"distribution\"\nof = \"s\"\n";

#[test]
fn the_mean_of_a_whole_random_sample_is_about_its_frame() {
    let group = "[groups.g]\nexport = \"g.csv\"\nsample = \"random\"\nframe = 8\ncounts = { complete = 2, silent = 1 }\n";
    let outcome = computed(&format!("{group}{RATED}{RATES}"), &[("g.csv", "n,s\n5,A\n4,B\n")]);
    let mean = found(&outcome, "g/n/mean");
    let interval = mean.interval.as_ref().unwrap();
    // Variance 1/2 over 2, times 1 - 2/8; t on 1 df is tan(0.475 pi).
    let half = (0.5_f64 / 2.0 * 0.75).sqrt() * (0.475 * std::f64::consts::PI).tan();
    assert_eq!(interval.method.id, "mean_ci.t_fpc");
    assert!((interval.high - (4.5 + half)).abs() < 1e-9 && (interval.low - (4.5 - half)).abs() < 1e-9);
    assert!(mean.cautions.contains(&Caution::RandomSample { frame: 8 }));
    for id in ["g/n/mean", "g/n/net-promoter", "g/n/promoters", "g/s/a"] {
        assert!(found(&outcome, id).interval.is_some(), "{id}");
        assert!(!says(&outcome, id, "is not known"), "{id}");
        assert!(says(&outcome, id, "takes those who did not answer as like those who did"), "{id}");
    }
    // The score's own method has no correction, and says so instead of naming the frame as what it is about.
    assert!(says(&outcome, "g/n/net-promoter", "no correction for a finite frame"));
    assert!(!says(&outcome, "g/n/promoters", "no correction for a finite frame"));
    // The base of a response rate are all who were drawn, answers or not.
    for id in ["g/rr1", "g/rr2"] {
        assert!(found(&outcome, id).cautions.contains(&Caution::RandomSample { frame: 8 }), "{id}");
        assert!(!says(&outcome, id, "did not answer"), "{id}");
    }
}

#[test]
fn a_mean_over_an_unknown_part_of_a_frame_has_no_correction() {
    for group in ["sample = \"random\"", "sample = \"random\"\nframe = 8"] {
        let part = "[parts.p]\nof = \"g\"\nanswered = { s = \"A\" }\n";
        let study = format!("[groups.g]\nexport = \"g.csv\"\n{group}\n{part}{RATED}in = [\"p\"]\n");
        let study = study.replace("of = \"n\"\n", "of = \"n\"\nin = [\"p\"]\n");
        let outcome = computed(&study, &[("g.csv", "n,s\n5,A\n4,A\n1,B\n")]);
        assert_eq!(found(&outcome, "p/n/mean").interval.as_ref().unwrap().method.id, "mean_ci.t");
        assert!(says(&outcome, "p/n/mean", "how many of its frame belong here is not known"));
    }
}

#[test]
fn only_groups_that_estimate_it_make_the_share_of_eligible_cases() {
    let group =
        "[groups.g]\ncounts = { complete = 30, silent = 60, not-eligible = 30 }\neligible = \"estimated\"\n";
    let counts = "counts = { complete = 90, silent = 5, not-eligible = 10 }";
    // Of 60 cases known in g alone half are eligible: 30 of 30 + 60 / 2. With the others it would be 120 of 160.
    for other in
        ["sample = \"opt-in\"", "eligible = \"roster\"", "sample = \"opt-in\"\neligible = \"roster\""]
    {
        let outcome = computed(&format!("{group}[groups.o]\n{counts}\n{other}\n{RATES}"), &[]);
        assert_eq!(share(&outcome, "g/e"), (30, 60), "{other}");
        assert_eq!(share(&outcome, "g/rr3"), (30, 60), "{other}");
    }
}

#[test]
fn a_test_of_nonresponse_that_cannot_find_anything_says_so() {
    let study = "[groups.g]\nexport = \"g.csv\"\ninvited = { roster = \"r.csv\", key = \"k\", link = \"k\", attributes = \"level\" }\n\
                 [questions.q]\nkind = \"single\"\nchoices = [\"A\", \"B\"]\ng = \"q\"\n[[ask]]\ninquiry = \"nonresponse\"\n";
    let people = |count: usize| {
        (0..count).map(|at| format!("k{at},{}", ["low", "high"][at % 2])).collect::<Vec<_>>().join("\n")
    };
    let answers = |count: usize| (0..count).map(|at| format!("k{},A", 2 * at)).collect::<Vec<_>>().join("\n");
    let of = |invited: usize, responded: usize| {
        let (roster, export) =
            (format!("k,level\n{}", people(invited)), format!("k,q\n{}", answers(responded)));
        computed(study, &[("r.csv", &roster), ("g.csv", &export)])
    };
    // Two of three against none of three: (3 + 3) of the 15 ways to choose two of six, which is the least there is.
    let six = of(6, 2);
    let test = found(&six, "g/nonresponse/level/test");
    let Value::Test(result) = &test.value else { panic!("{:?}", test.value) };
    assert!((result.smallest.unwrap() - 0.4).abs() < 1e-12, "{result:?}");
    assert!(test.cautions.contains(&Caution::CannotReach));
    // Five of five against none of five: 2 of 252.
    let ten = of(10, 5);
    assert!(!found(&ten, "g/nonresponse/level/test").cautions.contains(&Caution::CannotReach));
}
