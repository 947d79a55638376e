//! Decodes what seven operations of the API of Alibaba Cloud DTS report about jobs, in XML or JSON, into one model;
//! reports every departure from the documented form; checks the documented contract; and gives a health verdict.
//!
//! Every call is a pure function of its arguments: no network, no clock, no global state. The caller passes the time.
//!
//! ```text
//! bytes ──decode──▶ Decoded { response, quirks }  ──encode──▶ bytes
//!                      │
//!                      ├─ validate ──▶ Vec<Violation>
//!                      │
//!                      └─ health::assess_outcome ──▶ Assessment ──export──▶ Nagios, metrics, health+json
//!                         health::Tracker             over time
//!                         health::two_way, fleet      two directions, many jobs
//! ```
//!
//! # Where to start
//!
//! | task | begin with |
//! |---|---|
//! | read an answer | [`decode`]; [`Decoder`] for other operations |
//! | judge one poll | [`health::assess_outcome`] |
//! | judge poll after poll | [`health::Tracker`], and [`health::Trackers`] for many jobs |
//! | read and judge a page of jobs | [`Decoder::operation`], [`health::assess_each`], [`health::Trackers::observe_each`] |
//! | show it to a monitoring system | [`export`] |
//! | make the request | [`request::DescribeSynchronizationJobStatus`], and [`request::Request`] for any operation |
//!
//! ```
//! use aliyun_dts_status::decode;
//! use aliyun_dts_status::health::{Context, Policy, Verdict, assess_outcome};
//! use aliyun_dts_status::model::Outcome;
//!
//! let body = br#"{"SynchronizationJobId": "dtsexjk1alb116****", "Status": "synchronizing", "Delay": "61"}"#;
//! let decoded = decode(body)?;
//! assert_eq!(decoded.quirks[0].to_string(), r#"value_case at Status (byte 47): "synchronizing""#);
//!
//! let now = "2021-01-14T09:22:30Z".parse()?;
//! let assessment = assess_outcome(&Outcome::from(&decoded), &Context::at(now), &Policy::default());
//! assert_eq!(assessment.verdict(), Verdict::Degraded);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # How to depend on it
//!
//! ```toml
//! [dependencies]
//! aliyun-dts-status = "0.1"
//! ```
//!
//! | feature | default | effect |
//! |---|---|---|
//! | `cli` | no | builds the command `dts-status`; the library is the same with and without it |
//!
//! Times are those of [`chrono`], which the crate passes on. Where a builder takes a time or a length of time, it takes
//! `SystemTime` and `std::time::Duration` too.
//!
//! # Parts
//!
//! * wire: [`decode`], [`encode`], [`Decoder`] with its [`Limits`], [`Quirk`]s and [`DecodeError`]s. [`docs::wire`] says
//!   how a body is read, [`docs::operations`] which operation to ask.
//! * [`model`]: the [`Response`], which is a [`SyncJob`], a [`Page`] or a [`Fault`], and all types in it.
//! * validate: [`validate()`] returns the [`Violation`]s of the documented contract.
//! * [`health`]: an [`Assessment`](health::Assessment) of one answer, over time ([`Tracker`](health::Tracker)), of two
//!   directions, of many jobs. Its page has all rules.
//! * [`export`]: an assessment as a Nagios line, metrics for Prometheus or health+json.
//! * [`request`]: the parameters of a request, and whether an answer belongs to it.
//! * names on the wire: [`Field`], and the [`Path`] of a value.
//!
//! Every value of the crate is written and read back through serde: a job, an assessment, the state of a tracker, the
//! facts of an error.
//!
//! The repository has the [design], complete [examples] (a poller, an exporter, an operator, a recording proxy), and the
//! command `dts-status` (feature `cli`).
//!
//! [design]: https://docs.rs/crate/aliyun-dts-status/latest/source/docs/design.md
//! [examples]: https://docs.rs/crate/aliyun-dts-status/latest/source/examples/

#![deny(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::arithmetic_side_effects,
    clippy::cast_possible_truncation,
    clippy::cast_possible_wrap,
    clippy::cast_precision_loss,
    clippy::cast_sign_loss
)]

#[cfg(doc)]
pub mod docs;
mod excerpt;
pub mod export;
mod field;
pub mod health;
pub mod model;
mod named_enum;
mod optional_text;
mod path;
pub mod request;
mod validate;
mod wire;

/// The crate of the times in this crate's types.
pub use chrono;
pub use field::Field;
pub use model::{
    failure::ErrorKind, fault::Fault, job::SyncJob, operation::Operation, page::Page, response::Response,
    response::WrongResponseError,
};
pub use named_enum::UnknownNameError;
pub use optional_text::OptionalText;
pub use path::{Path, PathError, Segment};
pub use validate::{Rule, Violation, validate, validate_page};
pub use wire::{
    DecodeError, Decoded, Decoder, Encode, Format, Limits, NotCleanError, Quirk, QuirkKind, decode, encode,
    encode_to,
};

/// The code of the README compiles and runs.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
