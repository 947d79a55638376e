//! Tables of well-formed and malformed XML and JSON.
//!
//! Third-party suites agree with these tables; they are not part of the repository. quick-xml splits a document without
//! checking it, so each row of the XML tables tests a check of this crate.

use aliyun_dts_status::{Decoder, ErrorKind, Format};

/// Malformed as the content of an element.
const XML_CONTENT_REFUSED: &[&str] = &[
    // Characters.
    "\0",
    "\u{1}",
    "\u{B}",
    "\u{C}",
    "\u{1F}",
    "\u{FFFE}",
    "\u{FFFF}",
    // References to characters.
    "&#0;",
    "&#x0;",
    "&#1;",
    "&#11;",
    "&#x1F;",
    "&#xD800;",
    "&#xDFFF;",
    "&#xFFFE;",
    "&#xFFFF;",
    "&#x110000;",
    "&#99999999999999999999999999;",
    "&#;",
    "&#x;",
    "&#xG;",
    "&#X41;",
    "&#-65;",
    "&#+65;",
    "&# 65;",
    "&#65 ;",
    "&#6\u{FF15};",
    // References to entities.
    "&",
    "& ",
    "&&amp;",
    "&;",
    "&amp",
    "& amp;",
    "&amp ;",
    "&AMP;",
    "&nbsp;",
    "&undeclared;",
    "&1a;",
    "&a b;",
    "&<b/>;",
    // Tags.
    "<",
    "<>",
    "</>",
    "< b/>",
    "<1b/>",
    "<-b/>",
    "<.b/>",
    "<b/ >",
    "<b/c>",
    "<b&/>",
    "<b\"/>",
    "<b;/>",
    "<\u{B7}b/>",
    "<b\u{D7}/>",
    "<\u{300}b/>",
    "<b/></b>",
    "</b>",
    "<b>",
    "<b></B>",
    "<b></ b>",
    "<b></b c>",
    "<b></b c=\"d\">",
    "<b></b/>",
    "<b><c></b></c>",
    // Attributes.
    "<b c/>",
    "<b c=/>",
    "<b c=d/>",
    "<b c='d/>",
    "<b c='d\"/>",
    "<b ='d'/>",
    "<b 'd'/>",
    "<b 1c='d'/>",
    "<b c:='d' c:='e'/>",
    "<b c='d'e='f'/>",
    "<b c='d' c='e'/>",
    "<b c='d' e='f' c='d'/>",
    "<b c d='e'/>",
    "<b c='<'/>",
    "<b c='&'/>",
    "<b c='&amp'/>",
    "<b c='&undeclared;'/>",
    "<b c='&#0;'/>",
    "<b c='\u{1}'/>",
    "<b c='d' / >",
    "<b c=\u{2019}d\u{2019}/>",
    // Comments.
    "<!-->",
    "<!--->",
    "<!-- -- -->",
    "<!-- --->",
    "<!-----",
    "<!-- ",
    "<!- - -->",
    "<! -- -->",
    "<!-- \u{1} -->",
    // CDATA sections.
    "]]>",
    "x ]]> y",
    "]]]>",
    "<![CDATA[]]>]]>",
    "<![CDATA[ ]] >",
    "<![cdata[]]>",
    "<![CDATA []]>",
    "<![ CDATA[]]>",
    "<![CDATA[\u{FFFF}]]>",
    "<![INCLUDE[ ]]>",
    // Processing instructions.
    "<??>",
    "<? b?>",
    "<?1?>",
    "<?b\"c?>",
    "<?b/?>",
    "<?b>",
    "<?b \0?>",
    "<?xml?>",
    "<?xml version='1.0'?>",
    "<?XML?>",
    "<?xMl b?>",
    // Declarations.
    "<!DOCTYPE b>",
    "<!ELEMENT b ANY>",
    "<!ENTITY b 'c'>",
    "<!>",
    "<!b>",
];

