//! Every field of a response, with two values: what tables over all fields are made of.

use aliyun_dts_status::Field;

/// A field: its record, and two values in JSON and as XML content.
pub(crate) struct Row {
    /// The path of the record; `[0]` after a list.
    pub(crate) record: &'static str,
    pub(crate) field: Field,
    pub(crate) json: [String; 2],
    pub(crate) xml: [String; 2],
    pub(crate) kind: Kind,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// A plain value, in its documented spelling.
    Plain,
    Record,
    List,
}

const PLAIN: &[(&str, Field, &str, &str)] = &[
    ("", Field::RequestId, "r", "s"),
    ("", Field::Success, "true", "false"),
    ("", Field::ErrCode, "a", "b"),
    ("", Field::ErrMessage, "a", "b"),
    ("", Field::Code, "a", "b"),
    ("", Field::DynamicCode, "a", "b"),
    ("", Field::DynamicMessage, "a", "b"),
    ("", Field::HttpStatusCode, "200", "500"),
    ("", Field::TaskId, "a", "b"),
    ("", Field::SynchronizationJobId, "a", "b"),
    ("", Field::SynchronizationJobName, "a", "b"),
    ("", Field::SynchronizationJobClass, "small", "large"),
    ("", Field::SynchronizationDirection, "Forward", "Reverse"),
    ("", Field::PayType, "PrePaid", "PostPaid"),
    ("", Field::ExpireTime, "2021-03-07T16:00:00Z", "2021-03-08T16:00:00Z"),
    ("", Field::Status, "Synchronizing", "Failed"),
    ("", Field::ErrorMessage, "a", "b"),
    ("", Field::DataInitialization, "true", "false"),
    ("", Field::StructureInitialization, "true", "false"),
    ("", Field::Delay, "0", "5"),
    ("", Field::DelayMillis, "0", "5000"),
    ("", Field::Checkpoint, "1610616144", "1610616145"),
    ("SourceEndpoint", Field::InstanceId, "a", "b"),
    ("SourceEndpoint", Field::InstanceType, "RDS", "ECS"),
    ("SourceEndpoint", Field::EngineName, "MySQL", "Redis"),
    ("DestinationEndpoint", Field::Ip, "10.0.0.1", "10.0.0.2"),
    ("DestinationEndpoint", Field::Port, "3306", "3307"),
    ("DestinationEndpoint", Field::UserName, "a", "b"),
    ("PrecheckStatus", Field::Status, "Success", "Failed"),
    ("PrecheckStatus", Field::Percent, "100", "50"),
    ("PrecheckStatus.Detail[0]", Field::ItemName, "CHECK_SRC", "CHECK_CONN_SRC"),
    ("PrecheckStatus.Detail[0]", Field::CheckStatus, "Success", "Failed"),
    ("PrecheckStatus.Detail[0]", Field::ErrorMessage, "a", "b"),
    ("PrecheckStatus.Detail[0]", Field::RepairMethod, "a", "b"),
    ("PrecheckStatus.Detail[0]", Field::Description, "a", "b"),
    ("StructureInitializationStatus", Field::Status, "Finished", "Failed"),
    ("StructureInitializationStatus", Field::Percent, "100", "50"),
    ("DataInitializationStatus", Field::Progress, "5", "6"),
    ("DataInitializationStatus", Field::ErrorMessage, "a", "b"),
    ("DataSynchronizationStatus", Field::Status, "Migrating", "Failed"),
    ("DataSynchronizationStatus", Field::Percent, "95", "50"),
    ("DataSynchronizationStatus", Field::Delay, "0", "5"),
    ("DataSynchronizationStatus", Field::DelayMillis, "0", "5000"),
    ("DataSynchronizationStatus", Field::Checkpoint, "1610616144", "1610616145"),
    ("DataSynchronizationStatus", Field::ErrorMessage, "a", "b"),
    ("Performance", Field::Rps, "1", "2"),
    ("Performance", Field::Flow, "1.00MB/s", "2.00MB/s"),
    ("SynchronizationObjects[0]", Field::SchemaName, "a", "b"),
    ("SynchronizationObjects[0]", Field::NewSchemaName, "a", "b"),
];

