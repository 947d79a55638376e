//! Every finding code has a case, and its sentences are reviewed.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use aliyun_dts_status::health::{
    Assessment, Context, Finding, FindingCode, Policy, Topology, Tracker, assess, assess_outcome, compare,
    fleet, two_way,
};
use aliyun_dts_status::model::{
    CheckStatus, Direction, InitializationStage, ItemName, JobKind, Loss, Outcome, PayType, Percent,
    Precheck, PrecheckItem, PrecheckStatus, RetryState, StageStatus,
};
use aliyun_dts_status::{Fault, Field, Operation, Page, Path, Response, Segment, SyncJob, decode};

use crate::builders::{
    DAY, HOUR, at, initial_stage, job, job_of, judge, judge_at, lagging, millis, secs, stage,
};

#[test]
fn every_code_is_found_somewhere() {
    let found: BTreeSet<_> =
        cases().iter().flat_map(|(_, found)| found).map(|finding| finding.code).collect();
    let never: Vec<_> = FindingCode::ALL.iter().filter(|code| !found.contains(code)).collect();
    assert!(never.is_empty(), "no case for {never:?}");
}

#[test]
fn every_finding_says_what_is_wrong() {
    let mut text = String::new();
    for (name, findings) in cases() {
        writeln!(text, "# {name}").unwrap();
        for finding in findings {
            let Finding { code, severity, phase, direction, message, remedy, .. } = &finding;
            writeln!(text, "{code} {severity} {phase} {direction}").unwrap();
            writeln!(text, "  {message}\n  {remedy}").unwrap();
            if let Some(subject) = &finding.subject {
                writeln!(text, "  about {subject}").unwrap();
            }
            if !finding.upstream.is_empty() {
                writeln!(text, "  upstream {}", finding.upstream.join(", ")).unwrap();
            }
        }
    }
    insta::assert_snapshot!(text);
}

#[test]
fn codes_read_back_and_their_texts_are_whole_sentences() {
    let mut seen = BTreeSet::new();
    for code in FindingCode::ALL {
        let text = code.as_str();
        assert!(seen.insert(text), "{text} twice");
        assert_eq!(text.parse(), Ok(*code));
        assert_eq!(text.to_lowercase().parse(), Ok(*code));
        assert!(text.bytes().all(|letter| letter.is_ascii_uppercase() || letter == b'_'), "{text}");
        let sentence = code.sentence();
        assert!(sentence.starts_with(char::is_uppercase) && !sentence.ends_with('.'), "{sentence}");
        let remedy = code.remedy();
        assert!(remedy.starts_with(char::is_uppercase) && remedy.ends_with('.'), "{remedy}");
    }
    assert!("LAG".parse::<FindingCode>().is_err());
}

/// The findings of each case, by its name.
fn cases() -> Vec<(String, Vec<Finding>)> {
    let mut cases: Vec<(String, Vec<Finding>)> = Vec::new();
    let mut case = |name: &str, assessment: &Assessment| {
        let json = serde_json::to_string(assessment).unwrap();
        assert_eq!(&serde_json::from_str::<Assessment>(&json).unwrap(), assessment, "{name}: {json}");
        cases.push((name.to_owned(), assessment.findings().to_vec()));
    };
    for status in [
        "NotConfigured",
        "NotStarted",
        "PreCheckPass",
        "Prechecking",
        "PrecheckFailed",
        "Initializing",
        "InitializeFailed",
        "Synchronizing",
        "Retrying",
        "Failed",
        "Suspending",
        "Modifying",
        "Upgrade",
        "Downgrade",
        "Locked",
        "ModifyFailed",
        "Finished",
        "Rebalancing",
    ] {
        case(status, &judge(&job(status, |job| job.error_message = None)));
    }
    case("no status", &judge(&job(None, |_| {})));
    envelopes(&mut case);
    stages(&mut case);
    lags(&mut case);
    clocks(&mut case);
    trends(&mut case);
    polls(&mut case);
    policies(&mut case);
    directions(&mut case);
    operations(&mut case);
    cases.push(("no jobs".to_owned(), fleet([]).findings().to_vec()));
    cases
}

