//! A body that can't be decoded, for people: [`undecodable`].

use std::fmt::Write as _;

use aliyun_dts_status::DecodeError;

/// Why and where, and what stands there.
pub(crate) fn undecodable(error: &DecodeError) -> String {
    let mut text = format!("{error} (byte {})", error.position().offset);
    if !error.excerpt().is_empty() {
        // Debug escapes whatever could upset a terminal.
        let _ = write!(text, "\n  there stands {:?}", error.excerpt());
    }
    text
}
