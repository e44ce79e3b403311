//! Numbers, and whether a text, a date or a file is there.

use crate::codebook::{Date, Missing, Written};
use crate::ingest::Export;
use crate::responses::{Answer, Codes};

use super::account::Account;
use super::asked::Asked;
use super::choice::is_seen_unanswered;
use super::recoded::{ReadAs, Rule};
use super::unread::Kind;

/// Codes a column of numbers.
pub(super) fn code(
    export: &Export,
    column: usize,
    asked: &Asked<'_>,
    account: &mut Account<'_>,
) -> Vec<Result<f64, Missing>> {
    let decimal = if export.decimal_commas.contains(&column) { Decimal::Comma } else { Decimal::Point };
    read(export, column, asked, account, Kind::NotANumber, |text| number(text, decimal))
}

/// Codes a column of dates: each as the number of its day.
pub(super) fn dates(
    export: &Export,
    column: usize,
    written: Written,
    asked: &Asked<'_>,
    account: &mut Account<'_>,
) -> Vec<Result<f64, Missing>> {
    let day = |text: &str| Date::read(text, written).map(|day| f64::from(day.number()));
    read(export, column, asked, account, Kind::NotADate, day)
}

fn read(
    export: &Export,
    column: usize,
    asked: &Asked<'_>,
    account: &mut Account<'_>,
    otherwise: Kind,
    number: impl Fn(&str) -> Option<f64>,
) -> Vec<Result<f64, Missing>> {
    let mut numbers = Vec::with_capacity(export.table.height());
    for (row, cell) in export.table.column(column).enumerate() {
        numbers.push(match cell.map(str::trim).filter(|text| !text.is_empty()) {
            None => Err(asked.reason(row, account)),
            Some(text) => match (declared_missing(account, column, text), number(text)) {
                (Some((reason, rule)), _) => {
                    account.recoded(row, column, Some(text.to_owned()), ReadAs::Missing(reason), rule);
                    Err(reason)
                }
                (None, Some(number)) => {
                    asked.check_answer(row, account);
                    Ok(number)
                }
                (None, None) => {
                    account.unread(otherwise, row, column);
                    Err(Missing::Unreadable)
                }
            },
        });
    }
    numbers
}

/// Codes whether something is there, for texts, dates and files.
pub(super) fn presence(
    export: &Export,
    column: usize,
    asked: &Asked<'_>,
    account: &mut Account<'_>,
) -> Codes {
    let mut answers = Vec::with_capacity(export.table.height());
    for (row, cell) in export.table.column(column).enumerate() {
        let text = cell.map(str::trim).filter(|text| !text.is_empty());
        let declared = text.and_then(|text| Some((text, declared_missing(account, column, text)?)));
        answers.push(match (text, declared) {
            (None, _) => Answer::Missing(asked.reason(row, account)),
            (Some(_), Some((text, (reason, rule)))) => {
                account.recoded(row, column, Some(text.to_owned()), ReadAs::Missing(reason), rule);
                Answer::Missing(reason)
            }
            (Some(_), None) => {
                asked.check_answer(row, account);
                Answer::Given(0)
            }
        });
    }
    answers.into_iter().collect()
}

/// What a mark or code of the export says, which is not somebody's own words.
fn declared_missing(account: &Account<'_>, column: usize, text: &str) -> Option<(Missing, Rule)> {
    if account.declared_missing(text).is_none() && is_seen_unanswered(account.export, text) {
        return Some((Missing::Skipped, Rule::SeenUnanswered));
    }
    account.missing_code(column, text).map(|reason| (reason, Rule::MissingCode))
}

/// How a column writes decimals.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Decimal {
    Point,
    Comma,
}

/// Reads digits with a sign, one decimal mark and an exponent, and nothing else: no units, no thousands.
fn number(text: &str, decimal: Decimal) -> Option<f64> {
    let text = text.replace('\u{2212}', "-");
    let text = match decimal {
        Decimal::Comma if text.matches(',').count() == 1 && !text.contains('.') => text.replace(',', "."),
        Decimal::Comma | Decimal::Point => text,
    };
    let numeric =
        text.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'+' | b'-' | b'.' | b'e' | b'E'));
    text.parse::<f64>().ok().filter(|number| numeric && number.is_finite())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_numbers_are_numbers() {
        for (text, expected) in [
            ("12", Some(12.0)),
            ("-0.5", Some(-0.5)),
            ("\u{2212}3", Some(-3.0)),
            ("1.07E+10", Some(1.07e10)),
            ("1,5", None),
            ("1,234", None),
            ("12 kg", None),
            ("inf", None),
            ("nan", None),
            ("1e999", None),
            ("0x10", None),
            (".", None),
        ] {
            assert_eq!(number(text, Decimal::Point), expected, "{text}");
        }
    }

    #[test]
    fn r_10_a_comma_is_decimal_only_where_the_field_says_so() {
        assert_eq!(number("1,54", Decimal::Comma), Some(1.54));
        assert_eq!(number("22.1", Decimal::Comma), Some(22.1));
        assert_eq!(number("1,234,567", Decimal::Comma), None);
        assert_eq!(number("1.234,5", Decimal::Comma), None);
    }
}