fn assess_at(outcome: &Outcome<'_>, context: &Context) -> Assessment {
    assess_outcome(outcome, context, &Policy::default())
}

fn envelopes(case: &mut impl FnMut(&str, &Assessment)) {
    let sound = job("Synchronizing", |job| (job.delay_millis, job.checkpoint) = (None, None));
    let lost = |path: &[Field], kept: Option<&str>, lost: &str| {
        let path: Path = path.iter().copied().map(Segment::Field).collect();
        Loss::new(path, kept.map(str::to_owned), lost)
    };
    let response = Response::from(sound.clone());
    let mut outcome = Outcome::response(&response);
    outcome.losses = vec![
        lost(&[Field::Status], Some("Synchronizing"), "Failed"),
        lost(&[], None, "{\"Status\": \"Failed\"}"),
        lost(&[Field::Performance, Field::Rps], None, "many"),
    ];
    case("a body that contradicts itself", &assess_at(&outcome, &Context::at(at(0))));
    outcome.losses = vec![lost(&[Field::Delay], Some("0"), "2 h"); 5];
    outcome.losses_omitted = 7;
    case("many values lost", &assess_at(&outcome, &Context::at(at(0))));
    let error = decode(b"<html>Bad gateway</html>").unwrap_err();
    let asked = Context::at(at(0)).job_id("dtsexjk1alb116wxyz".to_owned());
    case("a web page", &assess_at(&Outcome::from(&error), &asked));
    case("no answer", &assess_at(&Outcome::no_answer(), &asked));
    case("HTTP 503", &assess_at(&Outcome::response(&response).http_status(503), &asked));
    let mut other = sound.clone();
    (other.job_id, other.task_id) = (Some("dtsother".into()), None);
    case("another job", &assess_at(&Outcome::response(Response::from(other)), &asked));
    let mut nameless = sound.clone();
    (nameless.job_id, nameless.task_id, nameless.job_name, nameless.job_class) = (None, None, None, None);
    case("no job named", &assess_at(&Outcome::response(Response::from(nameless)), &asked));
    case("dated ahead", &judge_at(&sound, &Context::at(at(0)).observed_at(at(3600))));
    case("observed long ago", &judge_at(&sound, &Context::at(at(0)).observed_at(at(-3600))));
    case(
        "throttled",
        &judge(&job(None, |job| {
            job.success = Some(false);
            job.err_code = Some("Throttling.User".into());
            job.err_message = Some("Request was denied due to user flow control.".into());
        })),
    );
    case(
        "no such job",
        &judge(&job("Locked", |job| {
            job.success = Some(false);
            job.err_code = Some("Forbidden.InstanceNotFound".into());
        })),
    );
    let mut fault = Fault::default();
    fault.code = Some("InvalidJobId".into());
    fault.message = Some("The specified job is invalid (DTS.Msg.OperationDenied).".into());
    case("refused", &assess_at(&Outcome::response(Response::Fault(fault)), &Context::at(at(0))));
    case(
        "an error code with success",
        &judge(&job("Synchronizing", |job| {
            job.err_code = Some("InternalError".into());
            job.err_message = Some("The request processing has failed due to some unknown error.".into());
        })),
    );
    case("an empty answer", &judge(&SyncJob::default()));
    case(
        "the other direction",
        &judge(&job("Synchronizing", |job| job.direction = Some(Direction::Reverse))),
    );
}

