//! A JSON body decodes to the same response with other blanks, escapes and order of members.
#![no_main]

use aliyun_dts_status::{Format, QuirkKind, decode};
use libfuzzer_sys::fuzz_target;
use serde_json::Value;

fuzz_target!(|body: &[u8]| {
    let Ok(decoded) = decode(body) else { return };
    if decoded.format != Format::Json || decoded.quirks_omitted > 0 {
        return;
    }
    // Of duplicate fields the first counts, so the order matters there.
    if decoded.quirks.iter().any(|quirk| quirk.kind == QuirkKind::DuplicateField) {
        return;
    }
    let body = body.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(body);
    let Ok(value) = serde_json::from_slice::<Value>(body) else { return };
    // `Value` keeps one member of each name, and the spelling of integers only.
    if has_fraction(&value) || members(&value) != body.iter().filter(|byte| **byte == b':').count() {
        return;
    }
    let pretty = serde_json::to_string_pretty(&value).expect("a parsed value can be written");
    let escaped: String = value.to_string().chars().map(escape).collect();
    for other in [pretty, escaped] {
        let again = decode(other.as_bytes()).expect("a body in another spelling decodes");
        assert_eq!(again.response, decoded.response, "{other}");
    }
});

fn has_fraction(value: &Value) -> bool {
    match value {
        Value::Number(number) => number.is_f64(),
        Value::Array(items) => items.iter().any(has_fraction),
        Value::Object(members) => members.values().any(has_fraction),
        _ => false,
    }
}

fn members(value: &Value) -> usize {
    match value {
        Value::Array(items) => items.iter().map(members).sum(),
        Value::Object(inside) => inside.len() + inside.values().map(members).sum::<usize>(),
        _ => 0,
    }
}

/// Characters beyond ASCII are in texts only, where an escape has the same meaning.
fn escape(c: char) -> String {
    match c.is_ascii() {
        true => c.to_string(),
        false => c.encode_utf16(&mut [0; 2]).iter().map(|unit| format!("\\u{unit:04x}")).collect(),
    }
}
