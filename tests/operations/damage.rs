//! Truncated and changed bodies of every operation, read as every operation. Builds with debug assertions also compare
//! the two ways of reading a body.

use aliyun_dts_status::{Decoder, ErrorKind, Format, Operation, encode};

use crate::bodies::{bodies, try_decode};

fn readers() -> Vec<(Operation, Decoder)> {
    let one = |&operation| (operation, Decoder::new().operation(operation));
    Operation::ALL.iter().map(one).collect()
}

/// Checks what holds for the outcome of any body.
fn check(operation: Operation, decoder: &Decoder, body: &[u8]) {
    let Ok(decoded) = decoder.decode(body) else { return };
    assert_eq!(decoded.operation, operation);
    for quirk in &decoded.quirks {
        assert!(quirk.offset <= body.len(), "{quirk}");
    }
    let written = encode(&decoded.response, Format::Json);
    let again = decoder.decode(&written).expect("an encoded response decodes").response;
    assert_eq!(again, decoded.response, "{}", String::from_utf8_lossy(body));
}

#[test]
fn truncated_bodies_are_refused() {
    for body in bodies() {
        for len in (0..body.text.len()).step_by(7) {
            if !body.text.is_char_boundary(len) || body.text[len..].trim().is_empty() {
                continue;
            }
            let error = try_decode(body.operation, &body.text[..len]).expect_err(&body.name);
            let is_early = matches!(error.kind(), ErrorKind::Truncated | ErrorKind::Empty);
            assert!(is_early, "{} at {len}: {error}", body.name);
        }
    }
}

#[test]
fn changed_bodies_are_survived_by_every_operation() {
    let readers = readers();
    for (number, body) in bodies().iter().enumerate() {
        // Every sixth byte, beginning with another one in each body.
        for index in (number % 6..body.text.len()).step_by(6) {
            let mut changed = body.text.clone().into_bytes();
            // A bit that moves on, or the bit of the letter case, which keeps most names.
            changed[index] ^= if (index / 6) % 2 == 0 { 1 << (index % 8) } else { 0x20 };
            // Its own operation, and the others in turn.
            let (operation, decoder) = readers.iter().find(|(own, _)| *own == body.operation).unwrap();
            check(*operation, decoder, &changed);
            let (operation, decoder) = &readers[(index + number) % readers.len()];
            check(*operation, decoder, &changed);
        }
    }
}

#[test]
fn bodies_without_a_line_are_survived_by_every_operation() {
    for body in bodies() {
        let lines: Vec<_> = body.text.lines().collect();
        for cut in 0..lines.len() {
            let rest: Vec<_> =
                lines.iter().enumerate().filter(|(index, _)| *index != cut).map(|(_, line)| *line).collect();
            for (operation, decoder) in readers() {
                check(operation, &decoder, rest.join("\n").as_bytes());
            }
        }
    }
}

/// Texts that have a meaning in one of the formats, or in a record of an operation.
#[rustfmt::skip]
const SNIPPETS: [&str; 40] = [
    "", " ", "\n", "\\", "\"", ",", ":", "{", "}", "{}", "[", "]", "[]", "[{}]", "null", "0", "1e400", "\"\"", "&", "<", "/>",
    "<a/>", "<!-- a -->", "<![CDATA[ ]]>", "\"a\":1,", "\"Delay\":90000,", "\"JobType\":\"SYNC\",", "\"ReverseJob\":{},",
    "\"ReverseJob\":{\"Delay\":5},", "\"DtsJobList\":[],", "\"MigrationJob\":{},", "\"TagKey\":\"a\",", "\"CheckItem\":",
    "\"Status\":\"Failed\",", "\"SynchronizationJobId\":\"a\",", "<Delay>90000</Delay>", "<ReverseJob/>",
    "<JobType>MIGRATION</JobType>", "<DtsJobList/>", "<CheckItem><Status>a</Status></CheckItem>",
];

#[test]
fn bodies_with_a_text_inserted_are_survived() {
    for (number, body) in bodies().iter().enumerate() {
        let own = Decoder::new().operation(body.operation);
        let detecting = Decoder::new().detect_operation();
        for index in (number % 9..=body.text.len()).step_by(9) {
            if !body.text.is_char_boundary(index) {
                continue;
            }
            let snippet = SNIPPETS[(index * 31 + number) % SNIPPETS.len()];
            let changed = format!("{}{snippet}{}", &body.text[..index], &body.text[index..]);
            check(body.operation, &own, changed.as_bytes());
            if let Ok(decoded) = detecting.decode(changed.as_bytes()) {
                assert_eq!(
                    own.clone().operation(decoded.operation).decode(changed.as_bytes()).unwrap(),
                    decoded
                );
            }
        }
        // Between two members or elements, where a text fits best.
        for (count, (line, _)) in body.text.match_indices('\n').enumerate() {
            for snippet in SNIPPETS.iter().skip((count + number) % 8).step_by(8) {
                let changed = format!("{}{snippet}{}", &body.text[..=line], &body.text[line + 1..]);
                check(body.operation, &own, changed.as_bytes());
            }
        }
    }
}
