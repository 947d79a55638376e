//! Percent-encoding of queries, as signatures of the RPC style need it.

use std::fmt::Write;

/// `name=value&…`, names and values encoded.
pub(super) fn query(parameters: &[(&str, &str)]) -> String {
    let mut query = String::new();
    for (name, value) in parameters {
        if !query.is_empty() {
            query.push('&');
        }
        encode(name, &mut query);
        query.push('=');
        encode(value, &mut query);
    }
    query
}

/// The decoded names and values of a query, or of a URL with one; the name of one that cannot be decoded. `+` is a blank,
/// as forms write it; [`query`] has none.
pub(super) fn parameters(query: &str) -> Result<Vec<(String, String)>, &str> {
    let query = query.split_once('?').map_or(query, |(_, query)| query);
    let query = query.split_once('#').map_or(query, |(query, _)| query);
    let pairs = query.split('&').filter(|pair| !pair.is_empty());
    pairs
        .map(|pair| {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            Ok((decode(name).ok_or(name)?, decode(value).ok_or(name)?))
        })
        .collect()
}

fn decode(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        bytes.push(match byte {
            b'%' => {
                let digits = [char::from(rest.next()?), char::from(rest.next()?)];
                let [high, low] = digits.map(|digit| digit.to_digit(16));
                u8::try_from(high? << 4 | low?).ok()?
            }
            b'+' => b' ',
            other => other,
        });
    }
    String::from_utf8(bytes).ok()
}

fn encode(text: &str, out: &mut String) {
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-_.~".contains(&byte) {
            out.push(char::from(byte));
        } else {
            // Writing to a String cannot fail.
            let _ = write!(out, "%{byte:02X}");
        }
    }
}
