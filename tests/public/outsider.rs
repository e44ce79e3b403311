//! An outsider: reads a public `findings.json` and nothing else, knows how surveys add up, and bounds what is withheld.
//!
//! Nothing here uses the program's own model of counts; the relations are written down anew.

use std::collections::BTreeMap;

use microlp::{ComparisonOp, OptimizationDirection, Problem};
use serde_json::Value;

/// Why somebody may not have answered.
const REASONS: [&str; 8] =
    ["not-asked", "not-reached", "skipped", "not-applicable", "dont-know", "refused", "unreadable", "blank"];

#[derive(Default)]
pub(super) struct Outsider {
    cells: BTreeMap<String, usize>,
    sums: Vec<(usize, Vec<usize>)>,
    known: BTreeMap<usize, u64>,
}

impl Outsider {
    /// Learns what adds up from the questions, and every number that a finding says, in its value and its base.
    pub(super) fn reading(findings: &Value) -> Self {
        let mut outsider = Self::default();
        for question in findings["questions"].as_array().unwrap() {
            outsider.question(question);
        }
        for finding in findings["findings"].as_array().unwrap() {
            outsider.finding(finding);
        }
        outsider
    }

    /// The same, but knowing only how many were analysed and how many left questions, all but one, unanswered for the
    /// named reasons.
    pub(super) fn knowing_only(findings: &Value, nonresponse: &[&str], but: &str) -> Self {
        let mut outsider = Self::default();
        for question in findings["questions"].as_array().unwrap() {
            outsider.question(question);
        }
        for finding in findings["findings"].as_array().unwrap() {
            let is_other = finding["question"] != but;
            outsider.base(finding, |reason| is_other && nonresponse.contains(&reason), false);
        }
        outsider
    }

    fn cell(&mut self, name: impl Into<String>) -> usize {
        let next = self.cells.len();
        *self.cells.entry(name.into()).or_insert(next)
    }

    fn sum(&mut self, whole: &str, parts: impl IntoIterator<Item = String>) {
        let whole = self.cell(whole);
        let parts = parts.into_iter().map(|part| self.cell(part)).collect();
        self.sums.push((whole, parts));
    }

    /// Everything that counts and what is not counted make the base.
    fn in_base(&mut self, base: &str, part: &str) {
        self.sum(base, [part.to_owned(), format!("{part}#not")]);
    }

    fn question(&mut self, question: &Value) {
        let text = |key: &str| question[key].as_str().unwrap().to_owned();
        let ids = |key: &str| -> Vec<String> {
            question[key]
                .as_array()
                .unwrap()
                .iter()
                .map(|named| named["id"].as_str().unwrap().to_owned())
                .collect()
        };
        let (group, kind) = (text("group"), text("kind"));
        let stem = format!("{group}/{}", text("id"));
        let (items, levels) = (ids("items"), ids("levels"));
        let stems: Vec<String> = match kind.as_str() {
            "multi" | "ranking" => vec![stem.clone()],
            _ => items
                .iter()
                .map(|item| if item.is_empty() { stem.clone() } else { format!("{stem}/{item}") })
                .collect(),
        };
        for stem in &stems {
            let missing = REASONS.iter().map(|reason| format!("{stem}/missing/{reason}"));
            self.sum(&format!("{group}/included"), missing.chain([format!("{stem}/answered")]));
        }
        match kind.as_str() {
            "likert" | "single" => {
                for stem in &stems {
                    let base = format!("{stem}/answered");
                    self.sum(&base, levels.iter().map(|level| format!("{stem}/{level}")));
                    for level in &levels {
                        self.in_base(&base, &format!("{stem}/{level}"));
                    }
                }
            }
            "multi" => {
                let base = format!("{stem}/answered");
                let total = format!("{stem}/mentions-total");
                self.sum(&total, levels.iter().map(|level| format!("{stem}/{level}")));
                self.sum(&total, [base.clone(), format!("{stem}#further")]);
                for level in &levels {
                    self.in_base(&base, &format!("{stem}/{level}"));
                }
            }
            "ranking" => {
                let base = format!("{stem}/answered");
                let rank = |item: &String, rank: usize| format!("{stem}/{item}/rank-{rank}");
                for item in &items {
                    let unranked = format!("{stem}/{item}/unranked");
                    let ranks: Vec<String> =
                        (1..=items.len()).map(|at| rank(item, at)).chain([unranked]).collect();
                    for cell in &ranks {
                        self.in_base(&base, cell);
                    }
                    self.sum(&base, ranks);
                }
                for at in 1..=items.len() {
                    let cells = items.iter().map(|item| rank(item, at));
                    self.sum(&base, cells.chain([format!("{stem}#nothing-at-{at}")]));
                }
            }
            _ => {}
        }
    }

