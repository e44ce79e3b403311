//! Several answers in one cell, taken apart again by the choices that are known.

/// How a cell's text can be made of choices.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Tiling {
    /// In one way: the positions of the choices, in the order of the cell.
    Unique(Vec<usize>),
    /// In several ways, of which exactly one follows the order of the definition.
    Ordered(Vec<usize>),
    /// In several ways that nothing decides between.
    Ambiguous,
    /// In no way.
    NoFit,
}

/// A tiling, and the text at the end of the cell that is no choice: what somebody wrote with "Other".
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tiled {
    /// How the cell is made of choices, without the free text.
    pub tiling: Tiling,
    /// The free text at its end, if the cell fits only with one.
    pub free: Option<String>,
}

/// Whether a cell may end in a text that is no choice.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FreeEnd {
    /// It may: some choice takes a text.
    Allowed,
    /// It may not.
    Refused,
}

/// Steps of search after which a cell counts as ambiguous. Real cells take fewer than a hundred.
const MOST_STEPS: usize = 20_000;

/// Finds every way to make a cell of distinct choices joined by a separator.
///
/// `choices` are the spellings of each choice, in the order of the definition. Only if no choices make up the cell, and
/// `free` allows it, the last piece may be any text; the longest run of choices before it is taken.
pub fn tile(choices: &[Vec<&str>], separator: &str, cell: &str, free: FreeEnd) -> Tiled {
    let mut search = Search::new(choices, separator);
    search.walk(cell);
    let tiling = search.verdict();
    if tiling != Tiling::NoFit || free == FreeEnd::Refused || separator.is_empty() {
        return Tiled { tiling, free: None };
    }
    // The free text may hold separators itself, so the choices before it go as far as they can.
    for (end, _) in cell.rmatch_indices(separator) {
        let rest = &cell[end + separator.len()..];
        let before = tile(choices, separator, &cell[..end], FreeEnd::Refused);
        if before.tiling != Tiling::NoFit && !rest.trim().is_empty() {
            return Tiled { tiling: before.tiling, free: Some(rest.to_owned()) };
        }
    }
    Tiled { tiling: Tiling::NoFit, free: None }
}

/// Every way to make a cell of distinct choices joined by a separator, as positions in the order of the cell; `None`
/// if there are too many to search.
///
/// For a list whose order is an answer, so that the order of the definition decides nothing.
pub fn tilings(choices: &[Vec<&str>], separator: &str, cell: &str) -> Option<Vec<Vec<usize>>> {
    let mut search = Search::new(choices, separator);
    search.walk(cell);
    (search.steps <= MOST_STEPS).then_some(search.ways)
}

struct Search<'a> {
    choices: &'a [Vec<&'a str>],
    separator: &'a str,
    taken: Vec<bool>,
    path: Vec<usize>,
    ways: Vec<Vec<usize>>,
    steps: usize,
}

