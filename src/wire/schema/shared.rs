//! The tables of records that several operations share.

use super::{BOXED_TEXT, CHECKPOINT, IDENTIFIER, MILLIS, PERCENT, SECONDS, TEXT, open};
use crate::field::{self, Field};
use crate::model::{
    Endpoint, InitializationStage, Performance, Precheck, PrecheckItem, SyncObject, SynchronizationStage,
};
use crate::wire::record::{List, NameList, Scalar, table};
use crate::wire::scalar::JsonType::Text as AsText;
use crate::wire::scalar::{Flow, Integer, Rate};

table! {
    EndpointRecord fills Endpoint {
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

table! {
    PrecheckRecord fills Precheck {
        Status => status: open();
        Percent => percent: PERCENT;
        Detail => items: List::flat(PrecheckItemRecord, Field::CheckItem.as_str());
    }
    aliases {
        Field::StatusLower.as_str() => Status;
    }
}

table! {
    /// The precheck of a migration, whose items are documented as wrapped.
    WrappedPrecheckRecord fills Precheck {
        Status => status: open();
        Percent => percent: PERCENT;
        Detail => items: List::wrapped(PrecheckItemRecord, Field::CheckItem.as_str());
    }
    aliases {
        Field::StatusLower.as_str() => Status;
    }
}

table! {
    PrecheckItemRecord fills PrecheckItem {
        ItemName => name: open();
        Description => description: BOXED_TEXT;
        CheckStatus => status: open();
        ErrorMessage => error_message: BOXED_TEXT;
        RepairMethod => repair_method: BOXED_TEXT;
    }
    aliases {
        Field::CheckItem.as_str() => ItemName;
        Field::CheckItemDescription.as_str() => Description;
        Field::CheckResult.as_str() => CheckStatus;
        Field::FailedReason.as_str() => ErrorMessage;
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
}

table! {
    SynchronizationRecord fills SynchronizationStage {
        Status => status: open();
        Percent => percent: PERCENT;
        Delay => delay: SECONDS;
        DelayMillis => delay_millis: MILLIS;
        Checkpoint => checkpoint: CHECKPOINT;
        ErrorMessage => error_message: TEXT;
    }
    aliases {
        Field::StatusLower.as_str() => Status;
        field::alias::DELAY_MILLS => DelayMillis;
    }
}

table! {
    PerformanceRecord fills Performance {
        Rps => rps: Scalar(Rate, AsText);
        Flow => flow: Scalar(Flow, AsText);
    }
    aliases {
        Field::RpsMixed.as_str() => Rps;
        Field::FlowMixed.as_str() => Flow;
    }
}

table! {
    ObjectRecord fills SyncObject {
        SchemaName => schema_name: TEXT;
        NewSchemaName => new_schema_name: TEXT;
        TableIncludes => table_includes: NameList(field::TABLE_INCLUDE, Field::TableName);
        TableExcludes => table_excludes: NameList(field::TABLE_EXCLUDE, Field::TableName);
    }
}
