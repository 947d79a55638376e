//! The version of the saved form: [`Version`].

use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// The version of the saved form: 2. Version 1 is read too: it has the time and the status alone that a tracker needs.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(super) struct Version;

const VERSION: u32 = 2;

const OLDEST: u32 = 1;

impl Serialize for Version {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_u32(VERSION)
    }
}

impl<'de> Deserialize<'de> for Version {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        match u32::deserialize(deserializer)? {
            OLDEST..=VERSION => Ok(Version),
            other => {
                let expected = format_args!("a saved state of version {other}, expected {VERSION}");
                Err(D::Error::custom(expected))
            }
        }
    }
}
