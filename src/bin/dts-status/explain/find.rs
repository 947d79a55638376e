//! Looks entries up: [`find`] by name in any spelling, [`mentioning`] by words of the meaning, [`nearest`] by similar
//! names.

use aliyun_dts_status::health::catalog::{self, ApiErrorClass};

use super::entry::Entry;
use super::explanation::Explanation;

/// The entries with this name in any of its spellings: any letter case, any separators or none, without leading zeros,
/// with punctuation around.
pub(super) fn find(words: &str) -> Vec<Entry> {
    let bare = without_punctuation(words);
    let (guide, item) =
        (catalog::error_guide(words.trim()).or_else(|| catalog::error_guide(bare)), key(bare));
    let found: Vec<_> = Entry::all()
        .filter(|entry| match entry {
            Entry::Error(own) => guide == Some(own) || guide.is_none() && has_key(own.code, &item),
            Entry::Precheck(own) => {
                has_key(own.name.as_str(), &item) || own.console_name.is_some_and(|name| has_key(name, &item))
            }
            Entry::Status(own) => has_key(own.as_str(), &item) || bare.parse().as_ref() == Ok(*own),
            Entry::StageStatus(own) => has_key(own.as_str(), &item) || bare.parse().as_ref() == Ok(*own),
            _ => has_key(&entry.name(), &item),
        })
        .collect();
    let is_one_word = !bare.contains(char::is_whitespace);
    if found.is_empty() && is_one_word && catalog::api_error(Some(bare), None) != ApiErrorClass::Other {
        return vec![Entry::ApiError(bare.to_owned())];
    }
    found
}

/// The entries that have these words in their name, meaning or remedy; those with all of them in the meaning first.
pub(super) fn mentioning(words: &str) -> Vec<Entry> {
    /// Shorter words are in too many sentences.
    const SHORTEST: usize = 4;
    let words = without_punctuation(words).to_lowercase();
    let (long, short): (Vec<_>, Vec<_>) =
        words.split_whitespace().partition(|word| word.chars().count() >= SHORTEST);
    if long.is_empty() {
        return Vec::new();
    }
    let has_all = |text: &str| long.iter().chain(&short).all(|word| has_word(text, word));
    let in_meaning = |entry: &Entry| has_all(&entry.meaning_in_list().to_lowercase());
    let anywhere = |entry: &Entry| {
        let Explanation { name, meaning, details, .. } = entry.explanation();
        let remedies = details.into_iter().filter(|(label, _)| *label == "Remedy").map(|(_, remedy)| remedy);
        has_all(&[name, meaning].into_iter().chain(remedies).collect::<Vec<_>>().join(" ").to_lowercase())
    };
    let found: Vec<_> = Entry::all().filter(in_meaning).collect();
    if found.is_empty() { Entry::all().filter(anywhere).collect() } else { found }
}

/// Returns true if a word of the text begins with this one.
fn has_word(text: &str, word: &str) -> bool {
    text.match_indices(word).any(|(at, _)| !text[..at].ends_with(char::is_alphanumeric))
}

/// Names similar to the first error code in the words, else to all of them or a longer one, the most similar first.
pub(super) fn nearest(words: &str) -> Vec<String> {
    /// Limit of the names.
    const MOST: usize = 5;
    /// One mistake is allowed for this many letters.
    const LETTERS: usize = 4;
    /// Shorter words of a text are similar to too many names.
    const SHORTEST: usize = 6;
    let wanted: Vec<_> = match catalog::error_codes(words).first() {
        Some(code) => vec![key(code)],
        None => {
            let long = words.split_whitespace().filter(|word| word.len() >= SHORTEST);
            [words].into_iter().chain(long).map(key).collect()
        }
    };
    let mut near: Vec<(usize, String)> = Vec::new();
    for name in Entry::all().map(|entry| entry.name()) {
        let known = key(&name);
        let distance = |wanted: &String| {
            let distance = strsim::osa_distance(wanted, &known);
            let is_part = wanted.len() > 2 && known.contains(wanted);
            (is_part || distance <= wanted.chars().count() / LETTERS).then_some(distance)
        };
        if let Some(least) = wanted.iter().filter_map(distance).min()
            && near.iter().all(|(_, own)| *own != name)
        {
            near.push((least, name));
        }
    }
    near.sort();
    near.into_iter().take(MOST).map(|(_, name)| name).collect()
}

pub(super) fn without_punctuation(words: &str) -> &str {
    words.trim_matches(|letter: char| !letter.is_alphanumeric())
}

/// Returns true if the name, or a DTS code without its `DTS`, has this key. A short number alone is a number, not a
/// code.
fn has_key(name: &str, wanted: &str) -> bool {
    const SHORTEST: usize = 4;
    let known = key(name);
    let is_code = || wanted.len() >= SHORTEST || !wanted.chars().all(|character| character.is_ascii_digit());
    known == wanted || name.starts_with("DTS") && known.strip_prefix("DTS") == Some(wanted) && is_code()
}

/// The letters of a name in capitals and its digits, without leading zeros.
fn key(name: &str) -> String {
    let mut key = String::new();
    let mut after_digit = false;
    for letter in name.chars() {
        let is_leading_zero = letter == '0' && !after_digit;
        if letter.is_alphanumeric() && !is_leading_zero {
            key.extend(letter.to_uppercase());
        }
        after_digit = letter.is_ascii_digit() && !is_leading_zero;
    }
    key
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_have_no_separators_and_no_leading_zeros() {
        for (name, expected) in [
            ("dts.retry.err.0046", "DTSRETRYERR46"),
            ("DTS--0001", "DTS1"),
            ("lag_high", "LAGHIGH"),
            ("DTS-100047", "DTS100047"),
            ("失败", "失败"),
            ("", ""),
        ] {
            assert_eq!(key(name), expected);
        }
    }
}
