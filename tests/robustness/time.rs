//! Decoding takes linear time for any body.

use std::sync::mpsc::{self, RecvTimeoutError};
use std::thread;
use std::time::Duration;

use aliyun_dts_status::{Decoder, Operation};

use crate::hostile::{self, KINDS};

/// Time limit: linear work needs a small part of it on any machine, quadratic work many times as much.
const PATIENCE: Duration = Duration::from_secs(20);

#[test]
fn hostile_bodies_are_read_in_time() {
    for &(name, body) in KINDS {
        ends_in_time(name, move || drop(hostile::decoder(name).decode(&body(1 << 19))));
    }
}

/// Each loss has the value that was kept in its place, and the job that it is searched in may be large.
#[test]
fn losses_of_a_large_job_are_found_in_time() {
    let tags: Vec<_> = (0..80_000).map(|index| format!(r#"{{"TagKey":"{index}"}}"#)).collect();
    let item = r#"{"CheckResult":"Failed","CheckResult":"Finished"}"#;
    let precheck = format!(r#"{{"Detail":[{}]}}"#, vec![item; 990].join(","));
    let job = format!(r#"{{"DtsJobId":"q7","PrecheckStatus":{precheck},"TagList":[{}]}}"#, tags.join(","));
    for (name, item) in [
        ("forward", job.clone()),
        ("reverse", format!(r#"{{"DtsJobId":"q8","JobType":"SYNC","ReverseJob":{job}}}"#)),
    ] {
        ends_in_time(name, move || {
            let decoder = Decoder::new().operation(Operation::DescribeDtsJobs);
            let losses = decoder.decode(format!(r#"{{"DtsJobList":[{item}]}}"#).as_bytes()).unwrap().losses();
            assert_eq!(losses.len(), 990);
            assert!(losses.iter().all(|loss| loss.kept.as_deref() == Some("Failed")));
        });
    }
}

fn ends_in_time(name: &str, work: impl FnOnce() + Send + 'static) {
    let (done, finished) = mpsc::channel();
    let work = thread::spawn(move || {
        work();
        done.send(()).expect("the test waits");
    });
    match finished.recv_timeout(PATIENCE) {
        Ok(()) => {}
        Err(RecvTimeoutError::Timeout) => panic!("{name} takes too long"),
        Err(RecvTimeoutError::Disconnected) => panic!("{name}: {:?}", work.join()),
    }
}
