//! Multi-selects as one question and rankings by several methods, over small studies in memory, counted by hand.

use canvass::diag::FileId;
use canvass::findings::{Caution, Findings, Value};
use canvass::io::Memory;
use canvass::pipeline::{Outcome, Stopped, compute};

const HEAD: &str = "[study]\ntitle = \"t\"\n[groups.all]\nexport = \"a.csv\"\npartial = { answered = 0 }\ncomplete = { answered = 0 }\n";

fn outcome(study: &str, export: &str) -> Result<Outcome, Stopped> {
    let mut memory = Memory::default();
    memory.insert(FileId::new("study.toml"), format!("{HEAD}{study}").into_bytes());
    memory.insert(FileId::new("a.csv"), export.as_bytes().to_vec());
    compute(&memory, &FileId::new("study.toml"), &|_| {})
}

fn found(study: &str, export: &str) -> Findings {
    let outcome = outcome(study, export).unwrap_or_else(|stopped| {
        let messages: Vec<&str> = stopped.problems.iter().map(|problem| problem.message.as_str()).collect();
        panic!("{}", messages.join("; "))
    });
    outcome.findings
}

fn share(findings: &Findings, id: &str) -> (u64, u64) {
    match findings.get(id).map(|finding| &finding.value) {
        Some(Value::Share { count, of }) => (*count, *of),
        other => panic!("{id}: {other:?}"),
    }
}

fn number(findings: &Findings, id: &str) -> f64 {
    match findings.get(id).map(|finding| &finding.value) {
        Some(Value::Number(number)) => *number,
        other => panic!("{id}: {other:?}"),
    }
}

const TICKS: &str = "a,b,c\n1,1,0\n1,1,0\n1,0,1\n0,0,1\n0,0,0\n";
const MULTI: &str =
    "[questions.m]\nkind = \"multi\"\nall = [\"a\", \"b\", \"c\"]\nchoices = [\"A\", \"B\", \"C\"]\n";

#[test]
fn nets_pairs_and_combinations_are_counted_over_those_who_answered() {
    let study = format!(
        "{MULTI}[questions.m.nets]\nab = [\"A\", \"B\"]\n[[ask]]\ninquiry = \"choices\"\n\
         [[ask]]\ninquiry = \"co-selection\"\nphi = true\n[[ask]]\ninquiry = \"combinations\"\nmost = 2\n"
    );
    let findings = found(&study, TICKS);
    // Four ticked anything; three of them A or B.
    assert_eq!(share(&findings, "all/m/net-ab"), (3, 4));
    assert!(findings.get("all/m/net-ab").unwrap().cautions.contains(&Caution::NotAdditive));
    assert_eq!(share(&findings, "all/m/a/with/b"), (2, 4));
    assert_eq!(share(&findings, "all/m/b/with/c"), (0, 4));
    // A and C: 1 both, 2 A alone, 1 C alone, nobody neither: (1 * 0 - 2 * 1) / sqrt(3 * 1 * 2 * 2).
    assert!((number(&findings, "all/m/a/with/c/phi") + 2.0 / 12_f64.sqrt()).abs() < 1e-12);
    assert_eq!(share(&findings, "all/m/number-ticked/2"), (3, 4));
    assert!((number(&findings, "all/m/number-ticked/mean") - 7.0 / 4.0).abs() < 1e-12);
    // The two sets of one person each do not both fit beside the first, so neither is written.
    assert_eq!(findings.get("all/m/distinct-combinations").unwrap().value, Value::Count(3));
    assert_eq!(share(&findings, "all/m/combination/a+b"), (2, 4));
    assert!(findings.get("all/m/combination/c").is_none());
}

#[test]
fn a_net_of_choices_that_nobody_was_offered_is_a_mistake() {
    let study = format!("{MULTI}[questions.m.nets]\nx = [\"A\", \"Bee\"]\n[[ask]]\ninquiry = \"choices\"\n");
    let stopped = outcome(&study, TICKS).unwrap_err();
    assert_eq!(stopped.problems.len(), 1);
    assert!(stopped.problems[0].message.contains("\"Bee\" is no choice of m"));
    let empty = format!("{MULTI}[questions.m.nets]\nx = []\n[[ask]]\ninquiry = \"choices\"\n");
    assert!(outcome(&empty, TICKS).unwrap_err().problems[0].message.contains("holds no choices"));
}

const RANKS: &str = "X,Y,Z\n1,2,3\n1,3,2\n2,1,3\n1,,\n";

fn ranking(terms: &str) -> String {
    format!(
        "[questions.r]\nkind = \"ranking\"\nall = [\"X\", \"Y\", \"Z\"]\n[[ask]]\ninquiry = \"order of preference\"\n{terms}"
    )
}

#[test]
fn a_partial_ranking_counts_by_the_rule_that_is_named() {
    let methods = "methods = [\"mean-rank\", \"condorcet\"]\n";
    let of = |partial: &str| found(&ranking(&format!("{methods}{partial}")), RANKS);
    // The fourth ranks X alone: Y and Z share rank 2.5.
    let last = of("");
    assert!((number(&last, "all/r/y/mean-rank") - 8.5 / 4.0).abs() < 1e-12);
    assert_eq!(share(&last, "all/r/x/over/y"), (3, 4));
    assert_eq!(share(&last, "all/r/y/level-with/z"), (1, 4));
    let only = of("partial = \"only-ranked\"\n");
    assert!((number(&only, "all/r/y/mean-rank") - 2.0).abs() < 1e-12);
    // The fourth ranking says nothing of a pair.
    assert_eq!(share(&only, "all/r/x/over/y"), (2, 3));
    let complete = of("partial = \"complete-only\"\n");
    assert_eq!(share(&complete, "all/r/x/over/y"), (2, 3));
    let cautions = &complete.get("all/r/x/over/y").unwrap().cautions;
    assert!(cautions.contains(&Caution::IncompleteLeftOut { count: 1 }));
}

