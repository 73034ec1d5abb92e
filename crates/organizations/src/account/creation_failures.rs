//! Requests to create an account that fail for what no rule here knows: payment, addresses, business validation.

use model::Operation;
use model::organizations::Response;
use model::organizations::types::CreateAccountFailureReason;
use world::{CreateAccountRequest, World};

/// Whether an operation asks for an account.
pub fn creates_account(operation: &Operation) -> bool {
    matches!(operation.name, "CreateAccount" | "CreateGovCloudAccount")
}

/// Decides that the request that was just answered will fail, and for which failure reason. Other answers are left
/// alone.
pub fn fail_creation(world: &mut World, response: &Response, reason: &str) {
    let reason = CreateAccountFailureReason::ALL.into_iter().find(|found| found.as_str() == reason);
    let status = match response {
        Response::CreateAccount(output) => output.create_account_status.as_ref(),
        Response::CreateGovCloudAccount(output) => output.create_account_status.as_ref(),
        _ => None,
    };
    let request = status.and_then(|status| world.create_account_request(status.id.as_ref()?)).cloned();
    if let Some(request) = request {
        world.put_create_account_request(CreateAccountRequest { fails_with: reason, ..request });
    }
}
