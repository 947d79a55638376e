//! Pages of jobs: the one that was asked for, each of them, both directions joined, and a fleet of all.

use aliyun_dts_status::health::{
    Assessment, Context, Finding, FindingCode, Policy, Scope, Topology, Tracker, Trackers, Verdict, assess,
    assess_each, assess_outcome, fleet, join_directions, two_way,
};
use aliyun_dts_status::model::{Direction, JobKind, Loss, Outcome};
use aliyun_dts_status::{Decoder, Field, Operation, Page, Path, Response, SyncJob};
use proptest::prelude::*;

use crate::builders::{at, codes, job_of, millis, secs, stage};
use crate::strategy::any_job;

use Operation::{DescribeDtsJobs, DescribeMigrationJobs, DescribeSynchronizationJobStatusList};

fn page(jobs: Vec<SyncJob>) -> Page {
    let mut page = Page::new(jobs.first().map_or(DescribeDtsJobs, |job| job.operation));
    page.jobs = jobs;
    page
}

fn answer(page: &Page) -> Outcome<'static> {
    Outcome::response(Response::from(page.clone()))
}

fn judge_each(outcome: &Outcome<'_>) -> Vec<Assessment> {
    assess_each(outcome, &Context::at(at(0)), &Policy::default())
}

/// A synchronization of `DescribeDtsJobs` without a lag.
fn dts(id: &str, direction: Option<Direction>) -> SyncJob {
    job_of(DescribeDtsJobs, "Synchronizing", |job| {
        job.job_id = Some(id.to_owned());
        job.task_id = id.strip_prefix("dts").map(str::to_owned);
        (job.kind, job.direction) = (Some(JobKind::Synchronization), direction);
        (job.delay, job.checkpoint) = (Some(secs(0)), Some(at(-5)));
    })
}

fn forward(id: &str) -> SyncJob {
    dts(id, Some(Direction::Forward))
}

fn reverse(id: &str) -> SyncJob {
    dts(id, Some(Direction::Reverse))
}

#[test]
fn a_page_is_judged_by_the_job_that_was_asked_for() {
    let failed = |mut job: SyncJob| {
        job.status = Some("Failed".into());
        job
    };
    let two = || vec![forward("dtsa"), failed(forward("dtsb")), failed(reverse("dtsb")), forward("dtsc")];
    let masked = || vec![forward("dtsa****"), failed(reverse("dtsa****"))];
    let nameless = || {
        let mut job = forward("dtsa");
        (job.job_id, job.task_id) = (None, None);
        vec![job]
    };
    let ours = FindingCode::JobUnnamed.sentence();
    let not_asked = "The answer is a page of jobs, and none of them was asked for: ";
    let not_on_page = "The page does not have the job that was asked for: ";
    let ambiguous = "Several jobs of the page may be the one that was asked for: ";
    for (jobs, asked, direction, expected) in [
        (two(), Some("dtsa"), Direction::Forward, Ok(Verdict::Healthy)),
        (two(), Some(" dtsb "), Direction::Forward, Ok(Verdict::Failed)),
        (two(), Some("dtsb"), Direction::Reverse, Ok(Verdict::Failed)),
        (two(), Some("c"), Direction::Forward, Ok(Verdict::Healthy)),
        (two(), Some("dtsa"), Direction::Reverse, Err("The response is about another direction")),
        (two(), Some("dtsd"), Direction::Forward, Err(not_on_page)),
        (two(), Some("dts****"), Direction::Forward, Err(ambiguous)),
        (two(), None, Direction::Forward, Err(not_asked)),
        (two(), Some(" "), Direction::Forward, Err(not_asked)),
        (vec![forward("dtsa")], None, Direction::Forward, Err(not_asked)),
        (vec![forward("dtsa"), forward("dtsa")], Some("dtsa"), Direction::Forward, Err(ambiguous)),
        (vec![], Some("dtsa"), Direction::Forward, Err(not_on_page)),
        (masked(), Some("dtsother"), Direction::Forward, Ok(Verdict::Healthy)),
        (masked(), Some("dtsother"), Direction::Reverse, Ok(Verdict::Failed)),
        ([masked(), two()].concat(), Some("dtsother"), Direction::Forward, Err(not_on_page)),
        ([masked(), two()].concat(), Some("dtsa"), Direction::Forward, Ok(Verdict::Healthy)),
        (nameless(), Some("dtsa"), Direction::Forward, Err(ours)),
    ] {
        let context = Context::at(at(0)).job_id(asked.map(str::to_owned)).direction(direction.clone());
        let names: Vec<_> = jobs.iter().map(|job| job.job_id.clone().unwrap_or_default()).collect();
        let assessment = assess_outcome(&answer(&page(jobs)), &context, &Policy::default());
        let case = format!("{asked:?} {direction} of {names:?}");
        match expected {
            Ok(verdict) => assert_eq!(assessment.verdict(), verdict, "{case}"),
            Err(sentence) => {
                assert_eq!(assessment.verdict(), Verdict::Unknown, "{case}");
                let message = &assessment.cause().unwrap().message;
                assert!(message.starts_with(sentence), "{case}: {message}");
            }
        }
    }
}

