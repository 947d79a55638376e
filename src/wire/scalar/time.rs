//! Times as text: [`time()`].

use chrono::{DateTime, Datelike, Utc};

/// A time in RFC 3339, also without seconds and with blanks after the `T`.
pub(super) fn time(text: &str) -> Option<DateTime<Utc>> {
    let parsed =
        DateTime::parse_from_rfc3339(text).or_else(|_| DateTime::parse_from_rfc3339(&repaired_time(text)));
    parsed.ok().map(|time| time.to_utc()).filter(can_be_spelled)
}

/// Returns true for a time in the years 0 to 9999 of UTC, which RFC 3339 can spell.
pub(super) fn can_be_spelled(time: &DateTime<Utc>) -> bool {
    (0..=9999).contains(&time.year())
}

/// Returns true if a text is a form with any digits for its zeros: `0000-00-00T00:00:00Z`.
pub(super) fn has_form(text: &str, form: &[u8]) -> bool {
    text.len() == form.len()
        && text.bytes().zip(form).all(|(byte, &wanted)| match wanted {
            b'0' => byte.is_ascii_digit(),
            _ => byte == wanted,
        })
}

#[cold]
fn repaired_time(text: &str) -> String {
    let Some((date, time)) = text.split_once(['T', 't']) else { return text.to_owned() };
    let time = time.trim_start();
    let zone_start = time.find(['Z', 'z', '+', '-']).unwrap_or(time.len());
    let (clock, zone) = time.split_at_checked(zone_start).unwrap_or((time, ""));
    let seconds = if clock.len() == "16:00".len() { ":00" } else { "" };
    format!("{date}T{clock}{seconds}{zone}")
}
