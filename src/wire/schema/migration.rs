//! The tables of migrations: [`MigrationJobStatusResponse`], [`MigrationJobsPage`].

use super::mode::{LowerModeRecord, ModeRecord};
use super::shared::WrappedPrecheckRecord;
use super::tags::TagRecord;
use super::{BOOL, CHECKPOINT, CODE, IDENTIFIER, INTEGER, PERCENT, SECONDS, TEXT, TIME, open};
use crate::field::{self, Field};
use crate::model::{Endpoint, InitializationStage, SynchronizationStage};
use crate::wire::draft::{Draft, Jobs, ObjectText};
use crate::wire::record::{List, Nested, Scalar, Texts, table};
use crate::wire::scalar::JsonType::Text as AsText;
use crate::wire::scalar::{Bool, Integer};
use crate::wire::schema::shared::{InitializationRecord, SynchronizationRecord};

table! {
    MigrationJobStatusResponse fills Draft {
        RequestId => job.request_id: IDENTIFIER;
        Success => job.success: BOOL;
        ErrCode => job.err_code: IDENTIFIER;
        ErrMessage => job.err_message: TEXT;
        Code => job.code: CODE;
        DynamicCode => job.dynamic_code: IDENTIFIER;
        DynamicMessage => job.dynamic_message: TEXT;
        HttpStatusCode => job.http_status_code: INTEGER;
        TaskId => job.task_id: IDENTIFIER;
        MigrationJobId => job.job_id: IDENTIFIER;
        MigrationJobName => job.job_name: TEXT;
        MigrationJobClass => job.job_class: IDENTIFIER;
        PayType => job.pay_type: open();
        JobCreateTime => job.created_at: TIME;
        InstanceCreateTime => instance_create_time: TIME;
        MigrationJobStatus => job.status: open();
        MigrationMode => mode: Nested(LowerModeRecord);
        SourceEndpoint => job.source: Nested(StatusEndpointRecord);
        DestinationEndpoint => job.destination: Nested(StatusEndpointRecord);
        PrecheckStatus => job.precheck: Nested(WrappedPrecheckRecord);
        StructureInitializationStatus => job.structure_stage: Nested(InitializationRecord);
        DataInitializationStatus => job.data_stage: Nested(InitializationRecord);
        DataSynchronizationStatus => job.synchronization_stage: Nested(SynchronizationRecord);
        MigrationObject => job.db_object: ObjectText { table: ObjectList, is_record: false };
    }
    fallbacks {
        Field::Message.as_str() => ErrMessage;
    }
}

page_table! {
    MigrationJobsPage {
        MigrationJobs => Jobs::wrapped(MigrationJobOfPage, field::MIGRATION_JOB);
    }
}

table! {
    MigrationJobOfPage fills Draft {
        MigrationJobIdUpper => job.job_id: IDENTIFIER;
        MigrationJobName => job.job_name: TEXT;
        MigrationJobClass => job.job_class: IDENTIFIER;
        PayType => job.pay_type: open();
        JobCreateTime => job.created_at: TIME;
        InstanceCreateTime => instance_create_time: TIME;
        MigrationJobStatus => job.status: open();
        MigrationMode => mode: Nested(ModeRecord);
        SourceEndpoint => job.source: Nested(EndpointRecord);
        DestinationEndpoint => job.destination: Nested(EndpointRecord);
        Precheck => job.precheck: Nested(WrappedPrecheckRecord);
        StructureInitialization => job.structure_stage: Nested(InitializationItem);
        DataInitialization => job.data_stage: Nested(InitializationItem);
        DataSynchronization => job.synchronization_stage: Nested(SynchronizationItem);
        Tags => tags: List::wrapped(TagRecord, field::TAG);
        MigrationObject => job.db_object: ObjectText { table: ObjectList, is_record: true };
    }
    aliases {
        Field::PrecheckStatus.as_str() => Precheck;
        Field::StructureInitializationStatus.as_str() => StructureInitialization;
        Field::DataInitializationStatus.as_str() => DataInitialization;
        Field::DataSynchronizationStatus.as_str() => DataSynchronization;
    }
}

table! {
    StatusEndpointRecord fills Endpoint {
        InstanceId => instance_id: IDENTIFIER;
        InstanceType => instance_type: IDENTIFIER;
        EngineName => engine_name: IDENTIFIER;
        Ip => ip: IDENTIFIER;
        Port => port: Scalar(Integer, AsText);
        UserName => user_name: TEXT;
        DatabaseName => database_name: TEXT;
        OracleSidLower => oracle_sid: TEXT;
    }
    aliases {
        Field::IpMixed.as_str() => Ip;
        Field::InstanceIdUpper.as_str() => InstanceId;
    }
}

table! {
    EndpointRecord fills Endpoint {
        InstanceIdUpper => instance_id: IDENTIFIER;
        InstanceType => instance_type: IDENTIFIER;
        EngineName => engine_name: IDENTIFIER;
        Ip => ip: IDENTIFIER;
        Port => port: Scalar(Integer, AsText);
        UserName => user_name: TEXT;
        DatabaseName => database_name: TEXT;
        OracleSid => oracle_sid: TEXT;
    }
    aliases {
        Field::IpMixed.as_str() => Ip;
        Field::InstanceId.as_str() => InstanceIdUpper;
    }
}

table! {
    InitializationItem fills InitializationStage {
        StatusLower => status: open();
        Percent => percent: PERCENT;
        Progress => progress: Scalar(Integer, AsText);
        ErrorMessage => error_message: TEXT;
    }
    aliases {
        Field::Status.as_str() => StatusLower;
    }
}

table! {
    SynchronizationItem fills SynchronizationStage {
        StatusLower => status: open();
        Percent => percent: PERCENT;
        Delay => delay: SECONDS;
        Checkpoint => checkpoint: CHECKPOINT;
        ErrorMessage => error_message: TEXT;
    }
    aliases {
        Field::Status.as_str() => StatusLower;
    }
}

/// What a migration copies, as `DescribeMigrationJobs` lists it.
#[derive(Default, PartialEq)]
pub(in crate::wire) struct MigratedObject {
    database: Option<String>,
    is_whole: Option<bool>,
    tables: Option<TableNames>,
}

/// The tables of one database.
#[derive(Default, PartialEq)]
pub(in crate::wire) struct TableNames {
    names: Vec<String>,
}

/// What a migration copies.
#[derive(Default, PartialEq)]
pub(in crate::wire) struct Objects {
    objects: Vec<MigratedObject>,
}

table! {
    /// `MigrationObject` of `DescribeMigrationJobs`.
    ObjectList fills Objects {
        SynchronousObject => objects: List::flat(ObjectRecord, Field::SynchronousObject.as_str());
    }
}

table! {
    ObjectRecord fills MigratedObject {
        DatabaseName => database: TEXT;
        WholeDatabase => is_whole: Scalar(Bool, AsText);
        TableList => tables: Nested(TableListRecord);
    }
}

table! {
    TableListRecord fills TableNames {
        Table => names: Texts;
    }
}
