//! Columns to questions by their names, where there are no import ids.

use std::collections::BTreeMap;

use crate::ingest::header::words;
use crate::ingest::qsf::Definition;

use super::expected::names_of;
use super::grammar::{self, is_number};
use super::header::Header;
use super::import_id::{Address, Part};

/// The address of each column: as the definition names it, else as the names themselves tell.
pub(super) fn addresses(header: &Header, definition: Option<&Definition>) -> Vec<Option<Address>> {
    let mut expected = Expected::default();
    for asked in definition.iter().flat_map(|definition| &definition.questions) {
        let mut add = |name: String, side: Option<&str>, part: Part| {
            let side = side.map(str::to_owned);
            let address = Address { round: None, question: asked.qid.clone(), side, part };
            expected.add(name, address);
        };
        names_of(asked, header.generation, &mut add);
    }
    let mut taken: Vec<Address> = Vec::new();
    // Where somebody wrote all names small, what stands behind a tag is small too.
    let is_small = header.names.iter().any(|name| name == "v1");
    let large = |name: &String| match name.strip_suffix("_text").filter(|_| is_small) {
        Some(stem) => format!("{stem}_TEXT"),
        None => name.clone(),
    };
    header
        .names
        .iter()
        .map(large)
        .map(|name| {
            let name = name.as_str();
            let found = expected.find(name, None, &taken).or_else(|| {
                let (round, rest) = name.split_once('_').filter(|(round, _)| is_number(round))?;
                expected.find(rest, Some(round), &taken)
            });
            if let Some(address) = &found {
                taken.push(address.clone());
            }
            found.or_else(|| grammar::address(name))
        })
        .collect()
}

/// The addresses that each name may have, as it is written and folded.
#[derive(Default)]
struct Expected {
    exact: BTreeMap<String, Vec<Address>>,
    folded: BTreeMap<String, Vec<Address>>,
}

impl Expected {
    fn add(&mut self, name: String, address: Address) {
        let folded = self.folded.entry(words(&name)).or_default();
        if !folded.contains(&address) {
            folded.push(address.clone());
        }
        let exact = self.exact.entry(name).or_default();
        if !exact.contains(&address) {
            exact.push(address);
        }
    }

    /// The first address under a name that no column has taken. Folding loses what tells `Q6#2_1` from `Q6_2: 1`,
    /// so the name as it is written comes first.
    fn find(&self, name: &str, round: Option<&str>, taken: &[Address]) -> Option<Address> {
        let of_round = |address: &Address| Address { round: round.map(str::to_owned), ..address.clone() };
        let candidates = [self.exact.get(name), self.folded.get(&words(name))];
        candidates.into_iter().flatten().flatten().map(of_round).find(|address| !taken.contains(address))
    }
}
