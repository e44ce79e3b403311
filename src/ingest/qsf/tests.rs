//! Definitions in every shape that real ones have.
#![expect(clippy::needless_pass_by_value, reason = "JSON is written where it is passed")]

use serde_json::{Value, json};

use super::*;
use crate::codebook::Comparison;

fn parsed(root: &Value) -> Definition {
    parse(&FileId::new("a.qsf"), root.to_string().as_bytes()).unwrap()
}

/// A definition of these questions, with these blocks and this flow.
fn survey(questions: &[(&str, Value)], blocks: Value, flow: Value) -> Value {
    let mut elements: Vec<Value> = questions
        .iter()
        .map(|(qid, body)| json!({"Element": "SQ", "PrimaryAttribute": qid, "Payload": body}))
        .collect();
    elements.push(json!({"Element": "BL", "Payload": blocks}));
    if !flow.is_null() {
        elements.push(json!({"Element": "FL", "Payload": {"Type": "Root", "Flow": flow}}));
    }
    elements.push(json!({"Element": "PROJ", "Payload": null}));
    json!({"SurveyEntry": {"SurveyID": "SV_1"}, "SurveyElements": elements})
}

fn block(id: &str, kind: &str, elements: &[Value]) -> Value {
    json!({"Type": kind, "ID": id, "Description": id, "BlockElements": elements})
}

fn asks(qid: &str) -> Value {
    json!({"Type": "Question", "QuestionID": qid})
}

fn text_entry(tag: &str) -> Value {
    json!({"QuestionText": tag, "DataExportTag": tag, "QuestionType": "TE", "Selector": "SL"})
}

fn choice_question(body: Value) -> Asked {
    let mut question =
        json!({"QuestionText": "?", "DataExportTag": "Q1", "QuestionType": "MC", "Selector": "SAVR"});
    for (key, value) in body.as_object().unwrap() {
        question[key] = value.clone();
    }
    let root = survey(&[("QID1", question)], json!([block("BL_1", "Default", &[asks("QID1")])]), Value::Null);
    parsed(&root).questions.remove(0)
}

fn ids(choices: &[Choice]) -> Vec<&str> {
    choices.iter().map(|choice| choice.id.as_str()).collect()
}

fn tags(definition: &Definition) -> Vec<&str> {
    definition.questions.iter().map(|question| question.tag.as_str()).collect()
}

#[test]
fn s_01_empty_maps_in_every_spelling_change_nothing() {
    let plain = choice_question(json!({"Choices": {"1": {"Display": "A"}, "2": {"Display": "B"}}}));
    for nothing in [json!([]), json!({}), json!(false), json!(null)] {
        let same = choice_question(json!({
            "Choices": {"1": {"Display": "A"}, "2": {"Display": "B"}},
            "RecodeValues": nothing, "VariableNaming": nothing, "ChoiceDataExportTags": nothing,
            "AnalyzeChoices": nothing, "Language": nothing, "Validation": "None", "DisplayLogic": nothing,
        }));
        assert_eq!(same, plain);
    }
}

#[test]
fn s_01_choices_may_be_a_list() {
    let asked = choice_question(json!({"Choices": [{"Display": "never"}, {"Display": "always"}]}));
    assert_eq!(ids(&asked.choices), ["0", "1"]);
}

#[test]
fn s_02_the_order_mixes_numbers_and_texts_names_deleted_ids_and_leaves_some_out() {
    let choices =
        json!({"1": {"Display": "A"}, "2": {"Display": "B"}, "10": {"Display": "C"}, "9": {"Display": "D"}});
    let asked = choice_question(json!({"Choices": choices, "ChoiceOrder": [2, "7", "1"]}));
    assert_eq!(ids(&asked.choices), ["2", "1", "9", "10"]);
    assert_eq!(
        ids(&choice_question(json!({"Choices": choices, "ChoiceOrder": []})).choices),
        ["1", "2", "9", "10"]
    );
}

