//! The request: its rules, its parameters, its query, and parsing it.
#![allow(deprecated, reason = "AccountId is accepted until the vendor removes it")]

use std::collections::BTreeMap;

use aliyun_dts_status::model::{Direction, JobKind};
use aliyun_dts_status::request::{
    DescribeSynchronizationJobStatus, Match, Parameter, ParameterError, Request, RequestError,
};
use aliyun_dts_status::{Fault, Operation, Page, Response, SyncJob};
use proptest::option;
use proptest::prelude::*;

const JOB: &str = "dtsexjk1alb116wxyz";

fn request() -> DescribeSynchronizationJobStatus {
    DescribeSynchronizationJobStatus::new(JOB)
}

fn read(pairs: &[(&str, &str)]) -> Result<DescribeSynchronizationJobStatus, RequestError> {
    DescribeSynchronizationJobStatus::from_parameters(pairs.iter().copied())
}

#[test]
fn parameters_are_sorted_by_name() {
    let full = request()
        .region_id("cn-hangzhou")
        .direction(Direction::Reverse)
        .client_token("0c593ea1-3bea-11e9-b96b-88e9fe63wxyz")
        .account_id("12323344wxyz")
        .resource_group_id("rg-acfmzawhxxcwxyz");
    assert_eq!(full.check(), Ok(()));
    let parameters = full.parameters();
    assert_eq!(
        parameters,
        [
            ("AccountId", "12323344wxyz"),
            ("Action", "DescribeSynchronizationJobStatus"),
            ("ClientToken", "0c593ea1-3bea-11e9-b96b-88e9fe63wxyz"),
            ("RegionId", "cn-hangzhou"),
            ("ResourceGroupId", "rg-acfmzawhxxcwxyz"),
            ("SynchronizationDirection", "Reverse"),
            ("SynchronizationJobId", JOB),
            ("Version", "2020-01-01"),
        ]
    );
    assert!(parameters.is_sorted());
}

#[test]
fn forward_is_the_default_and_is_not_sent() {
    let expected = [
        ("Action", "DescribeSynchronizationJobStatus"),
        ("SynchronizationJobId", JOB),
        ("Version", "2020-01-01"),
    ];
    assert_eq!(request().direction, Direction::Forward);
    assert_eq!(request().parameters(), expected);
    assert_eq!(request().direction(Direction::Forward).parameters(), expected);
}

#[test]
fn check_names_the_parameter_and_the_rule() {
    let cases: &[(DescribeSynchronizationJobStatus, &str)] = &[
        (
            DescribeSynchronizationJobStatus::new(""),
            "SynchronizationJobId: expected a value, found an empty one",
        ),
        (request().region_id(""), "RegionId: expected a value, found an empty one"),
        (request().client_token(""), "ClientToken: expected a value, found an empty one"),
        (request().client_token("x".repeat(65)), "ClientToken: expected at most 64 characters, found 65"),
        (request().client_token("tökén"), "ClientToken: expected ASCII characters only"),
        (
            request().direction("Sideways".into()),
            "SynchronizationDirection: expected Forward or Reverse, found \"Sideways\"",
        ),
        (request().account_id(""), "AccountId: expected a value, found an empty one"),
        (request().resource_group_id(""), "ResourceGroupId: expected a value, found an empty one"),
    ];
    for (request, message) in cases {
        let error = request.check().unwrap_err();
        assert_eq!(error.to_string(), *message);
        assert!(message.starts_with(&format!("{}: ", error.parameter())));
    }
    assert_eq!(request().client_token("x".repeat(64)).check(), Ok(()));
    assert_eq!(
        *request().client_token("é".repeat(65)).check().unwrap_err().defect(),
        ParameterError::NotAscii
    );
}

#[test]
fn a_two_way_job_is_two_requests_without_a_shared_token() {
    let job = request().region_id("cn-hangzhou").client_token("once").direction(Direction::Reverse);
    let [forward, reverse] = job.both_directions();
    assert_eq!(forward, request().region_id("cn-hangzhou"));
    assert_eq!(reverse, request().region_id("cn-hangzhou").direction(Direction::Reverse));
}

