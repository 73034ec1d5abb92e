//! What a password does to a user.

use std::sync::Arc;

use model::{DirectoryId, Timestamp};
use world::{Domain, Tx, User};

use super::built_in;

/// Enables a user of the customer's own organizational unit, as `ResetUserPassword` of Directory Service does when it
/// gives the user a password. Tells whether there is one of that name. Whether Directory Service Data may be used on
/// the directory does not matter.
pub fn enable_user(tx: &mut Tx<'_>, id: &DirectoryId, name: &str) -> bool {
    let now = tx.now;
    let directory = tx.directory_mut(id);
    let Some(domain) = directory.domain.as_mut() else { return false };
    enable(Arc::make_mut(domain), &directory.short_name, name, now)
}

fn enable(domain: &mut Domain, short_name: &str, name: &str, now: Timestamp) -> bool {
    let found = domain.user(name).filter(|user| built_in::is_customers(short_name, &user.container)).cloned();
    let enabled = found.map(|user| domain.put_user(User { enabled: true, changed_at: Some(now), ..user }));
    enabled.is_some()
}

#[cfg(test)]
mod tests {
    use world::Entropy;

    use super::*;

    #[test]
    fn users_of_the_customer_are_enabled_and_no_others() {
        let mut domain = built_in::domain(&mut Entropy::new(7), "CORP");
        domain.add_user(built_in::user("jane".into(), built_in::customer_users("CORP")));
        for (name, expected) in
            [("JANE", true), ("Admin", true), ("Guest", false), ("krbtgt", false), ("nobody", false), ("Admins", false)]
        {
            assert_eq!(enable(&mut domain, "CORP", name, Timestamp::from_millis(7)), expected, "{name}");
        }
        let enabled = |name: &str| domain.user(name).map(|user| user.enabled);
        assert_eq!((enabled("jane"), enabled("Guest")), (Some(true), Some(false)));
    }
}
