//! The tags of a job: [`Tag`], [`by_key`].

use std::collections::BTreeMap;

use super::placed::Value;
use crate::field::Field;
use crate::model::Operation;
use crate::wire::quirk::QuirkKind;
use crate::wire::record::{BodyReader, Location};
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
    tags: Vec<Tag>,
    reader: &mut BodyReader<'a, S>,
    location: &Location<'_>,
) -> BTreeMap<String, String> {
    let mut by_key = BTreeMap::new();
    let names = Names::of(reader.operation);
    for (index, Tag { key, value }) in tags.into_iter().enumerate() {
        let list = location.member(names.list, location.entry);
        let tag = list.item(index);
        match (key, value) {
            (None, None) => {}
            (None, Some(value)) => value.report::<Text, S>(QuirkKind::Unreadable, names.value, reader, &tag),
            (Some(key), value) => match (by_key.get_mut(&key.value), value) {
                (None, value) => {
                    by_key.insert(key.value, value.map(|value| value.value).unwrap_or_default());
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
    by_key
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
