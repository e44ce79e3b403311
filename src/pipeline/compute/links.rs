//! The links of a study: the lists that they need are read, and their people found in the exports.

use crate::diag::{Diag, FileId};
use crate::ingest::{Export, RawTable};
use crate::io::Digest;
use crate::normalise::{Cohort, Linked, Lists, read_list, resolve};
use crate::pipeline::inputs;
use crate::study::{Link, Study};

use super::{Exports, Reader};

impl Reader<'_> {
    /// Resolves every link, or says everything that stands in the way.
    pub(super) fn links(
        &mut self,
        study: &Study,
        cohorts: &[Cohort],
        exports: &Exports,
    ) -> Result<Vec<Linked>, Vec<Diag>> {
        let mut links = Vec::new();
        let mut problems = Vec::new();
        for link in &study.links {
            match self.link(study, link, cohorts, exports) {
                Ok(linked) => links.extend(linked),
                Err(mut found) => problems.append(&mut found),
            }
        }
        if problems.is_empty() { Ok(links) } else { Err(problems) }
    }

    fn link(
        &mut self,
        study: &Study,
        link: &Link,
        cohorts: &[Cohort],
        exports: &Exports,
    ) -> Result<Option<Linked>, Vec<Diag>> {
        (self.progress)(&format!("linking {}", link.label));
        let export = |id: &str| -> Option<&Export> {
            let group = study.group(id)?;
            exports.get(&(group.export.clone()?, group.definition.clone()))
        };
        let cohort = |id: &str| cohorts.iter().find(|cohort| cohort.group == id);
        let [Some(first), Some(second)] = link.between.each_ref().map(|id| export(id)) else {
            return Ok(None);
        };
        let [Some(one), Some(other)] = link.between.each_ref().map(|id| cohort(id)) else { return Ok(None) };
        let pairs = match &link.pairs {
            Some(pairs) => Some(self.list(&pairs.file)?),
            None => None,
        };
        let mut rosters = [None, None];
        for (side, id) in link.between.iter().enumerate() {
            if let Some(invited) = study.group(id).and_then(|group| group.invited.as_ref()) {
                rosters[side] = Some(self.list(&invited.file)?);
            }
        }
        let lists = Lists {
            exports: [&first.table, &second.table],
            pairs: pairs.as_ref(),
            rosters: rosters.each_ref().map(Option::as_ref),
        };
        resolve(study, link, [one, other], lists, &mut self.notes).map(Some)
    }

    /// Reads a list of people or pairs, and records it unless it is recorded already.
    fn list(&mut self, file: &FileId) -> Result<RawTable, Vec<Diag>> {
        let bytes = self.source.read(file).map_err(|problem| vec![problem])?;
        let table = read_list(file, &bytes, &mut self.notes)?;
        self.inputs.entry(file.clone()).or_insert_with(|| inputs::table(file, Digest::of(&bytes), &table));
        Ok(table)
    }
}
