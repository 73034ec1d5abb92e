//! The effect of a new password on a user.

use std::sync::Arc;

use model::{DirectoryId, Timestamp};
use world::{Domain, Tx, User};

use super::built_in;

/// Enables a user of the customer's own organizational unit, as `ResetUserPassword` of Directory Service does. Returns
/// whether there is such a user. Directory data access need not be enabled.
pub fn enable_user(tx: &mut Tx<'_>, id: &DirectoryId, name: &str) -> bool {
    let now = tx.now;
    let directory = tx.directory_mut(id);
    let Some(domain) = directory.domain.as_mut() else { return false };
    enable(Arc::make_mut(domain), &directory.short_name, name, now)
}

fn enable(domain: &mut Domain, short_name: &str, name: &str, now: Timestamp) -> bool {
    let found = domain.user(name).filter(|user| built_in::is_in_customer_unit(short_name, &user.container)).cloned();
    let enabled = found
        .map(|user| domain.put_user(User { enabled: true, changed_at: Some(now), password_set_at: Some(now), ..user }));
    enabled.is_some()
}

#[cfg(test)]
mod tests {
    use world::Entropy;

    use super::*;

    #[test]
    fn only_users_of_the_customer_are_enabled() {
        let mut domain = built_in::new_domain(&mut Entropy::new(7), "CORP");
        domain.add_user(built_in::new_user("jane".into(), built_in::customer_users("CORP")));
        for (name, expected) in
            [("JANE", true), ("Admin", true), ("Guest", false), ("krbtgt", false), ("nobody", false), ("Admins", false)]
        {
            assert_eq!(enable(&mut domain, "CORP", name, Timestamp::from_millis(7)), expected, "{name}");
        }
        let enabled = |name: &str| domain.user(name).map(|user| user.enabled);
        assert_eq!((enabled("jane"), enabled("Guest")), (Some(true), Some(false)));
    }
}
