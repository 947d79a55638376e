//! Properties of every job: I1 to I11 of the rules, and that nothing panics.

use aliyun_dts_status::SyncJob;
use aliyun_dts_status::health::{
    Assessment, Context, FindingCode, Phase, Policy, Scope, Severity, Topology, Verdict, assess, compare,
    fleet, two_way,
};
use aliyun_dts_status::model::{JobStatus, StageStatus};
use chrono::{DateTime, TimeDelta, Utc};
use proptest::prelude::*;

use crate::builders::{at, judge};
use crate::strategy::{any_context, any_delay, any_job};

fn assessed() -> impl Strategy<Value = (SyncJob, Context, Assessment)> {
    (any_job(), any_context()).prop_map(|(job, context)| {
        let assessment = assess(&job, &context, &Policy::default());
        (job, context, assessment)
    })
}

const RUNNING: [&str; 6] = ["Synchronizing", "Migrating", "Retrying", "Modifying", "Upgrade", "Downgrade"];

fn stopped(assessment: &Assessment) -> bool {
    let stops = [
        FindingCode::ApiCallFailed,
        FindingCode::ResponseEmpty,
        FindingCode::JobMismatch,
        FindingCode::JobUnnamed,
        FindingCode::BodyUndecodable,
        FindingCode::NoAnswer,
    ];
    assessment.findings().iter().any(|finding| stops.contains(&finding.code))
}

fn worst(assessment: &Assessment) -> Severity {
    assessment.severity().unwrap_or(Severity::Info)
}

/// The rank of the exit status, higher for a worse one.
fn rank(assessment: &Assessment) -> Option<usize> {
    [0, 1, 3, 2].into_iter().position(|code| code == assessment.exit_code())
}

/// Checks an assessment of one job, of two snapshots or of two directions.
pub(crate) fn check_shape(assessment: &Assessment) -> Result<(), TestCaseError> {
    check_exit_status(assessment)?;
    // A verdict that is held comes with the exit status of its poll, two directions with the worst of both.
    if assessment.held_since().is_none() && assessment.direction() != Scope::TwoWay {
        prop_assert!(!is_fine(assessment) || assessment.exit_code() == 0);
    }
    check_findings(assessment)
}

fn is_fine(assessment: &Assessment) -> bool {
    let well = matches!(assessment.verdict(), Verdict::Healthy | Verdict::Progressing);
    well && worst(assessment) < Severity::Warning
}

fn check_exit_status(assessment: &Assessment) -> Result<(), TestCaseError> {
    // I1
    if assessment.verdict() == Verdict::Healthy {
        prop_assert!(worst(assessment) <= Severity::Notice);
    }
    // I5
    prop_assert!(is_fine(assessment) || assessment.exit_code() != 0);
    Ok(())
}

fn check_findings(assessment: &Assessment) -> Result<(), TestCaseError> {
    // I7
    for finding in assessment.findings() {
        prop_assert!(!finding.evidence.is_empty(), "{:?}", finding);
        for piece in &finding.evidence {
            let path = piece.path.to_string();
            let names = ["(observed_at)", "(direction)", "(previous)", "(jobs)"];
            prop_assert!(!path.starts_with('(') || names.contains(&path.as_str()), "{}", path);
        }
        prop_assert!(finding.message.ends_with('.') && !finding.message.contains(char::is_control));
        prop_assert!(finding.floor().is_none_or(|floor| floor <= assessment.verdict()));
    }
    // The order of a report.
    let keys = assessment
        .findings()
        .iter()
        .map(|finding| (std::cmp::Reverse(finding.severity), finding.phase, finding.code.as_str()));
    prop_assert!(keys.is_sorted());
    // Only Healthy has no reason. A reason is among the findings, unless it is that of an earlier poll.
    prop_assert_eq!(assessment.reason().is_none(), assessment.verdict() == Verdict::Healthy);
    if assessment.held_since().is_none() {
        prop_assert_eq!(assessment.cause().map(|finding| finding.code), assessment.reason());
    }
    prop_assert!(assessment.lag().is_none_or(|lag| lag >= TimeDelta::zero()));
    prop_assert!(assessment.data_age().is_none_or(|age| age >= TimeDelta::zero()));
    prop_assert!(serde_json::to_string(assessment).is_ok());
    Ok(())
}

