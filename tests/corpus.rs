//! What once broke the decoder or its promises, found by fuzzing and by hand: it must not again.

#[allow(dead_code, reason = "the other tests make use of all of it")]
#[path = "robustness/check.rs"]
mod check;

use std::fs;

#[test]
fn findings_stay_mended() {
    let mut bodies = 0;
    for entry in fs::read_dir("testdata/fuzz").expect("the tests run in the package's folder") {
        let body = fs::read(entry.expect("the folder is read").path()).expect("the file is read");
        check::check(&body);
        bodies += 1;
    }
    assert!(bodies > 0);
}
