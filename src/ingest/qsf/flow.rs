//! The course of a survey: which questions come in which order, and what stands between a person and each of them.

use serde_json::Value;

use super::{Logic, lenient, logic};

/// A block of questions.
#[derive(Debug)]
pub(super) struct Block<'a> {
    id: String,
    /// Whether it holds what the author deleted.
    pub(super) trash: bool,
    /// Whether not every question of it is shown to everybody.
    sampled: bool,
    /// Whether its questions come in random order.
    shuffled: bool,
    elements: Vec<&'a Value>,
}

/// A question on the course, and the conditions before it.
#[derive(Debug)]
pub(super) struct Step {
    /// The question.
    pub(super) qid: String,
    /// Conditions that must all hold.
    pub(super) conditions: Vec<Logic>,
    /// The position of its block on the course.
    pub(super) block: usize,
    /// If it comes in random order, a number that it has in common with those among which it comes.
    pub(super) shuffled: Option<usize>,
}

/// The blocks in a payload, which may be a list, a map, or a block itself.
pub(super) fn block_bodies(payload: &Value) -> Vec<&Value> {
    if payload.get("BlockElements").is_some() || lenient::text(payload, "ID").is_some() {
        return vec![payload];
    }
    lenient::items(payload)
}

/// Reads blocks.
pub(super) fn blocks<'a>(bodies: &[&'a Value]) -> Vec<Block<'a>> {
    bodies
        .iter()
        .map(|body| {
            let options = body.get("Options");
            let order = options.and_then(|options| lenient::text(options, "RandomizeQuestions"));
            Block {
                id: lenient::text(body, "ID").unwrap_or_default(),
                trash: lenient::text(body, "Type").as_deref() == Some("Trash"),
                sampled: matches!(order.as_deref(), Some("RandomWithOnlyX" | "Advanced")),
                shuffled: order.as_deref().is_some_and(|order| !matches!(order, "false" | "")),
                elements: body.get("BlockElements").map(lenient::items).unwrap_or_default(),
            }
        })
        .collect()
}

impl Block<'_> {
    /// The questions in it.
    pub(super) fn qids(&self) -> Vec<String> {
        self.elements.iter().filter_map(|element| lenient::text(element, "QuestionID")).collect()
    }
}

/// The questions in the order of the flow, each once. Blocks that the flow does not name come last.
pub(super) fn course(flow: Option<&Value>, blocks: &[Block<'_>]) -> Vec<Step> {
    let mut walk = Walk { blocks, met: Vec::new(), walked: 0, shuffled: None, steps: Vec::new() };
    let mut gone = Vec::new();
    if let Some(nodes) = flow.and_then(|flow| flow.get("Flow")) {
        walk.nodes(&lenient::items(nodes), &[], &mut gone, 0);
    }
    for block in blocks.iter().filter(|block| !block.trash) {
        if !walk.met.contains(&block.id) {
            // A block outside the flow has old answers at most; nobody is asked it now, and nothing says when it was.
            let conditions = if flow.is_some() {
                vec![Logic::Unknown("its block is not in the survey's flow".into())]
            } else {
                Vec::new()
            };
            walk.block(block, &conditions, &mut gone.clone());
        }
    }
    merged(walk.steps)
}

/// A question that the flow reaches in several ways is asked if any of them is open.
fn merged(steps: Vec<Step>) -> Vec<Step> {
    let mut merged: Vec<(Step, Vec<Vec<Logic>>)> = Vec::new();
    for step in steps {
        match merged.iter_mut().find(|(first, _)| first.qid == step.qid) {
            Some((_, ways)) => ways.push(step.conditions),
            None => {
                let ways = vec![step.conditions.clone()];
                merged.push((Step { conditions: Vec::new(), ..step }, ways));
            }
        }
    }
    merged
        .into_iter()
        .map(|(mut step, mut ways)| {
            step.conditions = match ways.len() {
                1 => ways.pop().unwrap_or_default(),
                _ => match ways.into_iter().map(Logic::all).collect::<Option<Vec<Logic>>>() {
                    Some(ways) => vec![Logic::Any(ways)],
                    // One way is open to everybody.
                    None => Vec::new(),
                },
            };
            step
        })
        .collect()
}

/// Deeper nesting than any survey has; a file that claims more is not followed further.
const DEEPEST: usize = 64;

struct Walk<'a> {
    blocks: &'a [Block<'a>],
    met: Vec<String>,
    /// How many blocks were walked through.
    walked: usize,
    /// Where blocks in random order began, if the walk is among such.
    shuffled: Option<usize>,
    steps: Vec<Step>,
}