#[test]
fn the_query_is_encoded_as_signatures_need_it() {
    let token: String = (' '..='~').collect();
    let query = request().client_token(&token).region_id("同").query();
    assert_eq!(
        query,
        "Action=DescribeSynchronizationJobStatus\
         &ClientToken=%20%21%22%23%24%25%26%27%28%29%2A%2B%2C-.%2F0123456789%3A%3B%3C%3D%3E%3F%40\
         ABCDEFGHIJKLMNOPQRSTUVWXYZ%5B%5C%5D%5E_%60abcdefghijklmnopqrstuvwxyz%7B%7C%7D~\
         &RegionId=%E5%90%8C\
         &SynchronizationJobId=dtsexjk1alb116wxyz&Version=2020-01-01"
    );
}

#[test]
fn a_logged_request_is_parsed_without_its_signature() {
    let logged = [
        ("Version", "2018-08-01"),
        ("SynchronizationJobId", JOB),
        ("Format", "JSON"),
        ("Timestamp", "2021-01-14T09:22:30Z"),
        ("AccessKeyId", "testid"),
        ("AccessKeyID", "testid"),
        ("Signature", "x"),
        ("SignatureMethod", "HMAC-SHA1"),
        ("SignatureNonce", "1"),
        ("SignatureType", ""),
        ("SignatureVersion", "1.0"),
        ("SecurityToken", "x"),
        ("BearerToken", "x"),
        ("OwnerId", "1"),
        ("OwnerAccount", "x"),
        ("ResourceOwnerId", "1"),
        ("ResourceOwnerAccount", "x"),
        ("RegionId", "cn-hangzhou"),
        ("Action", "DescribeSynchronizationJobStatus"),
    ];
    assert_eq!(read(&logged), Ok(request().region_id("cn-hangzhou").version("2018-08-01")));

    let map: BTreeMap<String, String> =
        logged.map(|(name, value)| (name.to_owned(), value.to_owned())).into();
    assert_eq!(DescribeSynchronizationJobStatus::from_parameters(&map), read(&logged));
}

#[test]
fn a_request_of_the_newer_signature_has_its_action_in_a_header() {
    assert_eq!(read(&[("SynchronizationJobId", JOB)]), Ok(request()));
}

#[test]
fn other_requests_are_refused() {
    let job = ("SynchronizationJobId", JOB);
    let cases: &[(&[(&str, &str)], &str)] = &[
        (&[], "SynchronizationJobId: expected a value, found none"),
        (
            &[("Action", "DescribeSynchronizationJobStatus")],
            "SynchronizationJobId: expected a value, found none",
        ),
        (
            &[job, ("Action", "DescribeSynchronizationJobStatusList")],
            "Action: expected DescribeSynchronizationJobStatus, found \"DescribeSynchronizationJobStatusList\"",
        ),
        (&[job, ("Action", "")], "Action: expected DescribeSynchronizationJobStatus, found \"\""),
        (&[job, ("RegionId", "a"), job], "SynchronizationJobId: expected once, found again"),
        (
            &[job, ("PageSize", "30")],
            "PageSize: expected a parameter of DescribeSynchronizationJobStatus or of the RPC style",
        ),
        (
            &[("synchronizationjobid", JOB)],
            "synchronizationjobid: expected a parameter of DescribeSynchronizationJobStatus or of the RPC style",
        ),
    ];
    for (pairs, message) in cases {
        assert_eq!(read(pairs).unwrap_err().to_string(), *message);
    }
}

#[test]
fn parsing_does_not_check_values() {
    let odd = read(&[("SynchronizationJobId", ""), ("SynchronizationDirection", "Sideways")]).unwrap();
    assert_eq!(odd.direction.as_str(), "Sideways");
    assert_eq!(odd.check().unwrap_err().parameter(), "SynchronizationDirection");
}

