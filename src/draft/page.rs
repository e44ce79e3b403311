//! The study file, section by section.

use std::fmt::Write as _;

use crate::codebook::Kind;
use crate::study::NO_QUESTION_NAMES;

use super::doubt::Told;
use super::group::{Group, groups, rules};
use super::names::Names;
use super::question::{Asked, Drafted, PRIVATE, draft as draft_questions, private_columns};
use super::scale::Scales;
use super::shows::{Shown, heading, shows};
use super::{Draft, Source, TEMPLATE, toml};

/// A question of the study, in one group or several.
struct Entry {
    id: String,
    asked: Asked,
    /// The name of its scale.
    scale: Option<String>,
    /// Its groups, each with the id of the question there.
    sources: Vec<(String, String)>,
}

/// What one group leaves out, by why.
type LeftOut = Vec<(String, Vec<(&'static str, Vec<String>)>)>;

/// Writes the draft.
pub(super) fn write(title: &str, sources: &[Source<'_>]) -> Draft {
    let groups = groups(sources);
    let mut scales = Scales::default();
    let (entries, left) = entries(&groups, &mut scales);
    let mut text = head(title, &groups);
    text.push_str(&heading("Who answered"));
    for group in &groups {
        text.push_str(&group.written());
        text.push('\n');
    }
    if !scales.all.is_empty() {
        text.push_str(&heading("Scales, from low to high; a point's score is its place"));
        let told =
            Told::of("scales", scales.all.iter().map(|scale| (scale.name.as_str(), scale.doubts.as_slice())));
        text.push_str(&told.text);
        for scale in &scales.all {
            text.push_str(&scale.written(&told));
            text.push('\n');
        }
    }
    text.push_str(&heading("Questions, and where each export holds them"));
    let told =
        Told::of("questions", entries.iter().map(|entry| (entry.id.as_str(), entry.asked.doubts.as_slice())));
    text.push_str(&told.text);
    for entry in &entries {
        text.push_str(&entry.written(&told));
    }
    let private = left_out(&left, groups.len() > 1, &mut text);
    let rules = rules(&groups);
    if !rules.is_empty() {
        text.push_str(&heading("Rows left out, each once, by the first rule that fits"));
        text.push_str(&rules);
    }
    let shown: Vec<Shown<'_>> = entries
        .iter()
        .map(|entry| Shown {
            id: &entry.id,
            label: &entry.asked.label,
            kind: entry.asked.kind,
            items: entry.asked.items,
        })
        .collect();
    let shows = shows(&shown);
    text.push_str(&shows.text);
    Draft {
        study: text.trim_end().to_owned() + "\n",
        template: template(&groups),
        questions: entries.len(),
        tables: shows.tables,
        figures: shows.figures,
        private,
    }
}

fn head(title: &str, groups: &[Group<'_>]) -> String {
    let files: Vec<&str> = groups
        .iter()
        .flat_map(|group| [Some(group.source.file), group.source.definition])
        .flatten()
        .map(|file| file.rsplit('/').next().unwrap_or(file))
        .collect();
    let mut text = toml::comment(&format!(
        "Drafted by canvass init from {}. It runs as it is and is yours to edit: init never writes over it.",
        files.join(", ")
    ));
    text.push_str("# A line \"decide\" names what was assumed; check, run and verify repeat it until it is removed.\n\n");
    let _ = writeln!(text, "[study]\ntitle = {}", toml::quoted(title));
    text.push_str("# How numbers are written: plain, apa or ama.\nstyle = \"plain\"\n");
    let _ = write!(text, "template = \"{TEMPLATE}\"\n\n");
    text
}

/// The questions of all groups; those that are the same in several stand once.
fn entries(groups: &[Group<'_>], scales: &mut Scales) -> (Vec<Entry>, LeftOut) {
    let mut names = Names::beside(&NO_QUESTION_NAMES);
    let mut entries: Vec<Entry> = Vec::new();
    let mut left: LeftOut = Vec::new();
    for group in groups {
        let mut reasons: Vec<(&'static str, Vec<String>)> = Vec::new();
        let private = private_columns(group.source.export);
        if !private.is_empty() {
            reasons.push((PRIVATE, private));
        }
        for (id, drafted) in draft_questions(group.source.export, group.source.report) {
            match drafted {
                Drafted::Left(why) => match reasons.iter_mut().find(|(known, _)| *known == why) {
                    Some((_, ids)) => ids.push(id.to_owned()),
                    None => reasons.push((why, vec![id.to_owned()])),
                },
                Drafted::Asked(asked) => {
                    let source = (group.id.clone(), asked.source.clone());
                    let same = entries.iter_mut().find(|entry| entry.is_asked_by(&asked, &group.id));
                    if let Some(same) = same {
                        same.sources.push(source);
                        asked.scale.into_iter().for_each(|scale| drop(scales.share(scale, &same.id)));
                    } else {
                        let id = names.give(&asked.source, &format!("question-{}", entries.len() + 1));
                        let scale = asked.scale.clone().map(|scale| scales.share(scale, &id));
                        entries.push(Entry { id, asked: *asked, scale, sources: vec![source] });
                    }
                }
            }
        }
        left.push((group.id.clone(), reasons));
    }
    (entries, left)
}

impl Entry {
    /// Whether a question of another group is this one: the same id, kind, scale, choices and items.
    fn is_asked_by(&self, other: &Asked, group: &str) -> bool {
        let scales = match (&self.asked.scale, &other.scale) {
            (Some(ours), Some(theirs)) => ours.is_of(theirs),
            (None, None) => true,
            _ => false,
        };
        scales
            && self.sources.iter().all(|(of, _)| of != group)
            && self.asked.source == other.source
            && self.asked.kind == other.kind
            && self.asked.shape == other.shape
            && self.asked.choices == other.choices
    }

    fn written(&self, told: &Told) -> String {
        let asked = &self.asked;
        let mut text = String::new();
        asked.doubts.iter().for_each(|doubt| text.push_str(&told.written(doubt)));
        let _ = writeln!(text, "[questions.{}]", self.id);
        if !asked.label.is_empty() {
            let _ = writeln!(text, "label = {}", toml::quoted(&asked.label));
        }
        let _ = writeln!(text, "kind = \"{}\"", asked.kind.name());
        if let Some(scale) = &self.scale {
            let _ = writeln!(text, "scale = {}", toml::quoted(scale));
        }
        if !asked.choices.is_empty() && matches!(asked.kind, Kind::Single | Kind::Multi) {
            text.push_str(&toml::list("choices", &asked.choices));
        }
        for (group, source) in &self.sources {
            let _ = writeln!(text, "{group} = {}", toml::quoted(source));
        }
        text.push('\n');
        text
    }
}

/// How many names of questions left out stand in a comment.
const NAMED: usize = 20;

/// Says what is left out and why; how many because they may tell who a person is.
fn left_out(left: &LeftOut, several: bool, text: &mut String) -> usize {
    let mut private = 0;
    for (group, reasons) in left {
        for (why, ids) in reasons {
            private += if *why == PRIVATE { ids.len() } else { 0 };
            let mut named: Vec<String> = ids.iter().take(NAMED).map(|id| short(id)).collect();
            if ids.len() > NAMED {
                named.push(format!("and {} more", ids.len() - NAMED));
            }
            let of = if several { format!(" of {group}") } else { String::new() };
            text.push_str(&toml::comment(&format!("Left out{of} ({why}): {}", named.join(", "))));
        }
    }
    if left.iter().any(|(_, reasons)| !reasons.is_empty()) {
        text.push('\n');
    }
    private
}

fn short(id: &str) -> String {
    let line = id.split_whitespace().collect::<Vec<_>>().join(" ");
    match line.char_indices().nth(40) {
        Some((end, _)) => format!("{}\u{2026}", &line[..end]),
        None => line,
    }
}

/// The headings of a paper, a sentence for each group with what is known of every one, and what is left to write.
fn template(groups: &[Group<'_>]) -> String {
    let mut text = "# Introduction\n\n{{ todo \"what is known, what is not, and why this was asked\" }}\n\n# Methods\n\n\
                    {{ methods }}\n\n# Results\n\n"
        .to_owned();
    for group in groups {
        let Group { id, label, .. } = group;
        let name = toml::quoted(label).replace(['{', '}'], "");
        let _ = write!(
            text,
            "{{{{ {name} }}}}: {{{{ {id}/received }}}} responses were received and {{{{ {id}/included }}}} analysed.\n\n"
        );
    }
    text.push_str(
        "{{ todo \"what people answered: canvass template writes a placeholder for each main finding\" }}\n\n# Discussion\n\n\
         {{ todo \"what the findings mean, and their limits\" }}\n",
    );
    text
}
