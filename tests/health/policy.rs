//! The table of thresholds: defaults, bounds, texts and serde.

use std::time::{Duration, SystemTime};

use aliyun_dts_status::SyncJob;
use aliyun_dts_status::health::{
    Context, Policy, PolicyBuilder, PolicyField, PolicyUnit, PolicyValue, ThresholdError, assess, compare,
    parse_length,
};
use aliyun_dts_status::model::PayType;
use chrono::{DateTime, TimeDelta, Utc};
use proptest::prelude::*;
use serde::de::DeserializeSeed;

use crate::builders::{DAY, HOUR, at, job, secs, stage};

const DEFAULTS: &str = "
    lag_warn 1m, lag_critical 10m, log_retention 1d, coherence_tolerance 1m, clock_skew 30s, max_observation_age 5m,
    suspend_soft 6h, suspend_critical 1d, suspend_hard 7d, recovery_warn 5d, recovery_window 7d, retry_window 12h,
    init_overdue 1d, modify_overdue 1d, resize_overdue 2h, precheck_overdue 1h, expire_warn 9d, expire_critical 3d,
    release_after 7d, stall_after 5m, init_stall_after 30m, regress_tolerance 5m, min_interval 30s, lag_for 2m,
    calm_for 1m, clear_at 80%, hold_last 5m, idle_critical 1d, idle_factor 3, idle_busy 1h, idle_unlearnt 1h,
    vanish_after 3, restart_after 5, flap_polls 21, flap_on 5, flap_off 1, ended_is_ok false, maintenance_until none";

#[test]
fn the_defaults_are_the_documented_ones() {
    let expected: Vec<_> = DEFAULTS.trim().split(',').map(str::trim).collect();
    let policy = Policy::default();
    let text = |field: &PolicyField| format!("{} {}", field.name, policy.get(field.name).unwrap());
    assert_eq!(Policy::FIELDS.iter().map(text).collect::<Vec<_>>(), expected);
    assert_eq!(policy.check(), Ok(()));
}

#[test]
fn every_row_of_the_table_is_complete() {
    for field in Policy::FIELDS {
        let PolicyField { name, sentence, unit, default, least, most, .. } = *field;
        assert!(sentence.ends_with('.') && !sentence.starts_with(' '), "{name}: {sentence}");
        assert_eq!([default.unit(), least.unit(), most.unit()], [unit; 3], "{name}");
        assert_eq!(Policy::default().get(name), Some(default), "{name}");
        assert!([default, least, most].iter().all(|value| field.allows(*value)), "{name}");
        assert_eq!(Policy::field(name), Some(field));
        assert_eq!(Policy::field(&field.key()), Some(field));
        for value in [default, least, most] {
            assert_eq!(field.parse(&value.to_string()), Some(value), "{name}");
        }
    }
    assert_eq!(Policy::field("lag_wrn"), None);
}

#[test]
fn lengths_of_time_are_read() {
    for (text, seconds) in [
        ("0", 0),
        ("60", 60),
        (" 60s ", 60),
        ("1m", 60),
        ("10m", 600),
        ("10min", 600),
        ("2h", 2 * HOUR),
        ("7d", 7 * DAY),
        ("1w", 7 * DAY),
        ("1h30m", 5400),
        ("1h 30m", 5400),
        ("1 hour 30 minutes", 5400),
        ("1d2h3m4s", DAY + 2 * HOUR + 184),
        ("9223372036854775s", 9_223_372_036_854_775),
    ] {
        assert_eq!(parse_length(text), Some(secs(seconds)), "{text:?}");
    }
    assert_eq!(parse_length("1s500ms"), TimeDelta::try_milliseconds(1500));
    assert_eq!(parse_length("2us3ns"), Some(TimeDelta::nanoseconds(2003)));
    for text in [
        "",
        " ",
        "s",
        "-60",
        "-60s",
        "+60",
        "1.5",
        "1.5h",
        "60 60",
        "1h30",
        "1h1h",
        "30m1h",
        "1y",
        "1M",
        "1S",
        "ten",
        "1h,30m",
        "٣s",
        "9223372036854776s",
        "99999999999999999999",
        "99999999999999999999999999999999999999999d",
    ] {
        assert_eq!(parse_length(text), None, "{text:?}");
    }
}

