//! The header of a SurveyMonkey export: questions in the first row, choices, rows and entries in the second.

use crate::codebook::fold;
use crate::ingest::{Grid, Metadata, wording};

/// Words of the second row below a question with one closed answer, in the languages of the site.
const CLOSED: &[&str] = &[
    "response",
    "antwort",
    "r\u{e9}ponse",
    "respuesta",
    "resposta",
    "risposta",
    "antwoord",
    "svar",
    "vastaus",
    "odpowied\u{17a}",
    "yan\u{131}t",
    "\u{43e}\u{442}\u{432}\u{435}\u{442}",
    "\u{56de}\u{7b54}",
    "\u{c751}\u{b2f5}",
];

/// Words of the second row below a question that is answered in one's own words.
const OPEN: &[&str] = &[
    "open-ended response",
    "open ended response",
    "offene antwort",
    "offene beantwortung",
    "r\u{e9}ponse ouverte",
    "r\u{e9}ponse libre",
    "respuesta abierta",
    "resposta aberta",
    "risposta aperta",
    "open antwoord",
    "\u{f6}ppet svar",
    "\u{e5}bent svar",
    "\u{81ea}\u{7531}\u{56de}\u{7b54}",
];

/// Parts of labels of columns for what was written with "Other".
const OTHER: &[&str] = &[
    "please specify",
    "specify)",
    "bitte angeben",
    "veuillez pr\u{e9}ciser",
    "pr\u{e9}cisez",
    "especifique",
    "especificar",
    "specificare",
    "geef nader op",
    "specificera",
];

/// What a leading column says about the response.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum About {
    Record,
    Collector,
    Started,
    Ended,
    /// Who the respondent is, or from where.
    Who,
    /// A variable that the collector sent along.
    Custom,
}

/// Where a header begins its questions and how many rows it has.
#[derive(Debug, Clone)]
pub(super) struct Header {
    pub(super) rows: usize,
    /// The first row, on one line and without markup; blank where it goes on to the right.
    pub(super) titles: Vec<String>,
    /// The second row in the same way; blank everywhere if there is none.
    pub(super) labels: Vec<String>,
    /// What the leading columns are, until the first question.
    pub(super) about: Vec<About>,
    /// A column before the ids that some program numbered the rows with.
    pub(super) numbered: bool,
}

impl Header {
    /// Reads the header, if it is one of SurveyMonkey.
    pub(super) fn of(grid: &Grid) -> Option<Self> {
        let first = grid.record(0)?;
        let read = |cells: crate::ingest::Record<'_>| -> Vec<String> {
            (0..grid.width()).map(|column| wording::plain(cells.cell(column))).collect()
        };
        let titles = read(first);
        let second = grid.record(1).map(read);
        let numbered = titles.first().is_some_and(|title| is_filler(title, 0)) && titles.len() > 1;
        let start = usize::from(numbered);
        let by_id = titles.get(start).and_then(|title| about(title)) == Some(About::Record);
        if let Some(labels) = second.filter(|labels| is_second_row(grid, &titles, labels, start, by_id)) {
            let about = leading(&titles, start, |column| labels[column].is_empty());
            let titles = without_fillers(titles, start);
            return Some(Self { rows: 2, titles, labels, about, numbered });
        }
        // Without the second row the ids alone tell: no other platform calls them so and makes them this long.
        let ids: Vec<&str> = grid.records().skip(1).map(|record| record.cell(start).trim()).collect();
        let long = ids.iter().all(|id| {
            (9..=13).contains(&id.len()) && id.bytes().all(|byte| byte.is_ascii_digit()) || is_shortened(id)
        });
        if !by_id || ids.is_empty() || !long {
            return None;
        }
        let about = leading(&titles, start, |_| true);
        let labels = vec![String::new(); titles.len()];
        Some(Self { rows: 1, titles, labels, about, numbered })
    }

    /// How the platform is known, in words.
    pub(super) fn evidence(&self) -> String {
        if self.rows == 2 {
            "the second row holds choices and rows below the questions of the first".to_owned()
        } else {
            "the first column holds long numbers called Respondent ID, as SurveyMonkey writes them; there is no second header row".to_owned()
        }
    }

    /// The position of the first column that is not about the response.
    pub(super) fn first_question(&self) -> usize {
        usize::from(self.numbered) + self.about.len()
    }

    /// Notes the leading columns, and gives those that may tell who the respondent is and those of the collector.
    pub(super) fn describe(&self, metadata: &mut Metadata) -> (Vec<usize>, Vec<usize>) {
        let (mut who, mut custom) = (Vec::new(), Vec::new());
        if self.numbered {
            custom.push(0);
        }
        for (column, about) in (usize::from(self.numbered)..).zip(&self.about) {
            match about {
                About::Record => {
                    metadata.record = Some(column);
                    who.push(column);
                }
                About::Collector => metadata.rest.push(column),
                About::Started => metadata.started = Some(column),
                About::Ended => metadata.ended = Some(column),
                About::Who => {
                    metadata.rest.push(column);
                    who.push(column);
                }
                About::Custom => custom.push(column),
            }
        }
        (who, custom)
    }
}

