//! Two directions, and many jobs.

use aliyun_dts_status::SyncJob;
use aliyun_dts_status::health::{
    Assessment, Context, FindingCode, FleetAssessment, Scope, Topology, Verdict, fleet, two_way,
};
use aliyun_dts_status::model::{Direction, PayType};

use crate::builders::{DAY, HOUR, at, codes, job, judge, judge_at, lagging, severity};

use FindingCode as Code;

fn forward(status: &'static str) -> Assessment {
    judge(&job(status, |_| {}))
}

/// The reverse direction of the same job, with a change.
fn reverse(status: &'static str, change: impl FnOnce(&mut SyncJob)) -> Assessment {
    let job = job(status, |job| {
        job.task_id = Some("reverse".into());
        job.direction = Some(Direction::Reverse);
        std::mem::swap(&mut job.source, &mut job.destination);
        change(job);
    });
    judge_at(&job, &Context::at(at(0)).direction(Direction::Reverse))
}

fn both(forward: Assessment, reverse: Assessment) -> Assessment {
    two_way(Some(forward), Some(reverse), Topology::TwoWay)
}

#[test]
fn both_directions_give_their_deadlines_each_once() {
    let suspended = |direction: Direction, since| {
        let mut job = job("Suspending", |_| {});
        job.direction = Some(direction.clone());
        judge_at(&job, &Context::at(at(0)).direction(direction).since(at(since)))
    };
    let deadlines = |reverse_since| {
        let both = both(suspended(Direction::Forward, -HOUR), suspended(Direction::Reverse, reverse_since));
        both.deadlines().len()
    };
    let of_one = suspended(Direction::Forward, -HOUR).deadlines().len();
    assert!(of_one > 0);
    assert_eq!((deadlines(-HOUR), deadlines(-2 * HOUR)), (of_one, 2 * of_one));
}

#[test]
fn two_healthy_directions_are_healthy() {
    let both = both(forward("Synchronizing"), reverse("Synchronizing", |_| {}));
    assert_eq!((both.verdict(), both.reason(), both.exit_code()), (Verdict::Healthy, None, 0));
    assert_eq!(both.direction(), Scope::TwoWay);
    assert_eq!(both.findings(), []);
}

#[test]
fn a_direction_that_was_not_observed_is_a_finding() {
    let only = |expected| two_way(Some(forward("Synchronizing")), None, expected);
    assert_eq!(only(Topology::OneWay), forward("Synchronizing"));
    assert_eq!(codes(&only(Topology::TwoWay)), ["REVERSE_NOT_OBSERVED"]);
    assert_eq!(only(Topology::TwoWay).verdict(), Verdict::Unknown);
    assert_eq!(only(Topology::TwoWay).direction(), Scope::TwoWay);
    let only = |expected| two_way(None, Some(reverse("Locked", |_| {})), expected);
    assert_eq!(only(Topology::OneWay), reverse("Locked", |_| {}));
    assert_eq!(codes(&only(Topology::TwoWay)), ["FORWARD_NOT_OBSERVED", "JOB_LOCKED"]);
    assert_eq!(only(Topology::TwoWay).verdict(), Verdict::Failed);
    for expected in [Topology::OneWay, Topology::TwoWay] {
        let nothing = two_way(None, None, expected);
        assert_eq!(nothing.verdict(), Verdict::Unknown);
        assert_eq!(codes(&nothing), ["FORWARD_NOT_OBSERVED", "REVERSE_NOT_OBSERVED"]);
    }
}

#[test]
fn one_task_is_not_two_directions() {
    let aliased = |task_id: Option<&str>| {
        let forward = job("Synchronizing", |job| job.task_id = task_id.map(Into::into));
        let reverse = reverse("Suspending", |job| {
            job.task_id = task_id.map(Into::into);
            job.source = None;
        });
        codes(&both(judge(&forward), reverse))
    };
    // The pair is not judged any further.
    assert_eq!(aliased(Some("x")), ["DIRECTIONS_ALIASED", "JOB_SUSPENDED"]);
    assert_eq!(aliased(Some("")), ["JOB_SUSPENDED", "TWO_WAY_HALF_OPEN"]);
    assert_eq!(aliased(None), ["JOB_SUSPENDED", "TWO_WAY_HALF_OPEN"]);
}

#[test]
fn a_job_with_one_live_direction_is_half_open() {
    for (status, half_open) in [
        ("Synchronizing", false),
        ("Retrying", false),
        ("Initializing", false),
        ("Rebalancing", false),
        ("NotStarted", true),
        ("Finished", true),
        ("Suspending", true),
        ("Locked", true),
    ] {
        let joined = both(forward("Synchronizing"), reverse(status, |_| {}));
        assert_eq!(severity(&joined, Code::TwoWayHalfOpen).is_some(), half_open, "{status}");
        let joined = both(forward(status), reverse("Synchronizing", |_| {}));
        assert_eq!(severity(&joined, Code::TwoWayHalfOpen).is_some(), half_open, "{status}");
        let neither = both(forward("Suspending"), reverse("Locked", |_| {}));
        assert_eq!(severity(&neither, Code::TwoWayHalfOpen), None);
    }
}

