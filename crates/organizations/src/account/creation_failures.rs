//! Failures of account creation that no rule here gives, such as payment, addresses and business validation.

use model::Operation;
use model::organizations::types::CreateAccountFailureReason;
use world::{OrganizationsWork, Work, World};

pub fn creates_account(operation: &Operation) -> bool {
    matches!(operation.name, "CreateAccount" | "CreateGovCloudAccount")
}

/// Makes the creation that a call started fail for one of the model's failure reasons. Its timer has a sequence above
/// `sequence`.
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
