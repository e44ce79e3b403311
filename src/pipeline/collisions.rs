//! Asks that would give one id to different findings.

use std::collections::BTreeMap;

use crate::diag::{Diag, codes};
use crate::findings::{Collision, Findings};
use crate::study::{Ask, Study};

/// What stops a study in which an id has two meanings, once for each two asks, at the place of the later one.
pub(super) fn collided(study: &Study, findings: &Findings) -> Vec<Diag> {
    let mut of_asks: BTreeMap<(usize, usize), Vec<&Collision>> = BTreeMap::new();
    for collision in findings.collisions() {
        of_asks.entry((collision.second, collision.first)).or_default().push(collision);
    }
    of_asks.into_values().filter_map(|collisions| said(study, &collisions)).collect()
}

fn said(study: &Study, collisions: &[&Collision]) -> Option<Diag> {
    let collision = collisions.first()?;
    let (first, second) = (study.asks.get(collision.first)?, study.asks.get(collision.second)?);
    let others = match collisions.len() - 1 {
        0 => String::new(),
        others => format!(", and {others} more"),
    };
    let id = &collision.id;
    if collision.first == collision.second {
        let message = format!("\"{id}\" would be the id of two different findings of this ask{others}");
        let help = "two of what it is asked of share a name: give a net, choice, item, attribute or group another one";
        return Some(study.error(codes::STUDY_DUPLICATE, &second.span, message).help(help));
    }
    let message = format!(
        "\"{id}\" is asked for twice with different results{others}: by this ask and by the \"{}\"{} before it",
        first.inquiry.name(),
        of(first)
    );
    let can_be_named = first.inquiry.compared().is_some() && second.inquiry.compared().is_some();
    let help = if can_be_named {
        "give one of the two a name = \"...\", which stands in the ids of its findings, or remove one"
    } else {
        "ask both on the same terms, or remove one: a finding has one value"
    };
    Some(study.error(codes::STUDY_DUPLICATE, &second.span, message).help(help))
}

fn of(ask: &Ask) -> String {
    if ask.of.is_empty() { String::new() } else { format!(" of {}", ask.of.join(", ")) }
}