/// The delays of a job.
fn delays(job: &mut SyncJob) -> Vec<&mut Option<TimeDelta>> {
    let mut all = vec![&mut job.delay, &mut job.delay_millis];
    if let Some(stage) = &mut job.synchronization_stage {
        all.extend([&mut stage.delay, &mut stage.delay_millis]);
    }
    all
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn one_snapshot((job, context, assessment) in assessed()) {
        check_shape(&assessment)?;
        let status = job.status.as_ref();
        let inc = job.synchronization_stage.as_ref().and_then(|stage| stage.status.as_ref());
        // I2
        if status.is_some_and(|status| RUNNING.contains(&status.as_str()))
            && inc == Some(&StageStatus::Failed)
            && !stopped(&assessment)
        {
            prop_assert!(assessment.verdict() >= Verdict::Failed);
        }
        // I3
        if !status.is_some_and(JobStatus::is_known) {
            prop_assert!(assessment.verdict() >= Verdict::Unknown);
        }
        // I4
        if context.now - context.observed_at > TimeDelta::try_minutes(5).unwrap() {
            prop_assert!(assessment.verdict() >= Verdict::Unknown);
        }
        // I9
        if assessment.lag() == Some(TimeDelta::zero()) {
            let mut job = job;
            let zero = delays(&mut job).into_iter().any(|delay| *delay == Some(TimeDelta::zero()));
            let now = assessment.checkpoint().is_some_and(|at| at >= context.observed_at);
            prop_assert!(zero || now);
        }
    }

    #[test]
    fn raising_a_delay_never_improves(
        (job, context, before) in assessed(),
        which in 0..4_usize,
        more in any_delay(),
    ) {
        // I10
        let mut job = job;
        let mut delays = delays(&mut job);
        let count = delays.len();
        let delay = &mut *delays[which % count];
        if let Some(raised) = delay.filter(|delay| *delay >= TimeDelta::zero())
            && more >= TimeDelta::zero()
        {
            *delay = Some(raised.checked_add(&more).unwrap_or(TimeDelta::MAX));
            let after = assess(&job, &context, &Policy::default());
            prop_assert!(after.verdict() >= before.verdict(), "{:?} {:?}", before, after);
            prop_assert!(rank(&after) >= rank(&before), "{:?} {:?}", before, after);
        }
    }

    #[test]
    fn an_older_checkpoint_never_improves(
        (job, context, before) in assessed(),
        in_stage in any::<bool>(),
        older in any_delay(),
    ) {
        // I10
        let mut job = job;
        let stage = job.synchronization_stage.as_mut();
        let checkpoint =
            if in_stage { stage.map(|stage| &mut stage.checkpoint) } else { Some(&mut job.checkpoint) };
        let skew = Policy::default().clock_skew;
        let is_used = |at: &DateTime<Utc>| *at - context.observed_at <= skew;
        if let Some(at) = checkpoint
            && let Some(made) = at.filter(is_used).and_then(|at| at.checked_sub_signed(older))
            && older >= TimeDelta::zero()
        {
            *at = Some(made);
            let after = assess(&job, &context, &Policy::default());
            prop_assert!(after.verdict() >= before.verdict(), "{:?} {:?}", before, after);
            prop_assert!(rank(&after) >= rank(&before), "{:?} {:?}", before, after);
        }
    }

    #[test]
    fn a_rate_that_falls_to_0_makes_only_a_critical_lag_better((job, context, before) in assessed()) {
        // I11
        let mut job = job;
        let is_running = job.status.as_ref().is_some_and(|status| RUNNING.contains(&status.as_str()));
        let performance = job.performance.as_mut().unwrap();
        if is_running && performance.rps.is_some() {
            performance.rps = Some(0.0);
            let after = assess(&job, &context, &Policy::default());
            prop_assert!(after.verdict() >= before.verdict(), "{:?} {:?}", before, after);
            let has = |assessment: &Assessment, code| {
                assessment.findings().iter().any(|finding| finding.code == code)
            };
            let was_critical = has(&before, FindingCode::LagCritical) && has(&after, FindingCode::LagHigh);
            prop_assert!(was_critical || rank(&after) >= rank(&before), "{:?} {:?}", before, after);
        }
    }

    #[test]
    fn two_snapshots(
        (_, _, before) in assessed(),
        (job, context, alone) in assessed(),
        seconds in -10..4000_i64,
    ) {
        let policy = Policy::default();
        let compared = compare(&before, alone.clone(), &policy);
        check_comparison(&alone, &compared, &before)?;
        // Most trends are found in the same job some time later.
        let later = context.observed_at.checked_add_signed(TimeDelta::try_seconds(seconds).unwrap());
        if let Some(later) = later {
            let later = assess(&job, &context.observed_at(later), &policy);
            check_comparison(&later, &compare(&alone, later.clone(), &policy), &alone)?;
        }
    }

    #[test]
    fn two_directions((_, _, one) in assessed(), (_, _, other) in assessed()) {
        let joined = two_way(Some(one.clone()), Some(other.clone()), Topology::OneWay);
        check_findings(&joined)?;
        // I5 and I6, except for a side that waits for the other one.
        let waits = |side: &Assessment, other: &Assessment| {
            let status = side.status().map(JobStatus::as_str);
            matches!(status, Some("NotStarted" | "PreCheckPass")) && other.verdict() == Verdict::Progressing
        };
        if !waits(&one, &other) && !waits(&other, &one) {
            check_exit_status(&joined)?;
            prop_assert!(rank(&joined) >= rank(&one).max(rank(&other)));
        }
        prop_assert!(joined.verdict() >= one.verdict().max(other.verdict()));
        prop_assert!(joined.severity() >= one.severity().max(other.severity()));
        let swapped = two_way(Some(other.clone()), Some(one.clone()), Topology::OneWay);
        prop_assert_eq!(joined.verdict(), swapped.verdict());
        prop_assert_eq!(joined.exit_code(), swapped.exit_code());
        for finding in one.findings().iter().chain(other.findings()) {
            prop_assert!(joined.findings().contains(finding));
        }
        for side in [(Some(one.clone()), None), (None, Some(one.clone()))] {
            let alone = two_way(side.0.clone(), side.1.clone(), Topology::OneWay);
            prop_assert_eq!(&alone, &one);
            let missing = two_way(side.0, side.1, Topology::TwoWay);
            check_shape(&missing)?;
            prop_assert!(missing.verdict() >= one.verdict().max(Verdict::Unknown));
        }
    }

    #[test]
    fn a_fleet_is_no_better_than_any_job(
        jobs in prop::collection::vec(assessed().prop_map(|(_, _, assessment)| assessment), 1..8),
    ) {
        // I6
        let whole = fleet(&jobs);
        prop_assert_eq!(whole.job_count(), jobs.len());
        prop_assert!(whole.causes().len() <= 3);
        for cause in whole.causes() {
            prop_assert_eq!(cause.verdict, whole.verdict());
        }
        let worst = jobs.iter().map(Assessment::verdict).max();
        prop_assert_eq!(Some(whole.verdict()), worst);
        let worst_exit = jobs.iter().max_by_key(|job| rank(job)).map(Assessment::exit_code);
        prop_assert_eq!(Some(whole.exit_code()), worst_exit);
        prop_assert_eq!(&whole, &fleet(jobs.iter().rev()));
        let of_worst = jobs.iter().filter(|job| Some(job.verdict()) == worst && job.reason().is_some());
        prop_assert_eq!(whole.causes().len() + whole.more(), of_worst.count());
    }
}

