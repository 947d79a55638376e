//! Every kind of error: its whole sentence, its position, and its excerpt of the body.

mod support;

use std::error::Error as _;

use aliyun_dts_status::{Decoder, ErrorKind, Format, Limits, decode};

/// A body that cannot be decoded, and its error.
struct Row {
    kind: ErrorKind,
    body: Vec<u8>,
    decoder: Decoder,
    sentence: &'static str,
    offset: usize,
}

fn row(kind: ErrorKind, body: impl Into<Vec<u8>>, sentence: &'static str, offset: usize) -> Row {
    Row { kind, body: body.into(), decoder: Decoder::new(), sentence, offset }
}

impl Row {
    fn limits(self, set: impl FnOnce(&mut Limits)) -> Self {
        let mut limits = Limits::default();
        set(&mut limits);
        Row { decoder: self.decoder.limits(limits), ..self }
    }

    fn format(self, format: Format) -> Self {
        Row { decoder: self.decoder.format(format), ..self }
    }
}

fn utf16(text: &str, unit: fn(u16) -> [u8; 2]) -> Vec<u8> {
    "\u{FEFF}".encode_utf16().chain(text.encode_utf16()).flat_map(unit).collect()
}

#[rustfmt::skip]
#[allow(clippy::too_many_lines, reason = "a table")]
fn rows() -> Vec<Row> {
    use ErrorKind::*;
    let le = |text| utf16(text, u16::to_le_bytes);
    let be = |text| utf16(text, u16::to_be_bytes);
    let job = support::document;
    vec![
        row(Empty, "", "the body is empty at line 1, column 1", 0),
        row(Empty, " \r\n\t", "the body is empty at line 2, column 2", 4),
        row(Empty, "\u{FEFF}\n", "the body is empty at line 2, column 1", 4),
        row(Empty, le(""), "the body is empty at line 1, column 2", 2),
        row(Empty, le("\n "), "the body is empty at line 2, column 2", 6),

        row(UnknownFormat, "\"\n", "the body is neither XML nor JSON at line 1, column 1", 0),
        row(UnknownFormat, "upstream connect error or disconnect/reset before headers", "the body is neither XML nor JSON at line 1, column 1", 0),
        row(UnknownFormat, "\u{FEFF}  502 Bad Gateway", "the body is neither XML nor JSON at line 1, column 4", 5),
        row(UnknownFormat, be("同步"), "the body is neither XML nor JSON at line 1, column 2", 2),
        row(UnknownFormat, "12 upstream errors", "the body is neither XML nor JSON at line 1, column 1", 0),
        row(UnknownFormat, "ERROR: SDK.ServerError\nErrorCode: Throttling.User\nRecommend: https://error-center.aliyun.com/\nRequestId: 7D2F\nMessage: Request was denied due to user flow control.\n", "an error of the vendor's command, Throttling.User: Request was denied due to user flow control at line 1, column 1", 0),
        row(UnknownFormat, "\nSDK.ServerError\nErrorCode: Forbidden\n", "an error of the vendor's command, Forbidden at line 2, column 1", 1),
        row(UnknownFormat, "ERROR: SDK.ClientError", "an error of the vendor's command, SDK.ClientError at line 1, column 1", 0),
        row(UnknownFormat, "HTTP/1.1 502 Bad Gateway\r\n\r\nupstream", "the body is neither XML nor JSON at line 3, column 1", 28),
        row(UnknownFormat, b"HTTP/1.1 200 OK\r\n\r\n\x1F\x8B\x08".as_slice(), "the body is compressed with gzip at line 3, column 1", 19),
        row(Truncated, "HTTP/1.1 502 Bad Gateway\r\nServer: x\r\nupstream connect error: reset\n", "the body ends inside its HTTP head at line 4, column 1", 67),
        row(UnknownFormat, b"HTTP/1.1 502 Bad Gateway\n\n\xFF".as_slice(), "the body is neither XML nor JSON at line 3, column 1", 26),
        row(Empty, "HTTP/1.1 503 Service Unavailable\r\nRetry-After: 5\r\n\r\n", "the body is empty at line 4, column 1", 52),
        row(Truncated, "HTTP/1.1 503 Service Unavailable\r\nRetry-After: 5\r\n", "the body ends inside its HTTP head at line 3, column 1", 50),
        row(Truncated, "HTTP/1.1 200 OK\r\nDate: x\r\nContent-Le", "the body ends inside its HTTP head at line 3, column 11", 36),
        row(Truncated, "\nHTTP/1.1 200", "the body ends inside its HTTP head at line 2, column 13", 13),
        row(Encoding, b"HTTP/1.1 200 OK\nServer: caf\xE9\n\n{}".as_slice(), "the HTTP head is not UTF-8 at line 2, column 12", 27),
        row(Encoding, b"HTTP/1.1 503 \xB7\n\n{}".as_slice(), "the HTTP head is not UTF-8 at line 1, column 14", 13),
        row(Html, "HTTP/1.1 302 Found\n\n<html/>", "the body is a web page at line 3, column 1", 20),
        row(Empty, r#"{"statusCode": 503, "body": ""}"#, "the body is empty at line 1, column 21", 20),
        row(Empty, r#"{"headers": {}, "statusCode": 503, "body": null}"#, "the body is empty at line 1, column 36", 35),
        row(UnrecognizedBody, r#"{"headers": {}, "body": [{"Delay": 1}]}"#, "the body is JSON, but a list at line 1, column 17", 16),
        row(UnrecognizedBody, r#"{"headers": {}, "body": 5}"#, "the body is JSON, but not an object at line 1, column 17", 16),
        row(UnrecognizedBody, r#"{"body": 5}"#, "nothing in the body is known at line 1, column 1", 0),
        row(UnrecognizedBody, r#"{"body": null}"#, "nothing in the body is known at line 1, column 1", 0),
        row(Html, r#"{"body": "<html></html>"}"#, "the body is a web page at line 1, column 2", 1),
        row(UnrecognizedBody, r#"{"body": "{\"body\": \"{}\"}"}"#, "a dump inside the text of a dump at line 1, column 2", 1),

        row(UnrecognizedBody, r#""text""#, "the body is JSON, but a string at line 1, column 1", 0),
        row(UnrecognizedBody, " null\n", "the body is JSON, but not an object at line 1, column 1", 0),
        row(UnrecognizedBody, "true", "the body is JSON, but not an object at line 1, column 1", 0),
        row(UnrecognizedBody, "-12", "the body is JSON, but not an object at line 1, column 1", 0),
        row(UnrecognizedBody, r#"{"Code": "200", "Message": "success", "RequestId": "r"}"#, "the body says success and nothing else at line 1, column 1", 0),
        row(UnrecognizedBody, r#"{"code": 0, "Other": 1}"#, "the body says success and nothing else at line 1, column 1", 0),
        row(UnrecognizedBody, r#"{"Code": "x", "Success": true}"#, "the body says success and nothing else at line 1, column 1", 0),
        row(UnrecognizedBody, r#"{"Code": "x", "HttpStatusCode": 200}"#, "the body says success and nothing else at line 1, column 1", 0),
        row(UnrecognizedBody, "<Error><Code>OK</Code><Message>m</Message></Error>", "the body says success and nothing else at line 1, column 1", 0),
        row(UnrecognizedBody, r#"{"Code": 200, "RequestId": "r", "Code": "Throttling"}"#, "one code of the body says success, and another does not at line 1, column 1", 0),
        row(UnrecognizedBody, "<Error><Code>ok</Code><Code>Throttling</Code><Message>m</Message></Error>", "one code of the body says success, and another does not at line 1, column 1", 0),
        row(UnrecognizedBody, "<Error><Status>Synchronizing</Status></Error>", "the fields of a job in the root of an error at line 1, column 1", 0),

        row(OwnModel, r#"{"status": "Synchronizing", "job_id": "dtsa"}"#, "JSON that this crate wrote, to be read with serde, not an answer of the API: it has `job_id` at line 1, column 29", 28),
        row(OwnModel, r#"{"verdict": "Healthy"}"#, "JSON that this crate wrote, to be read with serde, not an answer of the API: it has `verdict` at line 1, column 2", 1),
        row(OwnModel, r#"{"SynchronizationJobId": "dtsa", "delay_seconds": 5}"#, "JSON that this crate wrote, to be read with serde, not an answer of the API: it has `delay_seconds` at line 1, column 34", 33),
        row(UnknownFormat, b"\x1F\x8B\x08\0\0".as_slice(), "the body is compressed with gzip at line 1, column 1", 0),
        row(UnknownFormat, b"\x89PNG\r\n\x1A\n".as_slice(), "the body is neither XML nor JSON at line 1, column 1", 0),
        row(UnknownFormat, b"502 \xFF".as_slice(), "the body is neither XML nor JSON at line 1, column 1", 0),

        row(Html, "<html><body>502 Bad Gateway</body></html>", "the body is a web page at line 1, column 1", 0),
        row(Html, "\n<!DOCTYPE html>\n<html lang=\"zh\">", "the body is a web page at line 2, column 1", 1),
        row(Html, "<?xml version=\"1.0\"?>\n<!-- proxy --><HTML xmlns=\"http://www.w3.org/1999/xhtml\"/>", "the body is a web page at line 1, column 1", 0),
        row(Html, r#"<!DOCTYPE HTML PUBLIC "-//IETF//DTD HTML 2.0//EN">"#, "the body is a web page at line 1, column 1", 0),
        row(Html, r#"<h:html xmlns:h="http://www.w3.org/1999/xhtml"/>"#, "the body is a web page at line 1, column 1", 0),
        row(Html, "<!-- x --><?p?><!DOCTYPE HtMl><x/>", "the body is a web page at line 1, column 1", 0),
        row(Html, b"<html><title>\xB4\xED\xCE\xF3</title></html>".as_slice(), "the body is a web page at line 1, column 1", 0),
        row(Html, "<body><h1>502 Bad Gateway</h1><code>x</code></body>", "the body is a web page at line 1, column 1", 0),
        row(Html, "<HEAD><title>x</title></HEAD>", "the body is a web page at line 1, column 1", 0),
        row(Html, "<x:body xmlns:x='y'><Other/></x:body>", "the body is a web page at line 1, column 1", 0),
        row(Html, le("\n<html>同步</html>"), "the body is a web page at line 2, column 1", 4),
        row(Html, "<html></html>", "the body is a web page at line 1, column 1", 0).format(Format::Json),

        row(Encoding, b"{\"Status\": \"\xCD\xAC\xB2\xBD\"}".as_slice(), "the body is not UTF-8 at line 1, column 14", 14),
        row(Encoding, b"<a>\n  <b>\xFF</b></a>".as_slice(), "the body is not UTF-8 at line 2, column 6", 9),
        row(Encoding, b"<\0a\0/\0>\0".as_slice(), "the body is UTF-16 without a byte order mark, which is not read at line 1, column 1", 0),
        row(Encoding, b"\0{\0}".as_slice(), "the body is UTF-16 without a byte order mark, which is not read at line 1, column 1", 0),
        row(Encoding, b"\xFF\xFE\0\0<\0\0\0".as_slice(), "the body is UTF-32, which is not read at line 1, column 1", 0),
        row(Encoding, b"\0\0\0<".as_slice(), "the body is UTF-32, which is not read at line 1, column 1", 0),
        row(Encoding, [le("{\n\"Status\": \""), vec![0, 0xDC, b'"', 0]].concat(), "the body is not well-formed UTF-16 at line 2, column 12", 28),
        row(Encoding, r#"<?xml version="1.0" encoding="GBK"?><a>同步</a>"#, "the body declares the encoding GBK, but is not written in it at line 1, column 1", 0),
        row(Encoding, r#"<?xml version="1.0" encoding="UTF-7"?><a/>"#, "the body declares the encoding UTF-7, which is not read at line 1, column 1", 0),
        row(Encoding, r#"<?xml version="1.0" encoding="UTF-16"?><a/>"#, "the body declares the encoding UTF-16, but is not written in it at line 1, column 1", 0),

        row(Syntax, r#"{"Status": Synchronizing}"#, "not well-formed JSON: expected value at line 1, column 12", 11),
        row(Syntax, r#"{"Status": "a",}"#, "not well-formed JSON: trailing comma at line 1, column 16", 15),
        row(Syntax, "{'Status': 'a'}", "not well-formed JSON: key must be a string at line 1, column 2", 1),
        row(Syntax, "{\n  \"同步\": 1,\n  \"同步\" 2}", "not well-formed JSON: expected `:` at line 3, column 8", 28),
        row(Syntax, r#"{"Status": "a"} {}"#, "not well-formed JSON: trailing characters at line 1, column 17", 16),
        row(Syntax, "{\"ErrorMessage\": \"a\nb\"}", "not well-formed JSON: control character (\\u0000-\\u001F) found while parsing a string at line 1, column 20", 19),
        row(Syntax, "{\"ErrorMessage\": \"\\x\"}", "not well-formed JSON: invalid escape at line 1, column 20", 19),
        row(Syntax, "{\"ErrorMessage\": \"\\ud800\"}", "not well-formed JSON: a `\\u` escape that is half of a character (a lone surrogate) at line 1, column 25", 24),
        row(Syntax, "{\"ErrorMessage\": \"\\udc00\"}", "not well-formed JSON: a `\\u` escape that is half of a character (a lone surrogate) at line 1, column 24", 23),
        row(Syntax, r#"{"Delay": 01}"#, "not well-formed JSON: invalid number at line 1, column 12", 11),
        row(Syntax, r#"{"Delay": 1e999, "DelayMillis": 01}"#, "not well-formed JSON: invalid number at line 1, column 34", 33),
        row(Syntax, r#"{"Delay": -}"#, "not well-formed JSON: invalid number at line 1, column 12", 11),
        row(Syntax, r#"{"Delay": 1.}"#, "not well-formed JSON: invalid number at line 1, column 13", 12),
        row(Syntax, r#"{"Delay": 1.e5}"#, "not well-formed JSON: invalid number at line 1, column 13", 12),
        row(Syntax, r#"{"Delay": 1e}"#, "not well-formed JSON: invalid number at line 1, column 13", 12),
        row(Syntax, r#"{"Delay": 1e+}"#, "not well-formed JSON: invalid number at line 1, column 14", 13),
        // Cut off at the end, but wrong before it.
        row(Syntax, r#"{"Status" -"#, "not well-formed JSON: expected `:` at line 1, column 11", 10),
        row(Syntax, r#"{"Delay": 1e400, "DelayMillis": -x, "Status": -"#, "not well-formed JSON: invalid number at line 1, column 34", 33),
        row(Syntax, r#"{"Delay": NaN}"#, "not well-formed JSON: expected value at line 1, column 11", 10),
        row(Syntax, "<a>", "not well-formed JSON: expected value at line 1, column 1", 0).format(Format::Json),
        row(Syntax, "{}", "text outside the root element at line 1, column 1", 0).format(Format::Xml),
        row(Syntax, "<a><b></a></b>", "`</a>` where `</b>` is expected at line 1, column 7", 6),
        row(Syntax, "<a></a></b>", "`</b>` without a start tag at line 1, column 8", 7),
        row(Syntax, job("<Status>Failed</Status>") + "<a/>", "a second root element at line 1, column 109", 108),
        row(Syntax, "<Status>Failed</Status><Error/>", "a second root element at line 1, column 24", 23),
        row(Syntax, "<Delay>1</Delay><Other><SynchronizationJobId>a</SynchronizationJobId></Other>", "a second root element at line 1, column 17", 16),
        row(Syntax, "<Delay>1</Delay><Response><Status>Failed</Status></Response>", "a second root element at line 1, column 17", 16),
        row(Syntax, "<Delay>1</Delay><html/>", "a second root element at line 1, column 17", 16),
        row(Syntax, "<a/><b/>", "a second root element at line 1, column 5", 4),
        row(Syntax, "<a/>text", "text outside the root element at line 1, column 5", 4),
        row(Syntax, "<a/>&#32;", "a reference outside the root element at line 1, column 5", 4),
        row(Syntax, "<a/><![CDATA[]]>", "a CDATA section outside the root element at line 1, column 5", 4),
        row(Syntax, "<a>x & y</a>", "a bare `&`, which must be written `&amp;` at line 1, column 6", 5),
        row(Syntax, "<a>&1a;</a>", "a bare `&`, which must be written `&amp;` at line 1, column 4", 3),
        row(Syntax, "<a>&nbsp;</a>", "a reference to an entity that is not declared at line 1, column 4", 3),
        row(Syntax, "<a>&#0;</a>", "a reference to a character that XML does not allow at line 1, column 4", 3),
        row(Syntax, "<a>&#xZ;</a>", "a character reference that is no number at line 1, column 4", 3),
        row(Syntax, "<a>\u{1}</a>", "the character U+0001, which XML does not allow at line 1, column 4", 3),
        row(Syntax, "<a>\u{FFFE}</a>", "the character U+FFFE, which XML does not allow at line 1, column 4", 3),
        row(Syntax, "<a>]]></a>", "`]]>` in a text at line 1, column 4", 3),
        row(Syntax, "<a b></a>", "an attribute without a value at line 1, column 4", 3),
        row(Syntax, "<a b=c></a>", "an attribute value without quotes at line 1, column 6", 5),
        row(Syntax, "<a b='1' b='2'/>", "a repeated attribute at line 1, column 10", 9),
        row(Syntax, "<a b='<'/>", "`<` in an attribute value at line 1, column 4", 3),
        row(Syntax, "<1/>", "a tag with a name that XML does not allow at line 1, column 1", 0),
        row(Syntax, "<a><!-- a -- b --></a>", "`--` in a comment at line 1, column 11", 10),
        row(Syntax, "<a><!ELEMENT b></a>", "`<!` that begins neither a comment nor a CDATA section at line 1, column 4", 3),
        row(Syntax, "<a><![if]></a>", "`<![` that begins no CDATA section at line 1, column 4", 3),
        row(Syntax, r#" <?xml version="1.0"?><a/>"#, "an XML declaration that is not at the beginning at line 1, column 2", 1),
        row(Syntax, r#"<?xml version="1.0"?><?xml version="1.0"?><a/>"#, "an XML declaration that is not at the beginning at line 1, column 22", 21),
        row(Syntax, r#"<?xml version="2.0"?><a/>"#, "an XML declaration with a version other than 1.x at line 1, column 1", 0),
        row(Syntax, r#"<?xml encoding="UTF-8"?><a/>"#, "an XML declaration without a version at line 1, column 1", 0),
        row(Syntax, "<a><?1?></a>", "a processing instruction with a target that XML does not allow at line 1, column 4", 3),
        row(Syntax, r#"<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>"#, "a document type declaration with a subset of its own, which is refused at line 1, column 1", 0),
        row(Syntax, "<!DOCTYPE a><!DOCTYPE a><a/>", "a document type declaration that is not alone before the root element at line 1, column 13", 12),
        row(Syntax, "<a/><!DOCTYPE a>", "a document type declaration that is not alone before the root element at line 1, column 5", 4),
        row(Syntax, "<!DOCTYPE a b><a/>", "a malformed document type declaration at line 1, column 1", 0),
        row(Syntax, "<!DOCTYPE><a/>", "a malformed document type declaration at line 1, column 1", 0),

        row(Truncated, "{", "the body ends inside its JSON at line 1, column 2", 1),
        row(Truncated, r#"{"Status": "Synchr"#, "the body ends inside its JSON at line 1, column 19", 18),
        row(Truncated, r#"{"Status": "a""#, "the body ends inside its JSON at line 1, column 15", 14),
        row(Truncated, r#"{"Delay": 1e400, "DelayMillis": -"#, "the body ends inside its JSON at line 1, column 34", 33),
        row(Truncated, "{\n\"Success\": tru", "the body ends inside its JSON at line 2, column 15", 16),
        row(Truncated, "{\"ErrorMessage\": \"\\u54", "the body ends inside its JSON at line 1, column 23", 22),
        row(Truncated, b"{\"ErrorMessage\": \"\xE5\x90".as_slice(), "the body ends inside a character at line 1, column 20", 20),
        row(Truncated, "<a>\n<同步>\nx", "the body ends before `</同步>` at line 3, column 2", 14),
        row(Truncated, "<a><Status>Fai", "the body ends before `</Status>` at line 1, column 15", 14),
        row(Truncated, "<a><Status>Failed</Stat", "the body ends inside a tag at line 1, column 24", 23),
        row(Truncated, "<a><Status", "the body ends inside a tag at line 1, column 11", 10),
        row(Truncated, "<a b='", "the body ends inside a tag at line 1, column 7", 6),
        row(Truncated, "<a>&am", "the body ends inside a reference at line 1, column 7", 6),
        row(Truncated, "<a><", "the body ends inside a tag at line 1, column 5", 4),
        row(Truncated, "<a><!", "the body ends inside a tag at line 1, column 6", 5),
        row(Truncated, "<a><!-", "the body ends inside a comment at line 1, column 7", 6),
        row(Truncated, "<a><!-- x -", "the body ends inside a comment at line 1, column 12", 11),
        row(Truncated, "<a><![CDA", "the body ends inside a CDATA section at line 1, column 10", 9),
        row(Truncated, "<a><![CDATA[x]]", "the body ends inside a CDATA section at line 1, column 16", 15),
        row(Truncated, "<a><?p", "the body ends inside a processing instruction at line 1, column 7", 6),
        row(Truncated, r#"<?xml version="1.0"?"#, "the body ends inside a processing instruction at line 1, column 21", 20),
        row(Truncated, "<?xml version=\"1.0\"?>\n", "the body ends before a root element at line 2, column 1", 22),
        row(Truncated, "<!DOCTYPE a", "the body ends inside a document type declaration at line 1, column 12", 11),
        row(Truncated, [le(r#"{"a"#), vec![b'b']].concat(), "the body ends inside a character of UTF-16 at line 1, column 5", 9),
        row(Truncated, [be(r#"{"同"#), vec![0xD8, 0x3D]].concat(), "the body ends inside a character of UTF-16 at line 1, column 5", 10),
        row(Truncated, [be(r#"{"同"#), vec![0xD8, 0x3D, 0xDE]].concat(), "the body ends inside a character of UTF-16 at line 1, column 5", 11),
        row(Truncated, le("{\n\"同"), "the body ends inside its JSON at line 2, column 3", 10),

        row(TooLarge, r#"{"Status": "Failed"}"#, "a body of more than 19 bytes at line 1, column 20", 19).limits(|limits| limits.bytes = 19),
        row(TooLarge, r#"{"Status": "Failed"}"#, "a text of more than 5 bytes at line 1, column 19", 18).limits(|limits| limits.scalar = 5),
        row(TooLarge, r#"{"Status": "Failed"}"#, "a name of more than 5 bytes at line 1, column 9", 8).limits(|limits| limits.name = 5),
        row(TooLarge, r#"{"Delay": 1.25}"#, "a number of more than 3 characters at line 1, column 11", 10).limits(|limits| limits.number = 3),
        row(TooLarge, r#"{"SynchronizationObjects": [{"SchemaName": "a"}, {"SchemaName": "b"}]}"#, "a list of more than 1 items at line 1, column 2", 1).limits(|limits| limits.items = 1),
        row(TooLarge, job("<Status>Failed</Status>"), "a text of more than 5 bytes at line 1, column 57", 56).limits(|limits| limits.scalar = 5),
        row(TooLarge, job("<Status>Failed</Status>"), "a name of more than 39 bytes at line 1, column 1", 0).limits(|limits| limits.name = 39),
        row(TooLarge, job("<Status a='1' b='2'/>"), "a tag with more than 1 attributes at line 1, column 43", 42).limits(|limits| limits.attributes = 1),
        row(TooLarge, job("<SynchronizationObjects><SchemaName>a</SchemaName></SynchronizationObjects><SynchronizationObjects><SchemaName>b</SchemaName></SynchronizationObjects>"), "a list of more than 1 items at line 1, column 118", 117).limits(|limits| limits.items = 1),

        row(TooDeep, r#"{"PrecheckStatus": {"Detail": []}}"#, "objects and lists nested more than 2 deep at line 1, column 32", 31).limits(|limits| limits.depth = 2),
        row(TooDeep, job("<PrecheckStatus><Status/></PrecheckStatus>"), "elements nested more than 2 deep at line 1, column 59", 58).limits(|limits| limits.depth = 2),
        row(TooDeep, "[".repeat(200), "objects and lists nested too deep for the JSON reader at line 1, column 128", 127).limits(|limits| limits.depth = 1_000),

        row(TooManyNodes, r#"{"Status": "Failed"}"#, "more than 1 values at line 1, column 19", 18).limits(|limits| limits.nodes = 1),
        row(TooManyNodes, job("<Status>Failed</Status>"), "more than 1 values at line 1, column 43", 42).limits(|limits| limits.nodes = 1),

        row(OtherOperation, r#"{"RequestId": "r", "DtsJobId": "d", "Delay": 5}"#, "the response of another operation (decode it as DescribeDtsJobDetail): it has DtsJobId at line 1, column 20", 19),
        row(OtherOperation, r#"{"DtsJobId": "d", "New": 1, "DtsInstanceID": "i"}"#, "the response of another operation (decode it as DescribeDtsJobDetail): it has DtsJobId at line 1, column 2", 1),
        row(OtherOperation, "<DescribeDtsJobsResponse><TotalRecordCount>0</TotalRecordCount></DescribeDtsJobsResponse>", "the response of another operation (decode it as DescribeDtsJobs): DescribeDtsJobsResponse at line 1, column 1", 0),
        row(OtherOperation, job("<MigrationJobId>d</MigrationJobId>"), "the response of another operation (decode it as DescribeMigrationJobStatus): it has MigrationJobId at line 1, column 43", 42),
        row(OtherOperation, le(r#"{"dtsjobid": "同"}"#), "the response of another operation (decode it as DescribeDtsJobDetail): it has dtsjobid at line 1, column 3", 4),

        row(UnrecognizedBody, "{}", "nothing in the body is known at line 1, column 1", 0),
        row(UnrecognizedBody, r#"[{"Status": "Failed"}]"#, "the body is JSON, but a list at line 1, column 1", 0),
        row(UnrecognizedBody, r#"{"data": {"Status": "Failed"}}"#, "nothing in the body is known at line 1, column 1", 0),
        row(UnrecognizedBody, "5", "the body is JSON, but not an object at line 1, column 1", 0).format(Format::Json),
        row(UnrecognizedBody, r#"{"body": "H4sIAAAA"}"#, "nothing in the body is known at line 1, column 1", 0),
        row(UnrecognizedBody, "<x/>", "nothing in the body is known at line 1, column 1", 0),
        row(UnrecognizedBody, "<?xml version=\"1.0\"?>\n<Response><RequestId>r</RequestId></Response>", "nothing in the body is known at line 2, column 1", 22),
        row(UnrecognizedBody, "<?xml version='1.0'?>\n<x>text</x>", "nothing in the body is known at line 2, column 1", 22),
        row(UnrecognizedBody, job(""), "nothing in the body is known at line 1, column 1", 0),
    ]
}

#[test]
fn every_error_has_its_sentence_and_position() {
    for Row { kind, body, decoder, sentence, offset } in rows() {
        let error = decoder.decode(&body).expect_err(&String::from_utf8_lossy(&body));
        let position = error.position();
        assert_eq!((error.kind(), error.to_string().as_str(), position.offset), (kind, sentence, offset));
        let (line, column) = (position.line, position.column);
        assert_eq!(error.to_string(), format!("{} at line {line}, column {column}", error.message()));
        assert_eq!(error.excerpt(), text(&body, offset), "{sentence}");
        if kind == ErrorKind::Truncated {
            assert_eq!(offset, body.len(), "{sentence}");
        }
    }
}

/// The text of a body from an offset on.
fn text(body: &[u8], offset: usize) -> String {
    let rest = &body[offset..];
    let units = |unit: fn([u8; 2]) -> u16| {
        let units: Vec<u16> = rest.chunks_exact(2).map(|pair| unit([pair[0], pair[1]])).collect();
        String::from_utf16_lossy(&units)
    };
    match body {
        [0xFF, 0xFE, 0, 0, ..] => String::from_utf8_lossy(rest).into_owned(),
        [0xFF, 0xFE, ..] => units(u16::from_le_bytes),
        [0xFE, 0xFF, ..] => units(u16::from_be_bytes),
        _ => {
            let text = String::from_utf8_lossy(rest);
            let end = (0..=128.min(text.len())).rev().find(|end| text.is_char_boundary(*end));
            text[..end.unwrap()].to_owned()
        }
    }
}

#[test]
fn every_kind_has_a_row() {
    let rows = rows();
    for kind in ErrorKind::ALL {
        assert!(rows.iter().any(|row| row.kind == *kind), "{kind}");
    }
}

#[test]
fn the_excerpt_ends_between_characters() {
    for blanks in 120..=130 {
        let body = format!("{{}} {}😀😀", "x".repeat(blanks));
        let error = decode(body.as_bytes()).unwrap_err();
        assert_eq!(error.position().offset, 3);
        assert!(
            error.excerpt().len() <= 128 && body[3..].starts_with(error.excerpt()),
            "{}",
            error.excerpt()
        );
        assert!(error.excerpt().len() > 124, "{}", error.excerpt());
    }
}

#[test]
fn an_error_serializes_to_the_object_of_the_command() {
    let error = decode("{\n\"同步\": x".as_bytes()).unwrap_err();
    let json = serde_json::to_string(&error).unwrap();
    let expected = r#"{"kind":"syntax","message":"not well-formed JSON: expected value","line":2,"column":7,"offset":12}"#;
    assert_eq!(json, expected);
    for kind in ErrorKind::ALL {
        assert_eq!(serde_json::to_value(kind).unwrap(), kind.as_str());
        assert_eq!(kind.to_string(), kind.as_str());
    }
}

#[test]
fn an_error_has_its_cause_and_can_be_sent_to_another_thread() {
    fn assert_error<E: std::error::Error + Send + Sync + 'static>(_: &E) {}
    for body in ["{", "<a", "<a>&</a>"] {
        let error = decode(body.as_bytes()).unwrap_err();
        assert!(error.source().is_some(), "{error}");
        assert_error(&error);
    }
    assert!(decode(b"").unwrap_err().source().is_none());
}