#[test]
fn each_job_of_a_page_is_judged_in_its_direction() {
    let context =
        Context::at(at(0)).job_id("dtsother".to_owned()).direction(Direction::Reverse).since(at(-9));
    let jobs =
        vec![forward("dtsa"), reverse("dtsa"), dts("dtsb", None), dts("dtsc", Some("Sideways".into()))];
    let each = assess_each(&answer(&page(jobs)), &context, &Policy::default());
    let seen: Vec<_> = each.iter().map(|one| (one.job_id(), one.direction(), codes(one))).collect();
    assert_eq!(
        seen,
        [
            (Some("dtsa"), Scope::Forward, vec![]),
            (Some("dtsa"), Scope::Reverse, vec![]),
            (Some("dtsb"), Scope::Forward, vec![]),
            (Some("dtsc"), Scope::Forward, vec!["DIRECTION_MISMATCH"]),
        ]
    );
}

#[test]
fn the_call_of_a_page_counts_for_the_page() {
    let jobs = || vec![forward("dtsa"), forward("dtsb")];
    type Change = fn(&mut Page);
    let nothing: Change = |_| {};
    for (name, change, status, expected) in [
        ("Success false", (|page| page.success = Some(false)) as Change, None, vec!["API_CALL_FAILED"]),
        ("HttpStatusCode 503", |page| page.http_status_code = Some(503), None, vec!["API_CALL_FAILED"]),
        ("HTTP status 429", nothing, Some(429), vec!["API_CALL_FAILED"]),
    ] {
        let mut page = page(jobs());
        change(&mut page);
        let each = judge_each(&answer(&page).http_status(status));
        assert_eq!(each.iter().flat_map(codes).collect::<Vec<_>>(), expected, "{name}");
        assert_eq!(fleet(&each).verdict(), Verdict::Unknown, "{name}");
    }
    // The vendor's samples have an error code next to their jobs.
    let mut odd = page(jobs());
    (odd.success, odd.err_code) = (Some(true), Some("InternalError".into()));
    for success in [Some(true), None] {
        odd.success = success;
        let each = judge_each(&answer(&odd));
        let found: Vec<_> = each.iter().map(codes).collect();
        assert_eq!(found, [["API_ERROR_WITH_SUCCESS"], ["API_ERROR_WITH_SUCCESS"]], "{success:?}");
    }
    // Without a status an error code leaves nothing: of the job, or of all jobs where the answer is judged as a whole.
    let floor = |assessment: &Assessment| {
        let of_error = |finding: &&Finding| finding.code == FindingCode::ApiErrorWithSuccess;
        assessment.findings().iter().find(of_error).unwrap().floor()
    };
    odd.success = Some(true);
    let unknown = Some(Verdict::Unknown);
    for (without_status, of_each, of_whole) in [(0, [unknown, None], None), (1, [unknown; 2], unknown)] {
        odd.jobs[without_status].status = None;
        assert_eq!(judge_each(&answer(&odd)).iter().map(floor).collect::<Vec<_>>(), of_each);
        let whole = assess_outcome(&answer(&odd), &Context::at(at(0)), &Policy::default());
        assert_eq!(codes(&whole), ["API_ERROR_WITH_SUCCESS", "JOB_UNNAMED"]);
        assert_eq!(floor(&whole), of_whole);
    }
    odd.success = None;
    odd.jobs.clear();
    assert_eq!(codes(&judge_each(&answer(&odd))[0]), ["API_CALL_FAILED"]);
    odd.success = Some(true);
    assert!(judge_each(&answer(&odd)).is_empty());
}

