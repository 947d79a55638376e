//! The limits: a body at the limit is read, a body beyond it is refused.

mod support;

use aliyun_dts_status::{Decoder, ErrorKind, Limits, QuirkKind};

use self::support::{document, kinds_and_paths};

/// A limit, a body that reaches it (elements inside the root, if it is XML without one), the amount that it holds, and
/// the message if the limit is one less.
type Row = (fn(&mut Limits) -> &mut usize, &'static str, usize, ErrorKind, &'static str);

fn bytes(limits: &mut Limits) -> &mut usize {
    &mut limits.bytes
}

fn depth(limits: &mut Limits) -> &mut usize {
    &mut limits.depth
}

fn nodes(limits: &mut Limits) -> &mut usize {
    &mut limits.nodes
}

fn items(limits: &mut Limits) -> &mut usize {
    &mut limits.items
}

fn attributes(limits: &mut Limits) -> &mut usize {
    &mut limits.attributes
}

fn name(limits: &mut Limits) -> &mut usize {
    &mut limits.name
}

fn scalar(limits: &mut Limits) -> &mut usize {
    &mut limits.scalar
}

fn number(limits: &mut Limits) -> &mut usize {
    &mut limits.number
}

const DEEP_JSON: &str = "objects and lists nested more than # deep";
const DEEP_XML: &str = "elements nested more than # deep";

