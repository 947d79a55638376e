//! The rules of the published contract, one row each: [`Rule`].

use std::fmt;

use serde::{Serialize, Serializer};

use super::{Breaches, billing, envelope, lag, numbers, objects, precheck, records, stages, vocabulary};
use crate::model::SyncJob;

/// Defines [`Rule`] from one table: variant, text, what finds its breaches, sentence, source.
macro_rules! rules {
    ($($variant:ident = $name:literal by $check:path: $sentence:literal, $source:literal;)+) => {
        /// A rule of the published contract.
        ///
        /// The text of a rule is stable. More rules may be added.
        ///
        /// ```
        /// use aliyun_dts_status::Rule;
        ///
        /// let rule = Rule::from_text("expire_time_with_post_paid").unwrap();
        /// assert_eq!(rule, Rule::ExpireTimeWithPostPaid);
        /// println!("{rule}: {} ({})", rule.sentence(), rule.source());
        /// assert_eq!(Rule::from_text("no_such_rule"), None);
        /// ```
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        pub enum Rule {
            $(#[doc = concat!("`", $name, "`: ", $sentence)] $variant,)+
        }

        impl Rule {
            /// Every rule, in the order in which [`validate`](super::validate()) reports them.
            pub const ALL: &'static [Rule] = &[$(Rule::$variant,)+];

            /// The stable text, in snake case.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self {
                    $(Rule::$variant => $name,)+
                }
            }

            /// What the rule demands: one sentence.
            #[must_use]
            pub const fn sentence(self) -> &'static str {
                match self {
                    $(Rule::$variant => $sentence,)+
                }
            }

            /// What the rule rests on: what the vendor says or shows, or that it is a reading of this crate.
            #[must_use]
            pub const fn source(self) -> &'static str {
                match self {
                    $(Rule::$variant => $source,)+
                }
            }

            pub(super) fn breaches(self, job: &SyncJob) -> Breaches {
                match self {
                    $(Rule::$variant => $check(job),)+
                }
            }
        }
    };
}