#[test]
fn a_long_message_of_a_page_is_not_repeated_for_each_job() {
    let mut long = page((0..2000).map(|number| forward(&format!("dts{number}"))).collect());
    long.success = Some(true);
    (long.err_code, long.err_message) = (Some("InternalError".into()), Some("x".repeat(1 << 20)));
    let each = judge_each(&answer(&long));
    assert!(each.iter().all(|assessment| codes(assessment) == ["API_ERROR_WITH_SUCCESS"]));
    assert_eq!(each[0].findings()[0].evidence[0].value.as_deref(), Some("InternalError"));
    assert_eq!(each[0].findings()[0].evidence.len(), 1);
    let size = serde_json::to_string(&each).unwrap().len();
    assert!(size < 4 << 20, "{size} bytes");

    long.err_code = Some("x".repeat(1 << 20));
    let size = serde_json::to_string(&judge_each(&answer(&long))).unwrap().len();
    assert!(size < 4 << 20, "{size} bytes");
}

#[test]
fn a_page_without_jobs_is_a_fleet_without_jobs() {
    let empty = page(vec![]);
    let each = judge_each(&answer(&empty));
    assert!(each.is_empty());
    let fleet = fleet(&join_directions(each));
    assert_eq!((fleet.verdict(), fleet.causes()[0].code), (Verdict::Unknown, Some(FindingCode::NoJobs)));
    // A list that was lost is no list without jobs.
    let mut outcome = answer(&empty);
    outcome.losses = vec![Loss::new(Field::DtsJobList, None, "{}")];
    assert_eq!(codes(&judge_each(&outcome)[0]), ["DECIDING_VALUE_LOST", "JOB_UNNAMED"]);
    outcome.losses = vec![Loss::new(Field::TotalRecordCount, None, "many")];
    assert!(judge_each(&outcome).is_empty());
    outcome.losses_omitted = 1;
    assert_eq!(codes(&judge_each(&outcome)[0]), ["DECIDING_VALUE_LOST", "JOB_UNNAMED", "VALUES_LOST"]);
}

#[test]
fn what_decoding_lost_counts_for_the_jobs_it_is_about() {
    let item = |index: usize, field| Path::from(Field::DtsJobList).then(index).then(field);
    let lost = |jobs: Option<std::ops::Range<usize>>, path: Path| Loss::new(path, None, "?").of_jobs(jobs);
    let (none, deciding, other) =
        ([""; 0].as_slice(), ["DECIDING_VALUE_LOST"].as_slice(), ["VALUES_LOST"].as_slice());
    for (loss, expected) in [
        (lost(Some(1..2), item(1, Field::Status)), [none, deciding, none]),
        (lost(Some(0..2), item(0, Field::DtsInstanceId)), [deciding, deciding, none]),
        (lost(Some(2..3), item(2, Field::DtsJobName)), [none, none, other]),
        (lost(None, Path::from(Field::DtsJobList).then(3_usize)), [deciding; 3]),
        (lost(None, Field::Success.into()), [deciding; 3]),
    ] {
        let mut outcome = answer(&page(vec![forward("dtsa"), forward("dtsb"), forward("dtsc")]));
        outcome.losses = vec![loss.clone()];
        let found: Vec<_> = judge_each(&outcome).iter().map(codes).collect();
        assert_eq!(found, expected, "{loss:?}");
        let asked = Context::at(at(0)).job_id("dtsb".to_owned());
        assert_eq!(codes(&assess_outcome(&outcome, &asked, &Policy::default())), expected[1], "{loss:?}");
    }
    let mut outcome = answer(&page(vec![forward("dtsa"), forward("dtsb")]));
    outcome.losses = vec![lost(Some(1..2), item(1, Field::Status))];
    assert_eq!(
        judge_each(&outcome)[1].findings()[0].message,
        "Decoding lost a value that may change the verdict: DtsJobList[1].Status cannot be read, the body has \"?\"."
    );
    outcome.losses.clear();
    outcome.losses_omitted = 2;
    assert_eq!(fleet(&judge_each(&outcome)).counts()[&Verdict::Unknown], 2);
}

