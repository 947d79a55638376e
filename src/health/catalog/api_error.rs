//! Classes of API errors: [`api_error`].

use super::pattern::Pattern;
use crate::field::says_success;
use crate::named_enum::named_enum;

named_enum! {
    /// Why a call of the API failed, and with it what to do.
    #[non_exhaustive]
    pub enum ApiErrorClass as "class of API errors" {
        /// Too many calls.
        Throttled = "throttled",
        /// The service does not answer as it should at the moment.
        Unavailable = "unavailable",
        /// The caller may not make this call.
        Refused = "refused",
        /// There is no such job or instance for this account.
        NotFound = "not_found",
        /// The call itself is wrong.
        InvalidRequest = "invalid_request",
        /// Any other failure.
        Other = "other",
    }
}

impl ApiErrorClass {
    /// Returns true if the same call may succeed later.
    #[must_use]
    pub const fn is_retryable(self) -> bool {
        matches!(self, ApiErrorClass::Throttled | ApiErrorClass::Unavailable)
    }

    /// The remedy of the class. [`api_error_remedy`] gives that of a single code.
    #[must_use]
    pub const fn remedy(self) -> &'static str {
        match self {
            ApiErrorClass::Throttled => "Call again after 15 to 30 s, and poll less often.",
            ApiErrorClass::Unavailable => "Call again later; ask the vendor if it goes on.",
            ApiErrorClass::Refused => {
                "Check the access key, its permissions and the signature of the call; the same call fails again."
            }
            ApiErrorClass::NotFound => "Check the job id, the account and the region of the call.",
            ApiErrorClass::InvalidRequest => "Correct the parameters of the call; the same call fails again.",
            ApiErrorClass::Other => {
                "Read the code and the message; ask the vendor if they do not explain it."
            }
        }
    }
}

/// The class of a failed call, from the error code of the answer and its HTTP status.
///
/// A code counts in any letter case. A code that the table knows decides before the status. The status decides where
/// the code is absent, means no error (such as `OK`), or is not in the table.
///
/// ```
/// use aliyun_dts_status::health::catalog::{ApiErrorClass, api_error};
///
/// let class = api_error(Some("Throttling.User"), Some(400));
/// assert_eq!(class, ApiErrorClass::Throttled);
/// assert!(class.is_retryable());
/// assert_eq!(class.to_string(), "throttled");
/// assert_eq!(api_error(None, Some(503)), ApiErrorClass::Unavailable);
/// ```
#[must_use]
pub fn api_error(code: Option<&str>, http_status: Option<u16>) -> ApiErrorClass {
    let by_code = code.map(str::trim).filter(|code| !is_benign(code)).and_then(of_code);
    by_code.or_else(|| http_status.and_then(of_status)).unwrap_or(ApiErrorClass::Other)
}

/// The remedy of a failed call: that of its code where the code has one of its own, else that of its class.
///
/// ```
/// use aliyun_dts_status::health::catalog::api_error_remedy;
///
/// assert!(api_error_remedy(Some("InvalidTimeStamp.Expired"), Some(400)).contains("clock"));
/// ```
#[must_use]
pub fn api_error_remedy(code: Option<&str>, http_status: Option<u16>) -> &'static str {
    if code.is_some_and(|code| Pattern(WRONG_CLOCK).matches(code.trim())) {
        "Set the clock of the machine that calls: the time of the call is too far from the vendor's."
    } else {
        api_error(code, http_status).remedy()
    }
}

/// Error codes of calls that pollers often meet. [`api_error`] knows patterns of others too.
pub const API_ERROR_CODES: &[&str] =
    &["Throttling.User", "InternalError", "Forbidden.InstanceNotFound", "InvalidJobId"];

/// Returns true if an error code means no error.
pub(in crate::health) fn is_benign(code: &str) -> bool {
    code.is_empty() || says_success(code)
}

const WRONG_CLOCK: &str = "InvalidTimeStamp*";

/// The codes of each class; `*` is any text. Of two patterns of the same length, the first decides.
const CODES: &[(ApiErrorClass, &[&str])] = &[
    (ApiErrorClass::Throttled, &["Throttling*", "*.Throttling", "RequestThrottled"]),
    (ApiErrorClass::Unavailable, &["ServiceUnavailable*", "InternalError*", "*Unavailable", "*Timeout"]),
    (
        ApiErrorClass::Refused,
        &[
            "Forbidden*",
            "NoPermission*",
            "Unauthorized*",
            "InvalidAccessKeyId*",
            "InvalidSecurityToken*",
            "MissingAccessKeyId",
            "MissingSecurityToken",
            "SignatureDoesNotMatch",
            "SignatureNonceUsed",
            "IncompleteSignature",
            WRONG_CLOCK,
        ],
    ),
    (
        ApiErrorClass::NotFound,
        &["Forbidden.InstanceNotFound", "InvalidJobId", "InstanceNotFound", "*.NotFound"],
    ),
    (ApiErrorClass::InvalidRequest, &["Missing*", "Invalid*", "Unsupported*", "*.Malformed"]),
];

/// The class of the pattern with the most literal characters, which an exact code has.
fn of_code(code: &str) -> Option<ApiErrorClass> {
    let mut best: Option<(usize, ApiErrorClass)> = None;
    let rows = CODES.iter().flat_map(|(class, patterns)| patterns.iter().map(|text| (*class, Pattern(text))));
    for (class, pattern) in rows.filter(|(_, pattern)| pattern.matches(code)) {
        let rank = pattern.literal_len();
        if best.is_none_or(|(best, _)| rank > best) {
            best = Some((rank, class));
        }
    }
    best.map(|(_, class)| class)
}

