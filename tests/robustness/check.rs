//! Checks that hold for any body and any model.

use aliyun_dts_status::health::{Context, Policy, assess_outcome};
use aliyun_dts_status::model::Outcome;
use aliyun_dts_status::{DecodeError, Decoded, Decoder, Format, Limits, Response, decode, encode, validate};
use chrono::{DateTime, TimeDelta, Utc};

/// Decodes a body with and without a given format, and checks the outcome.
pub(crate) fn check(body: &[u8]) {
    let outcome = check_as(body, None);
    for format in [Format::Xml, Format::Json] {
        match Decoder::new().format(format).decode(body) {
            Ok(forced) => assert_eq!(Some(&forced), outcome.as_ref().ok()),
            Err(error) => check_error(body, &error),
        }
    }
}

/// Decodes a body with or without a given format, and checks the outcome.
pub(crate) fn check_as(body: &[u8], format: Option<Format>) -> Result<Decoded, DecodeError> {
    let decoder = format.map_or_else(Decoder::new, |format| Decoder::new().format(format));
    let outcome = decoder.decode(body);
    match &outcome {
        Ok(decoded) => check_decoded(body, decoded),
        Err(error) => check_error(body, error),
    }
    if let Ok(text) = str::from_utf8(body)
        && text.trim_start().starts_with('<')
    {
        check_tags(text, &outcome, |body| decoder.decode(body));
    }
    outcome
}

/// Checks that blanks in end tags change nothing. Elements with such blanks take another code path than plain ones, so this
/// compares the two paths.
fn check_tags(
    body: &str,
    outcome: &Result<Decoded, DecodeError>,
    decode: impl FnOnce(&[u8]) -> Result<Decoded, DecodeError>,
) {
    // A comment or a CDATA section may hold text that looks like a tag.
    if body.contains("<!") {
        return;
    }
    let mut spaced = String::with_capacity(body.len() * 2);
    let mut blanks = Vec::new();
    for (index, c) in body.char_indices() {
        let is_in_name = |c: char| c.is_ascii_alphanumeric() || c == '_';
        if c == '>' && body[..index].trim_end_matches(is_in_name).ends_with("</") {
            blanks.push(index);
            spaced.push(' ');
        }
        spaced.push(c);
    }
    let moved = |offset| offset + blanks.iter().filter(|blank| **blank < offset).count();
    match (outcome, decode(spaced.as_bytes())) {
        (Ok(one), Ok(other)) => {
            assert_eq!(one.response, other.response, "{body}");
            assert_eq!(one.quirks.len(), other.quirks.len(), "{body}");
            for (one, other) in one.quirks.iter().zip(&other.quirks) {
                let known = (one.kind, &one.path, moved(one.offset));
                assert_eq!(known, (other.kind, &other.path, other.offset), "{body}");
                assert!(one.found == other.found || one.found.contains("</"), "{body}");
            }
        }
        (Err(one), Err(other)) => {
            let known = (one.kind(), moved(one.position().offset));
            assert_eq!(known, (other.kind(), other.position().offset), "{body}");
        }
        (one, other) => panic!("{one:?} with blanks {other:?}: {body}"),
    }
}

fn check_error(body: &[u8], error: &DecodeError) {
    let position = error.position();
    assert!(position.offset <= body.len(), "{error}");
    assert!(position.line >= 1 && position.column >= 1, "{error}");
    assert!(error.excerpt().len() <= 128, "{error}");
    let said = error.to_string();
    assert!(!said.is_empty() && said.len() < 512, "{said}");
    assert!(!said.contains(char::is_control), "{said:?}");
}

fn check_decoded(body: &[u8], decoded: &Decoded) {
    assert!(decoded.quirks.len() <= Limits::default().quirks);
    for quirk in &decoded.quirks {
        assert!(quirk.offset <= body.len(), "{quirk}");
        assert!(quirk.found.len() <= 128, "{quirk}");
        assert!(!quirk.to_string().is_empty());
    }
    check_respelling(&decoded.response);
    check_judgement(&decoded.response);
}

/// Checks that a decoded response can be written in both formats, and decodes to an equal one.
fn check_respelling(response: &Response) {
    let again = |response: &Response, format| {
        decode(&encode(response, format)).expect("an encoded response decodes").response
    };
    assert_eq!(again(response, Format::Json), *response);
    // XML cannot hold some characters of JSON. A response that went through XML no longer has them.
    let in_xml = again(response, Format::Xml);
    assert_eq!(again(&in_xml, Format::Xml), in_xml);
    assert_eq!(again(&in_xml, Format::Json), in_xml);
}

/// Writes a model, also one that no body can hold, and checks that the decoded response decodes to an equal one again.
pub(crate) fn check_model(response: &Response) {
    for format in [Format::Json, Format::Xml] {
        // A model without content is no response.
        let Ok(once) = decode(&encode(response, format)) else { continue };
        assert_eq!(once.response.job().is_some(), response.job().is_some(), "{response:?}");
        check_respelling(&once.response);
    }
}

/// Checks that a decoded response can be judged at any time.
fn check_judgement(response: &Response) {
    for now in [now(), DateTime::<Utc>::MIN_UTC, DateTime::<Utc>::MAX_UTC] {
        let context = Context::at(now).observed_at(now - TimeDelta::zero());
        let _ = assess_outcome(&Outcome::response(response), &context, &Policy::default());
    }
    if let Some(job) = response.job() {
        let _ = validate(job);
    }
}

/// A minute after the documented samples.
pub(crate) fn now() -> DateTime<Utc> {
    DateTime::from_timestamp(1_610_616_204, 0).expect("a time of this century")
}
