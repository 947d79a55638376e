//! A recording proxy without the network: records answers in the documented form, and answers requests from the record.
//!
//!     cargo run --example replay -- record QUERY testdata/docs-en.json >> target/record.ndjson
//!     cargo run --example replay -- answer QUERY < target/record.ndjson
//!
//! QUERY is what a client sends: `Action=DescribeSynchronizationJobStatus&SynchronizationJobId=dts…&Version=2020-01-01`,
//! or the URL with it.

use std::error::Error;
use std::io::{Write, stdin, stdout};

use aliyun_dts_status::request::{DescribeSynchronizationJobStatus, Match};
use aliyun_dts_status::{Decoded, Format, Response, decode, encode_to};
use serde::{Deserialize, Serialize};

/// One line of the record. Everything in it reads back.
#[derive(Serialize, Deserialize)]
struct Exchange {
    request: DescribeSynchronizationJobStatus,
    /// What was answered, with every departure from the documented form.
    answer: Decoded,
}

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match arguments.as_slice() {
        ["record", query, body] => {
            let request = DescribeSynchronizationJobStatus::from_query(query)?;
            request.check()?;
            let answer = decode(&std::fs::read(body)?)?;
            if let Some(job) = answer.job()
                && request.matches(job) == Match::OtherJob
            {
                return Err(format!("{body}: the answer is about another job than the request").into());
            }
            println!("{}", serde_json::to_string(&Exchange { request, answer })?);
            Ok(())
        }
        ["answer", query] => {
            let request = DescribeSynchronizationJobStatus::from_query(query)?;
            let response = recorded(&request)?.ok_or("no answer to this request is recorded")?;
            // A client that asks for `Format=XML` gets that.
            let format = if query.contains("Format=XML") { Format::Xml } else { Format::Json };
            eprintln!("content-type: {}", format.content_type());
            encode_to(&response, format, stdout().lock())?;
            stdout().write_all(b"\n")?;
            Ok(())
        }
        _ => Err("usage: replay record QUERY BODY | replay answer QUERY < RECORD".into()),
    }
}

/// The latest recorded response to a request.
fn recorded(request: &DescribeSynchronizationJobStatus) -> Result<Option<Response>, Box<dyn Error>> {
    let mut found = None;
    for line in stdin().lines() {
        let exchange: Exchange = serde_json::from_str(&line?)?;
        if exchange.request.job_id == request.job_id && exchange.request.direction == request.direction {
            found = Some(exchange.answer.response);
        }
    }
    Ok(found)
}
