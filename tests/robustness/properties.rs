//! Random bodies: bytes, pieces of syntax in any order, changed bodies of testdata, and random models.

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{Index, select};

use crate::check::{check, check_model};
use crate::choices::Choices;
use crate::models::{self, Values};
use crate::testdata;

proptest! {
    #[test]
    fn bytes(body in vec(any::<u8>(), 0..200)) {
        check(&body);
    }

    #[test]
    fn bytes_after_a_beginning(start in select(BEGINNINGS), rest in vec(any::<u8>(), 0..100)) {
        let mut body = start.to_vec();
        body.extend(rest);
        check(&body);
    }

    #[test]
    fn models_that_no_body_can_hold(bytes in vec(any::<u8>(), 0..1000)) {
        check_model(&models::response(Values::Free, &mut Choices::new(&bytes)));
    }

    #[test]
    fn pieces_of_json(pieces in vec(select(JSON_PIECES), 0..40)) {
        check(pieces.concat().as_bytes());
        check(format!("{{\"TaskId\":\"a\",{}}}", pieces.concat()).as_bytes());
    }

    #[test]
    fn pieces_of_xml(pieces in vec(select(XML_PIECES), 0..40)) {
        check(pieces.concat().as_bytes());
        check(format!("<Error><Code>a</Code>{}</Error>", pieces.concat()).as_bytes());
    }

    #[test]
    fn changed_testdata(which in any::<Index>(), changes in vec(change(), 1..4)) {
        let bodies = testdata::bodies();
        let mut body = which.get(&bodies).1.clone();
        for change in &changes {
            change.apply(&mut body);
        }
        check(&body);
    }

    #[test]
    fn testdata_in_utf_16(which in any::<Index>(), changes in vec(change(), 0..3), big_endian in any::<bool>()) {
        let bodies = testdata::bodies();
        let text = String::from_utf8_lossy(&which.get(&bodies).1).into_owned();
        let unit = if big_endian { u16::to_be_bytes } else { u16::to_le_bytes };
        let mut body: Vec<u8> = [0xFEFF].into_iter().chain(text.encode_utf16()).flat_map(unit).collect();
        for change in &changes {
            change.apply(&mut body);
        }
        check(&body);
    }
}

/// Beginnings of bodies that are not refused at the first byte.
const BEGINNINGS: &[&[u8]] = &[
    b"{",
    b"{\"",
    b"[",
    b"{\"Status\":",
    b"<",
    b"<!",
    b"<?",
    b"<a>",
    b"<Status>",
    b"\xEF\xBB\xBF<",
    b"\xEF\xBB\xBF{",
    b"\xFF\xFE<\0",
    b"\xFE\xFF\0{",
];

const JSON_PIECES: &[&str] = &[
    "{",
    "}",
    "[",
    "]",
    ",",
    ":",
    "\"",
    "\\",
    "null",
    "true",
    "false",
    "0",
    "-1",
    "1e3",
    "1.5",
    "\"\"",
    "\"a\"",
    "\" \"",
    "\\u0041",
    "\\uD83D",
    "\\n",
    "\u{540C}",
    " ",
    "\n",
    "\"Status\":",
    "\"status\":",
    "\"Delay\":",
    "\"Percent\":",
    "\"RPS\":",
    "\"FLOW\":",
    "\"Checkpoint\":",
    "\"ExpireTime\":",
    "\"Success\":",
    "\"Performance\":",
    "\"PrecheckStatus\":",
    "\"Detail\":",
    "\"CheckItem\":",
    "\"item\":",
    "\"ItemName\":",
    "\"SynchronizationObjects\":",
    "\"TableIncludes\":",
    "\"TableName\":",
    "\"Code\":",
    "\"Message\":",
    "\"AccessDeniedDetail\":",
    "\"body\":",
    "\"DescribeSynchronizationJobStatusResponse\":",
    "\"Status\":\"a\",",
    "\"Detail\":[{\"ItemName\":\"a\"}],",
    "\"a\":{\"b\":[0]},",
    "\"100%\"",
    "\"1.5MB/s\"",
    "\"+1\"",
    "\"1e400\"",
    "\"2021-03-07T16:00:00Z\"",
    "\"0\"",
    "\"10000-01-01T00:00:00Z\"",
    "9223372036854775807",
    "9223372036854775808",
];