#[test]
fn lengths_of_time_are_written_in_their_greatest_units() {
    for (millis, text) in [
        (0, "0s"),
        (1, "1ms"),
        (61_500, "1m1s500ms"),
        (600_000, "10m"),
        (5_400_000, "1h30m"),
        (86_400_000, "1d"),
        (8 * 86_400_000, "8d"),
        (-61_000, "-1m1s"),
    ] {
        assert_eq!(PolicyValue::Length(TimeDelta::try_milliseconds(millis).unwrap()).to_string(), text);
    }
}

#[test]
fn values_are_set_from_text_by_name() {
    for (name, text, value) in [
        ("lag_warn", "90", "1m30s"),
        ("lag-warn", "1m", "1m"),
        ("clear-at", "75", "75%"),
        ("clear_at", "75 %", "75%"),
        ("flap-polls", "31", "31"),
        ("ended-is-ok", "true", "true"),
        ("maintenance-until", "2026-01-02T11:04:05+08:00", "2026-01-02T03:04:05Z"),
        ("maintenance-until", "2026-01-02T03:04:05.25Z", "2026-01-02T03:04:05.250Z"),
        ("maintenance-until", "none", "none"),
    ] {
        let mut policy = Policy::default();
        assert_eq!(policy.set(name, text), Ok(()), "{name} {text:?}");
        assert_eq!(policy.get(name).unwrap().to_string(), value, "{name} {text:?}");
    }
}

#[test]
fn a_text_that_is_no_value_is_refused_with_what_is_expected() {
    let length = "a length of time, not negative, such as 60s, 10m, 2h, 7d or 1h30m";
    let percent = "a percentage from 1% to 100%";
    let polls = "a whole number from 2 to 31";
    let time = "a time such as 2021-01-14T09:22:30Z, or none";
    for (name, text, expected) in [
        ("lag-warn", "soon", length),
        ("lag-warn", "-60s", length),
        ("lag-warn", "80%", length),
        ("lag-warn", "", length),
        ("clear-at", "0", percent),
        ("clear-at", "101%", percent),
        ("clear-at", "80s", percent),
        ("clear-at", "%", percent),
        ("flap-polls", "1", polls),
        ("flap-polls", "33", polls),
        ("flap-polls", "+5", polls),
        ("flap-polls", "5.0", polls),
        ("flap-polls", "99999999999", polls),
        ("ended-is-ok", "yes", "true or false"),
        ("ended-is-ok", "1", "true or false"),
        ("maintenance-until", "2026-01-02", time),
        ("maintenance-until", "1610616150", time),
        ("maintenance-until", "9999-12-31T23:59:59-01:00", time),
    ] {
        let mut policy = Policy::default();
        let error = policy.set(name, text).unwrap_err();
        assert_eq!(error.to_string(), format!("{name}: expected {expected}, found \"{text}\""));
        assert_eq!(policy, Policy::default());
    }
    let error = Policy::default().set("lag-wrn", "60").unwrap_err();
    assert_eq!((error.to_string().as_str(), error.names()), ("lag-wrn: unknown threshold", vec![]));
    let error = Policy::default().set("lag_warn", &"\n".repeat(1000)).unwrap_err().to_string();
    assert!(error.len() < 300 && !error.contains('\n'), "{error}");
}

#[test]
fn a_value_of_another_unit_or_name_is_not_set() {
    let mut policy = Policy::default();
    assert!(!policy.set_value("lag_wrn", PolicyValue::Length(secs(1))));
    assert!(!policy.set_value("lag_warn", PolicyValue::Count(1)));
    assert!(!policy.set_value("clear_at", PolicyValue::Count(1)));
    assert_eq!(policy, Policy::default());
    assert!(policy.set_value("lag-warn", PolicyValue::Length(secs(1))));
    assert_eq!(policy.lag_warn, secs(1));
}

#[test]
fn every_violation_is_reported_at_once() {
    let mut policy = Policy::default();
    policy.lag_warn = secs(601);
    policy.min_interval = TimeDelta::try_milliseconds(-1).unwrap();
    policy.clear_at = 0;
    policy.flap_polls = 33;
    policy.flap_on = 33;
    policy.idle_factor = 0;
    policy.maintenance_until = Some(DateTime::<Utc>::MAX_UTC);
    let error = policy.check().unwrap_err();
    let names: Vec<_> = error.defects().iter().map(ThresholdError::names).collect();
    let expected = [
        &["min_interval"][..],
        &["clear_at"],
        &["idle_factor"],
        &["flap_polls"],
        &["flap_on"],
        &["maintenance_until"],
        &["lag_warn", "lag_critical"],
        &["flap_on", "flap_polls"],
    ];
    assert_eq!(names, expected);
    let message = error.to_string();
    assert!(message.contains("found \"-1ms\"; clear-at: expected a percentage"), "{message}");
    assert!(message.ends_with("lag-warn is greater than lag-critical; flap-on is not less than flap-polls"));
}

