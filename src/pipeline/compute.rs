//! Reading a study and everything that it names, and computing its findings.

mod links;

use std::collections::{BTreeMap, BTreeSet};

use crate::analyse::{analyse, keying, outline, refused};
use crate::diag::{Diag, FileId, Sources, codes};
use crate::findings::{Findings, Outline};
use crate::ingest::{self, Export};
use crate::io::{Digest, DigestOnTheWay, Source};
use crate::normalise::{
    Codings, Cohort, Ledger, Linked, RosterList, assemble, bind, of_several_exports, part, read_coding,
    read_roster, sides, strangers, unknown_in_nets,
};
use crate::record::Input;
use crate::study::{Group, Reported, Study, StudyQuestion};
use crate::text::TextTemplate;

use super::collisions::collided;
use super::inputs;
use super::publish::Audience;
use super::{Stopped, as_text};

/// Everything that a study gives.
#[derive(Debug, Clone)]
pub struct Outcome {
    /// The study.
    pub study: Study,
    /// The reported results, if the study has any.
    pub reported: Option<Reported>,
    /// The groups with their answers.
    pub cohorts: Vec<Cohort>,
    /// The links between them.
    pub links: Vec<Linked>,
    /// What was found.
    pub findings: Findings,
    /// The words around it.
    pub outline: Outline,
    /// What was left out or recoded.
    pub ledger: Ledger,
    /// What was read, in order of names.
    pub inputs: Vec<Input>,
    /// The files of answers and rosters, for a summary.
    pub files: Vec<ReadFile>,
    /// What was noted on the way.
    pub notes: Vec<Diag>,
    /// The texts into which notes may point.
    pub sources: Sources,
    /// Who is to read it.
    pub audience: Audience,
}

/// A file that was read, for a summary.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReadFile {
    /// The file.
    pub file: FileId,
    /// What it is, in words.
    pub what: String,
    /// Its rows.
    pub rows: u64,
    /// Its questions; none for a roster.
    pub questions: Option<u64>,
}

/// A study with everything that it reads, coded but not computed.
#[derive(Debug, Clone)]
pub struct Prepared {
    /// The study.
    pub study: Study,
    /// The reported results, if the study has any.
    pub reported: Option<Reported>,
    /// The exports by file and definition, so that groups can share one.
    pub exports: Exports,
    /// The groups with their answers.
    pub cohorts: Vec<Cohort>,
    /// The links between them.
    pub links: Vec<Linked>,
    /// What was left out or recoded.
    pub ledger: Ledger,
    /// What was read, in order of names.
    pub inputs: Vec<Input>,
    /// The files of answers and rosters, for a summary.
    pub files: Vec<ReadFile>,
    /// What was noted on the way.
    pub notes: Vec<Diag>,
    /// The texts into which notes may point.
    pub sources: Sources,
}

/// The exports of a study by file and definition.
pub type Exports = BTreeMap<(FileId, Option<FileId>), Export>;

/// Reads a study and computes its findings, or says everything that stands in the way.
pub fn compute(source: &dyn Source, file: &FileId, progress: &dyn Fn(&str)) -> Result<Outcome, Stopped> {
    let Prepared { study, reported, cohorts, links, ledger, inputs, files, notes, sources, .. } =
        prepare(source, file, progress)?;
    progress("computing findings");
    let findings = analyse(&study, &cohorts, &links);
    let problems = collided(&study, &findings);
    if !problems.is_empty() {
        return Err(Stopped { problems, sources });
    }
    let outline = outline(&study, &cohorts);
    let audience = Audience::Private;
    Ok(Outcome {
        study,
        reported,
        cohorts,
        links,
        findings,
        outline,
        ledger,
        inputs,
        files,
        notes,
        sources,
        audience,
    })
}

