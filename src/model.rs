//! The canonical model: what a response says, whatever its format and its quirks.
//!
//! Every field is optional, because none is mandatory on the wire; `None` says that the body held no usable
//! value (a quirk tells where one was lost). The types serialise to the command's JSON and are never read from
//! it: a body is read by [`decode`](crate::decode) alone.

mod data_rate;
mod direction;
mod endpoint;
mod failure;
mod fault;
mod item_name;
mod job;
mod object;
mod open;
mod outcome;
mod pay_type;
mod percent;
mod performance;
mod precheck;
mod response;
mod sample;
pub mod spelling;
mod stage;
mod status;

pub use data_rate::DataRate;
pub use direction::Direction;
pub use endpoint::Endpoint;
pub use failure::{ErrorKind, Failure, Position};
pub use fault::Fault;
pub use item_name::ItemName;
pub use job::SyncJob;
pub use object::SyncObject;
pub(crate) use open::OpenSet;
pub use open::{Recognition, Unknown};
pub use outcome::{Loss, Outcome};
pub use pay_type::PayType;
pub use percent::Percent;
pub use performance::Performance;
pub use precheck::{Precheck, PrecheckItem};
pub use response::Response;
pub use stage::{InitializationStage, SynchronizationStage};
pub use status::{CheckStatus, JobStatus, PrecheckStatus, StageStatus};