#[test]
fn thresholds_out_of_order_are_refused() {
    for (low, high, may_be_equal) in [
        ("lag_warn", "lag_critical", true),
        ("suspend_soft", "suspend_critical", true),
        ("suspend_critical", "suspend_hard", true),
        ("recovery_warn", "recovery_window", true),
        ("expire_critical", "expire_warn", true),
        ("flap_off", "flap_on", false),
        ("flap_on", "flap_polls", false),
    ] {
        let mut policy = Policy::default();
        let limit = policy.get(high).unwrap();
        assert!(policy.set_value(low, limit));
        assert_eq!(policy.check().is_ok(), may_be_equal, "{low} {high}");
        assert!(policy.set_value(
            low,
            match limit {
                PolicyValue::Length(limit) => PolicyValue::Length(limit + secs(1)),
                PolicyValue::Count(limit) => PolicyValue::Count(limit + 1),
                other => panic!("{other} has no order"),
            }
        ));
        let defects: Vec<_> =
            policy.check().unwrap_err().defects().iter().map(ThresholdError::names).collect();
        assert!(defects.contains(&vec![low, high]), "{low} {high}: {defects:?}");
    }
}

#[test]
fn lengths_of_time_may_be_nothing_at_all() {
    assert_eq!(all_lengths(TimeDelta::zero()).check(), Ok(()));
}

#[test]
fn a_policy_out_of_order_still_judges() {
    for extreme in [TimeDelta::MIN, TimeDelta::MAX, TimeDelta::zero(), secs(-1)] {
        let policy = all_lengths(extreme);
        for status in ["Synchronizing", "Suspending", "Failed", "Retrying"] {
            let judged = assess(&subscription(status, DAY), &Context::at(at(0)).since(at(-DAY)), &policy);
            let again = assess(&subscription(status, -DAY), &Context::at(at(60)), &policy);
            assert!(!compare(&judged, again, &policy).findings().is_empty());
        }
    }
}

fn all_lengths(length: TimeDelta) -> Policy {
    let mut policy = Policy::default();
    for field in Policy::FIELDS.iter().filter(|field| field.unit == PolicyUnit::Length) {
        assert!(policy.set_value(field.name, PolicyValue::Length(length)));
    }
    policy
}

#[test]
fn files_give_values_as_text_or_as_numbers() {
    let numbers = "lag-warn = 90\nclear-at = 75\nflap-on = 4\nended-is-ok = true\n\
                   maintenance-until = 2026-01-02T03:04:05Z\n";
    let texts = "lag-warn = \"1m30s\"\nclear-at = \"75%\"\nflap-on = \"4\"\nended-is-ok = \"true\"\n\
                 maintenance-until = \"2026-01-02T03:04:05Z\"\n";
    let json = r#"{"lag-warn": 90.0, "clear-at": 75, "flap-on": 4, "ended-is-ok": true,
                   "maintenance-until": "2026-01-02T11:04:05+08:00"}"#;
    let mut expected = Policy::default();
    expected.lag_warn = secs(90);
    expected.clear_at = 75;
    expected.flap_on = 4;
    expected.ended_is_ok = true;
    expected.maintenance_until = DateTime::from_timestamp(1_767_323_045, 0);
    assert_eq!(toml::from_str::<Policy>(numbers).unwrap(), expected);
    assert_eq!(toml::from_str::<Policy>(texts).unwrap(), expected);
    assert_eq!(serde_json::from_str::<Policy>(json).unwrap(), expected);
    assert_eq!(serde_json::from_value::<Policy>(serde_json::from_str(json).unwrap()).unwrap(), expected);
    assert_eq!(serde_json::from_str::<Policy>("{}").unwrap(), Policy::default());
    let none: Policy = serde_json::from_str(r#"{"maintenance-until": null}"#).unwrap();
    assert_eq!(none, Policy::default());
}