/// Well-formed as the content of an element.
const XML_CONTENT_TAKEN: &[&str] = &[
    "",
    " \t\r\n",
    "\u{7F}\u{85}\u{A0}\u{FFFD}\u{10FFFF}\u{E000}\u{D7FF}",
    ">",
    "]]",
    "]] >",
    "]>",
    "\"'",
    "&lt;&gt;&amp;&apos;&quot;",
    "&#9;&#10;&#13;&#32;&#x10FFFF;&#xE000;&#xFFFD;",
    "&#0000000000000000000000000000065;",
    "<b/>",
    "<b />",
    "<b\n/>",
    "<b></b >",
    "<b></b\n\t\r >",
    "<_/>",
    "<:/>",
    "<b:c/>",
    "<b:c:d/>",
    "<b-1.2_\u{B7}/>",
    "<\u{540C}\u{6B65}/>",
    "<b><b><b/></b></b>",
    "<b c=''/>",
    "<b c=\"'\" d='\"'/>",
    "<b c = 'd'\te\n=\r\"f\" />",
    "<b c='>' d='/>' e=']]>'/>",
    "<b c='&lt;&#60;\n'/>",
    "<b xmlns='c' xmlns:d='e' d:f='' xml:lang='en'/>",
    "<!---->",
    "<!-- - -->",
    "<!-- <b> & ]]> &undeclared; <![CDATA[ <?xml?> -->",
    "<![CDATA[]]>",
    "<![CDATA[ <b> & &undeclared; ]] ]> -- <!-- ]]>",
    "<![CDATA[]]]]><![CDATA[>]]>",
    "<?b?>",
    "<?b ?>",
    "<?b <c> & ?? > -- ]]> ?>",
    "<?xml-stylesheet href='b'?>",
    "<?xmlb?>",
    "<?b:c d?>",
];