#[test]
fn both_directions_of_a_job_are_joined() {
    let scopes = |jobs: Vec<SyncJob>| {
        let joined = join_directions(judge_each(&answer(&page(jobs))));
        let name = |one: &Assessment| format!("{}/{}", one.job_id().unwrap_or_default(), one.direction());
        joined.iter().map(name).collect::<Vec<_>>()
    };
    for (jobs, expected) in [
        (vec![], vec![]),
        (vec![forward("dtsa"), reverse("dtsa")], vec!["dtsa/TwoWay"]),
        (vec![reverse("dtsa"), forward("dtsa")], vec!["dtsa/TwoWay"]),
        (
            vec![forward("dtsa"), forward("dtsb"), reverse("dtsa"), forward("dtsc")],
            vec!["dtsa/TwoWay", "dtsb/Forward", "dtsc/Forward"],
        ),
        (vec![forward("dtsa"), forward("dtsa")], vec!["dtsa/Forward", "dtsa/Forward"]),
        (vec![forward("dtsa"), reverse("dtsb")], vec!["dtsa/Forward", "dtsb/Reverse"]),
        (vec![forward("dts****"), reverse("dts****")], vec!["dts****/TwoWay"]),
        (
            vec![forward("dts****"), forward("dtsb"), reverse("dts****")],
            vec!["dts****/Forward", "dtsb/Forward", "dts****/Reverse"],
        ),
        (vec![dts("dtsa", None), reverse("dtsa")], vec!["dtsa/TwoWay"]),
    ] {
        assert_eq!(scopes(jobs), expected);
    }
}

#[test]
fn directions_of_one_answer_are_not_aliased() {
    let mut pair = [forward("dtsa"), reverse("dtsa")];
    for job in &mut pair {
        job.task_id = Some("same".into());
    }
    let joined = |each: Vec<Assessment>| {
        let [one, other] = each.try_into().unwrap();
        codes(&two_way(Some(one), Some(other), Topology::TwoWay))
    };
    let of_one_page = judge_each(&answer(&page(pair.to_vec())));
    assert_eq!(joined(of_one_page.clone()), [""; 0]);
    let alone = |job: &SyncJob| {
        let context = Context::at(at(0)).direction(job.direction.clone().unwrap());
        assess(job, &context, &Policy::default())
    };
    assert_eq!(joined(pair.iter().map(alone).collect()), ["DIRECTIONS_ALIASED"]);
    assert_eq!(joined(vec![of_one_page[0].clone(), alone(&pair[1])]), ["DIRECTIONS_ALIASED"]);
    assert_eq!(joined(vec![alone(&pair[0]), of_one_page[1].clone()]), ["DIRECTIONS_ALIASED"]);
    let of_two_pages = pair.iter().flat_map(|job| judge_each(&answer(&page(vec![job.clone()]))));
    assert_eq!(joined(of_two_pages.collect()), ["DIRECTIONS_ALIASED"]);
    let aliased = two_way(Some(alone(&pair[0])), Some(alone(&pair[1])), Topology::TwoWay);
    let finding = aliased.findings().iter().find(|finding| finding.code == FindingCode::DirectionsAliased);
    assert!(finding.unwrap().message.ends_with("DtsJobId is same."));
}

