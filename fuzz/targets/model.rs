//! Any model in both formats and back.
#![no_main]

#[allow(dead_code, reason = "the tests use the rest of it")]
#[path = "../../tests/robustness/check.rs"]
mod check;

use aliyun_dts_status_fuzz::Choices;
use aliyun_dts_status_fuzz::models::{Values, response};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| check::check_model(&response(Values::Free, &mut Choices::new(bytes))));