/// Malformed as whole documents.
const XML_REFUSED: &[&str] = &[
    // No root, or more than one.
    "<!-- -->",
    "<?b?>",
    "<?xml version='1.0'?>",
    "<!DOCTYPE a>",
    "<a/><a/>",
    "<a/><b/>",
    "<a></a><a></a>",
    "<TaskId>1</TaskId><Error/>",
    // Content outside the root.
    "b<a/>",
    "<a/>b",
    "<a/>\0",
    "<a/>\u{A0}",
    "<a/>]]>",
    "<a/>&amp;",
    "<a/>&#32;",
    "<a/><![CDATA[]]>",
    "<![CDATA[]]><a/>",
    "&amp;<a/>",
    "<TaskId>1</TaskId>b<Status>c</Status>",
    "<a/></a>",
    "<a/><!-- -- -->",
    "<a/><",
    // Byte order marks.
    "\u{FEFF}\u{FEFF}<a/>",
    "<a/>\u{FEFF}",
    // The XML declaration.
    " <?xml version='1.0'?><a/>",
    "\n<?xml version='1.0'?><a/>",
    "<!-- --><?xml version='1.0'?><a/>",
    "<?xml version='1.0'?><?xml version='1.0'?><a/>",
    "<a/><?xml version='1.0'?>",
    "<?xml?><a/>",
    "<?xml ?><a/>",
    "<?xml version?><a/>",
    "<?xml version=?><a/>",
    "<?xml version=1.0?><a/>",
    "<?xml version=''?><a/>",
    "<?xml version='1'?><a/>",
    "<?xml version='1.'?><a/>",
    "<?xml version='2.0'?><a/>",
    "<?xml version=' 1.0'?><a/>",
    "<?xml version='1.0a'?><a/>",
    "<?xml version='1.0\"?><a/>",
    "<?xmlversion='1.0'?><a/>",
    "<?xml Version='1.0'?><a/>",
    "<?XML version='1.0'?><a/>",
    "<?xml version='1.0'><a/>",
    "<?xml version='1.0' ? ><a/>",
    "<?xml encoding='UTF-8'?><a/>",
    "<?xml encoding='UTF-8' version='1.0'?><a/>",
    "<?xml version='1.0' version='1.0'?><a/>",
    "<?xml version='1.0'encoding='UTF-8'?><a/>",
    "<?xml version='1.0' encoding=''?><a/>",
    "<?xml version='1.0' encoding=UTF-8?><a/>",
    "<?xml version='1.0' encoding='UTF 8'?><a/>",
    "<?xml version='1.0' encoding='8-UTF'?><a/>",
    "<?xml version='1.0' ENCODING='UTF-8'?><a/>",
    "<?xml version='1.0' standalone='maybe'?><a/>",
    "<?xml version='1.0' standalone='YES'?><a/>",
    "<?xml version='1.0' standalone='yes' encoding='UTF-8'?><a/>",
    "<?xml version='1.0' encoding='UTF-8' standalone='yes' b='c'?><a/>",
    "<?xml version='1.0', encoding='UTF-8'?><a/>",
    // The bytes are not in the declared encoding.
    "<?xml version='1.0' encoding='UTF-16'?><a/>",
    "<?xml version='1.0' encoding='UTF-16LE'?><a/>",
    "<?xml version='1.0' encoding='ISO-10646-UCS-4'?><a/>",
    "<?xml version='1.0' encoding='GBK'?><a>\u{540C}</a>",
    "<?xml version='1.0' encoding='ISO-8859-1'?><a>\u{E9}</a>",
    // The document type declaration.
    "<!doctype a><a/>",
    "<!Doctype a><a/>",
    "<!DOCTYPE><a/>",
    "<!DOCTYPE ><a/>",
    "<!DOCTYPEa><a/>",
    "<!DOCTYPE 1><a/>",
    "<!DOCTYPE a b><a/>",
    "<!DOCTYPE a SYSTEM><a/>",
    "<!DOCTYPE a SYSTEM b><a/>",
    "<!DOCTYPE a SYSTEM'b'><a/>",
    "<!DOCTYPE a SYSTEM 'b\"><a/>",
    "<!DOCTYPE a system 'b'><a/>",
    "<!DOCTYPE a PUBLIC 'b'><a/>",
    "<!DOCTYPE a PUBLIC 'b''c'><a/>",
    "<!DOCTYPE a PUBLIC '<' 'c'><a/>",
    "<!DOCTYPE a 'b'><a/>",
    "<! DOCTYPE a><a/>",
    "<a/><!DOCTYPE a>",
    "<!DOCTYPE a><!DOCTYPE a><a/>",
    // Its internal subset, which is always refused.
    "<!DOCTYPE a []><a/>",
    "<!DOCTYPE a [<!ELEMENT a ANY>]><a/>",
    "<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>",
    "<!DOCTYPE a [<!ENTITY b SYSTEM 'file:///etc/passwd'>]><a>&b;</a>",
    "<!DOCTYPE a SYSTEM 'b' [ ]><a/>",
    "<!DOCTYPE a [",
    "<!DOCTYPE a [<!ENTITY % b 'c'> %b;",
    "<!DOCTYPE a [ <!-- > --> <?b > ?> ]><a/>",
    // Truncated.
    "<",
    "<a",
    "<a ",
    "<a b",
    "<a b=",
    "<a b='c",
    "<a/",
    "<a>",
    "<a><",
    "<a></",
    "<a></a",
    "<!",
    "<!-",
    "<!--",
    "<!-- -",
    "<!-- --",
    "<?",
    "<?xml",
    "<?xml version='1.0'",
    "<?xml version='1.0'?",
    "<!D",
    "<!DOCTYPE",
    "<!DOCTYPE a",
    "<!DOCTYPE a 'b",
    "<a>&",
    "<a>&#",
    "<a>&am",
    "<a>&amp;",
    "<a><!",
    "<a><![",
    "<a><![CDATA",
    "<a><![CDATA[",
    "<a><![CDATA[]]",
];

