//! The published lists in every dress, then the edge cases of labels, each by its id.

mod lists;

use super::*;
use Listing::{Defined, Seen};
use lists::{DOUBTFUL, PUBLISHED};

fn list(text: &str) -> Vec<&str> {
    text.split(" · ").collect()
}

#[track_caller]
fn scale(labels: &[&str], listing: Listing) -> Recognised {
    match recognise(labels, listing) {
        Recognition::Scale(scale) => scale,
        other => panic!("{labels:?}: {other:?}"),
    }
}

#[track_caller]
fn refused(labels: &[&str], listing: Listing) -> String {
    match recognise(labels, listing) {
        Recognition::Refused { why } => why,
        other => panic!("{labels:?}: {other:?}"),
    }
}

/// The labels from low to high.
#[track_caller]
fn ordered(labels: &str, listing: Listing) -> String {
    let labels = list(labels);
    scale(&labels, listing).order().into_iter().map(|at| labels[at]).collect::<Vec<_>>().join(" · ")
}

#[test]
fn every_published_list_is_known_in_any_order() {
    for (family, published) in PUBLISHED {
        let labels = list(published);
        let forwards: Vec<usize> = (0..labels.len()).collect();
        for listing in [Defined, Seen] {
            let found = scale(&labels, listing);
            assert_eq!(
                (found.family, found.order(), found.runs_down()),
                (*family, forwards.clone(), false),
                "{published}"
            );
            assert_eq!(found.unused(), Vec::<&str>::new(), "{published}");
        }
        let mut backwards = labels.clone();
        backwards.reverse();
        let found = scale(&backwards, Defined);
        assert!(found.runs_down(), "{published}");
        assert_eq!(found.order(), forwards.iter().rev().copied().collect::<Vec<_>>(), "{published}");
        let mut by_letter = labels.clone();
        by_letter.sort_unstable();
        let found = scale(&by_letter, Seen);
        assert_eq!(found.order().iter().map(|at| by_letter[*at]).collect::<Vec<_>>(), labels, "{published}");
    }
}

#[test]
fn case_codes_and_letters_around_the_words_change_nothing() {
    for (family, published) in PUBLISHED {
        let dressed = |dress: &dyn Fn(usize, &str) -> String| -> Vec<String> {
            list(published).iter().zip(1..).map(|(label, n)| dress(n, label)).collect()
        };
        let letter = |n: usize| char::from(b'a' + u8::try_from(n - 1).unwrap());
        for labels in [
            dressed(&|_, label| label.to_uppercase()),
            dressed(&|n, label| format!("{n} - {label}")),
            dressed(&|n, label| format!("{n}. {label}")),
            dressed(&|n, label| format!("({n}) {label}")),
            dressed(&|n, label| format!("{label} ({n})")),
            dressed(&|n, label| format!("{label} - {n}")),
            dressed(&|n, label| format!("{}. {label}", letter(n))),
            // Codes that run against the words do not turn them around.
            dressed(&|n, label| format!("{} \u{2013} {label}", 9 - n)),
            dressed(&|_, label| format!(" {label}. ")),
        ] {
            let labels: Vec<&str> = labels.iter().map(String::as_str).collect();
            let found = scale(&labels, Seen);
            assert_eq!(found.family, *family, "{labels:?}");
            assert_eq!(found.order(), (0..labels.len()).collect::<Vec<_>>(), "{labels:?}");
        }
    }
}

#[test]
fn lk_14_a_level_that_nobody_gave_is_kept_where_the_list_has_it() {
    for (family, published) in PUBLISHED {
        let labels = list(published);
        for absent in 0..labels.len() {
            let mut left = labels.clone();
            left.remove(absent);
            // What is left may be a shorter list, or one that another holds too; its order is the same or refused.
            if let Recognition::Scale(found) = recognise(&left, Seen) {
                assert_eq!(found.order(), (0..left.len()).collect::<Vec<_>>(), "{family} {left:?}");
                assert!(found.unused().len() <= 2, "{left:?}: {:?}", found.unused());
            }
        }
    }
    let found = scale(&list("Never · Rarely · Sometimes · Always"), Seen);
    let levels: Vec<(&str, usize)> =
        found.levels.iter().map(|level| (level.label.as_str(), level.given.len())).collect();
    assert_eq!(levels, [("Never", 1), ("Rarely", 1), ("Sometimes", 1), ("Often", 0), ("Always", 1)]);
    let found = scale(&list("Strongly disagree · Neutral · Agree · Strongly agree"), Seen);
    assert_eq!(found.unused(), ["Disagree"]);
    // Three levels besides are a guess.
    assert_eq!(scale(&list("Never · Rarely · Occasionally · Usually"), Seen).unused(), Vec::<&str>::new());
    // A definition has all its levels.
    let found = scale(&list("Strongly disagree · Neutral · Agree · Strongly agree"), Defined);
    assert_eq!(found.unused(), Vec::<&str>::new());
}