fn check_comparison(
    alone: &Assessment,
    compared: &Assessment,
    previous: &Assessment,
) -> Result<(), TestCaseError> {
    check_shape(compared)?;
    prop_assert!(compared.verdict() >= alone.verdict());
    let trend = compared.findings().iter().filter(|finding| finding.phase == Phase::Trend);
    let added: Vec<_> = trend.map(|finding| finding.code).collect();
    prop_assert_eq!(compared.findings().len(), alone.findings().len() + added.len());
    if stopped(alone) || stopped(previous) {
        prop_assert!(added.is_empty());
    } else if alone.observed_at() <= previous.observed_at() {
        prop_assert_eq!(added, [FindingCode::SnapshotOrder]);
    }
    prop_assert_eq!((compared.lag(), compared.data_age()), (alone.lag(), alone.data_age()));
    Ok(())
}

#[test]
fn nothing_in_unknown_out() {
    // I8
    assert_eq!(judge(&SyncJob::default()).verdict(), Verdict::Unknown);
    let mut job = SyncJob::default();
    job.request_id = Some("x".into());
    job.success = Some(true);
    job.delay = Some(TimeDelta::zero());
    job.checkpoint = Some(at(0));
    assert_eq!(judge(&job).verdict(), Verdict::Unknown);
    assert_eq!(fleet([]).verdict(), Verdict::Unknown);
    assert_eq!(two_way(None, None, Topology::OneWay).verdict(), Verdict::Unknown);
}