/// Well-formed as whole documents.
const XML_TAKEN: &[&str] = &[
    "<a/>",
    "<a/>\n",
    " \t\r\n<a/> \t\r\n",
    "\u{FEFF}<a/>",
    "\u{FEFF}<?xml version='1.0'?><a/>",
    "<!-- --><?b c?><a/><?b c?><!-- -->",
    "<?xml version='1.0'?><a/>",
    "<?xml version = \"1.0\" ?><a/>",
    "<?xml\nversion='1.0'\tencoding='utf-8'\r\nstandalone='no'\n?>\n<a/>",
    "<?xml version='1.0' encoding='UTF-8'?><a>\u{540C}</a>",
    "<?xml version='1.0' encoding='US-ASCII'?><a/>",
    "<?xml version='1.0' encoding='GBK'?><a/>",
    "<?xml version='1.0' standalone='yes'?><a/>",
    "<?xml version='1.1'?><a/>",
    "<!DOCTYPE a><a/>",
    "<!DOCTYPE a ><!-- --><a/>",
    "<!DOCTYPE\na\nSYSTEM\n'b>[]<'\n><a/>",
    "<!DOCTYPE a PUBLIC '-//B//C' \"d'\"><a/>",
    "<?xml version='1.0'?><!-- --><!DOCTYPE a SYSTEM \"b\"><?c?><a/>",
];

/// Malformed as a JSON value.
const JSON_VALUE_REFUSED: &[&str] = &[
    "",
    ",",
    ":",
    "'a'",
    "a",
    "True",
    "nul",
    "nulll",
    "truefalse",
    "undefined",
    "NaN",
    "-NaN",
    "Infinity",
    "-Infinity",
    "+1",
    "++1",
    "-",
    "--1",
    "- 1",
    "01",
    "-01",
    "00",
    ".5",
    "-.5",
    "1.",
    "1.e1",
    "1e",
    "1e+",
    "1e-",
    "1eE2",
    "1e1.5",
    "1.5.5",
    "1 2",
    "1_000",
    "1,000",
    "0x1F",
    "1a",
    "1\u{FF12}",
    "\u{FF11}",
    "\"",
    "\"a",
    "\"\\\"",
    "\"\\a\"",
    "\"\\x41\"",
    "\"\\'\"",
    "\"\\\n\"",
    "\"\\u\"",
    "\"\\u00\"",
    "\"\\u00G0\"",
    "\"\\U0041\"",
    "\"\0\"",
    "\"\u{1F}\"",
    "\"\t\"",
    "\"\n\"",
    "\"a\" \"b\"",
    "\"a\"b",
    "[",
    "]",
    "[1",
    "[1,",
    "[1,]",
    "[,1]",
    "[,]",
    "[1,,2]",
    "[1 2]",
    "[1:2]",
    "[1}",
    "[1]]",
    "[1;2]",
    "[(1)]",
    "{",
    "}",
    "{]",
    "{1}",
    "{\"a\"}",
    "{\"a\":}",
    "{\"a\" 1}",
    "{\"a\":1,}",
    "{,\"a\":1}",
    "{\"a\":1,,\"b\":2}",
    "{\"a\":1 \"b\":2}",
    "{\"a\"::1}",
    "{\"a\",1}",
    "{\"a\":1}}",
    "{a:1}",
    "{'a':1}",
    "{1:1}",
    "{null:1}",
    "{[]:1}",
    "// a\n1",
    "1 // a",
    "/* a */ 1",
    "# a\n1",
    "1\u{A0}",
    "1\u{FEFF}",
    "1\u{C}",
    "1\0",
    "<a/>",
    // Half a surrogate pair, which no text can hold.
    "\"\\uD800\"",
    "\"\\uDC00\"",
    "\"\\uD800\\u0041\"",
    "\"\\uD800\\uD800\"",
];

