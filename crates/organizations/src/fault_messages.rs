//! The texts of errors that no rule gives. AWS produces these errors on its own; here a test orders them.
//!
//! `recorded` marks texts that were seen in answers of AWS. The others are in AWS's style; only their type and reason
//! are AWS's.

use model::organizations::ErrorCode;
use model::organizations::errors::{
    ConstraintViolationExceptionReason as Constraint, HandshakeConstraintViolationExceptionReason as Handshake,
};

/// Errors without a reason, or with one that does not change the text.
pub fn plain(code: ErrorCode) -> &'static str {
    match code {
        // recorded
        ErrorCode::AccessDeniedForDependencyException(_) => {
            "The request failed because your credentials do not have permission to create the service-linked role \
             required by AWS Organizations."
        }
        ErrorCode::AccountOwnerNotVerifiedException => {
            "You can't invite accounts before the e-mail address of the management account is verified."
        }
        // recorded
        ErrorCode::ConcurrentModificationException => {
            "AWS Organizations can't complete your request because it conflicts with another attempt to modify the \
             same entity. Try again later."
        }
        ErrorCode::FinalizingOrganizationException => "Your organization is still initializing. Try again later.",
        ErrorCode::PolicyChangesInProgressException => {
            "Changes to a policy of this type are still in progress. Try again later."
        }
        // recorded; answers before 2025 have "because another request is already in progress"
        ErrorCode::TooManyRequestsException => {
            "You have sent too many requests in too short a period of time. Try again later."
        }
        ErrorCode::UnsupportedAPIEndpointException => "The operation is not offered in this Region.",
        _ => "AWS Organizations can't complete your request.",
    }
}

/// Reasons that concern payment, addresses and sellers.
pub fn constraint(reason: Constraint) -> &'static str {
    match reason {
        // recorded
        Constraint::MemberAccountPaymentInstrumentRequired => {
            "The member account must be configured with a valid payment method, such as a credit card."
        }
        Constraint::MasterAccountPaymentInstrumentRequired | Constraint::InvalidPaymentInstrument => {
            "The management account must be configured with a valid payment method, such as a credit card."
        }
        Constraint::MasterAccountMissingContactInfo => {
            "The management account must have a complete and valid address and phone number."
        }
        Constraint::MasterAccountAddressDoesNotMatchMarketplace => {
            "The country of the management account's address does not match its seller of record."
        }
        _ => "The request exceeds a limit.",
    }
}

/// Reasons of handshakes.
pub fn handshake(reason: Handshake) -> &'static str {
    match reason {
        Handshake::PaymentInstrumentRequired => {
            "The account must be configured with a valid payment method, such as a credit card."
        }
        Handshake::OrganizationFromDifferentSellerOfRecord => {
            "The account has another seller of record than the organization."
        }
        Handshake::OrganizationMembershipChangeRateLimitExceeded => {
            "The account has changed its organization too often. Try again later."
        }
        Handshake::ManagementAccountEmailNotVerified => "The e-mail address of the management account is not verified.",
        _ => "The handshake violates a constraint.",
    }
}