#[test]
fn labels_of_no_answer_stand_outside_first_or_last() {
    for (_, published) in PUBLISHED {
        let mut labels = vec!["Prefer not to say"];
        labels.extend(list(published));
        labels.push("N/A");
        let last = labels.len() - 1;
        let found = scale(&labels, Defined);
        assert_eq!(found.order(), (1..last).collect::<Vec<_>>(), "{published}");
        assert_eq!(found.outside, [(0, Missing::Refused), (last, Missing::NotApplicable)], "{published}");
    }
}

#[test]
fn lk_01_somewhat_is_placed_by_the_whole_list() {
    let six = "Strongly disagree · Disagree · Somewhat disagree · Somewhat agree · Agree · Strongly agree";
    assert_eq!(
        ordered(
            "Agree · Disagree · Somewhat agree · Somewhat disagree · Strongly agree · Strongly disagree",
            Seen
        ),
        six
    );
    let four = "Strongly disagree · Somewhat disagree · Somewhat agree · Strongly agree";
    assert_eq!(
        ordered("Somewhat agree · Somewhat disagree · Strongly agree · Strongly disagree", Seen),
        four
    );
}

#[test]
fn lk_02_somewhat_prepared_has_another_place_beside_not_very_than_beside_moderately() {
    let with_not_very = "Not at all prepared · Not very prepared · Somewhat prepared · Very prepared";
    let with_moderately = "Not at all prepared · Somewhat prepared · Moderately prepared · Very prepared";
    let place = |labels: &str, listing| {
        let labels = list(labels);
        scale(&labels, listing).order().iter().position(|at| labels[*at] == "Somewhat prepared")
    };
    assert_eq!(place(with_not_very, Seen), Some(2));
    assert_eq!(place(with_moderately, Defined), Some(1));
}

#[test]
fn lk_03_lk_10_lk_12_words_that_scales_order_differently_need_the_definition() {
    for published in DOUBTFUL {
        let labels = list(published);
        let found = scale(&labels, Defined);
        assert_eq!(found.order(), (0..labels.len()).collect::<Vec<_>>(), "{published}");
        assert_eq!(found.basis, Basis::Definition);
        assert!(refused(&labels, Seen).starts_with("scales differ in which of"), "{published}");
    }
    // The definition may have them the other way around, and high to low.
    let moderate_first =
        "Extremely aware · Somewhat aware · Moderately aware · Slightly aware · Not at all aware";
    let labels = list(moderate_first);
    assert_eq!(scale(&labels, Defined).order(), [4, 3, 2, 1, 0]);
    assert!(
        refused(&list("Never · Occasionally · Sometimes · Often"), Seen)
            .contains("\"occasionally\" and \"sometimes\"")
    );
    // A definition in no order settles nothing.
    refused(&list("Somewhat aware · Not at all aware · Moderately aware · Extremely aware"), Defined);
    // British "quite" is weaker than the word alone, American is stronger.
    refused(&list("Dissatisfied · Quite satisfied · Satisfied · Very satisfied"), Seen);
}

#[test]
fn lk_04_a_second_middle_is_outside() {
    let labels = list("Strongly disagree · Disagree · Neutral · Agree · Strongly agree · Unsure");
    let found = scale(&labels, Seen);
    assert_eq!((found.order(), found.outside), (vec![0, 1, 2, 3, 4], vec![(5, Missing::DontKnow)]));
    let labels = list("Undecided · Disagree · Neither agree nor disagree · Agree");
    assert_eq!(scale(&labels, Seen).outside, [(0, Missing::DontKnow)]);
}

#[test]
fn lk_04_a_word_that_may_be_the_middle_is_it_in_the_centre_of_a_definition_only() {
    let centre = list("Very dissatisfied · Dissatisfied · Unsure · Satisfied · Very satisfied");
    assert_eq!(scale(&centre, Defined).order(), [0, 1, 2, 3, 4]);
    let last = list("Very dissatisfied · Dissatisfied · Satisfied · Very satisfied · Unsure");
    assert_eq!(scale(&last, Defined).outside, [(4, Missing::DontKnow)]);
    assert_eq!(refused(&last, Seen), "\"unsure\" may be the middle or no answer");
    let elsewhere = list("Very dissatisfied · Unsure · Dissatisfied · Satisfied · Very satisfied");
    assert_eq!(refused(&elsewhere, Defined), "\"unsure\" may be the middle or no answer");
    // Don't know is no answer unless the definition puts it into the middle.
    let known = list("Agree · Disagree · Don\u{2019}t know · Strongly agree · Strongly disagree");
    assert_eq!(scale(&known, Seen).outside, [(2, Missing::DontKnow)]);
    let centre = list("Strongly disagree · Disagree · Don't know/No opinion · Agree · Strongly agree");
    assert_eq!(scale(&centre, Seen).outside, [(2, Missing::DontKnow)]);
    // No middle can stand on a scale with one end.
    let one_end = list("Not at all prepared · Somewhat prepared · Very prepared · Unsure");
    assert_eq!(scale(&one_end, Seen).outside, [(3, Missing::DontKnow)]);
}

