//! Reads the model from a source, and collects the quirks: [`BodyReader`].

use std::collections::BTreeSet;
use std::mem;

use super::location::Location;
use super::quirks::Quirks;
use crate::excerpt::cut;
use crate::model::{JobKind, Operation};
use crate::wire::limits::Limits;
use crate::wire::quirk::{Quirk, QuirkKind};
use crate::wire::source::Source;
use crate::wire::tree::Tree;

/// Reads the model from a source, and collects the quirks.
pub(in crate::wire) struct BodyReader<'a, S> {
    pub(in crate::wire) source: S,
    pub(super) limits: &'a Limits,
    pub(in crate::wire) quirks: Quirks,
    /// True if a field was not known.
    pub(in crate::wire) has_unknown_field: bool,
    /// False while nothing is to be reported.
    reports_attributes: bool,
    /// The names of the elements whose attributes were reported.
    attributed: BTreeSet<&'a str>,
    /// The place of the record that was last searched for the value of a field with a fallback, and the spelling of the
    /// value found.
    pub(super) own_value: Option<(usize, Option<String>)>,
    /// The number of bare texts that are items of JSON lists, in all lists together: each costs two bytes to send and
    /// many times that to keep.
    pub(super) bare_items: usize,
    /// The length of the last list of names; the next one is often as long.
    pub(super) last_names: usize,
    /// The anchor of the value where a list exceeded the limit.
    pub(in crate::wire) too_long_list: Option<usize>,
    /// The operation whose response is read.
    pub(in crate::wire) operation: Operation,
    /// The kind of the jobs, where the caller knows it.
    pub(in crate::wire) kind: Option<JobKind>,
    /// The number of jobs of a page.
    jobs: usize,
    /// The anchor of the job that exceeded the limit.
    pub(in crate::wire) too_many_jobs: Option<usize>,
}

/// Reads the model from a tree.
pub(in crate::wire) type TreeReader<'t> = BodyReader<'t, &'t Tree<'t>>;

impl<'a, S: Source<'a>> BodyReader<'a, S> {
    pub(in crate::wire) fn new(source: S, limits: &'a Limits) -> Self {
        BodyReader {
            source,
            limits,
            quirks: Quirks::new(limits.quirks),
            has_unknown_field: false,
            reports_attributes: true,
            attributed: BTreeSet::new(),
            own_value: None,
            bare_items: 0,
            last_names: 0,
            too_long_list: None,
            operation: Operation::default(),
            kind: None,
            jobs: 0,
            too_many_jobs: None,
        }
    }

    /// Reports a departure, with the text of the body at the location.
    #[cold]
    pub(in crate::wire) fn report(&mut self, kind: QuirkKind, location: &Location<'_>) {
        self.add(kind, location, false, None);
    }

    /// Reports a departure with a text of its own.
    #[cold]
    pub(in crate::wire) fn report_found(&mut self, kind: QuirkKind, location: &Location<'_>, found: &str) {
        self.add(kind, location, false, Some(found));
    }

    /// Reports a second value of a field. `is_same`: it says the same as the first one.
    #[cold]
    pub(in crate::wire) fn report_duplicate(&mut self, location: &Location<'_>, is_same: bool) {
        self.add(QuirkKind::DuplicateField, location, is_same, None);
    }

    /// Reports a second value of a field with its text, after the record was read.
    #[cold]
    pub(in crate::wire) fn report_duplicate_found(
        &mut self,
        location: &Location<'_>,
        is_same: bool,
        found: &str,
    ) {
        self.add(QuirkKind::DuplicateField, location, is_same, Some(found));
    }

    fn add(&mut self, kind: QuirkKind, location: &Location<'_>, is_same: bool, found: Option<&str>) {
        let source = &self.source;
        self.quirks.add(kind, is_same, || {
            let found = match found {
                Some(found) => cut(found).to_owned(),
                None => cut(&source.raw(location.entry)).to_owned(),
            };
            Quirk { kind, path: location.path(), offset: source.offset(location.anchor), found }
        });
    }

    /// Reads a value only to compare it: nothing of it is reported or counted. Returns true if no value of a
    /// known field was lost.
    #[cold]
    pub(in crate::wire) fn quietly(&mut self, read: impl FnOnce(&mut Self)) -> bool {
        let quirks = mem::take(&mut self.quirks);
        let before = (self.reports_attributes, self.has_unknown_field, self.bare_items, self.too_long_list);
        let jobs_before = (self.jobs, self.too_many_jobs);
        self.reports_attributes = false;
        read(self);
        // Quirks without a limit of their own keep none and count each loss.
        let lost_nothing = self.quirks.losses_omitted == 0;
        (self.reports_attributes, self.has_unknown_field, self.bare_items, self.too_long_list) = before;
        (self.jobs, self.too_many_jobs) = jobs_before;
        self.quirks = quirks;
        lost_nothing
    }

    /// Reports a field that is not known.
    #[cold]
    pub(in crate::wire) fn report_unknown(&mut self, member: &Location<'_>) {
        self.has_unknown_field = true;
        self.report_attributes(member);
        self.report(QuirkKind::UnknownField, member);
    }

    /// Reports attributes, which hold no field, once for each element name.
    #[inline]
    pub(in crate::wire) fn report_attributes(&mut self, location: &Location<'_>) {
        if location.entry.may_have_attributes && self.reports_attributes {
            self.report_some_attributes(location);
        }
    }

    #[cold]
    fn report_some_attributes(&mut self, location: &Location<'_>) {
        if let Some((name, attributes)) = self.source.attributes(location.entry)
            && self.attributed.insert(name)
        {
            self.report_found(QuirkKind::Attribute, location, &attributes);
        }
    }

    /// Returns true if a page may have one more job, which takes many times as much memory as it may take in a body. If
    /// not, the body is refused after reading.
    pub(in crate::wire) fn has_room_for_job(&mut self, location: &Location<'_>) -> bool {
        self.jobs = self.jobs.saturating_add(1);
        if self.jobs > self.limits.jobs {
            self.too_many_jobs.get_or_insert(location.anchor);
        }
        self.jobs <= self.limits.jobs
    }

    /// Returns true if a list of this length may grow. If not, the body is refused after reading.
    pub(super) fn has_room(&mut self, len: usize, location: &Location<'_>) -> bool {
        if len < self.limits.items {
            return true;
        }
        self.too_long_list.get_or_insert(location.anchor);
        false
    }
}
