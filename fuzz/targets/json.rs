//! Any bytes as JSON.
#![no_main]

#[allow(dead_code, reason = "the tests use the rest of it")]
#[path = "../../tests/robustness/check.rs"]
mod check;

use aliyun_dts_status::Format;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|body: &[u8]| {
    let _ = check::check_as(body, Some(Format::Json));
});
