//! How the job is paid for: [`PayType`].

use super::open::open_enum;

open_enum! {
    /// How the job is paid for: `PayType`.
    PayType {
        /// A subscription, which ends at `ExpireTime`:
        PrePaid = "PrePaid" | "PREPAY", documented;
        /// Pay as you go:
        PostPaid = "PostPaid" | "POSTPAY", documented;
    }
}
