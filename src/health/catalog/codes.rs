//! Error codes of DTS, one row a code: [`error_guide`].

mod engines;
mod guide;
mod messages;
mod numbers;
mod retries;

use super::error_code::{Spelling, spelled};

pub use guide::ErrorGuide;

/// The row of an error code of DTS.
///
/// Letter case does not count, `.`, `-`, `_` and a blank are the same, and the leading `DTS-` may be left out. Where
/// no row has the code so, leading zeros are ignored, then what separates the parts.
///
/// ```
/// use aliyun_dts_status::health::catalog::error_guide;
///
/// let guide = error_guide("dts.retry.err.0046").ok_or("no such code")?;
/// assert_eq!(guide.code, "DTS-RETRY-ERR-0046");
/// assert_eq!(guide.class.meaning, "a foreign key forbids a change in the target");
/// assert_eq!(error_guide("70211").map(|guide| guide.code), Some("DTS-070211"));
/// assert_eq!(error_guide("DTS-99"), None);
/// # Ok::<(), &str>(())
/// ```
#[must_use]
pub fn error_guide(code: &str) -> Option<&'static ErrorGuide> {
    [Spelling::Exact, Spelling::WithoutZeros, Spelling::WithoutSeparators].into_iter().find_map(|spelling| {
        error_guides().find(|guide| spelled(guide.code, spelling).eq(spelled(code, spelling)))
    })
}

/// The error codes of DTS that the crate knows. The vendor has more.
pub fn error_guides() -> impl Iterator<Item = &'static ErrorGuide> {
    [numbers::ROWS, retries::ROWS, engines::ROWS, messages::ROWS].into_iter().flatten()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::health::catalog::{api_error, precheck_item};

    /// The codes that the crate must know, each with the name of its class.
    const CODES: &str = include_str!("../../../testdata/dts-codes.tsv");

    #[test]
    fn every_code_of_the_list_is_known_with_its_class() {
        let rows: Vec<_> = CODES.lines().skip(1).map(|line| line.split_once('\t').unwrap()).collect();
        let count = |prefix: &str| rows.iter().filter(|(code, _)| code.starts_with(prefix)).count();
        assert_eq!((count("DTS"), count("CHECK_"), rows.len()), (171, 24, 199));
        for (code, class) in rows {
            if code.starts_with("CHECK_") {
                assert!(class == "precheck item" && precheck_item(code).is_some(), "{code}");
            } else if code.starts_with("DTS") {
                let guide = error_guide(code).unwrap_or_else(|| panic!("{code}"));
                assert_eq!((guide.code, guide.class.name), (code, class));
            } else {
                assert_eq!(api_error(Some(code), None).as_str(), class, "{code}");
            }
        }
    }

    #[test]
    fn every_row_has_a_code_of_its_own_and_a_short_fact() {
        let codes: BTreeSet<_> = error_guides().map(|guide| guide.code).collect();
        assert_eq!((codes.len(), error_guides().count()), (171, 171));
        for guide in error_guides() {
            let fact = guide.fact;
            assert!(
                fact.len() <= 140 && !fact.ends_with('.') && fact.trim() == fact,
                "{}: {fact}",
                guide.code
            );
        }
    }

    #[test]
    fn every_spelling_of_every_code_finds_its_row() {
        for guide in error_guides() {
            let code = guide.code;
            let bare = code.trim_start_matches("DTS").get(1..).unwrap();
            for spelling in [
                code.to_lowercase(),
                code.to_uppercase(),
                code.replace('-', "."),
                code.replace('.', "-"),
                code.replace(['-', '.'], "_"),
                code.replace(['-', '.'], " "),
                code.replace(['-', '.'], ""),
                bare.to_owned(),
                bare.to_lowercase(),
                format!(" {code} "),
            ] {
                assert_eq!(error_guide(&spelling), Some(guide), "{spelling:?}");
            }
        }
    }

    #[test]
    fn leading_zeros_count_where_a_row_has_them() {
        let found = |code| error_guide(code).map(|guide| guide.code);
        assert_eq!(found("DTS-070211"), Some("DTS-070211"));
        assert_eq!(found("DTS-70211"), Some("DTS-070211"));
        assert_eq!(found("RETRY-ERR-46"), Some("DTS-RETRY-ERR-0046"));
        assert_eq!(found("DTS-01050002"), Some("DTS-1050002"));
        for code in
            ["0046", "46", "", " ", "-", ".", "0", "DTS", "DTS-", "DTS-0", "DTS.Msg.Xxx", "DTS-1050002x"]
        {
            assert_eq!(found(code), None, "{code:?}");
        }
    }

    #[test]
    fn a_code_whose_text_is_not_known_names_its_engine() {
        let unknown: Vec<_> = error_guides().filter(|guide| guide.class.name == "text_unknown").collect();
        assert_eq!(unknown.len(), 87);
        for guide in unknown {
            assert!(
                guide.fact.starts_with("it concerns ") && guide.code.starts_with("DTS-RETRY-ERR-0"),
                "{guide:?}"
            );
        }
        assert_eq!(error_guide("DTS-RETRY-ERR-0450").unwrap().fact, "it concerns Redis");
    }
}
