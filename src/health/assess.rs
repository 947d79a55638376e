//! One response judged by itself: [`assess`].

use super::assessment::{Assessment, Memory, StageMemory};
use super::combine::settle;
use super::finding::Finding;
use super::names::Names;
use super::policy::{Context, Policy};
use super::rules;
use super::rules::case::{Case, Stage, scope};
use super::rules::{envelope, lag};
use super::verdict::Verdict;
use crate::model::{Endpoint, Fault, InitializationStage, Response, StageStatus, SyncJob};

/// Judges one snapshot of a job.
#[must_use]
pub fn assess(job: &SyncJob, context: &Context, policy: &Policy) -> Assessment {
    let case = Case::new(job, context, policy);
    let mut findings = Vec::new();
    let mut assessment = Assessment::bare(scope(context), context.observed_at);
    assessment.status.clone_from(&job.status);
    assessment.names = Names::new(
        job.job_id.as_deref(),
        job.task_id.as_deref(),
        instance(job.source.as_ref()),
        instance(job.destination.as_ref()),
    );
    if envelope::judge(&case, &mut findings).is_continue() {
        let measured = lag::measure(&case);
        rules::judge(&case, &measured, &mut findings, &mut assessment.deadlines);
        assessment.lag = measured.lag.map(|(lag, _)| lag);
        assessment.data_age = measured.data_age;
        assessment.checkpoint = measured.checkpoint.map(|(at, _)| at);
        assessment.rps = job.performance.as_ref().and_then(|performance| performance.rps);
        assessment.memory = Some(Memory {
            lag_source: measured.lag.map(|(_, source)| source),
            checkpoint_source: measured.checkpoint.map(|(_, source)| source),
            schema: stage_memory(&case.schema, job.structure_stage.as_ref()),
            full: stage_memory(&case.full, job.data_stage.as_ref()),
        });
    }
    settled(assessment, findings)
}

/// Judges the gateway's error document: the call failed, and nothing is known of the job.
#[must_use]
pub fn assess_fault(fault: &Fault, context: &Context, policy: &Policy) -> Assessment {
    let mut findings = Vec::new();
    envelope::judge_fault(fault, context, policy, &mut findings);
    settled(Assessment::bare(scope(context), context.observed_at), findings)
}

/// Judges whatever a body turned out to be.
#[must_use]
pub fn assess_response(response: &Response, context: &Context, policy: &Policy) -> Assessment {
    match response {
        Response::Job(job) => assess(job, context, policy),
        Response::Fault(fault) => assess_fault(fault, context, policy),
    }
}

fn settled(mut assessment: Assessment, mut findings: Vec<Finding>) -> Assessment {
    (assessment.verdict, assessment.reason) = settle(Verdict::Healthy, &mut findings);
    assessment.findings = findings;
    assessment
}

fn stage_memory(stage: &Stage<'_>, record: Option<&InitializationStage>) -> StageMemory {
    StageMemory {
        migrating: stage.is(&StageStatus::Migrating),
        progress: record.and_then(|record| record.progress),
    }
}

fn instance(endpoint: Option<&Endpoint>) -> Option<&str> {
    endpoint?.instance_id.as_deref()
}
