//! The end of a run of plain bytes, found eight bytes at a time.

/// The next `"`, `\` or control character of a JSON string.
#[inline]
pub(super) fn string_end(bytes: &[u8], from: usize) -> usize {
    find(
        bytes,
        from,
        // With this bit flipped, `"` is below `!` with the control characters, and the blank is not.
        |word| below(word ^ each(2), b'!') | equal(word, b'\\'),
        |byte| matches!(byte, b'"' | b'\\' | 0..b' '),
    )
}

/// The next `<`, `&`, `]` or control character of an XML text.
#[inline]
pub(super) fn text_end(bytes: &[u8], from: usize) -> usize {
    find(
        bytes,
        from,
        // With these bits flipped, `&` is below `!` with the control characters, and the blank is not.
        |word| below(word ^ each(6), b'!') | equal(word, b'<') | equal(word, b']'),
        |byte| matches!(byte, b'<' | b'&' | b']' | 0..b' '),
    )
}

/// The next `"` of JSON.
#[inline]
pub(super) fn quote(bytes: &[u8], from: usize) -> usize {
    find(bytes, from, |word| equal(word, b'"'), |byte| byte == b'"')
}

/// The next `>` of XML.
#[inline]
pub(super) fn tag_end(bytes: &[u8], from: usize) -> usize {
    find(bytes, from, |word| equal(word, b'>'), |byte| byte == b'>')
}

/// The next byte that is not a blank.
#[inline]
pub(super) fn blanks_end(bytes: &[u8], from: usize) -> usize {
    match bytes.get(from) {
        Some(b' ' | b'\n' | b'\r' | b'\t') => some_blanks_end(bytes, from),
        _ => from,
    }
}

#[inline]
fn some_blanks_end(bytes: &[u8], from: usize) -> usize {
    let mut rest = bytes.get(from.wrapping_add(1)..).unwrap_or_default();
    loop {
        // Indentation is a run of spaces.
        while let Some((chunk, after)) = rest.split_first_chunk() {
            let others = u64::from_le_bytes(*chunk) ^ each(b' ');
            if others != 0 {
                rest = rest.get((others.trailing_zeros() / 8) as usize..).unwrap_or_default();
                break;
            }
            rest = after;
        }
        match rest {
            [b' ' | b'\n' | b'\r' | b'\t', after @ ..] => rest = after,
            _ => return bytes.len().wrapping_sub(rest.len()),
        }
    }
}

/// The first marked byte from an offset on; by `marks` in eight bytes, by `ends` in the last ones.
///
/// Marks are the highest bits of bytes of ASCII. Only the lowest mark needs to be right.
#[inline(always)]
fn find(bytes: &[u8], from: usize, marks: impl Fn(u64) -> u64, ends: impl Fn(u8) -> bool) -> usize {
    const HIGHEST: u64 = each(0x80);
    let mut at = from;
    while let Some(word) = word(bytes, at) {
        let marks = marks(word) & !word & HIGHEST;
        if marks != 0 {
            return at.wrapping_add((marks.trailing_zeros() / 8) as usize);
        }
        at = at.wrapping_add(8);
    }
    find_in_last(bytes, at, ends)
}

#[cold]
#[inline(never)]
fn find_in_last(bytes: &[u8], from: usize, ends: impl Fn(u8) -> bool) -> usize {
    let mut at = from;
    while bytes.get(at).is_some_and(|byte| !ends(*byte)) {
        at = at.wrapping_add(1);
    }
    at
}

/// Eight bytes as a number, the first one lowest.
#[inline(always)]
fn word(bytes: &[u8], at: usize) -> Option<u64> {
    bytes.get(at..at.wrapping_add(8))?.first_chunk().map(|chunk| u64::from_le_bytes(*chunk))
}

/// Eight times the same byte.
#[inline]
const fn each(byte: u8) -> u64 {
    u64::from_le_bytes([byte; 8])
}

/// Marks bytes equal to one.
#[inline]
const fn equal(word: u64, byte: u8) -> u64 {
    below(word ^ each(byte), 1)
}

/// Marks bytes below one.
#[inline]
const fn below(word: u64, byte: u8) -> u64 {
    word.wrapping_sub(each(byte))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_byte_is_found_at_every_place() {
        let by_hand = |bytes: &[u8], ends: fn(u8) -> bool| {
            bytes.iter().position(|byte| ends(*byte)).unwrap_or(bytes.len())
        };
        for byte in 0..=255 {
            for place in 0..20 {
                for after in [b'a', b'"', 0x80, 0xFF, b' ', b'!', b'#', b'=', b';'] {
                    let mut bytes = [b'a'; 20];
                    bytes[place] = byte;
                    if let Some(next) = bytes.get_mut(place + 1) {
                        *next = after;
                    }
                    let is_string_end = |byte| matches!(byte, b'"' | b'\\' | 0..b' ');
                    assert_eq!(string_end(&bytes, 0), by_hand(&bytes, is_string_end), "{bytes:?}");
                    assert_eq!(quote(&bytes, 0), by_hand(&bytes, |byte| byte == b'"'), "{bytes:?}");
                    assert_eq!(tag_end(&bytes, 0), by_hand(&bytes, |byte| byte == b'>'), "{bytes:?}");
                    let is_text_end = |byte| matches!(byte, b'<' | b'&' | b']' | 0..b' ');
                    assert_eq!(text_end(&bytes, 0), by_hand(&bytes, is_text_end), "{bytes:?}");
                }
            }
        }
    }

    #[test]
    fn blanks_of_any_length_are_skipped() {
        for len in 0..40 {
            for blank in [" ", "\n", "\t", "\r", "\n  "] {
                let text = blank.repeat(len) + "x  ";
                assert_eq!(blanks_end(text.as_bytes(), 0), text.len() - 3, "{text:?}");
                assert_eq!(blanks_end(blank.repeat(len).as_bytes(), 0), blank.len() * len);
            }
        }
    }
}
