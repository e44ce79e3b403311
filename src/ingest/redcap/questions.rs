//! Fields as questions: matrices joined, boxes gathered, everything else one by one.

use std::collections::BTreeSet;

use crate::codebook::{Choice, Condition, Form, Item, MultiCells, Question, find_choice};
use crate::diag::{Diag, Noted, Place, codes};
use crate::ingest::infer::{Inferred, WholeNumbers, infer_tally};
use crate::ingest::logic::first_unknown;
use crate::ingest::{Cells, RawTable};

use super::columns::Role;
use super::dictionary::{Dictionary, Field, Kind};
use super::logic;

/// Builds the questions of an export in the order of the dictionary, from the fields that have columns.
pub(super) fn build(
    table: &RawTable,
    dictionary: &Dictionary,
    roles: &[Role],
    cells: Cells,
) -> Noted<Vec<Question>> {
    let mut building = Building { table, dictionary, roles, cells, notes: Vec::new() };
    let mut questions: Vec<Question> = Vec::new();
    let mut at = 1;
    while at < dictionary.fields.len() {
        let rows = building.matrix_from(at);
        let question = if rows > 0 { building.matrix(at..at + rows) } else { building.single_field(at) };
        questions.extend(question);
        at += rows.max(1);
    }
    tell_ids_apart(&mut questions, dictionary);
    Noted { value: questions, notes: building.notes }
}

/// A matrix may have the name of a field.
fn tell_ids_apart(questions: &mut [Question], dictionary: &Dictionary) {
    let fields: BTreeSet<&str> = dictionary.fields.iter().map(|field| field.name.as_str()).collect();
    for question in questions {
        let is_matrix = matches!(question.form, Form::Battery { .. } | Form::Ranking { .. });
        if is_matrix && fields.contains(question.id.as_str()) {
            question.id.push_str("_matrix");
        }
    }
}

struct Building<'a> {
    table: &'a RawTable,
    dictionary: &'a Dictionary,
    roles: &'a [Role],
    cells: Cells,
    notes: Vec<Diag>,
}

