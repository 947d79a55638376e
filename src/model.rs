//! The canonical model: the content of a response, independent of its format and its quirks.
//!
//! [`Response`], [`SyncJob`], [`Page`], [`Fault`] and [`Operation`] are at the root of the crate; the types of their
//! fields are here.
//!
//! Every field is optional, because none is mandatory on the wire. `None` means that the body held no usable
//! value; a quirk reports a value that was lost. The types serialise to the command's JSON; to read a body, use
//! [`decode`](crate::decode).

mod data_rate;
mod direction;
mod endpoint;
pub(crate) mod failure;
pub(crate) mod fault;
mod item_name;
pub(crate) mod job;
mod job_kind;
mod number_error;
mod object;
mod open;
pub(crate) mod operation;
mod outcome;
pub(crate) mod page;
mod pay_type;
mod percent;
mod performance;
mod precheck;
pub(crate) mod response;
mod retry;
mod sample;
pub(crate) mod spelling;
mod stage;
mod stages;
mod status;
mod wire_name;

pub use data_rate::DataRate;
pub use direction::Direction;
pub use endpoint::Endpoint;
pub(crate) use failure::ErrorKind;
pub use failure::{Failure, Position};
pub(crate) use fault::Fault;
pub use item_name::ItemName;
pub(crate) use job::SyncJob;
pub use job_kind::JobKind;
pub use number_error::NumberError;
pub use object::SyncObject;
pub(crate) use open::{OpenSet, Recognition};
pub(crate) use operation::Operation;
pub use outcome::{Loss, Outcome};
pub(crate) use page::Page;
pub use pay_type::PayType;
pub use percent::Percent;
pub use performance::Performance;
pub use precheck::{Precheck, PrecheckItem};
pub(crate) use response::Response;
pub use retry::RetryState;
pub use stage::{InitializationStage, SynchronizationStage};
pub use stages::{Stage, StageKind};
pub use status::{CheckStatus, JobStatus, PrecheckStatus, StageStatus};
pub(crate) use wire_name::on_wire;