#[test]
fn endpoints_must_mirror_each_other_where_all_are_known() {
    let with =
        |change: fn(&mut SyncJob)| codes(&both(forward("Synchronizing"), reverse("Synchronizing", change)));
    assert_eq!(with(|_| {}), [""; 0]);
    assert_eq!(with(|job| job.source = None), [""; 0]);
    assert_eq!(with(|job| job.destination.as_mut().unwrap().instance_id = Some(String::new())), [""; 0]);
    assert_eq!(
        with(|job| job.destination.as_mut().unwrap().instance_id = Some("x".into())),
        ["ENDPOINTS_NOT_MIRRORED"]
    );
    assert_eq!(with(|job| std::mem::swap(&mut job.source, &mut job.destination)), ["ENDPOINTS_NOT_MIRRORED"]);
}

#[test]
fn the_reason_of_two_directions_is_that_of_the_worse_one() {
    // Degraded without a floor, in one direction alone.
    let warned = judge(&job("Synchronizing", |job| job.err_code = Some("InternalError".into())));
    assert_eq!(warned.reason(), Some(Code::ApiErrorWithSuccess));
    let joined = both(warned, reverse("Synchronizing", |_| {}));
    assert_eq!((joined.verdict(), joined.reason()), (Verdict::Degraded, Some(Code::ApiErrorWithSuccess)));
    // Degraded without a floor, by both together.
    let joined = both(
        forward("Synchronizing"),
        reverse("Synchronizing", |job| {
            job.source.as_mut().unwrap().instance_id = Some("x".into());
        }),
    );
    assert_eq!((joined.verdict(), joined.reason()), (Verdict::Degraded, Some(Code::EndpointsNotMirrored)));
}

#[test]
fn a_fleet_without_jobs_is_unknown() {
    let empty = fleet([]);
    assert_eq!((empty.verdict(), empty.exit_code(), empty.job_count()), (Verdict::Unknown, 3, 0));
    assert_eq!(empty.causes()[0].code, Some(Code::NoJobs));
    assert_eq!(empty.findings()[0].evidence[0].path.to_string(), "(jobs)");
    assert_eq!(empty.findings()[0].evidence[0].value.as_deref(), Some("0"));
    assert_eq!(empty, FleetAssessment::default());
}

#[test]
fn a_fleet_names_its_three_worst_jobs() {
    let lagging = |id: &str, lag| {
        let job = lagging("Synchronizing", lag, |job| {
            job.job_id = Some(id.into());
            job.performance = None;
        });
        judge(&job)
    };
    let jobs = [
        lagging("b", 100),
        lagging("a", 100),
        lagging("healthy", 0),
        lagging("c", 200),
        lagging("critical", 1000),
        lagging("d", 90),
    ];
    let whole = fleet(&jobs);
    let ids: Vec<_> = whole.causes().iter().map(|cause| cause.job_id.as_deref().unwrap()).collect();
    assert_eq!(ids, ["critical", "c", "a"]);
    assert_eq!(
        (whole.more(), whole.job_count(), whole.verdict(), whole.exit_code()),
        (2, 6, Verdict::Degraded, 2)
    );
    assert_eq!(whole.counts()[&Verdict::Healthy], 1);
    assert_eq!(whole.counts()[&Verdict::Degraded], 5);
    assert_eq!(whole, fleet(jobs.iter().rev()));
    assert_eq!(whole.findings(), []);

    // A worse verdict becomes the only cause; the worst exit status stays.
    let mut worse = whole.clone();
    worse.add_named(&judge(&job(None, |job| job.job_id = None)), "body.json");
    assert_eq!((worse.verdict(), worse.exit_code(), worse.more()), (Verdict::Unknown, 2, 0));
    assert_eq!(worse.causes().len(), 1);
    assert_eq!(worse.causes()[0].job_id.as_deref(), Some("body.json"));
    assert_eq!(worse.causes()[0].code, Some(Code::StatusMissing));
    assert_eq!(worse.job_count(), 7);
}

#[test]
fn the_exit_status_of_a_fleet_is_the_worst_of_its_jobs() {
    let critical = judge(&job("Suspending", |job| job.checkpoint = Some(at(-8 * DAY))));
    assert_eq!((critical.verdict(), critical.exit_code()), (Verdict::Suspended, 2));
    let unknown = forward("Rebalancing");
    assert_eq!(unknown.exit_code(), 3);
    for jobs in [[&critical, &unknown], [&unknown, &critical]] {
        let fleet = fleet(jobs);
        assert_eq!((fleet.verdict(), fleet.exit_code()), (Verdict::Unknown, 2));
    }
}

#[test]
fn healthy_jobs_have_no_cause() {
    let jobs = [forward("Synchronizing"), forward("Synchronizing")];
    let fleet = fleet(&jobs);
    assert_eq!(
        (fleet.verdict(), fleet.exit_code(), fleet.causes().len(), fleet.more()),
        (Verdict::Healthy, 0, 0, 0)
    );
}

/// A warning alone makes a side Degraded, by no floor that the joined findings have.
#[test]
fn the_reason_is_that_of_the_worse_side() {
    let expiring = |job: &mut SyncJob| {
        (job.pay_type, job.expire_time) = (Some(PayType::PrePaid), Some(at(2 * DAY)));
    };
    let expires = Some(Code::ExpiringSoon);
    for (status, reason) in
        [("Initializing", expires), ("Synchronizing", expires), ("NotStarted", Some(Code::TwoWayHalfOpen))]
    {
        let joined = both(judge(&job("Synchronizing", expiring)), reverse(status, |_| {}));
        assert_eq!((joined.verdict(), joined.reason()), (Verdict::Degraded, reason), "{status}");
        let joined = both(forward(status), reverse("Synchronizing", expiring));
        assert_eq!((joined.verdict(), joined.reason()), (Verdict::Degraded, reason), "{status}");
    }
}
