//! Encoding and decoding are inverse in both formats; an item of a page is read as it is alone.

use aliyun_dts_status::{Decoded, Format, Operation, Response, SyncJob, encode};
use proptest::prelude::*;
use serde_json::Value;

use crate::bodies::{bodies, decode, decode_json, list, pages};
use crate::choices::Choices;
use crate::models::Values;
use crate::responses;
use crate::support::kinds_and_paths;

fn written(response: &Response, format: Format) -> String {
    String::from_utf8(encode(response, format)).unwrap()
}

fn bytes() -> impl Strategy<Value = Vec<u8>> {
    prop::collection::vec(any::<u8>(), 0..700)
}

proptest! {
    /// So the two formats agree too.
    #[test]
    fn a_model_is_encoded_cleanly_and_read_back_the_same(bytes in bytes(), number in 0..Operation::ALL.len()) {
        let operation = Operation::ALL[number];
        let response = responses::response(operation, Values::Clean, &mut Choices::new(&bytes));
        for format in [Format::Json, Format::Xml] {
            let body = written(&response, format);
            let decoded = decode(operation, &body);
            prop_assert_eq!(&decoded.response, &response, "{}", body);
            // Only the first operation may have a job without anything that marks one.
            prop_assert!(decoded.is_clean() || operation == Operation::default(), "{:?}: {}", decoded.quirks, body);
            prop_assert_eq!(decoded.operation, operation);
        }
    }

    #[test]
    fn any_model_that_was_read_is_read_back_the_same(bytes in bytes(), number in 0..Operation::ALL.len()) {
        let operation = Operation::ALL[number];
        let response = responses::response(operation, Values::Any, &mut Choices::new(&bytes));
        let once = decode(operation, &written(&response, Format::Json)).response;
        prop_assert_eq!(&once, &response);
        for format in [Format::Json, Format::Xml] {
            let body = written(&once, format);
            prop_assert_eq!(&decode(operation, &body).response, &once, "{}", body);
        }
    }

    /// Also of values that no body can hold, once they were written and read.
    #[test]
    fn any_model_is_read_back_the_same_after_it_was_read_once(bytes in bytes(), number in 0..Operation::ALL.len()) {
        let operation = Operation::ALL[number];
        let response = responses::response(operation, Values::Free, &mut Choices::new(&bytes));
        for format in [Format::Json, Format::Xml] {
            let once = decode(operation, &written(&response, format)).response;
            prop_assert_eq!(once.page().is_some(), operation.is_page());
            let body = written(&once, format);
            prop_assert_eq!(&decode(operation, &body).response, &once, "{}", body);
        }
    }

    /// A page of many items is as many pages of one.
    #[test]
    fn a_page_has_the_jobs_of_pages_of_one_item(bytes in bytes(), number in 0..4_usize) {
        let operation = pages().nth(number).unwrap();
        let page = responses::page(operation, Values::Any, &mut Choices::new(&bytes));
        let body: Value = serde_json::from_str(&written(&page.into(), Format::Json)).unwrap();
        check_items(operation, &body);
    }
}

#[test]
fn an_item_of_a_page_is_read_as_in_a_page_of_its_own() {
    let mut count = 0;
    for body in bodies().iter().filter(|body| body.operation.is_page()) {
        let Some(json) = body.json() else { continue };
        count += check_items(body.operation, &json);
    }
    assert!(count > 80, "{count}");
}

/// Compares a page with pages of one item each. Returns the number of items.
fn check_items(operation: Operation, body: &Value) -> usize {
    let items = match &body[list(operation)] {
        Value::Object(wrapper) => &wrapper.values().next().cloned().unwrap_or_default(),
        items => items,
    };
    let Value::Array(items) = items else { return 0 };
    let whole = decode_json(operation, body);
    let mut jobs = Vec::new();
    let mut quirks = Vec::new();
    for (index, item) in items.iter().enumerate() {
        let mut alone = body.clone();
        let slot = match &mut alone[list(operation)] {
            Value::Object(wrapper) => wrapper.values_mut().next().unwrap(),
            items => items,
        };
        *slot = Value::Array(vec![item.clone()]);
        let decoded = decode_json(operation, &alone);
        jobs.extend_from_slice(decoded.jobs());
        let place = format!("{}[{index}]", list(operation));
        let of_item = in_items(&decoded).into_iter();
        quirks.extend(of_item.map(|quirk| quirk.replace(&format!("{}[0]", list(operation)), &place)));
    }
    assert_eq!(whole.jobs(), jobs, "{body}");
    assert_eq!(in_items(&whole), quirks, "{body}");
    items.len()
}