#[test]
fn every_bad_key_of_a_file_is_named_in_one_error() {
    let error = |json: &str| serde_json::from_str::<Policy>(json).unwrap_err().to_string();
    let message = error(
        r#"{"lag-wrn": {"a": [1]}, "lag_critical": 60, "clear-at": 0, "flap-on": [5], "idle-busy": {"a": 1},
            "idle-factor": 1.5, "ended-is-ok": 1, "lag-for": null, "hold-last": true, "calm-for": -5,
            "min-interval": "30s", "min-interval": "30s", "lag-warn": "11m", "suspend-hard": "x", "suspend-soft": "8d"}"#,
    );
    let named: Vec<_> = message.split("; ").map(|part| part.split([':', ' ']).next().unwrap()).collect();
    let expected = [
        "lag-wrn",
        "lag_critical",
        "clear-at",
        "flap-on",
        "idle-busy",
        "idle-factor",
        "ended-is-ok",
        "lag-for",
        "hold-last",
        "calm-for",
        "min-interval",
        "suspend-hard",
        "lag-warn",
        "suspend-soft",
        "the",
    ];
    assert_eq!(named, expected, "{message}");
    assert!(message.contains("lag_critical: unknown threshold"), "{message}");
    assert!(message.contains("min-interval: given more than once"), "{message}");
    assert!(
        message.contains("idle-factor: expected a whole number from 1 to 1000, found \"1.5\""),
        "{message}"
    );
    assert!(message.contains("suspend-soft is greater than suspend-critical"), "{message}");
    assert!(message.contains("the thresholds are lag-warn, lag-critical, "), "{message}");
    for json in ["[]", "1", "null", r#"{"lag-warn": 60"#] {
        error(json);
    }
}

