//! Reported claims against the findings: what no computation could bear out, and words that say another number.

use crate::diag::{Diag, Place, codes, nearest};
use crate::findings::{Findings, Value};
use crate::numbers::number_word;
use crate::study::{Claim, Reported, Says};

/// Claims that are mistakes of their file, and warnings about claims whose words say something else than is checked.
pub(super) fn check(reported: &Reported, findings: &Findings) -> Vec<Diag> {
    reported
        .claims
        .iter()
        .flat_map(|claim| [binding(reported, claim, findings), words(reported, claim)])
        .flatten()
        .collect()
}

/// A claim of a finding that does not exist, or that says of it what can never be checked.
fn binding(reported: &Reported, claim: &Claim, findings: &Findings) -> Option<Diag> {
    let (Some(id), Some(says)) = (&claim.finding, &claim.says) else { return None };
    let error = |message: String| {
        Diag::error(codes::STUDY_CLAIM, Place::span(&reported.file, id.span.clone()), message)
    };
    let Some(finding) = findings.get(&id.value) else {
        let diag = error(format!("claim \"{}\": no finding is named \"{}\"", claim.id, id.value));
        return Some(match nearest(&id.value, findings.ids()) {
            Some(near) => diag.help(format!("did you mean \"{near}\"?")),
            None => diag.help("findings.json lists the ids of all findings"),
        });
    };
    match (says, &finding.value) {
        (Says::Includes(_), Value::Order(_)) if !finding.is_by_frequency() => {
            let message =
                format!("claim \"{}\" says what is included, but {} ranks everything", claim.id, id.value);
            Some(error(message).help("use order, or an order by how often something was chosen"))
        }
        (Says::Most(labels), Value::Order(tiers))
            if tiers.iter().flat_map(|tier| &tier.labels).all(|label| labels.contains(label)) =>
        {
            let message = format!("claim \"{}\" names every choice as the most chosen", claim.id);
            Some(error(message).help("leave out those that were chosen less, or use includes"))
        }
        _ => None,
    }
}

/// A number that is checked but does not stand in the claim's words.
fn words(reported: &Reported, claim: &Claim) -> Option<Diag> {
    let said = numbers_said(claim.says.as_ref()?);
    let written = numbers_written(&claim.text);
    let absent: Vec<&str> = said
        .iter()
        .map(String::as_str)
        .filter(|number| !written.iter().any(|other| other == number))
        .collect();
    if absent.is_empty() {
        return None;
    }
    let place = Place::span(&reported.file, claim.text_span.clone());
    let message = format!("claim \"{}\" says {}, which its text does not", claim.id, absent.join(" and "));
    Some(
        Diag::warning(codes::CLAIM_WORDS, place, message)
            .help("write the number in the text, in digits or in words up to twenty"),
    )
}

fn numbers_said(says: &Says) -> Vec<String> {
    let with_base = |number: String, of: &Option<u64>| {
        std::iter::once(number).chain(of.map(|of| of.to_string())).collect()
    };
    match says {
        Says::Count { count, of } => with_base(count.to_string(), of),
        Says::Percent { percent, of } => with_base(percent.clone(), of),
        Says::CountAndPercent { count, of, percent } => {
            std::iter::once(percent.clone()).chain(with_base(count.to_string(), of)).collect()
        }
        Says::Number(number) | Says::Statistic(number) => vec![number.trim_start_matches('-').to_owned()],
        Says::P(p) | Says::AdjustedP(p) => {
            let digits = p.trim_start_matches(['<', '>', ' ']);
            vec![if digits.starts_with('.') { format!("0{digits}") } else { digits.to_owned() }]
        }
        Says::Interval(low, high) => {
            [low, high].map(|limit| limit.trim_start_matches('-').to_owned()).to_vec()
        }
        Says::MoreThanHalf | Says::Order(_) | Says::Includes(_) | Says::Most(_) => Vec::new(),
    }
}

/// The numbers of a text, in digits: those written so, and those in words.
fn numbers_written(text: &str) -> Vec<String> {
    let mut numbers = digits(text);
    let in_words = text
        .split(|c: char| !c.is_alphabetic() && c != '-')
        .filter_map(|word| said_number(&word.to_lowercase()).map(|number| number.to_string()));
    numbers.extend(in_words);
    numbers
}

/// Runs of digits with a point inside; commas between thousands are left out.
fn digits(text: &str) -> Vec<String> {
    let letters: Vec<char> = text.chars().collect();
    let is_digit = |at: usize| letters.get(at).is_some_and(char::is_ascii_digit);
    let mut numbers = Vec::new();
    let mut current = String::new();
    for (at, letter) in letters.iter().enumerate() {
        let thousands = || (1..=3).all(|ahead| is_digit(at + ahead)) && !is_digit(at + 4);
        match letter {
            '0'..='9' => current.push(*letter),
            // ".134" is 0.134; the point of a sentence has a blank behind it.
            '.' if current.is_empty() && is_digit(at + 1) && (at == 0 || !is_digit(at - 1)) => {
                current.push_str("0.");
            }
            '.' if !current.is_empty() && !current.contains('.') && is_digit(at + 1) => current.push('.'),
            ',' if !current.is_empty() && !current.contains('.') && thousands() => {}
            _ if current.is_empty() => {}
            _ => numbers.push(std::mem::take(&mut current)),
        }
    }
    if !current.is_empty() {
        numbers.push(current);
    }
    numbers
}

/// A number in words: below a hundred, or nobody.
fn said_number(word: &str) -> Option<u64> {
    if matches!(word, "none" | "nobody") { Some(0) } else { number_word(word) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_found_in_digits_and_in_words() {
        let written = |text: &str| numbers_written(text);
        assert_eq!(written("Fourteen of the 22 responded."), ["22", "14"]);
        assert_eq!(written("Twenty-two, 63.6% (14/22) of 36,127."), ["63.6", "14", "22", "36127", "22"]);
        assert_eq!(written("places 1,2 and 3; one-sided; nobody"), ["1", "2", "3", "0"]);
        assert_eq!(written("the ten-item scale"), Vec::<String>::new());
    }

    fn reported(claim: &str) -> Reported {
        let file = crate::diag::FileId::new("r.toml");
        Reported::parse(&file, &format!("[[claim]]\nid = \"a\"\n{claim}")).unwrap()
    }

    #[test]
    fn a_number_that_the_text_does_not_say_is_a_warning_at_the_text() {
        let text = "text = \"Fourteen of the 22 responded.\"\nfinding = \"g/rr2\"\n";
        let said = |says: &str| {
            let reported = reported(&format!("{text}says = {says}"));
            words(&reported, &reported.claims[0]).map(|diag| diag.message)
        };
        assert_eq!(said("{ count = 14, of = 22 }"), None);
        assert_eq!(
            said("{ count = 15, of = 22 }").as_deref(),
            Some("claim \"a\" says 15, which its text does not")
        );
        assert!(said("{ percent = \"64\" }").is_some());
    }

    #[test]
    fn a_claim_of_an_unknown_finding_is_a_mistake_at_its_place() {
        let reported = reported("text = \"One.\"\nfinding = \"g/rr9\"\nsays = { count = 1 }");
        let problems = check(&reported, &Findings::default());
        assert!(problems[0].is_error() && matches!(problems[0].place, Place::Span { .. }));
        assert_eq!(problems[0].message, "claim \"a\": no finding is named \"g/rr9\"");
    }
}