#[test]
fn lk_05_two_names_of_the_middle_are_one_level() {
    let labels = list("Disagree · Neutral · Neither agree nor disagree · Agree");
    let found = scale(&labels, Seen);
    let given: Vec<&[usize]> = found.levels.iter().map(|level| level.given.as_slice()).collect();
    assert_eq!(given, [&[0][..], &[1, 2], &[3]]);
}

#[test]
fn lk_06_a_scale_shown_from_high_to_low_is_turned_around_and_it_is_said() {
    let found = scale(&list("Strongly agree · Agree · Disagree · Strongly disagree"), Defined);
    assert_eq!((found.order(), found.runs_down()), (vec![3, 2, 1, 0], true));
    let found = scale(&list("1 - Strongly agree · 2 - Agree · 3 - Disagree · 4 - Strongly disagree"), Seen);
    assert_eq!(found.order(), [3, 2, 1, 0]);
}

#[test]
fn lk_07_worry_and_barriers_are_ordered_by_amount() {
    assert_eq!(
        ordered("Very worried · Somewhat worried · Not very worried · Not worried at all", Seen),
        "Not worried at all · Not very worried · Somewhat worried · Very worried"
    );
    assert_eq!(
        ordered("Very difficult · Not at all difficult · Somewhat difficult", Seen),
        "Not at all difficult · Somewhat difficult · Very difficult"
    );
}

#[test]
fn lk_11_fair_is_below_average_where_both_are_there() {
    assert_eq!(
        ordered("Average · Excellent · Fair · Good · Poor", Seen),
        "Poor · Fair · Average · Good · Excellent"
    );
}

#[test]
fn lk_13_a_denied_high_end_has_no_certain_place_among_low_ones() {
    refused(&list("Very dissatisfied · Not very satisfied · Satisfied · Very satisfied"), Seen);
    refused(&list("Not helpful at all · Very unhelpful · Somewhat helpful · Very helpful"), Seen);
}

#[test]
fn lk_18_variable_names_in_place_of_labels_have_no_order() {
    assert_eq!(recognise(&list("scale1 · scale2 · scale3 · scale.na"), Seen), Recognition::Unknown);
}

#[test]
fn lk_20_a_word_within_a_word_is_not_found() {
    assert_eq!(ordered("Agree · Disagree", Seen), "Disagree · Agree");
    assert_eq!(recognise(&list("Agreeable · Disagreeable"), Seen), Recognition::Unknown);
}

#[test]
fn lk_21_blanks_make_no_second_level() {
    let labels = ["Strongly Agree ", "Strongly agree", "Agree", "Disagree", "Strongly\u{a0}disagree"];
    let found = scale(&labels, Seen);
    assert_eq!(found.levels.last().map(|level| level.given.clone()), Some(vec![0, 1]));
    assert_eq!(found.levels.len(), 4);
}

#[test]
fn lk_23_two_choices_of_one_text_are_flagged() {
    let why = refused(&list("Strongly agree · Disagree · Agree · Strongly agree"), Defined);
    assert_eq!(why, "two choices are called \"strongly agree\"");
}

#[test]
fn lk_24_blank_middle_points_are_placed_by_the_definition() {
    let labels = ["Strongly agree", " ", "", " ", "Strongly disagree"];
    let found = scale(&labels, Defined);
    assert_eq!((found.order(), found.basis), (vec![4, 3, 2, 1, 0], Basis::Definition));
    refused(&labels, Seen);
}

#[test]
fn lk_25_yes_and_no_are_ordered_by_declaration_only() {
    for labels in
        ["Yes · No", "Yes · No · Maybe", "Yes, and it helped · No, but I would", "Yes · Somewhat · No"]
    {
        assert!(!matches!(recognise(&list(labels), Defined), Recognition::Scale(_)), "{labels}");
    }
}

#[test]
fn lk_28_numbers_without_words_have_no_high_end() {
    assert_eq!(
        refused(&list("1 · 2 · 3 · 4 · 5"), Defined),
        "numbers without words do not say which end is high"
    );
    refused(&list("1 · 2 · 3 · 4 - Neutral · 5"), Defined);
}

