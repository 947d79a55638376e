//! Open sets of values: known variants to match on, other text kept: `open_enum!`.

/// Text that stands for no known value of an open set.
///
/// It can't be made or matched outside this crate, so that a value which becomes known later breaks no
/// caller: compare [`as_str`](crate::model::JobStatus::as_str) instead.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Unknown(
    // Twice boxed, so that a set's value is two words: bodies hold thousands of them, nearly all known.
    Box<Box<str>>,
);

impl Unknown {
    #[cold]
    pub(crate) fn new(text: &str) -> Self {
        Unknown(Box::new(text.into()))
    }

    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }
}

/// How a text was recognized as a value of an open set.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Recognition {
    /// The documented spelling.
    Exact,
    /// The documented spelling in another letter case.
    Case,
    /// Another name of the same value.
    Alias,
    /// No known value.
    Unknown,
}

/// What all open sets have in common.
pub(crate) trait OpenSet: Sized {
    fn recognize(text: &str) -> (Self, Recognition);
    fn as_str(&self) -> &str;
    fn is_known(&self) -> bool;
    fn is_documented(&self) -> bool;
}

/// Defines an open set: `Variant = "spelling" | "alias"…`, with `documented` behind those that the page of
/// the operation lists for this field.
macro_rules! open_enum {
    (
        $(#[$meta:meta])*
        $name:ident {
            $(
                $(#[$variant_meta:meta])*
                $variant:ident = $text:literal $(| $alias:literal)* $(, $documented:ident)?;
            )+
        }
    ) => {
        $(#[$meta])*
        ///
        /// An open set: text of no known value is kept verbatim, see [`is_known`](Self::is_known).
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        pub enum $name {
            $(
                $(#[$variant_meta])*
                #[doc = concat!("`", $text, "`")]
                $variant,
            )+
            #[doc(hidden)]
            Unknown($crate::model::Unknown),
        }

        impl $name {
            /// Every known value, in the order of the vocabulary.
            pub const KNOWN: &'static [$name] = &[$($name::$variant,)+];

            /// The documented spelling of a known value, the text itself of any other.
            #[must_use]
            pub fn as_str(&self) -> &str {
                match self {
                    $($name::$variant => $text,)+
                    $name::Unknown(text) => text.as_str(),
                }
            }

            /// Whether the value is one this crate knows.
            #[must_use]
            pub fn is_known(&self) -> bool {
                !matches!(self, $name::Unknown(_))
            }

            /// Whether the page of the operation lists the value for this field. A known value that is not
            /// documented was seen in the page's samples or on sister operations.
            #[must_use]
            pub fn is_documented(&self) -> bool {
                match self {
                    $($name::$variant => open_enum!(@documented $($documented)?),)+
                    $name::Unknown(_) => false,
                }
            }

            /// Reads a text: in its exact spelling, in any letter case, by another name, or as unknown.
            #[must_use]
            pub fn recognize(text: &str) -> (Self, $crate::model::Recognition) {
                match text {
                    $($text => ($name::$variant, $crate::model::Recognition::Exact),)+
                    _ => Self::recognize_loosely(text),
                }
            }

            #[cold]
            fn recognize_loosely(text: &str) -> (Self, $crate::model::Recognition) {
                $(
                    if text.eq_ignore_ascii_case($text) {
                        return ($name::$variant, $crate::model::Recognition::Case);
                    }
                    $(
                        if text.eq_ignore_ascii_case($alias) {
                            return ($name::$variant, $crate::model::Recognition::Alias);
                        }
                    )*
                )+
                ($name::Unknown($crate::model::Unknown::new(text)), $crate::model::Recognition::Unknown)
            }
        }

        impl $crate::model::open::OpenSet for $name {
            #[inline]
            fn recognize(text: &str) -> (Self, $crate::model::Recognition) {
                $name::recognize(text)
            }

            #[inline]
            fn as_str(&self) -> &str {
                $name::as_str(self)
            }

            fn is_known(&self) -> bool {
                $name::is_known(self)
            }

            fn is_documented(&self) -> bool {
                $name::is_documented(self)
            }
        }

        impl From<&str> for $name {
            fn from(text: &str) -> Self {
                Self::recognize(text).0
            }
        }

        impl std::str::FromStr for $name {
            type Err = std::convert::Infallible;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                Ok(Self::from(text))
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.pad(self.as_str())
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.as_str())
            }
        }
    };
    (@documented) => { false };
    (@documented documented) => { true };
}

pub(crate) use open_enum;
