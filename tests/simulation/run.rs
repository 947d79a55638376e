//! Every incident, through the reference and through the crate.

use aliyun_dts_status::health::Trackers;

use crate::incidents;
use crate::judge::Judge;
use crate::reference::References;
use crate::truth::DAY;
use crate::wants::{HEAD, row};

const SEED: u64 = 20_261_126;

/// Runs every incident, prints the table, and fails if an incident is not as wanted that should be, or if there are
/// too many false pages a day over the incidents that want no page.
fn check<J: Judge + Default>() {
    let (mut unmet, mut rows, mut false_pages, mut days) = (Vec::new(), Vec::new(), 0, 0.0);
    let incidents = incidents::all();
    println!("{HEAD}");
    for (index, incident) in incidents.iter().enumerate() {
        let run = incident.run(&mut J::default(), SEED + index as u64);
        let row = row(incident, &run);
        println!("{row}");
        if incident.wants.page.is_none() {
            false_pages += run.false_pages(&incident.wants);
            days += incident.length as f64 / DAY as f64;
        }
        if !run.unmet(&incident.wants).is_empty() {
            unmet.push(incident.name);
            rows.push(row);
        }
    }
    let met = incidents.len() - unmet.len();
    println!("{met} of {} incidents as wanted", incidents.len());
    println!("{false_pages} false pages in {days:.0} days of incidents without a wanted page");
    assert!(unmet.is_empty(), "not as wanted: {unmet:?}\n{}", rows.join("\n"));
    assert!(f64::from(u32::try_from(false_pages).unwrap()) / days <= 0.01, "{false_pages} false pages");
}

#[test]
fn the_reference_gives_what_a_person_on_call_wants() {
    check::<References>();
}

#[test]
fn the_crate_gives_what_a_person_on_call_wants() {
    check::<Trackers>();
}
