//! The table of the response: each field, its slot in the model, the shape and kind of its value, its type in JSON, and
//! its other names (docs/wire.md, section 1). Bodies are read and written from these rows.

use std::marker::PhantomData;

use super::record::{List, NameList, Nested, Scalar, TextMap, record};
use super::scalar::JsonType::{Native, Text as AsText};
use super::scalar::{
    Bool, Checkpoint, Flow, Identifier, Integer, Millis, Open, PercentOf, Rate, Seconds, Text, Time,
};
use crate::field::{self, Field};
use crate::model::{
    Endpoint, Fault, InitializationStage, Performance, Precheck, PrecheckItem, SyncJob, SyncObject,
    SynchronizationStage,
};

const TEXT: Scalar<Text> = Scalar(Text, AsText);
const IDENTIFIER: Scalar<Identifier> = Scalar(Identifier, AsText);
const BOOL: Scalar<Bool> = Scalar(Bool, Native);

const fn open<E>() -> Scalar<Open<E>> {
    Scalar(Open(PhantomData), AsText)
}

record! {
    SyncJob {
        RequestId => request_id: IDENTIFIER;
        Success => success: BOOL;
        ErrCode => err_code: IDENTIFIER;
        ErrMessage => err_message: TEXT;
        Code => code: IDENTIFIER;
        DynamicCode => dynamic_code: IDENTIFIER;
        DynamicMessage => dynamic_message: TEXT;
        HttpStatusCode => http_status_code: Scalar(Integer, Native);
        TaskId => task_id: IDENTIFIER;
        SynchronizationJobId => job_id: IDENTIFIER;
        SynchronizationJobName => job_name: TEXT;
        SynchronizationJobClass => job_class: IDENTIFIER;
        SynchronizationDirection => direction: open();
        PayType => pay_type: open();
        ExpireTime => expire_time: Scalar(Time, AsText);
        Status => status: open();
        ErrorMessage => error_message: TEXT;
        DataInitialization => data_initialization: BOOL;
        StructureInitialization => structure_initialization: BOOL;
        Delay => delay: Scalar(Seconds, AsText);
        DelayMillis => delay_millis: Scalar(Millis, Native);
        Checkpoint => checkpoint: Scalar(Checkpoint, AsText);
        SourceEndpoint => source: Nested;
        DestinationEndpoint => destination: Nested;
        PrecheckStatus => precheck: Nested;
        StructureInitializationStatus => structure_stage: Nested;
        DataInitializationStatus => data_stage: Nested;
        DataSynchronizationStatus => synchronization_stage: Nested;
        Performance => performance: Nested;
        SynchronizationObjects => objects: List(field::SYNCHRONIZATION_OBJECT);
    }
    aliases {
        Field::StatusLower.as_str() => Status;
        field::alias::DELAY_MILLS => DelayMillis;
    }
    fallbacks {
        Field::Message.as_str() => ErrMessage;
    }
}

record! {
    Endpoint {
        InstanceId => instance_id: IDENTIFIER;
        InstanceType => instance_type: IDENTIFIER;
        EngineName => engine_name: IDENTIFIER;
        Ip => ip: IDENTIFIER;
        Port => port: Scalar(Integer, AsText);
        UserName => user_name: TEXT;
    }
    aliases {
        Field::IpMixed.as_str() => Ip;
        Field::InstanceIdUpper.as_str() => InstanceId;
    }
}

record! {
    Precheck {
        Status => status: open();
        Percent => percent: Scalar(PercentOf, AsText);
        Detail => items: List(Field::CheckItem.as_str());
    }
    aliases {
        Field::StatusLower.as_str() => Status;
    }
}

record! {
    PrecheckItem {
        ItemName => name: open();
        Description => description: TEXT;
        CheckStatus => status: open();
        ErrorMessage => error_message: TEXT;
        RepairMethod => repair_method: TEXT;
    }
    aliases {
        Field::CheckItem.as_str() => ItemName;
        Field::CheckItemDescription.as_str() => Description;
        Field::CheckResult.as_str() => CheckStatus;
        Field::FailedReason.as_str() => ErrorMessage;
    }
}

record! {
    InitializationStage {
        Status => status: open();
        Percent => percent: Scalar(PercentOf, AsText);
        Progress => progress: Scalar(Integer, AsText);
        ErrorMessage => error_message: TEXT;
    }
    aliases {
        Field::StatusLower.as_str() => Status;
    }
}

record! {
    SynchronizationStage {
        Status => status: open();
        Percent => percent: Scalar(PercentOf, AsText);
        Delay => delay: Scalar(Seconds, AsText);
        DelayMillis => delay_millis: Scalar(Millis, Native);
        Checkpoint => checkpoint: Scalar(Checkpoint, AsText);
        ErrorMessage => error_message: TEXT;
    }
    aliases {
        Field::StatusLower.as_str() => Status;
        field::alias::DELAY_MILLS => DelayMillis;
    }
}

record! {
    Performance {
        Rps => rps: Scalar(Rate, AsText);
        Flow => flow: Scalar(Flow, AsText);
    }
    aliases {
        Field::RpsMixed.as_str() => Rps;
        Field::FlowMixed.as_str() => Flow;
    }
}

record! {
    SyncObject {
        SchemaName => schema_name: TEXT;
        NewSchemaName => new_schema_name: TEXT;
        TableIncludes => table_includes: NameList(field::TABLE_INCLUDE, Field::TableName);
        TableExcludes => table_excludes: NameList(field::TABLE_EXCLUDE, Field::TableName);
    }
}

record! {
    Fault {
        Code => code: IDENTIFIER;
        Message => message: TEXT;
        RequestId => request_id: IDENTIFIER;
        HostId => host_id: IDENTIFIER;
        Recommend => recommend: IDENTIFIER;
        Description => description: TEXT;
        AccessDeniedDetail => access_denied_detail: TextMap;
    }
}