rules! {
    RequestIdAbsent = "request_id_absent" by envelope::request_id_absent:
        "A successful answer has a RequestId.",
        "Common parameters: every call is given a RequestId to trace it by.";
    JobIdAbsent = "job_id_absent" by envelope::job_id_absent:
        "A successful answer names its job in SynchronizationJobId.",
        "The page's response parameters; every sample has it.";
    StatusAbsent = "status_absent" by envelope::status_absent:
        "A successful answer has a Status.",
        "The page's response parameters; every sample has it.";
    ErrCodeWithSuccess = "err_code_with_success" by envelope::err_code_with_success:
        "An answer with Success true has no ErrCode.",
        "The page on ErrCode: returned if the call failed. The vendor's metadata sample breaks it.";
    ErrCodeAbsent = "err_code_absent" by envelope::err_code_absent:
        "An answer with Success false has an ErrCode.",
        "A reading of the page on ErrCode: returned if the call failed.";
    TaskIdMismatch = "task_id_mismatch" by envelope::task_id_mismatch:
        "The job's id is `dts` and then the TaskId; judged where neither is masked, and not for Reverse, which \
         has a task of its own.",
        "The page's samples: job dtsexjk1alb116, task exjk1alb116. Shown there, not promised.";
    ValueNotKnown = "value_not_known" by vocabulary::value_not_known:
        "A status, an item's name, a direction or a pay type has a value that is known.",
        "The page's lists of valid values, its samples, and the lists of sister operations.";
    ValueNotDocumented = "value_not_documented" by vocabulary::value_not_documented:
        "A status, an item's name, a direction or a pay type has a value that is documented for this operation.",
        "The page's lists of valid values. Its own samples break it: their precheck is Finished.";
    PercentOutOfRange = "percent_out_of_range" by numbers::percent_out_of_range:
        "A Percent is 0 to 100.",
        "The page on each Percent: a progress in %.";
    NegativeValue = "negative_value" by numbers::negative_value:
        "A delay, a count or a rate is not negative.",
        "The page on Delay, DelayMillis, Progress, RPS and FLOW: seconds, milliseconds, tables, rows, \
         statements and MB a second.";
    PortOutOfRange = "port_out_of_range" by numbers::port_out_of_range:
        "A Port is 1 to 65535.",
        "The page on Port: the service port of the database; RFC 9293 gives a port 16 bits.";
    FinishedBelow100 = "finished_below_100" by stages::finished_below_100:
        "A Finished stage of initialization is at 100 percent.",
        "The page's samples; a reading of the page on Percent. The incremental stage's means nothing.";
    MigratingAt100 = "migrating_at_100" by stages::migrating_at_100:
        "A Migrating stage of initialization is below 100 percent.",
        "A reading of the page on Status and Percent. The incremental stage's means nothing.";
    SwitchedOffStageActive = "switched_off_stage_active" by stages::switched_off_stage_active:
        "A stage that is switched off (StructureInitialization, DataInitialization false) reports no activity: \
         no Status but NotStarted or Finished, nothing done.",
        "The page on both switches: whether that initialization is performed.";
    DelaysDisagree = "delays_disagree" by lag::delays_disagree:
        "Delay and DelayMillis of one place differ by less than 2 s.",
        "A reading of the page: one delay, in seconds and in milliseconds. 2 s leaves room for any rounding.";
    CheckpointImplausible = "checkpoint_implausible" by lag::checkpoint_implausible:
        "A Checkpoint is of 2010 or later, and not after 2106-02-07T06:28:15Z.",
        "A reading of the page: the Unix time of the latest record. DTS is younger than 2010, and the binlog \
         stamps a record with 32 bits of seconds, which end there.";
    ExpireTimeWithPostPaid = "expire_time_with_post_paid" by billing::expire_time_with_post_paid:
        "A PostPaid job has no ExpireTime.",
        "The page on ExpireTime: returned only if PayType is PrePaid.";
    ExpireTimeAbsent = "expire_time_absent" by billing::expire_time_absent:
        "A PrePaid job has an ExpireTime.",
        "A reading of the page on ExpireTime: returned only if PayType is PrePaid.";
    FailureTextOnPassedItem = "failure_text_on_passed_item" by precheck::failure_text_on_passed_item:
        "A precheck item that passed has no ErrorMessage and no RepairMethod.",
        "The page on both: returned only if CheckStatus is Failed.";
    FailureTextAbsent = "failure_text_absent" by precheck::failure_text_absent:
        "A precheck item that failed has an ErrorMessage and a RepairMethod.",
        "A reading of the page on both: returned only if CheckStatus is Failed.";
    FailedPrecheckWithoutFailedItem = "failed_precheck_without_failed_item"
        by precheck::failed_precheck_without_failed_item:
        "A precheck that failed has an item that failed.",
        "A reading of the page on PrecheckStatus: Failed is for a precheck that was not passed.";
    PassedPrecheckWithFailedItem = "passed_precheck_with_failed_item"
        by precheck::passed_precheck_with_failed_item:
        "A precheck with Status Success has no item that failed. Finished promises nothing: an item may have \
         been waived.",
        "A reading of the page on PrecheckStatus: Success is for a precheck that was passed.";
    DuplicatePrecheckItem = "duplicate_precheck_item" by precheck::duplicate_precheck_item:
        "A precheck has each item once.",
        "The page on Detail: how each item came out; every sample has each once.";
    SchemaNameAbsent = "schema_name_absent" by objects::schema_name_absent:
        "An object names its database in SchemaName.",
        "The page on SynchronizationObjects; every sample has it.";
    TableIncludedAndExcluded = "table_included_and_excluded" by objects::table_included_and_excluded:
        "A table of an object is included or excluded, not both.",
        "The page on TableExcludes: these tables are not synchronized.";
    EmptyRecord = "empty_record" by records::empty_record:
        "A record that is present has a field.",
        "The page's samples, which leave out what has nothing to say.";
}

impl Rule {
    /// The rule with this stable text, in any letter case.
    #[must_use]
    pub fn from_text(text: &str) -> Option<Rule> {
        Rule::ALL.iter().copied().find(|rule| rule.as_str().eq_ignore_ascii_case(text))
    }
}

impl fmt::Display for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl Serialize for Rule {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}