#[test]
fn a_page_is_many_polls() {
    let mut trackers = Trackers::new();
    let policy = Policy::default();
    let mut nameless = dts("", None);
    (nameless.job_id, nameless.task_id, nameless.job_name) = (None, None, Some("orders".into()));
    let mut lagging = forward("dtsa");
    lagging.checkpoint = None;
    let jobs = |lag: i64| {
        let mut lagging = lagging.clone();
        lagging.delay = Some(secs(lag));
        page(vec![lagging, reverse("dtsa"), forward("dtsb"), nameless.clone()])
    };
    let mut poll = |minute: i64, lag| {
        let context = Context::at(at(60 * minute));
        let mut page = jobs(lag);
        for job in &mut page.jobs[1..] {
            job.checkpoint = Some(at(60 * minute - 5));
        }
        let each = trackers.observe_each(&answer(&page), &context, &policy);
        each.iter().map(Assessment::exit_code).collect::<Vec<_>>()
    };
    // A lag counts once it has lasted.
    assert_eq!(poll(0, 0), [0, 0, 0, 0]);
    assert_eq!(poll(1, 61), [0, 0, 0, 0]);
    assert_eq!(poll(2, 121), [0, 0, 0, 0]);
    assert_eq!(poll(3, 181), [1, 0, 0, 0]);
    let followed: Vec<_> = trackers.iter().map(|(job, direction, _)| (job, direction)).collect();
    assert_eq!(
        followed,
        [
            ("dtsa", Scope::Forward),
            ("dtsa", Scope::Reverse),
            ("dtsb", Scope::Forward),
            ("orders", Scope::Forward)
        ]
    );

    // The same by the job that was asked for.
    let asked = Context::at(at(240)).job_id("dtsa".to_owned());
    let one = trackers.observe_outcome(&answer(&jobs(241)), &asked, &policy);
    assert_eq!((one.exit_code(), codes(&one)), (1, vec!["LAG_GROWING", "LAG_HIGH"]));
    assert_eq!(trackers.get("dtsa", Scope::Forward).unwrap().status().unwrap().as_str(), "Synchronizing");

    // A failed call is one poll, and an empty page none.
    let mut failed = jobs(0);
    (failed.success, failed.err_code) = (Some(false), Some("Forbidden.RAM".into()));
    assert_eq!(trackers.observe_each(&answer(&failed), &Context::at(at(300)), &policy).len(), 1);
    assert_eq!(trackers.len(), 4);
    assert!(trackers.observe_each(&answer(&page(vec![])), &Context::at(at(360)), &policy).is_empty());
}

#[test]
fn a_call_that_says_nothing_about_any_job_keeps_all_verdicts() {
    let policy = Policy::default();
    let throttled = || {
        let mut page = page(vec![]);
        (page.success, page.err_code) = (Some(false), Some("Throttling.User".into()));
        answer(&page)
    };
    let jobs = |time: i64| {
        let mut jobs = vec![forward("dtsa"), reverse("dtsa"), forward("dtsb")];
        jobs[2].status = Some("Failed".into());
        for job in &mut jobs {
            job.checkpoint = Some(at(time - 5));
        }
        answer(&page(jobs))
    };
    let exits = |each: &[Assessment]| each.iter().map(Assessment::exit_code).collect::<Vec<_>>();
    for silent in [throttled(), Outcome::no_answer()] {
        let mut trackers = Trackers::new();
        let first = trackers.observe_each(&silent, &Context::at(at(-60)), &policy);
        assert_eq!((exits(&first), trackers.len()), (vec![3], 0), "no job is known");
        assert_eq!(exits(&trackers.observe_each(&jobs(0), &Context::at(at(0)), &policy)), [0, 0, 2]);
        let known = trackers.clone();

        let held = trackers.observe_each(&silent, &Context::at(at(60)), &policy);
        assert_eq!(exits(&held), [0, 0, 2]);
        assert!(held.iter().all(|assessment| assessment.held_since() == Some(at(60))));
        let named: Vec<_> = held.iter().map(|held| (held.job_id().unwrap(), held.direction())).collect();
        let (forward, reverse) = (Scope::Forward, Scope::Reverse);
        assert_eq!(named, [("dtsa", forward), ("dtsa", reverse), ("dtsb", forward)]);
        let saved = serde_json::to_string(&trackers).unwrap();
        assert_eq!(serde_json::from_str::<Trackers>(&saved).unwrap(), trackers);
        let one = trackers.get("dtsa", forward).unwrap().clone();
        let mut by_hand = Trackers::new();
        assert_eq!(by_hand.insert("dtsa", forward, one.clone()), None);
        assert_eq!(by_hand.insert("dtsa", forward, Tracker::new()).as_ref(), Some(&one));

        // A call about one job keeps the verdict of this one.
        let context = Context::at(at(60)).job_id(" dtsb ".to_owned()).direction(Direction::Forward);
        let asked = trackers.clone().observe_each(&silent, &context, &policy);
        assert_eq!((exits(&asked), asked[0].held_since()), (vec![2], Some(at(60))));

        // Another page of the same time is a poll of its jobs all the same.
        let mut other = trackers.clone();
        let each = other.observe_each(&jobs(60), &Context::at(at(60)), &policy);
        assert!(each.iter().all(|assessment| !codes(assessment).contains(&"SNAPSHOT_ORDER")));
        assert_eq!(other.get("dtsa", forward).unwrap().silent_since(), None);
        let late = other.observe_each(&silent, &Context::at(at(60)), &policy);
        assert_eq!(exits(&late), [3], "all jobs were polled at this time");

        assert_eq!(exits(&trackers.observe_each(&silent, &Context::at(at(300)), &policy)), [0, 0, 2]);
        assert_eq!(exits(&trackers.observe_each(&silent, &Context::at(at(301)), &policy)), [3, 3, 3]);
        assert_eq!(exits(&trackers.observe_each(&jobs(360), &Context::at(at(360)), &policy)), [0, 0, 2]);
        assert_eq!(trackers.len(), known.len(), "there is no tracker of the empty id");

        // A job that is no longer on any page has nothing to keep.
        let only = answer(&page(vec![dts("dtsa", None)]));
        trackers.observe_each(&only, &Context::at(at(3600)), &policy);
        let held = trackers.observe_each(&silent, &Context::at(at(3660)), &policy);
        assert_eq!(held.iter().map(|held| held.job_id().unwrap()).collect::<Vec<_>>(), ["dtsa"]);
        // At the limit it still has.
        let limit = policy.max_observation_age.num_seconds().max(60 * i64::from(policy.vanish_after));
        for (more, count) in [(0, 3), (1, 1)] {
            let mut trackers = known.clone();
            trackers.observe_each(&jobs(60), &Context::at(at(60)), &policy);
            trackers.observe_each(&only, &Context::at(at(60 + limit + more)), &policy);
            let held = trackers.observe_each(&silent, &Context::at(at(61 + limit + more)), &policy);
            assert_eq!(held.len(), count, "{more}");
        }
    }
}

