//! The forms of values, by kind: what is clean, what is tolerated with which quirk, what cannot be read.
//!
//! Each row is tried in JSON, and a text also in XML, where it must give the same value and the same quirks.

mod support;

use aliyun_dts_status::model::{
    CheckStatus, Direction, ItemName, JobStatus, PayType, PrecheckStatus, StageStatus,
};
use serde_json::{Value, json};

use self::support::{decoded, document, kinds_and_paths};

/// The value in JSON, the value in the model (`""` for none), and the kinds of the quirks.
type Row = (&'static str, &'static str, &'static str);

/// A field: its path on the wire, its path in the model, and the forms of its value.
type Table = (&'static str, &'static str, &'static [Row]);

const BOOL: &[Row] = &[
    ("true", "true", ""),
    ("false", "false", ""),
    (r#""true""#, "true", ""),
    (r#""false""#, "false", ""),
    (r#""True""#, "true", "bool_form"),
    (r#""FALSE""#, "false", "bool_form"),
    ("1", "true", "bool_form"),
    ("0", "false", "bool_form"),
    (r#""1""#, "true", "bool_form"),
    (r#""0""#, "false", "bool_form"),
    (r#"" true""#, "true", "padded"),
    (r#""\tTRUE\n""#, "true", "padded, bool_form"),
    ("null", "", ""),
    (r#""""#, "", "empty_value"),
    (r#""  ""#, "", "empty_value"),
    (r#""yes""#, "", "unreadable"),
    (r#""no""#, "", "unreadable"),
    (r#""t""#, "", "unreadable"),
    (r#""2""#, "", "unreadable"),
    (r#""01""#, "", "unreadable"),
    (r#""-0""#, "", "unreadable"),
    ("2", "", "unreadable"),
    ("-1", "", "unreadable"),
    ("-0", "", "unreadable"),
    ("1.0", "", "unreadable"),
    ("0e5", "", "unreadable"),
    ("[true]", "", "record_for_text"),
    (r#"{"true": true}"#, "", "record_for_text"),
];

const INTEGER: &[Row] = &[
    ("0", "0", ""),
    ("3306", "3306", ""),
    ("-3306", "-3306", ""),
    ("9223372036854775807", "9223372036854775807", ""),
    ("-9223372036854775808", "-9223372036854775808", ""),
    (r#""0""#, "0", ""),
    (r#""3306""#, "3306", ""),
    (r#""-3306""#, "-3306", ""),
    (r#""9223372036854775807""#, "9223372036854775807", ""),
    (r#""-9223372036854775808""#, "-9223372036854775808", ""),
    (r#""+3306""#, "3306", "number_form"),
    (r#""003306""#, "3306", "number_form"),
    (r#""-003306""#, "-3306", "number_form"),
    (r#""00""#, "0", "number_form"),
    (r#""-0""#, "0", "number_form"),
    ("-0", "0", "number_form"),
    (r#"" 3306""#, "3306", "padded"),
    (r#""\n3306\t""#, "3306", "padded"),
    (r#""\u00a03306\u3000""#, "3306", "padded"),
    ("3306.0", "3306", "number_form"),
    (r#""3306.000""#, "3306", "number_form"),
    ("0.0", "0", "number_form"),
    ("1e3", "1000", "number_form"),
    (r#""1e3""#, "1000", "number_form"),
    (r#""1E+3""#, "1000", "number_form"),
    (r#""1.50e1""#, "15", "number_form"),
    (r#""0e""#, "", "unreadable"),
    (r#""0ex""#, "", "unreadable"),
    (r#""1500e-2""#, "15", "number_form"),
    (r#""0e999999999999999999999""#, "0", "number_form"),
    (r#""0.0e-999999999999999999999""#, "0", "number_form"),
    (r#""9223372036854775807.0""#, "9223372036854775807", "number_form"),
    ("9223372036854775807.0", "9223372036854775807", "number_form"),
    (r#"" +1e3 ""#, "1000", "padded, number_form"),
    ("null", "", ""),
    (r#""""#, "", "empty_value"),
    (r#"" ""#, "", "empty_value"),
    ("5.9", "", "unreadable"),
    (r#""5.9""#, "", "unreadable"),
    (r#""5.9ms""#, "", "unreadable"),
    (r#""5s""#, "", "unreadable"),
    (r#""9s""#, "", "unreadable"),
    (r#""99:""#, "", "unreadable"),
    (r#""1,234""#, "", "unreadable"),
    (r#""1 234""#, "", "unreadable"),
    (r#""1_234""#, "", "unreadable"),
    (r#""1234,""#, "", "unreadable"),
    (r#""0x10""#, "", "unreadable"),
    (r#""１２""#, "", "unreadable"),
    (r#""-""#, "", "unreadable"),
    (r#""--1""#, "", "unreadable"),
    (r#""- 1""#, "", "unreadable"),
    (r#""1.""#, "", "unreadable"),
    (r#"".5""#, "", "unreadable"),
    (r#""1e""#, "", "unreadable"),
    (r#""e3""#, "", "unreadable"),
    (r#""1e-1""#, "", "unreadable"),
    (r#""NaN""#, "", "unreadable"),
    (r#""Infinity""#, "", "unreadable"),
    (r#""null""#, "", "unreadable"),
    ("9223372036854775808", "", "unreadable"),
    (r#""9223372036854775808""#, "", "unreadable"),
    (r#""-9223372036854775809""#, "", "unreadable"),
    ("18446744073709551615", "", "unreadable"),
    ("18446744073709551616", "", "unreadable"),
    ("1e19", "", "unreadable"),
    ("1e400", "", "unreadable"),
    (r#""1e400""#, "", "unreadable"),
    (r#""1e999999999999999999999""#, "", "unreadable"),
    (r#""1e-999999999999999999999""#, "", "unreadable"),
    ("true", "", "unreadable"),
    ("[3306]", "", "record_for_text"),
    ("{}", "", "record_for_text"),
];

const TEXT: &[Row] = &[
    (r#""a""#, r#""a""#, ""),
    (r#"" a\t""#, r#"" a\t""#, ""),
    (r#"" ""#, r#"" ""#, ""),
    (r#""\n""#, r#""\n""#, ""),
    (r#""a \"b\" [c] <d> & ]]> 'e'""#, r#""a \"b\" [c] <d> & ]]> 'e'""#, ""),
    (r#""a\\nb\r\nc\t\t""#, r#""a\\nb\r\nc\t\t""#, ""),
    (r#""同步 \ud83d\ude00""#, r#""同步 😀""#, ""),
    (r#""null""#, r#""null""#, ""),
    (r#""0""#, r#""0""#, ""),
    (r#""""#, "", ""),
    ("null", "", ""),
    ("0", r#""0""#, "number_form"),
    ("-5", r#""-5""#, "number_form"),
    ("1.50", r#""1.50""#, "number_form"),
    ("1E+2", r#""1E+2""#, "number_form"),
    ("18446744073709551616", r#""18446744073709551616""#, "number_form"),
    ("-0", r#""-0""#, "number_form"),
    ("true", r#""true""#, "bool_form"),
    ("false", r#""false""#, "bool_form"),
    (r#"["a"]"#, "", "record_for_text"),
    (r#"{"a": "b"}"#, "", "record_for_text"),
];

const IDENTIFIER: &[Row] = &[
    (r#""a""#, r#""a""#, ""),
    (r#""rm-bp1****""#, r#""rm-bp1****""#, ""),
    (r#""a b""#, r#""a b""#, ""),
    (r#"" a""#, r#""a""#, "padded"),
    (r#""a\n""#, r#""a""#, "padded"),
    (r#""\u00a0同步\u3000""#, r#""同步""#, "padded"),
    (r#""""#, "", ""),
    (r#""\t""#, "", "empty_value"),
    ("null", "", ""),
    ("1234", r#""1234""#, "number_form"),
    ("1.0", r#""1.0""#, "number_form"),
    ("true", r#""true""#, "bool_form"),
    (r#"["a"]"#, "", "record_for_text"),
    ("{}", "", "record_for_text"),
];

const JOB_STATUS: &[Row] = &[
    (r#""Synchronizing""#, r#""Synchronizing""#, ""),
    (r#""Retrying""#, r#""Retrying""#, ""),
    (r#""NotConfigured""#, r#""NotConfigured""#, ""),
    (r#""synchronizing""#, r#""Synchronizing""#, "value_case"),
    (r#""precheckFailed""#, r#""PrecheckFailed""#, "value_case"),
    (r#""Initializating""#, r#""Initializing""#, "value_alias"),
    (r#""initializating""#, r#""Initializing""#, "value_alias"),
    (r#"" Failed ""#, r#""Failed""#, "padded"),
    (r#""\nfailed""#, r#""Failed""#, "padded, value_case"),
    (r#""Catched""#, r#""Catched""#, "unknown_value"),
    (r#""Success""#, r#""Success""#, "unknown_value"),
    (r#"" Paused\n""#, r#""Paused""#, "padded, unknown_value"),
    (r#""同步中""#, r#""同步中""#, "unknown_value"),
    ("5", r#""5""#, "number_form, unknown_value"),
    ("true", r#""true""#, "bool_form, unknown_value"),
    ("null", "", ""),
    (r#""""#, "", "empty_value"),
    (r#"" ""#, "", "empty_value"),
    (r#"["Failed"]"#, "", "record_for_text"),
    (r#"{"Value": "Failed"}"#, "", "record_for_text"),
];

const PERCENT: &[Row] = &[
    (r#""0""#, "0", ""),
    (r#""100""#, "100", ""),
    ("100", "100", ""),
    ("0", "0", ""),
    (r#""12.5""#, "12.5", "number_form"),
    ("12.5", "12.5", "number_form"),
    (r#""100.0""#, "100", "number_form"),
    (r#""1e2""#, "100", "number_form"),
    (r#""+7""#, "7", "number_form"),
    (r#""007""#, "7", "number_form"),
    (r#""-0""#, "0", "number_form"),
    (r#""-0.0%""#, "0", "unit, number_form"),
    (r#""100%""#, "100", "unit"),
    (r#""100 %""#, "100", "unit"),
    (r#""12.5%""#, "12.5", "unit, number_form"),
    (r#""12.34567890123456789""#, "12.345678901234567", "number_form, rounded"),
    (r#""1e-400""#, "", "unreadable"),
    (r#"" 100""#, "100", "padded"),
    (r#""100%\n""#, "100", "padded, unit"),
    // Out of range: kept, and a violation.
    (r#""101""#, "101", ""),
    (r#""-1""#, "-1", ""),
    ("1000", "1000", ""),
    ("null", "", ""),
    (r#""""#, "", "empty_value"),
    (r#""%""#, "", "unreadable"),
    (r#""50%%""#, "", "unreadable"),
    (r#""1/2""#, "", "unreadable"),
    (r#""1,5""#, "", "unreadable"),
    (r#""half""#, "", "unreadable"),
    (r#""NaN""#, "", "unreadable"),
    (r#""inf""#, "", "unreadable"),
    (r#""1e400""#, "", "unreadable"),
    ("1e400", "", "unreadable"),
    // The largest f64, which serde_json takes for a larger number.
    ("17976931348623157e292", "1.7976931348623157e+308", "number_form"),
    ("true", "", "unreadable"),
    ("[100]", "", "record_for_text"),
];

const RPS: &[Row] = &[
    (r#""0""#, "0", ""),
    (r#""100""#, "100", ""),
    (r#""1.5""#, "1.5", ""),
    ("100", "100", ""),
    ("1.5", "1.5", ""),
    (r#""-1""#, "-1", ""),
    (r#""1234567890123456.50""#, "1234567890123456.5", ""),
    (r#""0.30000000000000004""#, "0.30000000000000004", ""),
    // Written as a whole number as long as an f64 holds every whole number.
    ("9007199254740991", "9007199254740991", ""),
    ("9007199254740992", "9007199254740992.0", ""),
    // More digits than an f64 holds.
    (r#""0.300000000000000041""#, "0.30000000000000004", "rounded"),
    (r#""0.30000000000000004""#, "0.30000000000000004", ""),
    (r#""1e-400""#, "", "unreadable"),
    ("1e-400", "", "unreadable"),
    (r#""0e-400""#, "0", "number_form"),
    (r#""-0""#, "0", "number_form"),
    (r#""-0.0""#, "0", "number_form"),
    ("-0.00", "0", "number_form"),
    (r#""-0.5""#, "-0.5", ""),
    // Numbers that have few digits in an f64.
    (r#""1e-320""#, "1e-320", "number_form"),
    (r#""1.2345e-320""#, "1.2347e-320", "number_form, rounded"),
    ("3e-324", "5e-324", "number_form, rounded"),
    (r#""5e-324""#, "5e-324", "number_form"),
    (r#""2.2250738585072014e-308""#, "2.2250738585072014e-308", "number_form"),
    (r#""12345678901234567""#, "1.2345678901234568e+16", "rounded"),
    (r#""012345678901234567""#, "1.2345678901234568e+16", "number_form, rounded"),
    (r#"" 100 ""#, "100", "padded"),
    (r#""+100""#, "100", "number_form"),
    (r#""0100""#, "100", "number_form"),
    (r#""1e2""#, "100", "number_form"),
    ("1e2", "100", "number_form"),
    ("null", "", ""),
    (r#""""#, "", "empty_value"),
    (r#""1/2""#, "", "unreadable"),
    (r#""1,234""#, "", "unreadable"),
    (r#""100/s""#, "", "unreadable"),
    (r#""1MB/s""#, "", "unreadable"),
    (r#""inf""#, "", "unreadable"),
    ("1e400", "", "unreadable"),
    ("false", "", "unreadable"),
    ("{}", "", "record_for_text"),
];

const FLOW: &[Row] = &[
    (r#""1""#, "1", ""),
    (r#""0.00MB/s""#, "0", ""),
    (r#""0.25MB/s""#, "0.25", ""),
    (r#""12MB/s""#, "12", ""),
    (r#""1234567890123456.00MB/s""#, "1234567890123456", ""),
    ("1.5", "1.5", ""),
    ("0", "0", ""),
    (r#""-1MB/s""#, "-1", ""),
    (r#""512KB/s""#, "0.5", "unit"),
    (r#""512kB/s""#, "0.5", "unit"),
    (r#""262144B/s""#, "0.25", "unit"),
    (r#""2GB/s""#, "2048", "unit"),
    (r#""0B/s""#, "0", "unit"),
    (r#""0.5 MB/s""#, "0.5", "unit"),
    (r#""1 KB/s""#, "0.0009765625", "unit"),
    (r#"" 0.5MB/s""#, "0.5", "padded"),
    (r#""1e1MB/s""#, "10", "number_form"),
    (r#""+1KB/s""#, "0.0009765625", "unit, number_form"),
    (r#""001""#, "1", "number_form"),
    (r#""0.123456789012345678MB/s""#, "0.12345678901234568", "rounded"),
    (r#""1e-400MB/s""#, "", "unreadable"),
    (r#""1e-320B/s""#, "", "unreadable"),
    (r#""1.23456789e-315B/s""#, "1.176e-321", "unit, number_form, rounded"),
    (r#""3e-324MB/s""#, "5e-324", "number_form, rounded"),
    (r#""-0.00MB/s""#, "0", "number_form"),
    ("null", "", ""),
    (r#""""#, "", "empty_value"),
    (r#""MB/s""#, "", "unreadable"),
    (r#""1MB""#, "", "unreadable"),
    (r#""1Mbps""#, "", "unreadable"),
    (r#""1Mb/s""#, "", "unreadable"),
    (r#""1mb/s""#, "", "unreadable"),
    (r#""1TB/s""#, "", "unreadable"),
    (r#""1MB/min""#, "", "unreadable"),
    (r#""1,5MB/s""#, "", "unreadable"),
    (r#""1/2""#, "", "unreadable"),
    (r#""fast""#, "", "unreadable"),
    (r#""1e400MB/s""#, "", "unreadable"),
    (r#""1e308GB/s""#, "", "unreadable"),
    ("true", "", "unreadable"),
    ("[]", "", "record_for_text"),
];

const CHECKPOINT: &[Row] = &[
    (r#""1610616144""#, r#""2021-01-14T09:22:24Z""#, ""),
    ("1610616144", r#""2021-01-14T09:22:24Z""#, ""),
    (r#""1""#, r#""1970-01-01T00:00:01Z""#, ""),
    (r#""99999999999""#, r#""5138-11-16T09:46:39Z""#, ""),
    (r#""100000000000""#, r#""1973-03-03T09:46:40Z""#, "time_form"),
    (r#""1610616144123""#, r#""2021-01-14T09:22:24Z""#, "time_form"),
    ("1610616144999", r#""2021-01-14T09:22:24Z""#, "time_form"),
    (r#""2021-01-14T09:22:24Z""#, r#""2021-01-14T09:22:24Z""#, "time_form"),
    (r#""2021-01-14T17:22:24.999+08:00""#, r#""2021-01-14T09:22:24Z""#, "time_form"),
    (r#""2021-01-14T09:22Z""#, r#""2021-01-14T09:22:00Z""#, "time_form"),
    (r#""1610616144.0""#, r#""2021-01-14T09:22:24Z""#, "number_form"),
    (r#""1.610616144e9""#, r#""2021-01-14T09:22:24Z""#, "number_form"),
    (r#"" 1610616144""#, r#""2021-01-14T09:22:24Z""#, "padded"),
    (r#"" 2021-01-14T09:22:24Z ""#, r#""2021-01-14T09:22:24Z""#, "padded, time_form"),
    // None yet.
    (r#""0""#, "", "empty_value"),
    ("0", "", "empty_value"),
    (r#""1970-01-01T00:00:00Z""#, "", "time_form, empty_value"),
    ("null", "", ""),
    (r#""""#, "", "empty_value"),
    (r#""-1""#, "", "unreadable"),
    ("-1610616144", "", "unreadable"),
    (r#""1969-12-31T23:59:59Z""#, "", "time_form, unreadable"),
    (r#""1610616144.5""#, "", "unreadable"),
    (r#""2021-01-14""#, "", "unreadable"),
    (r#""2021-01-14 09:22:24""#, "", "unreadable"),
    (r#""mysql-bin.000001:4""#, "", "unreadable"),
    // RFC 3339 cannot spell a year after 9999.
    (r#""253402300799999""#, r#""9999-12-31T23:59:59Z""#, "time_form"),
    (r#""253402300800000""#, "", "time_form, unreadable"),
    ("8000000000000000", "", "time_form, unreadable"),
    (r#""9223372036854775807""#, "", "time_form, unreadable"),
    (r#""9223372036854775808""#, "", "unreadable"),
    ("true", "", "unreadable"),
    ("[1610616144]", "", "record_for_text"),
];

const TIME: &[Row] = &[
    (r#""2021-03-07T16:00:00Z""#, r#""2021-03-07T16:00:00Z""#, ""),
    (r#""0000-01-01T00:00:00Z""#, r#""0000-01-01T00:00:00Z""#, ""),
    (r#""9999-12-31T23:59:59Z""#, r#""9999-12-31T23:59:59Z""#, ""),
    (r#""2016-12-31T23:59:60Z""#, r#""2016-12-31T23:59:60Z""#, ""),
    (r#""2021-03-07T16:00Z""#, r#""2021-03-07T16:00:00Z""#, "time_form"),
    (r#""2021-03-07T16:00:00.5Z""#, r#""2021-03-07T16:00:00.500Z""#, "time_form"),
    (r#""2021-03-07T16:00:00.123456789Z""#, r#""2021-03-07T16:00:00.123456789Z""#, "time_form"),
    (r#""2021-03-08T00:00:00+08:00""#, r#""2021-03-07T16:00:00Z""#, "time_form"),
    (r#""2021-03-07T16:00:00+00:00""#, r#""2021-03-07T16:00:00Z""#, "time_form"),
    (r#""2021-03-07T12:00-04:00""#, r#""2021-03-07T16:00:00Z""#, "time_form"),
    (r#""2021-03-07T 16:00:00Z""#, r#""2021-03-07T16:00:00Z""#, "time_form"),
    (r#""2021-03-07T 16:00Z""#, r#""2021-03-07T16:00:00Z""#, "time_form"),
    (r#""2021-03-07t16:00:00z""#, r#""2021-03-07T16:00:00Z""#, "time_form"),
    (r#"" 2021-03-07T16:00:00Z""#, r#""2021-03-07T16:00:00Z""#, "padded"),
    ("null", "", ""),
    (r#""""#, "", "empty_value"),
    (r#"" ""#, "", "empty_value"),
    (r#""2021-03-07""#, "", "unreadable"),
    (r#""2021-03-07T16:00:00""#, "", "unreadable"),
    (r#""2021-03-07T16""#, "", "unreadable"),
    (r#""2021-02-29T16:00:00Z""#, "", "unreadable"),
    (r#""2021-03-07T24:00:00Z""#, "", "unreadable"),
    (r#""2021-03-07T16:00:00+25:00""#, "", "unreadable"),
    (r#""0000-01-01T00:00:00+01:00""#, "", "unreadable"),
    (r#""9999-12-31T23:59:59-01:00""#, "", "unreadable"),
    (r#""10000-01-01T00:00:00Z""#, "", "unreadable"),
    (r#""T""#, "", "unreadable"),
    (r#""TT16:00""#, "", "unreadable"),
    (r#""never""#, "", "unreadable"),
    (r#""1615132800""#, "", "unreadable"),
    ("1615132800", "", "unreadable"),
    ("true", "", "unreadable"),
    ("{}", "", "record_for_text"),
];

/// A span in seconds is an integer that chrono can hold.
const SECONDS: &[Row] = &[
    (r#""0""#, "0", ""),
    (r#""-5""#, "-5", ""),
    ("61", "61", ""),
    (r#""1e3""#, "1000", "number_form"),
    (r#""9223372036854775""#, "9223372036854775", ""),
    (r#""-9223372036854775""#, "-9223372036854775", ""),
    (r#""9223372036854776""#, "", "unreadable"),
    (r#""9223372036854775807""#, "", "unreadable"),
    ("-9223372036854775808", "", "unreadable"),
    (r#""5.9ms""#, "", "unreadable"),
    (r#""""#, "", "empty_value"),
    ("false", "", "unreadable"),
];

const MILLIS: &[Row] = &[
    ("0", "0", ""),
    (r#""1500""#, "1500", ""),
    ("-1", "-1", ""),
    ("9223372036854775807", "9223372036854775807", ""),
    ("-9223372036854775807", "-9223372036854775807", ""),
    ("-9223372036854775808", "", "unreadable"),
    ("1.5", "", "unreadable"),
    (r#""""#, "", "empty_value"),
];

const TABLES: &[Table] = &[
    ("Success", "/success", BOOL),
    ("DataInitialization", "/data_initialization", BOOL),
    ("StructureInitialization", "/structure_initialization", BOOL),
    ("HttpStatusCode", "/http_status_code", INTEGER),
    ("SourceEndpoint.Port", "/source/port", INTEGER),
    ("DataInitializationStatus.Progress", "/data_stage/progress", INTEGER),
    ("StructureInitializationStatus.Progress", "/structure_stage/progress", INTEGER),
    ("ErrMessage", "/err_message", TEXT),
    ("DynamicMessage", "/dynamic_message", TEXT),
    ("SynchronizationJobName", "/job_name", TEXT),
    ("ErrorMessage", "/error_message", TEXT),
    ("SourceEndpoint.UserName", "/source/user_name", TEXT),
    ("DataSynchronizationStatus.ErrorMessage", "/synchronization_stage/error_message", TEXT),
    ("DataInitializationStatus.ErrorMessage", "/data_stage/error_message", TEXT),
    ("RequestId", "/request_id", IDENTIFIER),
    ("ErrCode", "/err_code", IDENTIFIER),
    ("DynamicCode", "/dynamic_code", IDENTIFIER),
    ("TaskId", "/task_id", IDENTIFIER),
    ("SynchronizationJobId", "/job_id", IDENTIFIER),
    ("SynchronizationJobClass", "/job_class", IDENTIFIER),
    ("DestinationEndpoint.InstanceId", "/destination/instance_id", IDENTIFIER),
    ("DestinationEndpoint.InstanceType", "/destination/instance_type", IDENTIFIER),
    ("DestinationEndpoint.EngineName", "/destination/engine_name", IDENTIFIER),
    ("DestinationEndpoint.IP", "/destination/ip", IDENTIFIER),
    ("Status", "/status", JOB_STATUS),
    ("PrecheckStatus.Percent", "/precheck/percent", PERCENT),
    ("DataInitializationStatus.Percent", "/data_stage/percent", PERCENT),
    ("DataSynchronizationStatus.Percent", "/synchronization_stage/percent", PERCENT),
    ("Performance.RPS", "/performance/rps", RPS),
    ("Performance.FLOW", "/performance/flow_mb_per_s", FLOW),
    ("Checkpoint", "/checkpoint", CHECKPOINT),
    ("DataSynchronizationStatus.Checkpoint", "/synchronization_stage/checkpoint", CHECKPOINT),
    ("ExpireTime", "/expire_time", TIME),
    ("Delay", "/delay_seconds", SECONDS),
    ("DataSynchronizationStatus.Delay", "/synchronization_stage/delay_seconds", SECONDS),
    ("DelayMillis", "/delay_millis", MILLIS),
    ("DataSynchronizationStatus.DelayMillis", "/synchronization_stage/delay_millis", MILLIS),
];

#[test]
fn every_form_of_every_kind() {
    for (path, pointer, rows) in TABLES {
        for (literal, expected, kinds) in *rows {
            check(&in_json(path, literal), path, pointer, expected, kinds);
            if let Value::String(text) = serde_json::from_str(literal).unwrap_or_default() {
                check(&in_xml(path, &text), path, pointer, expected, kinds);
            }
        }
    }
}

fn in_json(path: &str, literal: &str) -> String {
    let mut value = literal.to_owned();
    for name in path.rsplit('.') {
        value = format!(r#"{{"{name}":{value}}}"#);
    }
    value
}

fn in_xml(path: &str, text: &str) -> String {
    let mut content =
        text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('\r', "&#13;");
    for name in path.rsplit('.') {
        content = format!("<{name}>{content}</{name}>");
    }
    document(&content)
}

#[track_caller]
fn check(body: &str, path: &str, pointer: &str, expected: &str, kinds: &str) {
    let decoded = decoded(body);
    let model = serde_json::to_value(decoded.job().unwrap()).unwrap();
    let value = model.pointer(pointer).map(ToString::to_string).unwrap_or_default();
    assert_eq!(value, expected, "{body}");
    let quirks: Vec<_> =
        kinds.split(", ").filter(|kind| !kind.is_empty()).map(|kind| format!("{kind} {path}")).collect();
    assert_eq!(kinds_and_paths(&decoded.quirks), quirks, "{body}");
    // The model has no other value.
    let name = pointer.split('/').nth(1).unwrap();
    let rest = model.as_object().unwrap().keys().filter(|key| *key != name).count();
    assert_eq!(rest, 0, "{model}");
}

/// The values of an open set, documented ones with a star.
macro_rules! vocabulary {
    ($set:ident) => {
        $set::KNOWN.iter().map(|value| (value.as_str(), value.is_documented())).collect::<Vec<_>>()
    };
}

#[test]
fn every_value_of_every_open_set() {
    let stage = "NotStarted* Checking Migrating* Suspending Failed* Catched Finished* Locked";
    let job = "NotConfigured NotStarted* Prechecking* PreCheckPass PrecheckFailed* Initializing* InitializeFailed* \
               Synchronizing* Retrying Failed* Suspending* Modifying* ModifyFailed Upgrade Downgrade Locked Finished* \
               Migrating MigrationFailed";
    let precheck = "NotStarted Checking Prechecking Success* Failed* Finished PrecheckFailed Suspending";
    let sets = [
        ("Status", "/status", vocabulary!(JobStatus), job),
        (
            "DataSynchronizationStatus.Status",
            "/synchronization_stage/status",
            vocabulary!(StageStatus),
            stage,
        ),
        ("DataInitializationStatus.Status", "/data_stage/status", vocabulary!(StageStatus), stage),
        ("StructureInitializationStatus.Status", "/structure_stage/status", vocabulary!(StageStatus), stage),
        ("PrecheckStatus.Status", "/precheck/status", vocabulary!(PrecheckStatus), precheck),
        ("SynchronizationDirection", "/direction", vocabulary!(Direction), "Forward* Reverse*"),
        ("PayType", "/pay_type", vocabulary!(PayType), "PrePaid* PostPaid*"),
    ];
    for (path, pointer, known, expected) in sets {
        assert_eq!(starred(&known), expected);
        for (value, _) in known {
            let first = value[..1].to_lowercase();
            for (spelling, kinds) in [
                (value.to_owned(), ""),
                (value.to_uppercase(), "value_case"),
                (first + &value[1..], "value_case"),
            ] {
                let expected = json!(value).to_string();
                check(&in_json(path, &json!(spelling).to_string()), path, pointer, &expected, kinds);
                check(&in_xml(path, &spelling), path, pointer, &expected, kinds);
            }
        }
    }
}

fn starred(values: &[(&str, bool)]) -> String {
    let star = |documented| if documented { "*" } else { "" };
    values
        .iter()
        .map(|(value, documented)| format!("{value}{}", star(*documented)))
        .collect::<Vec<_>>()
        .join(" ")
}

#[test]
fn every_value_of_the_open_sets_of_an_item() {
    assert_eq!(starred(&vocabulary!(CheckStatus)), "Success* Failed* Warning Checking NotStarted Finished");
    for (field, values, other) in [
        ("CheckStatus", vocabulary!(CheckStatus), "Skipped"),
        ("ItemName", vocabulary!(ItemName), "CHECK_LATER"),
    ] {
        let path = format!("PrecheckStatus.Detail[0].{field}");
        let rows = values.iter().flat_map(|(value, _)| {
            [
                (*value, value.to_string(), String::new()),
                (value, value.to_lowercase(), format!("value_case {path}")),
            ]
        });
        for (value, spelling, quirk) in
            rows.chain([(other, other.to_owned(), format!("unknown_value {path}"))])
        {
            for body in [
                format!(r#"{{"PrecheckStatus": {{"Detail": [{{"{field}": "{spelling}"}}]}}}}"#),
                document(&format!(
                    "<PrecheckStatus><Detail><{field}>{spelling}</{field}></Detail></PrecheckStatus>"
                )),
            ] {
                let decoded = decoded(&body);
                let item = &decoded.job().unwrap().precheck.as_ref().unwrap().items[0];
                let read = item.name.as_ref().map(ItemName::as_str);
                assert_eq!(read.or(item.status.as_ref().map(CheckStatus::as_str)), Some(value), "{body}");
                assert_eq!(kinds_and_paths(&decoded.quirks).join(", "), quirk, "{body}");
            }
        }
    }
}
