//! The members of an object, found without parsing their values: [`Members`].

use std::borrow::Cow;

use aliyun_dts_status::{Field, Operation};
use serde::de::IgnoredAny;

/// The members of a text that starts like an object, unparsed. Found in one pass, because every line of an archive
/// is searched.
pub(super) struct Members<'a> {
    known: [Option<&'a [u8]>; Name::ALL.len()],
    /// The names that occur more than once.
    pub(super) repeated: Vec<Name>,
    /// Names, in quotes, and values of the other members.
    others: Vec<(&'a [u8], &'a [u8])>,
    /// False for a text that is not one whole object. Its first members may be known all the same.
    is_whole: bool,
}

/// The name of a member of a record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Name {
    ObservedAt,
    Body,
    JobId,
    Direction,
    HttpStatus,
    StatusCode,
    HttpStatusCode,
    Operation,
    Headers,
}

impl Name {
    const ALL: [Name; 9] = [
        Name::ObservedAt,
        Name::Body,
        Name::JobId,
        Name::Direction,
        Name::HttpStatus,
        Name::StatusCode,
        Name::HttpStatusCode,
        Name::Operation,
        Name::Headers,
    ];

    pub(super) fn as_str(self) -> &'static str {
        match self {
            Name::ObservedAt => "observed_at",
            Name::Body => "body",
            Name::JobId => "job_id",
            Name::Direction => "direction",
            Name::HttpStatus => "http_status",
            Name::StatusCode => "statusCode",
            Name::HttpStatusCode => "HttpStatusCode",
            Name::Operation => "operation",
            Name::Headers => "headers",
        }
    }

    /// Another name of the body: that on the wire.
    const ALIAS: (Name, &'static str) = (Name::Body, "DescribeSynchronizationJobStatusResponse");

    /// The member that a key in quotes names, in any letter case, with or without `_` and `-`, however it is escaped.
    fn of(key: &[u8]) -> Option<Self> {
        let plain = unquoted(key)?;
        let names = Name::ALL.into_iter().map(|name| (name, name.as_str()));
        let is_same = |name: &str| letters(&plain).eq(letters(name.as_bytes()));
        names.chain([Name::ALIAS]).find(|(_, name)| is_same(name)).map(|(known, _)| known)
    }
}

/// The letters of a name that distinguish it from others.
fn letters(name: &[u8]) -> impl Iterator<Item = u8> {
    name.iter().filter(|byte| !matches!(byte, b'_' | b'-')).map(u8::to_ascii_lowercase)
}

impl<'a> Members<'a> {
    pub(super) fn of(text: &'a [u8]) -> Self {
        Members::find_in(text, ValueFinder::value)
    }

    /// The members of a text whose last member is taken to be its body, which follows its time.
    pub(super) fn around_body(text: &'a [u8]) -> Self {
        Members::find_in(text, ValueFinder::last_value)
    }

    fn find_in(text: &'a [u8], body: FindValue<'a>) -> Self {
        let mut members =
            Members { known: Default::default(), repeated: Vec::new(), others: Vec::new(), is_whole: false };
        members.is_whole = members.find(text, body).is_some();
        members
    }

    /// Returns true for the members of a record: the time of a poll, or a body or an envelope with another member of a
    /// record. The decoder reads any other object itself, such as the dump of an SDK.
    pub(super) fn are_of_a_record(&self) -> bool {
        let mut more = [Name::JobId, Name::Direction, Name::HttpStatus, Name::Operation].into_iter();
        let has = |name| self.get(name).is_some();
        has(Name::ObservedAt) || more.any(has) && (has(Name::Body) || self.unknown().any(is_envelope))
    }

    /// Returns true if another member says if the call failed, or is the envelope of a response.
    pub(super) fn say_how_the_call_went(&self) -> bool {
        self.unknown().any(|name| is_result(name) || is_envelope(name))
    }

    /// Returns true if another member has exactly the name of a field.
    pub(super) fn have_a_field(&self) -> bool {
        self.unknown().any(is_field)
    }