#[test]
fn a_file_can_be_read_into_a_policy() {
    let read = |policy: &mut Policy, json: &str| {
        policy.deserialize(&mut serde_json::Deserializer::from_str(json)).map_err(|error| error.to_string())
    };
    let mut policy = Policy::default();
    policy.clear_at = 50;
    let before = policy.clone();
    assert!(
        read(&mut policy, r#"{"lag-for": 1, "lag-wrn": 1}"#).unwrap_err().starts_with("lag-wrn: unknown")
    );
    assert_eq!(policy, before);
    assert_eq!(read(&mut policy, r#"{"lag-warn": "1h"}"#), Ok(()));
    assert_eq!((policy.lag_warn, policy.clear_at), (secs(HOUR), 50));
    assert!(policy.check().is_err());
}

proptest! {
    #[test]
    fn a_policy_reads_back_from_json_and_toml(policy in consistent()) {
        prop_assert_eq!(policy.check(), Ok(()));
        let json = serde_json::to_string(&policy).unwrap();
        prop_assert_eq!(&serde_json::from_str::<Policy>(&json).unwrap(), &policy);
        let value = serde_json::to_value(&policy).unwrap();
        prop_assert!(value.as_object().unwrap().values().all(serde_json::Value::is_string));
        prop_assert_eq!(&serde_json::from_value::<Policy>(value).unwrap(), &policy);
        let text = toml::to_string(&policy).unwrap();
        prop_assert_eq!(&toml::from_str::<Policy>(&text).unwrap(), &policy);
    }

    #[test]
    fn a_value_reads_back_from_its_text(policy in consistent()) {
        let mut again = Policy::default();
        for field in Policy::FIELDS {
            again.set(field.name, &policy.get(field.name).unwrap().to_string()).unwrap();
        }
        prop_assert_eq!(again, policy);
    }

    #[test]
    fn any_text_is_read_or_refused(
        text in "[0-9]{0,25}[ .%+-]?[wdhmsun]{0,3}[0-9]{0,3}[a-z]{0,2}|.{0,20}",
        row in 0..Policy::FIELDS.len(),
    ) {
        let field = &Policy::FIELDS[row];
        if let Some(value) = field.parse(&text) {
            prop_assert!(field.allows(value));
            prop_assert_eq!(field.parse(&value.to_string()), Some(value));
        }
    }
}

/// A policy of any values that are within their bounds and in order.
fn consistent() -> impl Strategy<Value = Policy> {
    let values: Vec<_> = Policy::FIELDS.iter().map(value).collect();
    values.prop_map(|values| {
        let mut policy = Policy::default();
        for (field, value) in Policy::FIELDS.iter().zip(values) {
            assert!(policy.set_value(field.name, value));
        }
        for names in [
            &["lag_warn", "lag_critical"][..],
            &["suspend_soft", "suspend_critical", "suspend_hard"],
            &["recovery_warn", "recovery_window"],
            &["expire_critical", "expire_warn"],
        ] {
            let mut values: Vec<_> = names.iter().map(|name| policy.get(name).unwrap()).collect();
            values.sort();
            for (name, value) in names.iter().zip(values) {
                assert!(policy.set_value(name, value));
            }
        }
        policy.flap_on = policy.flap_on.min(policy.flap_polls - 1);
        policy.flap_off = policy.flap_off.min(policy.flap_on - 1);
        policy
    })
}

/// A value of a threshold within its bounds.
fn value(field: &PolicyField) -> BoxedStrategy<PolicyValue> {
    match (field.least, field.most) {
        (PolicyValue::Length(_), _) => prop_oneof![
            (0..10 * DAY).prop_map(secs),
            (0..i64::MAX).prop_map(TimeDelta::nanoseconds),
            (0..i64::MAX).prop_map(|millis| TimeDelta::try_milliseconds(millis).unwrap()),
        ]
        .prop_map(PolicyValue::Length)
        .boxed(),
        (PolicyValue::Percent(least), PolicyValue::Percent(most)) => {
            (least..=most).prop_map(PolicyValue::Percent).boxed()
        }
        (PolicyValue::Count(least), PolicyValue::Count(most)) => {
            (least..=most).prop_map(PolicyValue::Count).boxed()
        }
        (PolicyValue::Switch(_), _) => any::<bool>().prop_map(PolicyValue::Switch).boxed(),
        (PolicyValue::Time(Some(least)), PolicyValue::Time(Some(most))) => {
            let at = (least.timestamp()..=most.timestamp(), 0..1_000_000_000_u32)
                .prop_map(|(seconds, nanos)| DateTime::from_timestamp(seconds, nanos).unwrap());
            proptest::option::of(at).prop_map(PolicyValue::Time).boxed()
        }
        (least, most) => panic!("{}: no values from {least} to {most}", field.name),
    }
}

/// A subscription that ends in this many seconds.
pub(crate) fn subscription(status: &'static str, left: i64) -> SyncJob {
    job(status, |job| {
        job.pay_type = Some(PayType::PrePaid);
        job.expire_time = Some(at(left));
        job.synchronization_stage = stage("Migrating");
    })
}

#[test]
fn a_builder_checks_at_the_end_and_names_all_that_is_wrong() {
    let by_builder = Policy::builder()
        .lag_warn(Duration::from_millis(1_500))
        .lag_critical(TimeDelta::try_minutes(5).unwrap())
        .flap_polls(31)
        .ended_is_ok(true)
        .maintenance_until(SystemTime::UNIX_EPOCH)
        .set("calm-for", "30s")
        .set_value("clear_at", PolicyValue::Percent(70))
        .build();
    let mut by_text = Policy::default();
    for (name, text) in [
        ("lag_warn", "1500ms"),
        ("lag_critical", "5m"),
        ("flap_polls", "31"),
        ("ended_is_ok", "true"),
        ("maintenance_until", "1970-01-01T00:00:00Z"),
        ("calm_for", "30s"),
        ("clear_at", "70%"),
    ] {
        by_text.set(name, text).unwrap();
    }
    assert_eq!(by_builder, Ok(by_text.clone()));
    assert_eq!(PolicyBuilder::from(by_text.clone()).build(), Ok(by_text));

    let wrong = Policy::builder()
        .lag_warn(Duration::MAX)
        .clear_at(0)
        .set("lag-criticl", "5m")
        .set("calm-for", "soon")
        .set_value("flap_on", PolicyValue::Switch(true))
        .build()
        .unwrap_err();
    let found: Vec<_> = wrong.defects().iter().map(ToString::to_string).collect();
    assert_eq!(
        found,
        [
            "lag-criticl: unknown threshold",
            "calm-for: expected a length of time, not negative, such as 60s, 10m, 2h, 7d or 1h30m, found \"soon\"",
            "flap-on: expected a whole number from 1 to 30, found \"true\"",
            "clear-at: expected a percentage from 1% to 100%, found \"0%\"",
            "lag-warn is greater than lag-critical",
        ]
    );
}