impl<'a> Building<'a> {
    fn field(&self, position: usize) -> &'a Field {
        &self.dictionary.fields[position]
    }

    fn column(&self, position: usize) -> Option<usize> {
        self.roles.iter().position(|role| *role == Role::Field(position))
    }

    /// How many fields from here on are rows of one matrix of radio buttons.
    fn matrix_from(&self, at: usize) -> usize {
        let first = self.field(at);
        if first.matrix.is_none() || first.kind != Kind::OneOf {
            return 0;
        }
        self.dictionary.fields[at..]
            .iter()
            .take_while(|field| {
                field.kind == Kind::OneOf
                    && field.matrix == first.matrix
                    && field.form == first.form
                    && field.choices == first.choices
            })
            .count()
    }

    fn matrix(&mut self, rows: std::ops::Range<usize>) -> Option<Question> {
        let first = self.field(rows.start);
        let present: Vec<(usize, usize)> =
            rows.filter_map(|position| Some((position, self.column(position)?))).collect();
        if present.is_empty() {
            return None;
        }
        let items = present.iter().map(|(position, column)| self.item(*position, *column)).collect();
        let form = if first.ranking {
            Form::Ranking { items }
        } else {
            Form::Battery { items, choices: first.choices.clone() }
        };
        let asked_if =
            self.matrix_condition(&present.iter().map(|(position, _)| *position).collect::<Vec<_>>());
        let id = first.matrix.clone().unwrap_or_else(|| first.name.clone());
        let wording = if first.header.is_empty() { id.clone() } else { first.header.clone() };
        Some(Question { id, native: None, wording, form, asked_if, defined: true })
    }

    /// The condition of a matrix: that of its rows if they agree.
    ///
    /// If they do not, the matrix is certainly not asked when no row is; beyond that it is not known.
    fn matrix_condition(&mut self, rows: &[usize]) -> Option<Condition> {
        let conditions: Vec<Option<Condition>> = rows.iter().map(|row| self.condition(*row)).collect();
        let first = conditions.first()?;
        if conditions.iter().all(|condition| condition == first) {
            return first.clone();
        }
        let several = Condition::Unknown("the rows of the matrix have conditions of their own".to_owned());
        match conditions.into_iter().collect::<Option<Vec<Condition>>>() {
            Some(all) => Some(Condition::All(vec![Condition::Any(all), several])),
            None => Some(several),
        }
    }

    fn single_field(&mut self, position: usize) -> Option<Question> {
        let field = self.field(position);
        let form = match field.kind {
            Kind::Descriptive => return None,
            Kind::Checkbox => self.boxes(position)?,
            _ => self.one_column(position, self.column(position)?),
        };
        let wording = if field.label.is_empty() { field.name.clone() } else { field.label.clone() };
        let defined = field.kind != Kind::Query;
        let asked_if = self.condition(position);
        Some(Question { id: field.name.clone(), native: None, wording, form, asked_if, defined })
    }

    fn one_column(&mut self, position: usize, column: usize) -> Form {
        let field = self.field(position);
        let items = || vec![self.item(position, column)];
        match field.kind {
            Kind::OneOf | Kind::YesNo | Kind::TrueFalse => {
                Form::Single { column, choices: self.choices(field, column), texts: Vec::new() }
            }
            Kind::Query => self.query(field, column),
            Kind::Slider | Kind::Calc => Form::Numbers { items: items() },
            Kind::File => Form::Other { columns: vec![column], what: "uploaded file" },
            Kind::Text if is_number(&field.validation) => Form::Numbers { items: items() },
            Kind::Text if is_date(&field.validation) => Form::Date { column },
            Kind::Text | Kind::Notes | Kind::Checkbox | Kind::Descriptive => Form::Texts { items: items() },
        }
    }

    /// The choices of a field; R and spreadsheets that wrote the file again may spell the codes 1 and 0 as logical values.
    fn choices(&mut self, field: &Field, column: usize) -> Vec<Choice> {
        const SPELT: [(&str, &str); 2] = [("1", "TRUE"), ("0", "FALSE")];
        let mut choices = field.choices.clone();
        let mut codes: Vec<&str> = choices.iter().map(|choice| choice.code.as_str()).collect();
        codes.sort_unstable();
        let means = |text: &str| find_choice(&choices, text, self.cells == Cells::Codes).is_some();
        let is_spelt = |cell: &str| SPELT.iter().any(|(_, spelt)| *spelt == cell);
        let spelt = self.table.column(column).flatten().filter(|cell| is_spelt(cell)).count();
        if spelt == 0 || codes != ["0", "1"] || SPELT.iter().any(|(_, spelt)| means(spelt)) {
            return choices;
        }
        for choice in &mut choices {
            let spellings = SPELT.iter().filter(|(code, _)| *code == choice.code);
            choice.also.extend(spellings.map(|(_, spelt)| (*spelt).to_owned()));
        }
        let place = Place::column(self.table.file(), &self.table.names()[column]);
        let message =
            format!("TRUE and FALSE in {} are read as its codes 1 and 0: {spelt} cells", field.name);
        self.notes.push(
            Diag::note(codes::ASSUMED, place, message)
                .help("REDCap writes codes; R or a spreadsheet wrote this file again"),
        );
        choices
    }

    /// A list that a query fills: its choices are those that the answers show.
    fn query(&mut self, field: &Field, column: usize) -> Form {
        let whole_numbers = match self.cells {
            Cells::Codes => WholeNumbers::Codes,
            Cells::Labels => WholeNumbers::Numbers,
        };
        let choices = match infer_tally(self.table.tally(column), whole_numbers) {
            Inferred::Choices(texts) => texts.iter().map(|text| Choice::labelled(text)).collect(),
            _ => Vec::new(),
        };
        let place = Place::column(self.table.file(), &self.table.names()[column]);
        let message = format!(
            "the choices of {} come from a query of the database; {} were seen in the answers",
            field.name,
            choices.len()
        );
        self.notes.push(Diag::note(codes::CHOICES_INFERRED, place, message));
        Form::Single { column, choices, texts: Vec::new() }
    }

    /// A checkbox field from the columns that its boxes have; a choice without a column cannot be counted.
    fn boxes(&mut self, position: usize) -> Option<Form> {
        if let Some(column) = self.roles.iter().position(|role| *role == Role::Joined(position)) {
            return Some(self.joined(position, column));
        }
        let with_column = |(choice, said): (usize, &Choice)| {
            let role = Role::Box { field: position, choice };
            let column = self.roles.iter().position(|at| *at == role)?;
            Some((column, said.clone()))
        };
        let (columns, choices): (Vec<usize>, Vec<Choice>) =
            self.field(position).choices.iter().enumerate().filter_map(with_column).unzip();
        if columns.is_empty() {
            return None;
        }
        Some(Form::Multi { cells: MultiCells::Split(columns), choices, texts: Vec::new() })
    }

    /// A checkbox field in one column, which recent versions write if asked to.
    fn joined(&mut self, position: usize, column: usize) -> Form {
        let field = self.field(position);
        let spaced = self.table.column(column).flatten().any(|cell| cell.contains(", "));
        let separator = if spaced { ", " } else { "," };
        let place = Place::column(self.table.file(), &self.table.names()[column]);
        let message =
            format!("the ticks of {} stand in one column and are taken apart at commas", field.name);
        self.notes.push(
            Diag::note(codes::ASSUMED, place, message)
                .help("export without combined checkbox options to have a column for each choice"),
        );
        let choices = field.choices.clone();
        Form::Multi {
            cells: MultiCells::Joined { column, separator: separator.into() },
            choices,
            texts: Vec::new(),
        }
    }

    fn item(&self, position: usize, column: usize) -> Item {
        let field = self.field(position);
        let label = if field.label.is_empty() { field.name.clone() } else { field.label.clone() };
        Item { id: field.name.clone(), label, column }
    }

    /// When a field is shown. A hidden field is never shown, so that a blank in it is not a skipped question.
    fn condition(&mut self, position: usize) -> Option<Condition> {
        let field = self.field(position);
        if field.hidden {
            return Some(Condition::Any(Vec::new()));
        }
        let missing_codes =
            self.dictionary.structure.as_ref().map(|structure| structure.missing_codes.as_slice());
        let condition = logic::parse(field.branching.as_deref()?, missing_codes.unwrap_or_default());
        if let Some(part) = first_unknown(&condition) {
            let message =
                format!("the branching logic of {} has a part that is not followed: {part}", field.name);
            let place = self.dictionary.place(field, "Branching Logic (Show field only if...)");
            self.notes.push(
                Diag::note(codes::CONDITION_UNKNOWN, place, message)
                    .help("where that part decides, a blank is counted as unexplained, not as not asked"),
            );
        }
        Some(condition)
    }
}

