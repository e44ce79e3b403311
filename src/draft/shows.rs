//! What is asked of the questions, and the tables and figures that show it.

use std::fmt::Write as _;

use crate::codebook::Kind;

use super::names::Names;
use super::toml;

/// What a table or figure needs to know of a question.
pub(super) struct Shown<'a> {
    pub(super) id: &'a str,
    pub(super) label: &'a str,
    pub(super) kind: Kind,
    pub(super) items: usize,
}

/// More figures than this are more than a reader looks at; the rest can be added.
const MOST_FIGURES: usize = 12;

/// The asks, tables and figures as they stand in the study file.
pub(super) struct Shows {
    pub(super) text: String,
    pub(super) tables: usize,
    pub(super) figures: usize,
}

/// Asks everything that can be asked and shows it.
pub(super) fn shows(questions: &[Shown<'_>]) -> Shows {
    let mut shows = Shows { text: heading("What is asked"), tables: 0, figures: 0 };
    shows.asks(questions);
    shows.text.push_str(&heading("Tables"));
    shows.tables(questions);
    shows.text.push_str(&heading("Figures"));
    shows.figures(questions);
    shows
}

pub(super) fn heading(words: &str) -> String {
    format!("# --- {words} {}\n\n", "-".repeat(112_usize.saturating_sub(words.len())))
}

impl Shows {
    fn asks(&mut self, questions: &[Shown<'_>]) {
        let inquiries: [(&str, &[Kind]); 5] = [
            ("distribution", &[Kind::Likert, Kind::Single]),
            ("choices", &[Kind::Multi]),
            ("order of preference", &[Kind::Ranking]),
            ("number", &[Kind::Number]),
            ("text", &[Kind::Text]),
        ];
        self.text.push_str("# Each is asked of every question that it fits; of = [\"...\"] names fewer.\n");
        self.text.push_str("[[ask]]\ninquiry = \"response rate\"\n\n");
        for (inquiry, kinds) in inquiries {
            if questions.iter().any(|question| kinds.contains(&question.kind)) {
                let _ = write!(self.text, "[[ask]]\ninquiry = \"{inquiry}\"\n\n");
            }
        }
    }

    fn tables(&mut self, questions: &[Shown<'_>]) {
        let mut ids = Names::default();
        let mut table = |shows: &mut Self, wanted: &str, show: &str, of: Option<String>, title: &str| {
            shows.tables += 1;
            let id = ids.give(wanted, "table");
            let of = of.map_or(String::new(), |of| format!("{of}\n"));
            let title = toml::quoted(title);
            let _ =
                write!(shows.text, "[[table]]\nid = \"{id}\"\nshow = \"{show}\"\n{of}title = {title}\n\n");
        };
        table(self, "response", "response", None, "Responses");
        let named = |fits: &dyn Fn(&Shown<'_>) -> bool| -> Vec<String> {
            questions
                .iter()
                .filter(|question| fits(question))
                .map(|question| question.id.to_owned())
                .collect()
        };
        let single = named(&|question| is_single(question));
        if !single.is_empty() {
            let of = toml::list("of", &single).trim_end().to_owned();
            table(self, "participants", "participants", Some(of), "Answers to single questions");
        }
        for question in questions {
            let show = match question.kind {
                Kind::Likert if question.items > 1 => "items",
                Kind::Multi => "choices",
                Kind::Ranking => "ranking",
                _ => continue,
            };
            table(self, question.id, show, Some(format!("of = \"{}\"", question.id)), &title(question));
        }
        let numbers = named(&|question| question.kind == Kind::Number);
        if !numbers.is_empty() {
            let of = toml::list("of", &numbers).trim_end().to_owned();
            table(self, "numbers", "numbers", Some(of), "Numbers");
        }
    }

    fn figures(&mut self, questions: &[Shown<'_>]) {
        let mut left = 0;
        for question in questions {
            let show = match question.kind {
                Kind::Likert => "diverging",
                Kind::Multi => "choices",
                Kind::Ranking => "ranking",
                _ => continue,
            };
            if self.figures == MOST_FIGURES {
                left += 1;
                continue;
            }
            self.figures += 1;
            let title = toml::quoted(&title(question));
            let id = question.id;
            let _ = write!(
                self.text,
                "[[figure]]\nid = \"{id}\"\nshow = \"{show}\"\nof = \"{id}\"\ntitle = {title}\n\n"
            );
        }
        if left > 0 {
            let words =
                format!("{left} more questions could have a figure like these: add those that matter.");
            self.text.push_str(&toml::comment(&words));
        }
    }
}

/// Whether a question describes people in one table with others.
fn is_single(question: &Shown<'_>) -> bool {
    question.kind == Kind::Single || (question.kind == Kind::Likert && question.items == 1)
}

fn title(question: &Shown<'_>) -> String {
    if question.label.is_empty() { question.id.to_owned() } else { question.label.to_owned() }
}
