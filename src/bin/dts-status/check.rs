//! `dts-status check`: the health of a job, of a fleet, or of each poll of an archive.

mod arguments;
mod file_judge;
mod finding;
mod fleet_text;
mod headline;
mod json;
mod polls;
mod report;
mod text;

use aliyun_dts_status::export::{HealthJson, nagios_fleet};

pub(crate) use self::arguments::Check;
use self::arguments::ReportFormat;
use self::file_judge::{FileJudge, Judged};
use self::fleet_text::FleetText;
use self::report::{FileReport, FleetReport, metrics};
use self::text::JobText;
use crate::exit::{Exit, Failure, warn};
use crate::input::Source;
use crate::output::Output;
use crate::page::OtherPages;

impl Check {
    pub(crate) fn run(&self, output: &mut Output) -> Result<Exit, Failure> {
        match self.judge(output)? {
            Exit::Verdict(_) if self.exit_zero => Ok(Exit::Done),
            exit => Ok(exit),
        }
    }

    fn judge(&self, output: &mut Output) -> Result<Exit, Failure> {
        self.refuse_conflicts()?;
        output.write_to(self.out.as_deref());
        let sources = self.below.sources(&self.files);
        if self.archive {
            return polls::run(self, sources, output);
        }
        let judge = self.file_judge()?;
        let mut pages = OtherPages::default();
        if self.is_fleet() {
            if let [only] = sources.as_slice() {
                only.check()?;
            }
            let reports = sources.iter().flat_map(|source| judge.members(source, &mut pages)).collect();
            pages.warn();
            return self.print_fleet(&judge, &FleetReport::new(reports), output);
        }
        let [source] = sources.as_slice() else {
            return Err(Failure::new(Exit::Usage, "expected one FILE"));
        };
        let report = match (&self.reverse, &self.previous) {
            (Some(reverse), _) => judge.with_reverse(source, &Source::from(&**reverse))?,
            (_, Some(previous)) => {
                judge.with_previous(source, &Source::from(&**previous), self.previous_at)?
            }
            _ => match judge.alone(source, &mut pages)? {
                Judged::Job(report) => *report,
                Judged::Fleet(reports) => {
                    pages.warn();
                    return self.print_fleet(&judge, &FleetReport::new(reports), output);
                }
            },
        };
        self.print(&judge, &report, output)
    }

    fn print(&self, judge: &FileJudge, report: &FileReport, output: &mut Output) -> Result<Exit, Failure> {
        // Text includes the error itself.
        if self.output != ReportFormat::Text {
            report.errors.iter().for_each(warn);
        }
        note_old_checkpoints(std::slice::from_ref(report));
        match self.output {
            ReportFormat::Text => output.text(self.job_text(judge, report))?,
            ReportFormat::Json => output.json(&json::JobJson { report, file: None })?,
            ReportFormat::Nagios => output.text(report.nagios(&judge.policy))?,
            ReportFormat::Openmetrics | ReportFormat::Prometheus => {
                output.metrics(metrics([report], &self.metrics_options()))?;
            }
            ReportFormat::HealthJson => output.json_text(format!("{:#}", report.health_json()).into())?,
        }
        Ok(Exit::Verdict(report.summary().exit_code()))
    }

    fn job_text<'a>(&'a self, judge: &FileJudge, report: &'a FileReport) -> JobText<'a> {
        JobText { report, now: judge.now, zone: &self.zone, is_verbose: self.verbose }
    }

    fn print_fleet(
        &self,
        judge: &FileJudge,
        fleet: &FleetReport,
        output: &mut Output,
    ) -> Result<Exit, Failure> {
        if self.output != ReportFormat::Text {
            fleet.files.iter().flat_map(|report| &report.errors).for_each(warn);
        }
        note_old_checkpoints(&fleet.files);
        match self.output {
            ReportFormat::Text => match fleet.of_failed_call() {
                Some(report) => output.text(self.job_text(judge, report))?,
                None => output.text(FleetText::new(fleet, self.view))?,
            },
            ReportFormat::Json => output.json(&json::FleetJson::from(fleet))?,
            ReportFormat::Nagios => output.text(format_args!("{}\n", nagios_fleet(&fleet.summary)))?,
            ReportFormat::Openmetrics | ReportFormat::Prometheus => {
                output.metrics(metrics(&fleet.files, &self.metrics_options()))?;
            }
            ReportFormat::HealthJson => {
                output.json_text(format!("{:#}", HealthJson::fleet(&fleet.summary)).into())?;
            }
        }
        Ok(Exit::Verdict(fleet.summary.exit_code()))
    }
}

/// Says that bodies without a time may be older than they are taken for.
fn note_old_checkpoints(reports: &[FileReport]) {
    let mut old: Vec<_> = reports.iter().filter(|report| report.has_old_checkpoint).collect();
    old.dedup_by(|next, before| next.is_of_page && next.file == before.file);
    let Some(first) = old.first() else { return };
    let more = if old.len() > 1 { format!(" and {} more", old.len() - 1) } else { String::new() };
    warn(format_args!(
        "{}{more}: judged as received now, with an old Checkpoint; if it was captured earlier, give the time: \
         --observed-at TIME, or --observed-at mtime for the time of its file; --now TIME judges it as of then",
        first.file
    ));
}