/// An id that a spreadsheet shortened: `1.07E+10`.
pub(super) fn is_shortened(id: &str) -> bool {
    id.split_once(['E', 'e']).is_some_and(|(digits, power)| {
        power.starts_with('+') && power.len() > 1 && digits.parse::<f64>().is_ok()
    })
}

/// Whether a label of the second row says that one closed answer stands in its column.
pub(super) fn is_closed(label: &str) -> bool {
    CLOSED.contains(&fold(label).as_str())
}

/// Whether a label of the second row says that free text stands in its column.
pub(super) fn is_open(label: &str) -> bool {
    OPEN.contains(&fold(label).as_str())
}

/// Whether a label is that of a column for what was written with "Other".
pub(super) fn is_other(label: &str) -> bool {
    let label = fold(label);
    OTHER.iter().any(|part| label.contains(part))
}

/// Whether the second record is the second header row.
///
/// Below the id of the respondent it is blank, which no respondent's row is; or it holds SurveyMonkey's own words
/// below questions whose cells never say them again. And it names something the first row does not.
fn is_second_row(grid: &Grid, titles: &[String], labels: &[String], start: usize, by_id: bool) -> bool {
    let label = |column: usize| labels.get(column).map_or("", String::as_str);
    let says =
        |column: &usize| is_closed(label(*column)) || is_open(label(*column)) || is_other(label(*column));
    let goes_on = |column: &usize| is_filler(&titles[*column], *column) && !label(*column).is_empty();
    if by_id {
        let blank = label(start).is_empty();
        let several = || {
            titles.windows(2).enumerate().any(|(at, pair)| {
                pair[0] == pair[1]
                    && !pair[0].is_empty()
                    && !label(at).is_empty()
                    && !label(at + 1).is_empty()
            })
        };
        return blank && ((start..titles.len()).any(|column| says(&column) || goes_on(&column)) || several());
    }
    let worded: Vec<usize> =
        (start..titles.len()).filter(|column| is_closed(label(*column)) || is_open(label(*column))).collect();
    let never_again = |column: &usize| {
        let word = fold(label(*column));
        grid.records().skip(2).all(|record| fold(record.cell(*column)) != word)
    };
    // Two such words at least, or one and a question that goes on to the right.
    let enough = worded.len() > 1 || (start..titles.len()).any(|column| goes_on(&column));
    !worded.is_empty() && enough && worded.iter().all(never_again)
}

/// Whether a title is none: blank, or what programs write into a blank name (`Unnamed: 4`, `...5`, `X.3`).
fn is_filler(title: &str, column: usize) -> bool {
    let number = |text: &str| text.parse::<usize>().ok();
    title.is_empty()
        || title.strip_prefix("Unnamed: ").and_then(number).is_some_and(|at| at == column)
        || title.strip_prefix("...").and_then(number).is_some_and(|at| at == column + 1)
        || title == "X"
        || title.strip_prefix("X.").and_then(number).is_some()
}

fn without_fillers(titles: Vec<String>, start: usize) -> Vec<String> {
    let blank = |(column, title): (usize, String)| {
        if column > start && is_filler(&title, column) { String::new() } else { title }
    };
    titles.into_iter().enumerate().map(blank).collect()
}

/// What the leading columns are. With a second row every leading column without a label there is about the response.
fn leading(titles: &[String], start: usize, unlabelled: impl Fn(usize) -> bool) -> Vec<About> {
    let mut known = Vec::new();
    for (column, title) in titles.iter().enumerate().skip(start) {
        match about(title) {
            Some(about) if unlabelled(column) => known.push(about),
            _ => break,
        }
    }
    known
}

fn about(title: &str) -> Option<About> {
    let key: String = title.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect();
    Some(match key.as_str() {
        "respondentid" => About::Record,
        "collectorid" => About::Collector,
        "startdate" | "datecreated" => About::Started,
        "enddate" | "datemodified" => About::Ended,
        "ipaddress" | "emailaddress" | "firstname" | "lastname" => About::Who,
        _ if key.strip_prefix("customdata").is_some_and(|n| n.bytes().all(|byte| byte.is_ascii_digit())) => {
            About::Custom
        }
        _ => return None,
    })
}
