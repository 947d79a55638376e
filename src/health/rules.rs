//! The rules by which one answer is judged, one file for each section of the definition.

pub(super) mod assess;
mod billing;
mod envelope;
mod lag;
mod losses;
mod messages;
mod precheck;
mod stages;
mod status;
mod windows;
