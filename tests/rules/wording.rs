//! What is wrong with a rule is said where it stands.

use canvass::diag::{Code, Place, codes};
use canvass::io::Source;

use super::{refused, source};

/// A rule, the code of its mistake and what is said.
const CASES: [(&str, Code, &str); 18] = [
    (
        "rule = \"speeder\"",
        codes::STUDY_MISSING_KEY,
        "the rule \"speeder\" needs \"faster-than\", a time such as \"2 min\", or median-share, such as 0.3",
    ),
    ("rule = \"speeder\"\nfaster-than = \"2 weeks\"", codes::STUDY_BAD_VALUE, "\"2 weeks\" is no time"),
    (
        "rule = \"speeder\"\nfaster-than = 5\nmedian-share = 0.3",
        codes::STUDY_BAD_VALUE,
        "too fast is said by faster-than or by median-share, not by both",
    ),
    (
        "rule = \"speeder\"\nmedian-share = 1.5",
        codes::STUDY_BAD_VALUE,
        "median-share lies above 0 and is at most 1",
    ),
    (
        "rule = \"longstring\"\nof = \"a\"\nat-least = 1",
        codes::STUDY_BAD_VALUE,
        "every answer is a string of 1: at-least is 2 or more",
    ),
    (
        "rule = \"longstring\"\nof = \"consent\"\nat-least = 3",
        codes::STUDY_WRONG_KIND,
        "consent is on no scale",
    ),
    ("rule = \"irv\"\nof = \"a\"", codes::STUDY_MISSING_KEY, "the rule \"irv\" needs \"below\", a number"),
    (
        "rule = \"even-odd\"\nof = [\"a\", \"b\"]\nbelow = 0",
        codes::STUDY_BAD_VALUE,
        "even-odd needs at least three batteries: over two, a correlation is always 1 or -1",
    ),
    (
        "rule = \"consent\"\nquestion = \"consent\"",
        codes::STUDY_MISSING_KEY,
        "the rule \"consent\" needs answers under \"given\" or under \"refused\"",
    ),
    (
        "rule = \"consent\"\ngiven = \"Yes\"",
        codes::STUDY_MISSING_KEY,
        "the rule \"consent\" needs \"question\", one of the study's, or \"column\", one of the export's",
    ),
    (
        "rule = \"eligibility\"\nquestion = \"ag\"\neligible = \"x\"",
        codes::STUDY_UNKNOWN_NAME,
        "no question is named \"ag\"",
    ),
    (
        "rule = \"attention\"\nquestion = \"check1\"\nright = \"Agree\"\nallow = 1",
        codes::STUDY_BAD_VALUE,
        "1 wrong of 1 checks is everybody",
    ),
    ("rule = \"progress\"\nbelow = 500", codes::STUDY_BAD_VALUE, "below lies above 0 and is at most 100"),
    (
        "rule = \"duplicate\"",
        codes::STUDY_MISSING_KEY,
        "the rule \"duplicate\" needs \"by\", the column by which people are known, or several",
    ),
    ("rule = \"preview\"\nby = \"x\"", codes::STUDY_UNKNOWN_KEY, "[exclude] has no key \"by\""),
    ("rule = \"spedeer\"", codes::STUDY_UNKNOWN_NAME, "no exclusion rule is named \"spedeer\""),
    (
        "rule = \"speeder\"\nfaster-than = 5\nid = \"preview\"",
        codes::STUDY_BAD_VALUE,
        "a rule \"speeder\" cannot be named \"preview\"",
    ),
    (
        "rule = \"speeder\"\nfaster-than = 5\n[[exclude]]\nrule = \"speeder\"\nfaster-than = 9",
        codes::STUDY_DUPLICATE,
        "two rules of one group are named \"speeder\"",
    ),
];

#[test]
fn mistakes_are_said_with_their_place_and_remedy() {
    for (rule, code, message) in CASES {
        let rules = format!("[[exclude]]\n{rule}\n");
        let problem = refused(&rules, &[&[]]);
        assert_eq!((problem.code, problem.message.as_str()), (code, message), "{rule}");
        let Place::Span { range, file } = &problem.place else { panic!("{problem:?}") };
        let text = String::from_utf8(source(&rules, &[]).read(file).unwrap()).unwrap();
        assert!(range.start >= text.len() - rules.len(), "{rule}: {range:?}");
    }
}