    /// Returns true if the text is one JSON object, whatever the body is.
    pub(super) fn are_json(&self) -> bool {
        let others = self.others.iter().flat_map(|(name, value)| [*name, *value]);
        let mut values = Name::ALL
            .into_iter()
            .filter(|name| *name != Name::Body)
            .filter_map(|name| self.get(name))
            .chain(others);
        self.is_whole
            && values.all(|value| {
                std::str::from_utf8(value).is_ok() && serde_json::from_slice::<IgnoredAny>(value).is_ok()
            })
    }

    /// The value of a member; the last one of a repeated member.
    pub(super) fn get(&self, name: Name) -> Option<&'a [u8]> {
        self.known[name as usize]
    }

    /// Returns true for a member that does not occur twice.
    pub(super) fn is_single(&self, name: Name) -> bool {
        !self.repeated.contains(&name)
    }

    /// The names, in quotes, of the other members that have a value.
    pub(super) fn unknown(&self) -> impl Iterator<Item = &'a [u8]> {
        self.others.iter().filter(|(_, value)| *value != b"null").map(|(name, _)| *name)
    }

    /// Finds the members up to the end of the object; `None` if the text is not one object.
    fn find(&mut self, text: &'a [u8], find_body: FindValue<'a>) -> Option<()> {
        let mut finder = ValueFinder { text, at: 0 };
        finder.expect(b'{')?;
        loop {
            let name = finder.value().filter(|name| name.starts_with(b"\""))?;
            finder.expect(b':')?;
            let name_of = Name::of(name);
            let is_body = name_of == Some(Name::Body) && self.get(Name::ObservedAt).is_some();
            let value = if is_body { find_body(&mut finder)? } else { finder.value()? };
            match name_of {
                Some(known) => {
                    if self.known[known as usize].replace(value).is_some() {
                        self.repeated.push(known);
                    }
                }
                None => self.others.push((name, value)),
            }
            match finder.next()? {
                b',' => {}
                b'}' => break,
                _ => return None,
            }
        }
        if self.get(Name::HttpStatus).is_some() && self.get(Name::StatusCode).is_some() {
            self.repeated.push(Name::HttpStatus);
        }
        finder.next().is_none().then_some(())
    }
}

/// Returns true for the name, in quotes, of a field that says if a call failed.
pub(super) fn is_result(name: &[u8]) -> bool {
    const RESULTS: [Field; 3] = [Field::Success, Field::Code, Field::ErrCode];
    let is_same = |name: Cow<'_, [u8]>| {
        RESULTS.iter().any(|field| letters(&name).eq(letters(field.as_str().as_bytes())))
    };
    unquoted(name).is_some_and(is_same)
}

/// Returns true for exactly the name, in quotes, of a field.
pub(super) fn is_field(name: &[u8]) -> bool {
    let is_same = |name: Cow<'_, [u8]>| Field::ALL.iter().any(|field| *field.as_str().as_bytes() == *name);
    unquoted(name).is_some_and(is_same)
}

/// Returns true for the name, in quotes, of an envelope of a response.
pub(super) fn is_envelope(name: &[u8]) -> bool {
    let is_same = |name: Cow<'_, [u8]>| {
        Operation::ALL
            .iter()
            .any(|known| letters(&name).eq(letters(known.as_str().as_bytes()).chain(letters(b"Response"))))
    };
    unquoted(name).is_some_and(is_same)
}

/// A name without its quotes and escapes.
fn unquoted(name: &[u8]) -> Option<Cow<'_, [u8]>> {
    if name.contains(&b'\\') {
        return Some(serde_json::from_slice::<String>(name).ok()?.into_bytes().into());
    }
    name.get(1..name.len().saturating_sub(1)).map(Cow::Borrowed)
}

type FindValue<'a> = fn(&mut ValueFinder<'a>) -> Option<&'a [u8]>;

/// Finds the end of each JSON value, without checking it.
struct ValueFinder<'a> {
    text: &'a [u8],
    at: usize,
}

