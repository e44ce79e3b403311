//! Rankings with the item at each place: in a column for each place, or all in one cell.

use crate::codebook::{Choice, Found, Missing, OrderCells, find_choice, is_ranked, tilings};
use crate::ingest::Cells;
use crate::responses::{RankState, Ranking};

use super::super::account::{Account, Fact};
use super::super::asked::Asked;
use super::super::recoded::{ReadAs, Rule};
use super::super::ticks::spellings;
use super::super::unread::Kind;
use super::{Beside, filled};

pub(super) fn code(
    cells: &OrderCells,
    choices: &[Choice],
    asked: &Asked<'_>,
    account: &mut Account<'_>,
) -> Vec<Ranking> {
    let items: Vec<Option<usize>> = ranked(choices);
    let count = items.iter().flatten().count();
    let coder = Coder { choices, items, count };
    (0..account.export.table.height()).map(|row| coder.one(cells, row, asked, account)).collect()
}

/// For each choice its position among the items that are ranked; `None` for one that is no item.
fn ranked(choices: &[Choice]) -> Vec<Option<usize>> {
    let mut items = 0..;
    choices.iter().map(|choice| if is_ranked(choice) { items.next() } else { None }).collect()
}

struct Coder<'a> {
    choices: &'a [Choice],
    items: Vec<Option<usize>>,
    count: usize,
}

impl Coder<'_> {
    fn one(&self, cells: &OrderCells, row: usize, asked: &Asked<'_>, account: &mut Account<'_>) -> Ranking {
        let mut beside = Beside::default();
        let first = cells.columns().first().copied().unwrap_or(usize::MAX);
        // At each place the choice that stands there, if one does.
        let places: Vec<Option<usize>> = match cells {
            OrderCells::Places(columns) => {
                columns.iter().map(|column| self.at_place(row, *column, &mut beside, account)).collect()
            }
            OrderCells::Listed { column, separator } => {
                self.listed(row, *column, separator, &mut beside, account)
            }
        };
        let mut ranks: Vec<Option<u16>> = vec![None; self.count];
        let (mut twice, mut exclusive) = (false, None);
        for (place, choice) in (1..).zip(places) {
            let Some(choice) = choice else { continue };
            match self.items.get(choice).copied().flatten() {
                Some(item) if ranks[item].is_some() => twice = true,
                Some(item) => ranks[item] = Some(place),
                None => exclusive = self.choices.get(choice).map(|choice| choice.outside),
            }
        }
        if let Some(outside) = exclusive
            && !beside.unreadable
        {
            if ranks.iter().all(Option::is_none) {
                return Ranking::of(ranks, outside.unwrap_or(Missing::NotApplicable));
            }
            account.met(Fact::Exclusive, row, first);
            return Ranking { ranks, state: RankState::Invalid };
        }
        if twice {
            account.met(Fact::ItemTwice, row, first);
            return Ranking { ranks, state: RankState::Invalid };
        }
        beside.ranking(ranks, row, first, asked, account)
    }

    fn at_place(
        &self,
        row: usize,
        column: usize,
        beside: &mut Beside,
        account: &mut Account<'_>,
    ) -> Option<usize> {
        let text = filled(account.export, row, column)?;
        if beside.takes(row, column, text, account) {
            return None;
        }
        let found = find_choice(self.choices, text.trim(), account.export.cells == Cells::Codes);
        match found {
            Some(Found::Exactly(choice)) => Some(choice),
            Some(Found::Folded(choice)) => {
                let told = account.told(column, text);
                let label = self.choices.get(choice).map(|choice| choice.label.clone()).unwrap_or_default();
                account.recoded(row, column, told, ReadAs::Answer(label), Rule::Spelling);
                Some(choice)
            }
            None => {
                beside.unreadable = true;
                account.unread(Kind::NotAnItem, row, column);
                None
            }
        }
    }

    /// The choices of a list, in its order. A list that fits in several ways is read in the one that holds every item.
    fn listed(
        &self,
        row: usize,
        column: usize,
        separator: &str,
        beside: &mut Beside,
        account: &mut Account<'_>,
    ) -> Vec<Option<usize>> {
        let Some(text) = filled(account.export, row, column) else { return Vec::new() };
        if beside.takes(row, column, text, account) {
            return Vec::new();
        }
        // Lists of some tools end in a separator.
        let cell = text.trim();
        let cell = cell.strip_suffix(separator).unwrap_or(cell);
        let codes_first = account.export.cells == Cells::Codes;
        // Of items without the separator a list is its parts, one of which may stand there twice.
        let simple = self.choices.iter().all(|choice| !choice.label.contains(separator));
        if simple {
            let found: Option<Vec<Option<usize>>> = cell
                .split(separator)
                .map(|part| find_choice(self.choices, part.trim(), codes_first))
                .map(|found| found.map(|found| Some(found.position())))
                .collect();
            return found.unwrap_or_else(|| {
                beside.unreadable = true;
                account.unread(Kind::NotAnItem, row, column);
                Vec::new()
            });
        }
        let with_blank = format!("{separator} ");
        let readings = [codes_first, !codes_first].map(|codes| [(codes, separator), (codes, &with_blank)]);
        let ways = readings.into_iter().flatten().find_map(|(codes, separator)| {
            let ways = tilings(&spellings(self.choices, codes), separator, cell);
            if ways.as_ref().is_some_and(Vec::is_empty) { None } else { Some(ways.unwrap_or_default()) }
        });
        let way = ways.as_deref().and_then(|ways| self.full(ways));
        way.map_or_else(
            || {
                beside.unreadable = true;
                let kind = if ways.is_some() { Kind::Ambiguous } else { Kind::NotAnItem };
                account.unread(kind, row, column);
                Vec::new()
            },
            |way| way.iter().copied().map(Some).collect(),
        )
    }

    /// The only way, or of several the only one that holds every item.
    fn full<'w>(&self, ways: &'w [Vec<usize>]) -> Option<&'w Vec<usize>> {
        if let [only] = ways {
            return Some(only);
        }
        let mut full = ways.iter().filter(|way| way.len() == self.count);
        match (full.next(), full.next()) {
            (Some(way), None) => Some(way),
            _ => None,
        }
    }
}
