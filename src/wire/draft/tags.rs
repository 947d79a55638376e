//! The tags of a job: [`Tag`], [`by_key`].

use std::collections::BTreeMap;

use super::placed::Value;
use crate::excerpt::cut;
use crate::field::Field;
use crate::model::Operation;
use crate::path::Segment;
use crate::wire::quirk::{Quirk, QuirkKind};
use crate::wire::record::{BodyReader, Location, Quirks};
use crate::wire::scalar::Text;
use crate::wire::source::Source;

/// A tag of a job.
#[derive(Default, Clone, PartialEq)]
pub(in crate::wire) struct Tag {
    pub(in crate::wire) key: Option<Value<String>>,
    pub(in crate::wire) value: Option<Value<String>>,
}

/// The values of tags by their keys. A tag without a key has no place in the model, and keys are repeated as names are
/// (docs/wire.md, section 4).
pub(super) fn by_key<'a, S: Source<'a>>(
    mut tags: Vec<Tag>,
    reader: &mut BodyReader<'a, S>,
    location: &Location<'_>,
) -> BTreeMap<String, String> {
    let mut by_key = BTreeMap::new();
    let names = Names::of(reader.operation);
    for (index, Tag { key, value }) in tags.iter_mut().enumerate() {
        let list = location.member(names.list, location.entry);
        let tag = list.item(index);
        match (key, value.take()) {
            (None, None) => {}
            (None, Some(value)) => value.report::<Text, S>(QuirkKind::Unreadable, names.value, reader, &tag),
            (Some(key), value) => match (by_key.get_mut(&key.value), value) {
                (None, value) => {
                    by_key.insert(key.value.clone(), value.map(|value| value.value).unwrap_or_default());
                }
                (Some(_), None) => key.report::<Text, S>(QuirkKind::RepeatedName, names.key, reader, &tag),
                (Some(kept), Some(value)) if kept.is_empty() => {
                    value.report::<Text, S>(QuirkKind::RepeatedName, names.value, reader, &tag);
                    *kept = value.value;
                }
                (Some(kept), Some(value)) => {
                    let place = value.location(names.value, &tag);
                    reader.report_duplicate_found(&place, *kept == value.value, &value.found::<Text>());
                }
            },
        }
    }
    if !tags.is_empty() && !reader.quirks.kept.is_empty() {
        note_kept(&tags, &by_key, &names, &mut reader.quirks, location);
    }
    by_key
}

/// Notes what was kept of each tag that lost something. The quirks of the record that was read last are at the end.
#[cold]
fn note_kept(
    tags: &[Tag],
    by_key: &BTreeMap<String, String>,
    names: &Names,
    quirks: &mut Quirks,
    location: &Location<'_>,
) {
    let record = location.path();
    let list = record.clone().then(names.list);
    let of_record = |quirk: &Quirk| quirk.path.segments().starts_with(record.segments());
    let last = quirks.kept.iter().enumerate().rev().take_while(|(_, quirk)| of_record(quirk));
    for (index, quirk) in last.filter(|(_, quirk)| quirk.kind.may_be_loss()) {
        if let Some([Segment::Index(tag), Segment::Field(field)]) =
            quirk.path.segments().strip_prefix(list.segments())
            && let Some(Tag { key: Some(key), .. }) = tags.get(*tag)
            && let Some(kept) = if *field == names.key { Some(&key.value) } else { by_key.get(&key.value) }
            && !kept.is_empty()
        {
            quirks.kept_of_tags.insert(index, cut(kept).to_owned());
        }
    }
}

/// The names of the fields of tags in an operation.
struct Names {
    list: Field,
    key: Field,
    value: Field,
}

impl Names {
    fn of(operation: Operation) -> Self {
        match operation {
            Operation::DescribeDtsJobDetail | Operation::DescribeDtsJobs => {
                Names { list: Field::TagList, key: Field::TagKey, value: Field::TagValue }
            }
            _ => Names { list: Field::Tags, key: Field::Key, value: Field::Value },
        }
    }
}
