//! The bodies in testdata.

use std::fs;
use std::path::{Path, PathBuf};

/// Returns every body with its path.
pub(crate) fn bodies() -> Vec<(PathBuf, Vec<u8>)> {
    let mut found = Vec::new();
    gather(Path::new("testdata"), &mut found);
    found.sort();
    assert!(!found.is_empty());
    found
}

fn gather(folder: &Path, found: &mut Vec<(PathBuf, Vec<u8>)>) {
    for entry in fs::read_dir(folder).expect("the tests run in the package's folder") {
        let path = entry.expect("the folder is read").path();
        if path.ends_with("operations") {
            // The tests of operations read them, each as its operation.
        } else if path.is_dir() {
            gather(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "json" || extension == "xml") {
            let body = fs::read(&path).expect("the file is read");
            found.push((path, body));
        }
    }
}

/// Returns the documented samples without indentation, so that fewer of their bytes are blanks.
pub(crate) fn samples() -> [String; 2] {
    [include_str!("../../testdata/docs-en.json"), include_str!("../../testdata/docs-en.xml")]
        .map(|sample| sample.lines().map(str::trim).collect())
}
