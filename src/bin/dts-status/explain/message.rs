//! The meaning of a whole error message: [`explain`].

use aliyun_dts_status::health::catalog::{API_ERROR_CODES, cause, database_texts, error_codes, error_guide};

use super::entry::{Entry, sentence};
use super::explanation::Explanation;
use super::find::find;

/// The cause that an error message names, then everything else in it that has a name. Empty if nothing is known of it.
pub(super) fn explain(message: &str) -> Vec<Explanation> {
    let mut known: Vec<Explanation> = Vec::new();
    let cause = cause(message);
    if let Some(cause) = &cause {
        known.push(Explanation {
            name: cause.spelling.to_owned(),
            kind: "the cause that the message names",
            meaning: sentence(&cause.meaning),
            details: vec![("Remedy", cause.remedy.to_owned())],
        });
    }
    let mut add = |explanation: Explanation| {
        let is_new = |own: &Explanation| !own.name.eq_ignore_ascii_case(&explanation.name);
        if known.iter().all(is_new) {
            known.push(explanation);
        }
    };
    for code in error_codes(message) {
        match error_guide(code) {
            Some(guide) => {
                let meaning = sentence(&guide.meaning());
                let details = vec![("Remedy", guide.class.remedy.to_owned())];
                add(Explanation { name: code.to_owned(), kind: "an error of DTS", meaning, details });
            }
            // It is no answer by itself.
            None if cause.is_some() => add(Explanation {
                name: code.to_owned(),
                kind: "an error of DTS",
                meaning: "Not known.".to_owned(),
                details: Vec::new(),
            }),
            None => {}
        }
    }
    for text in database_texts(message) {
        add(Entry::DatabaseText(text).explanation());
    }
    for word in message.split(|letter: char| !letter.is_ascii_alphanumeric() && !"._-".contains(letter)) {
        let word = word.trim_matches(['.', '_', '-']);
        find(word).iter().filter(|entry| is_name(entry, word)).for_each(|entry| add(entry.explanation()));
    }
    known
}

/// Returns true for a name that no ordinary word is.
fn is_name(entry: &Entry, word: &str) -> bool {
    match entry {
        Entry::Finding(_) | Entry::Precheck(_) | Entry::Violation(_) => word.contains('_'),
        Entry::Quirk(_) | Entry::ErrorKind(_) => word.contains('_') && word == entry.name(),
        Entry::ApiError(code) => API_ERROR_CODES.contains(&word) || code.contains('.'),
        _ => false,
    }
}
