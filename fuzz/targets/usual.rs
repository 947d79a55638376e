//! A body in usual form is read without a tree. It must decode to the same as by way of a tree, which the library asserts
//! where debug assertions are enabled. Each body is a documented one with a piece replaced by the input.
#![no_main]

use aliyun_dts_status::decode;
use libfuzzer_sys::fuzz_target;

const BODIES: [&[u8]; 6] = [
    include_bytes!("../../testdata/docs-en.json"),
    include_bytes!("../../testdata/docs-en.xml"),
    include_bytes!("../../testdata/samples/every-field.json"),
    include_bytes!("../../testdata/samples/every-field.xml"),
    include_bytes!("../../testdata/quirks/wrapped-list.json"),
    include_bytes!("../../testdata/quirks/wrapped-list.xml"),
];

const _: () = assert!(cfg!(debug_assertions), "without debug assertions nothing is compared");

fuzz_target!(|input: &[u8]| {
    let _ = decode(input);
    let [body, start_high, start_low, len, piece @ ..] = input else { return };
    let body = BODIES[usize::from(*body) % BODIES.len()];
    let start = usize::from(u16::from_be_bytes([*start_high, *start_low])) % (body.len() + 1);
    let end = (start + usize::from(*len)).min(body.len());
    let _ = decode(&[&body[..start], piece, &body[end..]].concat());
});