#[rustfmt::skip]
const ROWS: &[Row] = &[
    (bytes, r#"{"Status": "Failed"}"#, 20, ErrorKind::TooLarge, "a body of more than # bytes"),
    (bytes, "\u{FEFF}{\"Status\": \"失败\"}\n", 24, ErrorKind::TooLarge, "a body of more than # bytes"),
    (bytes, "<Status>失败</Status>", 108, ErrorKind::TooLarge, "a body of more than # bytes"),

    (depth, r#"{"Status": "Failed"}"#, 1, ErrorKind::TooDeep, DEEP_JSON),
    (depth, r#"{"PrecheckStatus": {"Detail": [{"ItemName": "CHECK_SRC"}]}, "Performance": {}}"#, 4, ErrorKind::TooDeep, DEEP_JSON),
    (depth, r#"{"Status": "Failed", "x": [[[[]]], 1]}"#, 5, ErrorKind::TooDeep, DEEP_JSON),
    (depth, "<Status>Failed</Status>", 2, ErrorKind::TooDeep, DEEP_XML),
    (depth, "<PrecheckStatus><Detail><ItemName>CHECK_SRC</ItemName></Detail></PrecheckStatus><Performance/>", 4, ErrorKind::TooDeep, DEEP_XML),
    (depth, "<Status>Failed</Status><x><x><x><x/></x></x>y</x>", 5, ErrorKind::TooDeep, DEEP_XML),

    (nodes, r#"{"PrecheckStatus": {"Detail": [{"ItemName": "CHECK_SRC"}, null]}, "Delay": 5}"#, 7, ErrorKind::TooManyNodes, "more than # values"),
    (nodes, "<PrecheckStatus><Detail><ItemName>CHECK_SRC</ItemName></Detail><Detail/></PrecheckStatus><Delay>5</Delay>", 6, ErrorKind::TooManyNodes, "more than # values"),
    (nodes, "<Performance> a <RPS>5</RPS> b <!-- -->c</Performance>", 5, ErrorKind::TooManyNodes, "more than # values"),

    (items, r#"{"PrecheckStatus": {"Detail": [{"ItemName": "a"}, {"ItemName": "b"}, {"ItemName": "c"}]}}"#, 3, ErrorKind::TooLarge, "a list of more than # items"),
    (items, r#"{"PrecheckStatus": {"Detail": [{"CheckItem": {"ItemName": "a"}}, {"CheckItem": [{"ItemName": "b"}, {"ItemName": "c"}]}]}}"#, 3, ErrorKind::TooLarge, "a list of more than # items"),
    (items, r#"{"SynchronizationObjects": [{"TableIncludes": ["a", "b"], "TableExcludes": [{"TableName": "c"}, {"TableName": "d"}]}, {"SchemaName": "a"}]}"#, 2, ErrorKind::TooLarge, "a list of more than # items"),
    // Bare texts in JSON are counted together.
    (items, r#"{"SynchronizationObjects": [{"TableIncludes": ["a", "b"], "TableExcludes": {"TableName": ["c", "d"]}}]}"#, 4, ErrorKind::TooLarge, "a list of more than # items"),
    (items, r#"{"Code": "c", "AccessDeniedDetail": {"A": "a", "B": "b"}}"#, 2, ErrorKind::TooLarge, "a list of more than # items"),
    (items, "<PrecheckStatus><Detail><ItemName>a</ItemName></Detail><Detail/><Detail><CheckItem><ItemName>b</ItemName></CheckItem></Detail><Percent>100</Percent><Detail><ItemName>c</ItemName></Detail></PrecheckStatus>", 3, ErrorKind::TooLarge, "a list of more than # items"),
    (items, "<SynchronizationObjects><TableIncludes><TableName>a</TableName><TableName>b</TableName></TableIncludes></SynchronizationObjects>", 2, ErrorKind::TooLarge, "a list of more than # items"),

    (attributes, "<Status a='1' b='2' c='3'>Failed</Status>", 3, ErrorKind::TooLarge, "a tag with more than # attributes"),
    (attributes, "<Status>Failed</Status><x><y a='1' b='2'/></x>", 2, ErrorKind::TooLarge, "a tag with more than # attributes"),

    (name, r#"{"Status": "Failed", "SynchronizationJobId": "j"}"#, 20, ErrorKind::TooLarge, "a name of more than # bytes"),
    (name, r#"{"Status": "Failed", "x": {"\u65b0字段": 1}}"#, 9, ErrorKind::TooLarge, "a name of more than # bytes"),
    (name, "<Status>Failed</Status>", 40, ErrorKind::TooLarge, "a name of more than # bytes"),
    (name, "<?xml version='1.0'?><a><Status>Failed</Status></a>", 6, ErrorKind::TooLarge, "a name of more than # bytes"),
    (name, "<?xml version='1.0'?><a><dts:Status>Failed</dts:Status></a>", 10, ErrorKind::TooLarge, "a name of more than # bytes"),
    (name, "<?xml version='1.0'?><a><Status>Failed</Status><新字段/></a>", 9, ErrorKind::TooLarge, "a name of more than # bytes"),

    (scalar, r#"{"Status": "Failed"}"#, 6, ErrorKind::TooLarge, "a text of more than # bytes"),
    (scalar, r#"{"Status": "\u0046ailed", "x": ["", 123456789]}"#, 6, ErrorKind::TooLarge, "a text of more than # bytes"),
    (scalar, r#"{"Status": "Failed", "x": ["失\u8d25!"]}"#, 7, ErrorKind::TooLarge, "a text of more than # bytes"),
    (scalar, "<Status>Failed</Status>\n          \n", 6, ErrorKind::TooLarge, "a text of more than # bytes"),
    (scalar, "<Status>Fa<!-- long -->&#105;<![CDATA[led]]></Status>", 6, ErrorKind::TooLarge, "a text of more than # bytes"),
    (scalar, "<Performance>失败!<RPS>5</RPS></Performance>", 7, ErrorKind::TooLarge, "a text of more than # bytes"),

    (number, r#"{"Delay": 1.25}"#, 4, ErrorKind::TooLarge, "a number of more than # characters"),
    (number, r#"{"Status": "Failed", "x": [-1.5e-3]}"#, 7, ErrorKind::TooLarge, "a number of more than # characters"),
    (number, r#"{"Status": "Failed", "x": [1e400, 1234567890123456789012]}"#, 22, ErrorKind::TooLarge, "a number of more than # characters"),
    (number, r#"{"Delay": 9223372036854775808, "DelayMillis": -9223372036854775808}"#, 19, ErrorKind::TooLarge, "a number of more than # characters"),
];

fn body(text: &str) -> String {
    match text.starts_with(['{', '\u{FEFF}']) || text.starts_with("<?") {
        true => text.to_owned(),
        false => document(text),
    }
}

#[test]
fn a_body_at_the_limit_is_read_and_one_beyond_it_is_refused() {
    for (limit, text, most, kind, message) in ROWS {
        let body = body(text);
        let with = |most| {
            let mut limits = Limits::default();
            *limit(&mut limits) = most;
            Decoder::new().limits(limits).decode(body.as_bytes())
        };
        with(*most).unwrap_or_else(|error| panic!("{error}: {body}"));
        let less = most - 1;
        let error = with(less).expect_err(&body);
        let expected = message.replace('#', &less.to_string());
        assert_eq!((error.kind(), error.message()), (*kind, expected.as_str()), "{body}");
        assert!(body.is_char_boundary(error.position().offset), "{body}");
    }
}

#[test]
fn the_limits_are_those_of_the_documentation() {
    let limits = Limits::default();
    let Limits { bytes, depth, nodes, items, attributes, name, scalar, number, quirks, .. } = limits;
    assert_eq!((bytes, depth, nodes, items), (16 * 1024 * 1024, 64, 1_000_000, 100_000));
    assert_eq!((attributes, name, scalar, number, quirks), (256, 1024, 1024 * 1024, 1_000, 1_000));
}

#[test]
fn any_limit_may_be_zero() {
    let mut limits = Limits::default();
    limits.quirks = 0;
    limits.items = 0;
    limits.number = 0;
    limits.attributes = 0;
    let decoder = Decoder::new().limits(limits);
    for body in [
        r#"{"Status": "failed", "Delay": 5, "PrecheckStatus": {"Detail": []}}"#,
        &document("<Status>failed</Status>"),
    ] {
        let decoded = decoder.decode(body.as_bytes()).unwrap();
        assert!(decoded.quirks.is_empty() && decoded.quirks_omitted == 1 && !decoded.is_clean());
        let error = decoded.into_strict().unwrap_err();
        assert!(error.to_string().starts_with("the body is not in the documented form"), "{error}");
    }
    for limit in [bytes, depth, nodes, name, scalar] {
        let mut limits = Limits::default();
        *limit(&mut limits) = 0;
        let decoder = Decoder::new().limits(limits);
        for body in [r#"{"Status": "Failed"}"#, &document("<Status>Failed</Status>")] {
            assert!(decoder.decode(body.as_bytes()).is_err(), "{body}");
        }
    }
}

#[test]
fn a_plain_integer_of_64_bits_is_no_long_number() {
    let mut limits = Limits::default();
    limits.number = 1;
    let body = br#"{"DelayMillis": -9223372036854775807, "Delay": 123456}"#;
    assert!(Decoder::new().limits(limits).decode(body).unwrap().is_clean());
}

#[test]
fn quirks_beyond_the_limit_are_counted() {
    let bodies = [
        r#"{"Status": "failed", "PayType": "prepaid", "Delay": "", "TaskId": " a", "Other": 1}"#.to_owned(),
        document(
            "<Status>failed</Status><PayType>prepaid</PayType><Delay/><TaskId> a</TaskId><Other>1</Other>",
        ),
    ];
    let all = [
        "value_case Status",
        "value_case PayType",
        "empty_value Delay",
        "padded TaskId",
        "unknown_field Other",
    ];
    for body in &bodies {
        for most in 0..=6 {
            let mut limits = Limits::default();
            limits.quirks = most;
            let decoded = Decoder::new().limits(limits).decode(body.as_bytes()).unwrap();
            let kept = most.min(5);
            assert_eq!(kinds_and_paths(&decoded.quirks), all[..kept]);
            assert_eq!(decoded.quirks_omitted, 5 - kept);
            // A loss is known even where its quirk is not kept.
            assert!(decoded.loses_value() && !decoded.is_clean());
            let model = support::model(&decoded.response);
            assert_eq!(model, r#"job {"task_id":"a","pay_type":"PrePaid","status":"Failed"}"#);
        }
    }
}

#[test]
fn the_message_of_strict_use_counts_all_quirks() {
    let mut limits = Limits::default();
    limits.quirks = 2;
    let body = r#"{"Status": "failed", "Delay": "", "PayType": "prepaid", "TaskId": " a"}"#;
    let refused = Decoder::new().limits(limits).decode(body.as_bytes()).unwrap().into_strict().unwrap_err();
    let expected =
        r#"the body is not in the documented form: value_case at Status (byte 1): "failed" and 3 more"#;
    assert_eq!(refused.to_string(), expected);
    assert_eq!(refused.into_decoded().quirks[0].kind, QuirkKind::ValueCase);
}

#[test]
fn json_of_this_crate_is_recognized_by_a_quirk_beyond_the_limit() {
    let mut limits = Limits::default();
    limits.quirks = 1;
    let body = r#"{"SynchronizationJobId": "dtsa", "Status": "synchronizing", "delay_seconds": 5}"#;
    let error = Decoder::new().limits(limits).decode(body.as_bytes()).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::OwnModel);
}
