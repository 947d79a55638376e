//! The tables of jobs of any kind: [`DtsJobDetail`], [`DtsJobsPage`].

use super::mode::ModeRecord;
use super::tags::DtsTagRecord;
use super::{BOOL, BOXED_TEXT, CHECKPOINT, CODE, IDENTIFIER, INTEGER, MILLIS, PERCENT, TEXT, TIME, open};
use crate::field::{self, Field, not_kept};
use crate::model::{
    Endpoint, InitializationStage, Performance, Precheck, PrecheckItem, RetryState, SynchronizationStage,
};
use crate::wire::draft::{Draft, Jobs, Placed, Reverse};
use crate::wire::record::{List, Nested, Scalar, table};
use crate::wire::scalar::JsonType::{Native, Text as AsText};
use crate::wire::scalar::{Checkpoint, Flow, Integer, JobType, Rate, Seconds};

const JOB_TYPE: Scalar<JobType> = Scalar(JobType, AsText);

table! {
    DtsJobDetail fills Draft {
        RequestId => job.request_id: IDENTIFIER;
        Success => job.success: BOOL;
        ErrCode => job.err_code: IDENTIFIER;
        ErrMessage => job.err_message: TEXT;
        Code => job.code: CODE;
        DynamicCode => job.dynamic_code: IDENTIFIER;
        DynamicMessage => job.dynamic_message: TEXT;
        HttpStatusCode => job.http_status_code: INTEGER;
        DtsInstanceId => job.job_id: IDENTIFIER;
        DtsJobId => job.task_id: IDENTIFIER;
        DtsJobName => job.job_name: TEXT;
        DtsJobClass => job.job_class: IDENTIFIER;
        JobType => job_type: Placed(JOB_TYPE);
        DtsJobDirection => direction: Placed(open());
        SynchronizationDirection => second_direction: Placed(open());
        PayType => job.pay_type: open();
        ExpireTime => job.expire_time: TIME;
        CreateTime => job.created_at: TIME;
        FinishTime => job.finished_at: TIME;
        Status => job.status: open();
        ErrorMessage => job.error_message: TEXT;
        MigrationMode => mode: Nested(ModeRecord);
        Delay => job.delay_millis: MILLIS;
        Checkpoint => job.checkpoint: Scalar(Checkpoint, Native);
        SourceEndpoint => job.source: Nested(EndpointRecord);
        DestinationEndpoint => job.destination: Nested(EndpointRecord);
        PrecheckStatus => job.precheck: Nested(PrecheckRecord);
        StructureInitializationStatus => job.structure_stage: Nested(InitializationRecord);
        DataInitializationStatus => job.data_stage: Nested(InitializationRecord);
        DataSynchronizationStatus => job.synchronization_stage: Nested(SynchronizationRecord);
        Performance => job.performance: Nested(PerformanceRecord);
        RetryState => job.retry: Nested(RetryRecord);
        TagList => tags: List::flat(DtsTagRecord, field::TAG);
        DbObject => job.db_object: TEXT;
    }
    aliases {
        Field::StatusLower.as_str() => Status;
    }
    fallbacks {
        Field::Message.as_str() => ErrMessage;
    }
    not_kept not_kept::DTS_JOB;
}

page_table! {
    DtsJobsPage {
        DtsJobList => Jobs::flat(DtsJobOfPage, field::DTS_JOB_STATUS);
    }
    not_kept not_kept::DTS_PAGE;
}