/// Reads a study and codes the answers of its groups, or says everything that stands in the way.
pub fn prepare(source: &dyn Source, file: &FileId, progress: &dyn Fn(&str)) -> Result<Prepared, Stopped> {
    let mut reader =
        Reader { source, progress, inputs: BTreeMap::new(), sources: Sources::new(), notes: Vec::new() };
    match reader.run(file) {
        Ok(prepared) => Ok(prepared),
        Err(problems) => Err(Stopped { problems, sources: reader.sources }),
    }
}

struct Reader<'a> {
    source: &'a dyn Source,
    progress: &'a dyn Fn(&str),
    inputs: BTreeMap<FileId, Input>,
    sources: Sources,
    notes: Vec<Diag>,
}

impl Reader<'_> {
    fn run(&mut self, file: &FileId) -> Result<Prepared, Vec<Diag>> {
        let text = self.text(file).map_err(|problem| vec![problem])?;
        let folder = self.source.folder_name(file).unwrap_or_else(|| "study".to_owned());
        let study = match Study::parse(file, &text, &folder) {
            Ok(study) => study,
            // What people wrote beside the study file is read all the same, so that all its mistakes come at once.
            Err(mut problems) => {
                let beside = Study::written_beside(file, &text);
                beside.reported.and_then(|file| self.reported(&file, &mut problems));
                self.templates(&beside.templates, &mut problems);
                return Err(problems);
            }
        };
        let mut problems = Vec::new();
        let reported = study.reported.as_ref().and_then(|file| self.reported(file, &mut problems));
        let exports = self.exports(&study, &mut problems);
        let rosters = self.rosters(&study, &mut problems);
        let codings = self.codings(&study, &exports, &mut problems);
        // What could be read is checked against the study even if something else could not be read, so that a person
        // sees every problem at once.
        let mut ledger = Ledger::default();
        let mut cohorts = Vec::new();
        for group in &study.groups {
            let export = export_of(&exports, group);
            if group.export.is_some() && export.is_none() {
                continue;
            }
            (self.progress)(&format!("coding the answers of {}", group.label));
            let roster = rosters.get(&group.id);
            // What rests on a roster that could not be read would only say so again; how questions are asked does not.
            if group.invited.is_some() && roster.is_none() {
                problems.extend(
                    export.and_then(|export| bind(&study, group, export).err()).into_iter().flatten(),
                );
                continue;
            }
            match assemble(&study, group, export, roster, &codings, &mut ledger, &mut self.notes) {
                Ok(cohort) => cohorts.push(cohort),
                Err(mut found) => problems.append(&mut found),
            }
        }
        if !problems.is_empty() {
            let templates: Vec<FileId> =
                study.texts.iter().filter_map(|text| text.template.clone()).collect();
            self.templates(&templates, &mut problems);
            return Err(once(problems));
        }
        // A part would only repeat what is suggested of its group.
        self.notes.extend(keying(&study, &cohorts));
        let unknown = unknown_in_nets(&study, &cohorts);
        if !unknown.is_empty() {
            return Err(unknown);
        }
        let links = self.links(&study, &cohorts, &exports)?;
        cohorts.extend(parts(&study, &cohorts)?);
        cohorts.extend(sides(&study, &cohorts));
        let refused = refused(&study, &cohorts);
        if !refused.is_empty() {
            return Err(refused);
        }
        let files = files(&study, &exports, &rosters, &codings);
        Ok(Prepared {
            study,
            reported,
            exports,
            cohorts,
            links,
            ledger,
            inputs: std::mem::take(&mut self.inputs).into_values().collect(),
            files,
            notes: once(std::mem::take(&mut self.notes)),
            sources: std::mem::take(&mut self.sources),
        })
    }

    /// Reads a text that people write, and keeps it so that problems can point into it.
    fn text(&mut self, file: &FileId) -> Result<String, Diag> {
        let bytes = self.source.read(file)?;
        self.inputs.insert(file.clone(), inputs::plain(file, &bytes));
        let text = as_text(file, bytes)?;
        self.sources.insert(file.clone(), text.clone());
        Ok(text)
    }

    fn reported(&mut self, file: &FileId, problems: &mut Vec<Diag>) -> Option<Reported> {
        let text = self.text(file).map_err(|problem| problems.push(problem)).ok()?;
        Reported::parse(file, &text).map_err(|mut found| problems.append(&mut found)).ok()
    }

    /// Says what is wrong with templates as they are written; what they say of findings is known when they are filled.
    fn templates(&mut self, files: &[FileId], problems: &mut Vec<Diag>) {
        for file in files {
            match self.text(file) {
                Ok(text) => problems.extend(TextTemplate::parse(file, &text).err().into_iter().flatten()),
                Err(problem) => problems.push(problem),
            }
        }
    }

    fn exports(&mut self, study: &Study, problems: &mut Vec<Diag>) -> Exports {
        let mut exports = Exports::new();
        for group in &study.groups {
            let Some(file) = &group.export else { continue };
            let key = (file.clone(), group.definition.clone());
            if exports.contains_key(&key) {
                continue;
            }
            match self.export(group, file) {
                Ok(export) => {
                    exports.insert(key, export);
                }
                Err(found) => problems.extend(found.into_iter().map(|diag| at_its_sheet(study, group, diag))),
            }
        }
        exports
    }

    fn export(&mut self, group: &Group, file: &FileId) -> Result<Export, Vec<Diag>> {
        (self.progress)(&format!("reading {}", file.short()));
        let there = self.source.open(file).map(drop);
        let definition = group
            .definition
            .as_ref()
            .map(|definition| self.source.read(definition).map(|bytes| (definition, bytes)));
        let definition = match (there, definition.transpose()) {
            (Ok(()), Ok(definition)) => definition,
            (there, definition) => return Err(there.err().into_iter().chain(definition.err()).collect()),
        };
        let given = definition.as_ref().map(|(file, bytes)| (*file, bytes.as_slice()));
        let sheet = group.sheet.as_ref().map(|sheet| sheet.value.as_str());
        let digest = DigestOnTheWay::default();
        let export = {
            let open = || self.source.open(file).map(|reader| digest.of(reader));
            ingest::read_sheet(file, &open, sheet, given)?.note_into(&mut self.notes)
        };
        let digest = match digest.found() {
            Some(digest) => digest,
            // Whoever read it did not need its end.
            None => Digest::of(&self.source.read(file).map_err(|diag| vec![diag])?),
        };
        self.inputs.insert(file.clone(), inputs::table(file, digest, &export.table));
        if let Some((file, bytes)) = definition {
            self.inputs.insert(file.clone(), inputs::plain(file, &bytes));
        }
        Ok(export)
    }

    fn codings(&mut self, study: &Study, exports: &Exports, problems: &mut Vec<Diag>) -> Codings {
        let mut codings = Codings::new();
        for question in &study.questions {
            let Some(coding) = &question.coding else { continue };
            let read = self.source.read(&coding.file).map_err(|problem| vec![problem]).and_then(|bytes| {
                let (list, table) = read_coding(study, question, coding, &bytes, &mut self.notes)?;
                let input = inputs::table(&coding.file, Digest::of(&bytes), &table);
                self.inputs.insert(coding.file.clone(), input);
                Ok(list)
            });
            match read {
                Ok(list) => {
                    let asked = exports_of(study, exports, question);
                    self.notes.extend(strangers(coding, &list, &asked));
                    codings.insert(question.id.clone(), list);
                }
                Err(mut found) => problems.append(&mut found),
            }
        }
        if !codings.is_empty() {
            let of_group = |group| Some((group, export_of(exports, group)?));
            let all: Vec<(&Group, &Export)> = study.groups.iter().filter_map(of_group).collect();
            self.notes.extend(of_several_exports(study, &all, &mut codings));
        }
        codings
    }

    fn rosters(&mut self, study: &Study, problems: &mut Vec<Diag>) -> BTreeMap<String, RosterList> {
        let mut rosters = BTreeMap::new();
        for group in &study.groups {
            let Some(roster) = &group.invited else { continue };
            let bytes = match self.source.read(&roster.file) {
                Ok(bytes) => bytes,
                Err(problem) => {
                    problems.push(problem);
                    continue;
                }
            };
            match read_roster(study, roster, &bytes, &mut self.notes) {
                Ok((list, table)) => {
                    self.inputs
                        .insert(roster.file.clone(), inputs::table(&roster.file, Digest::of(&bytes), &table));
                    rosters.insert(group.id.clone(), list);
                }
                Err(mut found) => problems.append(&mut found),
            }
        }
        rosters
    }
}

