//! A refusal arrives as the SDK's own error type, with its members and its request id.

use aws_sdk_directory::types::{LdapsType, ShareMethod};
use aws_sdk_organizations::error::ProvideErrorMetadata;
use aws_sdk_organizations::operation::RequestId;
use aws_sdk_organizations::operation::describe_account::DescribeAccountError;
use aws_sdk_organizations::operation::list_accounts::ListAccountsError;
use aws_sdk_organizations::operation::remove_account_from_organization::RemoveAccountFromOrganizationError;
use aws_sdk_organizations::types::{ConstraintViolationExceptionReason, InvalidInputExceptionReason};

use crate::caller::Caller;
use crate::cast::{M, X};
use crate::refused::refused;
use crate::world::World;

#[tokio::test]
async fn an_unknown_account_is_not_found() {
    let (_world, m) = in_an_organization("error-account").await;
    let describe = m.organizations.describe_account().account_id("999999999999");
    let error = refused!(describe, is_account_not_found_exception);
    assert_eq!(error.code(), Some("AccountNotFoundException"));
}

#[tokio::test]
async fn a_constraint_names_its_reason() {
    let (_world, m) = in_an_organization("error-constraint").await;
    let young = m.create_account("young").await;
    let remove = m.organizations.remove_account_from_organization().account_id(young);
    let error = refused!(remove, is_constraint_violation_exception);
    let RemoveAccountFromOrganizationError::ConstraintViolationException(constraint) = error else { unreachable!() };
    assert_eq!(constraint.reason, Some(ConstraintViolationExceptionReason::WaitPeriodActive));
}

#[tokio::test]
async fn an_input_outside_its_pattern_names_its_reason() {
    let (_world, m) = in_an_organization("error-pattern").await;
    let error = refused!(m.organizations.describe_account().account_id("abc"), is_invalid_input_exception);
    let DescribeAccountError::InvalidInputException(invalid) = error else { unreachable!() };
    // AWS adds the member, so the SDK knows no such reason.
    assert_eq!(invalid.reason.as_ref().map(InvalidInputExceptionReason::as_str), Some("INVALID_PATTERN:ACCOUNT_ID"));
}

#[tokio::test]
async fn a_bad_token_of_list_accounts_names_its_reason() {
    let (_world, m) = in_an_organization("error-token").await;
    let error = refused!(m.organizations.list_accounts().next_token("garbage"), is_invalid_input_exception);
    let ListAccountsError::InvalidInputException(invalid) = error else { unreachable!() };
    assert_eq!(invalid.reason, Some(InvalidInputExceptionReason::InvalidPaginationToken));
}

#[tokio::test]
async fn a_bad_token_of_describe_directories_has_an_error_of_its_own() {
    let world = World::of("error-ds-token");
    let describe = world.caller(M).directory.describe_directories().next_token("garbage");
    refused!(describe, is_invalid_next_token_exception);
}

#[tokio::test]
async fn an_unknown_directory_is_named_with_the_request_id_of_the_answer() {
    let world = World::of("error-directory");
    let describe = world.caller(M).directory.describe_directories().directory_ids("d-1234567890");
    let error = refused!(describe, is_entity_does_not_exist_exception);
    let id = error.request_id().expect("a refusal has a request id");
    assert_uuid(id);
    let message = error.message().expect("a refusal says why");
    assert!(message.ends_with(&format!(" : RequestId: {id}")), "{message}");
}

#[tokio::test]
async fn refusals_of_directory_service_have_kinds_and_name_their_request() {
    let world = World::of("error-kinds");
    let m = world.caller(M);
    let (ds, corp) = (&m.directory, &m.create_microsoft_ad("corp.example.com").await);
    m.share(corp, X, ShareMethod::Handshake).send().await.expect("a share");
    let logs = || ds.create_log_subscription().directory_id(corp).log_group_name("logs");
    logs().send().await.expect("a log subscription");
    macro_rules! names_its_request {
        ($request:expr, $is_of_kind:ident) => {{
            let error = refused!($request, $is_of_kind);
            let id = error.request_id().expect("a refusal has a request id");
            let message = error.message().expect("a refusal says why");
            assert!(message.ends_with(&format!(" : RequestId: {id}")), "{message}");
        }};
    }
    let certificate = ds.describe_certificate().directory_id(corp).certificate_id("c-9067000000");
    names_its_request!(certificate, is_certificate_does_not_exist_exception);
    names_its_request!(ds.delete_directory().directory_id(corp), is_client_exception);
    names_its_request!(ds.list_certificates().directory_id("d-9067000000"), is_directory_does_not_exist_exception);
    names_its_request!(logs(), is_entity_already_exists_exception);
    names_its_request!(ds.delete_trust().trust_id("t-9067000000"), is_entity_does_not_exist_exception);
    let register = ds.register_certificate().directory_id(corp).certificate_data("no certificate");
    names_its_request!(register, is_invalid_certificate_exception);
    names_its_request!(ds.start_ad_assessment(), is_invalid_parameter_exception);
    let ldaps = ds.enable_ldaps().directory_id(corp).r#type(LdapsType::Client);
    names_its_request!(ldaps, is_no_available_certificate_exception);
    names_its_request!(ds.describe_regions().directory_id(corp), is_unsupported_operation_exception);
}

#[tokio::test]
async fn every_answer_has_a_request_id_of_its_own() {
    let (_world, m) = in_an_organization("request-ids").await;
    let describe = || m.organizations.describe_organization().send();
    let (first, second) = (describe().await.expect("an answer"), describe().await.expect("an answer"));
    let (first, second) = (first.request_id().expect("an id"), second.request_id().expect("an id"));
    assert_uuid(first);
    assert_ne!(first, second);
    let directories = m.directory.describe_directories().send().await.expect("directories");
    assert_uuid(directories.request_id().expect("an id"));
    let identity = m.sts.get_caller_identity().send().await.expect("an identity");
    assert_uuid(identity.request_id().expect("an id"));
}

async fn in_an_organization(name: &str) -> (World, Caller) {
    let world = World::of(name);
    let m = world.caller(M);
    m.organizations.create_organization().send().await.expect("an organization");
    (world, m)
}

fn assert_uuid(id: &str) {
    let groups: Vec<_> = id.split('-').map(str::len).collect();
    assert_eq!(groups, [8, 4, 4, 4, 12], "{id}");
}
