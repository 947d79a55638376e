//! A body that can't be decoded: [`undecodable`].

use std::fmt::Write as _;

use aliyun_dts_status::DecodeError;

/// The error, its location, and an excerpt of the body there.
pub(crate) fn undecodable(error: &DecodeError) -> String {
    let mut text = format!("{error} (byte {})", error.position().offset);
    if !error.excerpt().is_empty() {
        // The Debug form escapes control characters.
        let _ = write!(text, "\n  found {:?}", error.excerpt());
    }
    text
}
