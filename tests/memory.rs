//! The heap that a decode takes is limited by the size of its body. A program of its own, as the allocator counts
//! everything in it.

#[path = "robustness/hostile.rs"]
mod hostile;

use std::alloc::System;
use std::fmt::Write as _;

use aliyun_dts_status::{Decoder, Operation};
use peakmem_alloc::{PeakMemAlloc, PeakMemAllocTrait};

#[global_allocator]
static HEAP: PeakMemAlloc<System> = PeakMemAlloc::system();

/// One test, because parallel tests would count each other's heap.
#[test]
fn heap() {
    for (name, body) in [("json", real_json(20_000)), ("xml", real_xml(20_000))] {
        let most = 3 * body.len() + (1 << 20);
        let peak = peak(&Decoder::new(), body.as_bytes());
        assert!(peak <= most, "{name}: {peak} bytes for a real body of {}", body.len());
    }
    for (operation, item) in ITEMS {
        // As many small jobs as a page may hold, and many more, which are refused. While a page is put together, its jobs
        // are there twice.
        for items in [5_000, 100_000] {
            let body = item.page(items);
            let most = 8 * body.len() + (32 << 20);
            let peak = peak(&Decoder::new().operation(operation), body.as_bytes());
            assert!(peak <= most, "{operation}: {peak} bytes for a body of {}", body.len());
        }
    }
    for &(name, body) in hostile::KINDS {
        // A body that takes many times its size is tried again at the size that may have the most values.
        for bytes in [100_000, 2_000_000] {
            let body = body(bytes);
            let most = 8 * body.len() + (16 << 20);
            let peak = peak(&hostile::decoder(name), &body);
            assert!(peak <= most, "{name}: {peak} bytes for a body of {}", body.len());
            if peak < 4 * body.len() {
                break;
            }
        }
    }
}

/// The smallest item of a page, and what comes before and after the items.
struct Item(&'static str, &'static str, &'static str);

impl Item {
    fn page(&self, items: usize) -> String {
        let Item(before, item, after) = self;
        let between = if before.starts_with('<') { "" } else { "," };
        format!("{before}{}{after}", vec![*item; items].join(between))
    }
}

const ITEMS: [(Operation, Item); 6] = [
    (
        Operation::DescribeSynchronizationJobs,
        Item(r#"{"SynchronizationInstances":["#, r#"{"Status":1}"#, "]}"),
    ),
    (
        Operation::DescribeSynchronizationJobStatusList,
        Item(
            r#"{"SynchronizationJobListStatusList":[{"SynchronizationDirectionInfoList":["#,
            r#"{"Status":1}"#,
            "]}]}",
        ),
    ),
    (
        Operation::DescribeDtsJobs,
        Item(r#"{"DtsJobList":["#, r#"{"Status":1,"ReverseJob":{"Status":1}}"#, "]}"),
    ),
    (
        Operation::DescribeMigrationJobs,
        Item(r#"{"MigrationJobs":{"MigrationJob":["#, r#"{"PayType":1}"#, "]}}"),
    ),
    (
        Operation::DescribeDtsJobs,
        Item(
            "<DescribeDtsJobsResponse>",
            "<DtsJobList><Delay>1</Delay></DtsJobList>",
            "</DescribeDtsJobsResponse>",
        ),
    ),
    (Operation::DescribeDtsJobDetail, Item(r#"{"DtsJobId":1,"TagList":["#, r#"{"TagValue":1}"#, "]}")),
];

/// The peak of bytes that a decode holds, with its result and without the body.
fn peak(decoder: &Decoder, body: &[u8]) -> usize {
    HEAP.reset_peak_memory();
    let decoded = decoder.decode(body);
    let peak = HEAP.get_peak_memory();
    drop(decoded);
    peak
}

fn real_json(items: usize) -> String {
    let mut body = String::from(
        r#"{"RequestId":"DACDF659-AFC6-4DC8-ADB8-4569419A****","Success":true,"Status":"Synchronizing","PrecheckStatus":{"Status":"Finished","Percent":"100","Detail":["#,
    );
    for index in 0..items {
        let comma = if index > 0 { "," } else { "" };
        write!(body, r#"{comma}{{"CheckStatus":"Success","ItemName":"CHECK_CONN_SRC"}}"#).unwrap();
    }
    body.push_str("]}}");
    body
}

fn real_xml(items: usize) -> String {
    let item = "<Detail><CheckStatus>Success</CheckStatus><ItemName>CHECK_CONN_SRC</ItemName></Detail>";
    format!(
        "<DescribeSynchronizationJobStatusResponse><Status>Synchronizing</Status><PrecheckStatus>{}</PrecheckStatus>\
         </DescribeSynchronizationJobStatusResponse>",
        item.repeat(items),
    )
}