#[test]
fn s_03_recodes_are_numbers_or_texts_and_may_be_partial() {
    let asked = choice_question(json!({
        "Choices": {"1": {"Display": "A"}, "2": {"Display": "B"}, "3": {"Display": "C"}},
        "RecodeValues": {"1": 1_677_721_500_000_000_i64, "2": "-"},
    }));
    let codes: Vec<&str> = asked.choices.iter().map(|choice| choice.code.as_str()).collect();
    assert_eq!(codes, ["1677721500000000", "-", "3"]);
}

#[test]
fn s_05_a_display_may_be_a_number_or_missing_or_spelt_small() {
    let asked = choice_question(
        json!({"Choices": {"1": {"Display": 18}, "2": {"Display": null}, "3": {"display": "x"}}}),
    );
    let labels: Vec<&str> = asked.choices.iter().map(|choice| choice.label.as_str()).collect();
    assert_eq!(labels, ["18", "2", "x"]);
}

#[test]
fn s_06_a_blank_tag_is_the_id() {
    assert_eq!(choice_question(json!({"DataExportTag": " ", "Choices": {}})).tag, "QID1");
}

#[test]
fn s_09_carried_choices_name_their_source() {
    let asked = choice_question(json!({
        "Choices": [], "DynamicChoices": {"Locator": "q://QID20/ChoiceGroup/SelectedChoices", "Type": "Dynamic"},
    }));
    assert_eq!((asked.carried_from.as_deref(), asked.choices.len()), (Some("QID20"), 0));
}

#[test]
fn s_11_exclusive_choices_and_those_left_out_are_marked() {
    let asked = choice_question(json!({
        "Choices": {"1": {"Display": "A"}, "2": {"Display": "None", "ExclusiveAnswer": true}, "3": {"Display": "n/a"}},
        "AnalyzeChoices": {"3": "No", "1": "on"},
    }));
    let marks: Vec<(bool, bool)> =
        asked.choices.iter().map(|choice| (choice.exclusive, choice.left_out)).collect();
    assert_eq!(marks, [(false, false), (true, false), (false, true)]);
}

#[test]
fn a_matrix_recodes_its_columns_and_tags_its_rows() {
    let asked = choice_question(json!({
        "QuestionType": "Matrix", "Selector": "Likert", "SubSelector": "SingleAnswer",
        "Choices": {"1": {"Display": "Row"}}, "Answers": {"1": {"Display": "Low"}, "2": {"Display": "High"}},
        "AnswerOrder": [2, 1], "RecodeValues": {"1": "10", "2": "20"}, "ChoiceDataExportTags": {"1": "row_tag"},
    }));
    assert_eq!(asked.kind, Kind::Matrix(Matrix::Single));
    assert_eq!((asked.choices[0].code.as_str(), asked.choices[0].tag.as_deref()), ("1", Some("row_tag")));
    let answers: Vec<(&str, &str)> =
        asked.answers.iter().map(|answer| (answer.code.as_str(), answer.label.as_str())).collect();
    assert_eq!(answers, [("20", "High"), ("10", "Low")]);
}

#[test]
fn kinds_follow_type_selector_and_validation() {
    let kind = |body: Value| choice_question(body).kind;
    assert_eq!(kind(json!({"Selector": "MACOL"})), Kind::Multi);
    assert_eq!(kind(json!({"Selector": "DL"})), Kind::Single);
    assert_eq!(kind(json!({"Selector": "NPS"})), Kind::NetPromoter);
    assert_eq!(
        kind(
            json!({"QuestionType": "TE", "Selector": "SL", "Validation": {"Settings": {"ContentType": "ValidNumber"}}})
        ),
        Kind::Number
    );
    assert_eq!(
        kind(
            json!({"QuestionType": "TE", "Selector": "SL", "Validation": {"Settings": {"ContentType": "ValidEmail"}}})
        ),
        Kind::Contact
    );
    assert_eq!(
        kind(json!({"QuestionType": "Matrix", "Selector": "Likert", "SubSelector": "MultipleAnswer"})),
        Kind::Matrix(Matrix::Multi)
    );
    assert_eq!(kind(json!({"QuestionType": "Timing", "Selector": "PageTimer"})), Kind::Measured);
    assert_eq!(kind(json!({"QuestionType": "DB", "Selector": "TB"})), Kind::Shown);
}