    fn finding(&mut self, finding: &Value) {
        let id = finding["id"].as_str().unwrap().to_owned();
        self.base(finding, |_| true, true);
        if finding["question"].is_null() {
            return;
        }
        let stem = id.rsplit_once('/').unwrap().0.to_owned();
        if finding["statistic"] == "top-box" {
            let levels = finding["level"].as_str().unwrap();
            self.sum(&id, levels.split('+').map(|level| format!("{stem}/{level}")));
            self.in_base(&format!("{stem}/answered"), &id);
        }
        let value = &finding["value"];
        if let Some(count) = value["count"].as_u64() {
            self.learn(&id, count);
        } else if let (Some(count), Some(of)) =
            (value["share"]["count"].as_u64(), value["share"]["of"].as_u64())
        {
            let (cell, base) = match finding["statistic"].as_str().unwrap() {
                "mentions" => (stem.clone(), format!("{}/mentions-total", stem.rsplit_once('/').unwrap().0)),
                "rank-share" | "unranked" => {
                    (id.clone(), format!("{}/answered", stem.rsplit_once('/').unwrap().0))
                }
                _ => (id.clone(), format!("{stem}/answered")),
            };
            self.learn(&cell, count);
            self.learn(&base, of);
        } else {
            // Summaries would tell more than counts do; none of them may stand beside a withheld count.
            let said = value["number"].is_number() || value["order"].is_array() || value["test"].is_object();
            assert!(!said, "{id} is a summary that this outsider does not take apart");
        }
    }

    fn base(&mut self, finding: &Value, told: impl Fn(&str) -> bool, whole: bool) {
        let group = finding["group"].as_str().unwrap();
        let base = &finding["base"];
        // Groups without answers have no question that their people could be counted by.
        let Some(question) = finding["question"].as_str() else { return };
        if let Some(included) = base["included"].as_u64() {
            self.learn(&format!("{group}/included"), included);
        }
        let item = finding["item"].as_str().map_or(String::new(), |item| format!("/{item}"));
        let stem = format!("{group}/{question}{item}");
        let Some(answered) = base["answered"].as_u64() else { return };
        if whole {
            self.learn(&format!("{stem}/answered"), answered);
        }
        for reason in REASONS.into_iter().filter(|reason| told(reason)) {
            let count = base["missing"][reason].as_u64().unwrap_or(0);
            self.learn(&format!("{stem}/missing/{reason}"), count);
        }
    }

    fn learn(&mut self, name: &str, count: u64) {
        let cell =
            *self.cells.get(name).unwrap_or_else(|| panic!("{name} is no count that this outsider expects"));
        let before = self.known.insert(cell, count);
        assert!(before.is_none_or(|before| before == count), "{name} is said as {before:?} and as {count}");
    }

    /// The smallest and the largest whole number that a count can be.
    pub(super) fn bounds(&self, name: &str) -> (u64, u64) {
        let cell = *self.cells.get(name).unwrap_or_else(|| panic!("no count is named {name}"));
        if let Some(known) = self.known.get(&cell) {
            return (*known, *known);
        }
        let end = |direction| {
            let mut problem = Problem::new(direction);
            let cells: Vec<_> = (0..self.cells.len())
                .map(|at| {
                    let weight = if at == cell { 1.0 } else { 0.0 };
                    let known = self.known.get(&at).map(|known| i32::try_from(*known).unwrap());
                    problem.add_integer_var(weight, known.map_or((0, 100_000), |known| (known, known)))
                })
                .collect();
            for (whole, parts) in self.joined_to(cell) {
                let mut terms = vec![(cells[*whole], 1.0)];
                terms.extend(parts.iter().map(|part| (cells[*part], -1.0)));
                problem.add_constraint(terms.as_slice(), ComparisonOp::Eq, 0.0);
            }
            let solution = problem.solve().unwrap().into_solution().unwrap();
            #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a small count")]
            let value = solution.var_value(cells[cell]).round() as u64;
            value
        };
        (end(OptimizationDirection::Minimize), end(OptimizationDirection::Maximize))
    }

    /// The sums on which a count hangs through others that are not known.
    fn joined_to(&self, cell: usize) -> Vec<&(usize, Vec<usize>)> {
        let mut reached = vec![cell];
        let mut sums: Vec<&(usize, Vec<usize>)> = Vec::new();
        let mut next = 0;
        while next < reached.len() {
            let cell = reached[next];
            next += 1;
            for sum in self.sums.iter().filter(|(whole, parts)| *whole == cell || parts.contains(&cell)) {
                if sums.iter().any(|known| std::ptr::eq(*known, sum)) {
                    continue;
                }
                sums.push(sum);
                let members = std::iter::once(&sum.0).chain(&sum.1);
                for member in members.filter(|member| !self.known.contains_key(member)) {
                    if !reached.contains(member) {
                        reached.push(*member);
                    }
                }
            }
        }
        sums
    }
}
