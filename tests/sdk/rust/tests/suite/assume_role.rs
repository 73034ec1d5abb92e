//! The SDK's provider assumes the role of a created account by itself.

use std::error::Error;

use aws_config::BehaviorVersion;
use aws_config::sts::AssumeRoleProvider;
use aws_credential_types::Credentials;
use aws_credential_types::provider::ProvideCredentials;
use aws_sdk_sts::error::{DisplayErrorContext, ProvideErrorMetadata, SdkError};
use aws_sdk_sts::operation::assume_role::AssumeRoleError;

use crate::caller::Caller;
use crate::cast::{M, S};
use crate::world::World;

#[tokio::test]
async fn clients_act_as_the_session_of_a_created_account() {
    let world = World::of("assume-role");
    let m = world.caller(M);
    m.organizations.create_organization().send().await.expect("an organization");
    let dev = m.create_account("dev").await;
    let provider = provider(&world, &dev).await;
    let keys = provider.provide_credentials().await.expect("keys of the session");
    assert!(keys.session_token().is_some());
    assert!(keys.expiry().is_some());

    let session = Caller::with(world.endpoint(), provider);
    let identity = session.sts.get_caller_identity().send().await.expect("an identity");
    let arn = format!("arn:aws:sts::{dev}:assumed-role/OrganizationAccountAccessRole/provider");
    assert_eq!(identity.arn(), Some(arn.as_str()));
    let made = session.create_microsoft_ad("dev.example.com").await;
    let seen = world.caller(&dev).directory.describe_directories().send().await.expect("directories");
    assert_eq!(seen.directory_descriptions()[0].directory_id(), Some(made.as_str()));
}

#[tokio::test]
async fn an_account_outside_has_no_such_role() {
    let world = World::of("assume-role-outside");
    let error = provider(&world, S).await.provide_credentials().await.expect_err("no role, no keys");
    let cause = error.source().and_then(|source| source.downcast_ref::<SdkError<AssumeRoleError>>());
    let code = cause.and_then(ProvideErrorMetadata::code);
    assert_eq!(code, Some("AccessDenied"), "{}", DisplayErrorContext(&error));
}

async fn provider(world: &World, account: &str) -> AssumeRoleProvider {
    let config = aws_config::defaults(BehaviorVersion::latest())
        .region("us-east-1")
        .endpoint_url(world.endpoint())
        .http_client(aws_smithy_http_client::Builder::new().build_http())
        .load()
        .await;
    AssumeRoleProvider::builder(format!("arn:aws:iam::{account}:role/OrganizationAccountAccessRole"))
        .session_name("provider")
        .configure(&config)
        .build_from_provider(Credentials::from_keys(M, "anything", None))
        .await
}