fn of_status(status: u16) -> Option<ApiErrorClass> {
    match status {
        429 => Some(ApiErrorClass::Throttled),
        408 | 500 | 502..=504 => Some(ApiErrorClass::Unavailable),
        401 | 403 => Some(ApiErrorClass::Refused),
        404 => Some(ApiErrorClass::NotFound),
        400..=499 => Some(ApiErrorClass::InvalidRequest),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::ApiErrorClass::{InvalidRequest, NotFound, Other, Refused, Throttled, Unavailable};
    use super::*;

    const BY_CODE: [(&str, ApiErrorClass); 50] = [
        ("Throttling", Throttled),
        ("Throttling.User", Throttled),
        ("Throttling.Api", Throttled),
        ("Request.Throttling", Throttled),
        ("RequestThrottled", Throttled),
        ("ServiceUnavailable", Unavailable),
        ("ServiceUnavailable.Now", Unavailable),
        ("InternalError", Unavailable),
        ("InternalError.Database", Unavailable),
        ("ServerUnavailable", Unavailable),
        ("Gateway.Timeout", Unavailable),
        ("RequestTimeout", Unavailable),
        ("Forbidden", Refused),
        ("Forbidden.RAM", Refused),
        ("NoPermission", Refused),
        ("NoPermission.Ram", Refused),
        ("NoPermission.Timeout", Refused),
        ("Throttling.Unavailable", Unavailable),
        ("Unauthorized", Refused),
        ("UnauthorizedOperation", Refused),
        ("InvalidAccessKeyId.NotFound", Refused),
        ("InvalidAccessKeyId.Inactive", Refused),
        ("InvalidSecurityToken.Expired", Refused),
        ("InvalidSecurityToken.Malformed", Refused),
        ("MissingAccessKeyId", Refused),
        ("MissingSecurityToken", Refused),
        ("SignatureDoesNotMatch", Refused),
        ("SignatureNonceUsed", Refused),
        ("IncompleteSignature", Refused),
        ("InvalidTimeStamp", Refused),
        ("InvalidTimeStamp.Expired", Refused),
        ("Forbidden.InstanceNotFound", NotFound),
        ("InvalidJobId", NotFound),
        ("InstanceNotFound", NotFound),
        ("InvalidApi.NotFound", NotFound),
        ("MissingParameter", InvalidRequest),
        ("MissingAccessKeyIdentifier", InvalidRequest),
        ("InvalidParameter", InvalidRequest),
        ("InvalidJobIdFormat", InvalidRequest),
        ("UnsupportedOperation", InvalidRequest),
        ("Id.Malformed", InvalidRequest),
        ("Unsupported.Throttling", Throttled),
        ("Invalid.Throttling", Throttled),
        ("InvalidThrottling", InvalidRequest),
        ("ThrottlingInvalid.NotFound", Throttled),
        ("QuotaExceeded", Other),
        ("SignatureDoesNotMatch.Twice", Other),
        ("NotFound", Other),
        ("Throttle", Other),
        ("*", Other),
    ];

    const BY_STATUS: [(u16, ApiErrorClass); 17] = [
        (429, Throttled),
        (500, Unavailable),
        (502, Unavailable),
        (503, Unavailable),
        (504, Unavailable),
        (408, Unavailable),
        (401, Refused),
        (403, Refused),
        (404, NotFound),
        (400, InvalidRequest),
        (409, InvalidRequest),
        (499, InvalidRequest),
        (200, Other),
        (302, Other),
        (501, Other),
        (0, Other),
        (u16::MAX, Other),
    ];

    #[test]
    fn a_code_in_the_table_decides_in_any_letter_case_before_every_status() {
        for (code, class) in BY_CODE {
            for code in
                [code.to_owned(), code.to_ascii_lowercase(), code.to_ascii_uppercase(), format!(" {code} ")]
            {
                assert_eq!(api_error(Some(&code), None), class, "{code}");
                for (status, by_status) in BY_STATUS {
                    let expected = if class == Other { by_status } else { class };
                    assert_eq!(api_error(Some(&code), Some(status)), expected, "{code} {status}");
                }
            }
        }
    }

    #[test]
    fn the_status_decides_where_no_code_says_more() {
        for (status, class) in BY_STATUS {
            for code in [None, Some(""), Some(" "), Some("0"), Some("200"), Some("ok"), Some("SUCCESS")] {
                assert_eq!(api_error(code, Some(status)), class, "{code:?} {status}");
            }
        }
        assert_eq!(api_error(None, None), Other);
    }

    #[test]
    fn every_row_of_the_table_decides_a_code() {
        for (class, patterns) in CODES {
            for pattern in *patterns {
                assert_eq!(api_error(Some(&pattern.replace('*', "")), None), *class, "{pattern}");
            }
        }
    }

    #[test]
    fn only_what_may_pass_is_called_again() {
        let retryable: Vec<_> = ApiErrorClass::ALL.iter().filter(|class| class.is_retryable()).collect();
        assert_eq!(retryable, [&Throttled, &Unavailable]);
        for class in ApiErrorClass::ALL {
            assert_eq!(class.to_string().parse(), Ok(*class));
            assert!(class.remedy().ends_with('.'));
        }
    }

    #[test]
    fn a_wrong_clock_has_a_remedy_of_its_own() {
        for code in ["InvalidTimeStamp", "invalidtimestamp.expired", " InvalidTimeStamp.Format "] {
            assert!(api_error_remedy(Some(code), Some(403)).contains("clock"), "{code}");
        }
        assert_eq!(api_error_remedy(Some("InvalidTime"), None), InvalidRequest.remedy());
        assert_eq!(api_error_remedy(None, Some(403)), Refused.remedy());
    }
}
