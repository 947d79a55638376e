//! Bodies that are truncated, or have one byte removed or changed.

use aliyun_dts_status::health::{Context, Policy, Verdict, assess_outcome};
use aliyun_dts_status::model::Outcome;
use aliyun_dts_status::{ErrorKind, QuirkKind, decode};

use crate::check::{check, now};
use crate::testdata;

/// A truncated body is never accepted as a smaller one.
#[test]
fn every_truncation_is_an_error() {
    for (path, body) in testdata::bodies() {
        let Ok(whole) = decode(&body) else {
            (0..body.len().min(2048)).for_each(|len| check(&body[..len]));
            continue;
        };
        // Without a root, a body that ends between two fields looks complete.
        if whole.quirks.iter().any(|quirk| quirk.kind == QuirkKind::RootMissing) {
            continue;
        }
        for len in 0..body.len() {
            let path = path.display();
            match decode(&body[..len]) {
                Ok(cut) => {
                    let lost = String::from_utf8_lossy(&body[len..]);
                    let lost = lost.trim_start_matches([' ', '\t', '\r', '\n', '\0']);
                    let says_nothing = lost.is_empty() || lost.starts_with("<!--");
                    assert!(says_nothing, "{path}: {len} bytes are taken for the whole");
                    assert_eq!(cut.response, whole.response, "{path}: at {len} bytes");
                }
                Err(error) => {
                    let is_early = matches!(error.kind(), ErrorKind::Truncated | ErrorKind::Empty);
                    // A part of a byte order mark is no mark.
                    assert!(is_early || len < 4, "{path}: at {len} bytes: {error}");
                    assert!(error.position().offset == len || !is_early, "{path}: {error}");
                }
            }
        }
    }
}

#[test]
fn every_lost_byte_is_survived() {
    for sample in testdata::samples() {
        for index in 0..sample.len() {
            let mut body = sample.clone().into_bytes();
            body.remove(index);
            check(&body);
        }
    }
}

#[test]
fn every_changed_byte_is_survived() {
    for sample in testdata::samples() {
        for index in 0..sample.len() {
            // A different bit in each byte; and the bit of the letter case, which keeps most names.
            for bit in [1 << (index % 8), 0x20] {
                let mut body = sample.clone().into_bytes();
                body[index] ^= bit;
                check(&body);
            }
        }
    }
}

/// No lost or changed byte makes a failed job healthy.
#[test]
fn no_damage_heals_a_failed_job() {
    for sample in testdata::samples() {
        let failed = sample.replace("synchronizing", "Failed");
        assert_ne!(failed, sample);
        for index in 0..failed.len() {
            let mut lost = failed.clone().into_bytes();
            lost.remove(index);
            let mut changed = failed.clone().into_bytes();
            changed[index] ^= 1 << (index % 8);
            for body in [lost, changed] {
                let Ok(decoded) = decode(&body) else { continue };
                let verdict =
                    assess_outcome(&Outcome::from(&decoded), &Context::at(now()), &Policy::default())
                        .verdict();
                assert_ne!(verdict, Verdict::Healthy, "{}", body.escape_ascii());
            }
        }
    }
}
