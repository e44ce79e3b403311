//! From what is asked for to the builder of its kind: the questions and groups that it shows, checked.

use crate::findings::{Compared, Findings, Kind, LinkOutline, Named, Outline, PercentOf, QuestionOutline};

use super::builders;
use super::draft::{Draft, Print};
use super::kind::{NotTabled, Order, TableKind, TableRequest};
use super::table::Table;

/// Builds a table from the findings.
pub fn build(
    request: &TableRequest,
    outline: &Outline,
    findings: &Findings,
    print: Print,
) -> Result<Table, NotTabled> {
    let groups = groups(outline, &request.groups)?;
    let draft = Draft::new(findings, print);
    let mut builder = Builder { draft, outline, groups, chosen: &request.compared, order: request.order };
    let mut table = builder.table(&request.kind)?;
    table.id.clone_from(&request.id);
    if !request.title.trim().is_empty() {
        table.title.clone_from(&request.title);
    }
    let (footnotes, methods) = builder.draft.finish();
    table.footnotes = footnotes;
    table.say_once();
    table.order_footnotes();
    table.notes.extend(methods);
    table.notes.extend(outline.notes.iter().cloned());
    table.drop_overrides();
    Ok(table)
}

type Made = Result<Table, NotTabled>;

/// A table in the making, with what it is made of.
struct Builder<'a> {
    draft: Draft<'a>,
    outline: &'a Outline,
    groups: Vec<String>,
    chosen: &'a Compared,
    order: Option<Order>,
}

impl<'a> Builder<'a> {
    fn table(&mut self, kind: &TableKind) -> Made {
        match kind {
            TableKind::Response => Ok(builders::response(&mut self.draft, self.outline, &self.groups)),
            TableKind::Dispositions => {
                Ok(builders::dispositions(&mut self.draft, self.outline, &self.groups))
            }
            TableKind::OutcomeRates => {
                Ok(builders::outcome_rates(&mut self.draft, self.outline, &self.groups))
            }
            TableKind::Flow => Ok(builders::flow(&mut self.draft, self.outline, &self.groups)),
            TableKind::Nonresponse { questions } => self.nonresponse(questions),
            TableKind::Participants { questions } => self.participants(questions),
            TableKind::Items { questions } => self.items(questions),
            TableKind::Sides { question } => self.one(question, Kind::Likert, builders::sides),
            TableKind::Choices { question } => self.choices(question),
            TableKind::Combinations { question } => self.one(question, Kind::Multi, builders::combinations),
            TableKind::CoSelection { question } => self.one(question, Kind::Multi, builders::co_selection),
            TableKind::Ranking { question } => self.ranking(question),
            TableKind::Preferences { question } => self.one(question, Kind::Ranking, builders::preferences),
            TableKind::Worths { question } => self.one(question, Kind::Ranking, builders::worths),
            TableKind::Numbers { questions } => self.several(questions, &[Kind::Number], builders::numbers),
            TableKind::ConstantSum { question } => self.one(question, Kind::Number, builders::constant_sum),
            TableKind::Dates { questions } => self.several(questions, &[Kind::Date], builders::dates),
            TableKind::NetPromoter { questions } => {
                self.several(questions, &[Kind::Likert, Kind::Number], builders::net_promoter)
            }
            TableKind::Battery { score } => self.battery(score),
            TableKind::MultiComparison { question } => {
                self.first(question, Kind::Multi, builders::multi_comparison)
            }
            TableKind::RankingComparison { question } => {
                self.first(question, Kind::Ranking, builders::ranking_comparison)
            }
            TableKind::Comparisons { questions } => {
                let compared = self.compared(questions)?;
                Ok(builders::comparisons(&mut self.draft, self.outline, &compared, questions, self.chosen))
            }
            TableKind::Crosstab { question, percents } => self.crosstab(question, percents),
            TableKind::Defaults { questions } => {
                let compared = self.compared(questions)?;
                Ok(builders::defaults(&mut self.draft, self.outline, &compared, questions, self.chosen))
            }
            TableKind::Pairs { link } => {
                Ok(builders::pairs(&mut self.draft, self.outline, linked(self.outline, link)?))
            }
            TableKind::Agreement { link, questions } => {
                let link = linked(self.outline, link)?;
                Ok(builders::agreement(&mut self.draft, link, &of_link(self.outline, link, questions)?))
            }
            TableKind::Concordance { link, questions } => {
                let link = linked(self.outline, link)?;
                Ok(builders::concordance(&mut self.draft, link, &of_link(self.outline, link, questions)?))
            }
            TableKind::Change { link, questions } => {
                let link = linked(self.outline, link)?;
                let asked = of_link(self.outline, link, questions)?;
                Ok(builders::change(&mut self.draft, self.outline, link, &asked))
            }
        }
    }