#[test]
fn s_16_blocks_may_be_a_list_a_map_or_one_element_each_and_the_trash_is_dropped() {
    let questions = [("QID1", text_entry("A")), ("QID2", text_entry("B")), ("QID3", text_entry("C"))];
    let (first, last) =
        (block("BL_1", "Default", &[asks("QID2")]), block("BL_2", "Standard", &[asks("QID1")]));
    let trash = block("BL_3", "Trash", &[asks("QID3")]);
    let list = parsed(&survey(&questions, json!([first, trash, last]), Value::Null));
    assert_eq!((tags(&list), list.trashed.as_slice()), (vec!["B", "A"], ["QID3".to_owned()].as_slice()));
    let map = parsed(&survey(&questions, json!({"10": last, "9": first, "2": trash}), Value::Null));
    assert_eq!(map, list);
    let mut single = survey(&questions, first, Value::Null);
    for payload in [trash, last] {
        single["SurveyElements"].as_array_mut().unwrap().push(json!({"Element": "BL", "Payload": payload}));
    }
    assert_eq!(parsed(&single), list);
}

#[test]
fn what_the_interface_returns_is_the_same_definition() {
    let questions = [("QID1", text_entry("A")), ("QID2", text_entry("B"))];
    let blocks = [block("BL_1", "Default", &[asks("QID2"), asks("QID1")])];
    let exported = parsed(&survey(&questions, json!(blocks), Value::Null));
    let returned = json!({"result": {
        "Questions": {"QID1": text_entry("A"), "QID2": text_entry("B")},
        "Blocks": {"BL_1": blocks[0]},
    }});
    assert_eq!(parsed(&returned), exported);
}

#[test]
fn what_is_no_definition_is_an_error_with_the_way_to_one() {
    for text in ["", "not json", "[]", "{\"SurveyElements\":[]}", "{\"a\":1}", "null"] {
        let diags = parse(&FileId::new("a.qsf"), text.as_bytes()).unwrap_err();
        assert_eq!(diags[0].code, codes::DEFINITION_INVALID, "{text}");
        assert!(diags[0].help.is_some());
    }
}

fn expression(operand: &str, operator: &str, joint: Value) -> Value {
    json!({"LogicType": "Question", "LeftOperand": operand, "Operator": operator, "Conjuction": joint,
           "Description": "<b>If</b> something", "Type": "Expression"})
}

fn condition(logic: Value) -> Option<Logic> {
    let mut asked = text_entry("A");
    asked["DisplayLogic"] = logic;
    let blocks = json!([block("BL_1", "Default", &[asks("QID1")])]);
    parsed(&survey(&[("QID1", asked)], blocks, Value::Null)).questions.remove(0).condition
}

fn chosen(qid: &str, ids: &[&str]) -> Logic {
    Logic::Chosen(Operand { qid: qid.to_owned(), ids: ids.iter().map(|id| (*id).to_owned()).collect() })
}

#[test]
fn and_binds_tighter_than_or() {
    let logic = json!({
        "0": {
            "0": expression("q://QID2/SelectableChoice/1", "Selected", Value::Null),
            "1": expression("q://QID3/SelectableChoice/4/2", "NotSelected", json!("Or")),
            "2": expression("q://QID4/SelectableChoice/5", "Selected", json!("And")),
            "Type": "If",
        },
        "Type": "BooleanExpression", "inPage": false,
    });
    let expected = Logic::Any(vec![
        chosen("QID2", &["1"]),
        Logic::All(vec![Logic::Not(Box::new(chosen("QID3", &["4", "2"]))), chosen("QID4", &["5"])]),
    ]);
    assert_eq!(condition(logic), Some(expected));
}

