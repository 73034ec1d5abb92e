//! Requests to create an account that fail for what no rule here knows: payment, addresses, business validation.

use model::Operation;
use model::organizations::types::CreateAccountFailureReason;
use world::{OrganizationsWork, Work, World};

/// Whether an operation asks for an account.
pub fn creates_account(operation: &Operation) -> bool {
    matches!(operation.name, "CreateAccount" | "CreateGovCloudAccount")
}

/// Has the request fail that a call made, whose timer was set after a number, for one of the model's failure reasons.
pub fn fail_creation(world: &mut World, sequence: u64, reason: &str) {
    let reason = CreateAccountFailureReason::ALL.into_iter().find(|found| found.as_str() == reason);
    world.change_work_since(sequence, |work| match work {
        Work::Organizations(OrganizationsWork::CreateAccount(work)) => work.failure = reason,
        Work::Organizations(
            OrganizationsWork::CloseAccount(_)
            | OrganizationsWork::RemoveAccount(_)
            | OrganizationsWork::ExpireHandshake(_)
            | OrganizationsWork::ForgetHandshake(_),
        )
        | Work::Directory(_) => {}
    });
}
