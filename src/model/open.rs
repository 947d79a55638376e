//! Open sets of values: known variants to match on, any other text kept: `open_enum!`.

/// Text that is no known value of an open set.
///
/// Code outside this crate can neither make nor match it, so that a value which becomes known later breaks no
/// caller. Compare [`as_str`](crate::model::JobStatus::as_str) instead.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Unknown(
    // Boxed twice, so that a set's value takes two words: bodies hold thousands of them, nearly all known.
    Box<Box<str>>,
);

impl Unknown {
    #[cold]
    pub(super) fn new(text: &str) -> Self {
        Unknown(Box::new(text.into()))
    }

    pub(super) fn as_str(&self) -> &str {
        &self.0
    }
}

/// How a text matches an open set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Recognition {
    /// The documented spelling.
    Exact,
    /// The documented spelling in another letter case.
    Case,
    /// Another name of the same value.
    Alias,
    /// No known value.
    Unknown,
}

/// The common interface of all open sets.
pub(crate) trait OpenSet: Sized {
    fn recognize(text: &str) -> (Self, Recognition);
    fn as_str(&self) -> &str;
    fn is_known(&self) -> bool;
    fn is_documented(&self) -> bool;
}

/// Defines an open set: `Variant = "spelling" | "alias"…`, followed by `documented` where the vendor's API page
/// lists the value for this field.
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
            Unknown($crate::model::open::Unknown),
        }

        impl $name {
            /// Every known value.
            pub const KNOWN: &'static [$name] = &[$($name::$variant,)+];

            /// The documented spelling of a known value, the text itself of any other.
            #[must_use]
            pub fn as_str(&self) -> &str {
                match self {
                    $($name::$variant => $text,)+
                    $name::Unknown(text) => text.as_str(),
                }
            }

            /// Returns true if this crate knows the value.
            #[must_use]
            pub fn is_known(&self) -> bool {
                !matches!(self, $name::Unknown(_))
            }

            /// Returns true if the vendor's API page lists the value for this field. Other known values come from the
            /// page's samples or from sister operations.
            #[must_use]
            pub fn is_documented(&self) -> bool {
                match self {
                    $($name::$variant => open_enum!(@documented $($documented)?),)+
                    $name::Unknown(_) => false,
                }
            }

            #[cold]
            fn recognize_inexact(text: &str) -> (Self, $crate::model::Recognition) {
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
                ($name::Unknown($crate::model::open::Unknown::new(text)), $crate::model::Recognition::Unknown)
            }
        }

        impl $crate::model::OpenSet for $name {
            // See `Coercion::coerce`.
            #[inline(always)]
            fn recognize(text: &str) -> (Self, $crate::model::Recognition) {
                match text {
                    $($text => ($name::$variant, $crate::model::Recognition::Exact),)+
                    _ => Self::recognize_inexact(text),
                }
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
            /// Reads the documented spelling or an alias in any letter case; keeps any other text.
            fn from(text: &str) -> Self {
                <Self as $crate::model::OpenSet>::recognize(text).0
            }
        }

        impl std::str::FromStr for $name {
            type Err = std::convert::Infallible;

            /// As `From<&str>`: never fails.
            fn from_str(text: &str) -> Result<Self, Self::Err> {
                Ok(Self::from(text))
            }
        }

        $crate::named_enum::text_traits!($name);
    };
    (@documented) => { false };
    (@documented documented) => { true };
}

pub(crate) use open_enum;
