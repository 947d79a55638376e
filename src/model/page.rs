//! A page of jobs: [`Page`].

use serde::{Deserialize, Serialize};

use super::{Direction, Operation, SyncJob};

/// One page of the jobs that an operation lists, from one response.
///
/// `None` means that the body held no usable value. It serialises to the `page` of the command's JSON.
///
/// ```
/// use aliyun_dts_status::{Decoder, Operation};
///
/// let body = br#"{"TotalRecordCount": 31, "MigrationJobs": {"MigrationJob": [{"MigrationJobID": "dtsl3m1213ye7l"}]}}"#;
/// let decoded = Decoder::new().operation(Operation::DescribeMigrationJobs).decode(body)?;
/// let page = decoded.response.page().ok_or("an error document, not a page")?;
/// assert_eq!((page.jobs.len(), page.total, page.is_partial()), (1, Some(31), true));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
#[non_exhaustive]
pub struct Page {
    /// The operation that the page is the answer of. It decides how the page is written.
    pub operation: Operation,
    /// `RequestId`: unique to the API call.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub request_id: Option<String>,
    /// `Success`: true if the API call succeeded. It says nothing about the jobs.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub success: Option<bool>,
    /// `ErrCode`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub err_code: Option<String>,
    /// `ErrMessage`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub err_message: Option<String>,
    /// `Code`: 200 if the API call succeeded.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
    /// `DynamicCode`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub dynamic_code: Option<String>,
    /// `DynamicMessage`: the replacement for `%s` in `ErrMessage`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub dynamic_message: Option<String>,
    /// `HttpStatusCode`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub http_status_code: Option<i64>,
    /// `TotalRecordCount`: the number of jobs on all pages.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub total: Option<i64>,
    /// `PageNumber`, counted from 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub number: Option<i64>,
    /// `PageRecordCount`: the number of jobs on this page, or the most that a page holds; the vendor's samples
    /// contradict themselves.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub record_count: Option<i64>,
    /// The jobs, one for each direction, in the order of the body. A job in reverse direction follows its forward
    /// direction.
    pub jobs: Vec<SyncJob>,
}

impl Page {
    /// A page without jobs.
    #[must_use]
    pub fn new(operation: Operation) -> Self {
        Page { operation, ..Page::default() }
    }

    /// Returns true if there are more jobs on other pages: the page holds fewer jobs than [`total`](Self::total). Both
    /// directions of a job count once.
    #[must_use]
    pub fn is_partial(&self) -> bool {
        let first = self.jobs.iter().take(1);
        let others =
            self.jobs.windows(2).filter(|pair| matches!(pair, [one, next] if !next.is_reverse_of(one)));
        let count = first.count().saturating_add(others.count());
        self.total.is_some_and(|total| i64::try_from(count).is_ok_and(|count| count < total))
    }

    /// The page with an empty list of jobs.
    pub(crate) fn without_jobs(&self) -> Self {
        Page {
            operation: self.operation,
            request_id: self.request_id.clone(),
            success: self.success,
            err_code: self.err_code.clone(),
            err_message: self.err_message.clone(),
            code: self.code.clone(),
            dynamic_code: self.dynamic_code.clone(),
            dynamic_message: self.dynamic_message.clone(),
            http_status_code: self.http_status_code,
            total: self.total,
            number: self.number,
            record_count: self.record_count,
            jobs: Vec::new(),
        }
    }

    /// What the page says of the API call, as a job without any other value.
    pub(crate) fn call(&self) -> SyncJob {
        let Page { request_id, err_code, err_message, code, dynamic_code, dynamic_message, .. } =
            self.without_jobs();
        SyncJob {
            operation: self.operation,
            request_id,
            success: self.success,
            err_code,
            err_message,
            code,
            dynamic_code,
            dynamic_message,
            http_status_code: self.http_status_code,
            ..SyncJob::default()
        }
    }
}

impl SyncJob {
    /// Returns true if this is the reverse direction of a job whose forward direction comes right before it.
    pub(crate) fn is_reverse_of(&self, before: &SyncJob) -> bool {
        self.direction == Some(Direction::Reverse)
            && before.direction != Some(Direction::Reverse)
            && self.job_id == before.job_id
    }
}