#[test]
fn a_response_is_matched_with_its_request() {
    use Direction::{Forward, Reverse};
    let unknown = || Direction::from("Sideways");
    let cases = [
        (JOB, Forward, Some(JOB), Some(Forward), Match::Yes),
        // A one-way job, or an older version of the API.
        (JOB, Forward, Some(JOB), None, Match::Yes),
        (JOB, Reverse, Some(JOB), Some(Reverse), Match::Yes),
        (JOB, Forward, Some(JOB), Some(Reverse), Match::OtherDirection),
        // A one-way job, asked for its reverse direction.
        (JOB, Reverse, Some(JOB), Some(Forward), Match::OtherDirection),
        (JOB, Reverse, Some(JOB), None, Match::Unknown),
        (JOB, Forward, Some(JOB), Some(unknown()), Match::Unknown),
        (JOB, unknown(), Some(JOB), Some(Forward), Match::Unknown),
        (JOB, Forward, Some("dtsabcd1alb116wxyz"), None, Match::OtherJob),
        (JOB, Forward, Some("dtsabcd1alb116wxyz"), Some(Reverse), Match::OtherJob),
        (JOB, Reverse, Some("dtsabcd1alb116wxyz"), None, Match::OtherJob),
        (JOB, Forward, Some("dtsexjk1alb116****"), Some(Forward), Match::Unknown),
        (JOB, Forward, Some("dtsexjk1alb116****"), Some(Reverse), Match::OtherDirection),
        ("dtsexjk1alb116****", Forward, Some("dtsexjk1alb116****"), None, Match::Unknown),
        (JOB, Forward, None, Some(Forward), Match::Unknown),
        (JOB, Forward, Some(""), Some(Forward), Match::Unknown),
    ];
    for (requested, requested_direction, id, direction, expected) in cases {
        let request = DescribeSynchronizationJobStatus::new(requested).direction(requested_direction);
        let mut response = SyncJob::sample();
        response.job_id = id.map(str::to_owned);
        response.direction = direction;
        assert_eq!(request.matches(&response), expected, "{request:?} and response {response:?}");
    }
}

#[test]
fn a_match_is_yes_no_or_unknown() {
    assert_eq!(Match::Yes.known(), Some(true));
    assert_eq!(Match::OtherJob.known(), Some(false));
    assert_eq!(Match::OtherDirection.known(), Some(false));
    assert_eq!(Match::Unknown.known(), None);
    for &value in Match::ALL {
        assert_eq!(value.as_str().parse(), Ok(value));
    }
}

proptest! {
    #[test]
    fn a_request_is_parsed_from_its_parameters(request in any_request()) {
        prop_assert!(request.parameters().is_sorted());
        prop_assert_eq!(DescribeSynchronizationJobStatus::from_parameters(request.parameters()), Ok(request.clone()));
    }

    #[test]
    fn the_query_decodes_to_the_parameters(request in any_request()) {
        let query = request.query();
        prop_assert!(query.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_.~%&=".contains(&byte)));
        let decoded: Vec<(String, String)> = query
            .split('&')
            .map(|pair| pair.split_once('=').unwrap())
            .map(|(name, value)| (decode(name), decode(value)))
            .collect();
        let plain: Vec<(String, String)> =
            request.parameters().into_iter().map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
        prop_assert_eq!(decoded, plain);
    }

    #[test]
    fn neither_direction_matches_the_other(request in any_request()) {
        let [forward, reverse] = request.both_directions();
        let mut response = SyncJob::sample();
        response.job_id = Some(JOB.into());
        response.direction = Some(Direction::Reverse);
        prop_assert_ne!(forward.matches(&response), Match::Yes);
        response.direction = Some(Direction::Forward);
        prop_assert_ne!(reverse.matches(&response), Match::Yes);
    }
}

fn any_request() -> impl Strategy<Value = DescribeSynchronizationJobStatus> {
    let direction = prop_oneof![
        Just(Direction::Forward),
        Just(Direction::Reverse),
        any::<String>().prop_map(|text| Direction::from(text.as_str())),
    ];
    let text = || prop_oneof![any::<String>(), "[ -~]{0,70}"];
    let job_id = prop_oneof![Just(JOB.to_owned()), any::<String>()];
    (job_id, option::of(text()), direction, option::of(text()), option::of(text()), option::of(text()))
        .prop_map(|(job_id, region_id, direction, client_token, account_id, resource_group_id)| {
            let mut request = DescribeSynchronizationJobStatus::new(job_id).direction(direction);
            request.region_id = region_id;
            request.client_token = client_token;
            request.account_id = account_id;
            request.resource_group_id = resource_group_id;
            request
        })
}

/// Percent-decoding: RFC 3986, section 2.1.
fn decode(text: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        bytes.push(if byte == b'%' {
            let digits = [rest.next().unwrap(), rest.next().unwrap()];
            assert!(!digits.iter().any(u8::is_ascii_lowercase), "hexadecimal digits must be in upper case");
            u8::from_str_radix(std::str::from_utf8(&digits).unwrap(), 16).unwrap()
        } else {
            byte
        });
    }
    String::from_utf8(bytes).unwrap()
}