#[test]
fn a_masked_id_is_no_key() {
    let named = |job_id: &str, task: &str, name: &str| {
        let mut job = forward(job_id);
        let given = |text: &str| (!text.is_empty()).then(|| text.to_owned());
        (job.task_id, job.job_name) = (given(task), given(name));
        job
    };
    for ([job_id, task, name], expected) in [
        ([" dtsa ", "a", "orders"], "dtsa"),
        (["dts****", "a", "orders"], "a"),
        (["dts****", "a****", "orders"], "orders"),
        (["dts****", "", "orders"], "orders"),
        (["dts****", "a****", ""], "dts****"),
        (["", "a****", " "], "a****"),
        (["", "", ""], ""),
    ] {
        assert_eq!(Trackers::key_of(&named(job_id, task, name)), expected);
    }
}

#[test]
fn jobs_of_a_page_that_share_a_key_are_judged_alone() {
    let policy = Policy::default();
    let masked = |status: &str, task: Option<&str>| {
        let mut job = forward("dts****");
        (job.status, job.task_id) = (Some(status.into()), task.map(str::to_owned));
        job
    };
    let mut trackers = Trackers::new();
    for minute in 0..30 {
        let context = Context::at(at(60 * minute));
        let mut jobs = vec![masked("Synchronizing", None), masked("Suspending", None), forward("dtsb")];
        // The order of a page may change.
        if minute % 2 == 1 {
            jobs.swap(0, 1);
        }
        for job in &mut jobs {
            job.checkpoint = Some(at(60 * minute - 5));
        }
        let outcome = answer(&page(jobs));
        let each = trackers.observe_each(&outcome, &context, &policy);
        assert_eq!(each[..2], assess_each(&outcome, &context, &policy)[..2], "minute {minute}");
    }
    let followed: Vec<_> = trackers.iter().map(|(job, ..)| job).collect();
    assert_eq!(followed, ["dtsb"]);

    // Tasks keep them apart.
    let jobs = vec![masked("Synchronizing", Some("a")), masked("Suspending", Some("b"))];
    trackers.observe_each(&answer(&page(jobs)), &Context::at(at(3600)), &policy);
    assert_eq!(trackers.get("b", Scope::Forward).unwrap().status().unwrap().as_str(), "Suspending");
    assert_eq!(trackers.get("a", Scope::Forward).unwrap().status().unwrap().as_str(), "Synchronizing");
}

