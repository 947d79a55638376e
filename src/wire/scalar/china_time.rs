//! Times of China as text: [`ChinaTime`].

use chrono::{DateTime, Datelike, FixedOffset, NaiveDateTime, Utc};

use super::coercion::{Coercion, Note, Raw, trim, unreadable};
use super::spelled::Spelled;
use super::time::time;
use crate::model::spelling;
use crate::wire::quirk::QuirkKind;

/// A time of China, eight hours ahead of UTC, without a zone: `2021-01-11 11:39:44.0`.
pub(in crate::wire) struct ChinaTime;

impl Coercion for ChinaTime {
    type Value = DateTime<Utc>;

    fn coerce(raw: Raw<'_>, note: Note<'_>) -> Option<DateTime<Utc>> {
        let Raw::Text(text) = raw else { return unreadable(note) };
        let text = trim(text, note)?;
        match china_time(text) {
            Some(time) => Some(time),
            // With a zone it needs no reading of its own.
            None => {
                let time = time(text).or_else(|| unreadable(note))?;
                note(QuirkKind::TimeForm);
                Some(time)
            }
        }
    }

    fn spell(value: &DateTime<Utc>, put: &mut dyn FnMut(Spelled<'_>)) {
        put(Spelled::Text(&spelling::time(value)));
    }
}

/// A time of China, eight hours ahead of UTC, that is spelled without a zone: `2021-01-11 11:39:44.0`.
fn china_time(text: &str) -> Option<DateTime<Utc>> {
    const SECONDS_AHEAD: i32 = 8 * 60 * 60;
    let local = NaiveDateTime::parse_from_str(text, "%Y-%m-%d %H:%M:%S%.f").ok()?;
    let zone = FixedOffset::east_opt(SECONDS_AHEAD)?;
    let time = local.and_local_timezone(zone).single()?.to_utc();
    (0..=9999).contains(&time.year()).then_some(time)
}