/// The export of a group, if it has one and it could be read.
fn export_of<'a>(exports: &'a Exports, group: &Group) -> Option<&'a Export> {
    exports.get(&(group.export.clone()?, group.definition.clone()))
}

/// The exports of the groups that were asked a question.
fn exports_of<'a>(study: &Study, exports: &'a Exports, question: &StudyQuestion) -> Vec<&'a Export> {
    let is_asked = |id: &String| {
        question.sources.contains_key(id) || question.items.iter().any(|item| item.sources.contains_key(id))
    };
    let asked = study.groups.iter().filter(|group| is_asked(&group.id));
    asked.filter_map(|group| export_of(exports, group)).collect()
}

/// The parts of groups, in the order of the study file.
fn parts(study: &Study, cohorts: &[Cohort]) -> Result<Vec<Cohort>, Vec<Diag>> {
    let mut parts = Vec::new();
    let mut problems = Vec::new();
    for declared in &study.parts {
        let Some(whole) = cohorts.iter().find(|cohort| cohort.group == declared.group) else { continue };
        match part(study, declared, whole) {
            Ok(cohort) => parts.push(cohort),
            Err(mut found) => problems.append(&mut found),
        }
    }
    if problems.is_empty() { Ok(parts) } else { Err(problems) }
}

/// A problem with the sheet that a group names stands where the study file names it.
fn at_its_sheet(study: &Study, group: &Group, diag: Diag) -> Diag {
    match &group.sheet {
        Some(sheet) if diag.code == codes::NO_SUCH_SHEET => Diag { place: study.place(&sheet.span), ..diag },
        _ => diag,
    }
}