/// Records and lists: a field inside, and two values of it.
const NESTED: &[(&str, Field, Kind, Field, &str, &str)] = &[
    ("", Field::SourceEndpoint, Kind::Record, Field::InstanceId, "a", "b"),
    ("", Field::DestinationEndpoint, Kind::Record, Field::Port, "3306", "3307"),
    ("", Field::PrecheckStatus, Kind::Record, Field::Status, "Success", "Failed"),
    ("", Field::StructureInitializationStatus, Kind::Record, Field::Status, "Finished", "Failed"),
    ("", Field::DataInitializationStatus, Kind::Record, Field::Status, "Finished", "Failed"),
    ("", Field::DataSynchronizationStatus, Kind::Record, Field::Status, "Migrating", "Failed"),
    ("", Field::Performance, Kind::Record, Field::Rps, "1", "2"),
    ("", Field::SynchronizationObjects, Kind::List, Field::SchemaName, "a", "b"),
    ("PrecheckStatus", Field::Detail, Kind::List, Field::ItemName, "CHECK_SRC", "CHECK_CONN_SRC"),
    ("SynchronizationObjects[0]", Field::TableIncludes, Kind::List, Field::TableName, "a", "b"),
    ("SynchronizationObjects[0]", Field::TableExcludes, Kind::List, Field::TableName, "a", "b"),
];

pub(crate) fn rows() -> Vec<Row> {
    let plain = PLAIN.iter().map(|&(record, field, one, other)| Row {
        record,
        field,
        json: [one, other].map(|value| format!("{value:?}")),
        xml: [one, other].map(str::to_owned),
        kind: Kind::Plain,
    });
    let nested = NESTED.iter().map(|&(record, field, kind, inner, one, other)| Row {
        record,
        field,
        json: [one, other].map(|value| {
            let object = format!("{{\"{inner}\":{value:?}}}");
            if kind == Kind::List { format!("[{object}]") } else { object }
        }),
        xml: [one, other].map(|value| format!("<{inner}>{value}</{inner}>")),
        kind,
    });
    plain.chain(nested).collect()
}

impl Row {
    /// A body with these members of the record: names, and values in JSON.
    pub(crate) fn json_body(&self, members: &[(&str, &str)]) -> String {
        let members: Vec<_> = members.iter().map(|(name, value)| format!("\"{name}\":{value}")).collect();
        let mut body = members.join(",");
        for part in self.record.rsplit('.').filter(|part| !part.is_empty()) {
            body = match part.strip_suffix("[0]") {
                Some(list) => format!("\"{list}\":[{{{body}}}]"),
                None => format!("\"{part}\":{{{body}}}"),
            };
        }
        format!("{{{}{body}}}", if self.needs_job() { "\"SynchronizationJobName\":\"n\"," } else { "" })
    }

    /// A document with these members of the record: names, and contents.
    pub(crate) fn xml_body(&self, members: &[(&str, &str)]) -> String {
        let mut body: String =
            members.iter().map(|(name, content)| format!("<{name}>{content}</{name}>")).collect();
        for part in self.record.rsplit('.').filter(|part| !part.is_empty()) {
            let name = part.trim_end_matches("[0]");
            body = format!("<{name}>{body}</{name}>");
        }
        let job = if self.needs_job() { "<SynchronizationJobName>n</SynchronizationJobName>" } else { "" };
        super::support::document(&format!("{job}{body}"))
    }

    /// The path of the field.
    pub(crate) fn path(&self) -> String {
        if self.record.is_empty() {
            self.field.to_string()
        } else {
            format!("{}.{}", self.record, self.field)
        }
    }

    fn needs_job(&self) -> bool {
        self.field != Field::SynchronizationJobName
    }
}
