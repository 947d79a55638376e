//! Owned structs of the baselines: every field of the response in its documented JSON type, which is text for most
//! numbers.

use std::io;

use quick_xml::Writer;
use roxmltree::Node;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::walks::{Record, Slot};

/// Defines the structs with the derives that a user would write, and the two walks that fill them.
macro_rules! records {
    ($($record:ident { $($field:ident = $name:literal: $type:ty,)+ })+) => {$(
        #[derive(Debug, Default, PartialEq, Serialize, Deserialize)]
        pub(crate) struct $record {
            $(
                #[serde(rename = $name, default, skip_serializing_if = "Slot::is_absent")]
                pub(crate) $field: $type,
            )+
        }

        impl Record for $record {
            fn from_value(value: &Value) -> Self {
                $record { $($field: value.get($name).map(Slot::from_value).unwrap_or_default(),)+ }
            }

            fn from_node(node: Node<'_, '_>) -> Self {
                let mut record = Self::default();
                for child in node.children().filter(Node::is_element) {
                    match child.tag_name().name() {
                        $($name => record.$field.add_node(child),)+
                        _ => {}
                    }
                }
                record
            }

            fn write_fields(&self, writer: &mut Writer<Vec<u8>>) -> io::Result<()> {
                $(self.$field.write($name, writer)?;)+
                Ok(())
            }
        }
    )+};
}

records! {
    Job {
        request_id = "RequestId": Option<String>,
        success = "Success": Option<bool>,
        err_code = "ErrCode": Option<String>,
        err_message = "ErrMessage": Option<String>,
        dynamic_code = "DynamicCode": Option<String>,
        dynamic_message = "DynamicMessage": Option<String>,
        http_status_code = "HttpStatusCode": Option<i64>,
        task_id = "TaskId": Option<String>,
        job_id = "SynchronizationJobId": Option<String>,
        job_name = "SynchronizationJobName": Option<String>,
        job_class = "SynchronizationJobClass": Option<String>,
        direction = "SynchronizationDirection": Option<String>,
        pay_type = "PayType": Option<String>,
        expire_time = "ExpireTime": Option<String>,
        status = "Status": Option<String>,
        error_message = "ErrorMessage": Option<String>,
        data_initialization = "DataInitialization": Option<bool>,
        structure_initialization = "StructureInitialization": Option<bool>,
        delay = "Delay": Option<String>,
        delay_millis = "DelayMillis": Option<i64>,
        checkpoint = "Checkpoint": Option<String>,
        source = "SourceEndpoint": Option<Endpoint>,
        destination = "DestinationEndpoint": Option<Endpoint>,
        precheck = "PrecheckStatus": Option<Precheck>,
        structure_stage = "StructureInitializationStatus": Option<InitializationStage>,
        data_stage = "DataInitializationStatus": Option<InitializationStage>,
        synchronization_stage = "DataSynchronizationStatus": Option<SynchronizationStage>,
        performance = "Performance": Option<Performance>,
        objects = "SynchronizationObjects": Vec<Object>,
    }

    Endpoint {
        instance_id = "InstanceId": Option<String>,
        instance_type = "InstanceType": Option<String>,
        engine_name = "EngineName": Option<String>,
        ip = "IP": Option<String>,
        port = "Port": Option<String>,
        user_name = "UserName": Option<String>,
    }

    Precheck {
        status = "Status": Option<String>,
        percent = "Percent": Option<String>,
        items = "Detail": Vec<Item>,
    }

    Item {
        name = "ItemName": Option<String>,
        status = "CheckStatus": Option<String>,
        error_message = "ErrorMessage": Option<String>,
        repair_method = "RepairMethod": Option<String>,
    }

    InitializationStage {
        status = "Status": Option<String>,
        percent = "Percent": Option<String>,
        progress = "Progress": Option<String>,
        error_message = "ErrorMessage": Option<String>,
    }

    SynchronizationStage {
        status = "Status": Option<String>,
        percent = "Percent": Option<String>,
        delay = "Delay": Option<String>,
        delay_millis = "DelayMillis": Option<i64>,
        checkpoint = "Checkpoint": Option<String>,
        error_message = "ErrorMessage": Option<String>,
    }

    Performance {
        rps = "RPS": Option<String>,
        flow = "FLOW": Option<String>,
    }

    Object {
        schema_name = "SchemaName": Option<String>,
        new_schema_name = "NewSchemaName": Option<String>,
        table_includes = "TableIncludes": Vec<Table>,
        table_excludes = "TableExcludes": Vec<Table>,
    }

    Table {
        name = "TableName": Option<String>,
    }
}
