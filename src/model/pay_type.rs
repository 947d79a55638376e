//! How the job is paid for: [`PayType`].

use super::open::open_enum;

open_enum! {
    /// The way in which a job is paid: `PayType`.
    PayType {
        /// A subscription, which ends at `ExpireTime`:
        PrePaid = "PrePaid" | "PREPAY", documented;
        /// Pay as you go:
        PostPaid = "PostPaid" | "POSTPAY", documented;
    }
}
