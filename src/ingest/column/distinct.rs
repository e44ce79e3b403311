//! The distinct texts of a column, to do once for each what need not be done for every row.

/// The distinct texts of a column and which of them each row has.
#[derive(Debug, Clone)]
pub struct Distinct<'a> {
    pub(super) texts: Vec<(&'a str, u64)>,
    /// The position of each code's text in `texts`, and first that of a blank, which has none.
    pub(super) positions: Vec<Option<usize>>,
    pub(super) rows: DistinctRows<'a>,
}

#[derive(Debug, Clone)]
pub(super) enum DistinctRows<'a> {
    Narrow(&'a [u8]),
    Medium(&'a [u16]),
    Wide(&'a [u32]),
    Own(Vec<u32>),
}

impl<'a> Distinct<'a> {
    /// No texts and no rows: what a column that is not there has.
    pub(in crate::ingest) fn none() -> Self {
        Self { texts: Vec::new(), positions: Vec::new(), rows: DistinctRows::Narrow(&[]) }
    }

    /// The texts with the number of rows that have each, in the order in which they were first met.
    pub fn texts(&self) -> &[(&'a str, u64)] {
        &self.texts
    }

    /// The position in [`Self::texts`] of what each row has, from top to bottom; `None` for a blank.
    pub fn rows(&self) -> Box<dyn Iterator<Item = Option<usize>> + '_> {
        let at = |code: usize| self.positions.get(code).copied().flatten();
        match &self.rows {
            DistinctRows::Narrow(codes) => Box::new(codes.iter().map(move |code| at(usize::from(*code)))),
            DistinctRows::Medium(codes) => Box::new(codes.iter().map(move |code| at(usize::from(*code)))),
            DistinctRows::Wide(codes) => Box::new(codes.iter().map(move |code| at(*code as usize))),
            DistinctRows::Own(codes) => Box::new(codes.iter().map(move |code| at(*code as usize))),
        }
    }
}
