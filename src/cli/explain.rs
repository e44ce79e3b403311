//! `canvass explain`: a diagnostic code, or an entry of the methods page.

use std::fmt::Write as _;

use crate::diag::{codes, nearest};
use crate::findings::Statistic;
use crate::stats;

use super::args::Explain;
use super::exit::{DONE, FAILED};
use super::ui::Ui;

/// The methods page, so that the program explains offline exactly what the page says.
const METHODS: &str = include_str!("../../docs/methods.md");

pub(super) fn explain(options: &Explain, ui: &mut Ui) -> u8 {
    let wanted = options.code.trim();
    if let Some(explanation) =
        codes::all().find(|explanation| explanation.code.as_str().eq_ignore_ascii_case(wanted))
    {
        ui.out(&format!("{}: {}\n\n{}\n", explanation.code, explanation.title, explanation.text));
        return DONE;
    }
    if let Some(entry) = entry(wanted) {
        ui.out(&format!("{}\n", entry.trim_start_matches('#').trim()));
        return DONE;
    }
    let known = known();
    let mut message = format!("nothing is called \"{wanted}\"\n");
    match nearest(wanted, known.iter().copied()) {
        Some(near) => {
            let _ = writeln!(message, "did you mean {near}?");
        }
        None => message.push_str("codes stand in messages, methods in docs/methods.md\n"),
    }
    ui.complain(&message);
    FAILED
}

/// The entry of the methods page under a heading that names `id` in backquotes.
pub(super) fn entry(id: &str) -> Option<&'static str> {
    let mark = format!("`{id}`");
    let mut offset = 0;
    for line in METHODS.split_inclusive('\n') {
        if line.starts_with("### ") && line.contains(&mark) {
            let rest = &METHODS[offset..];
            let end = rest.match_indices("\n#").map(|(at, _)| at).find(|at| *at > 0).unwrap_or(rest.len());
            return Some(rest[..end].trim_end());
        }
        offset += line.len();
    }
    None
}

fn known() -> Vec<&'static str> {
    let methods = stats::FAMILIES.iter().flat_map(|family| family.iter()).map(|method| method.id);
    let own = crate::analyse::METHODS.iter().chain(crate::analyse::PROGRAMS).map(|method| method.id);
    let statistics = Statistic::ALL.iter().map(Statistic::id);
    codes::all()
        .map(|explanation| explanation.code.as_str())
        .chain(methods)
        .chain(own)
        .chain(statistics)
        .collect()
}
