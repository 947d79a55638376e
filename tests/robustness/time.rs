//! Decoding takes linear time for any body.

use std::sync::mpsc::{self, RecvTimeoutError};
use std::thread;
use std::time::Duration;

use crate::hostile::{self, KINDS};

/// Time limit: linear work needs a small part of it on any machine, quadratic work many times as much.
const PATIENCE: Duration = Duration::from_secs(20);

#[test]
fn hostile_bodies_are_read_in_time() {
    for &(name, body) in KINDS {
        let (done, finished) = mpsc::channel();
        let work = thread::spawn(move || {
            let _ = hostile::decoder(name).decode(&body(1 << 19));
            done.send(()).expect("somebody waits");
        });
        match finished.recv_timeout(PATIENCE) {
            Ok(()) => {}
            Err(RecvTimeoutError::Timeout) => panic!("{name} takes too long"),
            Err(RecvTimeoutError::Disconnected) => panic!("{name}: {:?}", work.join()),
        }
    }
}
