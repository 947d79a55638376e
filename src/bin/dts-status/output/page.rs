//! The head of a page as text: [`page_table`].

use aliyun_dts_status::Page;

use super::job::call;
use super::table::Table;
use super::words::count;

/// What a page says of itself and of the call; not its jobs.
pub(crate) fn page_table(page: &Page) -> Table {
    let Page { err_code, err_message, dynamic_code, dynamic_message, .. } = page;
    let all = page.total.map(|total| format!("{} in all", count(total, "job"))).unwrap_or_default();
    let number = page.number.map(|number| format!("page {number}")).unwrap_or_default();
    let parts = [number, count(page.jobs.len(), "row"), all];
    let parts: Vec<_> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    let failed = page.success == Some(false);
    let call = call([err_code, err_message, dynamic_code, dynamic_message]);
    let mut table = Table::default();
    if failed {
        table.row("Call failed", call.clone().unwrap_or_else(|| "no reason given".to_owned()));
    }
    table
        .row("Page", parts.join(", "))
        .row_if("ErrCode", call.filter(|_| !failed))
        .row("Operation", page.operation)
        .row_if("Request", page.request_id.as_ref());
    table
}
