//! Times of China as text: [`ChinaTime`].

use chrono::{DateTime, FixedOffset, Utc};

use super::coercion::{Coercion, Note, Raw, trim, unreadable};
use super::spelled::Spelled;
use super::time::{has_form, time};
use crate::model::spelling;
use crate::wire::quirk::QuirkKind;

/// A time of China, eight hours ahead of UTC, without a zone: `2021-01-11 11:39:44.0`.
pub(in crate::wire) struct ChinaTime;

/// As documented, and without a fraction.
const FORMS: [&[u8]; 2] = [b"0000-00-00 00:00:00.0", b"0000-00-00 00:00:00"];

impl Coercion for ChinaTime {
    type Value = DateTime<Utc>;

    fn coerce(raw: Raw<'_>, note: Note<'_>) -> Option<DateTime<Utc>> {
        let Raw::Text(text) = raw else { return unreadable(note) };
        let text = trim(text, note)?;
        // A time with a zone has another form.
        let Some(time) = china_time(text).or_else(|| time(text)) else { return unreadable(note) };
        if !FORMS.iter().any(|form| has_form(text, form)) {
            note(QuirkKind::TimeForm);
        }
        Some(time)
    }

    fn spell(value: &DateTime<Utc>, put: &mut dyn FnMut(Spelled<'_>)) {
        let Some(zone) = FixedOffset::east_opt(SECONDS_AHEAD) else {
            return put(Spelled::Text(&spelling::time(value)));
        };
        let local = value.with_timezone(&zone).format("%Y-%m-%d %H:%M:%S%.f").to_string();
        let fraction = if local.contains('.') { "" } else { ".0" };
        put(Spelled::Text(&(local + fraction)));
    }
}

/// The distance of the time of China from UTC, in seconds.
const SECONDS_AHEAD: i32 = 8 * 60 * 60;

/// A time that is spelled without a zone, with a blank between date and clock.
fn china_time(text: &str) -> Option<DateTime<Utc>> {
    let (date, clock) = text.split_once(' ')?;
    time(&format!("{date}T{clock}+08:00"))
}
