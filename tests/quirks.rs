//! Every kind of quirk: its path, its offset, and the text it reports.

mod support;

use aliyun_dts_status::{Format, QuirkKind};

use self::support::{decoded, document, kinds_and_paths};

/// A body with one quirk: the body (of XML the elements inside the root, unless it is a whole document), the text
/// found, and the text of the body at the offset.
type Body = (&'static str, &'static str, &'static str);

/// The kind, the path, and a body in JSON and in XML where the format can have such a thing.
type Row = (QuirkKind, &'static str, Option<Body>, Option<Body>);

#[rustfmt::skip]
const ROWS: &[Row] = &[
    (QuirkKind::FieldCase, "TaskId",
        Some((r#"{"Success": true, "taskid": "a"}"#, "taskid", r#""taskid": "#)),
        Some(("<Success>true</Success><taskid>a</taskid>", "taskid", "<taskid>"))),
    (QuirkKind::FieldCase, "PrecheckStatus.Detail[1].ItemName",
        Some((r#"{"PrecheckStatus": {"Detail": [{"ItemName": "CHECK_SRC"}, {"ITEMNAME": "CHECK_SRC"}]}}"#, "ITEMNAME", r#""ITEMNAME""#)),
        Some(("<PrecheckStatus><Detail><ItemName>CHECK_SRC</ItemName></Detail><Detail><ITEMNAME>CHECK_SRC</ITEMNAME></Detail></PrecheckStatus>", "ITEMNAME", "<ITEMNAME>"))),
    (QuirkKind::FieldCase, "SynchronizationObjects[0].TableIncludes[0].TableName",
        Some((r#"{"SynchronizationObjects": [{"TableIncludes": [{"tablename": "a"}]}]}"#, "tablename", r#""tablename""#)),
        Some(("<SynchronizationObjects><TableIncludes><tablename>a</tablename></TableIncludes></SynchronizationObjects>", "tablename", "<tablename>"))),
    (QuirkKind::FieldCase, "Performance.FLOW",
        Some((r#"{"Performance": {"flow": "1"}}"#, "flow", r#""flow""#)),
        Some(("<Performance><flow>1</flow></Performance>", "flow", "<flow>"))),

    (QuirkKind::FieldAlias, "DelayMillis",
        Some((r#"{"delayMills": 5}"#, "delayMills", r#""delayMills""#)),
        Some(("<delayMills>5</delayMills>", "delayMills", "<delayMills>"))),
    (QuirkKind::FieldAlias, "DataSynchronizationStatus.DelayMillis",
        Some((r#"{"DataSynchronizationStatus": {"DelayMills": 5}}"#, "DelayMills", r#""DelayMills""#)),
        Some(("<DataSynchronizationStatus><DelayMills>5</DelayMills></DataSynchronizationStatus>", "DelayMills", "<DelayMills>"))),
    (QuirkKind::FieldAlias, "Status",
        Some((r#"{"status": "Failed"}"#, "status", r#""status""#)),
        Some(("<status>Failed</status>", "status", "<status>"))),
    (QuirkKind::FieldAlias, "SourceEndpoint.IP",
        Some((r#"{"SourceEndpoint": {"Ip": "a"}}"#, "Ip", r#""Ip""#)),
        Some(("<SourceEndpoint><Ip>a</Ip></SourceEndpoint>", "Ip", "<Ip>"))),
    (QuirkKind::FieldAlias, "DestinationEndpoint.InstanceId",
        Some((r#"{"DestinationEndpoint": {"InstanceID": "a"}}"#, "InstanceID", r#""InstanceID""#)),
        Some(("<DestinationEndpoint><InstanceID>a</InstanceID></DestinationEndpoint>", "InstanceID", "<InstanceID>"))),
    (QuirkKind::FieldAlias, "Performance.RPS",
        Some((r#"{"Performance": {"Rps": "1"}}"#, "Rps", r#""Rps""#)),
        Some(("<Performance><Rps>1</Rps></Performance>", "Rps", "<Rps>"))),
    (QuirkKind::FieldAlias, "Performance.FLOW",
        Some((r#"{"Performance": {"Flow": "1"}}"#, "Flow", r#""Flow""#)),
        Some(("<Performance><Flow>1</Flow></Performance>", "Flow", "<Flow>"))),
    (QuirkKind::FieldAlias, "PrecheckStatus.Detail[0].CheckStatus",
        Some((r#"{"PrecheckStatus": {"Detail": [{"CheckResult": "Failed"}]}}"#, "CheckResult", r#""CheckResult""#)),
        Some(("<PrecheckStatus><Detail><CheckResult>Failed</CheckResult></Detail></PrecheckStatus>", "CheckResult", "<CheckResult>"))),
    (QuirkKind::FieldAlias, "PrecheckStatus.Detail[0].ErrorMessage",
        Some((r#"{"PrecheckStatus": {"Detail": [{"FailedReason": "x"}]}}"#, "FailedReason", r#""FailedReason""#)),
        Some(("<PrecheckStatus><Detail><FailedReason>x</FailedReason></Detail></PrecheckStatus>", "FailedReason", "<FailedReason>"))),

    (QuirkKind::FieldCase, "SynchronizationJobId",
        Some((r#"{"synchronization_job_id": "a"}"#, "synchronization_job_id", r#""synchronization_job_id""#)),
        Some(("<Synchronization-Job_Id>a</Synchronization-Job_Id>", "Synchronization-Job_Id", "<Synchronization-"))),
    (QuirkKind::FieldAlias, "PrecheckStatus.Detail[0].ItemName",
        Some((r#"{"PrecheckStatus": {"Detail": [{"CheckItem": "CHECK_SRC"}]}}"#, "CheckItem", r#""CheckItem""#)),
        Some(("<PrecheckStatus><Detail><CheckItem>CHECK_SRC</CheckItem></Detail></PrecheckStatus>", "CheckItem", "<CheckItem>"))),
    (QuirkKind::FieldAlias, "PrecheckStatus.Detail[0].Description",
        Some((r#"{"PrecheckStatus": {"Detail": [{"CheckItemDescription": "a"}]}}"#, "CheckItemDescription", r#""CheckItemDescription""#)),
        Some(("<PrecheckStatus><Detail><CheckItemDescription>a</CheckItemDescription></Detail></PrecheckStatus>", "CheckItemDescription", "<CheckItemDescription>"))),
    (QuirkKind::FieldAlias, "ErrMessage",
        Some((r#"{"Status": "Failed", "Message": "a"}"#, "Message", r#""Message""#)),
        Some(("<Status>Failed</Status><Message>a</Message>", "Message", "<Message>"))),

    (QuirkKind::RepeatedName, "Status",
        Some((r#"{"Status": null, "Status": "Failed"}"#, "Failed", r#""Status": "Failed"}"#)),
        None),
    (QuirkKind::RepeatedName, "Status",
        Some((r#"{"Status": "Failed", "Status": {}}"#, "{}", r#""Status": {}"#)),
        Some(("<Status>Failed</Status><Status/>", "", "<Status/>"))),

    (QuirkKind::DuplicateField, "",
        Some((r#"{"Status": "Failed", "body": {"Status": "Finished"}}"#, r#"{"Status": "Finished"}"#, r#""body""#)),
        Some(("<Status>Failed</Status><DescribeSynchronizationJobStatusResponse><Status>Finished</Status></DescribeSynchronizationJobStatusResponse>", "<Status>Finished</Status>", "<DescribeSynchronizationJobStatusResponse><Status>Finished"))),
    (QuirkKind::DuplicateField, "Status",
        Some((r#"{"Status": "Failed", "Delay": "1", "Status": "Finished"}"#, "Finished", r#""Status": "Finished"}"#)),
        Some(("<Status>Failed</Status><Delay>1</Delay><Status>Finished</Status>", "Finished", "<Status>Finished"))),
    (QuirkKind::DuplicateField, "Performance",
        Some((r#"{"Performance": {"RPS": "1"}, "Performance": {"RPS": [1, 2]}}"#, r#"{"RPS": [1, 2]}"#, r#""Performance": {"RPS": ["#)),
        Some(("<Performance><RPS>1</RPS></Performance><Performance><RPS>2</RPS></Performance>", "<RPS>2</RPS>", "<Performance><RPS>2"))),
    (QuirkKind::DuplicateField, "SynchronizationObjects",
        Some((r#"{"SynchronizationObjects": [{"SchemaName": "a"}], "SynchronizationObjects": [{"SchemaName": "]"}]}"#, r#"[{"SchemaName": "]"}]"#, r#""SynchronizationObjects": [{"SchemaName": "]"#)),
        None),
    (QuirkKind::DuplicateField, "SynchronizationObjects[0].TableIncludes[0].TableName",
        Some((r#"{"SynchronizationObjects": [{"TableIncludes": [{"TableName": "a", "TableName": "b"}]}]}"#, "b", r#""TableName": "b""#)),
        None),

    (QuirkKind::UnknownField, "DataEtlStatus",
        Some((r#"{"Status": "Failed", "DataEtlStatus": {"Percent": "0", "Status": "}"}}"#, r#"{"Percent": "0", "Status": "}"}"#, r#""DataEtlStatus""#)),
        Some(("<Status>Failed</Status><DataEtlStatus><Percent>0</Percent></DataEtlStatus>", "<Percent>0</Percent>", "<DataEtlStatus>"))),
    (QuirkKind::UnknownField, "Etl",
        Some(("{\"Delay\": \"1\", \"Etl\": {\n  \"Status\": \"a\"\n}\n}", "{\n  \"Status\": \"a\"\n}", "\"Etl\"")),
        Some(("<Delay>1</Delay><Etl>\n  <Status>a</Status> <!-- -->\n </Etl>\n", "\n  <Status>a</Status> <!-- -->\n ", "<Etl>"))),
    (QuirkKind::UnknownField, "SourceEndpoint.Oracle SID",
        Some((r#"{"SourceEndpoint": {"Oracle SID": null, "IP": "a"}}"#, "null", r#""Oracle SID""#)),
        None),
    (QuirkKind::UnknownField, "SourceEndpoint.OracleSID",
        Some((r#"{"SourceEndpoint": {"OracleSID": 1.50, "IP": "a"}}"#, "1.50", r#""OracleSID""#)),
        Some(("<SourceEndpoint><x:OracleSID>1.50</x:OracleSID><IP>a</IP></SourceEndpoint>", "1.50", "<x:OracleSID>"))),
    (QuirkKind::UnknownField, "PrecheckStatus.Detail[0].Sources",
        Some((r#"{"PrecheckStatus": {"Detail": [{"ItemName": "CHECK_SRC", "Sources": [[], {}]}]}}"#, "[[], {}]", r#""Sources""#)),
        Some(("<PrecheckStatus><Detail><ItemName>CHECK_SRC</ItemName><Sources/></Detail></PrecheckStatus>", "", "<Sources/>"))),
    (QuirkKind::UnknownField, "a:",
        None,
        Some(("<Delay>1</Delay><a:>x</a:>", "x", "<a:>"))),
    (QuirkKind::UnknownField, "状态",
        Some((r#"{"Status": "Failed", "\u72b6态": true}"#, "true", r#""\u72b6态""#)),
        Some(("<Status>Failed</Status><状态>tr<!-- -->ue</状态>", "true", "<状态>"))),

    (QuirkKind::Attribute, "SourceEndpoint.IP",
        None,
        Some(("<SourceEndpoint><IP note='>' x = \"1\" >a</IP></SourceEndpoint><DestinationEndpoint><IP other=''>b</IP></DestinationEndpoint>", "note='>' x = \"1\"", "<IP note"))),
    (QuirkKind::Attribute, "",
        None,
        Some(("<?xml version='1.0'?>\n<DescribeSynchronizationJobStatusResponse xmlns=\"http://dts.aliyuncs.com/doc/2020-01-01/\"><Status>Failed</Status></DescribeSynchronizationJobStatusResponse>", "xmlns=\"http://dts.aliyuncs.com/doc/2020-01-01/\"", "<Describe"))),
    (QuirkKind::Attribute, "PrecheckStatus.Detail",
        None,
        Some(("<PrecheckStatus><Detail/><Detail type='list'/></PrecheckStatus>", "type='list'", "<Detail type"))),
    (QuirkKind::Attribute, "SynchronizationObjects[0].TableIncludes[0].TableName",
        None,
        Some(("<SynchronizationObjects><TableIncludes><TableName id='1'>a</TableName></TableIncludes></SynchronizationObjects>", "id='1'", "<TableName id"))),

    (QuirkKind::Envelope, "",
        Some((r#"{"describesynchronizationjobstatusresponse": {"Status": "Failed"}}"#, "describesynchronizationjobstatusresponse", r#""describe"#)),
        None),
    (QuirkKind::Envelope, "",
        Some((r#"{"Body": {"Status": "Failed"}}"#, "Body", r#""Body""#)),
        None),

    (QuirkKind::RootName, "",
        None,
        Some(("<?xml version='1.0'?>\n<Response><Status>Failed</Status></Response>", "Response", "<Response>"))),
    (QuirkKind::RootName, "",
        None,
        Some(("<!-- --><describesynchronizationjobstatusresponse><Status>Failed</Status></describesynchronizationjobstatusresponse>", "describesynchronizationjobstatusresponse", "<describe"))),
    (QuirkKind::RootName, "",
        None,
        Some(("<?xml version='1.0'?><DescribeSynchronizationJobStatusResponse><Code>c</Code><Message>m</Message></DescribeSynchronizationJobStatusResponse>", "DescribeSynchronizationJobStatusResponse", "<Describe"))),
    (QuirkKind::RootName, "",
        None,
        Some(("<?xml version='1.0'?><error><Code>c</Code></error>", "error", "<error>"))),

    (QuirkKind::RootMissing, "",
        None,
        Some(("<?xml version='1.0'?><Status>Failed</Status><Delay>1</Delay>", "", "<?xml"))),

    (QuirkKind::HttpHead, "",
        Some(("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n{\"Status\": \"Failed\"}", "HTTP/1.1 200 OK", "HTTP/")),
        None),

    (QuirkKind::ByteOrderMark, "",
        Some(("\u{FEFF}{\"Status\": \"Failed\"}", "\u{FEFF}", "\u{FEFF}")),
        Some(("\u{FEFF}<?xml version='1.0'?><DescribeSynchronizationJobStatusResponse><Status>Failed</Status></DescribeSynchronizationJobStatusResponse>", "\u{FEFF}", "\u{FEFF}"))),

    (QuirkKind::Doctype, "",
        None,
        Some(("<!DOCTYPE DescribeSynchronizationJobStatusResponse SYSTEM \"dts.dtd\" ><DescribeSynchronizationJobStatusResponse><Status>Failed</Status></DescribeSynchronizationJobStatusResponse>", "<!DOCTYPE DescribeSynchronizationJobStatusResponse SYSTEM \"dts.dtd\" >", "<!DOCTYPE"))),

    (QuirkKind::ValueCase, "Status",
        Some((r#"{"Status": "synchronizing"}"#, "synchronizing", r#""Status""#)),
        Some(("<Status>synchronizing</Status>", "synchronizing", "<Status>"))),
    (QuirkKind::ValueCase, "Status",
        Some((r#"{"ErrorMessage": "a \"b\", \\", "St\u0061tus": "failed"}"#, "failed", r#""St\u0061tus""#)),
        None),
    (QuirkKind::ValueCase, "PayType",
        Some((r#"{"PayType": "prepaid"}"#, "prepaid", r#""PayType""#)),
        Some(("<PayType>prepaid</PayType>", "prepaid", "<PayType>"))),

    (QuirkKind::ValueAlias, "Status",
        Some((r#"{"Status": "Initializating"}"#, "Initializating", r#""Status""#)),
        Some(("<Status>Initializating</Status>", "Initializating", "<Status>"))),
    (QuirkKind::ValueAlias, "DataSynchronizationStatus.Status",
        Some((r#"{"DataSynchronizationStatus": {"Status": "finaciallocked"}}"#, "finaciallocked", r#""Status""#)),
        Some(("<DataSynchronizationStatus><Status>FinancialLocked</Status></DataSynchronizationStatus>", "FinancialLocked", "<Status>"))),
    (QuirkKind::ValueAlias, "PayType",
        Some((r#"{"PayType": "PREPAY"}"#, "PREPAY", r#""PayType""#)),
        Some(("<PayType>POSTPAY</PayType>", "POSTPAY", "<PayType>"))),
    (QuirkKind::ValueAlias, "DataInitializationStatus.Status",
        Some((r#"{"DataInitializationStatus": {"Status": "success"}}"#, "success", r#""Status""#)),
        Some(("<DataInitializationStatus><Status>success</Status></DataInitializationStatus>", "success", "<Status>"))),

    (QuirkKind::UnknownValue, "SynchronizationDirection",
        Some((r#"{"SynchronizationDirection": "Sideways"}"#, "Sideways", r#""SynchronizationDirection""#)),
        Some(("<SynchronizationDirection>Sideways</SynchronizationDirection>", "Sideways", "<SynchronizationDirection>"))),
    (QuirkKind::UnknownValue, "PrecheckStatus.Detail[0].ItemName",
        Some((r#"{"PrecheckStatus": {"Detail": [{"ItemName": "CHECK_\ud83d\ude00"}]}}"#, "CHECK_😀", r#""ItemName""#)),
        Some(("<PrecheckStatus><Detail><ItemName>CHECK_&#x1F600;</ItemName></Detail></PrecheckStatus>", "CHECK_😀", "<ItemName>"))),

    (QuirkKind::Padded, "TaskId",
        Some((r#"{"TaskId": " a\t"}"#, " a\t", r#""TaskId""#)),
        Some(("<TaskId> a\t</TaskId>", " a\t", "<TaskId>"))),
    (QuirkKind::Padded, "Delay",
        Some((r#"{"Delay": "\n5"}"#, "\n5", r#""Delay""#)),
        Some(("<Delay>\n5</Delay>", "\n5", "<Delay>"))),

    (QuirkKind::EmptyValue, "Delay",
        Some((r#"{"Delay": ""}"#, "", r#""Delay""#)),
        Some(("<Delay/>", "", "<Delay/>"))),
    (QuirkKind::EmptyValue, "Status",
        Some((r#"{"Status": " "}"#, " ", r#""Status""#)),
        Some(("<Status> </Status>", " ", "<Status>"))),
    (QuirkKind::EmptyValue, "Checkpoint",
        Some((r#"{"Checkpoint": "0"}"#, "0", r#""Checkpoint""#)),
        Some(("<Checkpoint>0</Checkpoint>", "0", "<Checkpoint>"))),
    (QuirkKind::EmptyValue, "PrecheckStatus.Detail[0]",
        Some((r#"{"PrecheckStatus": {"Detail": [{"ErrorMessage": ""}]}}"#, r#"{"ErrorMessage": ""}"#, r#""Detail""#)),
        Some(("<PrecheckStatus><Detail><ErrorMessage/></Detail></PrecheckStatus>", "<ErrorMessage/>", "<Detail>"))),
    (QuirkKind::EmptyValue, "SourceEndpoint",
        Some((r#"{"SourceEndpoint": ""}"#, "", r#""SourceEndpoint""#)),
        None),

    (QuirkKind::BoolForm, "Success",
        Some((r#"{"Success": "True"}"#, "True", r#""Success""#)),
        Some(("<Success>True</Success>", "True", "<Success>"))),
    (QuirkKind::BoolForm, "TaskId",
        Some((r#"{"TaskId": false}"#, "false", r#""TaskId""#)),
        None),

    (QuirkKind::NumberForm, "Delay",
        Some((r#"{"Delay": 1e3}"#, "1e3", r#""Delay""#)),
        Some(("<Delay>1e3</Delay>", "1e3", "<Delay>"))),
    (QuirkKind::NumberForm, "ErrMessage",
        Some((r#"{"ErrMessage": 1.50e1}"#, "1.50e1", r#""ErrMessage""#)),
        None),
    (QuirkKind::NumberForm, "PrecheckStatus.Percent",
        Some((r#"{"PrecheckStatus": {"Percent": "12.5"}}"#, "12.5", r#""Percent""#)),
        Some(("<PrecheckStatus><Percent>12.5</Percent></PrecheckStatus>", "12.5", "<Percent>"))),

    (QuirkKind::Rounded, "Performance.RPS",
        Some((r#"{"Performance": {"RPS": 1234567890.123456789}}"#, "1234567890.123456789", r#""RPS""#)),
        Some(("<Performance><RPS>1234567890.123456789</RPS></Performance>", "1234567890.123456789", "<RPS>"))),

    (QuirkKind::Unit, "PrecheckStatus.Percent",
        Some((r#"{"PrecheckStatus": {"Percent": "100%"}}"#, "100%", r#""Percent""#)),
        Some(("<PrecheckStatus><Percent>100%</Percent></PrecheckStatus>", "100%", "<Percent>"))),
    (QuirkKind::Unit, "Performance.FLOW",
        Some((r#"{"Performance": {"FLOW": "512KB/s"}}"#, "512KB/s", r#""FLOW""#)),
        Some(("<Performance><FLOW>512KB/s</FLOW></Performance>", "512KB/s", "<FLOW>"))),

    (QuirkKind::TimeForm, "ExpireTime",
        Some((r#"{"ExpireTime": "2021-03-07T16:00Z"}"#, "2021-03-07T16:00Z", r#""ExpireTime""#)),
        Some(("<ExpireTime>2021-03-07T16:00Z</ExpireTime>", "2021-03-07T16:00Z", "<ExpireTime>"))),
    (QuirkKind::TimeForm, "Checkpoint",
        Some((r#"{"Checkpoint": 1610616144123}"#, "1610616144123", r#""Checkpoint""#)),
        Some(("<Checkpoint>1610616144123</Checkpoint>", "1610616144123", "<Checkpoint>"))),

    (QuirkKind::SingleForList, "PrecheckStatus.Detail",
        Some((r#"{"PrecheckStatus": {"Detail": {"ItemName": "CHECK_SRC"}}}"#, r#"{"ItemName": "CHECK_SRC"}"#, r#""Detail""#)),
        None),

    (QuirkKind::WrappedList, "PrecheckStatus.Detail",
        Some((r#"{"PrecheckStatus": {"Detail": {"CheckItem": [{"ItemName": "CHECK_SRC"}]}}}"#, r#"{"CheckItem": [{"ItemName": "CHECK_SRC"}]}"#, r#""Detail""#)),
        Some(("<PrecheckStatus><Detail><CheckItem><ItemName>CHECK_SRC</ItemName></CheckItem></Detail></PrecheckStatus>", "<CheckItem><ItemName>CHECK_SRC</ItemName></CheckItem>", "<Detail>"))),

    (QuirkKind::TextForItem, "SynchronizationObjects[0].TableIncludes[0]",
        Some((r#"{"SynchronizationObjects": [{"TableIncludes": ["customer"]}]}"#, "customer", r#""TableIncludes""#)),
        Some(("<SynchronizationObjects><TableIncludes>customer</TableIncludes></SynchronizationObjects>", "customer", "<TableIncludes>"))),

    (QuirkKind::ListForRecord, "SourceEndpoint",
        Some((r#"{"SourceEndpoint": [{"IP": "a"}]}"#, r#"[{"IP": "a"}]"#, r#""SourceEndpoint""#)),
        None),
    (QuirkKind::ListForRecord, "AccessDeniedDetail",
        Some((r#"{"Code": "NoPermission", "AccessDeniedDetail": [{"AuthAction": "dts:x"}]}"#, r#"[{"AuthAction": "dts:x"}]"#, r#""AccessDeniedDetail""#)),
        None),

    (QuirkKind::TextForRecord, "Performance",
        Some((r#"{"Performance": "fast"}"#, "fast", r#""Performance""#)),
        Some(("<Performance>fast</Performance>", "fast", "<Performance>"))),
    (QuirkKind::TextForRecord, "PrecheckStatus",
        None,
        Some(("<PrecheckStatus><Percent>100</Percent> al&#108; good </PrecheckStatus>", " all good ", "<PrecheckStatus>"))),
    (QuirkKind::TextForRecord, "AccessDeniedDetail",
        None,
        Some(("<?xml version='1.0'?><Error><Code>c</Code><AccessDeniedDetail>see <AuthAction>dts:x</AuthAction></AccessDeniedDetail></Error>", "see ", "<AccessDeniedDetail>"))),

    (QuirkKind::RecordForText, "Status",
        Some((r#"{"Status": {"Value": "\"}"}}"#, r#"{"Value": "\"}"}"#, r#""Status""#)),
        Some(("<Status><Value>Failed</Value></Status>", "<Value>Failed</Value>", "<Status>"))),
    (QuirkKind::RecordForText, "Delay",
        Some((r#"{"Delay": [ 5 ]}"#, "[ 5 ]", r#""Delay""#)),
        None),

    (QuirkKind::Unreadable, "Delay",
        Some((r#"{"Delay": "5.9ms"}"#, "5.9ms", r#""Delay""#)),
        Some(("<Delay>5.9ms</Delay>", "5.9ms", "<Delay>"))),
    (QuirkKind::Unreadable, "DelayMillis",
        Some((r#"{"DelayMillis": 1.50}"#, "1.50", r#""DelayMillis""#)),
        Some(("<DelayMillis>1.50</DelayMillis>", "1.50", "<DelayMillis>"))),
    (QuirkKind::Unreadable, "DelayMillis",
        Some((r#"{"Delay": "1", "\u0044elayMillis" : 1.50}"#, "1.50", r#""\u0044elayMillis""#)),
        None),

    (QuirkKind::UnknownItem, "PrecheckStatus.Detail[1]",
        Some((r#"{"PrecheckStatus": {"Detail": [{"ItemName": "CHECK_SRC"}, {"Name": "x"}]}}"#, r#"{"Name": "x"}"#, r#""Detail""#)),
        Some(("<PrecheckStatus><Detail><ItemName>CHECK_SRC</ItemName></Detail><Detail><Name>x</Name></Detail></PrecheckStatus>", "<Name>x</Name>", "<Detail><Name>"))),
    (QuirkKind::UnknownItem, "SynchronizationObjects[0]",
        Some((r#"{"SynchronizationObjects": "all"}"#, "all", r#""SynchronizationObjects""#)),
        Some(("<SynchronizationObjects>all</SynchronizationObjects>", "all", "<SynchronizationObjects>"))),
];

#[test]
fn every_quirk_has_its_path_offset_and_text() {
    for (kind, path, json, xml) in ROWS {
        for (format, row) in [(Format::Json, json), (Format::Xml, xml)] {
            let Some((body, found, at)) = row else { continue };
            let body = match body {
                elements if format == Format::Xml && !is_document(elements) => document(elements),
                body => (*body).to_owned(),
            };
            let decoded = decoded(&body);
            assert_eq!(decoded.format, format);
            let [quirk] = decoded.quirks.as_slice() else { panic!("{body}: {:?}", decoded.quirks) };
            let seen = (quirk.kind, quirk.path.to_string(), quirk.found.as_str());
            assert_eq!(seen, (*kind, (*path).to_owned(), *found), "{body}");
            assert!(body[quirk.offset..].starts_with(at), "{body} at {}", quirk.offset);
            assert_eq!(decoded.loses_value(), kind.loses_value(), "{body}");
            assert!(!decoded.is_clean());
        }
    }
}

fn is_document(xml: &str) -> bool {
    ["\u{FEFF}", "<?", "<!"].iter().any(|start| xml.starts_with(start))
}

/// The name of an encoding, and how a unit of it is written and read.
type Encoding = (&'static str, fn(u16) -> [u8; 2], fn([u8; 2]) -> u16);

const UTF_16: [Encoding; 2] =
    [("UTF-16LE", u16::to_le_bytes, u16::from_le_bytes), ("UTF-16BE", u16::to_be_bytes, u16::from_be_bytes)];

#[test]
fn quirks_of_utf_16_have_offsets_into_the_body() {
    let xml = document("<!-- 😀 --><ErrMessage>同步</ErrMessage><Delay/>");
    let bodies = [(r#"{"ErrMessage": "同步😀", "Delay": ""}"#, r#""Delay""#), (xml.as_str(), "<Delay/>")];
    for (body, at) in bodies {
        for (name, to_bytes, from_bytes) in UTF_16 {
            let bytes: Vec<u8> = format!("\u{FEFF}{body}").encode_utf16().flat_map(to_bytes).collect();
            let decoded = decoded(&bytes);
            assert_eq!(
                kinds_and_paths(&decoded.quirks),
                ["byte_order_mark", "transcoded", "empty_value Delay"]
            );
            let [mark, transcoded, empty] = decoded.quirks.as_slice() else { unreachable!() };
            assert_eq!((mark.offset, mark.found.as_str()), (0, "\u{FEFF}"));
            assert_eq!((transcoded.offset, transcoded.found.as_str()), (0, name));
            let rest = bytes[empty.offset..].chunks(2).map(|pair| from_bytes([pair[0], pair[1]]));
            assert!(String::from_utf16_lossy(&rest.collect::<Vec<_>>()).starts_with(at), "{}", empty.offset);
            assert_eq!(decoded.job().unwrap(), support::decoded(body).job().unwrap());
            assert!(!decoded.loses_value());
        }
    }
}

#[test]
fn the_offset_of_an_element_is_after_the_mark() {
    for (body, offset) in [
        ("\u{FEFF}<x><Delay>1</Delay></x>".as_bytes().to_vec(), 3),
        ("\u{FEFF}<x><Delay>1</Delay></x>".encode_utf16().flat_map(u16::to_le_bytes).collect(), 2),
    ] {
        let root = decoded(&body).quirks.pop().unwrap();
        assert_eq!((root.kind, root.offset), (QuirkKind::RootName, offset));
    }
}

#[test]
fn every_kind_has_a_row_and_a_stable_name() {
    const NAMES: &str = "field_case, field_alias, repeated_name, duplicate_field*, unknown_field*, attribute*, envelope, root_name, \
        root_missing, http_head, byte_order_mark, transcoded, doctype, value_case, value_alias, unknown_value, padded, \
        empty_value, bool_form, number_form, rounded*, unit, unit_unknown*, time_form, single_for_list, wrapped_list, \
        unwrapped_list, text_for_item, list_for_record, text_for_record*, record_for_text*, unreadable*, unknown_item*";
    let star = |kind: &QuirkKind| if kind.loses_value() { "*" } else { "" };
    let names: Vec<_> = QuirkKind::ALL.iter().map(|kind| format!("{kind}{}", star(kind))).collect();
    assert_eq!(names.join(", "), NAMES);
    for kind in QuirkKind::ALL {
        let has_row = ROWS.iter().any(|(of, ..)| of == kind);
        // A row is text, so UTF-16 has a test of its own; tests/operations.rs has the kinds of sister operations.
        let is_elsewhere =
            matches!(kind, QuirkKind::Transcoded | QuirkKind::UnitUnknown | QuirkKind::UnwrappedList);
        assert!(has_row != is_elsewhere, "{kind}");
        assert!(kind.meaning().ends_with('.'), "{kind}");
        assert_eq!(serde_json::to_value(kind).unwrap(), kind.as_str());
        assert_eq!(serde_json::from_value::<QuirkKind>(kind.as_str().into()).unwrap(), *kind);
        assert_eq!(kind.as_str().to_uppercase().parse(), Ok(*kind));
    }
}

#[test]
fn a_quirk_as_text_and_as_json() {
    let decoded = decoded(r#"{"PrecheckStatus": {"Detail": [{"CheckStatus": "\"success\""}]}}"#);
    let [quirk] = decoded.quirks.as_slice() else { panic!("{:?}", decoded.quirks) };
    let path = "PrecheckStatus.Detail[0].CheckStatus";
    assert_eq!(quirk.to_string(), format!(r#"unknown_value at {path} (byte 32): "\"success\"""#));
    let json = format!(r#"{{"kind":"unknown_value","path":"{path}","offset":32,"found":"\"success\""}}"#);
    assert_eq!(serde_json::to_string(quirk).unwrap(), json);

    let mark = support::decoded("\u{FEFF}{\"Status\": \"Failed\"}");
    assert_eq!(mark.quirks[0].to_string(), r#"byte_order_mark (byte 0): "\u{feff}""#);
    let missing = support::decoded("<Status>Failed</Status>");
    assert_eq!(missing.quirks[0].to_string(), "root_missing (byte 0)");
}

#[test]
fn the_text_found_is_cut_between_characters() {
    for blanks in 120..=130 {
        let text = format!("{}😀😀", "x".repeat(blanks));
        for body in [
            format!(r#"{{"Delay": "{text}"}}"#),
            document(&format!("<Delay>{text}</Delay>")),
            format!(r#"{{"Status": "Failed", "Other": ["{text}"]}}"#),
            document(&format!("<Status>Failed</Status><Other><X>{text}</X></Other>")),
        ] {
            let found = decoded(&body).quirks.pop().unwrap().found;
            assert!(body.contains(&found) && (125..=128).contains(&found.len()), "{found}");
        }
    }
}

#[test]
fn attributes_are_reported_once_for_each_element_name() {
    let decoded = decoded(document(
        "<SourceEndpoint a='1'><IP a='2'>x</IP></SourceEndpoint>\
         <DestinationEndpoint><IP a='3'>x</IP><Zone a='4'>z</Zone><x:Zone b=''/></DestinationEndpoint>\
         <PrecheckStatus><Detail a='5'><CheckItem a='6'><Name a='7'/></CheckItem></Detail></PrecheckStatus>",
    ));
    let seen = kinds_and_paths(&decoded.quirks);
    assert_eq!(
        seen,
        [
            "attribute SourceEndpoint",
            "attribute SourceEndpoint.IP",
            "attribute DestinationEndpoint.Zone",
            "unknown_field DestinationEndpoint.Zone",
            "unknown_field DestinationEndpoint.Zone",
            "attribute PrecheckStatus.Detail",
            "wrapped_list PrecheckStatus.Detail",
            "attribute PrecheckStatus.Detail",
            "unknown_item PrecheckStatus.Detail[0]",
        ]
    );
    assert_eq!(decoded.quirks.last().unwrap().found, "<Name a='7'/>");
}

/// A record that is read only to compare it reports none, so a later one with the name does.
#[test]
fn an_attribute_of_a_second_record_does_not_hide_a_later_one() {
    let decoded = decoded(document(
        "<DataInitializationStatus><Status>Finished</Status></DataInitializationStatus>\
         <DataInitializationStatus><Status a='1'>Finished</Status></DataInitializationStatus>\
         <StructureInitializationStatus><Status a='2'>Finished</Status></StructureInitializationStatus>",
    ));
    assert_eq!(
        kinds_and_paths(&decoded.quirks),
        ["duplicate_field DataInitializationStatus", "attribute StructureInitializationStatus.Status"]
    );
}

#[test]
fn the_text_of_an_element_begins_after_its_tag() {
    for tag in ["<Etl>", "<x:Etl\n>", "<Etl note='>'>", "<Etl a=\"'>\" b='\">'>"] {
        let name = tag.trim_start_matches('<').split(['>', ' ', '\n']).next().unwrap();
        let decoded = decoded(document(&format!("<Delay>5</Delay>{tag}<Percent>0</Percent></{name}>")));
        let unknown = decoded.quirks.last().unwrap();
        assert_eq!(
            (unknown.kind, unknown.found.as_str()),
            (QuirkKind::UnknownField, "<Percent>0</Percent>"),
            "{tag}"
        );
    }
}

#[test]
fn strict_use_refuses_a_body_with_quirks() {
    let clean = decoded(r#"{"Status": "Failed"}"#);
    assert!(clean.is_clean() && !clean.loses_value());
    let response = clean.response.clone();
    assert_eq!(clean.into_strict(), Ok(response));

    let odd = decoded(r#"{"Status": "failed", "Delay": "", "TaskId": 1}"#);
    let refused = odd.clone().into_strict().unwrap_err();
    assert_eq!(
        refused.to_string(),
        r#"the body is not in the documented form: value_case at Status (byte 1): "failed" and 2 more"#
    );
    assert_eq!(refused.into_decoded(), odd);
    let refused = decoded(r#"{"Status": "failed"}"#).into_strict().unwrap_err();
    assert_eq!(
        refused.to_string(),
        r#"the body is not in the documented form: value_case at Status (byte 1): "failed""#
    );
}