/// Well-formed as a JSON value.
const JSON_VALUE_TAKEN: &[&str] = &[
    "null",
    "true",
    " false ",
    "\t\r\n1",
    "0",
    "-0",
    "-0.0",
    "0e1",
    "0E+1",
    "1E-400",
    "1e400",
    "-1e400",
    "123456789012345678901234567890",
    "-9223372036854775809",
    "18446744073709551616",
    "0.1000000000000000055511151231257827",
    "\"\"",
    "\"\u{7F}\u{2028}\u{FEFF}\u{FFFF}\u{10FFFF}\"",
    "\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u0000\\uD83D\\uDE00\\uffff\"",
    "\"/*\"",
    "[]",
    "[ ]",
    "[1, [2], {\"3\": 4}]",
    "{}",
    "{\"\":0}",
    "{\"a\":1,\"a\":2}",
    "{ \"a\" : { \"b\" : [ ] } }",
    "{\"\\u0061\\n\":1}",
];

/// Malformed as whole JSON documents.
const JSON_REFUSED: &[&str] = &[
    "{}{}",
    "{},",
    "{};",
    "{}]",
    "{}\0",
    "{}x",
    "[][]",
    "\u{FEFF}\u{FEFF}{}",
    "{}\u{FEFF}",
    "\u{A0}{}",
    "{\"a\":\"",
    "{\"a\":tru",
    "{\"a\":1",
    "{\"a\"",
    "[1,",
    "[\"\\",
    "[\"\\u00",
    "[\"\\uD83D",
    "[\"\\uD83D\\uDE",
    "[1e",
    "[-",
];

/// Well-formed as whole JSON documents.
const JSON_TAKEN: &[&str] = &["{}", " \t\r\n{} \t\r\n", "\u{FEFF}{}", "[]", "[{}]", "{\"a\":[1]}"];

fn kind(format: Option<Format>, body: &[u8]) -> Option<ErrorKind> {
    let decoder = format.map_or_else(Decoder::new, |format| Decoder::new().format(format));
    let error = decoder.decode(body).err()?;
    assert!(error.position().offset <= body.len(), "{error} in {}", body.escape_ascii());
    assert!(error.to_string().len() < 512, "{error}");
    Some(error.kind())
}

fn is_malformed(kind: Option<ErrorKind>) -> bool {
    matches!(kind, Some(ErrorKind::Syntax | ErrorKind::Truncated | ErrorKind::Encoding))
}

/// Checks that a body of a given format is refused as malformed. With detection of the format, it may also be refused as
/// neither.
#[track_caller]
fn assert_refused(format: Format, body: &str) {
    let forced = kind(Some(format), body.as_bytes());
    assert!(is_malformed(forced), "{forced:?}: {body:?}");
    let sniffed = kind(None, body.as_bytes());
    assert!(is_malformed(sniffed) || sniffed == Some(ErrorKind::UnknownFormat), "{sniffed:?}: {body:?}");
}

/// Checks that a body is well-formed, and then refused because it is no response of any operation.
#[track_caller]
fn assert_well_formed(format: Format, body: &str) {
    for format in [Some(format), None] {
        assert_eq!(kind(format, body.as_bytes()), Some(ErrorKind::UnrecognizedBody), "{body:?}");
    }
}

/// Returns the documented sample, split inside a text and between two tags.
fn around_content() -> [(&'static str, &'static str); 2] {
    let sample = include_str!("../testdata/docs-en.xml");
    ["<TaskId>", "</TaskId>"].map(|tag| {
        let at = sample.find(tag).unwrap() + tag.len();
        sample.split_at(at)
    })
}

#[test]
fn xml_content() {
    for (before, after) in around_content() {
        for content in XML_CONTENT_REFUSED {
            assert_refused(Format::Xml, &format!("<a>{content}</a>"));
            assert_refused(Format::Xml, &format!("<a>b{content}b</a>"));
            assert_refused(Format::Xml, &format!("{before}{content}{after}"));
        }
        for content in XML_CONTENT_TAKEN {
            assert_well_formed(Format::Xml, &format!("<a>{content}</a>"));
            let body = format!("{before}{content}{after}");
            assert_eq!(kind(None, body.as_bytes()), None, "{content:?}");
        }
    }
}

