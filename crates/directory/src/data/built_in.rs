//! What a new Managed Microsoft AD has in its domain.

use compact_str::{CompactString, format_compact};
use model::ds_data::types::{GroupScope, GroupType};
use world::{Domain, Entropy, Group, OtherAttributes, Stream, User};

use super::built_in_groups::{DOMAIN_GUESTS, DOMAIN_USERS, FIRST_OF_AWS, MEMBERS, OF_ACTIVE_DIRECTORY, OF_AWS};

/// The administrator that the directory's password is for.
pub const ADMIN_RID: u64 = 1001;

/// The container of the groups that AWS made to delegate its rights.
pub const DELEGATED_GROUPS: &str = "OU=AWS Delegated Groups";

/// The container of what AWS keeps to itself.
const RESERVED: &str = "OU=AWS Reserved";

/// The first relative identifier that is not AWS's. Groups that AWS makes come before it.
// Inferred: customers' identifiers start above 1000; how far above is not documented.
const FIRST_RID: u64 = 1201;

/// How the names of the service's own users begin.
const SERVICE_PREFIX: &str = "AWS_";

/// The domain of a new directory with that NetBIOS name. The four users are in every one, in this order.
pub fn domain(entropy: &mut Entropy, short_name: &str) -> Domain {
    let mut part = || entropy.draw(Stream::Domain) & 0xffff_ffff;
    let sid = format_compact!("S-1-5-21-{}-{}-{}", part(), part(), part());
    let mut domain = Domain::new(sid, FIRST_RID);
    for (rid, name, enabled) in [(500, "Administrator", true), (501, "Guest", false), (502, "krbtgt", false)] {
        let primary_group = if name == "Guest" { DOMAIN_GUESTS } else { DOMAIN_USERS };
        domain.put_user(User { rid, enabled, primary_group, ..user(name.into(), "CN=Users".into()) });
    }
    domain.put_user(User { rid: ADMIN_RID, enabled: true, ..user("Admin".into(), customer_users(short_name)) });
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
    for (sequence, (rid, scope, name)) in (1..).zip(OF_ACTIVE_DIRECTORY) {
        let container = match scope {
            GroupScope::BuiltinLocal => "CN=Builtin",
            _ if name == "Admins" || name == "AWSAdministrators" => RESERVED,
            _ => "CN=Users",
        };
        domain.put_group(Group { rid, sequence, ..group(name.into(), scope, container.into()) });
    }
    for (rid, name) in (FIRST_OF_AWS..).zip(OF_AWS) {
        // Inferred: AWS documents its delegated groups as being in the container; the service's accounts are its own.
        let container = if name.contains("Delegated") { DELEGATED_GROUPS } else { RESERVED };
        domain.put_group(Group { rid, sequence: rid, ..group(name.into(), GroupScope::DomainLocal, container.into()) });
    }
}

/// The container of the customer's users and groups below the domain.
pub fn customer_users(short_name: &str) -> CompactString {
    format_compact!("OU=Users,{}", customer_unit(short_name))
}

/// Whether a container is inside the customer's own organizational unit.
pub fn is_customers(short_name: &str, container: &str) -> bool {
    let unit = customer_unit(short_name);
    container.strip_suffix(unit.as_str()).is_some_and(|inside| inside.is_empty() || inside.ends_with(','))
}

fn customer_unit(short_name: &str) -> CompactString {
    format_compact!("OU={short_name}")
}

/// A user that is disabled and has only a name. Its relative identifier comes with its place in the domain.
pub fn user(sam_account_name: CompactString, container: CompactString) -> User {
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
    }
}

/// A security group that has only a name. Its relative identifier comes with its place in the domain.
pub fn group(sam_account_name: CompactString, scope: GroupScope, container: CompactString) -> Group {
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

/// A user for the service to act as: `AWS_` and eleven characters, as in the command line reference's sample.
pub fn service_user(entropy: &mut Entropy) -> User {
    const ALPHABET: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    let name = format_compact!("{SERVICE_PREFIX}{}", entropy.text(Stream::Domain, ALPHABET, 11));
    User { enabled: true, ..user(name, RESERVED.into()) }
}

/// Whether the service has its user. Customers cannot have made one of such a name before it had.
pub fn has_service_user(domain: &Domain) -> bool {
    let prefix = SERVICE_PREFIX.to_lowercase();
    domain.names(&prefix).next().is_some_and(|name| name.starts_with(&prefix))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_new_domain_has_four_users_in_order() {
        let domain = domain(&mut Entropy::new(7), "CORP");
        let users: Vec<_> =
            domain.users(None).map(|(_, user)| (user.sam_account_name.as_str(), user.enabled)).collect();
        assert_eq!(users, [("Administrator", true), ("Guest", false), ("krbtgt", false), ("Admin", true)]);
        assert_eq!(domain.user("ADMIN").map(|user| user.container.as_str()), Some("OU=Users,OU=CORP"));
        assert!(!has_service_user(&domain));
    }

    #[test]
    fn a_new_domain_has_all_its_groups_and_members() {
        let domain = domain(&mut Entropy::new(7), "CORP");
        assert_eq!(domain.groups(None).count(), OF_ACTIVE_DIRECTORY.len() + OF_AWS.len());
        assert_eq!(domain.members.all().count(), MEMBERS.len());
        assert!(domain.groups(None).all(|(_, group)| group.rid < FIRST_RID && group.sam_account_name.len() <= 64));
        assert_eq!(domain.user("Administrators"), None);
        assert_eq!(domain.group("administrators").map(|group| group.rid), Some(544));
    }

    #[test]
    fn the_customers_unit_is_where_its_name_says() {
        assert!(is_customers("CORP", "OU=Users,OU=CORP") && is_customers("CORP", "OU=CORP"));
        assert!(
            !is_customers("CORP", "OU=XCORP") && !is_customers("CORP", "CN=Users") && !is_customers("CORP", RESERVED)
        );
    }

    #[test]
    fn the_service_user_is_recognized() {
        let mut entropy = Entropy::new(7);
        let mut domain = domain(&mut entropy, "CORP");
        let rid = domain.add_user(service_user(&mut entropy));
        assert_eq!(rid, FIRST_RID);
        assert!(has_service_user(&domain));
        assert_eq!(domain.user_of(rid).map(|user| user.sam_account_name.len()), Some(15));
    }
}
