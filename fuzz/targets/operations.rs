//! Any bytes as the response of each operation, which the first byte selects, or of the one that they show.
#![no_main]

use aliyun_dts_status::{Decoder, Format, encode};
use aliyun_dts_status_fuzz::operation;
use libfuzzer_sys::fuzz_target;

const _: () =
    assert!(cfg!(debug_assertions), "without debug assertions the two ways of reading are not compared");

fuzz_target!(|input: &[u8]| {
    let (operation, body) = operation(input);
    for decoder in [Decoder::new().operation(operation), Decoder::new().detect_operation()] {
        let Ok(decoded) = decoder.decode(body) else { continue };
        let _ = decoded.losses();
        let decoder = Decoder::new().operation(decoded.operation);
        let again =
            decoder.decode(&encode(&decoded.response, Format::Json)).expect("an encoded response decodes");
        assert_eq!(again.response, decoded.response);
        // XML cannot hold some characters of JSON. A response that went through XML no longer has them.
        let in_xml =
            decoder.decode(&encode(&decoded.response, Format::Xml)).expect("an encoded response decodes");
        let again =
            decoder.decode(&encode(&in_xml.response, Format::Xml)).expect("an encoded response decodes");
        assert_eq!(again.response, in_xml.response);
    }
});
