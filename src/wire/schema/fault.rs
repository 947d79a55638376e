//! The table of a gateway's error document: [`FaultDocument`].

use super::{IDENTIFIER, TEXT};
use crate::field::not_kept;
use crate::model::Fault;
use crate::wire::record::{TextMap, table};

table! {
    FaultDocument fills Fault {
        Code => code: IDENTIFIER;
        Message => message: TEXT;
        RequestId => request_id: IDENTIFIER;
        HostId => host_id: IDENTIFIER;
        Recommend => recommend: IDENTIFIER;
        Description => description: TEXT;
        AccessDeniedDetail => access_denied_detail: TextMap;
    }
    not_kept not_kept::FAULT;
}
