//! A [`Policy`] as a map of texts: its serde.

use std::collections::BTreeSet;
use std::fmt;

use serde::de::{DeserializeSeed, Error as _, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::value::NO_TIME;
use super::{Policy, PolicyError, ThresholdError};

/// A map of every threshold, keys in kebab-case and values as text.
impl Serialize for Policy {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let values = Policy::FIELDS.iter().filter_map(|field| Some((field, self.get(field.name)?)));
        let entries: Vec<_> = values.map(|(field, value)| (field.key(), value.to_string())).collect();
        serializer.collect_map(entries)
    }
}

/// A map of thresholds, the others by default. All that is wrong is in one error, thresholds out of order too.
impl<'de> Deserialize<'de> for Policy {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let mut policy = Policy::default();
        let defects = deserializer.deserialize_map(Entries(&mut policy))?;
        PolicyError::of(policy.defects_with(defects)).map_err(D::Error::custom)?;
        Ok(policy)
    }
}

/// Sets the thresholds of a map, and leaves the others as they are. On an error nothing is set.
impl<'de> DeserializeSeed<'de> for &mut Policy {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        let mut policy = self.clone();
        let defects = deserializer.deserialize_map(Entries(&mut policy))?;
        PolicyError::of(defects).map_err(D::Error::custom)?;
        *self = policy;
        Ok(())
    }
}

/// Sets the thresholds that can be set, and gives the defects of the others.
struct Entries<'a>(&'a mut Policy);

impl<'de> Visitor<'de> for Entries<'_> {
    type Value = Vec<ThresholdError>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a map of thresholds")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Vec<ThresholdError>, A::Error> {
        let mut defects = Vec::new();
        let mut seen = BTreeSet::new();
        while let Some(key) = map.next_key::<String>()? {
            // Keys have one spelling only, so that a threshold cannot be given twice unseen.
            let Some(field) = Policy::field(&key).filter(|field| field.key() == key) else {
                map.next_value::<IgnoredAny>()?;
                defects.push(ThresholdError::Unknown { name: key.into(), known: Policy::FIELDS });
                continue;
            };
            let Text(text) = map.next_value()?;
            let set = if seen.insert(field.name) {
                self.0.set(field.name, &text)
            } else {
                Err(ThresholdError::Repeated { field })
            };
            defects.extend(set.err());
        }
        Ok(defects)
    }
}

/// A value as text, whatever it is.
struct Text(String);

impl<'de> Deserialize<'de> for Text {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        if deserializer.is_human_readable() {
            deserializer.deserialize_any(AnyValue)
        } else {
            // Such formats may not say what a value is, and all values are written as text.
            deserializer.deserialize_str(AnyValue)
        }
    }
}

struct AnyValue;

impl<'de> Visitor<'de> for AnyValue {
    type Value = Text;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a text, a number or a switch")
    }

    fn visit_str<E>(self, value: &str) -> Result<Text, E> {
        Ok(Text(value.to_owned()))
    }

    fn visit_bool<E>(self, value: bool) -> Result<Text, E> {
        Ok(Text(value.to_string()))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Text, E> {
        Ok(Text(value.to_string()))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Text, E> {
        Ok(Text(value.to_string()))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Text, E> {
        Ok(Text(value.to_string()))
    }

    /// The null of JSON.
    fn visit_unit<E>(self) -> Result<Text, E> {
        Ok(Text(NO_TIME.to_owned()))
    }

    /// No threshold is a list; that is for the field to say, so that its key is named.
    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Text, A::Error> {
        while list.next_element::<IgnoredAny>()?.is_some() {}
        Ok(Text("[…]".to_owned()))
    }

    /// A time of TOML without quotes is a map of one text.
    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Text, A::Error> {
        let mut text = "{…}".to_owned();
        while let Some(key) = map.next_key::<String>()? {
            if key == TOML_TIME {
                text = map.next_value()?;
            } else {
                map.next_value::<IgnoredAny>()?;
            }
        }
        Ok(Text(text))
    }
}

/// The key under which the crate `toml` gives a time to serde.
const TOML_TIME: &str = "$__toml_private_datetime";