impl Walk<'_> {
    /// Follows sibling nodes. `gone` collects the conditions under which a person has left the survey before.
    fn nodes(&mut self, nodes: &[&Value], conditions: &[Logic], gone: &mut Vec<Logic>, depth: usize) {
        if depth > DEEPEST {
            return;
        }
        for node in nodes {
            let children = node.get("Flow").map(lenient::items).unwrap_or_default();
            match lenient::text(node, "Type").as_deref() {
                Some("Branch") => {
                    let open = node.get("BranchLogic").and_then(logic::read);
                    let inner: Vec<Logic> = conditions.iter().cloned().chain(open).collect();
                    self.nodes(&children, &inner, gone, depth + 1);
                }
                Some("BlockRandomizer" | "Randomizer") => {
                    let shown = lenient::text(node, "SubSet").and_then(|subset| subset.parse::<usize>().ok());
                    let sampled = shown.is_some_and(|shown| shown < children.len());
                    let chance = sampled
                        .then(|| Logic::Unknown("a random part of the survey's blocks is shown".into()));
                    let inner: Vec<Logic> = conditions.iter().cloned().chain(chance).collect();
                    let outer = self.shuffled;
                    self.shuffled = outer.or(Some(self.walked));
                    self.nodes(&children, &inner, gone, depth + 1);
                    self.shuffled = outer;
                }
                Some("EndSurvey") => {
                    // Whoever comes here is asked nothing that follows.
                    let left = Logic::all(conditions.iter().cloned());
                    gone.push(
                        left.map_or_else(
                            || Logic::Unknown("the survey ends before it".into()),
                            Logic::negated,
                        ),
                    );
                }
                _ => {
                    if let Some(id) = lenient::text(node, "ID") {
                        let blocks = self.blocks;
                        if let Some(block) = blocks.iter().find(|block| block.id == id && !block.trash) {
                            self.met.push(id);
                            self.block(block, conditions, gone);
                        }
                    }
                    self.nodes(&children, conditions, gone, depth + 1);
                }
            }
        }
    }

    fn block(&mut self, block: &Block<'_>, conditions: &[Logic], gone: &mut Vec<Logic>) {
        let position = self.walked;
        self.walked += 1;
        let shuffled = self.shuffled.or(block.shuffled.then_some(position));
        // Skips within the block, with the question at which each ends; `None` is the end of the block.
        let mut skips: Vec<(Logic, Option<String>)> = Vec::new();
        for element in &block.elements {
            let Some(qid) = lenient::text(element, "QuestionID") else { continue };
            skips.retain(|(_, until)| until.as_ref() != Some(&qid));
            let mut before: Vec<Logic> = conditions.to_vec();
            before.extend(gone.iter().cloned());
            before.extend(skips.iter().map(|(logic, _)| logic.clone().negated()));
            if block.sampled {
                before.push(Logic::Unknown("a random part of the block's questions is shown".into()));
            }
            self.steps.push(Step { qid, conditions: before, block: position, shuffled });
            for skip in element.get("SkipLogic").map(lenient::items).unwrap_or_default() {
                let taken = skip_logic(skip);
                match lenient::text(skip, "SkipToDestination").as_deref() {
                    Some("ENDOFSURVEY") => gone.push(taken.negated()),
                    Some(until) if until.starts_with("QID") => skips.push((taken, Some(until.to_owned()))),
                    _ => skips.push((taken, None)),
                }
            }
        }
    }
}

fn skip_logic(skip: &Value) -> Logic {
    let locator = lenient::text(skip, "Locator").or_else(|| lenient::text(skip, "ChoiceLocator"));
    let operator = lenient::text(skip, "Condition").unwrap_or_default();
    let value = lenient::text(skip, "RightOperand");
    locator.and_then(|locator| logic::question_test(&locator, &operator, value)).unwrap_or_else(|| {
        let words = lenient::text(skip, "Description").map(|text| crate::ingest::wording::plain(&text));
        Logic::Unknown(words.unwrap_or_else(|| "a skip without a description".to_owned()))
    })
}