fn stages(case: &mut impl FnMut(&str, &Assessment)) {
    case("a locked stage", &judge(&job("Synchronizing", |job| job.synchronization_stage = stage("Locked"))));
    case("an unknown stage", &judge(&job("Synchronizing", |job| job.synchronization_stage = stage("Odd"))));
    let mut failed = InitializationStage::default();
    failed.status = Some(StageStatus::Failed);
    failed.error_message = Some("DTS-070211: connect source database failed\n  cause: timeout".into());
    case(
        "both initial stages failed",
        &judge(&job("Initializing", |job| {
            job.structure_stage = Some(failed.clone());
            job.data_stage = Some(failed.clone());
        })),
    );
    case(
        "the incremental stage failed",
        &judge(&job("Synchronizing", |job| {
            job.synchronization_stage = stage("Failed");
            job.synchronization_stage.as_mut().unwrap().error_message =
                Some("DTS-100047: retry cause: DTS-1050002 binlog mysql-bin.000123 is not exists.".into());
        })),
    );
    let mut item = PrecheckItem::default();
    item.name = Some(ItemName::ConnectionSource);
    item.status = Some(CheckStatus::Failed);
    item.error_message = Some("Original error: Access denied".into());
    let mut other = item.clone();
    other.name = Some(ItemName::from("CHECK_SOMETHING"));
    other.error_message = None;
    let mut nameless = other.clone();
    nameless.name = None;
    let mut precheck = Precheck::default();
    precheck.status = Some(PrecheckStatus::Failed);
    precheck.items = vec![item, other, nameless];
    for status in ["PrecheckFailed", "NotStarted"] {
        case("items failed", &judge(&job(status, |job| job.precheck = Some(precheck.clone()))));
    }
    case(
        "reported as unrecoverable",
        &judge(&job("Failed", |job| {
            job.error_message = Some("任务失败太久 无法恢复".into());
        })),
    );
    case(
        "an old message",
        &judge(&job("Synchronizing", |job| job.error_message = Some("DTS-30019 oops".into()))),
    );
    case(
        "retried until the limit",
        &judge(&job("Failed", |job| {
            job.error_message = Some(
                "DTS-100047: retry 120 times, 43200 seconds, which exceed the supposed 43200 seconds".into(),
            );
        })),
    );
}

fn lags(case: &mut impl FnMut(&str, &Assessment)) {
    case("a high lag", &judge(&lagging("Retrying", 61, |_| {})));
    case("a critical lag", &judge(&lagging("Retrying", 3700, |_| {})));
    case(
        "critical by milliseconds",
        &judge(&job("Retrying", |job| {
            (job.delay, job.delay_millis, job.checkpoint) = (None, Some(millis(900_123)), None);
        })),
    );
    case(
        "critical by checkpoint",
        &judge(&job("Retrying", |job| {
            (job.delay, job.delay_millis, job.checkpoint) = (None, None, Some(at(-3 * HOUR)));
        })),
    );
    case("a quiet source", &judge(&lagging("Synchronizing", 900, |_| {})));
    case("a lag of a day", &judge(&lagging("Retrying", DAY, |_| {})));
    case(
        "an unknown lag",
        &judge(&job("Synchronizing", |job| {
            (job.delay, job.delay_millis, job.checkpoint) = (Some(secs(-1)), None, None);
        })),
    );
    case("a checkpoint in the future", &judge(&job("Synchronizing", |job| job.checkpoint = Some(at(600)))));
    case(
        "delay and checkpoint in conflict",
        &judge(&job("Synchronizing", |job| job.checkpoint = Some(at(-3 * HOUR)))),
    );
    case(
        "fields that disagree",
        &judge(&job("Synchronizing", |job| {
            job.delay = Some(secs(5));
            job.delay_millis = Some(millis(45_500));
            job.synchronization_stage = stage("Catched");
            job.synchronization_stage.as_mut().unwrap().checkpoint = Some(at(-100));
        })),
    );
}

