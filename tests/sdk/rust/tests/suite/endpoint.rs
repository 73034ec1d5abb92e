//! An endpoint names a world, in whatever way it is configured.

use std::process::Command;

use crate::caller::Caller;
use crate::cast::M;
use crate::refused::refused;
use crate::world::World;

#[tokio::test]
async fn a_prefix_names_the_world_for_every_protocol() {
    for end in ["", "/"] {
        let world = World::of(&format!("endpoint-prefix{}", end.len()));
        let m = Caller::administrator(&format!("{}{end}", world.endpoint()), M);
        m.sts.get_caller_identity().send().await.expect("an identity");
        assert_eq!(world.outcomes("GetCallerIdentity"), ["ok"]);
        m.organizations.create_organization().send().await.expect("an organization");
        let corp = m.create_microsoft_ad("corp.example.com").await;
        m.directory.enable_directory_data_access().directory_id(&corp).send().await.expect("data access");
        m.directory_data.list_users().directory_id(&corp).send().await.expect("users");
        assert_eq!(world.outcomes("ListUsers"), ["ok"]);
        let seen = world.caller(M).directory.describe_directories().send().await.expect("directories");
        assert_eq!(seen.directory_descriptions()[0].directory_id(), Some(corp.as_str()));
    }
}

#[tokio::test]
async fn worlds_share_nothing() {
    let (one, other) = (World::of("endpoint-one"), World::of("endpoint-other"));
    one.caller(M).organizations.create_organization().send().await.expect("an organization");
    refused!(other.caller(M).organizations.describe_organization(), is_aws_organizations_not_in_use_exception);
}

#[tokio::test]
async fn a_program_is_pointed_here_by_its_environment_alone() {
    for end in ["", "/"] {
        let world = World::of(&format!("endpoint-environment{}", end.len()));
        let id = organization(&world).await;
        let endpoint = format!("{}{end}", world.endpoint());
        assert_eq!(run_program(&[("AWS_ENDPOINT_URL", &endpoint)]), format!("{M} {id}"));
        assert_eq!(world.outcomes("GetCallerIdentity"), ["ok"]);
    }
}

#[tokio::test]
async fn a_program_is_pointed_here_by_the_variables_of_its_services() {
    let world = World::of("endpoint-services");
    let id = organization(&world).await;
    let endpoint = world.endpoint();
    let printed = run_program(&[("AWS_ENDPOINT_URL_ORGANIZATIONS", endpoint), ("AWS_ENDPOINT_URL_STS", endpoint)]);
    assert_eq!(printed, format!("{M} {id}"));
}

async fn organization(world: &World) -> String {
    let made = world.caller(M).organizations.create_organization().send().await.expect("an organization");
    made.organization.expect("an organization").id.expect("an organization has an id")
}

/// Runs the program in `src/main.rs`, and answers the line that it prints.
fn run_program(environment: &[(&str, &str)]) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_rust-sdk"))
        .envs([("AWS_ACCESS_KEY_ID", M), ("AWS_SECRET_ACCESS_KEY", "anything"), ("AWS_REGION", "us-east-1")])
        .envs(environment.iter().copied())
        .output()
        .expect("the program runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8_lossy(&output.stdout).trim().to_owned()
}
