//! The users and groups of a new Managed Microsoft AD.

use compact_str::{CompactString, format_compact};
use model::ds_data::types::{GroupScope, GroupType};
use world::{Domain, Entropy, Group, OtherAttributes, Stream, User};

use super::built_in_groups::{
    ACTIVE_DIRECTORY_GROUPS, AWS_GROUPS, DOMAIN_GUESTS, DOMAIN_USERS, FIRST_AWS_GROUP, MEMBERS,
};

/// The relative identifier of the user Admin. The password of a request to create a directory is Admin's.
pub const ADMIN_RID: u64 = 1001;

/// The container of the groups to which AWS delegates rights.
pub const DELEGATED_GROUPS: &str = "OU=AWS Delegated Groups";

/// The container of AWS's own users and groups.
const RESERVED: &str = "OU=AWS Reserved";

/// The relative identifier of the first object that is added to a new domain. The groups of a new domain have lesser
/// ones.
// Inferred: customers' identifiers start above 1000. How far above is not documented.
const FIRST_RID: u64 = 1201;

/// The prefix of the names of the service's own users.
const SERVICE_PREFIX: &str = "AWS_";

/// The domain of a new directory with that NetBIOS name. Its four users are listed in this order.
pub fn new_domain(entropy: &mut Entropy, short_name: &str) -> Domain {
    let mut part = || entropy.draw(Stream::Domain) & 0xffff_ffff;
    let sid = format_compact!("S-1-5-21-{}-{}-{}", part(), part(), part());
    let mut domain = Domain::new(sid, FIRST_RID);
    for (rid, name, enabled) in [(500, "Administrator", true), (501, "Guest", false), (502, "krbtgt", false)] {
        let primary_group = if name == "Guest" { DOMAIN_GUESTS } else { DOMAIN_USERS };
        domain.put_user(User { rid, enabled, primary_group, ..new_user(name.into(), "CN=Users".into()) });
    }
    domain.put_user(User { rid: ADMIN_RID, enabled: true, ..new_user("Admin".into(), customer_users(short_name)) });
    add_groups(&mut domain);
    for (group, member) in MEMBERS {
        let (group, member) = (domain.object(group), domain.object(member));
        if let Some((group, member)) = group.zip(member).map(|(group, member)| (group.rid(), member.rid())) {
            domain.members.add(group, member);
        }
    }
    domain
}

fn add_groups(domain: &mut Domain) {
    for (sequence, (rid, scope, name)) in (1..).zip(ACTIVE_DIRECTORY_GROUPS) {
        let container = match scope {
            GroupScope::BuiltinLocal => "CN=Builtin",
            _ if name == "Admins" || name == "AWSAdministrators" => RESERVED,
            _ => "CN=Users",
        };
        domain.put_group(Group { rid, sequence, ..new_group(name.into(), scope, container.into()) });
    }
    for (rid, name) in (FIRST_AWS_GROUP..).zip(AWS_GROUPS) {
        // Inferred: AWS documents the container of its delegated groups. The groups of the service's own accounts are
        // taken to be reserved.
        let container = if name.contains("Delegated") { DELEGATED_GROUPS } else { RESERVED };
        domain.put_group(Group {
            rid,
            sequence: rid,
            ..new_group(name.into(), GroupScope::DomainLocal, container.into())
        });
    }
}

/// The container of the customer's users and groups, below the domain.
pub fn customer_users(short_name: &str) -> CompactString {
    format_compact!("OU=Users,{}", customer_unit(short_name))
}

/// Whether a container is the customer's own organizational unit, or is in it.
pub fn is_in_customer_unit(short_name: &str, container: &str) -> bool {
    let unit = customer_unit(short_name);
    container.strip_suffix(unit.as_str()).is_some_and(|inside| inside.is_empty() || inside.ends_with(','))
}

fn customer_unit(short_name: &str) -> CompactString {
    format_compact!("OU={short_name}")
}

/// A disabled user with a name only. The domain sets its relative identifier when it is added.
pub fn new_user(sam_account_name: CompactString, container: CompactString) -> User {
    User {
        rid: 0,
        sam_account_name,
        enabled: false,
        container,
        primary_group: DOMAIN_USERS,
        email_address: None,
        given_name: None,
        surname: None,
        other_attributes: OtherAttributes::default(),
        created_at: None,
        changed_at: None,
        password_set_at: None,
    }
}

/// A security group with a name only. The domain sets its relative identifier when it is added.
pub fn new_group(sam_account_name: CompactString, scope: GroupScope, container: CompactString) -> Group {
    Group {
        rid: 0,
        sequence: 0,
        sam_account_name,
        scope,
        kind: GroupType::Security,
        container,
        other_attributes: OtherAttributes::default(),
        created_at: None,
        changed_at: None,
    }
}

/// A user that the service acts as. Its name is `AWS_` and eleven characters, as in a sample of the command line
/// reference.
pub fn new_service_user(entropy: &mut Entropy) -> User {
    const ALPHABET: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    let name = format_compact!("{SERVICE_PREFIX}{}", entropy.text(Stream::Domain, ALPHABET, 11));
    User { enabled: true, ..new_user(name, RESERVED.into()) }
}

/// Whether the domain has the service's user. No customer can have made a user with such a name before it.
pub fn has_service_user(domain: &Domain) -> bool {
    let prefix = SERVICE_PREFIX.to_lowercase();
    domain.names(&prefix).next().is_some_and(|name| name.starts_with(&prefix))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_new_domain_has_four_users_in_order() {
        let domain = new_domain(&mut Entropy::new(7), "CORP");
        let users: Vec<_> =
            domain.users(None).map(|(_, user)| (user.sam_account_name.as_str(), user.enabled)).collect();
        assert_eq!(users, [("Administrator", true), ("Guest", false), ("krbtgt", false), ("Admin", true)]);
        assert_eq!(domain.user("ADMIN").map(|user| user.container.as_str()), Some("OU=Users,OU=CORP"));
        assert!(!has_service_user(&domain));
    }

    #[test]
    fn a_new_domain_has_all_its_groups_and_members() {
        let domain = new_domain(&mut Entropy::new(7), "CORP");
        assert_eq!(domain.groups(None).count(), ACTIVE_DIRECTORY_GROUPS.len() + AWS_GROUPS.len());
        assert_eq!(domain.members.all().count(), MEMBERS.len());
        assert!(domain.groups(None).all(|(_, group)| group.rid < FIRST_RID && group.sam_account_name.len() <= 64));
        assert_eq!(domain.user("Administrators"), None);
        assert_eq!(domain.group("administrators").map(|group| group.rid), Some(544));
    }

    #[test]
    fn the_unit_of_the_customer_is_recognized() {
        assert!(is_in_customer_unit("CORP", "OU=Users,OU=CORP") && is_in_customer_unit("CORP", "OU=CORP"));
        assert!(
            !is_in_customer_unit("CORP", "OU=XCORP")
                && !is_in_customer_unit("CORP", "CN=Users")
                && !is_in_customer_unit("CORP", RESERVED)
        );
    }

    #[test]
    fn the_service_user_is_recognized() {
        let mut entropy = Entropy::new(7);
        let mut domain = new_domain(&mut entropy, "CORP");
        let rid = domain.add_user(new_service_user(&mut entropy));
        assert_eq!(rid, FIRST_RID);
        assert!(has_service_user(&domain));
        assert_eq!(domain.user_of(rid).map(|user| user.sam_account_name.len()), Some(15));
    }
}