fn in_items(decoded: &Decoded) -> Vec<String> {
    kinds_and_paths(&decoded.quirks).into_iter().filter(|quirk| quirk.contains("[")).collect()
}

/// `DescribeSynchronizationJobs` lists what `DescribeSynchronizationJobStatus` returns of each job, and more.
#[test]
fn an_item_is_read_as_by_the_operation_on_one_job() {
    let mut count = 0;
    for body in bodies().iter().filter(|body| body.operation == Operation::DescribeSynchronizationJobs) {
        let Some(json) = body.json() else { continue };
        let Value::Array(items) = &json["SynchronizationInstances"] else { continue };
        let page = decode_json(body.operation, &json);
        for (item, job) in items.iter().zip(page.jobs()) {
            let mut item = item.clone();
            let members = item.as_object_mut().unwrap();
            for name in ["CreateTime", "JobCreateTime", "InstanceCreateTime", "Tags"] {
                members.remove(name);
            }
            if !members.contains_key("SynchronizationJobId") {
                continue;
            }
            let mut expected: SyncJob = job.clone();
            expected.operation = Operation::default();
            expected.kind = None;
            expected.created_at = None;
            expected.tags.clear();
            let alone = decode_json(Operation::default(), &item);
            assert_eq!(alone.jobs(), [expected], "{}", body.name);
            count += 1;
        }
    }
    assert!(count > 20, "{count}");
}

/// Of what both operations on jobs of any kind have, only the delay is written in another way.
#[test]
fn a_listed_job_is_read_as_its_detail() {
    const OTHERS: [&str; 6] = [
        "ReverseJob",
        "Delay",
        "Performance",
        "PrecheckStatus",
        "StructureInitializationStatus",
        "DataInitializationStatus",
    ];
    let mut count = 0;
    for body in bodies().iter().filter(|body| body.operation == Operation::DescribeDtsJobs) {
        let Some(mut json) = body.json() else { continue };
        let Some(items) = json["DtsJobList"].as_array_mut() else { continue };
        for item in items {
            OTHERS.iter().for_each(|name| drop(item.as_object_mut().unwrap().remove(*name)));
            let page = decode_json(body.operation, &serde_json::json!({"DtsJobList": [item]}));
            let mut expected = page.jobs()[0].clone();
            expected.operation = Operation::DescribeDtsJobDetail;
            assert_eq!(
                decode_json(Operation::DescribeDtsJobDetail, item).jobs(),
                [expected],
                "{}",
                body.name
            );
            count += 1;
        }
    }
    assert!(count > 20, "{count}");
}

/// The two directions of a job are one item, as the service writes them; other jobs are items of their own.
#[test]
fn two_directions_are_written_as_one_item() {
    let reverse = r#"{"DtsJobId":"a","JobType":"SYNC"}"#;
    let both = r#"{"DtsJobId":"a","JobType":"SYNC","ReverseJob":{"DtsJobId":"b","Status":"Failed"}}"#;
    let directions = r#"{"SynchronizationJobId":"a","SynchronizationDirectionInfoList":[{"SynchronizationDirection":"Forward","Status":"Failed"},{"SynchronizationDirection":"Reverse","Status":"Failed"}]}"#;
    let direction = r#"{"SynchronizationJobId":"b","SynchronizationDirectionInfoList":[{"SynchronizationDirection":"Forward","Status":"Failed"}]}"#;
    for (operation, list, items) in [
        (Operation::DescribeDtsJobs, "DtsJobList", [both, reverse]),
        (
            Operation::DescribeSynchronizationJobStatusList,
            "SynchronizationJobListStatusList",
            [directions, direction],
        ),
    ] {
        let decoded = decode(operation, &format!(r#"{{"{list}":[{}]}}"#, items.join(",")));
        assert_eq!(decoded.jobs().len(), 3, "{operation}");
        let body: Value = serde_json::from_str(&written(&decoded.response, Format::Json)).unwrap();
        assert_eq!(body[list].as_array().map(Vec::len), Some(2), "{operation}: {body}");
        let again = decode(operation, &body.to_string());
        assert_eq!(again.response, decoded.response, "{operation}: {body}");
    }
}