pub(super) fn is_number(validation: &str) -> bool {
    matches!(validation, "integer" | "int" | "number" | "float") || validation.starts_with("number_")
}

pub(super) fn is_date(validation: &str) -> bool {
    validation.starts_with("date") || validation.starts_with("time")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diag::FileId;
    use crate::ingest::{Export, grid, redcap};

    const HEAD: &str = "field_name,form_name,section_header,field_type,field_label,select_choices_or_calculations,text_validation_type_or_show_slider_number,identifier,branching_logic,matrix_group_name,matrix_ranking,field_annotation\nrecord_id,base,,text,Record,,,,,,,\n";

    fn read(dictionary: &str, data: &str) -> Noted<Export> {
        let grid = grid::read(&FileId::new("data.csv"), data.as_bytes()).unwrap().value;
        let dictionary = format!("{HEAD}{dictionary}");
        redcap::read(&grid, Some((&FileId::new("dictionary.csv"), dictionary.as_bytes()))).unwrap()
    }

    fn forms(export: &Export) -> Vec<(&str, &str)> {
        export
            .instrument
            .questions
            .iter()
            .map(|question| (question.id.as_str(), question.form.kind()))
            .collect()
    }

    #[test]
    fn every_kind_of_field_becomes_its_kind_of_question() {
        let export = read(
            "r,base,,radio,R,\"1, a\",,,,,,\nc,base,,checkbox,C,\"1, a | 2, b\",,,,,,\nn,base,,text,N,,integer,,,,,\nd,base,,text,D,,date_dmy,,,,,\nt,base,,text,T,,,y,,,,\ns,base,,slider,S,,,,,,,\nk,base,,calc,K,1+1,,,,,,\nf,base,,file,F,,,,,,,\nx,base,,descriptive,X,,,,,,,\ny,base,,yesno,Y,,,,,,,\nm,base,,text,M,,email,,,,,\n",
            "record_id,r,c___1,c___2,n,d,t,s,k,f,y,m,base_complete\n1,1,0,1,5,2020-01-02,x,3,2,,1,a@example.org,2\n",
        )
        .value;
        assert_eq!(
            forms(&export),
            [
                ("r", "single"),
                ("c", "multi-select"),
                ("n", "number"),
                ("d", "date"),
                ("t", "text"),
                ("s", "number"),
                ("k", "number"),
                ("f", "other"),
                ("y", "single"),
                ("m", "text"),
            ]
        );
        // The record id, the marked text and the e-mail address can tell who a person is.
        assert_eq!(export.identifiers, [0, 6, 11]);
        assert_eq!(export.metadata.forms[0].boxes, [2, 3]);
        assert_eq!(export.metadata.forms[0].fields, [1, 4, 5, 6, 7, 9, 10, 11]);
        assert_eq!(export.metadata.forms[0].status, Some(12));
    }

    #[test]
    fn a_matrix_is_a_battery_and_a_ranking_matrix_a_ranking() {
        let export = read(
            "a,base,How much?,radio,A,\"1, lo | 2, hi\",,,,m1,,\nb,base,,radio,B,\"1, lo | 2, hi\",,,,m1,,\nu,base,,radio,U,\"1, 1st | 2, 2nd\",,,,m2,y,\nv,base,,radio,V,\"1, 1st | 2, 2nd\",,,,m2,y,\n",
            "record_id,a,b,u,v,base_complete\n1,1,2,2,1,2\n",
        )
        .value;
        assert_eq!(forms(&export), [("m1", "battery"), ("m2", "ranking")]);
        assert_eq!(export.instrument.questions[0].wording, "How much?");
        let Form::Ranking { items } = &export.instrument.questions[1].form else { panic!() };
        assert_eq!(
            items.iter().map(|item| (item.id.as_str(), item.column)).collect::<Vec<_>>(),
            [("u", 3), ("v", 4)]
        );
    }

    #[test]
    fn rows_of_a_matrix_that_differ_in_their_choices_are_questions_of_their_own() {
        let export = read(
            "a,base,,radio,A,\"1, lo | 2, hi\",,,,m1,,\nb,base,,radio,B,\"1, no | 2, yes\",,,,m1,,\n",
            "record_id,a,b,base_complete\n1,1,2,2\n",
        )
        .value;
        assert_eq!(export.instrument.questions.len(), 2);
    }

    #[test]
    fn a_matrix_whose_rows_differ_in_their_conditions_is_known_only_where_none_holds() {
        let export = read(
            "q,base,,yesno,Q,,,,,,,\na,base,,radio,A,\"1, lo\",,,[q] = '1',m,,\nb,base,,radio,B,\"1, lo\",,,[q] = '0',m,,\n",
            "record_id,q,a,b,base_complete\n1,1,1,,2\n",
        )
        .value;
        let condition = export.instrument.questions[1].asked_if.as_ref().unwrap();
        assert_eq!(condition.holds(&|_| Some(false)), Some(false));
        assert_eq!(condition.holds(&|_| Some(true)), None);
    }

    #[test]
    fn logic_that_is_not_followed_is_noted_at_its_row() {
        let noted = read("a,base,,text,A,,,,sum([x])>3,,,\n", "record_id,a,base_complete\n1,x,2\n");
        assert_eq!(noted.notes.len(), 1);
        assert_eq!(noted.notes[0].code, codes::CONDITION_UNKNOWN);
        assert!(matches!(noted.notes[0].place, Place::Cell { line: 3, .. }));
    }
}
