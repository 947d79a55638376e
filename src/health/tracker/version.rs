//! The version of the saved form: [`Version`].

use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// The version of the saved form: 1. Another version is not read.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(super) struct Version;

const VERSION: u32 = 1;

impl Serialize for Version {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_u32(VERSION)
    }
}

impl<'de> Deserialize<'de> for Version {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        match u32::deserialize(deserializer)? {
            VERSION => Ok(Version),
            other => {
                Err(D::Error::custom(format_args!("a saved state of version {other}, expected {VERSION}")))
            }
        }
    }
}
