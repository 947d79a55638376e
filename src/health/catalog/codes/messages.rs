//! Error codes `DTS.Msg.…` of calls that configure or order a job.

use super::guide::{ErrorGuide, row};
use crate::health::catalog::class::{CONFIGURATION, CONFIGURATION_LATER, PURCHASE};

pub(super) const ROWS: &[ErrorGuide] = &[
    row("DTS.Msg.LXCreateOrderError", &PURCHASE, "the account may not order cross-border instances"),
    row(
        "DTS.Msg.InvalidParameter.KafkaHostInvalid",
        &CONFIGURATION,
        "Kafka's IP address is needed, not a host name",
    ),
    row(
        "DTS.Msg.InvalidParameter.KafkaBrokerInvalid",
        &CONFIGURATION,
        "Kafka's listeners are host names; private IP addresses with a port are needed",
    ),
    row(
        "DTS.Msg.OperationDenied.JobStatusModifying",
        &CONFIGURATION_LATER,
        "the job is being changed; wait until it runs",
    ),
    row(
        "DTS.Msg.InvalidParameter.AliyunUidFormat",
        &CONFIGURATION,
        "the id of the Alibaba Cloud account is malformed",
    ),
    row(
        "DTS.Msg.DuplicateAccount.RDSSqlServer",
        &CONFIGURATION,
        "the RDS SQL Server account exists already; ask the vendor",
    ),
    row("DTS.Msg.SrcLink.InternetAddressNotFound", &CONFIGURATION, "the source has no public address"),
    row(
        "DTS.Msg.UpdateJob.OperationDenied.InitStatus",
        &CONFIGURATION,
        "the job was started already; reset it, or change its objects instead",
    ),
    row("DTS.Msg.Throttling.User", &CONFIGURATION_LATER, "too many calls"),
    row("DTS.Msg.LXCreateOrder.NotFoundPricePlan", &PURCHASE, "the parameters of the order are wrong"),
    row("DTS.Msg.LXPayOrder.InsufficientBalance", &PURCHASE, "the account's balance is too low"),
    row(
        "DTS.Msg.CheckStatus.InvalidInitStatus",
        &CONFIGURATION,
        "the objects cannot be changed in this status of the job",
    ),
    row(
        "DTS.Msg.DRDSInvokeFail.DatabaseAuthorizationFailed",
        &CONFIGURATION,
        "PolarDB-X refuses the authorization of the database",
    ),
    row("DTS.Msg.DescribeColumns.TimeOut", &CONFIGURATION_LATER, "reading the columns took too long"),
    row("DTS.Msg.DescribeStruct.TimeOut", &CONFIGURATION_LATER, "reading the tables took too long"),
    row(
        "DTS.Msg.DRDSErrExecuteOnMySQL.ClientVersionTooLow",
        &CONFIGURATION,
        "the client of PolarDB-X is too old",
    ),
    row(
        "DTS.Msg.DbTypeNotSupport.OnlyReadRDS",
        &CONFIGURATION,
        "PolarDB-X rests on a read-only RDS instance",
    ),
    row("DTS.Msg.DbTypeNotSupport.PolarDBRDS", &CONFIGURATION, "PolarDB-X rests on PolarDB"),
    row("DTS.Msg.OperationDenied.NotPurchased", &PURCHASE, "the DTS instance was not bought"),
    row("DTS.Msg.CheckJobFailed.ServerUnAvailable", &CONFIGURATION_LATER, "the server was not available"),
];
