//! What a new Managed Microsoft AD has in its domain.

use compact_str::{CompactString, format_compact};
use imbl::OrdMap;
use world::{Domain, Entropy, Stream, User};

/// The administrator that the directory's password is for.
const ADMIN_RID: u64 = 1001;

/// The first relative identifier that is not AWS's. Groups that AWS makes come before it.
// Inferred: customers' identifiers start above 1000; how far above is not documented.
const FIRST_RID: u64 = 1201;

/// The groups of every domain whose names a user could have. Other groups have names that are too long, or with spaces.
// Inferred: the identifiers of AWS's own four, which are not documented.
const GROUPS: [(u64, &str); 9] = [
    (544, "Administrators"),
    (545, "Users"),
    (546, "Guests"),
    (552, "Replicator"),
    (568, "IIS_IUSRS"),
    (1101, "DnsAdmins"),
    (1102, "DnsUpdateProxy"),
    (1103, "Admins"),
    (1104, "AWSAdministrators"),
];

/// How the names of the service's own users begin.
const SERVICE_PREFIX: &str = "AWS_";

/// The domain of a new directory with that NetBIOS name. The four users are in every one, in this order.
pub fn domain(entropy: &mut Entropy, short_name: &str) -> Domain {
    let mut part = || entropy.draw(Stream::Domain) & 0xffff_ffff;
    let sid = format_compact!("S-1-5-21-{}-{}-{}", part(), part(), part());
    let mut domain =
        Domain { sid, next_rid: FIRST_RID, users: OrdMap::new(), names: OrdMap::new(), client_tokens: OrdMap::new() };
    for (rid, name, enabled) in [(500, "Administrator", true), (501, "Guest", false), (502, "krbtgt", false)] {
        domain.put_user(User { rid, enabled, ..user(name.into(), "CN=Users".into()) });
    }
    domain.put_user(User { rid: ADMIN_RID, enabled: true, ..user("Admin".into(), customer_users(short_name)) });
    domain.names.extend(GROUPS.map(|(rid, name)| (CompactString::from(name.to_lowercase()), rid)));
    domain
}

/// The container of the customer's users below the domain.
pub fn customer_users(short_name: &str) -> CompactString {
    format_compact!("OU=Users,OU={short_name}")
}

/// A user that is disabled and has only a name. Its relative identifier comes with its place in the domain.
pub fn user(sam_account_name: CompactString, container: CompactString) -> User {
    User {
        rid: 0,
        sam_account_name,
        enabled: false,
        container,
        email_address: None,
        given_name: None,
        surname: None,
        other_attributes: OrdMap::new(),
    }
}

/// A user for the service to act as: `AWS_` and eleven characters.
pub fn service_user(entropy: &mut Entropy) -> User {
    const ALPHABET: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
    let name = format_compact!("{SERVICE_PREFIX}{}", entropy.text(Stream::Domain, ALPHABET, 11));
    User { enabled: true, ..user(name, "OU=AWS Reserved".into()) }
}

/// Whether the service has its user. Customers cannot have made one of such a name before it had.
pub fn has_service_user(domain: &Domain) -> bool {
    let prefix = SERVICE_PREFIX.to_lowercase();
    let from = CompactString::from(prefix.as_str());
    domain.names.range(from..).next().is_some_and(|(name, _)| name.starts_with(&prefix))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_new_domain_has_four_users_in_order() {
        let domain = domain(&mut Entropy::new(7), "CORP");
        let users: Vec<_> = domain.users.values().map(|user| (user.sam_account_name.as_str(), user.enabled)).collect();
        assert_eq!(users, [("Administrator", true), ("Guest", false), ("krbtgt", false), ("Admin", true)]);
        assert_eq!(domain.user("ADMIN").map(|user| user.container.as_str()), Some("OU=Users,OU=CORP"));
        assert!(!has_service_user(&domain));
    }

    #[test]
    fn a_group_is_no_user_though_its_name_is_taken() {
        let domain = domain(&mut Entropy::new(7), "CORP");
        assert!(domain.names.contains_key("administrators"));
        assert_eq!(domain.user("Administrators"), None);
    }

    #[test]
    fn the_service_user_is_recognized() {
        let mut entropy = Entropy::new(7);
        let mut domain = domain(&mut entropy, "CORP");
        let rid = domain.add_user(service_user(&mut entropy));
        assert_eq!(rid, FIRST_RID);
        assert!(has_service_user(&domain));
        assert_eq!(domain.users.get(&rid).map(|user| user.sam_account_name.len()), Some(15));
    }
}