fn clocks(case: &mut impl FnMut(&str, &Assessment)) {
    for (status, hours) in
        [("Suspending", 8), ("Suspending", 8 * 24), ("Failed", 6 * 24), ("Failed", 8 * 24), ("Retrying", 13)]
    {
        let exact = job(status, |job| job.checkpoint = Some(at(0)));
        let context = Context::at(at(0)).since(at(-hours * HOUR));
        case(&format!("{status} for {hours} h"), &judge_at(&exact, &context));
        if status != "Retrying" {
            let estimate = job(status, |job| job.checkpoint = Some(at(-hours * HOUR)));
            case(&format!("{status} for about {hours} h"), &judge(&estimate));
        }
    }
    let mut loading = job("Initializing", |_| {});
    loading.data_stage.as_mut().unwrap().status = Some(StageStatus::Migrating);
    loading.data_stage.as_mut().unwrap().percent = Percent::new(75.0);
    for (name, overdue) in [("a load", &loading), ("an upgrade", &job("Upgrade", |_| {}))] {
        case(&format!("{name} for 30 h"), &judge_at(overdue, &Context::at(at(0)).since(at(-30 * HOUR))));
    }
    for days in [8, 2, -2, -8] {
        let subscription = job("Locked", |job| {
            job.pay_type = Some(PayType::PrePaid);
            job.expire_time = Some(at(days * DAY));
        });
        case(&format!("ends in {days} d"), &judge(&subscription));
    }
}

fn trends(case: &mut impl FnMut(&str, &Assessment)) {
    let mut compared = |name: &str, before: &SyncJob, after: &SyncJob, seconds: i64| {
        let before = judge_at(before, &Context::at(at(-seconds)));
        case(name, &compare(&before, judge(after), &Policy::default()));
    };
    let plain = |status| job(status, |job| job.checkpoint = None);
    let lag = |lag, age: i64| {
        lagging("Synchronizing", lag, |job| {
            job.checkpoint = Some(at(-age));
            job.performance.as_mut().unwrap().rps = Some(120.0);
        })
    };
    let rows = |rows| {
        job("Initializing", |job| {
            let stage = job.data_stage.as_mut().unwrap();
            (stage.status, stage.progress) = (Some(StageStatus::Migrating), Some(rows));
        })
    };
    compared("in the wrong order", &plain("Locked"), &plain("Locked"), -60);
    compared("a step back", &plain("Synchronizing"), &plain("Initializing"), 60);
    compared("from the end", &plain("Finished"), &plain("Synchronizing"), 60);
    compared("recovered", &plain("Failed"), &plain("Synchronizing"), 60);
    compared("stalled and growing", &lag(30, 630), &lag(630, 630), 600);
    compared("back and growing", &lag(0, 65), &lag(3605, 3605), 60);
    compared("growing by checkpoint", &lag(0, 300), &lag(0, 3605), 300);
    compared("catching up", &lag(3600, 3900), &lag(3000, 3000), 300);
    compared("progress falls", &rows(200_001), &rows(1000), 60);
    compared("progress does not grow", &rows(1000), &rows(1000), 1800);
}

/// Findings of a tracker: the last one of some polls.
fn polls(case: &mut impl FnMut(&str, &Assessment)) {
    let last = |polls: &[(i64, SyncJob)]| {
        let mut tracker = Tracker::new();
        let mut observe = |(seconds, job): &(i64, SyncJob)| {
            tracker.observe(job, &Context::at(at(*seconds)), &Policy::default())
        };
        polls.iter().map(&mut observe).last().unwrap()
    };
    let lag = |status, lag| {
        lagging(status, lag, |job| {
            (job.checkpoint, job.performance.as_mut().unwrap().rps) = (None, Some(120.0));
        })
    };
    let quiet = |lag: i64| lagging("Synchronizing", lag, |job| job.checkpoint = None);
    let flips = ["Synchronizing", "Retrying", "Synchronizing", "Failed", "Synchronizing", "Retrying"];
    let flips: Vec<_> = (0..).zip(flips).map(|(poll, status)| (poll * 60, lag(status, 0))).collect();
    case("flapping", &last(&flips));
    case(
        "a lag that has not lasted",
        &last(&[(0, lag("Synchronizing", 0)), (60, lag("Synchronizing", 900))]),
    );
    case("a lag that is kept", &last(&[(0, lag("Synchronizing", 900)), (60, lag("Synchronizing", 590))]));
    case(
        "a lag that shrinks after a failure",
        &last(&[(0, lag("Failed", 0)), (600, lag("Synchronizing", 2000)), (660, lag("Synchronizing", 1880))]),
    );
    case("a quiet source in doubt", &last(&[(0, quiet(0)), (3700, quiet(3700))]));
    let mut nothing = SyncJob::default();
    nothing.success = Some(true);
    case("a held verdict", &last(&[(0, lag("Failed", 0)), (60, nothing)]));
}