impl<'a> ValueFinder<'a> {
    /// Takes the next byte that is not a blank.
    fn next(&mut self) -> Option<u8> {
        let byte = self.peek()?;
        self.at += 1;
        Some(byte)
    }

    fn expect(&mut self, byte: u8) -> Option<()> {
        (self.next()? == byte).then_some(())
    }

    fn peek(&mut self) -> Option<u8> {
        while is_blank(self.text.get(self.at)?) {
            self.at += 1;
        }
        self.text.get(self.at).copied()
    }

    /// Takes the next value.
    fn value(&mut self) -> Option<&'a [u8]> {
        let first = self.peek()?;
        let start = self.at;
        match first {
            b'"' => self.skip_string()?,
            b'{' | b'[' => self.skip_nested()?,
            _ => {
                let ends = |byte: &u8| matches!(byte, b',' | b'}' | b']' | b':') || is_blank(byte);
                self.at += self.text[start..].iter().position(ends)?;
            }
        }
        self.text.get(start..self.at).filter(|value| !value.is_empty())
    }

    /// Takes the next value if it is an object, as the last one of the text.
    fn last_value(&mut self) -> Option<&'a [u8]> {
        if self.peek()? != b'{' {
            return self.value();
        }
        let value = self.text.get(self.at..)?.strip_suffix(b"}")?;
        self.at += value.len();
        Some(value.trim_ascii_end())
    }

    fn skip_string(&mut self) -> Option<()> {
        self.at = end_of_string(self.text, self.at)?;
        Some(())
    }

    fn skip_nested(&mut self) -> Option<()> {
        let (text, mut at) = (self.text, self.at);
        let mut depth = 0_usize;
        loop {
            match text.get(at)? {
                b'"' => {
                    at = end_of_string(text, at)?;
                    continue;
                }
                b'{' | b'[' => depth += 1,
                b'}' | b']' => depth -= 1,
                _ => {}
            }
            at += 1;
            if depth == 0 {
                self.at = at;
                return Some(());
            }
        }
    }
}

/// The end of the string that starts here.
fn end_of_string(text: &[u8], start: usize) -> Option<usize> {
    const WORD: usize = size_of::<u64>();
    let mut at = start + 1;
    loop {
        // A whole word at a time: strings are most of a body.
        while let Some(word) = text.get(at..at + WORD).and_then(|bytes| bytes.try_into().ok()) {
            let word = u64::from_le_bytes(word);
            let found = first_in_word(word, b'"') | first_in_word(word, b'\\');
            if found != 0 {
                at += found.trailing_zeros() as usize / 8;
                break;
            }
            at += WORD;
        }
        match text.get(at)? {
            b'"' => return Some(at + 1),
            b'\\' => at += 2,
            _ => at += 1,
        }
    }
}

/// A word whose lowest set bit is in the first byte of this value; 0 if there is none.
fn first_in_word(word: u64, byte: u8) -> u64 {
    const ONES: u64 = u64::from_le_bytes([1; 8]);
    // A byte of this value becomes 0, the least that sets its highest bit when 1 is taken from it.
    let zeros = word ^ (ONES * u64::from(byte));
    zeros.wrapping_sub(ONES) & !zeros & (ONES << 7)
}

/// The blanks of JSON.
fn is_blank(byte: &u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\r' | b'\n')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_end_of_a_string_is_found_at_every_distance() {
        for length in 0..40 {
            for filler in ["a", "\u{80}", "\u{7f}", "!#", "[]", "\u{ff}\u{100}", "\\\"", "\\\\"] {
                let string = format!("\"{}\"", filler.repeat(length));
                for rest in ["", ":", "\"", "\\\"\\ and more than a word"] {
                    let text = format!("{string}{rest}");
                    assert_eq!(end_of_string(text.as_bytes(), 0), Some(string.len()), "{text}");
                }
                assert_eq!(end_of_string(&string.as_bytes()[..string.len() - 1], 0), None, "{string}");
            }
        }
        assert_eq!(end_of_string(b"\"a\\", 0), None);
    }
}
