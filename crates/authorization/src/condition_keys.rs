//! The condition keys of a request.

use model::{PolicyId, Timestamp};
use policy::iam::Context;
use world::{Caller, Principal, View};

use crate::request_members::{KeyValue, RequestKey};

/// The keys of every request of any service (IAM user guide, global condition keys).
pub fn caller_keys(view: &View<'_>) -> Context {
    let caller = view.caller;
    let kind = match caller.principal {
        Principal::Administrator => "User",
        Principal::AssumedRole { .. } => "AssumedRole",
    };
    let keys = Context::new()
        .with("aws:CurrentTime", [view.now.to_string()])
        .with("aws:EpochTime", [epoch_seconds(view.now)])
        .with("aws:PrincipalAccount", [caller.account.to_string()])
        .with("aws:PrincipalArn", [principal_arn(caller)])
        .with("aws:PrincipalType", [kind])
        .with("aws:RequestedRegion", [caller.region.as_str()])
        .with("aws:SecureTransport", ["false"])
        .with("aws:userid", [caller.user_id().as_str()]);
    let Some(organization) = view.world.organization_of(caller.account) else { return keys };
    let member = view.world.account_or_standalone(caller.account);
    keys.with("aws:PrincipalOrgID", [organization.id.as_str()])
        .with("aws:PrincipalOrgMasterAccountId", [organization.management.to_string()])
        .with("aws:PrincipalOrgPaths", [organization.path(&member.member().parent)])
}

/// Adds the keys of the request's members (Service Authorization Reference).
pub fn add_request_keys(keys: Context, view: &View<'_>, of_request: &[RequestKey<'_>]) -> Context {
    of_request.iter().fold(keys, |keys, key| match (key.value, key.name.strip_suffix("${TagKey}")) {
        (None, _) => keys,
        (Some(KeyValue::Text(value)), _) => keys.with(key.name, [value]),
        (Some(KeyValue::Texts(values)), _) => keys.with(key.name, values.iter().map(String::as_str)),
        (Some(KeyValue::Tags(tags)), None) => keys.with(key.name, tags.iter().map(|tag| tag.key.as_str())),
        (Some(KeyValue::Tags(tags)), Some(prefix)) => {
            tags.iter().fold(keys, |keys, tag| keys.with(&format!("{prefix}{}", tag.key), [tag.value.as_str()]))
        }
        (Some(KeyValue::TypeOf(policy)), _) => keys.with(key.name, policy_type(view, policy)),
        (Some(KeyValue::RealmOf(directory)), _) => {
            let directory = view.world.directory(directory);
            keys.with(key.name, directory.map(|found| found.name.to_lowercase().to_string()))
        }
    })
}

/// The type of a policy of the caller's organization.
fn policy_type(view: &View<'_>, id: &PolicyId) -> Option<&'static str> {
    let organization = view.world.organization_of(view.caller.account)?;
    organization.policy(id).map(|policy| policy.kind().as_str())
}

/// The caller's ARN. For a session it is the ARN of the role (IAM user guide, `aws:PrincipalArn`).
fn principal_arn(caller: &Caller) -> String {
    match &caller.principal {
        Principal::Administrator => caller.arn(),
        Principal::AssumedRole { role, .. } => {
            model::arn(caller.partition(), "iam", "", caller.account, &["role", role])
        }
    }
}

fn epoch_seconds(now: Timestamp) -> String {
    (now.as_millis() / 1000).to_string()
}

#[cfg(test)]
mod tests {
    use model::organizations::types::{PolicyType, Tag};
    use model::{DirectoryId, Timestamp, organizations};
    use world::{Settings, World};

    use super::*;

    fn keys(of_request: &[RequestKey<'_>]) -> Context {
        let world = World::new(Settings::default());
        let caller = Caller::administrator("111111111111".parse().unwrap());
        let operation = &organizations::OPERATIONS[0];
        let view = View { world: &world, caller: &caller, now: Timestamp::default(), operation };
        add_request_keys(Context::new(), &view, of_request)
    }

    #[test]
    fn members_are_values_of_keys() {
        let tag = |key: &str| Tag { key: key.to_owned(), value: format!("value of {key}") };
        let (tags, removed) = (vec![tag("a"), tag("b")], vec!["c".to_owned()]);
        for (key, expected) in [
            (RequestKey::new("x:Type", &PolicyType::TagPolicy), Context::new().with("x:type", ["TAG_POLICY"])),
            (RequestKey::new("aws:TagKeys", &tags), Context::new().with("aws:TagKeys", ["a", "b"])),
            (RequestKey::new("aws:TagKeys", &removed), Context::new().with("aws:TagKeys", ["c"])),
            (
                RequestKey::new("aws:RequestTag/${TagKey}", &tags),
                Context::new().with("aws:RequestTag/a", ["value of a"]).with("aws:RequestTag/b", ["value of b"]),
            ),
            (RequestKey::new("x:Name", "always"), Context::new().with("x:Name", ["always"])),
            (RequestKey::new("x:Name", &None::<String>), Context::new()),
            (
                RequestKey::new("x:Name", &None::<String>).or(&"other".to_owned()),
                Context::new().with("x:Name", ["other"]),
            ),
        ] {
            assert_eq!(keys(std::slice::from_ref(&key)), expected, "{key:?}");
        }
        let unknown = keys(&[RequestKey::new("ds-data:Realm", &DirectoryId::from("d-1234567890"))]);
        assert_eq!(unknown, Context::new().with("ds-data:Realm", None::<String>));
    }
}
