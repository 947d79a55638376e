//! Sample jobs for users' tests: the vendor's documented one, and two in trouble.

use chrono::{DateTime, TimeDelta};

use super::{
    CheckStatus, DataRate, Endpoint, InitializationStage, ItemName, JobStatus, PayType, Percent, Performance,
    Precheck, PrecheckItem, PrecheckStatus, StageStatus, SyncJob, SyncObject, SynchronizationStage,
};

impl SyncJob {
    /// A running job without lag: the values of the JSON sample on the vendor's API page (English edition of 2021
    /// to 2024).
    ///
    /// Its checkpoint is 2021-01-14T09:22:24Z. The ids are masked, as the vendor printed them. The sample breaks
    /// the page's own list of values in one place: its precheck is Finished, where the page lists Success and
    /// Failed.
    ///
    /// ```
    /// use aliyun_dts_status::SyncJob;
    /// use aliyun_dts_status::model::JobStatus;
    ///
    /// let job = SyncJob::sample();
    /// assert_eq!(job.status, Some(JobStatus::Synchronizing));
    /// assert_eq!(job.job_id.as_deref(), Some("dtsexjk1alb116****"));
    /// ```
    #[must_use]
    pub fn sample() -> Self {
        let endpoint = |instance_id: &str| Endpoint {
            instance_id: Some(instance_id.into()),
            instance_type: Some("RDS".into()),
            engine_name: Some("MySQL".into()),
            ..Endpoint::default()
        };
        let finished = |progress| InitializationStage {
            status: Some(StageStatus::Finished),
            percent: Percent::new(100.0),
            progress: Some(progress),
            error_message: None,
        };
        SyncJob {
            request_id: Some("DACDF659-AFC6-4DC8-ADB8-4569419A****".into()),
            success: Some(true),
            task_id: Some("exjk1alb116****".into()),
            job_id: Some("dtsexjk1alb116****".into()),
            job_name: Some("MySQL Synchronization".into()),
            job_class: Some("large".into()),
            pay_type: Some(PayType::PostPaid),
            status: Some(JobStatus::Synchronizing),
            data_initialization: Some(true),
            structure_initialization: Some(true),
            delay: TimeDelta::try_seconds(0),
            delay_millis: TimeDelta::try_milliseconds(0),
            checkpoint: DateTime::from_timestamp(1_610_616_144, 0),
            source: Some(endpoint("rm-bp1i99e8l7913****")),
            destination: Some(endpoint("rm-bp1u40w1ip917****")),
            precheck: Some(Precheck {
                error_message: None,
                status: Some(PrecheckStatus::Finished),
                percent: Percent::new(100.0),
                items: ITEMS.into_iter().map(passed).collect(),
            }),
            structure_stage: Some(finished(1)),
            data_stage: Some(finished(200_001)),
            performance: Some(Performance { rps: Some(0.0), flow: DataRate::from_mb_per_s(0.0) }),
            objects: vec![SyncObject {
                schema_name: Some("newdtstestdatabase".into()),
                new_schema_name: Some("dtstestdatabase".into()),
                ..SyncObject::default()
            }],
            ..SyncJob::default()
        }
    }

    /// A running job with a lag of 15 minutes under load: [`sample`](Self::sample) with a delay of 900.123 s in
    /// the job and in the synchronization stage, and 40 statements per second.
    ///
    /// Its checkpoint is still 2021-01-14T09:22:24Z, so the response belongs to a time 15 minutes later.
    ///
    /// ```
    /// use aliyun_dts_status::SyncJob;
    ///
    /// assert_eq!(SyncJob::lagging_sample().delay.map(|delay| delay.num_minutes()), Some(15));
    /// ```
    #[must_use]
    pub fn lagging_sample() -> Self {
        let job = SyncJob::sample();
        let delay = TimeDelta::try_seconds(900);
        let delay_millis = TimeDelta::try_milliseconds(900_123);
        SyncJob {
            delay,
            delay_millis,
            synchronization_stage: Some(SynchronizationStage {
                status: Some(StageStatus::Migrating),
                delay,
                delay_millis,
                checkpoint: job.checkpoint,
                ..SynchronizationStage::default()
            }),
            performance: Some(Performance { rps: Some(40.0), flow: DataRate::from_mb_per_s(0.1) }),
            ..job
        }
    }

    /// A job that failed while it ran, because DTS lost the connection to the source: [`sample`](Self::sample) with
    /// Status Failed, no delay and no performance. The job and the synchronization stage have the start of the
    /// message that the vendor documents for this failure.
    ///
    /// ```
    /// use aliyun_dts_status::SyncJob;
    ///
    /// let job = SyncJob::failed_sample();
    /// assert!(job.error_message.is_some_and(|message| message.starts_with("DTS-070211")));
    /// assert_eq!(job.success, Some(true), "the API call succeeded");
    /// ```
    #[must_use]
    pub fn failed_sample() -> Self {
        let job = SyncJob::sample();
        let error_message = Some("DTS-070211: Connect Source DB failed.".to_owned());
        SyncJob {
            status: Some(JobStatus::Failed),
            delay: None,
            delay_millis: None,
            synchronization_stage: Some(SynchronizationStage {
                status: Some(StageStatus::Failed),
                checkpoint: job.checkpoint,
                error_message: error_message.clone(),
                ..SynchronizationStage::default()
            }),
            error_message,
            performance: None,
            ..job
        }
    }
}

/// The items of the documented precheck, in its order.
const ITEMS: [ItemName; 16] = [
    ItemName::ConnectionSource,
    ItemName::AuthorizationSource,
    ItemName::ConnectionDestination,
    ItemName::AuthorizationDestination,
    ItemName::BinlogOn,
    ItemName::BinlogMode,
    ItemName::BinlogRowImage,
    ItemName::ServerId,
    ItemName::BinlogExists,
    ItemName::Engine,
    ItemName::MysqlPasswordFormat,
    ItemName::SourceVersion,
    ItemName::SameObject,
    ItemName::SqlMode,
    ItemName::SameUser,
    ItemName::Topology,
];

fn passed(name: ItemName) -> PrecheckItem {
    PrecheckItem { name: Some(name), status: Some(CheckStatus::Success), ..PrecheckItem::default() }
}
