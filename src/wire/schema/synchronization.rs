//! The tables of pages of synchronization jobs: [`SynchronizationJobsPage`], [`StatusListPage`].

use super::shared::{
    EndpointRecord, InitializationRecord, ObjectRecord, PerformanceRecord, PrecheckRecord,
    SynchronizationRecord,
};
use super::tags::TagRecord;
use super::{BOOL, CHECKPOINT, IDENTIFIER, MILLIS, SECONDS, TEXT, TIME, open};
use crate::field::{self, Field};
use crate::wire::draft::{Draft, Jobs};
use crate::wire::record::{List, Nested, Scalar, table};
use crate::wire::scalar::ChinaTime;
use crate::wire::scalar::JsonType::Text as AsText;

page_table! {
    SynchronizationJobsPage {
        SynchronizationInstances => Jobs::flat(SynchronizationJobOfPage, field::SYNCHRONIZATION_INSTANCE);
    }
}

table! {
    SynchronizationJobOfPage fills Draft {
        TaskId => job.task_id: IDENTIFIER;
        SynchronizationJobId => job.job_id: IDENTIFIER;
        SynchronizationJobName => job.job_name: TEXT;
        SynchronizationJobClass => job.job_class: IDENTIFIER;
        SynchronizationDirection => job.direction: open();
        PayType => job.pay_type: open();
        ExpireTime => job.expire_time: TIME;
        JobCreateTime => job.created_at: TIME;
        CreateTime => create_time: Scalar(ChinaTime, AsText);
        InstanceCreateTime => instance_create_time: TIME;
        Status => job.status: open();
        ErrorMessage => job.error_message: TEXT;
        DataInitialization => job.data_initialization: BOOL;
        StructureInitialization => job.structure_initialization: BOOL;
        Delay => job.delay: SECONDS;
        DelayMillis => job.delay_millis: MILLIS;
        Checkpoint => job.checkpoint: CHECKPOINT;
        SourceEndpoint => job.source: Nested(EndpointRecord);
        DestinationEndpoint => job.destination: Nested(EndpointRecord);
        PrecheckStatus => job.precheck: Nested(PrecheckRecord);
        StructureInitializationStatus => job.structure_stage: Nested(InitializationRecord);
        DataInitializationStatus => job.data_stage: Nested(InitializationRecord);
        DataSynchronizationStatus => job.synchronization_stage: Nested(SynchronizationRecord);
        Performance => job.performance: Nested(PerformanceRecord);
        Tags => tags: List::flat(TagRecord, field::TAG);
        SynchronizationObjects => job.objects: List::flat(ObjectRecord, field::SYNCHRONIZATION_OBJECT);
    }
    aliases {
        Field::StatusLower.as_str() => Status;
        field::alias::DELAY_MILLS => DelayMillis;
    }
}

page_table! {
    StatusListPage {
        SynchronizationJobListStatusList => Jobs::of_directions(StatusOfList, field::STATUS_INFO);
    }
}

table! {
    StatusOfList fills Draft {
        SynchronizationJobId => job.job_id: IDENTIFIER;
        SynchronizationDirectionInfoList => directions: Jobs::flat(DirectionOfList, field::DIRECTION_INFO);
    }
}

table! {
    DirectionOfList fills Draft {
        Status => job.status: open();
        SynchronizationDirection => job.direction: open();
        Checkpoint => job.checkpoint: CHECKPOINT;
    }
    aliases {
        Field::StatusLower.as_str() => Status;
    }
}
