//! A direction as an argument: [`DirectionName`]; and its [`scope`].

use aliyun_dts_status::health::Scope;
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

/// The scope of a direction. An unknown direction is taken for Forward, as the API does.
pub(crate) fn scope(direction: &Direction) -> Scope {
    match direction {
        Direction::Reverse => Scope::Reverse,
        _ => Scope::Forward,
    }
}
