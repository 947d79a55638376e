//! One row of the table of error codes: [`ErrorGuide`].

use crate::health::catalog::class::ErrorClass;

/// An error code of DTS: its class, and what is known of the code itself.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct ErrorGuide {
    /// The code in the vendor's spelling. Leading zeros count.
    pub code: &'static str,
    /// The class, with meaning and remedy.
    pub class: &'static ErrorClass,
    /// What the code says beyond its class: part of a sentence, in lower case.
    pub fact: &'static str,
}

impl ErrorGuide {
    /// The meaning of the class, with the fact of the code in brackets: part of a sentence.
    #[must_use]
    pub fn meaning(&self) -> String {
        let ErrorGuide { class, fact, .. } = self;
        format!("{} ({fact})", class.meaning)
    }
}

/// A row of the table.
pub(super) const fn row(code: &'static str, class: &'static ErrorClass, fact: &'static str) -> ErrorGuide {
    ErrorGuide { code, class, fact }
}