    /// A table of one question, as every group was asked it.
    fn one(
        &mut self,
        question: &str,
        kind: Kind,
        build: fn(&mut Draft<'a>, &Outline, &[&QuestionOutline]) -> Table,
    ) -> Made {
        let asked = asked(self.outline, &self.groups, question, &[kind])?;
        Ok(build(&mut self.draft, self.outline, &asked))
    }

    /// A table of several questions.
    fn several(
        &mut self,
        questions: &[String],
        kinds: &[Kind],
        build: fn(&mut Draft<'a>, &Outline, &[Vec<&QuestionOutline>]) -> Table,
    ) -> Made {
        let asked = each(self.outline, &self.groups, questions, kinds)?;
        Ok(build(&mut self.draft, self.outline, &asked))
    }

    /// A table of one question of which every side was asked the same.
    fn first(
        &mut self,
        question: &str,
        kind: Kind,
        build: fn(&mut Draft<'a>, &[&Named], &QuestionOutline) -> Table,
    ) -> Made {
        let asked = asked(self.outline, &self.groups, question, &[kind])?;
        let compared = self.compared(&[question.to_owned()])?;
        match asked.first() {
            Some(first) => Ok(build(&mut self.draft, &compared, first)),
            None => Err(NotTabled::UnknownQuestion { question: question.to_owned() }),
        }
    }

    fn participants(&mut self, questions: &[String]) -> Made {
        let kinds = [Kind::Single, Kind::Multi, Kind::Likert, Kind::Number, Kind::Date];
        let asked = each(self.outline, &self.groups, questions, &kinds)?;
        let order = self.order.unwrap_or(Order::Asked);
        Ok(builders::participants(&mut self.draft, self.outline, &self.groups, &asked, order))
    }

    fn items(&mut self, questions: &[String]) -> Made {
        let asked = each(self.outline, &self.groups, questions, &[Kind::Likert])?;
        let differ = |pair: &[&QuestionOutline]| pair[0].levels != pair[1].levels;
        for (question, asked) in questions.iter().zip(&asked) {
            if asked.windows(2).any(differ) {
                return Err(NotTabled::DifferentScales { question: question.clone() });
            }
        }
        let firsts: Vec<&QuestionOutline> = asked.iter().filter_map(|asked| asked.first().copied()).collect();
        if let Some(pair) = firsts.windows(2).find(|pair| differ(pair)) {
            return Err(NotTabled::NotOneScale { questions: [pair[0].id.clone(), pair[1].id.clone()] });
        }
        Ok(builders::items(&mut self.draft, self.outline, &asked, self.order.unwrap_or(Order::Asked)))
    }

    fn choices(&mut self, question: &str) -> Made {
        let asked = asked(self.outline, &self.groups, question, &[Kind::Multi])?;
        Ok(builders::choices(&mut self.draft, self.outline, &asked, self.order.unwrap_or(Order::Size)))
    }

    fn ranking(&mut self, question: &str) -> Made {
        let asked = asked(self.outline, &self.groups, question, &[Kind::Ranking])?;
        Ok(builders::ranking(&mut self.draft, self.outline, &asked, self.order.unwrap_or(Order::Mean)))
    }

    fn nonresponse(&mut self, questions: &[String]) -> Made {
        if questions.is_empty() {
            return Ok(builders::nonresponse(&mut self.draft, self.outline, &self.groups));
        }
        self.several(questions, &[Kind::Likert, Kind::Single, Kind::Multi], builders::sensitivity)
    }

    fn battery(&mut self, score: &str) -> Made {
        let asked = asked(self.outline, &self.groups, score, &[Kind::Number])?;
        if let Some(no_score) = asked.iter().find(|question| question.parts.is_empty()) {
            return Err(NotTabled::WrongKind { question: score.to_owned(), kind: no_score.kind });
        }
        Ok(builders::battery(&mut self.draft, self.outline, &asked))
    }

    fn crosstab(&mut self, question: &str, percents: &[PercentOf]) -> Made {
        let compared = self.compared(&[question.to_owned()])?;
        let order = self.order.unwrap_or(Order::Asked);
        let of = builders::Crossed { question, percents, chosen: self.chosen, order };
        builders::crosstab(&mut self.draft, self.outline, &compared, &of)
    }

    /// The comparisons of the table; without any there is no table.
    fn compared(&self, questions: &[String]) -> Result<Vec<&'a Named>, NotTabled> {
        let all = self.chosen.among(self.outline, self.draft.findings(), &self.groups, questions);
        if all.is_empty() { Err(NotTabled::NotCompared) } else { Ok(all) }
    }
}

/// The link of this name.
fn linked<'a>(outline: &'a Outline, link: &str) -> Result<&'a LinkOutline, NotTabled> {
    outline.link(link).ok_or_else(|| NotTabled::UnknownLink { link: link.to_owned() })
}