#[test]
fn a_status_list_has_both_directions() {
    let of_list = |direction, age: i64| {
        let mut job = job_of(DescribeSynchronizationJobStatusList, "Synchronizing", |_| {});
        (job.task_id, job.direction, job.checkpoint) = (None, Some(direction), Some(at(-age)));
        job
    };
    let page = page(vec![of_list(Direction::Forward, 5), of_list(Direction::Reverse, 900)]);
    let joined = join_directions(judge_each(&answer(&page)));
    assert_eq!((joined.len(), joined[0].verdict(), joined[0].lag()), (1, Verdict::Degraded, Some(secs(5))));
    assert_eq!(codes(&joined[0]), ["LAG_CRITICAL"]);
}

/// Jobs of a page with ids of their own, some of them with both directions.
fn any_page() -> impl Strategy<Value = Page> {
    let operation = prop::sample::select(vec![DescribeDtsJobs, DescribeMigrationJobs]);
    let jobs = prop::collection::vec((any_job(), prop::option::of(any_job())), 0..4);
    (operation, jobs).prop_map(|(operation, pairs)| {
        let mut page = Page::new(operation);
        for (index, (forward, reverse)) in pairs.into_iter().enumerate() {
            for (job, direction) in [(Some(forward), Direction::Forward), (reverse, Direction::Reverse)] {
                let Some(mut job) = job else { continue };
                (job.operation, job.direction) = (operation, Some(direction));
                job.job_id = Some(format!("dts{index}"));
                job.task_id = Some(format!("{index}{}", page.jobs.len()));
                (job.success, job.err_code) = (Some(true), None);
                page.jobs.push(job);
            }
        }
        page
    })
}

/// An assessment as JSON, without what is kept for later comparisons: it says where the job was found.
fn shown(assessment: &Assessment) -> serde_json::Value {
    let mut json = serde_json::to_value(assessment).unwrap();
    json.as_object_mut().unwrap().remove("snapshot");
    json
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 500, failure_persistence: None, ..ProptestConfig::default() })]

    /// A job of a page is judged as the same job alone, two directions as by `two_way`, and the page as by `fleet`.
    #[test]
    fn a_page_gives_what_its_jobs_give_alone(page in any_page()) {
        let policy = Policy::default();
        let alone: Vec<_> = page.jobs.iter().map(|job| {
            let context = Context::at(at(0)).direction(job.direction.clone().unwrap());
            assess_outcome(&Outcome::response(Response::from(job.clone())), &context, &policy)
        }).collect();
        let each = judge_each(&answer(&page));
        prop_assert_eq!(each.len(), alone.len());
        for (one, other) in each.iter().zip(&alone) {
            prop_assert_eq!(one.findings(), other.findings());
            prop_assert_eq!(shown(one), shown(other));
        }

        let joined = join_directions(each);
        let mut pairs = Vec::new();
        let mut rest = alone.into_iter().peekable();
        while let Some(forward) = rest.next() {
            let reverse = rest.next_if(|next| next.direction() == Scope::Reverse);
            pairs.push(two_way(Some(forward), reverse, Topology::OneWay));
        }
        let all = |all: &[Assessment]| all.iter().map(shown).collect::<Vec<_>>();
        prop_assert_eq!(all(&joined), all(&pairs));
        prop_assert_eq!(fleet(&joined), fleet(&pairs));
    }
}

#[test]
fn a_migration_of_a_page_is_found_by_its_id() {
    let migration = |id: &str, delay: i64| {
        job_of(DescribeMigrationJobs, "Migrating", |job| {
            (job.job_id, job.task_id) = (Some(id.to_owned()), None);
            job.synchronization_stage = stage("Catched");
            job.synchronization_stage.as_mut().unwrap().delay_millis = Some(millis(delay));
        })
    };
    let page = page(vec![migration("dtsa", 0), migration("dtsb", 900_000)]);
    let asked = Context::at(at(0)).job_id("dtsb".to_owned());
    let assessment = assess_outcome(&answer(&page), &asked, &Policy::default());
    assert_eq!((assessment.lag(), assessment.job_id()), (Some(secs(900)), Some("dtsb")));
}

