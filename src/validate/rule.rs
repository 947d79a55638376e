//! The rules of the published contract, one row each: [`Rule`].

use super::{Places, billing, envelope, lag, numbers, objects, precheck, records, stages, vocabulary};
use crate::model::SyncJob;
use crate::named_enum::named_enum;

/// Defines [`Rule`] from one table: variant, stable text, check, sentence, source.
macro_rules! rules {
    ($($variant:ident = $name:literal by $check:path: $sentence:literal, $source:literal;)+) => {
        named_enum! {
            /// A rule of the published contract.
            ///
            /// The text of a rule is stable. More rules may be added. [`ALL`](Self::ALL) has the order in which
            /// [`validate`](crate::validate()) reports them.
            ///
            /// ```
            /// use aliyun_dts_status::Rule;
            ///
            /// let rule: Rule = "expire_time_with_post_paid".parse()?;
            /// assert_eq!(rule, Rule::ExpireTimeWithPostPaid);
            /// println!("{rule}: {} ({})", rule.sentence(), rule.source());
            /// # Ok::<(), aliyun_dts_status::UnknownNameError>(())
            /// ```
            #[derive(PartialOrd, Ord)]
            #[non_exhaustive]
            pub enum Rule as "rule" {
                $(#[doc = concat!("`", $name, "`: ", $sentence)] $variant = $name,)+
            }
        }

        impl Rule {
            /// The rule, as one sentence.
            #[must_use]
            pub const fn sentence(self) -> &'static str {
                match self {
                    $(Rule::$variant => $sentence,)+
                }
            }

            /// Where the rule comes from: the vendor's words, the vendor's samples, or a reading by this crate.
            #[must_use]
            pub const fn source(self) -> &'static str {
                match self {
                    $(Rule::$variant => $source,)+
                }
            }

            /// The places where a job breaks the rule.
            pub(super) fn check(self, job: &SyncJob) -> Places {
                match self {
                    $(Rule::$variant => $check(job),)+
                }
            }
        }
    };
}