/// Questions as the first side of a link was asked them.
fn of_link<'a>(
    outline: &'a Outline,
    link: &LinkOutline,
    questions: &[String],
) -> Result<Vec<&'a QuestionOutline>, NotTabled> {
    let unknown = |question: &String| NotTabled::UnknownQuestion { question: question.clone() };
    questions
        .iter()
        .map(|question| outline.question(&link.between[0], question).ok_or_else(|| unknown(question)))
        .collect()
}

/// The groups that are named, all of them if none is.
fn groups(outline: &Outline, wanted: &[String]) -> Result<Vec<String>, NotTabled> {
    if wanted.is_empty() {
        return Ok(outline.groups.iter().map(|group| group.id.clone()).collect());
    }
    match wanted.iter().find(|wanted| !outline.groups.iter().any(|group| group.id == **wanted)) {
        Some(unknown) => Err(NotTabled::UnknownGroup { group: unknown.clone() }),
        None => Ok(wanted.to_vec()),
    }
}

/// The question as each of the groups was asked it; a group that was not asked it is passed over.
fn asked<'a>(
    outline: &'a Outline,
    groups: &[String],
    question: &str,
    kinds: &[Kind],
) -> Result<Vec<&'a QuestionOutline>, NotTabled> {
    let asked: Vec<&QuestionOutline> =
        groups.iter().filter_map(|group| outline.question(group, question)).collect();
    if asked.is_empty() {
        return Err(NotTabled::UnknownQuestion { question: question.to_owned() });
    }
    match asked.iter().find(|asked| !kinds.contains(&asked.kind)) {
        Some(wrong) => Err(NotTabled::WrongKind { question: question.to_owned(), kind: wrong.kind }),
        None => Ok(asked),
    }
}

/// Several questions, each as the groups were asked it.
fn each<'a>(
    outline: &'a Outline,
    groups: &[String],
    questions: &[String],
    kinds: &[Kind],
) -> Result<Vec<Vec<&'a QuestionOutline>>, NotTabled> {
    questions.iter().map(|question| asked(outline, groups, question, kinds)).collect()
}