/// What was noted, each once: groups that share an export are coded from the same cells.
fn once(mut notes: Vec<Diag>) -> Vec<Diag> {
    let mut said = BTreeSet::new();
    notes.retain(|note| said.insert((note.code.as_str(), note.place.to_string(), note.message.clone())));
    notes
}

fn files(
    study: &Study,
    exports: &Exports,
    rosters: &BTreeMap<String, RosterList>,
    codings: &Codings,
) -> Vec<ReadFile> {
    let mut files: Vec<ReadFile> = Vec::new();
    for group in &study.groups {
        let Some(export) =
            group.export.as_ref().and_then(|file| exports.get(&(file.clone(), group.definition.clone())))
        else {
            continue;
        };
        let definition = group.definition.as_ref().map_or("", |_| " + definition");
        files.push(ReadFile {
            file: export.table.file().clone(),
            what: format!("{}{definition}", export.platform.words()),
            rows: export.table.height() as u64,
            questions: Some(export.instrument.questions.len() as u64),
        });
    }
    for roster in rosters.values() {
        files.push(ReadFile {
            file: roster.file.clone(),
            what: "roster".to_owned(),
            rows: roster.rows,
            questions: None,
        });
    }
    for coding in codings.values() {
        files.push(ReadFile {
            file: coding.file.clone(),
            what: "codes of texts".to_owned(),
            rows: coding.rows,
            questions: None,
        });
    }
    let mut seen = BTreeSet::new();
    files.retain(|file| seen.insert((file.file.clone(), file.questions)));
    files
}
