//! Any bytes, with detection of the format.
#![no_main]

#[allow(dead_code, reason = "the tests use the rest of it")]
#[path = "../../tests/robustness/check.rs"]
mod check;

use libfuzzer_sys::fuzz_target;

fuzz_target!(|body: &[u8]| {
    let _ = check::check_as(body, None);
});
