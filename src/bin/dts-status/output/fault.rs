//! A gateway's error document for people: [`fault_sheet`].

use aliyun_dts_status::Fault;

use super::sheet::Sheet;

/// The error, then where it comes from.
pub(crate) fn fault_sheet(fault: &Fault) -> Sheet {
    let mut sheet = Sheet::with_absences();
    sheet
        .row_or_absent("Fault", fault.code.as_ref())
        .row_if("Message", fault.message.as_ref())
        .row_if("Description", fault.description.as_ref());
    for (index, (name, value)) in fault.access_denied_detail.iter().enumerate() {
        sheet.row(if index == 0 { "Denied" } else { "" }, format_args!("{name}: {value}"));
    }
    sheet
        .row_if("Recommend", fault.recommend.as_ref())
        .row_if("Host", fault.host_id.as_ref())
        .row_if("Request", fault.request_id.as_ref());
    sheet
}
