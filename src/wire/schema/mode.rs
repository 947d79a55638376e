//! The tables of `MigrationMode`, the switches of the stages.

use super::BOOL;
use crate::field::not_kept;
use crate::wire::draft::Mode;
use crate::wire::record::table;

table! {
    ModeRecord fills Mode {
        StructureInitialization => structure: BOOL;
        DataInitialization => data: BOOL;
        DataSynchronization => synchronization: BOOL;
    }
    not_kept not_kept::DTS_MODE;
}

table! {
    /// As `DescribeMigrationJobStatus` spells it.
    LowerModeRecord fills Mode {
        StructureInitializationLower => structure: BOOL;
        DataInitializationLower => data: BOOL;
        DataSynchronizationLower => synchronization: BOOL;
    }
}
