//! Any model in both formats and back. What came back once is what the format holds, and comes back again.
#![no_main]

use aliyun_dts_status::{Format, Response, decode, encode};
use aliyun_dts_status_fuzz::model;
use arbitrary::Unstructured;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let Ok(response) = model::response(&mut Unstructured::new(bytes)) else { return };
    for format in [Format::Json, Format::Xml] {
        // A model that says nothing is no response; no other may be refused.
        let Ok(once) = decode(&encode(&response, format)) else { continue };
        for again in [Format::Json, Format::Xml] {
            let twice = decode(&encode(&once.response, again)).expect("what was read can be read again");
            let is_lossy = again == Format::Xml && format == Format::Json;
            assert!(is_lossy || twice.response == once.response, "{response:?}");
            assert_eq!(kind(&twice.response), kind(&response));
        }
    }
});

fn kind(response: &Response) -> bool {
    response.job().is_some()
}
