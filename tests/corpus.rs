//! Bodies that once broke the decoder, found by fuzzing and by hand.

#[allow(dead_code, reason = "the other tests use the rest of it")]
#[path = "robustness/check.rs"]
mod check;

use std::fs;

#[test]
fn bodies_that_once_broke_the_decoder_pass_all_checks() {
    let mut bodies = 0;
    for entry in fs::read_dir("testdata/fuzz").expect("the tests run in the package's folder") {
        let body = fs::read(entry.expect("the folder is read").path()).expect("the file is read");
        check::check(&body);
        bodies += 1;
    }
    assert!(bodies > 0);
}
