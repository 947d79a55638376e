//! The meaning and the remedy of the vendor's own names: error codes of DTS ([`error_guide`]) and the cause that a
//! message names ([`cause()`]), failures of a call ([`api_error()`]) and precheck items ([`PRECHECK_ITEMS`]).
//!
//! ```
//! use aliyun_dts_status::health::catalog::{cause, error_codes, precheck_item};
//!
//! let message = "DTS-1020042 Execute sql error: The table 'orders' is full";
//! assert_eq!(error_codes(message), ["DTS-1020042"]);
//! assert!(cause(message).is_some_and(|cause| cause.remedy.contains("target")));
//! assert!(precheck_item("CHECK_SRC").is_some_and(|item| item.may_be_waived));
//! ```

mod api_error;
mod cause;
mod class;
mod codes;
mod database_text;
mod error_code;
mod pattern;
mod precheck;
pub(super) mod prefix;

use std::borrow::Cow;

pub(super) use api_error::is_benign;
pub use api_error::{API_ERROR_CODES, ApiErrorClass, api_error, api_error_remedy};
pub use cause::{Diagnosis, cause};
pub use class::ErrorClass;
pub use codes::{ErrorGuide, error_guide, error_guides};
pub use database_text::{DATABASE_TEXTS, DatabaseText, database_texts};
pub use error_code::error_codes;
pub use precheck::{PRECHECK_ITEMS, PrecheckGuide, precheck_item};

pub(super) use cause::cause_by_code;
pub(super) use error_code::same_error_code;

/// The remedy of a finding: first that of the cause that its message names, then its own.
pub(super) fn advise(own: &'static str, cause: Option<&Diagnosis<'_>>) -> Cow<'static, str> {
    cause.map_or(Cow::Borrowed(own), |cause| Cow::Owned(format!("{cause} {own}")))
}

#[cfg(test)]
mod tests {
    use chrono::DateTime;

    use super::ApiErrorClass;
    use crate::SyncJob;
    use crate::health::{Context, FindingCode, Policy, assess};
    use crate::model::JobStatus;

    /// The remedy of the finding with this code.
    fn remedy(job: &SyncJob, code: FindingCode) -> String {
        let context = Context::at(DateTime::from_timestamp(1_610_616_150, 0).unwrap());
        let assessment = assess(job, &context, &Policy::default());
        assessment.findings().iter().find(|finding| finding.code == code).unwrap().remedy.to_string()
    }

    #[test]
    fn a_remedy_is_that_of_the_cause_then_that_of_the_finding() {
        let own = FindingCode::JobFailed.remedy();
        let mut job = SyncJob::sample();
        job.status = Some(JobStatus::Failed);
        for (message, cause) in [
            ("oops", ""),
            ("DTS-99 oops", ""),
            ("The table 'a' is full", "table * is full: the target is full. "),
            ("DTS-100047: cause: DTS-31009: DTS-2008: DTS-99", "DTS-2008: the database is missing "),
        ] {
            job.error_message = Some(message.into());
            let remedy = remedy(&job, FindingCode::JobFailed);
            assert!(remedy.starts_with(cause) && remedy.ends_with(own), "{message}: {remedy}");
            assert_eq!(remedy == own, cause.is_empty(), "{message}: {remedy}");
        }
    }

    #[test]
    fn the_text_of_a_failed_call_is_not_that_of_a_database() {
        let mut job = SyncJob::sample();
        job.success = Some(false);
        job.err_message = Some("The specified instance does not exist.".into());
        assert_eq!(remedy(&job, FindingCode::ApiCallFailed), ApiErrorClass::Other.remedy());
        job.err_message = Some("DTS.Msg.Throttling.User".into());
        assert!(remedy(&job, FindingCode::ApiCallFailed).starts_with("DTS.Msg.Throttling.User: "));
    }
}
