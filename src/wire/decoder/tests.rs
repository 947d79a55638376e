//! A cursor and a tree read the same from texts that are nearly bodies.

use std::fs;
use std::path::Path;

use proptest::prelude::*;

use super::*;
use crate::excerpt::floor_boundary;

/// Texts that have a meaning in one of the formats, or nearly.
const SNIPPETS: [&str; 64] = [
    "",
    " ",
    "\n",
    "\r\n",
    "\r",
    "\t",
    "\0",
    "\u{FEFF}",
    "\u{FFFF}",
    "\u{1F600}",
    "\u{7F}",
    "\\",
    "\"",
    ",",
    ":",
    "{",
    "}",
    "{}",
    "[",
    "]",
    "[]",
    "[{}]",
    "null",
    "true",
    "0",
    "-0",
    "1e400",
    "18446744073709551616",
    "1.50",
    "\"\"",
    "\" \"",
    "\\u0041",
    "\\ud83d\\ude00",
    "\\ud83d",
    "\\/",
    "\"a\":1,",
    "\"Message\":\"m\",",
    "\"Code\":\"c\",",
    "\"job_id\":1,",
    "\"body\":{\"Status\":\"x\"},",
    "\"CheckItem\":",
    "\"status\":\"x\",",
    "<",
    ">",
    "/>",
    "</",
    "<a>",
    "<a/>",
    "</a>",
    "<a b=\"c>\">",
    "<a b='c'/>",
    "<x:Status>",
    "<!--",
    "-->",
    "<!-- a -->",
    "<!---->",
    "<![CDATA[",
    "]]>",
    "<![CDATA[ <]]>",
    "&",
    "&lt;",
    "&#13;",
    "&#x20;",
    "<?a?>",
];

fn samples() -> Vec<String> {
    let mut bodies = Vec::new();
    for folder in ["", "samples", "shapes", "values", "quirks"] {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("testdata").join(folder);
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            let is_body = path.extension().is_some_and(|end| end == "json" || end == "xml");
            if let Some(body) = fs::read_to_string(&path).ok().filter(|_| is_body) {
                bodies.push(body);
            }
        }
    }
    bodies.sort();
    bodies
}

/// Checks that a body in usual form is read the same by way of a tree. Returns true if it is in usual form.
fn check(body: &str) -> bool {
    let decoder = Decoder::new();
    let Ok(sniffed) = sniff::sniff(body.as_bytes()) else { return false };
    let Ok(format) = sniff::format(&sniffed.text, sniffed.start) else { return false };
    let mut status = sniffed.head.as_ref().and_then(|head| head.status);
    let read = decoder.read_usual(&sniffed, format, &mut status);
    if let Some(read) = &read {
        assert!(decoder.is_as_by_tree(read, &sniffed, format, status), "{body}");
    }
    read.is_some()
}

fn splice(body: &mut String, at: usize, len: usize, snippet: &str) {
    let start = floor_boundary(body, at.checked_rem(body.len().saturating_add(1)).unwrap_or(0));
    let end = floor_boundary(body, start.saturating_add(len)).max(start);
    body.replace_range(start..end, snippet);
}

#[test]
fn a_tree_reads_the_same_from_bodies_with_a_text_inserted() {
    let mut usual = 0;
    for (number, sample) in samples().iter().enumerate() {
        for at in 0..=sample.len() {
            let mut body = sample.clone();
            splice(&mut body, at, 0, SNIPPETS[(at * 31 + number) % SNIPPETS.len()]);
            usual += usize::from(check(&body));
        }
    }
    assert!(usual > 10_000, "{usual} bodies are in usual form");
}

proptest! {
    #[test]
    fn a_tree_reads_the_same_from_bodies_with_texts_replaced(
        sample in any::<prop::sample::Index>(),
        edits in prop::collection::vec((any::<usize>(), 0_usize..30, prop::sample::select(&SNIPPETS[..])), 1..4),
    ) {
        let samples = samples();
        let mut body = sample.get(&samples).clone();
        for (at, len, snippet) in edits {
            splice(&mut body, at, len, snippet);
        }
        check(&body);
    }
}