#[test]
fn a_model_without_a_maximum_says_why_and_a_tie_needs_to_be_declared() {
    // X is first for everybody, so its worth grows without end.
    let findings = found(&ranking("methods = [\"plackett-luce\"]\n"), "X,Y,Z\n1,2,3\n1,3,2\n");
    let Value::NotComputed(reason) = &findings.get("all/r/x/worth").unwrap().value else { panic!() };
    assert!(reason.to_string().contains("no finite maximum exists"));
    let tied = "X,Y,Z\n1,1,2\n2,1,3\n3,1,2\n";
    let answered = |findings: &Findings| findings.get("all/r/answered").unwrap().value.clone();
    assert_eq!(answered(&found(&ranking(""), tied)), Value::Count(2));
    let declared = ranking("").replace("kind = \"ranking\"\n", "kind = \"ranking\"\nties = true\n");
    assert_eq!(answered(&found(&declared, tied)), Value::Count(3));
}

#[test]
fn terms_that_mean_nothing_are_refused_all_at_once() {
    let terms = "methods = [\"bordo\"]\ntop = 0\npartial = \"last\"\npseudo = 11\n";
    let stopped = outcome(&ranking(terms), RANKS).unwrap_err();
    assert_eq!(stopped.problems.len(), 4);
    assert!(stopped.problems[0].help.as_deref().unwrap().contains("did you mean \"borda\"?"));
}

#[test]
fn whole_answers_of_two_groups_are_dealt_anew() {
    let study = "[groups.two]\nexport = \"a.csv\"\npartial = { answered = 0 }\ncomplete = { answered = 0 }\nwhere = { g = \"2\" }\n"
        .to_owned()
        + &MULTI.replace("all = [\"a\", \"b\", \"c\"]\n", "all = [\"a\", \"b\"]\ntwo = [\"a\", \"b\"]\n").replace(", \"C\"", "")
        + "[[ask]]\ninquiry = \"compare\"\nof = \"m\"\nin = [\"all\", \"two\"]\nleast = 2\n";
    let export = "g,a,b\n1,1,1\n1,1,1\n2,1,0\n2,1,0\n";
    let mut memory = Memory::default();
    let study = format!("{}{study}", HEAD.replace("[groups.all]\n", "[groups.all]\nwhere = { g = \"1\" }\n"));
    memory.insert(FileId::new("study.toml"), study.into_bytes());
    memory.insert(FileId::new("a.csv"), export.as_bytes().to_vec());
    let outcome = compute(&memory, &FileId::new("study.toml"), &|_| {}).unwrap_or_else(|stopped| {
        let messages: Vec<&str> = stopped.problems.iter().map(|problem| problem.message.as_str()).collect();
        panic!("{}", messages.join("; "))
    });
    // Everybody ticked A; B separates the groups, as in two of the six ways to deal two and two.
    let whole = outcome.findings.get("all~two/m/test").unwrap();
    let Value::Test(test) = &whole.value else { panic!("{:?}", whole.value) };
    assert!((test.p - 1.0 / 3.0).abs() < 1e-12);
    assert_eq!(test.smallest.map(|p| (p * 3.0).round()), Some(1.0));
    assert!(whole.cautions.contains(&Caution::CannotReach));
}

#[test]
fn the_base_of_a_mean_rank_is_who_ranked_the_item() {
    let asked = |findings: &Findings, id: &str| {
        let finding = findings.get(id).unwrap();
        let asked = finding.base.asked.clone().unwrap();
        assert!(finding.cautions.contains(&Caution::SmallBase { base: asked.answered }), "{id}");
        (asked.included, asked.answered)
    };
    let of = |partial: &str| {
        let terms = format!("methods = [\"ranks\", \"mean-rank\", \"condorcet\"]\npartial = \"{partial}\"\n");
        found(&ranking(&terms), RANKS)
    };
    // Four rankings, of which the fourth says nothing of Y and Z.
    let only = of("only-ranked");
    assert_eq!(asked(&only, "all/r/x/mean-rank"), (4, 4));
    assert_eq!(asked(&only, "all/r/y/mean-rank"), (4, 3));
    assert_eq!(asked(&only, "all/r/x/over/y"), (4, 3));
    assert_eq!(asked(&only, "all/r/y/rank-1"), (4, 4));
    let last = of("tied-last");
    assert_eq!(asked(&last, "all/r/y/mean-rank"), (4, 4));
    let complete = of("complete-only");
    assert_eq!(asked(&complete, "all/r/x/mean-rank"), (4, 3));
    assert_eq!(asked(&complete, "all/r/y/rank-1"), (4, 3));
}

#[test]
fn one_ranking_agrees_with_nobody() {
    let of = |export: &str| found(&ranking("methods = [\"kendall-w\"]\n"), export);
    let one = of("X,Y,Z\n1,2,3\n");
    for id in ["all/r/kendall-w", "all/r/friedman"] {
        let Value::NotComputed(reason) = &one.get(id).unwrap().value else { panic!("{id}") };
        assert_eq!(reason.to_string(), "needs 2 observations, has 1", "{id}");
    }
    // Two that agree in all agree completely.
    assert!((number(&of("X,Y,Z\n1,2,3\n1,2,3\n"), "all/r/kendall-w") - 1.0).abs() < 1e-12);
}
