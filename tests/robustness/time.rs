//! No body takes more time than its bytes are worth.

use std::sync::mpsc::{self, RecvTimeoutError};
use std::thread;
use std::time::Duration;

use crate::hostile::{self, KINDS};

/// Linear work is done in a small part of it on any machine, quadratic work takes many times as long.
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
