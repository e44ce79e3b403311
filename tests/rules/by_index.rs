//! Rules by indices of careless answers, whose values are tested against R elsewhere.

use canvass::findings::Value;
use canvass::stats::NotComputed;

use super::{Response, left_out, refused, run, unjudged};

fn items(values: [&'static str; 9]) -> Vec<(&'static str, &'static str)> {
    ["a1", "a2", "a3", "a4", "b1", "b2", "b3", "c1", "c2"].into_iter().zip(values).collect()
}

fn responses<'a>(all: &'a [Vec<(&'static str, &'static str)>]) -> Vec<Response<'a>> {
    all.iter().map(Vec::as_slice).collect()
}

#[test]
fn a_run_stays_within_a_battery_and_ends_at_a_blank() {
    let all = [
        items(["3", "3", "3", "3", "1", "2", "3", "4", "5"]),
        // Four in a row over two batteries are no four.
        items(["1", "2", "3", "3", "3", "3", "2", "4", "5"]),
        items(["3", "3", "", "3", "1", "2", "3", "4", "5"]),
        items(["1", "3", "3", "3", "1", "2", "3", "4", "5"]),
        items(["", "", "", "", "", "", "", "4", "4"]),
    ];
    let all = responses(&all);
    assert_eq!(left_out("longstring", "of = [\"a\", \"b\"]\nat-least = 4", &all), [4]);
    assert_eq!(left_out("longstring", "of = [\"a\", \"b\"]\nat-least = 3", &all), [4, 7]);
    let said = unjudged("longstring", "of = [\"a\", \"b\"]\nat-least = 4", &all).unwrap();
    assert_eq!(said, "1 row is kept that the rule cannot judge: they answered none of the items");
}

#[test]
fn answers_vary_by_their_standard_deviation_as_they_were_given() {
    let all = [
        items(["3", "3", "3", "3", "3", "3", "3", "1", "5"]),
        // One of seven differs by 1: sqrt(1/7) = 0.378.
        items(["3", "3", "3", "3", "3", "3", "4", "1", "5"]),
        items(["3", "", "", "", "", "", "", "1", "5"]),
        items(["1", "5", "1", "5", "1", "5", "1", "5", "1"]),
    ];
    let all = responses(&all);
    assert_eq!(left_out("irv", "of = [\"a\", \"b\"]\nbelow = 0.378", &all), [4, 5]);
    assert_eq!(left_out("irv", "of = [\"a\", \"b\"]\nbelow = 0.377", &all), [4]);
    assert!(unjudged("irv", "of = [\"a\", \"b\"]\nbelow = 0.2", &all).unwrap().starts_with("1 row is kept"));
}

#[test]
fn halves_are_compared_after_items_are_turned_around() {
    // The second item of a is worded against the others: 6 less what was answered.
    let all = [
        // Even means 3, 2, 4 and odd means 2.5, 2.5, 5: the correlation is positive.
        items(["2", "3", "3", "3", "2", "2", "3", "5", "4"]),
        // Even means 5, 1, 3 and odd means 1, 5, 3: the correlation is -1.
        items(["1", "1", "1", "5", "5", "1", "5", "3", "3"]),
        items(["3", "3", "3", "3", "3", "3", "3", "3", "3"]),
    ];
    let all = responses(&all);
    let terms = "of = [\"a\", \"b\", \"c\"]\nbelow = 0";
    assert_eq!(left_out("even-odd", terms, &all), [5]);
    assert!(unjudged("even-odd", terms, &all).unwrap().contains("a half never varies"));
}

#[test]
fn far_answers_need_ten_people_for_each_item_who_answered_all() {
    let digits = ["1", "2", "3", "4", "5"];
    let mut all: Vec<Vec<(&str, &str)>> = (0..25)
        .map(|i| {
            let digit = |k: usize| digits[k % 5];
            // b2 goes with b1, but for a few; b3 is on its own.
            items([
                "1",
                "2",
                "3",
                "4",
                digit(i),
                digit(if i % 8 == 0 { i + 1 } else { i }),
                digit(i / 5),
                "1",
                "2",
            ])
        })
        .collect();
    all.extend((0..4).map(|_| items(["1", "2", "2", "4", "3", "3", "3", "2", "2"])));
    let terms = "of = \"b\"\nalpha = 0.005";
    let few = refused(&format!("[[exclude]]\nrule = \"mahalanobis\"\n{terms}\n"), &responses(&all));
    assert_eq!(few.message, "the rule \"mahalanobis\" cannot be applied to export.csv");
    assert_eq!(few.help.as_deref(), Some("needs 30 observations, has 29"));
    let screen = run(&format!("[[screen]]\nrule = \"mahalanobis\"\n{terms}\n"), &responses(&all));
    let found = &screen.findings.get("all/screened/mahalanobis").unwrap().value;
    let reason = canvass::findings::Reason::Method(NotComputed::TooFew { needed: 30, found: 29 });
    assert_eq!(*found, Value::NotComputed(reason));
    all.push(items(["1", "2", "2", "4", "1", "5", "3", "2", "2"]));
    all.push(items(["1", "2", "2", "4", "1", "", "3", "2", "2"]));
    // R: mahalanobis(x, colMeans(x), cov(x)) is 14.463 for the 25th and 13.513 for the 30th of these, below 5 for every
    // other; qchisq(.995, 3) is 12.838 and qchisq(.999, 3) is 16.266.
    assert_eq!(left_out("mahalanobis", terms, &responses(&all)), [28, 33]);
    assert_eq!(left_out("mahalanobis", &terms.replace("0.005", "0.001"), &responses(&all)), [0; 0]);
    assert!(unjudged("mahalanobis", terms, &responses(&all)).unwrap().starts_with("1 row is kept"));
    // A fourth item that never varies cannot be inverted.
    let singular =
        refused("[[exclude]]\nrule = \"mahalanobis\"\nof = \"c\"\nalpha = 0.001\n", &responses(&all));
    assert!(singular.help.unwrap().starts_with("the covariance of the items cannot be inverted"));
}

#[test]
fn the_order_of_items_is_that_of_the_export() {
    let turned =
        "[questions.t]\nkind = \"likert\"\nscale = \"five\"\nall = [\"a1\", \"a3\", \"a2\", \"a4\"]\n";
    let all = [items(["1", "2", "1", "2", "1", "2", "3", "4", "5"])];
    let rule = "[[screen]]\nrule = \"longstring\"\nof = \"t\"\nat-least = 2\n";
    let outcome = run(&format!("{turned}{rule}"), &responses(&all));
    assert_eq!(
        outcome.findings.get("all/screened/longstring").unwrap().value,
        Value::Share { count: 0, of: 1 }
    );
}
