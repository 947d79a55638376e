//! The files below a directory: [`files_below`].

use std::path::{Path, PathBuf};

use glob::{MatchOptions, Pattern};
use walkdir::{DirEntry, WalkDir};

use crate::exit::warn;

/// The files below a directory, sorted by name. Says how many hidden ones and pictures are left out. What cannot be looked
/// at is a file too: reading it fails.
pub(super) fn files_below(top: &Path, hidden: bool, include: &[Pattern]) -> Vec<PathBuf> {
    let mut files = Vec::new();
    let (mut left_out, mut pictures) = (0_u64, 0_u64);
    // A link to a directory is not followed: it may lead back to a parent.
    let mut entries = WalkDir::new(top).min_depth(1).sort_by_file_name().into_iter();
    while let Some(entry) = entries.next() {
        let entry = match entry {
            Ok(entry) => entry,
            Err(error) => {
                files.push(error.path().unwrap_or(top).to_owned());
                continue;
            }
        };
        if !hidden && is_hidden(&entry) {
            left_out += 1;
            if entry.file_type().is_dir() {
                entries.skip_current_dir();
            }
            continue;
        }
        if !is_file(&entry) || !is_included(entry.path().strip_prefix(top).unwrap_or(entry.path()), include) {
            continue;
        }
        // A pattern may ask for them.
        if include.is_empty() && is_picture(&entry) {
            pictures += 1;
            continue;
        }
        files.push(entry.into_path());
    }
    if pictures > 0 {
        warn(format_args!("{}: pictures left out: {pictures}; --include GLOB reads them", top.display()));
    }
    if left_out > 0 {
        warn(format_args!("{}: hidden entries left out: {left_out}; --hidden reads them", top.display()));
    }
    files
}

/// Returns true for a file that is named as a picture, such as that of a timeline, which is no body.
fn is_picture(entry: &DirEntry) -> bool {
    const ENDINGS: [&str; 5] = ["svg", "png", "jpg", "jpeg", "gif"];
    let ending = entry.path().extension().unwrap_or_default();
    ENDINGS.iter().any(|known| ending.eq_ignore_ascii_case(known))
}

fn is_hidden(entry: &DirEntry) -> bool {
    entry.file_name().as_encoded_bytes().starts_with(b".")
}

/// Returns true for a file, a link to one, and what cannot be looked at, such as a link to nothing.
fn is_file(entry: &DirEntry) -> bool {
    if !entry.path_is_symlink() {
        return entry.file_type().is_file();
    }
    match entry.path().metadata() {
        Ok(metadata) if metadata.is_dir() => {
            warn(format_args!("{}: a link to a directory is not followed", entry.path().display()));
            false
        }
        Ok(metadata) => metadata.is_file(),
        Err(_) => true,
    }
}

/// Returns true if the name or the path below the directory matches one of the patterns, or there is none.
fn is_included(path: &Path, include: &[Pattern]) -> bool {
    let options = MatchOptions { require_literal_separator: true, ..MatchOptions::new() };
    let name = path.file_name().map(Path::new).unwrap_or(path);
    include.is_empty()
        || include
            .iter()
            .any(|pattern| [name, path].iter().any(|text| pattern.matches_path_with(text, options)))
}
