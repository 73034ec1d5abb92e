//! Tests with a server of their own.

use std::sync::Arc;

use aws_sdk_directory::types::ShareMethod;

use crate::cast::M;
use crate::refused::refused;
use crate::server::Server;

#[tokio::test]
async fn sigterm_ends_it_with_exit_code_zero() {
    let mut server = Server::start(&[]);
    let m = server.bare_world().caller(M);
    m.organizations.create_organization().send().await.expect("an organization");
    let only = Arc::get_mut(&mut server).expect("nobody else holds the server");
    assert_eq!(only.terminate().code(), Some(0));
}

#[tokio::test]
async fn with_strict_trusted_access_sharing_is_refused_until_it_is_enabled() {
    let server = Server::start(&["--share-trusted-access", "strict"]);
    let m = server.bare_world().caller(M);
    m.organizations.create_organization().send().await.expect("an organization");
    let dev = m.create_account("dev").await;
    let corp = m.create_microsoft_ad("corp.example.com").await;
    refused!(m.share(&corp, &dev, ShareMethod::Organizations), is_organizations_exception);
    assert!(m.trusted_services().await.is_empty());
    let enable = m.organizations.enable_aws_service_access().service_principal("ds.amazonaws.com");
    enable.send().await.expect("trusted access is enabled");
    m.share(&corp, &dev, ShareMethod::Organizations).send().await.expect("a share");
    assert_eq!(m.trusted_services().await, ["ds.amazonaws.com"]);
}