#[test]
fn xml_documents() {
    for body in XML_REFUSED {
        assert_refused(Format::Xml, body);
    }
    for body in XML_TAKEN {
        assert_well_formed(Format::Xml, body);
        // Only its names show that it is no response.
        let known = body
            .replace("<a/>", "<TaskId>1</TaskId>")
            .replace("<a>", "<TaskId>")
            .replace("</a>", "</TaskId>");
        assert_eq!(kind(None, known.as_bytes()), None, "{known:?}");
    }
}

#[test]
fn json_values() {
    for value in JSON_VALUE_REFUSED {
        assert_refused(Format::Json, &format!("{{\"a\":{value}}}"));
        assert_refused(Format::Json, &format!("[{value},1]"));
        assert_refused(Format::Json, &format!("{{\"TaskId\":\"1\",\"a\":{value},\"Status\":\"Finished\"}}"));
    }
    for value in JSON_VALUE_TAKEN {
        assert_well_formed(Format::Json, &format!("{{\"a\":{value}}}"));
        assert_well_formed(Format::Json, &format!("[{value}]"));
        let body = format!("{{\"TaskId\":\"1\",\"a\":{value},\"Status\":\"Finished\"}}");
        assert_eq!(kind(None, body.as_bytes()), None, "{body}");
    }
}

#[test]
fn json_documents() {
    for body in JSON_REFUSED {
        assert_refused(Format::Json, body);
    }
    for body in JSON_TAKEN {
        assert_well_formed(Format::Json, body);
    }
    // Not an object, so not a body of the API.
    for body in JSON_VALUE_TAKEN.iter().filter(|body| !body.starts_with(['{', '['])) {
        assert_eq!(kind(Some(Format::Json), body.as_bytes()), Some(ErrorKind::UnrecognizedBody), "{body}");
        assert_eq!(kind(None, body.as_bytes()), Some(ErrorKind::UnrecognizedBody), "{body}");
    }
}

/// Bytes that are no text in any encoding.
#[test]
fn encodings() {
    let cases: &[(&[u8], ErrorKind)] = &[
        (b"{\"a\":\"\xFF\"}", ErrorKind::Encoding),
        (b"{\"a\":\"\xC0\xAF\"}", ErrorKind::Encoding),
        (b"{\"a\":\"\xED\xA0\x80\"}", ErrorKind::Encoding),
        (b"{\"a\":\"\xF4\x90\x80\x80\"}", ErrorKind::Encoding),
        (b"{\"a\":\"\xE5\x90", ErrorKind::Truncated),
        (b"<a>\x80</a>", ErrorKind::Encoding),
        (b"<\xFF/>", ErrorKind::Encoding),
        (b"<a>\xF0\x9F\x98", ErrorKind::Truncated),
        (b"\xEF\xBB{}", ErrorKind::UnknownFormat),
        (b"\xEF\xBB\xBF", ErrorKind::Empty),
        (b"\xFF\xFE", ErrorKind::Empty),
        (b"\xFF\xFE{\0", ErrorKind::Truncated),
        (b"\xFF\xFE{\0}", ErrorKind::Truncated),
        (b"\xFF\xFE{\0\0\xD8}\0", ErrorKind::Encoding),
        (b"\xFE\xFF\0{\xDC\0\0}", ErrorKind::Encoding),
        (b"\xFE\xFF\0<\0a\0/\0>", ErrorKind::UnrecognizedBody),
        (b"\xFF\xFE\xFF\xFE{\0}\0", ErrorKind::UnknownFormat),
        (b"\xFF\xFE\0\0{\0\0\0}\0\0\0", ErrorKind::Encoding),
        (b"{\0}\0", ErrorKind::Encoding),
        (b"\0{\0}", ErrorKind::Encoding),
        (b"<\0\0\0", ErrorKind::Encoding),
        (b"\x1F\x8B\x08\0", ErrorKind::UnknownFormat),
        (b"\0", ErrorKind::UnknownFormat),
        (b"\0\0\0\0", ErrorKind::UnknownFormat),
        (b"\xFF", ErrorKind::UnknownFormat),
    ];
    for (body, expected) in cases {
        assert_eq!(kind(None, body), Some(*expected), "{}", body.escape_ascii());
    }
}