#[test]
fn an_item_that_cannot_be_read_is_heard_of_wherever_it_is() {
    let good = r#"{"DtsInstanceID":"dtsgood","JobType":"SYNC","Status":"Synchronizing","Delay":0}"#;
    let lost = [
        r#""dtsc Failed""#,
        "null",
        r#"{"Foo":1,"State":"Failed"}"#,
        r#"{"Status":{"a":"Failed"}}"#,
        r#"{"SynchronizationJobId":["a"],"Status":["Failed"]}"#,
        r#"{"Delay":"x","JobType":"FOO"}"#,
    ];
    for lost in lost {
        for items in [format!("{good},{lost}"), format!("{lost},{good}"), lost.to_owned()] {
            let body = format!(r#"{{"DtsJobList":[{items}]}}"#);
            let decoded = Decoder::new().operation(DescribeDtsJobs).decode(body.as_bytes()).unwrap();
            let outcome = Outcome::from(&decoded);
            let each = judge_each(&outcome);
            let (unreadable, rest) = each.split_last().unwrap();
            assert_eq!(unreadable.reason(), Some(FindingCode::DecidingValueLost), "{body}");
            assert_eq!(unreadable.exit_code(), 3, "{body}");
            assert_eq!(rest.len(), decoded.jobs().len(), "{body}");
            assert!(rest.iter().all(|job| job.verdict() == Verdict::Healthy), "{body}");
            assert_eq!(fleet(&join_directions(each)).verdict(), Verdict::Unknown, "{body}");
            let polled = Trackers::new().observe_each(&outcome, &Context::at(at(0)), &Policy::default());
            assert_eq!(polled.last().map(Assessment::exit_code), Some(3), "{body}");
        }
    }
}

#[test]
fn a_reverse_job_is_one_by_its_place() {
    let alone = r#"{"Status":"Failed","ErrorMessage":"cannot be recovered"}"#;
    let forward = r#"{"DtsInstanceID":"dtsa","DtsJobDirection":"Forward","JobType":"MIGRATION","Status":"Failed","Delay":90}"#;
    for (reverse, code) in [(alone, None), (forward, Some(FindingCode::DecidingValueLost))] {
        let body = format!(
            r#"{{"DtsJobList":[{{"DtsInstanceID":"dtsa","JobType":"SYNC","Status":"Synchronizing","Delay":0,"ReverseJob":{reverse}}}]}}"#
        );
        let decoded = Decoder::new().operation(DescribeDtsJobs).decode(body.as_bytes()).unwrap();
        let [_, job] = decoded.jobs() else { panic!("{body}") };
        assert_eq!(
            (job.job_id.as_deref(), job.direction.as_ref()),
            (Some("dtsa"), Some(&Direction::Reverse))
        );
        assert_eq!((job.kind, job.delay_millis), (Some(JobKind::Synchronization), None));
        let joined = join_directions(judge_each(&Outcome::from(&decoded)));
        assert_eq!((joined.len(), joined[0].direction()), (1, Scope::TwoWay), "{body}");
        assert!(joined[0].verdict() >= Verdict::Failed, "{body}");
        assert!(code.is_none_or(|code| codes(&joined[0]).contains(&code.as_str())), "{body}");
    }
}

#[test]
fn calls_that_fail_count_as_changes_of_each_job() {
    let (mut trackers, policy) = (Trackers::new(), Policy::default());
    let jobs = |time: i64, status: &str| {
        let mut job = forward("dtsa");
        (job.status, job.checkpoint) = (Some(status.into()), Some(at(time - 5)));
        answer(&page(vec![job]))
    };
    let mut poll = |minute: i64, status: &str| {
        let context = Context::at(at(60 * minute));
        let outcome = if status.is_empty() { Outcome::no_answer() } else { jobs(60 * minute, status) };
        let mut each = trackers.observe_each(&outcome, &context, &policy);
        each.remove(0)
    };
    let statuses =
        ["Synchronizing", "Failed", "Synchronizing", "Failed", "Synchronizing", "Failed", "Synchronizing"];
    for (minute, status) in (0..).zip(statuses) {
        poll(minute, status);
    }
    let held = poll(7, "");
    assert!(held.held_since().is_some());
    assert_eq!((held.verdict(), held.exit_code()), (Verdict::Degraded, 1));
    assert!(codes(&held).contains(&"FLAPPING"), "{held}");
}