/// Jobs of other operations, and pages.
fn operations(case: &mut impl FnMut(&str, &Assessment)) {
    use Operation::{DescribeDtsJobs, DescribeMigrationJobStatus, DescribeMigrationJobs};
    case("a migration that is done", &judge(&job_of(DescribeMigrationJobStatus, "Finished", |_| {})));
    case(
        "a migration that copies",
        &judge(&job_of(DescribeMigrationJobs, "Migrating", |job| {
            job.data_stage = initial_stage("Migrating");
        })),
    );
    let mut retry = RetryState::default();
    (retry.retrying, retry.count, retry.module) = (Some(true), Some(5), Some("03".into()));
    (retry.elapsed, retry.limit) = (Some(secs(7200)), Some(secs(7200)));
    retry.error_message = Some("DTS-070211: connect source database failed".into());
    let dts = |status: &'static str| {
        let mut job = job_of(DescribeDtsJobs, status, |_| {});
        (job.kind, job.delay) = (Some(JobKind::Synchronization), Some(secs(0)));
        job.checkpoint = Some(at(-5));
        job
    };
    for status in ["Retrying", "Synchronizing"] {
        let mut retried = dts(status);
        retried.retry = Some(retry.clone());
        case("retried until the reported limit", &judge(&retried));
    }
    let mut in_millis = dts("Synchronizing");
    in_millis.delay = Some(secs(5000));
    case("a delay in milliseconds", &judge(&in_millis));

    let mut page = Page::new(DescribeDtsJobs);
    page.jobs = vec![dts("Synchronizing"), dts("Synchronizing")];
    let mut judge_page = |name, context: Context| {
        case(name, &assess_at(&Outcome::response(Response::from(page.clone())), &context));
    };
    judge_page("a page, and no job asked for", Context::at(at(0)));
    judge_page("a page without the job", Context::at(at(0)).job_id("dtsother".to_owned()));
    judge_page("a page with a job twice", Context::at(at(0)).job_id("dtsi03e3zty16iwxyz".to_owned()));
    let nameless = job_of(DescribeMigrationJobs, "Migrating", |job| (job.job_id, job.task_id) = (None, None));
    case("no migration named", &judge(&nameless));
}

/// The exit status under a policy.
fn policies(case: &mut impl FnMut(&str, &Assessment)) {
    let mut policy = Policy::default();
    policy.maintenance_until = Some(at(HOUR));
    case("in maintenance", &assess(&job("Failed", |_| {}), &Context::at(at(0)), &policy));
}

fn directions(case: &mut impl FnMut(&str, &Assessment)) {
    let forward = || judge(&job("Synchronizing", |_| {}));
    let reverse = |status, change: fn(&mut SyncJob)| {
        let job = job(status, |job| {
            job.task_id = Some("reverse".into());
            change(job);
        });
        judge_at(&job, &Context::at(at(0)).direction(Direction::Reverse))
    };
    case("forward alone", &two_way(Some(forward()), None, Topology::TwoWay));
    case("reverse alone", &two_way(None, Some(reverse("Suspending", |_| {})), Topology::TwoWay));
    let mut both = |name, reverse| case(name, &two_way(Some(forward()), Some(reverse), Topology::TwoWay));
    let same = |direction| {
        let job = job("Synchronizing", |job| job.task_id = Some("exjk1alb116wxyz".into()));
        judge_at(&job, &Context::at(at(0)).direction(direction))
    };
    both("half open and not mirrored", reverse("Suspending", |_| {}));
    let aliased = two_way(Some(same(Direction::Forward)), Some(same(Direction::Reverse)), Topology::TwoWay);
    case("one direction twice", &aliased);
}
