//! The time zone of times that are printed: [`Zone`].

use std::env;

use chrono::{DateTime, FixedOffset, Offset as _, SecondsFormat, Utc};
use tz::TimeZone;

/// The time zone of times that are printed.
#[derive(Debug, Clone)]
pub(crate) enum Zone {
    Fixed(FixedOffset),
    /// The zone of this computer, with its rules of summer time.
    Local(TimeZone),
}

/// Parses `utc`, `local` or an offset such as `+08:00`.
pub(crate) fn parse_zone(text: &str) -> Result<Zone, String> {
    match text.to_ascii_lowercase().as_str() {
        "utc" | "z" => Ok(Zone::utc()),
        "local" => local(),
        offset => offset_of(offset)
            .map(Zone::Fixed)
            .ok_or_else(|| "expected local, utc, or an offset such as +08:00".to_owned()),
    }
}

impl Zone {
    pub(crate) fn utc() -> Self {
        Zone::Fixed(Utc.fix())
    }

    /// RFC 3339 in this zone: `2021-01-14T17:22:24+08:00`.
    pub(crate) fn text(&self, at: DateTime<Utc>) -> String {
        self.at(at).to_rfc3339_opts(SecondsFormat::AutoSi, true)
    }

    /// The time in this zone.
    pub(crate) fn at(&self, at: DateTime<Utc>) -> DateTime<FixedOffset> {
        let offset = match self {
            Zone::Fixed(offset) => Some(*offset),
            Zone::Local(zone) => zone
                .find_local_time_type(at.timestamp())
                .ok()
                .and_then(|local| FixedOffset::east_opt(local.ut_offset())),
        };
        at.with_timezone(&offset.unwrap_or_else(|| Utc.fix()))
    }
}

fn local() -> Result<Zone, String> {
    let zone = match env::var("TZ") {
        Ok(name) if !name.is_empty() => TimeZone::from_posix_tz(&name),
        _ => TimeZone::local(),
    };
    zone.map(Zone::Local).map_err(|error| format!("the zone of this computer can't be read: {error}"))
}

/// `+08:00`, `-0330`, `+8`
fn offset_of(text: &str) -> Option<FixedOffset> {
    let sign = match text.get(..1)? {
        "+" => 1,
        "-" => -1,
        _ => return None,
    };
    let digits = text[1..].replacen(':', "", 1);
    if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let (hours, minutes) = match digits.len() {
        1 | 2 => (digits.parse::<i32>().ok()?, 0),
        4 => (digits[..2].parse().ok()?, digits[2..].parse().ok()?),
        _ => return None,
    };
    if minutes > 59 || hours > 14 {
        return None;
    }
    FixedOffset::east_opt(sign * (hours * 3600 + minutes * 60))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn zones_are_named_or_offsets() {
        let at = DateTime::from_timestamp(1_610_616_144, 0).unwrap();
        for (zone, expected) in [
            ("utc", "2021-01-14T09:22:24Z"),
            ("Z", "2021-01-14T09:22:24Z"),
            ("+08:00", "2021-01-14T17:22:24+08:00"),
            ("+8", "2021-01-14T17:22:24+08:00"),
            ("-0330", "2021-01-14T05:52:24-03:30"),
        ] {
            assert_eq!(parse_zone(zone).unwrap().text(at), expected, "{zone}");
        }
        for zone in ["", "+", "8", "+25:00", "+08:60", "Mars", "+八"] {
            assert!(parse_zone(zone).is_err(), "{zone}");
        }
    }
}