#[test]
fn entries_are_compared_and_what_is_not_understood_keeps_its_words() {
    let mut older = expression("q://QID2/ChoiceNumericEntryValue/1", "GreaterThanOrEqual", Value::Null);
    older["RightOperand"] = json!(18);
    let logic = |test: Value| condition(json!({"0": {"0": test, "Type": "If"}, "Type": "BooleanExpression"}));
    let operand = Operand { qid: "QID2".into(), ids: vec!["1".into()] };
    assert_eq!(logic(older), Some(Logic::Compare(operand, Comparison::AtLeast, "18".into())));
    let unknown = Some(Logic::Unknown("If something".into()));
    assert_eq!(logic(expression("q://QID2/QuestionDisplayed", "Displayed", Value::Null)), unknown);
    assert_eq!(logic(expression("q://QID5%232/SelectableAnswer/1", "Selected", Value::Null)), unknown);
    assert_eq!(logic(expression("q://undefined", "Selected", Value::Null)), unknown);
    let mut device = expression("mobile", "Is", Value::Null);
    device["LogicType"] = json!("DeviceType");
    assert_eq!(logic(device), unknown);
}

fn branch(choice: &str, flow: Value) -> Value {
    let test = expression(&format!("q://QID1/SelectableChoice/{choice}"), "Selected", Value::Null);
    json!({"Type": "Branch", "BranchLogic": {"0": {"0": test, "Type": "If"}, "Type": "BooleanExpression"}, "Flow": flow})
}

fn conditions(definition: &Definition) -> Vec<(&str, Option<&Logic>)> {
    definition.questions.iter().map(|question| (question.tag.as_str(), question.condition.as_ref())).collect()
}

#[test]
fn branches_and_their_ends_of_the_survey_stand_before_what_follows() {
    let questions = [("QID1", text_entry("A")), ("QID2", text_entry("B")), ("QID3", text_entry("C"))];
    let blocks = json!([
        block("BL_3", "Standard", &[asks("QID3")]),
        block("BL_1", "Default", &[asks("QID1")]),
        block("BL_2", "Standard", &[asks("QID2")]),
    ]);
    let flow = json!([
        {"Type": "Block", "ID": "BL_1"},
        branch("2", json!([{"Type": "EndSurvey"}])),
        branch("1", json!([{"Type": "Standard", "ID": "BL_2"}])),
        {"Type": "Standard", "ID": "BL_3"},
    ]);
    let definition = parsed(&survey(&questions, blocks, flow));
    let stays = Logic::Not(Box::new(chosen("QID1", &["2"])));
    let both = Logic::All(vec![chosen("QID1", &["1"]), stays.clone()]);
    assert_eq!(conditions(&definition), [("A", None), ("B", Some(&both)), ("C", Some(&stays))]);
}

#[test]
fn a_skip_passes_over_the_questions_up_to_its_end() {
    let skip = |to: &str| json!([{"Locator": "q://QID1/SelectableChoice/1", "Condition": "Selected", "SkipToDestination": to}]);
    let questions = [
        ("QID1", text_entry("A")),
        ("QID2", text_entry("B")),
        ("QID3", text_entry("C")),
        ("QID4", text_entry("D")),
    ];
    let course = |to: &str| {
        let first = json!({"Type": "Question", "QuestionID": "QID1", "SkipLogic": skip(to)});
        let blocks = json!([
            block("BL_1", "Default", &[first, asks("QID2"), asks("QID3")]),
            block("BL_2", "Standard", &[asks("QID4")])
        ]);
        let flow = json!([{"Type": "Block", "ID": "BL_1"}, {"Type": "Block", "ID": "BL_2"}]);
        let definition = parsed(&survey(&questions, blocks, flow));
        definition.questions.iter().map(|question| question.condition.is_some()).collect::<Vec<_>>()
    };
    assert_eq!(course("QID3"), [false, true, false, false]);
    assert_eq!(course("ENDOFBLOCK"), [false, true, true, false]);
    assert_eq!(course("ENDOFSURVEY"), [false, true, true, true]);
}

