//! The users inside a directory.

use crate::caller::Caller;
use crate::cast::M;
use crate::refused::refused;
use crate::world::World;

#[tokio::test]
async fn data_access_is_enabled_first() {
    let world = World::of("data-access");
    let m = world.caller(M);
    let corp = m.create_microsoft_ad("corp.example.com").await;
    refused!(m.directory_data.list_users().directory_id(&corp), is_access_denied_exception);
    enable(&m, &corp).await;
    let names = names(&m, &corp).await;
    for built_in in ["Administrator", "Guest", "krbtgt", "Admin"] {
        assert!(names.iter().any(|name| name == built_in), "{built_in} in {names:?}");
    }
}

#[tokio::test]
async fn a_user_is_made_once_and_found_again() {
    let world = World::of("data-user");
    let m = world.caller(M);
    let corp = m.create_microsoft_ad("corp.example.com").await;
    enable(&m, &corp).await;
    let create = || m.directory_data.create_user().directory_id(&corp).sam_account_name("john.doe");
    let made = create().given_name("John").send().await.expect("a user");
    let describe = m.directory_data.describe_user().directory_id(&corp).sam_account_name("john.doe");
    let john = describe.send().await.expect("the user");
    assert!(john.sid().is_some());
    assert_eq!(john.sid(), made.sid());
    assert_eq!(john.given_name(), Some("John"));
    assert_eq!(john.enabled(), Some(false));
    let name = john.distinguished_name().expect("a user has a distinguished name");
    assert!(name.contains("OU=Users,OU=corp"), "{name}");
    refused!(create(), is_conflict_exception);
    assert!(names(&m, &corp).await.contains(&"john.doe".to_owned()));
}

#[tokio::test]
async fn a_stranger_is_not_found() {
    let world = World::of("data-stranger");
    let m = world.caller(M);
    let corp = m.create_microsoft_ad("corp.example.com").await;
    enable(&m, &corp).await;
    let describe = m.directory_data.describe_user().directory_id(&corp).sam_account_name("stranger");
    refused!(describe, is_resource_not_found_exception);
}

async fn enable(m: &Caller, directory: &str) {
    let enable = m.directory.enable_directory_data_access().directory_id(directory);
    enable.send().await.expect("data access is enabled");
}

async fn names(m: &Caller, directory: &str) -> Vec<String> {
    let answer = m.directory_data.list_users().directory_id(directory).send().await.expect("users");
    answer.users().iter().map(|user| user.sam_account_name().to_owned()).collect()
}
