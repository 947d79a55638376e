//! The kind of a job as text: [`JobType`].

use super::coercion::{Coercion, Note, Raw, trim, unreadable};
use super::spelled::Spelled;
use crate::model::JobKind;
use crate::wire::quirk::QuirkKind;

/// The kind of a job.
pub(in crate::wire) struct JobType;

impl Coercion for JobType {
    type Value = JobKind;

    fn coerce(raw: Raw<'_>, note: Note<'_>) -> Option<JobKind> {
        let Raw::Text(text) = raw else { return unreadable(note) };
        let text = trim(text, note)?;
        let exact = JOB_TYPES.iter().find(|(name, _)| *name == text);
        let found = exact.or_else(|| JOB_TYPES.iter().find(|(name, _)| name.eq_ignore_ascii_case(text)));
        let Some((_, kind)) = found else { return unreadable(note) };
        if exact.is_none() {
            note(QuirkKind::ValueCase);
        }
        Some(*kind)
    }

    fn spell(value: &JobKind, put: &mut dyn FnMut(Spelled<'_>)) {
        if let Some((name, _)) = JOB_TYPES.iter().find(|(_, kind)| kind == value) {
            put(Spelled::Text(name));
        }
    }
}

/// The documented values of `JobType`; of a kind, the first is written.
const JOB_TYPES: [(&str, JobKind); 6] = [
    ("SYNC", JobKind::Synchronization),
    ("sync", JobKind::Synchronization),
    ("subSync", JobKind::Synchronization),
    ("MIGRATION", JobKind::Migration),
    ("online", JobKind::Migration),
    ("SUBSCRIBE", JobKind::Subscription),
];
