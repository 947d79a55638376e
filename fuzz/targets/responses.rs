//! Any response of any operation in both formats and back.
#![no_main]

use aliyun_dts_status::{Decoder, Format, Operation, Response, encode};
use aliyun_dts_status_fuzz::Choices;
use aliyun_dts_status_fuzz::models::Values;
use aliyun_dts_status_fuzz::responses::response;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let (operation, bytes) = aliyun_dts_status_fuzz::operation(bytes);
    let decoded = |response: &Response, format| decode(operation, &encode(response, format));
    let one = response(operation, Values::Any, &mut Choices::new(bytes));
    assert_eq!(decoded(&one, Format::Json), one);
    assert_eq!(decoded(&one, Format::Xml), one);
    // Also a response with values that no body can hold.
    let free = response(operation, Values::Free, &mut Choices::new(bytes));
    for format in [Format::Json, Format::Xml] {
        let once = decoded(&free, format);
        assert_eq!(decoded(&once, format), once);
    }
});

fn decode(operation: Operation, body: &[u8]) -> Response {
    Decoder::new().operation(operation).decode(body).expect("an encoded response decodes").response
}