table! {
    DtsJobOfPage fills Draft {
        DtsInstanceId => job.job_id: IDENTIFIER;
        DtsJobId => job.task_id: IDENTIFIER;
        DtsJobName => job.job_name: TEXT;
        DtsJobClass => job.job_class: IDENTIFIER;
        JobType => job_type: Placed(JOB_TYPE);
        DtsJobDirection => direction: Placed(open());
        PayType => job.pay_type: open();
        ExpireTime => job.expire_time: TIME;
        CreateTime => job.created_at: TIME;
        FinishTime => job.finished_at: TIME;
        Status => job.status: open();
        ErrorMessage => job.error_message: TEXT;
        MigrationMode => mode: Nested(ModeRecord);
        Delay => delay: Placed(INTEGER);
        Checkpoint => job.checkpoint: CHECKPOINT;
        SourceEndpoint => job.source: Nested(EndpointRecord);
        DestinationEndpoint => job.destination: Nested(EndpointRecord);
        PrecheckStatus => job.precheck: Nested(PrecheckRecord);
        StructureInitializationStatus => job.structure_stage: Nested(InitializationRecord);
        DataInitializationStatus => job.data_stage: Nested(InitializationRecord);
        DataSynchronizationStatus => job.synchronization_stage: Nested(SynchronizationRecord);
        Performance => job.performance: Nested(PerformanceRecord);
        RetryState => job.retry: Nested(RetryRecord);
        TagList => tags: List::flat(DtsTagRecord, field::TAG);
        DbObject => job.db_object: TEXT;
        ReverseJob => reverse: Reverse(DtsJobOfPage);
    }
    aliases {
        Field::StatusLower.as_str() => Status;
        Field::SynchronizationDirection.as_str() => DtsJobDirection;
    }
    not_kept not_kept::DTS_JOB;
}

table! {
    EndpointRecord fills Endpoint {
        InstanceIdUpper => instance_id: IDENTIFIER;
        InstanceType => instance_type: IDENTIFIER;
        EngineName => engine_name: IDENTIFIER;
        Region => region: IDENTIFIER;
        IpMixed => ip: IDENTIFIER;
        Port => port: Scalar(Integer, AsText);
        UserName => user_name: TEXT;
        DatabaseName => database_name: TEXT;
        OracleSid => oracle_sid: TEXT;
    }
    aliases {
        Field::Ip.as_str() => IpMixed;
        Field::InstanceId.as_str() => InstanceIdUpper;
    }
    not_kept not_kept::DTS_ENDPOINT;
}

table! {
    PrecheckRecord fills Precheck {
        Status => status: open();
        Percent => percent: PERCENT;
        ErrorMessage => error_message: TEXT;
        Detail => items: List::flat(PrecheckItemRecord, Field::CheckItem.as_str());
    }
    aliases {
        Field::StatusLower.as_str() => Status;
    }
}

table! {
    PrecheckItemRecord fills PrecheckItem {
        CheckItem => name: open();
        CheckItemDescription => description: BOXED_TEXT;
        CheckResult => status: open();
        FailedReason => error_message: BOXED_TEXT;
        RepairMethod => repair_method: BOXED_TEXT;
    }
    aliases {
        Field::ItemName.as_str() => CheckItem;
        Field::Description.as_str() => CheckItemDescription;
        Field::CheckStatus.as_str() => CheckResult;
        Field::ErrorMessage.as_str() => FailedReason;
    }
}

table! {
    InitializationRecord fills InitializationStage {
        Status => status: open();
        Percent => percent: PERCENT;
        Progress => progress: Scalar(Integer, AsText);
        ErrorMessage => error_message: TEXT;
    }
    aliases {
        Field::StatusLower.as_str() => Status;
    }
    not_kept not_kept::DTS_STAGE;
}

table! {
    SynchronizationRecord fills SynchronizationStage {
        Status => status: open();
        Percent => percent: PERCENT;
        Progress => progress_text: TEXT;
        ErrorMessage => error_message: TEXT;
    }
    aliases {
        Field::StatusLower.as_str() => Status;
    }
    not_kept not_kept::DTS_STAGE;
}

table! {
    PerformanceRecord fills Performance {
        RpsMixed => rps: Scalar(Rate, AsText);
        FlowMixed => flow: Scalar(Flow, AsText);
    }
    aliases {
        Field::Rps.as_str() => RpsMixed;
        Field::Flow.as_str() => FlowMixed;
    }
}

table! {
    RetryRecord fills RetryState {
        Retrying => retrying: BOOL;
        RetryCount => count: INTEGER;
        RetryTime => elapsed: Scalar(Seconds, Native);
        MaxRetryTime => limit: Scalar(Seconds, Native);
        RetryTarget => target: IDENTIFIER;
        Module => module: IDENTIFIER;
        ErrMessage => error_message: TEXT;
    }
    aliases {
        field::alias::ERR_MSG => ErrMessage;
    }
    not_kept not_kept::RETRY_STATE;
}