rules! {
    RequestIdAbsent = "request_id_absent" by envelope::request_id_absent:
        "A successful response has a RequestId.",
        "The vendor's common parameters: every API call gets a RequestId.";
    JobIdAbsent = "job_id_absent" by envelope::job_id_absent:
        "A successful response has a SynchronizationJobId.",
        "The response parameters of the vendor's API page; every sample has it.";
    StatusAbsent = "status_absent" by envelope::status_absent:
        "A successful response has a Status.",
        "The response parameters of the vendor's API page; every sample has it.";
    ErrCodeWithSuccess = "err_code_with_success" by envelope::err_code_with_success:
        "A response with Success true has no ErrCode.",
        "The vendor's API page on ErrCode: returned if the call failed. The vendor's metadata sample breaks this rule.";
    ErrCodeAbsent = "err_code_absent" by envelope::err_code_absent:
        "A response with Success false has an ErrCode.",
        "A reading of the vendor's API page on ErrCode: returned if the call failed.";
    TaskIdMismatch = "task_id_mismatch" by envelope::task_id_mismatch:
        "The job's id is `dts` followed by the TaskId. Masked ids are not compared, nor is the Reverse direction, which \
         has its own task.",
        "The samples of the vendor's API page (job dtsexjk1alb116, task exjk1alb116); the vendor does not promise it.";
    ValueNotKnown = "value_not_known" by vocabulary::value_not_known:
        "A status, an ItemName, a direction or a pay type has a known value.",
        "The valid values and samples of the vendor's API page, and the valid values of sister operations.";
    ValueNotDocumented = "value_not_documented" by vocabulary::value_not_documented:
        "A status, an ItemName, a direction or a pay type has a value that is documented for this operation.",
        "The valid values of the vendor's API page. Its own samples break this rule: their precheck is Finished.";
    PercentOutOfRange = "percent_out_of_range" by numbers::percent_out_of_range:
        "A Percent is from 0 to 100.",
        "The vendor's API page on each Percent: a progress in %.";
    NegativeValue = "negative_value" by numbers::negative_value:
        "A delay, a count or a rate is not negative.",
        "The vendor's API page on Delay, DelayMillis, Progress, RPS and FLOW: seconds, milliseconds, tables, rows, \
         statements and MB per second.";
    PortOutOfRange = "port_out_of_range" by numbers::port_out_of_range:
        "A Port is from 1 to 65535.",
        "The vendor's API page on Port: the service port of the database. RFC 9293: a port has 16 bits.";
    FinishedBelow100 = "finished_below_100" by stages::finished_below_100:
        "A schema or data stage that is Finished is at 100 percent.",
        "The samples of the vendor's API page; a reading of the page on Percent. The Percent of the synchronization \
         stage means nothing.";
    MigratingAt100 = "migrating_at_100" by stages::migrating_at_100:
        "A schema or data stage that is Migrating is below 100 percent.",
        "A reading of the vendor's API page on Status and Percent. The Percent of the synchronization stage means \
         nothing.";
    SwitchedOffStageActive = "switched_off_stage_active" by stages::switched_off_stage_active:
        "A stage that is switched off (StructureInitialization or DataInitialization is false) shows no activity: it \
         has no Status other than NotStarted or Finished, and no Progress above 0.",
        "The vendor's API page on both switches: whether the initialization is performed.";
    DelaysDisagree = "delays_disagree" by lag::delays_disagree:
        "Delay and DelayMillis of one record differ by less than 2 s.",
        "A reading of the vendor's API page: one delay, in seconds and in milliseconds. 2 s allows for any rounding.";
    CheckpointImplausible = "checkpoint_implausible" by lag::checkpoint_implausible:
        "A Checkpoint is not before 2010 and not after 2106-02-07T06:28:15Z.",
        "A reading of the vendor's API page: the Unix time of the latest record. DTS did not exist before 2010, and \
         the binlog dates its records in 32 bits of seconds, which end there.";
    ExpireTimeWithPostPaid = "expire_time_with_post_paid" by billing::expire_time_with_post_paid:
        "A PostPaid job has no ExpireTime.",
        "The vendor's API page on ExpireTime: returned only if PayType is PrePaid.";
    ExpireTimeAbsent = "expire_time_absent" by billing::expire_time_absent:
        "A PrePaid job has an ExpireTime.",
        "A reading of the vendor's API page on ExpireTime: returned only if PayType is PrePaid.";
    FailureTextOnPassedItem = "failure_text_on_passed_item" by precheck::failure_text_on_passed_item:
        "A precheck item that passed has no ErrorMessage and no RepairMethod.",
        "The vendor's API page on both fields: returned only if CheckStatus is Failed.";
    FailureTextAbsent = "failure_text_absent" by precheck::failure_text_absent:
        "A precheck item that failed has an ErrorMessage and a RepairMethod.",
        "A reading of the vendor's API page on both fields: returned only if CheckStatus is Failed.";
    FailedPrecheckWithoutFailedItem = "failed_precheck_without_failed_item"
        by precheck::failed_precheck_without_failed_item:
        "A failed precheck has a failed item.",
        "A reading of the vendor's API page on PrecheckStatus: Failed means that the job did not pass the precheck.";
    PassedPrecheckWithFailedItem = "passed_precheck_with_failed_item"
        by precheck::passed_precheck_with_failed_item:
        "A precheck with Status Success has no failed item. One with Status Finished may: an item may have been \
         ignored.",
        "A reading of the vendor's API page on PrecheckStatus: Success means that the job passed the precheck.";
    DuplicatePrecheckItem = "duplicate_precheck_item" by precheck::duplicate_precheck_item:
        "A precheck has each item once.",
        "The vendor's API page on Detail: the result of each item; every sample has each item once.";
    SchemaNameAbsent = "schema_name_absent" by objects::schema_name_absent:
        "An object names its database in SchemaName.",
        "The vendor's API page on SynchronizationObjects; every sample has it.";
    TableIncludedAndExcluded = "table_included_and_excluded" by objects::table_included_and_excluded:
        "A table of an object is either included or excluded.",
        "The vendor's API page on TableExcludes: these tables are not synchronized.";
    EmptyRecord = "empty_record" by records::empty_record:
        "A record that is present has a field.",
        "The samples of the vendor's API page, which leave out empty records.";
}