impl<'a> Search<'a> {
    fn new(choices: &'a [Vec<&'a str>], separator: &'a str) -> Self {
        let taken = vec![false; choices.len()];
        Self { choices, separator, taken, path: Vec::new(), ways: Vec::new(), steps: 0 }
    }

    fn walk(&mut self, rest: &str) {
        for choice in 0..self.choices.len() {
            if self.taken[choice] {
                continue;
            }
            let mut met: Option<usize> = None;
            for spelling in &self.choices[choice] {
                // Two spellings of one length are the same way.
                if spelling.is_empty() || met == Some(spelling.len()) || !rest.starts_with(spelling) {
                    continue;
                }
                self.steps += 1;
                if self.steps > MOST_STEPS {
                    return;
                }
                met = Some(spelling.len());
                let after = &rest[spelling.len()..];
                self.taken[choice] = true;
                self.path.push(choice);
                if after.is_empty() {
                    if !self.ways.contains(&self.path) {
                        self.ways.push(self.path.clone());
                    }
                } else if let Some(next) =
                    after.strip_prefix(self.separator).filter(|_| !self.separator.is_empty())
                {
                    self.walk(next);
                }
                self.path.pop();
                self.taken[choice] = false;
            }
        }
    }

    fn verdict(mut self) -> Tiling {
        if self.steps > MOST_STEPS {
            return Tiling::Ambiguous;
        }
        if self.ways.len() <= 1 {
            return self.ways.pop().map_or(Tiling::NoFit, Tiling::Unique);
        }
        let mut ordered = self.ways.into_iter().filter(|way| way.is_sorted());
        match (ordered.next(), ordered.next()) {
            (Some(way), None) => Tiling::Ordered(way),
            _ => Tiling::Ambiguous,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(choices: &[&str], cell: &str) -> Tiling {
        let choices: Vec<Vec<&str>> = choices.iter().map(|choice| vec![*choice]).collect();
        tile(&choices, ",", cell, FreeEnd::Refused).tiling
    }

    #[test]
    fn commas_within_choices_do_not_split_them() {
        let choices = ["Me, myself and I", "Wait, is it just me?"];
        assert_eq!(of(&choices, "Me, myself and I,Wait, is it just me?"), Tiling::Unique(vec![0, 1]));
        assert_eq!(of(&choices, "Wait, is it just me?"), Tiling::Unique(vec![1]));
    }

    #[test]
    fn a_cell_that_fits_two_ways_is_flagged() {
        // Both {Red, Green} and {Red,Green} follow the order of the definition.
        assert_eq!(of(&["Red", "Green", "Red,Green"], "Red,Green"), Tiling::Ambiguous);
    }

    #[test]
    fn of_several_ways_the_only_one_in_the_order_of_the_definition_is_taken() {
        // As A then "B,C", or as "A,B" then C: the definition has C before "A,B".
        assert_eq!(of(&["A", "C", "B,C", "A,B"], "A,B,C"), Tiling::Ordered(vec![0, 2]));
    }

    #[test]
    fn a_choice_is_made_once() {
        assert_eq!(of(&["Red", "Green"], "Red,Red"), Tiling::NoFit);
        assert_eq!(of(&["Red", "Green"], "Green,Red"), Tiling::Unique(vec![1, 0]));
    }

    #[test]
    fn q_08_codes_are_a_list_and_not_a_number() {
        assert_eq!(of(&["1", "2", "3", "12"], "1,2,3"), Tiling::Unique(vec![0, 1, 2]));
        assert_eq!(of(&["1", "2", "3"], "123"), Tiling::NoFit);
    }

    #[test]
    fn a_free_text_at_the_end_is_set_apart_only_where_a_choice_takes_one() {
        let choices = vec![vec!["Red"], vec!["Other"]];
        let tiled = tile(&choices, ",", "Red,mauve, mostly", FreeEnd::Allowed);
        assert_eq!(tiled, Tiled { tiling: Tiling::Unique(vec![0]), free: Some("mauve, mostly".into()) });
        assert_eq!(tile(&choices, ",", "Red,mauve", FreeEnd::Refused).tiling, Tiling::NoFit);
        assert_eq!(tile(&choices, ",", "Red,Other", FreeEnd::Allowed).free, None);
        assert_eq!(tile(&choices, ",", "mauve", FreeEnd::Allowed).tiling, Tiling::NoFit);
    }

    #[test]
    fn any_spelling_of_a_choice_is_that_choice() {
        let choices = vec![vec!["R&D", "R&amp;D"], vec!["Sales"]];
        assert_eq!(tile(&choices, ",", "R&amp;D,Sales", FreeEnd::Refused).tiling, Tiling::Unique(vec![0, 1]));
    }

    #[test]
    fn the_work_on_a_hostile_cell_is_bounded() {
        let texts: Vec<String> = (1..=40).map(|n| vec!["a"; n].join(",")).collect();
        let choices: Vec<Vec<&str>> = texts.iter().map(|text| vec![text.as_str()]).collect();
        assert_eq!(
            tile(&choices, ",", &vec!["a"; 200].join(","), FreeEnd::Refused).tiling,
            Tiling::Ambiguous
        );
    }

    #[test]
    fn nothing_and_no_choices_fit_nothing() {
        assert_eq!(of(&["A", ""], ""), Tiling::NoFit);
        assert_eq!(of(&[], "A"), Tiling::NoFit);
    }
}
