//! `canvass template`.

use crate::diag::{FileId, Sources};
use crate::io::create;
use crate::pipeline::Stopped;
use crate::text::skeleton;

use super::args::Template;
use super::exit::{DONE, FAILED};
use super::study::computed;
use super::ui::Ui;

pub(super) fn template(options: &Template, ui: &mut Ui) -> u8 {
    let written = computed(&options.study, ui).and_then(|outcome| {
        let text = skeleton(&outcome.outline, &outcome.findings);
        let Some(file) = &options.out else {
            ui.out(&text);
            return Ok(());
        };
        let (folder, name) = file.rsplit_once('/').unwrap_or((".", file));
        create(&FileId::new(folder), &[(name, text.as_bytes())])
            .map_err(|problem| Stopped { problems: vec![problem], sources: Sources::new() })?;
        ui.out(&format!(
            "wrote {file}\nname it in the study file: template = \"{name}\" in [study], or in a [[text]] of its own\n"
        ));
        Ok(())
    });
    match written {
        Ok(()) => DONE,
        Err(stopped) => {
            ui.stopped(&stopped);
            FAILED
        }
    }
}
