//! Qualtrics survey definitions: what was asked, with which choices and codes, and of whom.
//!
//! The parser knows the file's own terms only. It knows no export: `qualtrics` joins the two.

mod flow;
mod lenient;
mod logic;
mod question;

pub(super) use logic::{Logic, Operand};
pub(super) use question::{Asked, Choice, Kind, Matrix, Side};

use serde_json::Value;

use crate::diag::{Diag, FileId, Place, codes};

use super::container;

/// A survey definition.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Definition {
    /// The questions in the order in which they are asked; none from the trash.
    pub(super) questions: Vec<Asked>,
    /// The ids of the questions in the trash: their answers may still have columns.
    pub(super) trashed: Vec<String>,
}

impl Definition {
    /// The question with this id.
    pub(super) fn question(&self, qid: &str) -> Option<&Asked> {
        self.questions.iter().find(|question| question.qid == qid)
    }
}

/// Parses a definition as exported (`.qsf`) or as the platform's interface returns it.
pub(super) fn parse(file: &FileId, bytes: &[u8]) -> Result<Definition, Vec<Diag>> {
    let invalid = |message: String| {
        let diag = Diag::error(codes::DEFINITION_INVALID, Place::file(file), message);
        vec![diag.help("give the .qsf file: in Qualtrics, Survey > Tools > Import/Export > Export survey")]
    };
    let text = container::decoded(file, bytes).value;
    let root: Value = serde_json::from_str(text.trim())
        .map_err(|error| invalid(format!("{file} is not a survey definition: {error}")))?;
    let parts = Parts::of_export(&root).or_else(|| Parts::of_interface(&root));
    let Some(parts) = parts else {
        return Err(invalid(format!("{file} is JSON but not a survey definition: it has no SurveyElements")));
    };
    let blocks = flow::blocks(&parts.blocks);
    let course = flow::course(parts.flow, &blocks);
    let mut questions: Vec<Asked> = Vec::new();
    for step in course {
        let Some((_, payload)) = parts.questions.iter().find(|(qid, _)| *qid == step.qid) else { continue };
        if let Some(mut asked) = question::read(&step.qid, payload) {
            let own = payload.get("DisplayLogic").and_then(logic::read);
            asked.condition = Logic::all(step.conditions.into_iter().chain(own));
            asked.block = step.block;
            asked.shuffled = step.shuffled;
            questions.push(asked);
        }
    }
    let trashed = blocks.iter().filter(|block| block.trash).flat_map(flow::Block::qids).collect();
    if parts.blocks.is_empty() {
        // Without blocks there is no trash and no order but the file's.
        questions =
            parts.questions.iter().filter_map(|(qid, payload)| question::read(qid, payload)).collect();
    }
    if questions.is_empty() {
        return Err(invalid(format!("{file} defines no question")));
    }
    Ok(Definition { questions, trashed })
}

/// The pieces of a definition, wherever they stand.
struct Parts<'a> {
    questions: Vec<(String, &'a Value)>,
    blocks: Vec<&'a Value>,
    flow: Option<&'a Value>,
}

impl<'a> Parts<'a> {
    /// The file that Qualtrics exports: a list of elements.
    fn of_export(root: &'a Value) -> Option<Self> {
        let elements = root.get("SurveyElements").map(lenient::items)?;
        let of_kind = |kind: &'static str| {
            elements.iter().filter(move |element| lenient::text(element, "Element").as_deref() == Some(kind))
        };
        let payload = |element: &&'a Value| element.get("Payload");
        let questions = of_kind("SQ")
            .filter_map(|element| {
                let body = element.get("Payload").filter(|body| body.is_object())?;
                let qid = lenient::text(element, "PrimaryAttribute")
                    .or_else(|| lenient::text(body, "QuestionID"))?;
                Some((qid, body))
            })
            .collect();
        let blocks = of_kind("BL").filter_map(payload).flat_map(flow::block_bodies).collect();
        let flow = of_kind("FL").find_map(payload);
        Some(Self { questions, blocks, flow })
    }

    /// What the platform's interface returns: maps by id.
    fn of_interface(root: &'a Value) -> Option<Self> {
        let result = root.get("result").unwrap_or(root);
        let questions = lenient::entries(result.get("Questions")?).into_iter();
        let blocks = result.get("Blocks").map(lenient::items).unwrap_or_default();
        Some(Self { questions: questions.collect(), blocks, flow: result.get("SurveyFlow") })
    }
}

#[cfg(test)]
mod tests;
