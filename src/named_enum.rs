//! Closed sets of stable names: `named_enum!`, and the error of reading one, [`UnknownNameError`].

use std::borrow::Cow;
use std::fmt;

use serde::{Deserialize, Deserializer, Serialize};
use thiserror::Error;

use crate::excerpt;

/// A text that is none of the names of a closed set, such as a verdict or a kind of quirk.
///
/// ```
/// use aliyun_dts_status::health::Verdict;
///
/// assert_eq!("degraded".parse(), Ok(Verdict::Degraded));
/// let error = "bad".parse::<Verdict>().unwrap_err();
/// assert_eq!(error.to_string(), "unknown verdict \"bad\"");
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash, Error, Serialize, Deserialize)]
#[error("unknown {what} \"{}\"", excerpt::shown(.text))]
pub struct UnknownNameError {
    what: Cow<'static, str>,
    text: String,
}

impl UnknownNameError {
    /// The set that the text was read as a name of: `verdict`.
    #[must_use]
    pub fn what(&self) -> &str {
        &self.what
    }

    /// The text that is no such name.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }
}

/// Defines an enum whose variants have one stable text each. Reading ignores letter case.
macro_rules! named_enum {
    (
        $(#[$meta:meta])*
        $vis:vis enum $name:ident as $what:literal {
            $($(#[$variant_meta:meta])* $variant:ident = $text:expr,)+
        }
    ) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        $vis enum $name {
            $($(#[$variant_meta])* $variant,)+
        }

        impl $name {
            /// Every value, in the order of the enum.
            $vis const ALL: &'static [$name] = &[$($name::$variant,)+];

            /// The stable text.
            #[must_use]
            #[inline]
            $vis const fn as_str(self) -> &'static str {
                match self {
                    $($name::$variant => $text,)+
                }
            }
        }

        impl std::str::FromStr for $name {
            type Err = $crate::UnknownNameError;

            /// Reads the stable text in any letter case.
            fn from_str(text: &str) -> Result<Self, Self::Err> {
                $crate::named_enum::find($name::ALL, $name::as_str, $what, text)
            }
        }

        $crate::named_enum::text_traits!($name);
    };
}

pub(crate) use named_enum;

/// What a type does as its text: `as_str` writes it, `FromStr` reads it.
macro_rules! text_traits {
    ($name:ident) => {
        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.pad(self.as_str())
            }
        }

        impl AsRef<str> for $name {
            fn as_ref(&self) -> &str {
                self.as_str()
            }
        }

        impl PartialEq<str> for $name {
            fn eq(&self, text: &str) -> bool {
                self.as_str() == text
            }
        }

        impl PartialEq<&str> for $name {
            fn eq(&self, text: &&str) -> bool {
                self.as_str() == *text
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.as_str())
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                $crate::named_enum::deserialize(deserializer)
            }
        }
    };
}

pub(crate) use text_traits;

/// The value with this text, else the first with it in another letter case.
pub(crate) fn find<T: Copy>(
    all: &[T],
    as_str: fn(T) -> &'static str,
    what: &'static str,
    text: &str,
) -> Result<T, UnknownNameError> {
    let exact = all.iter().copied().find(|value| as_str(*value) == text);
    exact
        .or_else(|| all.iter().copied().find(|value| as_str(*value).eq_ignore_ascii_case(text)))
        .ok_or_else(|| UnknownNameError { what: what.into(), text: text.to_owned() })
}

/// Reads a value from its stable text.
pub(crate) fn deserialize<'de, D, T>(deserializer: D) -> Result<T, D::Error>
where
    D: Deserializer<'de>,
    T: std::str::FromStr<Err: fmt::Display>,
{
    Cow::<str>::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
}