#[test]
fn a_random_part_of_the_blocks_is_a_condition_that_nobody_knows() {
    let questions = [("QID1", text_entry("A")), ("QID2", text_entry("B"))];
    let blocks =
        json!([block("BL_1", "Default", &[asks("QID1")]), block("BL_2", "Standard", &[asks("QID2")])]);
    let shown = |subset: Value| {
        let flow = json!([{"Type": "BlockRandomizer", "SubSet": subset, "Flow": [{"Type": "Block", "ID": "BL_1"}, {"Type": "Block", "ID": "BL_2"}]}]);
        let definition = parsed(&survey(&questions, blocks.clone(), flow));
        definition
            .questions
            .iter()
            .map(|question| matches!(question.condition, Some(Logic::Unknown(_))))
            .collect::<Vec<_>>()
    };
    assert_eq!(shown(json!(1)), [true, true]);
    assert_eq!(shown(json!("2")), [false, false], "all are shown, in random order");
}

#[test]
fn questions_in_random_order_are_known_to_come_among_each_other() {
    let questions = [
        ("QID1", text_entry("A")),
        ("QID2", text_entry("B")),
        ("QID3", text_entry("C")),
        ("QID4", text_entry("D")),
        ("QID5", text_entry("E")),
    ];
    let mut shuffled = block("BL_2", "Standard", &[asks("QID2"), asks("QID3")]);
    shuffled["Options"] = json!({"RandomizeQuestions": "RandomizeAll"});
    let mut plain = block("BL_1", "Default", &[asks("QID1")]);
    plain["Options"] = json!({"RandomizeQuestions": false});
    let blocks = json!([
        plain,
        shuffled,
        block("BL_3", "Standard", &[asks("QID4")]),
        block("BL_4", "Standard", &[asks("QID5")])
    ]);
    let flow = json!([
        {"Type": "Block", "ID": "BL_1"},
        {"Type": "Block", "ID": "BL_2"},
        {"Type": "BlockRandomizer", "SubSet": "2", "Flow": [{"Type": "Standard", "ID": "BL_3"}, {"Type": "Standard", "ID": "BL_4"}]},
    ]);
    let among: Vec<Option<usize>> = parsed(&survey(&questions, blocks, flow))
        .questions
        .iter()
        .map(|question| question.shuffled)
        .collect();
    assert_eq!(among, [None, Some(1), Some(1), Some(2), Some(2)]);
}

#[test]
fn s_07_s_08_names_of_side_by_side_parts_may_be_lists_and_orders_may_hold_groups() {
    let asked = choice_question(json!({
        "QuestionType": "SBS", "Selector": "SBSMatrix",
        "Choices": {"1": {"Display": "Row"}, "2": {"Display": "Other row"}},
        "ChoiceGroups": {"cg_1": {"ChoiceOrder": ["1"]}}, "ChoiceOrder": ["cg_1", 2, "1"],
        "VariableNaming": {"1": ["a"], "2": ["b"]},
        "AdditionalQuestions": {"1": {
            "QuestionText": "<b>Want</b>", "Selector": "Likert", "SubSelector": "SingleAnswer",
            "Answers": {"1": {"Display": "No"}, "2": {"Display": "Yes"}}, "VariableNaming": {"1": ["x"]},
        }},
    }));
    assert_eq!((asked.kind, ids(&asked.choices)), (Kind::SideBySide, vec!["2", "1"]));
    let side = &asked.sides[0];
    assert_eq!((side.wording.as_str(), ids(&side.answers)), ("Want", vec!["1", "2"]));
    assert!(asked.choices.iter().chain(&side.answers).all(|choice| choice.naming.is_none()));
}