/// A request that its operation allows, for each operation.
fn sound_requests() -> Vec<Request> {
    let requests = Operation::ALL.iter().map(|operation| {
        let request = Request::new(*operation);
        match operation {
            Operation::DescribeSynchronizationJobs | Operation::DescribeMigrationJobs => request.page(1, 30),
            Operation::DescribeDtsJobs => {
                request.set(Parameter::Region, "cn-hangzhou").kind(JobKind::Synchronization).page(1, 100)
            }
            _ => request.job_id(JOB),
        }
    });
    requests.collect()
}

#[test]
fn a_request_of_each_operation() {
    let queries: Vec<_> = sound_requests().iter().map(Request::query).collect();
    assert_eq!(
        queries,
        [
            "Action=DescribeSynchronizationJobStatus&SynchronizationJobId=dtsexjk1alb116wxyz&Version=2020-01-01",
            "Action=DescribeSynchronizationJobs&PageNum=1&PageSize=30&Version=2020-01-01",
            "Action=DescribeSynchronizationJobStatusList&SynchronizationJobIdListJsonStr=%5B%22dtsexjk1alb116wxyz%22%5D\
             &Version=2020-01-01",
            "Action=DescribeDtsJobDetail&DtsInstanceID=dtsexjk1alb116wxyz&Version=2020-01-01",
            "Action=DescribeDtsJobs&JobType=SYNC&PageNumber=1&PageSize=100&Region=cn-hangzhou&Version=2020-01-01",
            "Action=DescribeMigrationJobStatus&MigrationJobId=dtsexjk1alb116wxyz&Version=2020-01-01",
            "Action=DescribeMigrationJobs&PageNum=1&PageSize=30&Version=2020-01-01",
        ]
    );
    for request in sound_requests() {
        assert_eq!(request.check(), Ok(()));
        assert!(request.parameters().is_sorted());
        let parameters = request.parameters().into_iter().rev().map(|(name, value)| (name, value.to_owned()));
        assert_eq!(Request::from_parameters(parameters), Ok(request));
    }
    let ids = Request::new(Operation::DescribeSynchronizationJobStatusList).job_ids(["a", "\"b\\"]);
    assert_eq!(ids.get(Parameter::SynchronizationJobIds), Some(r#"["a","\"b\\"]"#));
}

#[test]
fn a_request_of_our_own_operation_is_the_same_in_both_types() {
    for request in [
        request(),
        request().direction(Direction::Reverse).client_token("token").account_id("1"),
        request().region_id("cn-hangzhou").resource_group_id("rg").direction(Direction::from("Sideways")),
        DescribeSynchronizationJobStatus::new(""),
    ] {
        let general = Request::from(&request);
        assert_eq!(general.parameters(), request.parameters());
        assert_eq!(general.check(), request.check());
    }
}

#[test]
#[rustfmt::skip]
fn each_operation_refuses_what_it_does_not_document() {
    use Operation::{
        DescribeDtsJobDetail, DescribeDtsJobs, DescribeMigrationJobStatus, DescribeMigrationJobs,
        DescribeSynchronizationJobStatusList, DescribeSynchronizationJobs,
    };
    let region = |request: Request| request.set(Parameter::Region, "cn-hangzhou");
    let new = Request::new;
    let token = new(DescribeMigrationJobStatus).job_id(JOB);
    for (request, expected) in [
        (new(Operation::default()), "SynchronizationJobId: expected a value, found none"),
        (new(Operation::default()).job_id(" \n"), "SynchronizationJobId: expected a value, found an empty one"),
        (new(DescribeSynchronizationJobStatusList), "SynchronizationJobIdListJsonStr: expected a value, found none"),
        (new(DescribeDtsJobDetail), "DtsInstanceID: expected a value, found none"),
        (new(DescribeDtsJobs), "Region: expected a value, found none"),
        (new(DescribeMigrationJobStatus), "MigrationJobId: expected a value, found none"),
        (
            new(DescribeSynchronizationJobs).job_id(JOB),
            "SynchronizationJobId: expected a parameter of DescribeSynchronizationJobs or of the RPC style",
        ),
        (new(DescribeMigrationJobs).job_id(JOB), "MigrationJobId: expected a parameter of DescribeMigrationJobs or of the RPC style"),
        (
            region(new(DescribeDtsJobs)).direction(&Direction::Reverse),
            "SynchronizationDirection: expected a parameter of DescribeDtsJobs or of the RPC style",
        ),
        (new(DescribeDtsJobDetail).job_id(JOB).page(1, 1), "PageNum: expected a parameter of DescribeDtsJobDetail or of the RPC style"),
        (
            new(DescribeDtsJobDetail).task_id("t").set(Parameter::SynchronizationDirection, "reverse"),
            "SynchronizationDirection: expected Forward or Reverse, found \"reverse\"",
        ),
        (region(new(DescribeDtsJobs)).set(Parameter::JobType, "sync"), "JobType: expected MIGRATION, SYNC or SUBSCRIBE, found \"sync\""),
        (region(new(DescribeDtsJobs)).page(1, 101), "PageSize: expected a number from 1 to 100, found \"101\""),
        (new(DescribeMigrationJobs).set(Parameter::PageNum, "+-1"), "PageNum: expected a number from 1 to 2147483647, found \"+-1\""),
        (new(DescribeMigrationJobs).set(Parameter::PageNum, "2147483648"), "PageNum: expected a number from 1 to 2147483647, found \"2147483648\""),
        (token.clone().set(Parameter::ClientToken, "x".repeat(65)), "ClientToken: expected at most 64 characters, found 65"),
        (token.set(Parameter::ClientToken, "é"), "ClientToken: expected ASCII characters only"),
    ] {
        assert_eq!(request.check().unwrap_err().to_string(), expected);
    }
    let either = new(DescribeDtsJobDetail).task_id("i03e3zty16iwxyz");
    assert_eq!(either.check(), Ok(()));
}

#[test]
fn a_logged_request_names_its_operation() {
    for (logged, expected) in [
        (vec![], "Action: expected a value, found none"),
        (
            vec![("Action", "DescribeMigrationJobDetail")],
            "Action: expected an operation whose answers are read, found \"DescribeMigrationJobDetail\"",
        ),
        (
            vec![("Action", "DescribeDtsJobs"), ("Action", "DescribeDtsJobs")],
            "Action: expected once, found again",
        ),
        (
            vec![("Region", "a"), ("Region", "b"), ("Action", "DescribeDtsJobs")],
            "Region: expected once, found again",
        ),
        (
            vec![("Action", "DescribeDtsJobs"), ("PageNum", "1")],
            "PageNum: expected a parameter of DescribeDtsJobs or of the RPC style",
        ),
        (
            vec![("Odd", "1"), ("Action", "DescribeDtsJobs")],
            "Odd: expected a parameter of DescribeDtsJobs or of the RPC style",
        ),
    ] {
        assert_eq!(Request::from_parameters(logged).unwrap_err().to_string(), expected);
    }
    let signed = [("Action", "DescribeDtsJobs"), ("Signature", "x"), ("Region", "cn-hangzhou")];
    assert_eq!(Request::from_parameters(signed).unwrap().parameters().len(), 3);
}

#[test]
fn pages_follow_each_other() {
    let request = Request::new(Operation::DescribeDtsJobs).page(2, 50).set(Parameter::Region, "cn-hangzhou");
    let next = |request: &Request, total: Option<i64>, jobs: usize| {
        let mut page = Page::new(Operation::DescribeDtsJobs);
        (page.total, page.jobs) = (total, vec![SyncJob::default(); jobs]);
        let next = request.next_page(&page)?;
        next.get(Parameter::PageNumber).map(str::to_owned)
    };
    let third = Some("3".to_owned());
    for (total, jobs, expected) in [
        (Some(101), 50, &third),
        // A page without jobs is the last one, or a wrong total would ask for billions of pages.
        (Some(101), 0, &None),
        (Some(i64::MAX), 0, &None),
        (Some(100), 50, &None),
        (None, 50, &third),
        (None, 0, &None),
    ] {
        assert_eq!(next(&request, total, jobs), *expected, "{total:?} {jobs}");
    }
    let last = request.page(u32::MAX, 50);
    assert_eq!(next(&last, Some(i64::MAX), 1), None);
    let list = Request::new(Operation::DescribeSynchronizationJobStatusList).job_id(JOB);
    assert_eq!(list.next_page(&Page::new(list.operation())), None);
    let token = Request::new(Operation::DescribeSynchronizationJobs).set(Parameter::ClientToken, "once");
    let mut page = Page::new(token.operation());
    (page.total, page.jobs) = (Some(31), vec![SyncJob::default()]);
    assert_eq!(token.next_page(&page).unwrap().get(Parameter::ClientToken), None);
}

/// A job of an operation.
fn answer(operation: Operation, id: &str, task: &str, direction: Option<Direction>) -> SyncJob {
    let mut job = SyncJob::default();
    (job.operation, job.direction) = (operation, direction);
    (job.job_id, job.task_id) = (Some(id.to_owned()), Some(task.to_owned()));
    job
}

#[test]
fn an_answer_belongs_to_a_request_of_its_operation() {
    use Direction::{Forward, Reverse};
    let detail = Operation::DescribeDtsJobDetail;
    let by_id = Request::new(detail).job_id("dtsa");
    let by_task = Request::new(detail).task_id("a");
    let reverse = Request::new(detail).job_id("dtsa").direction(&Reverse);
    let migration = Request::new(Operation::DescribeMigrationJobStatus).job_id("dtsa");
    for (request, job, expected) in [
        (&by_id, answer(detail, "dtsa", "a", None), Match::Yes),
        (&by_id, answer(detail, "dtsa", "a", Some(Forward)), Match::Yes),
        (&by_id, answer(detail, "dtsa", "a", Some(Reverse)), Match::OtherDirection),
        (&by_id, answer(detail, "dtsb", "b", None), Match::OtherJob),
        (&by_id, answer(detail, "dts****", "a", None), Match::Unknown),
        (&by_task, answer(detail, "dtsa", "a", None), Match::Yes),
        (&by_task, answer(detail, "dtsa", "b", None), Match::OtherJob),
        (&reverse, answer(detail, "dtsa", "a", Some(Reverse)), Match::Yes),
        (&reverse, answer(detail, "dtsa", "a", None), Match::Unknown),
        (&migration, answer(Operation::DescribeMigrationJobStatus, "dtsa", "a", None), Match::Yes),
        (&migration, answer(detail, "dtsa", "a", None), Match::OtherOperation),
    ] {
        assert_eq!(request.matches(&Response::from(job.clone())), expected, "{request:?} {job:?}");
    }
    assert_eq!(by_id.matches(&Response::from(Fault::default())), Match::Unknown);
    assert_eq!(by_id.matches(&Response::from(Page::new(Operation::DescribeDtsJobs))), Match::OtherOperation);
    for (matches, known) in [(Match::OtherPage, Some(false)), (Match::OtherOperation, Some(false))] {
        assert_eq!(matches.known(), known);
    }
}

#[test]
fn a_page_belongs_to_a_request_unless_a_job_shows_that_it_does_not() {
    use Direction::{Forward, Reverse};
    let operation = Operation::DescribeDtsJobs;
    let of = |jobs: Vec<SyncJob>, number| {
        let mut page = Page::new(operation);
        (page.jobs, page.number) = (jobs, number);
        Response::from(page)
    };
    let job = |id: &str, direction, kind| {
        let mut job = answer(operation, id, id.trim_start_matches("dts"), Some(direction));
        job.kind = Some(kind);
        job
    };
    let synchronization = JobKind::Synchronization;
    let both = || vec![job("dtsa", Forward, synchronization), job("dtsa", Reverse, synchronization)];
    let all = Request::new(operation).kind(synchronization).page(2, 30);
    let one = Request::new(operation).job_id("dtsa");
    let task = Request::new(operation).task_id("a");
    for (request, response, expected) in [
        (&all, of(vec![], Some(2)), Match::Yes),
        (&all, of(both(), None), Match::Yes),
        (&all, of(both(), Some(3)), Match::OtherPage),
        (&all, of(vec![job("dtsa", Forward, JobKind::Migration)], Some(2)), Match::OtherJob),
        (&one, of(both(), None), Match::Yes),
        (&one, of([both(), vec![job("dtsb", Forward, synchronization)]].concat(), None), Match::OtherJob),
        (&one, of(vec![job("dts****", Forward, synchronization)], None), Match::Unknown),
        (&task, of(both(), None), Match::Yes),
    ] {
        assert_eq!(request.matches(&response), expected, "{request:?} {response:?}");
    }
    let list = Operation::DescribeSynchronizationJobStatusList;
    let listed = |id: &str| {
        let mut page = Page::new(list);
        page.jobs = vec![answer(list, id, "", Some(Reverse))];
        Response::from(page)
    };
    let ids = Request::new(list).job_ids(["dtsa", "dtsb"]);
    assert_eq!(ids.matches(&listed("dtsb")), Match::Yes);
    for other in ["dtsc", ",", "[", "]"] {
        assert_eq!(ids.matches(&listed(other)), Match::OtherJob, "{other}");
    }
    assert_eq!(ids.matches(&listed("dts****")), Match::Unknown);
    assert_eq!(Request::new(list).job_ids(["dtsa****"]).matches(&listed("dtsb")), Match::Unknown);
}
