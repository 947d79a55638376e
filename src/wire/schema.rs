//! The tables of the responses, one file an operation or a family of them: each field, its slot in the model, the shape
//! and kind of its value, its type in JSON, and its other names (docs/wire.md, section 1; docs/operations.md). Bodies are
//! read and written from these rows.

/// Defines the table of a page: what all pages have, and the list of this one.
macro_rules! page_table {
    ($table:ident { $list:ident => $shape:expr; } $(not_kept $not_kept:expr;)?) => {
        $crate::wire::record::table! {
            $table fills $crate::wire::draft::PageDraft {
                RequestId => page.request_id: $crate::wire::schema::IDENTIFIER;
                Success => page.success: $crate::wire::schema::BOOL;
                ErrCode => page.err_code: $crate::wire::schema::IDENTIFIER;
                ErrMessage => page.err_message: $crate::wire::schema::TEXT;
                Code => page.code: $crate::wire::schema::CODE;
                DynamicCode => page.dynamic_code: $crate::wire::schema::IDENTIFIER;
                DynamicMessage => page.dynamic_message: $crate::wire::schema::TEXT;
                HttpStatusCode => page.http_status_code: $crate::wire::schema::INTEGER;
                TotalRecordCount => page.total: $crate::wire::schema::INTEGER;
                PageNumber => page.number: $crate::wire::schema::INTEGER;
                PageRecordCount => page.record_count: $crate::wire::schema::INTEGER;
                $list => items: $shape;
            }
            fallbacks {
                $crate::field::Field::Message.as_str() => ErrMessage;
            }
            $(not_kept $not_kept;)?
        }
    };
}

mod dts;
mod fault;
mod job;
mod migration;
mod mode;
mod shared;
mod synchronization;
mod tags;

use std::marker::PhantomData;

pub(super) use self::dts::{DtsJobDetail, DtsJobOfPage, DtsJobsPage};
pub(super) use self::fault::FaultDocument;
pub(super) use self::job::JobStatusResponse;
pub(super) use self::migration::{MigrationJobOfPage, MigrationJobStatusResponse, MigrationJobsPage};
pub(super) use self::synchronization::{
    DirectionOfList, StatusListPage, StatusOfList, SynchronizationJobOfPage, SynchronizationJobsPage,
};
use super::record::Scalar;
use super::scalar::JsonType::{Native, Text as AsText};
use super::scalar::{
    Bool, BoxedText, Checkpoint, Code, Identifier, Integer, Millis, Open, PercentOf, Seconds, Text, Time,
};

const TEXT: Scalar<Text> = Scalar(Text, AsText);
const BOXED_TEXT: Scalar<BoxedText> = Scalar(BoxedText, AsText);
const IDENTIFIER: Scalar<Identifier> = Scalar(Identifier, AsText);
const CODE: Scalar<Code> = Scalar(Code, Native);
const BOOL: Scalar<Bool> = Scalar(Bool, Native);
const INTEGER: Scalar<Integer> = Scalar(Integer, Native);
const TIME: Scalar<Time> = Scalar(Time, AsText);
const SECONDS: Scalar<Seconds> = Scalar(Seconds, AsText);
const MILLIS: Scalar<Millis> = Scalar(Millis, Native);
const CHECKPOINT: Scalar<Checkpoint> = Scalar(Checkpoint, AsText);
const PERCENT: Scalar<PercentOf> = Scalar(PercentOf, AsText);

const fn open<E>() -> Scalar<Open<E>> {
    Scalar(Open(PhantomData), AsText)
}
