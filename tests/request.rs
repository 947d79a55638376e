//! The request: its rules, its parameters, its query, and parsing it.
#![allow(deprecated, reason = "AccountId is accepted until the vendor removes it")]

use std::collections::BTreeMap;

use aliyun_dts_status::SyncJob;
use aliyun_dts_status::model::Direction;
use aliyun_dts_status::request::{DescribeSynchronizationJobStatus, Match, ParameterError, RequestError};
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