#[test]
fn numbers_with_words_at_the_ends_are_a_scale() {
    let found = scale(&list("1 - Strongly disagree · 2 · 3 · 4 · 5 - Strongly agree"), Seen);
    assert_eq!(
        (found.family, found.order(), found.basis),
        ("agreement", vec![0, 1, 2, 3, 4], Basis::Numbers)
    );
    let found = scale(&list("1 - Strongly agree · 2 · 3 · 4 · 5 - Strongly disagree"), Seen);
    assert_eq!(found.order(), [4, 3, 2, 1, 0]);
    let found =
        scale(&list("1 - Strongly disagree · 2 · 3 · 4 - Neutral · 5 · 6 · 7 - Strongly agree · N/A"), Seen);
    assert_eq!((found.order(), found.outside), ((0..7).collect(), vec![(7, Missing::NotApplicable)]));
    // A number that nobody chose is a point.
    let found = scale(&list("0 - Not at all likely · 1 · 3 · 4 - Extremely likely"), Seen);
    assert_eq!((found.unused(), found.levels[2].label.as_str()), (vec!["2"], "2"));
    // Words that no list has: the numbers alone.
    let found = scale(&list("1 - Cold · 5 · 10 - Hot"), Seen);
    assert_eq!(found.family, "numbered");
}

#[test]
fn numbers_against_words_are_refused() {
    let why = refused(&list("1 - Strongly disagree · 2 · 3 - Strongly agree · 4 - Neutral"), Seen);
    assert_eq!(why, "the numbers and the words in the labels give different orders");
}

#[test]
fn a_note_in_brackets_is_no_code_and_does_not_join_levels() {
    assert_eq!(
        ordered("Agree (about 3 times) · Disagree · Strongly agree", Seen),
        "Disagree · Agree (about 3 times) · Strongly agree"
    );
    assert_eq!(recognise(&list("Good (day) · Good (night)"), Seen), Recognition::Unknown);
}

#[test]
fn spellings_of_both_sides_and_single_slips_are_known() {
    assert_eq!(
        ordered("Neither disagree nor agree · Agree · Disagree · Strongley agree · Strongly dis-agree", Seen),
        "Strongly dis-agree · Disagree · Neither disagree nor agree · Agree · Strongley agree"
    );
}

#[test]
fn words_give_an_order_that_no_list_has() {
    let found = scale(&list("Totally boring · Not at all boring · Mildly boring · Very boring"), Seen);
    assert_eq!((found.order(), found.basis, found.family), (vec![1, 2, 3, 0], Basis::Words, "degree"));
    let found = scale(&list("Extremely easy · Slightly difficult · Very easy · Extremely difficult"), Seen);
    assert_eq!((found.order(), found.family), (vec![3, 1, 2, 0], "ease"));
}

#[test]
fn stacked_words_are_read_as_no_strength() {
    // "Very slightly or not at all" once was read as "very".
    refused(&list("Very slightly or not at all sad · A little sad · Moderately sad · Extremely sad"), Seen);
    refused(&list("Dissatisfied or very dissatisfied · Satisfied · Very satisfied"), Seen);
}

#[test]
fn a_low_end_alone_says_not_which_way_it_is_meant() {
    refused(&list("Dissatisfied · Very dissatisfied"), Seen);
    assert_eq!(ordered("Very likely · Likely", Seen), "Likely · Very likely");
}

#[test]
fn what_is_no_scale_stays_unknown() {
    for labels in [
        "Red · Green · Blue",
        "Male · Female · Other",
        "18 - 24 · 25 - 34 · 35 - 44",
        "Physician · Nurse · Very old nurse",
        "Agree",
        "",
        "N/A · Don't know",
        "Democrat · Republican · Independent",
        "Less than $20 · More than $20",
    ] {
        assert_eq!(recognise(&list(labels), Seen), Recognition::Unknown, "{labels}");
        assert_eq!(recognise(&list(labels), Defined), Recognition::Unknown, "{labels}");
    }
    assert_eq!(recognise(&[], Seen), Recognition::Unknown);
}

#[test]
fn lk_15_a_battery_of_two_scales_has_no_order() {
    let labels = list("Agree · Disagree · Satisfied · Dissatisfied");
    assert!(!matches!(recognise(&labels, Seen), Recognition::Scale(_)));
}

#[test]
fn lk_17_from_zero_to_ten_is_numbers_and_no_promoter_score() {
    refused(&list("0 · 1 · 2 · 3 · 4 · 5 · 6 · 7 · 8 · 9 · 10"), Defined);
    let ends = "0 - Not at all satisfied · 1 · 2 · 3 · 4 · 5 · 6 · 7 · 8 · 9 · 10 - Extremely satisfied";
    let found = scale(&list(ends), Defined);
    assert_eq!((found.levels.len(), found.family), (11, "satisfaction"));
}
