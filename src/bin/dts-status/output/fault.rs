//! A gateway's error document as text: [`fault_table`].

use aliyun_dts_status::Fault;

use super::table::Table;

/// The error first, then its origin.
pub(crate) fn fault_table(fault: &Fault) -> Table {
    let mut table = Table::showing_absent();
    table
        .row_or_absent("Fault", fault.code.as_ref())
        .row_if("Message", fault.message.as_ref())
        .row_if("Description", fault.description.as_ref());
    for (index, (name, value)) in fault.access_denied_detail.iter().enumerate() {
        table.row(if index == 0 { "Denied" } else { "" }, format_args!("{name}: {value}"));
    }
    table
        .row_if("Recommend", fault.recommend.as_ref())
        .row_if("Host", fault.host_id.as_ref())
        .row_if("Request", fault.request_id.as_ref());
    table
}