const XML_PIECES: &[&str] = &[
    "<",
    ">",
    "</",
    "/>",
    "&",
    ";",
    "=",
    "'",
    "\"",
    "!",
    "?",
    "-",
    "]",
    "[",
    " ",
    "\n",
    "a",
    "\u{540C}",
    "<a>",
    "</a>",
    "<a/>",
    "<a b='c'/>",
    "<!-- ",
    " -->",
    "<!---->",
    "<![CDATA[",
    "]]>",
    "<![CDATA[a]]>",
    "<?a ",
    "?>",
    "<?a?>",
    "&amp;",
    "&#65;",
    "&#x0;",
    "&a;",
    "<?xml version='1.0'?>",
    "<!DOCTYPE a>",
    "<Status>",
    "</Status>",
    "<status>a</status>",
    "<Status>Finished</Status>",
    "<Delay>",
    "</Delay>",
    "<Performance>",
    "</Performance>",
    "<RPS>1</RPS>",
    "<PrecheckStatus>",
    "</PrecheckStatus>",
    "<Detail>",
    "</Detail>",
    "<CheckItem>",
    "</CheckItem>",
    "<item>",
    "</item>",
    "<ItemName>a</ItemName>",
    "<Detail/>",
    "<SynchronizationObjects>",
    "</SynchronizationObjects>",
    "<TableIncludes>",
    "</TableIncludes>",
    "<TableName>a</TableName>",
    "<TableName>",
    "</TableName>",
    "<Code>a</Code>",
    "<AccessDeniedDetail>",
    "</AccessDeniedDetail>",
    "<x:Status y='z'>1</x:Status>",
];

/// One change of a body.
#[derive(Debug, Clone)]
enum Change {
    Insert(Index, &'static str),
    Set(Index, u8),
    Remove(Index, usize),
    /// Copies this many bytes to another place.
    Copy(Index, usize, Index),
    Truncate(Index),
}

fn change() -> impl Strategy<Value = Change> {
    let pieces = [JSON_PIECES, XML_PIECES].concat();
    prop_oneof![
        (any::<Index>(), select(pieces)).prop_map(|(at, piece)| Change::Insert(at, piece)),
        (any::<Index>(), any::<u8>()).prop_map(|(at, byte)| Change::Set(at, byte)),
        (any::<Index>(), 1_usize..60).prop_map(|(at, len)| Change::Remove(at, len)),
        (any::<Index>(), 1_usize..300, any::<Index>())
            .prop_map(|(from, len, to)| Change::Copy(from, len, to)),
        any::<Index>().prop_map(Change::Truncate),
    ]
}

impl Change {
    fn apply(&self, body: &mut Vec<u8>) {
        if body.is_empty() {
            return;
        }
        let piece = |from: &Index, len: usize, body: &[u8]| {
            let start = from.index(body.len());
            start..(start + len).min(body.len())
        };
        match self {
            Change::Insert(at, piece) => {
                let at = at.index(body.len());
                body.splice(at..at, piece.bytes());
            }
            Change::Set(at, byte) => {
                let at = at.index(body.len());
                body[at] = *byte;
            }
            Change::Remove(at, len) => {
                body.drain(piece(at, *len, body));
            }
            Change::Copy(from, len, to) => {
                let copied = body[piece(from, *len, body)].to_vec();
                let to = to.index(body.len());
                body.splice(to..to, copied);
            }
            Change::Truncate(at) => body.truncate(at.index(body.len())),
        }
    }
}
