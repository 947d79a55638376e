//! The layouts of lists, records and roots: each gives the same response, and reports what was tolerated.

mod support;

use aliyun_dts_status::{Format, Response, decode, encode};

use self::support::{decoded, document, kinds_and_paths, model};

/// A body and its quirks. `$1` and `$2` are replaced by the fields of the items.
type Shape = (&'static str, &'static str);

/// Decodes each layout: JSON if it begins with a brace, else elements inside the root of a response.
#[track_caller]
fn check_items(expected: &str, json: [&str; 2], xml: [&str; 2], shapes: &[Shape]) {
    for (body, quirks) in shapes {
        let body = match body.starts_with('{') {
            true => body.replace("$1", json[0]).replace("$2", json[1]),
            false => document(&body.replace("$1", xml[0]).replace("$2", xml[1])),
        };
        let decoded = decoded(&body);
        assert_eq!(model(&decoded.response), format!("job {expected}"), "{body}");
        assert_eq!(kinds_and_paths(&decoded.quirks).join(", "), *quirks, "{body}");
    }
}

#[rustfmt::skip]
#[test]
fn a_list_of_records() {
    const WRAPPED: &str = "wrapped_list PrecheckStatus.Detail";
    const TWICE: &str = "wrapped_list PrecheckStatus.Detail, wrapped_list PrecheckStatus.Detail";
    const AGAIN: &str = "wrapped_list PrecheckStatus.Detail, repeated_name PrecheckStatus.Detail";
    check_items(
        r#"{"precheck":{"percent":100,"items":[{"name":"CHECK_CONN_SRC","status":"Success"},{"name":"CHECK_SRC","status":"Failed"}]}}"#,
        [r#""ItemName": "CHECK_CONN_SRC", "CheckStatus": "Success""#, r#""CheckStatus": "Failed", "ItemName": "CHECK_SRC""#],
        ["<ItemName>CHECK_CONN_SRC</ItemName><CheckStatus>Success</CheckStatus>", "<CheckStatus>Failed</CheckStatus><ItemName>CHECK_SRC</ItemName>"],
        &[
            // Flat, as documented; in XML repeated elements, adjacent or not.
            (r#"{"PrecheckStatus": {"Percent": "100", "Detail": [{$1}, {$2}]}}"#, ""),
            ("<PrecheckStatus><Percent>100</Percent><Detail>$1</Detail><Detail>$2</Detail></PrecheckStatus>", ""),
            ("<PrecheckStatus><Detail>$1</Detail><Percent>100</Percent><Detail>$2</Detail></PrecheckStatus>", ""),
            ("<PrecheckStatus>\n <Detail>$1</Detail>\n <Percent>100</Percent>\n <Detail></Detail><Detail>$2</Detail>\n <Detail/></PrecheckStatus>", ""),
            // Wrapped, under any of the names.
            (r#"{"PrecheckStatus": {"Percent": "100", "Detail": {"CheckItem": [{$1}, {$2}]}}}"#, WRAPPED),
            // Two wrappers in JSON: the items of both are kept.
            (r#"{"PrecheckStatus": {"Percent": "100", "Detail": {"CheckItem": [{$1}], "CheckItem": [{$2}]}}}"#, AGAIN),
            (r#"{"PrecheckStatus": {"Percent": "100", "Detail": {"checkitem": [{$1}], "CHECKITEM": {$2}}}}"#, AGAIN),
            (r#"{"PrecheckStatus": {"Percent": "100", "Detail": {"Detail": [{$1}, {$2}]}}}"#, WRAPPED),
            (r#"{"PrecheckStatus": {"Percent": "100", "Detail": {"item": [{$1}, {$2}]}}}"#, WRAPPED),
            (r#"{"PrecheckStatus": {"Percent": "100", "Detail": {"Element": [{$1}, {$2}]}}}"#, WRAPPED),
            (r#"{"PrecheckStatus": {"Percent": "100", "Detail": {"member": [{$1}, {$2}]}}}"#, WRAPPED),
            ("<PrecheckStatus><Percent>100</Percent><Detail><CheckItem>$1</CheckItem><CheckItem>$2</CheckItem></Detail></PrecheckStatus>", WRAPPED),
            ("<PrecheckStatus><Percent>100</Percent><Detail>\n<checkItem>$1</checkItem>\n<CheckItem/><CheckItem>$2</CheckItem>\n</Detail></PrecheckStatus>", WRAPPED),
            ("<PrecheckStatus><Percent>100</Percent><Detail><Detail>$1</Detail><Detail>$2</Detail></Detail></PrecheckStatus>", WRAPPED),
            ("<PrecheckStatus><Percent>100</Percent><Detail><item>$1</item><element>$2</element></Detail></PrecheckStatus>", WRAPPED),
            ("<PrecheckStatus><Percent>100</Percent><Detail><Member>$1</Member><x:CheckItem>$2</x:CheckItem></Detail></PrecheckStatus>", WRAPPED),
            // A list of wrappers.
            (r#"{"PrecheckStatus": {"Percent": "100", "Detail": [{"CheckItem": [{$1}, {$2}]}]}}"#, WRAPPED),
            (r#"{"PrecheckStatus": {"Percent": "100", "Detail": [{"CheckItem": {$1}}, {"CheckItem": [{$2}]}]}}"#, TWICE),
            ("<PrecheckStatus><Percent>100</Percent><Detail><CheckItem>$1</CheckItem></Detail><Detail><CheckItem>$2</CheckItem></Detail></PrecheckStatus>", TWICE),
            // Wrapped and not, mixed.
            (r#"{"PrecheckStatus": {"Percent": "100", "Detail": [{"CheckItem": {$1}}, {$2}]}}"#, WRAPPED),
            ("<PrecheckStatus><Detail>$1</Detail><Percent>100</Percent><Detail><CheckItem>$2</CheckItem></Detail></PrecheckStatus>", WRAPPED),
        ],
    );
}

#[rustfmt::skip]
#[test]
fn a_list_of_one() {
    const WRAPPED: &str = "wrapped_list SynchronizationObjects";
    check_items(
        r#"{"objects":[{"schema_name":"a","new_schema_name":"b"}]}"#,
        [r#""SchemaName": "a", "NewSchemaName": "b""#, ""],
        ["<SchemaName>a</SchemaName><NewSchemaName>b</NewSchemaName>", ""],
        &[
            (r#"{"SynchronizationObjects": [{$1}]}"#, ""),
            ("<SynchronizationObjects>$1</SynchronizationObjects>", ""),
            (r#"{"SynchronizationObjects": {$1}}"#, "single_for_list SynchronizationObjects"),
            (r#"{"SynchronizationObjects": {"SynchronizationObject": {$1}}}"#, WRAPPED),
            (r#"{"SynchronizationObjects": {"SynchronizationObject": [{$1}]}}"#, WRAPPED),
            (r#"{"SynchronizationObjects": {"synchronizationobjects": {$1}}}"#, WRAPPED),
            (r#"{"SynchronizationObjects": [{"item": {$1}}]}"#, WRAPPED),
            ("<SynchronizationObjects><SynchronizationObject>$1</SynchronizationObject></SynchronizationObjects>", WRAPPED),
            ("<SynchronizationObjects><SynchronizationObjects>$1</SynchronizationObjects></SynchronizationObjects>", WRAPPED),
            // A second list: an empty one is no duplicate.
            (r#"{"SynchronizationObjects": [], "SynchronizationObjects": [{$1}]}"#, "repeated_name SynchronizationObjects"),
            (r#"{"SynchronizationObjects": [{$1}], "synchronizationobjects": []}"#, "field_case SynchronizationObjects, repeated_name SynchronizationObjects"),
            (r#"{"SynchronizationObjects": [{$1}], "SynchronizationObjects": [{"SchemaName": "c"}]}"#, "duplicate_field SynchronizationObjects"),
        ],
    );
}

#[rustfmt::skip]
#[test]
fn a_list_of_names() {
    const TEXTS: &str = "text_for_item SynchronizationObjects[0].TableIncludes[0], text_for_item SynchronizationObjects[0].TableIncludes[1]";
    const AGAIN: &str = "text_for_item SynchronizationObjects[0].TableIncludes[0], repeated_name SynchronizationObjects[0].TableIncludes[1].TableName, text_for_item SynchronizationObjects[0].TableIncludes[1]";
    const WRAPPED: &str = "wrapped_list SynchronizationObjects[0].TableIncludes";
    const WRAPPED_TEXTS: &str = "wrapped_list SynchronizationObjects[0].TableIncludes, text_for_item SynchronizationObjects[0].TableIncludes[0], text_for_item SynchronizationObjects[0].TableIncludes[1]";
    check_items(
        r#"{"objects":[{"table_includes":["customer","order"]}]}"#,
        [r#"{"TableName": "customer"}"#, r#"{"TableName": "order"}"#],
        ["<TableName>customer</TableName>", "<TableName>order</TableName>"],
        &[
            (r#"{"SynchronizationObjects": [{"TableIncludes": [$1, $2]}]}"#, ""),
            ("<SynchronizationObjects><TableIncludes>$1</TableIncludes><TableIncludes>$2</TableIncludes></SynchronizationObjects>", ""),
            ("<SynchronizationObjects><TableIncludes>$1</TableIncludes><TableExcludes/><TableIncludes>$2</TableIncludes></SynchronizationObjects>", ""),
            (r#"{"SynchronizationObjects": [{"TableIncludes": {"TableInclude": [$1, $2]}}]}"#, WRAPPED),
            (r#"{"SynchronizationObjects": [{"TableIncludes": [{"TableInclude": [$1, $2]}]}]}"#, WRAPPED),
            (r#"{"SynchronizationObjects": [{"TableIncludes": {"tableincludes": [$1, $2]}}]}"#, WRAPPED),
            ("<SynchronizationObjects><TableIncludes><TableInclude>$1</TableInclude><TableInclude>$2</TableInclude></TableIncludes></SynchronizationObjects>", WRAPPED),
            // Other content next to a name.
            (r#"{"SynchronizationObjects": [{"TableIncludes": [{"Rows": 1, "TableName": "customer"}, $2]}]}"#, "unknown_field SynchronizationObjects[0].TableIncludes[0].Rows"),
            ("<SynchronizationObjects><TableIncludes>x$1</TableIncludes><TableIncludes>$2</TableIncludes></SynchronizationObjects>", "text_for_record SynchronizationObjects[0].TableIncludes"),
            ("<SynchronizationObjects><TableIncludes>$1<Rows>1</Rows></TableIncludes><TableIncludes>$2</TableIncludes></SynchronizationObjects>", "unknown_field SynchronizationObjects[0].TableIncludes[0].Rows"),
            // Bare texts.
            (r#"{"SynchronizationObjects": [{"TableIncludes": ["customer", "order"]}]}"#, TEXTS),
            (r#"{"SynchronizationObjects": [{"TableIncludes": ["customer", $2]}]}"#, "text_for_item SynchronizationObjects[0].TableIncludes[0]"),
            (r#"{"SynchronizationObjects": [{"TableIncludes": {"TableInclude": ["customer", "order"]}}]}"#, WRAPPED_TEXTS),
            (r#"{"SynchronizationObjects": [{"TableIncludes": {"TableName": ["customer", "order"]}}]}"#, "single_for_list SynchronizationObjects[0].TableIncludes, text_for_item SynchronizationObjects[0].TableIncludes[0], text_for_item SynchronizationObjects[0].TableIncludes[1]"),
            (r#"{"SynchronizationObjects": [{"TableIncludes": [{"TableName": ["customer", "order"]}]}]}"#, TEXTS),
            (r#"{"SynchronizationObjects": [{"TableIncludes": [{"TableName": ["customer"], "TableName": ["order"]}]}]}"#, AGAIN),
            (r#"{"SynchronizationObjects": [{"TableIncludes": [{"TableName": "customer", "TableName": ["order"]}]}]}"#, AGAIN),
            (r#"{"SynchronizationObjects": [{"TableIncludes": [{"TableName": ["customer"], "TableName": "order"}]}]}"#, AGAIN),
            ("<SynchronizationObjects><TableIncludes>customer</TableIncludes><TableIncludes>order</TableIncludes></SynchronizationObjects>", TEXTS),
            ("<SynchronizationObjects><TableIncludes>$1$2</TableIncludes></SynchronizationObjects>", TEXTS),
            ("<SynchronizationObjects><TableIncludes><TableInclude>customer</TableInclude><TableInclude>order</TableInclude></TableIncludes></SynchronizationObjects>", WRAPPED_TEXTS),
        ],
    );
}

#[rustfmt::skip]
#[test]
fn an_empty_list() {
    check_items(
        r#"{"task_id":"t"}"#,
        ["", ""],
        ["", ""],
        &[
            (r#"{"TaskId": "t"}"#, ""),
            (r#"{"TaskId": "t", "SynchronizationObjects": []}"#, ""),
            (r#"{"TaskId": "t", "SynchronizationObjects": {}}"#, ""),
            (r#"{"TaskId": "t", "SynchronizationObjects": null}"#, ""),
            (r#"{"TaskId": "t", "SynchronizationObjects": ""}"#, "empty_value SynchronizationObjects"),
            (r#"{"TaskId": "t", "SynchronizationObjects": {"SynchronizationObject": []}}"#, "wrapped_list SynchronizationObjects"),
            (r#"{"TaskId": "t", "SynchronizationObjects": {"SynchronizationObject": ""}}"#, "wrapped_list SynchronizationObjects"),
            (r#"{"TaskId": "t", "SynchronizationObjects": {"SynchronizationObject": null}}"#, "wrapped_list SynchronizationObjects"),
            ("<TaskId>t</TaskId><SynchronizationObjects/>", ""),
            ("<TaskId >t</TaskId\n><SynchronizationObjects\t/>", ""),
            ("<TaskId>t</TaskId><SynchronizationObjects></SynchronizationObjects>", ""),
            ("<TaskId>t</TaskId><SynchronizationObjects>\n</SynchronizationObjects>", ""),
            ("<TaskId>t</TaskId><SynchronizationObjects><SynchronizationObject/></SynchronizationObjects>", "wrapped_list SynchronizationObjects"),
        ],
    );
}

#[rustfmt::skip]
#[test]
fn an_element_without_a_known_field_is_not_an_item() {
    const UNKNOWN: &str = "unknown_item PrecheckStatus.Detail[0]";
    const EMPTY: &str = "empty_value PrecheckStatus.Detail[0]";
    check_items(
        r#"{"task_id":"t"}"#,
        ["", ""],
        ["", ""],
        &[
            (r#"{"TaskId": "t", "PrecheckStatus": {"Detail": [{"Name": "x"}]}}"#, UNKNOWN),
            (r#"{"TaskId": "t", "PrecheckStatus": {"Detail": {"Name": "x"}}}"#, UNKNOWN),
            (r#"{"TaskId": "t", "PrecheckStatus": {"Detail": ["x"]}}"#, UNKNOWN),
            (r#"{"TaskId": "t", "PrecheckStatus": {"Detail": "x"}}"#, UNKNOWN),
            (r#"{"TaskId": "t", "PrecheckStatus": {"Detail": 5}}"#, UNKNOWN),
            (r#"{"TaskId": "t", "PrecheckStatus": {"Detail": [null]}}"#, UNKNOWN),
            (r#"{"TaskId": "t", "PrecheckStatus": {"Detail": [[]]}}"#, UNKNOWN),
            (r#"{"TaskId": "t", "PrecheckStatus": {"Detail": [[{"ItemName": "CHECK_SRC"}]]}}"#, UNKNOWN),
            (r#"{"TaskId": "t", "PrecheckStatus": {"Detail": {"CheckItem": {"CheckItem": {"ItemName": "CHECK_SRC"}}}}}"#, "wrapped_list PrecheckStatus.Detail, unknown_item PrecheckStatus.Detail[0]"),
            (r#"{"TaskId": "t", "PrecheckStatus": {"Detail": {"CheckItem": ["x"], "Total": 1}}}"#, "wrapped_list PrecheckStatus.Detail, unknown_item PrecheckStatus.Detail[0], unknown_field PrecheckStatus.Detail.Total"),
            ("<TaskId>t</TaskId><PrecheckStatus><Detail><Name>x</Name></Detail></PrecheckStatus>", UNKNOWN),
            ("<TaskId>t</TaskId><PrecheckStatus><Detail>x</Detail></PrecheckStatus>", UNKNOWN),
            ("<TaskId>t</TaskId><PrecheckStatus><Detail>x<CheckItem><Name/></CheckItem></Detail></PrecheckStatus>", "wrapped_list PrecheckStatus.Detail, text_for_record PrecheckStatus.Detail, unknown_item PrecheckStatus.Detail[0]"),
            ("<TaskId>t</TaskId><PrecheckStatus><Detail><CheckItem><CheckItem><ItemName>CHECK_SRC</ItemName></CheckItem></CheckItem></Detail></PrecheckStatus>", "wrapped_list PrecheckStatus.Detail, unknown_item PrecheckStatus.Detail[0]"),
            // Fields without values.
            (r#"{"TaskId": "t", "PrecheckStatus": {"Detail": [{"ItemName": null}]}}"#, EMPTY),
            (r#"{"TaskId": "t", "PrecheckStatus": {"Detail": [{"ErrorMessage": "", "RepairMethod": ""}]}}"#, EMPTY),
            ("<TaskId>t</TaskId><PrecheckStatus><Detail><ErrorMessage/></Detail></PrecheckStatus>", EMPTY),
            (r#"{"TaskId": "t", "SynchronizationObjects": [{"TableIncludes": [{"TableName": ""}]}]}"#, "empty_value SynchronizationObjects[0].TableIncludes[0], empty_value SynchronizationObjects[0]"),
            ("<TaskId>t</TaskId><SynchronizationObjects><TableIncludes><TableName/></TableIncludes></SynchronizationObjects>", "empty_value SynchronizationObjects[0].TableIncludes[0], empty_value SynchronizationObjects[0]"),
            (r#"{"TaskId": "t", "SynchronizationObjects": [{"TableIncludes": [["a"]]}]}"#, "unknown_item SynchronizationObjects[0].TableIncludes[0], empty_value SynchronizationObjects[0]"),
            (r#"{"TaskId": "t", "SynchronizationObjects": [{"TableIncludes": [{"Name": "a"}]}]}"#, "unknown_item SynchronizationObjects[0].TableIncludes[0], empty_value SynchronizationObjects[0]"),
            (r#"{"TaskId": "t", "SynchronizationObjects": [{"TableIncludes": {"TableName": [["a"]]}}]}"#, "single_for_list SynchronizationObjects[0].TableIncludes, unknown_item SynchronizationObjects[0].TableIncludes[0], empty_value SynchronizationObjects[0].TableIncludes[0], empty_value SynchronizationObjects[0]"),
            (r#"{"TaskId": "t", "SynchronizationObjects": [{"TableIncludes": [""]}]}"#, "unknown_item SynchronizationObjects[0].TableIncludes[0], empty_value SynchronizationObjects[0]"),
        ],
    );
}

#[rustfmt::skip]
#[test]
fn a_record() {
    const LISTED: &str = "list_for_record SourceEndpoint";
    check_items(
        r#"{"source":{"instance_id":"rm-1","port":3306}}"#,
        [r#""InstanceId": "rm-1", "Port": "3306""#, ""],
        ["<InstanceId>rm-1</InstanceId><Port>3306</Port>", ""],
        &[
            (r#"{"SourceEndpoint": {$1}}"#, ""),
            ("<SourceEndpoint>$1</SourceEndpoint>", ""),
            (r#"{"SourceEndpoint": [{$1}]}"#, LISTED),
            (r#"{"SourceEndpoint": [null, {}, {$1}]}"#, LISTED),
            (r#"{"SourceEndpoint": [{$1}, {"InstanceId": "rm-2"}]}"#, "list_for_record SourceEndpoint, duplicate_field SourceEndpoint"),
            (r#"{"SourceEndpoint": [[{}], {$1}]}"#, "list_for_record SourceEndpoint, unreadable SourceEndpoint"),
            (r#"{"SourceEndpoint": {}, "SourceEndpoint": {$1}}"#, "repeated_name SourceEndpoint"),
            (r#"{"SourceEndpoint": {$1}, "SourceEndpoint": {}}"#, "repeated_name SourceEndpoint"),
            (r#"{"SourceEndpoint": {$1}, "SourceEndpoint": {"Port": 3307}}"#, "duplicate_field SourceEndpoint"),
            ("<SourceEndpoint/><SourceEndpoint>$1</SourceEndpoint>", "repeated_name SourceEndpoint"),
            ("<SourceEndpoint>$1</SourceEndpoint><SourceEndpoint/>", "repeated_name SourceEndpoint"),
        ],
    );
}

#[rustfmt::skip]
#[test]
fn an_empty_record() {
    check_items(
        r#"{"task_id":"t"}"#,
        ["", ""],
        ["", ""],
        &[
            (r#"{"TaskId": "t", "Performance": {}}"#, ""),
            (r#"{"TaskId": "t", "Performance": null}"#, ""),
            (r#"{"TaskId": "t", "Performance": {"RPS": null, "FLOW": null}}"#, ""),
            (r#"{"TaskId": "t", "Performance": ""}"#, "empty_value Performance"),
            (r#"{"TaskId": "t", "Performance": []}"#, "list_for_record Performance"),
            (r#"{"TaskId": "t", "Performance": {"RPS": ""}}"#, "empty_value Performance.RPS"),
            (r#"{"TaskId": "t", "Performance": {"Other": 1}}"#, "unknown_field Performance.Other, unknown_item Performance"),
            ("<TaskId>t</TaskId><Performance/>", ""),
            ("<TaskId>t</TaskId><Performance>\n</Performance>", ""),
            ("<TaskId>t</TaskId><Performance><RPS/></Performance>", "empty_value Performance.RPS"),
        ],
    );
}

#[rustfmt::skip]
#[test]
fn a_duplicate_field() {
    check_items(
        r#"{"status":"Failed"}"#,
        ["", ""],
        ["", ""],
        &[
            (r#"{"Status": "Failed", "Status": "Failed"}"#, "duplicate_field Status"),
            (r#"{"Status": "Failed", "Status": null}"#, "repeated_name Status"),
            (r#"{"Status": "Failed", "STATUS": {}}"#, "field_case Status, repeated_name Status"),
            (r#"{"Status": null, "status": "Failed"}"#, "field_alias Status, repeated_name Status"),
            (r#"{"Status": [], "Status": "", "Status": "Failed"}"#, "empty_value Status, repeated_name Status, repeated_name Status"),
            (r#"{"Status": ["x"], "Status": "Failed"}"#, "record_for_text Status, repeated_name Status"),
            ("<Status>Failed</Status><Status>Finished</Status>", "duplicate_field Status"),
            ("<Status/><Status><x/></Status><Status>Failed</Status>", "empty_value Status, repeated_name Status, record_for_text Status, repeated_name Status"),
        ],
    );
}

/// A whole body, its response, and its quirks.
type Root = (&'static str, &'static str, &'static str);

#[rustfmt::skip]
const ROOTS: &[Root] = &[
    // A job.
    (r#"{"Status": "Failed"}"#, r#"job {"status":"Failed"}"#, ""),
    (r#"{"RequestId": "r"}"#, r#"job {"request_id":"r"}"#, ""),
    (r#"{"RequestId": "r", "Other": 1}"#, r#"job {"request_id":"r"}"#, "unknown_field Other"),
    ("<DescribeSynchronizationJobStatusResponse><RequestId>r</RequestId></DescribeSynchronizationJobStatusResponse>", r#"job {"request_id":"r"}"#, ""),
    ("<?xml version='1.0'?><DescribeSynchronizationJobStatusResponse><Delay>1</Delay></DescribeSynchronizationJobStatusResponse>", r#"job {"delay_seconds":1}"#, ""),
    ("<?xml version=\"1.0\" encoding=\"utf-8\" standalone='yes' ?>\n\n<DescribeSynchronizationJobStatusResponse><Delay>1</Delay></DescribeSynchronizationJobStatusResponse>\n<!-- end -->\n", r#"job {"delay_seconds":1}"#, ""),
    ("<DescribeSynchronizationJobStatusResponse>\n <!-- a -->\n <Delay>1</Delay> <?p?> </DescribeSynchronizationJobStatusResponse>", r#"job {"delay_seconds":1}"#, ""),
    ("<dts:DescribeSynchronizationJobStatusResponse><dts:Delay>1</dts:Delay></dts:DescribeSynchronizationJobStatusResponse>", r#"job {"delay_seconds":1}"#, ""),
    // Envelopes.
    (r#"{"DescribeSynchronizationJobStatusResponse": {"Delay": "1"}}"#, r#"job {"delay_seconds":1}"#, "envelope"),
    (r#"{"headers": {"date": "x"}, "statusCode": 200, "body": {"Delay": "1"}}"#, r#"job {"delay_seconds":1}"#, "envelope headers, envelope statusCode, envelope"),
    (r#"{"Body": {"Delay": "1"}, "StatusCode": 200, "Headers": null}"#, r#"job {"delay_seconds":1}"#, "envelope, envelope StatusCode, envelope Headers"),
    (r#"{"body": {"DescribeSynchronizationJobStatusResponse": {"Delay": "1"}, "x": 1}, "y": 2}"#, r#"job {"delay_seconds":1}"#, "envelope, unknown_field y, envelope, unknown_field x"),
    (r#"{"body": {"Code": "Throttling", "Message": "m"}, "statusCode": 400}"#, r#"fault {"code":"Throttling","message":"m"}"#, "envelope, envelope statusCode"),
    (r#"{"body": {"Delay": "1"}, "body": null}"#, r#"job {"delay_seconds":1}"#, "envelope, repeated_name"),
    (r#"{"body": {}, "body": {"Delay": "1"}}"#, r#"job {"delay_seconds":1}"#, "repeated_name, envelope"),
    (r#"{"body": {"Delay": "1"}, "body": {"Delay": "2"}, "status_code": 200}"#, r#"job {"delay_seconds":1}"#, "envelope, duplicate_field, envelope status_code"),
    (r#"{"DescribeSynchronizationJobStatusResponse": {"Delay": "1"}, "body": {"Delay": "2"}}"#, r#"job {"delay_seconds":1}"#, "envelope, duplicate_field"),
    (r#"{"describe_synchronization_job_status_response": {"delay": "1"}}"#, r#"job {"delay_seconds":1}"#, "envelope, field_case Delay"),
    (r#"{"Delay": "1", "DescribeSynchronizationJobStatusResponse": {"Delay": "2"}}"#, r#"job {"delay_seconds":1}"#, "duplicate_field"),
    (r#"{"Delay": "1", "body": "a text"}"#, r#"job {"delay_seconds":1}"#, "unknown_field body"),
    // A code next to the body is about the call: an error code contradicts the body, others say nothing.
    (r#"{"code": "Throttling", "body": {"Delay": "1"}}"#, r#"job {"delay_seconds":1}"#, "duplicate_field Code, envelope"),
    (r#"{"Code": "200", "body": {"Delay": "1"}}"#, r#"job {"delay_seconds":1}"#, "envelope Code, envelope"),
    (r#"{"code": "", "body": {"Delay": "1"}}"#, r#"job {"delay_seconds":1}"#, "envelope Code, envelope"),
    // So are the other fields of a call.
    (r#"{"headers": {}, "statusCode": 200, "RequestId": "r", "body": {"Delay": "1"}}"#, r#"job {"delay_seconds":1}"#, "envelope headers, envelope statusCode, envelope RequestId, envelope"),
    (r#"{"request_id": "r", "Success": true, "Message": "m", "ErrCode": "", "body": "{\"Delay\": \"1\"}"}"#, r#"job {"delay_seconds":1}"#, "envelope RequestId, envelope Success, envelope Message, envelope ErrCode, envelope"),
    (r#"{"RequestId": "r", "DescribeSynchronizationJobStatusResponse": {"Delay": "1"}, "HttpStatusCode": 200}"#, r#"job {"delay_seconds":1}"#, "envelope RequestId, envelope, envelope HttpStatusCode"),
    (r#"{"Success": "false", "ErrCode": "e", "HttpStatusCode": "x", "body": {"Delay": "1"}}"#, r#"job {"delay_seconds":1}"#, "duplicate_field Success, duplicate_field ErrCode, envelope HttpStatusCode, unreadable HttpStatusCode, envelope"),
    (r#"{"RequestId": "r", "statusCode": 403, "body": {"Code": "c", "Message": "m"}}"#, r#"fault {"code":"c","message":"m"}"#, "envelope RequestId, envelope statusCode, envelope"),
    // A body without content is no response.
    (r#"{"headers": {}, "Code": "c", "Message": "m", "body": ""}"#, r#"fault {"code":"c","message":"m"}"#, "unknown_field headers, unknown_field body"),
    (r#"{"RequestId": "r", "Success": false, "body": {"trace": "x"}}"#, r#"job {"request_id":"r","success":false}"#, "duplicate_field"),
    (r#"{"RequestId": "r", "Success": false, "body": "<html>502</html>"}"#, r#"job {"request_id":"r","success":false}"#, "duplicate_field"),
    (r#"{"RequestId": "r", "Success": false, "body": {}}"#, r#"job {"request_id":"r","success":false}"#, "unknown_field body"),
    // A dump with the body as text, in either format.
    (r#"{"body": "{\"Delay\": \"1\", \"Status\": \"failed\"}", "statusCode": 200}"#, r#"job {"status":"Failed","delay_seconds":1}"#, "envelope, envelope statusCode, value_case Status"),
    (r#"{"headers": {}, "body": "<?xml version='1.0'?><Error><Code>c</Code><Message>m</Message></Error>"}"#, r#"fault {"code":"c","message":"m"}"#, "envelope headers, envelope"),
    (r#"{"headers": {}, "body": "\ufeff{\"Delay\": \"1\"}"}"#, r#"job {"delay_seconds":1}"#, "envelope headers, envelope, byte_order_mark"),
    (r#"{"body": "\ufeff<R><Delay>1</Delay></R>"}"#, r#"job {"delay_seconds":1}"#, "envelope, byte_order_mark, root_name"),
    (r#"{"DescribeSynchronizationJobStatusResponse": {"body": " {\"Delay\": 1}"}}"#, r#"job {"delay_seconds":1}"#, "envelope, envelope"),
    // An HTTP head.
    ("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nDate: x\r\n\r\n{\"Delay\": \"1\"}", r#"job {"delay_seconds":1}"#, "http_head"),
    ("HTTP/1.1 200 OK\nDate: x\n<DescribeSynchronizationJobStatusResponse><Delay>1</Delay></DescribeSynchronizationJobStatusResponse>", r#"job {"delay_seconds":1}"#, "http_head"),
    ("\u{FEFF}HTTP/1.1 200 OK\n{\"Delay\": 1.0}", r#"job {"delay_seconds":1}"#, "byte_order_mark, http_head, number_form Delay"),
    // A head is not part of the body, so it may have characters that the format does not allow.
    ("HTTP/1.1 200 OK\nDate: \0\u{FFFE}\n<DescribeSynchronizationJobStatusResponse><Delay>1</Delay></DescribeSynchronizationJobStatusResponse>", r#"job {"delay_seconds":1}"#, "http_head"),
    ("HTTP/1.1 200 OK\nDate: \0\n<Response><Delay>1</Delay></Response>", r#"job {"delay_seconds":1}"#, "http_head, root_name"),
    ("HTTP/1.1 200 OK\nDate: \0\n{\"Delay\": 1}", r#"job {"delay_seconds":1}"#, "http_head"),
    // Blank lines before it, CR alone or CRCRLF as the line end, odd headers.
    ("\r\n \nHTTP/1.1 200 OK\r\nDate: x\r\n\r\n{\"Delay\": \"1\"}", r#"job {"delay_seconds":1}"#, "http_head"),
    ("HTTP/1.1 200 OK\rDate: x\r\r{\"Delay\": \"1\"}", r#"job {"delay_seconds":1}"#, "http_head"),
    ("HTTP/1.1 200 OK\rDate: x\r<Response><Delay>1</Delay></Response>", r#"job {"delay_seconds":1}"#, "http_head, root_name"),
    ("HTTP/1.1 200 OK\r\r\nDate: x\r\r\n\r\r\n{\"Delay\": \"1\"}", r#"job {"delay_seconds":1}"#, "http_head"),
    ("HTTP/1.1 200 OK\n:status: 200\nNom\u{e9} : {\n {x}\n\n  {\"Delay\": \"1\"}", r#"job {"delay_seconds":1}"#, "http_head"),
    // Other names of the root.
    ("<body><Delay>1</Delay><p>x</p></body>", r#"job {"delay_seconds":1}"#, "root_name, unknown_field p"),
    ("<Head><Code>c</Code><Message>m</Message></Head>", r#"fault {"code":"c","message":"m"}"#, "root_name"),
    ("<describe_synchronization-job_status_response><Delay>1</Delay></describe_synchronization-job_status_response>", r#"job {"delay_seconds":1}"#, "root_name"),
    ("<_Response><Delay>1</Delay></_Response>", r#"job {"delay_seconds":1}"#, "root_name"),
    ("<Response><Delay>1</Delay></Response>", r#"job {"delay_seconds":1}"#, "root_name"),
    ("<root><Success>false</Success></root>", r#"job {"success":false}"#, "root_name"),
    ("<Description><Delay>1</Delay></Description>", r#"job {"delay_seconds":1}"#, "root_name"),
    ("<html-wrapper><Delay>1</Delay></html-wrapper>", r#"job {"delay_seconds":1}"#, "root_name"),
    ("<Message><Delay>1</Delay></Message>", r#"job {"delay_seconds":1}"#, "root_name"),
    ("<data><Delay>1</Delay></data>", r#"job {"delay_seconds":1}"#, "root_name"),
    ("<DescribeSynchronizationJobStatus><Delay>1</Delay></DescribeSynchronizationJobStatus>", r#"job {"delay_seconds":1}"#, "root_name"),
    // No root.
    ("<TaskId>t</TaskId><Delay>1</Delay>", r#"job {"task_id":"t","delay_seconds":1}"#, "root_missing"),
    ("<?xml version='1.0'?>\n<SynchronizationObjects><SchemaName>a</SchemaName></SynchronizationObjects>\n<TaskId>t</TaskId>\n<SynchronizationObjects><SchemaName>b</SchemaName></SynchronizationObjects>", r#"job {"task_id":"t","objects":[{"schema_name":"a"},{"schema_name":"b"}]}"#, "root_missing"),
    ("<Performance><RPS>1</RPS></Performance>", r#"job {"performance":{"rps":1}}"#, "root_missing"),
    ("<RequestId>r</RequestId>\n<Code>c</Code>\n<Message>m</Message>\n", r#"fault {"code":"c","message":"m","request_id":"r"}"#, "root_missing"),
    ("<Delay>1</Delay><Etl><Rows>a</Rows></Etl>", r#"job {"delay_seconds":1}"#, "root_missing, unknown_field Etl"),
    ("<New x='1'/>\n<RequestId>r</RequestId>", r#"job {"request_id":"r"}"#, "root_missing, attribute New, unknown_field New"),
    ("<Code>c</Code><New>1</New>", r#"fault {"code":"c"}"#, "root_missing, unknown_field New"),
    ("<Code>c</Code>", r#"fault {"code":"c"}"#, "root_missing"),
    // Error documents.
    (r#"{"Code": "c", "Message": "m", "RequestId": "r", "HostId": "h", "Recommend": "u", "Description": "d"}"#, r#"fault {"code":"c","message":"m","request_id":"r","host_id":"h","recommend":"u","description":"d"}"#, ""),
    (r#"{"message": "m"}"#, r#"fault {"message":"m"}"#, "field_case Message"),
    (r#"{"code": "c", "requestid": "r", "hostid": "h"}"#, r#"fault {"code":"c","request_id":"r","host_id":"h"}"#, "field_case Code, field_case RequestId, field_case HostId"),
    (r#"{"HttpStatusCode": "403", "Success": null, "Code": "c", "Message": "m"}"#, r#"fault {"code":"c","message":"m"}"#, ""),
    (r#"{"HttpStatusCode": "x", "success": true, "Code": "c", "Message": "m"}"#, r#"fault {"code":"c","message":"m"}"#, "unreadable HttpStatusCode, unreadable Success"),
    (r#"{"Success": false, "Code": "c", "Message": "m"}"#, r#"fault {"code":"c","message":"m"}"#, ""),
    ("<Error><Code>c</Code><Message>m</Message></Error>", r#"fault {"code":"c","message":"m"}"#, ""),
    ("<Error><RequestId>r</RequestId></Error>", r#"fault {"request_id":"r"}"#, ""),
    ("<Error><RequestId>r</RequestId><Success>false</Success></Error>", r#"fault {"request_id":"r"}"#, ""),
    ("<Error><Code>c</Code><Message>m</Message><TaskId>t</TaskId></Error>", r#"fault {"code":"c","message":"m"}"#, "unknown_field TaskId"),
    ("<Error><SynchronizationJobId>j</SynchronizationJobId><Message>m</Message></Error>", r#"fault {"message":"m"}"#, "unknown_field SynchronizationJobId"),
    ("<Error><Success>false</Success><RequestId>r</RequestId></Error>", r#"fault {"request_id":"r"}"#, ""),
    ("<error><code>c</code></error>", r#"fault {"code":"c"}"#, "root_name, field_case Code"),
    ("<DescribeSynchronizationJobStatusResponse><RequestId>r</RequestId><Code>c</Code><Message>m</Message></DescribeSynchronizationJobStatusResponse>", r#"fault {"code":"c","message":"m","request_id":"r"}"#, "root_name"),
    ("<DescribeDtsJobsResponse><Code>c</Code><Message>m</Message></DescribeDtsJobsResponse>", r#"fault {"code":"c","message":"m"}"#, "root_name"),
    ("<Error><Code>c</Code><Recommend><![CDATA[https://x/?a=1&b=2]]></Recommend></Error>", r#"fault {"code":"c","recommend":"https://x/?a=1&b=2"}"#, ""),
    ("<Error><Code>c</Code><AccessDeniedDetail><PolicyType>A</PolicyType><AuthAction>dts:x</AuthAction></AccessDeniedDetail></Error>", r#"fault {"code":"c","access_denied_detail":{"AuthAction":"dts:x","PolicyType":"A"}}"#, ""),
    (r#"{"Code": "c", "AccessDeniedDetail": {"PolicyType": "A", "AuthAction": "dts:x"}}"#, r#"fault {"code":"c","access_denied_detail":{"AuthAction":"dts:x","PolicyType":"A"}}"#, ""),
    (r#"{"Code": "c", "AccessDeniedDetail": {"A": 1, "A": "x", "B": {}, "C": null, "1": "x"}}"#, r#"fault {"code":"c","access_denied_detail":{"A":"1"}}"#, "number_form AccessDeniedDetail.A, duplicate_field AccessDeniedDetail.A, record_for_text AccessDeniedDetail.B, unknown_field AccessDeniedDetail.1"),
    ("<Error><Code>c</Code><AccessDeniedDetail>x<A>a</A><B x='1'>b</B></AccessDeniedDetail></Error>", r#"fault {"code":"c","access_denied_detail":{"A":"a","B":"b"}}"#, "text_for_record AccessDeniedDetail, attribute AccessDeniedDetail.B"),
    // None of these is an error document.
    (r#"{"Success": false, "ErrCode": "InternalError", "ErrMessage": "m"}"#, r#"job {"success":false,"err_code":"InternalError","err_message":"m"}"#, ""),
    (r#"{"Success": "true", "ErrCode": "InternalError", "ErrorMessage": "m", "Status": "Failed"}"#, r#"job {"success":true,"err_code":"InternalError","status":"Failed","error_message":"m"}"#, ""),
    (r#"{"Code": "200", "Message": "OK", "Status": "Failed"}"#, r#"job {"err_message":"OK","code":"200","status":"Failed"}"#, "field_alias ErrMessage"),
    (r#"{"code": "c", "Message": "m", "ErrMessage": "", "Status": "Failed"}"#, r#"job {"err_message":"m","code":"c","status":"Failed"}"#, "field_case Code, field_alias ErrMessage, repeated_name ErrMessage"),
    (r#"{"Message": "m", "ErrMessage": "e", "Status": "Failed"}"#, r#"job {"err_message":"e","status":"Failed"}"#, "field_alias ErrMessage, duplicate_field ErrMessage"),
    (r#"{"ErrMessage": "e", "Message": "m", "Status": "Failed"}"#, r#"job {"err_message":"e","status":"Failed"}"#, "field_alias ErrMessage, duplicate_field ErrMessage"),
    (r#"{"Success": false, "Code": "Forbidden"}"#, r#"job {"success":false,"code":"Forbidden"}"#, ""),
    (r#"{"HttpStatusCode": 403, "Code": "Forbidden"}"#, r#"job {"code":"Forbidden","http_status_code":403}"#, ""),
    // Names of another operation, in a body that names a job of this one.
    (r#"{"SynchronizationJobId": "j", "DtsJobId": "d"}"#, r#"job {"job_id":"j"}"#, "unknown_field DtsJobId"),
    (r#"{"DtsJobId": "d", "synchronizationjobid": "j"}"#, r#"job {"job_id":"j"}"#, "unknown_field DtsJobId, field_case SynchronizationJobId"),
];

#[test]
fn the_root_decides_what_the_body_is() {
    for (body, expected, quirks) in ROOTS {
        let decoded = decoded(body);
        assert_eq!(model(&decoded.response), *expected, "{body}");
        assert_eq!(kinds_and_paths(&decoded.quirks).join(", "), *quirks, "{body}");
    }
}

#[test]
fn responses_of_other_operations_are_refused() {
    let names = [
        "DtsJobId",
        "DtsJobName",
        "DtsJobClass",
        "DtsJobDirection",
        "DtsJobList",
        "DtsInstanceID",
        "EtlDemoList",
        "SubSyncJob",
        "SubDistributedJob",
        "SyncStatusList",
        "MigrationJobs",
        "MigrationJobId",
        "MigrationJobName",
        "MigrationJobStatus",
        "SubscriptionInstances",
        "SubscriptionInstanceId",
        "SubscriptionInstanceName",
        "StructureInitializationDetails",
        "StructureInitializationDetailList",
        "DataInitializationDetails",
        "DataInitializationDetailList",
        "JobProgress",
        "DelayOverSeconds",
        "TotalRecordCount",
        "PageRecordCount",
        "SynchronizationInstances",
        "SynchronizationJobListStatusList",
        "dts_job_id",
        "sub_sync_job",
        "Total_Record_Count",
    ];
    for name in names {
        let bodies = [
            format!(r#"{{"Delay": "5", "{name}": "x", "Status": "Failed"}}"#),
            format!(r#"{{"body": {{"Delay": "5", "{}": "x"}}}}"#, name.to_lowercase()),
            document(&format!("<Delay>5</Delay><{name}>x</{name}>")),
            format!("<Response><{name}/><Delay>5</Delay></Response>"),
        ];
        for body in bodies {
            let error = decode(body.as_bytes()).expect_err(&body);
            assert_eq!(error.kind().as_str(), "other_operation", "{body}");
            assert!(error.message().to_lowercase().contains(&name.to_lowercase()), "{error}");
            assert!(
                error
                    .excerpt()
                    .trim_start_matches(['"', '<'])
                    .to_lowercase()
                    .starts_with(&name.to_lowercase())
            );
        }
    }
}

#[test]
fn a_response_without_a_value_survives_being_written() {
    let bodies = [
        r#"{"RequestId": ""}"#,
        r#"{"Status": null}"#,
        r#"{"Delay": "soon"}"#,
        r#"{"Code": ""}"#,
        r#"{"Message": null}"#,
        "<Error><Code/></Error>",
        "<Error><RequestId>r</RequestId></Error>",
        "<Error><HostId>h</HostId><RequestId>r</RequestId></Error>",
        "<Error><Description>d</Description></Error>",
    ];
    for body in bodies {
        let response = decoded(body).response;
        for format in [Format::Json, Format::Xml] {
            let written = encode(&response, format);
            let again = decoded(&written);
            assert_eq!(again.response, response, "{}", String::from_utf8_lossy(&written));
            assert!(again.is_clean() && again.format == format);
        }
    }
    let empty = Response::from(aliyun_dts_status::SyncJob::default());
    assert_eq!(encode(&empty, Format::Json), br#"{"RequestId":""}"#);
}
