//! True reports pass, whatever their rounding.
#![expect(clippy::unwrap_used, reason = "an oracle that fails stops the test")]

use canvass::stats::distributions::{chi_squared, fisher_f, normal, student_t};
use canvass::stats::statcheck::{Options, check, read_tests};
use proptest::prelude::*;

fn is_error(text: &str) -> Option<bool> {
    let test = read_tests(text).into_iter().next()?;
    check(&test, &Options::default()).ok().map(|verdict| verdict.error)
}

/// The p-value as a careful author prints it: never as zero.
fn printed(p: f64, decimals: usize) -> String {
    let smallest = 10_f64.powi(-i32::try_from(decimals).unwrap());
    if p < smallest { format!("p < {smallest:.decimals$}") } else { format!("p = {p:.decimals$}") }
}

proptest! {
    #[test]
    fn a_true_report_is_never_an_error(
        x in -8.0..8.0_f64, df1 in 1_u32..20, df2 in 1_u32..200, places in 1_usize..4, decimals in 1_usize..5,
    ) {
        let (first, second) = (f64::from(df1), f64::from(df2));
        let r = x / 8.1;
        let of_r = student_t::two_sided(r * (second / (1.0 - r * r)).sqrt(), second);
        let square = x * x;
        let reports = [
            (format!("t({df2}) = {x:.places$}"), student_t::two_sided(x, second)),
            (format!("z = {x:.places$}"), normal::two_sided(x)),
            (format!("r({df2}) = {r:.places$}"), of_r),
            (format!("F({df1}, {df2}) = {square:.places$}"), fisher_f::sf(square, first, second)),
            (format!("\u{3c7}\u{b2}({df1}, N = 1,200) = {square:.places$}"), chi_squared::sf(square, first)),
        ];
        for (statistic, p) in reports {
            let text = format!("We found {statistic}, {}.", printed(p, decimals));
            // A correlation that rounds to 1 is no possible report of one below 1.
            prop_assert_eq!(is_error(&text), Some(false), "{}", text);
        }
    }

    #[test]
    fn a_decision_error_is_an_error(t in 0.0..5.0_f64, df in 1_u32..100, p in 0.001..0.999_f64) {
        let text = format!("t({df}) = {t:.2}, p = {p:.3}");
        let verdict = check(&read_tests(&text)[0], &Options::default()).unwrap();
        prop_assert!(verdict.error || !verdict.decision_error);
        prop_assert!(verdict.p_low <= verdict.p && verdict.p <= verdict.p_high);
    }

    #[test]
    fn the_sign_of_the_statistic_does_not_matter(t in 0.01..5.0_f64, df in 1_u32..100, p in 0.001..0.999_f64) {
        let verdict = |sign| is_error(&format!("t({df}) = {sign}{t:.2}, p = {p:.3}"));
        prop_assert_eq!(verdict(""), verdict("-"));
    }

    #[test]
    fn any_text_can_be_read(text in "[tFrzZQ(),.=<> pns0-9N\u{3c7}\u{b2}-]{0,60}") {
        for test in read_tests(&text) {
            prop_assert!(text.is_char_boundary(test.at.start) && text.is_char_boundary(test.at.end));
            let _ = check(&test, &Options::default());
        }
    }
}
