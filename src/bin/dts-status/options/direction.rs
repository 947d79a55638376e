//! A direction as an argument: [`DirectionName`].

use aliyun_dts_status::model::Direction;
use clap::ValueEnum;

/// A [`Direction`] as an argument.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum DirectionName {
    Forward,
    Reverse,
}

impl From<DirectionName> for Direction {
    fn from(name: DirectionName) -> Self {
        match name {
            DirectionName::Forward => Direction::Forward,
            DirectionName::Reverse => Direction::Reverse,
        }
    }
}
