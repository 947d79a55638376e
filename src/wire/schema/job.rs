//! The table of `DescribeSynchronizationJobStatus`: [`JobStatusResponse`].

use super::shared::{
    EndpointRecord, InitializationRecord, ObjectRecord, PerformanceRecord, PrecheckRecord,
    SynchronizationRecord,
};
use super::{BOOL, CHECKPOINT, IDENTIFIER, INTEGER, MILLIS, SECONDS, TEXT, TIME, open};
use crate::field::{self, Field};
use crate::model::SyncJob;
use crate::wire::record::{List, Nested, table};

table! {
    JobStatusResponse fills SyncJob {
        RequestId => request_id: IDENTIFIER;
        Success => success: BOOL;
        ErrCode => err_code: IDENTIFIER;
        ErrMessage => err_message: TEXT;
        Code => code: IDENTIFIER;
        DynamicCode => dynamic_code: IDENTIFIER;
        DynamicMessage => dynamic_message: TEXT;
        HttpStatusCode => http_status_code: INTEGER;
        TaskId => task_id: IDENTIFIER;
        SynchronizationJobId => job_id: IDENTIFIER;
        SynchronizationJobName => job_name: TEXT;
        SynchronizationJobClass => job_class: IDENTIFIER;
        SynchronizationDirection => direction: open();
        PayType => pay_type: open();
        ExpireTime => expire_time: TIME;
        Status => status: open();
        ErrorMessage => error_message: TEXT;
        DataInitialization => data_initialization: BOOL;
        StructureInitialization => structure_initialization: BOOL;
        Delay => delay: SECONDS;
        DelayMillis => delay_millis: MILLIS;
        Checkpoint => checkpoint: CHECKPOINT;
        SourceEndpoint => source: Nested(EndpointRecord);
        DestinationEndpoint => destination: Nested(EndpointRecord);
        PrecheckStatus => precheck: Nested(PrecheckRecord);
        StructureInitializationStatus => structure_stage: Nested(InitializationRecord);
        DataInitializationStatus => data_stage: Nested(InitializationRecord);
        DataSynchronizationStatus => synchronization_stage: Nested(SynchronizationRecord);
        Performance => performance: Nested(PerformanceRecord);
        SynchronizationObjects => objects: List::flat(ObjectRecord, field::SYNCHRONIZATION_OBJECT);
    }
    aliases {
        Field::StatusLower.as_str() => Status;
        field::alias::DELAY_MILLS => DelayMillis;
    }
    fallbacks {
        Field::Message.as_str() => ErrMessage;
    }
}
