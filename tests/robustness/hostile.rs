//! Bodies that may cost a decoder more than linear time or memory, each of any size.

use std::fmt::Write as _;

use aliyun_dts_status::{Decoder, Format};

/// A kind of body: its name, and a function that makes one of about this many bytes.
pub(crate) type Kind = (&'static str, fn(usize) -> Vec<u8>);

/// Every kind that is known to be costly for some decoder.
pub(crate) const KINDS: &[Kind] = &[
    // JSON: many values.
    ("json-zeros", |bytes| in_json_object(bytes, |size| lists("0", size))),
    ("json-floats", |bytes| in_json_object(bytes, |size| lists("0.5", size))),
    ("json-empty-lists", |bytes| in_json_object(bytes, |size| lists("[]", size))),
    ("json-empty-objects", |bytes| in_json_object(bytes, |size| lists("{}", size))),
    ("json-deep", |bytes| {
        let one = format!("{}0{}", r#"{"a":["#.repeat(29), "]}".repeat(29));
        in_json_object(bytes, |size| lists(&one, size))
    }),
    ("json-unknown-fields", |bytes| in_json(bytes, |index, text| write!(text, r#""a{index}":0"#).unwrap())),
    ("json-same-unknown-field", |bytes| in_json(bytes, |_, text| text.push_str(r#""a":0"#))),
    ("json-long-names", |bytes| {
        let name = "n".repeat(1000);
        in_json(bytes, |_, text| write!(text, r#""{name}":0"#).unwrap())
    }),
    ("json-field-cases", |bytes| {
        in_json(bytes, |index, text| {
            write!(text, r#""{}":{{}}"#, cased("SynchronizationObjects", index)).unwrap();
        })
    }),
    ("json-other-names", |bytes| in_json(bytes, |_, text| text.push_str(r#""status":0"#))),
    // JSON: duplicates.
    ("json-duplicates", |bytes| in_json(bytes, |_, text| text.push_str(r#""TaskId":"a""#))),
    ("json-unreadable-duplicates", |bytes| in_json(bytes, |_, text| text.push_str(r#""Delay":"1,0""#))),
    ("json-fallbacks", |bytes| {
        let names = joined(bytes, |_, text| text.push_str(r#""Message":"a""#));
        format!(r#"{{"Status":"a",{names},"ErrMessage":"a"}}"#).into()
    }),
    ("json-fallbacks-alone", |bytes| in_json(bytes, |_, text| text.push_str(r#""message":"a""#))),
    ("json-repeated-empty-lists", |bytes| in_json(bytes, |_, text| text.push_str(r#""Status":[]"#))),
    ("json-envelopes", |bytes| in_json(bytes, |_, text| text.push_str(r#""body":{"Status":"a"}"#))),
    ("json-envelopes-in-words", |bytes| {
        in_json(bytes, |_, text| text.push_str(r#""_bo-dy":{"Status":"a"}"#))
    }),
    ("json-dump-of-text", |bytes| {
        let text = joined(bytes, |_, text| text.push_str(r#"\"Delay\":0.5"#));
        format!(r#"{{"statusCode":200,"body":"{{{text}}}"}}"#).into()
    }),
    ("json-after-heads", |bytes| {
        format!("{}{{\"Delay\":0.5}}", "HTTP/1.1 200 OK\n\n".repeat(bytes / 17)).into()
    }),
    ("json-duplicate-nested-lists", |bytes| {
        let list = joined(bytes / 4, |_, text| text.push_str(r#"{"ItemName":"a","ItemName":"a"}"#));
        let record = format!(r#""PrecheckStatus":{{"Detail":[{list}],"Detail":[{list}]}}"#);
        format!("{{{record},{record}}}").into()
    }),
    ("json-duplicate-lists", |bytes| {
        in_json(bytes, |_, text| text.push_str(r#""SynchronizationObjects":[0]"#))
    }),
    ("json-duplicate-records", |bytes| in_json(bytes, |_, text| text.push_str(r#""Performance":[{},0]"#))),
    ("json-duplicate-details", |bytes| {
        let long = "a".repeat((bytes / 2).min(1 << 20));
        let inside = joined(bytes / 2, |_, text| text.push_str(r#""a":0"#));
        format!(r#"{{"Code":"c","AccessDeniedDetail":{{"a":"{long}",{inside}}}}}"#).into()
    }),
    ("json-many-details", |bytes| {
        let inside = joined(bytes, |index, text| write!(text, r#""a{index}":0"#).unwrap());
        format!(r#"{{"Code":"c","AccessDeniedDetail":{{{inside}}}}}"#).into()
    }),
    // JSON: lists of the response.
    ("json-names", |bytes| tables(bytes, "\"a\"")),
    ("json-number-names", |bytes| tables(bytes, "1")),
    ("json-no-names", |bytes| tables(bytes, "{}")),
    ("json-one-name-then-none", |bytes| {
        let mut list = vec!["{}"; 50_000];
        list[0] = "\"a\"";
        let list = list.join(",");
        let objects = joined(bytes, |_, text| write!(text, r#"{{"TableIncludes":[{list}]}}"#).unwrap());
        format!(r#"{{"SynchronizationObjects":[{objects}]}}"#).into()
    }),
    ("json-no-items", |bytes| {
        let list = joined(bytes / 2, |_, text| text.push('0'));
        format!(r#"{{"Delay":0.5,"PrecheckStatus":{{"Detail":[{list}]}},"SynchronizationObjects":[{list}]}}"#)
            .into()
    }),
    ("json-small-items", |bytes| {
        let list = joined(bytes, |_, text| text.push_str(r#"{"ItemName":1}"#));
        format!(r#"{{"PrecheckStatus":{{"Detail":[{list}]}}}}"#).into()
    }),
    ("json-small-objects", |bytes| {
        let list = joined(bytes, |_, text| text.push_str(r#"{"TableIncludes":1}"#));
        format!(r#"{{"SynchronizationObjects":[{list}]}}"#).into()
    }),
    ("json-wrappers", |bytes| {
        let list = joined(bytes, |_, text| text.push_str(r#"{"CheckItem":[{"ItemName":"a"}]}"#));
        format!(r#"{{"PrecheckStatus":{{"Detail":[{list}]}}}}"#).into()
    }),
    ("json-strange-wrapper", |bytes| {
        let inside = joined(bytes, |index, text| write!(text, r#""a{index}":0"#).unwrap());
        format!(r#"{{"PrecheckStatus":{{"Detail":{{"CheckItem":[],{inside}}}}}}}"#).into()
    }),
    ("json-names-in-names", |bytes| {
        let one = format!("{}0{}", r#"{"TableName":["#.repeat(25), "]}".repeat(25));
        let list = joined(bytes, |_, text| text.push_str(&one));
        format!(r#"{{"SynchronizationObjects":[{{"TableIncludes":[{list}]}}]}}"#).into()
    }),
    // JSON: long texts.
    ("json-blanks", |bytes| format!(r#"{{"TaskId":"a"{}}}"#, " \n".repeat(bytes / 2)).into()),
    ("json-escapes", |bytes| {
        in_json(bytes, |_, text| write!(text, r#""TaskId":"{}""#, r"\u4e2d".repeat(1000)).unwrap())
    }),
    ("json-short-escapes", |bytes| in_json(bytes, |_, text| text.push_str(r#""a":"\n""#))),
    ("json-escaped-names", |bytes| in_json(bytes, |_, text| text.push_str(r#""\u0053tatus":0.5"#))),
    ("json-long-escape", |bytes| format!(r#"{{"TaskId":"{}"}}"#, r"\n".repeat(bytes / 2)).into()),
    ("json-long-text", |bytes| format!(r#"{{"TaskId":"{}"}}"#, "a".repeat(bytes)).into()),
    ("json-padded-texts", |bytes| {
        let text = format!("{}a", " ".repeat(1 << 16));
        in_json(bytes, |_, out| write!(out, r#""Delay":"{text}""#).unwrap())
    }),
    ("json-long-times", |bytes| {
        let time = format!("2021-01-01T{}", "0".repeat(1 << 16));
        in_json(bytes, |_, out| write!(out, r#""ExpireTime":"{time}""#).unwrap())
    }),
    ("json-long-number-texts", |bytes| {
        let number = format!("0.{}1", "0".repeat(1 << 16));
        in_json(bytes, |index, out| {
            let name = ["Delay", "Checkpoint", "DelayMillis"][index % 3];
            write!(out, r#""{name}":"{number}","Performance":{{"RPS":"{number}x"}}"#).unwrap();
        })
    }),
    // JSON: numbers.
    ("json-long-numbers", |bytes| {
        let number = format!("0.{}1", "0".repeat(990));
        in_json(bytes, |_, text| write!(text, r#""Delay":{number}"#).unwrap())
    }),
    ("json-longest-number", |bytes| format!(r#"{{"Delay":0.{}}}"#, "1".repeat(bytes)).into()),
    ("json-longest-whole-number", |bytes| format!(r#"{{"Delay":{}}}"#, "1".repeat(bytes)).into()),
    ("json-longest-exponent", |bytes| format!(r#"{{"Delay":1e-{}}}"#, "1".repeat(bytes)).into()),
    ("json-numbers-out-of-range", |bytes| in_json_object(bytes, |size| lists("1e400", size))),
    ("json-zeros-and-one-out-of-range", |bytes| format!("[1e400,{}]", lists("0", bytes)).into()),
    ("json-open-lists-and-one-out-of-range", |bytes| format!("[1e400,{}", "[".repeat(bytes)).into()),
    ("json-number-quirks-and-a-tail", |bytes| {
        let numbers = vec![r#""Delay":0.5"#; 1000].join(",");
        format!(r#"{{{numbers},"a":"{}"}}"#, "a".repeat(bytes.min(1 << 20))).into()
    }),
    // JSON: errors, whose position is computed.
    ("json-open-lists", |bytes| "[".repeat(bytes).into()),
    ("json-open-objects", |bytes| r#"{"a":"#.repeat(bytes / 5).into()),
    ("json-open-text", |bytes| format!("{{\"a\":\"{}", "\\\"".repeat(bytes / 2)).into()),
    ("json-late-error", |bytes| format!("{{{}x", "\n".repeat(bytes)).into()),
    ("json-late-error-in-a-line", |bytes| format!("{{{}x", "\u{540C}".repeat(bytes / 3)).into()),
    ("json-marks", |bytes| "\u{FEFF}".repeat(bytes / 3).into()),
    ("json-utf-16", |bytes| {
        let unit = format!(r#""TaskId":"{}""#, "\u{540C}".repeat(20));
        utf_16(&String::from_utf8(in_json(bytes / 2, |_, text| text.push_str(&unit))).unwrap())
    }),
    // XML: many elements.
    ("xml-elements", |bytes| in_xml(bytes, "<a/>")),
    ("xml-pairs", |bytes| in_xml(bytes, "<a></a>")),
    ("xml-deep", |bytes| in_xml(bytes, &format!("{}{}", "<a>".repeat(62), "</a>".repeat(62)))),
    ("xml-rootless", |bytes| "<TaskId/>".repeat(bytes / 9).into()),
    ("xml-second-root", |bytes| "<a/>".repeat(bytes / 4).into()),
    ("xml-duplicates", |bytes| in_xml(bytes, "<TaskId>a</TaskId>")),
    ("xml-unreadable-duplicates", |bytes| in_xml(bytes, "<Delay>1,0</Delay>")),
    ("xml-field-cases", |bytes| {
        let list: String = (0..bytes / 60)
            .map(|index| format!("<{0}><a/></{0}>", cased("SynchronizationObjects", index)))
            .collect();
        in_xml(bytes, &list)
    }),
    ("xml-prefixes", |bytes| {
        let prefix = "p".repeat(1000);
        in_xml(bytes, &format!("<{prefix}:status/>"))
    }),
    // XML: lists of the response.
    ("xml-items-then-none", |bytes| {
        let items = "<Detail><ItemName>a</ItemName></Detail>".repeat(32);
        let rest = "<Detail><a/></Detail>".repeat(bytes / 21);
        format!("<{ROOT}><PrecheckStatus>{items}{rest}</PrecheckStatus></{ROOT}>").into()
    }),
    ("xml-items-then-empty", |bytes| {
        let items = "<Detail><ItemName>a</ItemName></Detail>".repeat(32);
        let rest = "<Detail/>".repeat(bytes / 9);
        format!("<{ROOT}><PrecheckStatus>{items}{rest}</PrecheckStatus></{ROOT}>").into()
    }),
    ("xml-items-in-all-cases", |bytes| {
        let items = "<SchemaName>a</SchemaName>";
        let items = format!("<SynchronizationObjects>{items}</SynchronizationObjects>").repeat(32);
        let rest: String = (0..bytes / 60)
            .map(|index| format!("<{0}><a/></{0}>", cased("SynchronizationObjects", index)))
            .collect();
        format!("<{ROOT}>{items}{rest}</{ROOT}>").into()
    }),
    ("xml-small-items", |bytes| {
        let items = "<Detail><ItemName>a</ItemName></Detail>".repeat(bytes / 39);
        format!("<{ROOT}><PrecheckStatus>{items}</PrecheckStatus></{ROOT}>").into()
    }),
    ("xml-names", |bytes| {
        let names = "<TableName>a</TableName>".repeat(bytes / 24);
        objects(&format!("<TableIncludes>{names}</TableIncludes>"))
    }),
    ("xml-names-in-names", |bytes| {
        let one = format!("{}{}", "<TableName><TableName/>".repeat(58), "</TableName>".repeat(58));
        objects(&format!("<TableIncludes>{}</TableIncludes>", one.repeat(bytes / one.len())))
    }),
    ("xml-repeated-names", |bytes| objects(&"<TableIncludes>a</TableIncludes>".repeat(bytes / 32))),
    ("xml-many-names", |bytes| {
        let names = "<TableIncludes>a</TableIncludes>".repeat(40);
        let unit = format!("<SynchronizationObjects>{names}</SynchronizationObjects>");
        in_xml(bytes, &unit)
    }),
    // XML: text in pieces.
    ("xml-loose-text", |bytes| in_xml(bytes, "a<b/>")),
    ("xml-loose-text-in-a-record", |bytes| {
        format!("<{ROOT}><SourceEndpoint>{}</SourceEndpoint></{ROOT}>", "a<b/>".repeat(bytes / 5)).into()
    }),
    ("xml-loose-names", |bytes| {
        objects(&format!("<TableIncludes>{}</TableIncludes>", "a<TableName/>".repeat(bytes / 13)))
    }),
    ("xml-references", |bytes| in_element(bytes, "&#x4e2d;&amp;")),
    ("xml-many-references", |bytes| in_xml(bytes, "<TaskId>&lt;</TaskId>")),
    ("xml-long-references", |bytes| in_element(bytes, &format!("&#{}65;", "0".repeat(1000)))),
    ("xml-longest-reference", |bytes| format!("<a>&#{}65;</a>", "0".repeat(bytes)).into()),
    ("xml-longest-entity", |bytes| format!("<a>&{};</a>", "a".repeat(bytes)).into()),
    ("xml-cdata", |bytes| in_element(bytes, "<![CDATA[a]]>")),
    ("xml-comments", |bytes| in_element(bytes, "<!---->")),
    ("xml-comments-between-texts", |bytes| in_element(bytes, "a <!-- b --> ")),
    ("xml-comments-and-blanks", |bytes| in_element(bytes, " <!---->")),
    ("xml-instructions", |bytes| in_element(bytes, "<?a?>")),
    ("xml-comments-outside", |bytes| format!("{}<a/>{0}", "<!-- -->\n".repeat(bytes / 18)).into()),
    ("xml-brackets", |bytes| format!("<a>{}<!--]]>--></a>", "]]".repeat(bytes / 2)).into()),
    ("xml-bracket-texts", |bytes| in_xml(bytes, "<a>]]</a><!--]]>-->")),
    ("xml-long-comment", |bytes| format!("<a><!--{}--></a>", "- > ".repeat(bytes / 4)).into()),
    ("xml-long-cdata", |bytes| format!("<a><![CDATA[{}]]></a>", "]> ]] ".repeat(bytes / 6)).into()),
    ("xml-long-text", |bytes| format!("<a>{}</a>", "\u{540C}".repeat(bytes / 3)).into()),
    ("xml-full-width-text", |bytes| format!("<a>{}</a>", "\u{FF1A}".repeat(bytes / 3)).into()),
    ("xml-long-loose-text", |bytes| format!("<a>&lt;{}<b/></a>", "b".repeat(bytes)).into()),
    ("xml-blanks", |bytes| format!("<a>{}</a>", " \n".repeat(bytes / 2)).into()),
    ("xml-blanks-between", |bytes| in_xml(bytes, "<a/>\n                                ")),
    // XML: attributes.
    ("xml-attributes", |bytes| in_xml(bytes, "<a b=''/>")),
    ("xml-attributes-of-fields", |bytes| {
        let list: String = (0..bytes / 30)
            .map(|index| format!("<{} a=''/>", cased("SynchronizationObjects", index)))
            .collect();
        in_xml(bytes, &list)
    }),
    ("xml-many-attributes", |bytes| {
        let many: String = (0..256).map(|index| format!(" a{index}=''")).collect();
        in_xml(bytes, &format!("<TaskId{many}/>"))
    }),
    ("xml-too-many-attributes", |bytes| {
        let many: String = (0..bytes / 10).map(|index| format!(" a{index}=''")).collect();
        format!("<a{many}/>").into()
    }),
    ("xml-long-attribute", |bytes| {
        format!("<{ROOT} a='{}'><TaskId>a</TaskId></{ROOT}>", "&lt;>".repeat(bytes / 5)).into()
    }),
    ("xml-long-attribute-blanks", |bytes| format!("<a{}b='c'/>", "\n".repeat(bytes)).into()),
    ("xml-attribute-quirks", |bytes| {
        let unit = format!("<TaskId a='{}'><b/></TaskId>", ">".repeat(1000));
        in_xml(bytes, &unit)
    }),
    ("xml-attribute-ampersands", |bytes| format!("<a b='{}'/>", "&".repeat(bytes)).into()),
    ("xml-long-attribute-name", |bytes| format!("<a {}='b'/>", "b".repeat(bytes)).into()),
    // XML: elements without an end tag, and end tags without an element.
    ("xml-open-elements", |bytes| "<a>".repeat(bytes / 3).into()),
    ("xml-open-tag", |bytes| format!("<a{}", "<a".repeat(bytes / 2)).into()),
    ("xml-open-attribute", |bytes| format!("<a b='{}", "<a b=\"".repeat(bytes / 6)).into()),
    ("xml-open-comment", |bytes| format!("<a>{}", "<!-- ->".repeat(bytes / 7)).into()),
    ("xml-open-cdata", |bytes| format!("<a>{}", "<![CDATA[]>".repeat(bytes / 11)).into()),
    ("xml-open-instruction", |bytes| format!("<a>{}", "<?a >".repeat(bytes / 5)).into()),
    ("xml-open-doctype", |bytes| format!("<!DOCTYPE a [{}", "<!b <!-- <? ".repeat(bytes / 12)).into()),
    ("xml-entity-declarations", |bytes| {
        format!("<!DOCTYPE a [{}]><a/>", "<!ENTITY b '>'>".repeat(bytes / 15)).into()
    }),
    ("xml-long-doctype", |bytes| {
        format!("<!DOCTYPE a SYSTEM '{}'><{ROOT}><TaskId>a</TaskId></{ROOT}>", "[<".repeat(bytes / 2)).into()
    }),
    ("xml-ampersands", |bytes| format!("<a>{}</a>", "&".repeat(bytes)).into()),
    ("xml-open-reference", |bytes| format!("<a>&{}", "a".repeat(bytes)).into()),
    ("xml-long-end-tag", |bytes| format!("<a></{}>", "b".repeat(bytes)).into()),
    ("xml-long-name", |bytes| format!("<{}/>", "b".repeat(bytes)).into()),
    ("xml-long-encoding", |bytes| {
        format!("<?xml version='1.0' encoding='{}'?><a>\u{540C}</a>", "a".repeat(bytes)).into()
    }),
    ("xml-late-error", |bytes| format!("<a>{}&</a>", "\n".repeat(bytes)).into()),
    ("xml-late-character", |bytes| format!("<a>{}\u{FFFF}</a>", "\u{FF1A}".repeat(bytes / 3)).into()),
    ("xml-utf-16", |bytes| {
        utf_16(&String::from_utf8(in_xml(bytes / 2, "<TaskId>\u{540C}\u{540C}\u{540C}</TaskId>")).unwrap())
    }),
    // Neither XML nor JSON.
    ("html-comments", |bytes| "<!-- -->".repeat(bytes / 8).into()),
    ("blanks", |bytes| " ".repeat(bytes).into()),
    ("zeros", |bytes| vec![0; bytes]),
    ("bad-utf-8", |bytes| {
        let mut body = vec![b'{'; bytes];
        body.extend(b"\xFF");
        body
    }),
];

/// Returns the decoder for a kind.
pub(crate) fn decoder(kind: &str) -> Decoder {
    match kind.split_once('-') {
        Some(("json", _)) => Decoder::new().format(Format::Json),
        Some(("xml", _)) => Decoder::new().format(Format::Xml),
        _ => Decoder::new(),
    }
}

const ROOT: &str = "DescribeSynchronizationJobStatusResponse";

/// Returns pieces with commas between them, of about this many bytes.
fn joined(bytes: usize, mut piece: impl FnMut(usize, &mut String)) -> String {
    let mut text = String::new();
    let mut index = 0;
    while text.len() < bytes {
        if index > 0 {
            text.push(',');
        }
        piece(index, &mut text);
        index += 1;
    }
    text
}

/// Returns an object of these members.
fn in_json(bytes: usize, member: impl FnMut(usize, &mut String)) -> Vec<u8> {
    format!("{{{}}}", joined(bytes, member)).into()
}

/// Returns a response with one more member, and a number whose spelling is looked up in the body.
fn in_json_object(bytes: usize, value: impl FnOnce(usize) -> String) -> Vec<u8> {
    format!(r#"{{"Delay":0.5,"b":{}}}"#, value(bytes)).into()
}

/// Returns lists of lists of one value: each list is short, all together are long.
fn lists(value: &str, bytes: usize) -> String {
    let list = vec![value; 1000].join(",");
    format!("[{}]", joined(bytes, |_, text| write!(text, "[{list}]").unwrap()))
}

/// Returns objects, each with a long list of tables of these names.
fn tables(bytes: usize, name: &str) -> Vec<u8> {
    let list = vec![name; 50_000].join(",");
    let objects = joined(bytes, |_, text| write!(text, r#"{{"TableIncludes":[{list}]}}"#).unwrap());
    format!(r#"{{"Delay":0.5,"SynchronizationObjects":[{objects}]}}"#).into()
}

/// Returns a response of these elements.
fn in_xml(bytes: usize, element: &str) -> Vec<u8> {
    format!("<{ROOT}><Status>a</Status>{}</{ROOT}>", element.repeat((bytes / element.len()).max(1))).into()
}

/// Returns a response that repeats one element, whose content is as long as a text may be.
fn in_element(bytes: usize, content: &str) -> Vec<u8> {
    let content = content.repeat(bytes.min(1 << 20) / content.len());
    in_xml(bytes, &format!("<TaskId>{content}</TaskId>"))
}

/// Returns a response with one object.
fn objects(inside: &str) -> Vec<u8> {
    format!("<{ROOT}><SynchronizationObjects>{inside}</SynchronizationObjects></{ROOT}>").into()
}

/// Returns a name in one of its many letter cases.
fn cased(name: &str, index: usize) -> String {
    name.char_indices()
        .map(
            |(place, c)| {
                if index >> place & 1 == 1 { c.to_ascii_uppercase() } else { c.to_ascii_lowercase() }
            },
        )
        .collect()
}

fn utf_16(text: &str) -> Vec<u8> {
    [0xFEFF].into_iter().chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect()
}
