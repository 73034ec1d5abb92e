//! What a password does to a user.

use std::sync::Arc;

use model::DirectoryId;
use world::{Tx, User};

use super::built_in;

/// Enables a user of the customer's own organizational unit, as `ResetUserPassword` of Directory Service does when it gives the user
/// a password. Tells whether there is one of that name. Whether Directory Service Data may be used on the directory does not matter.
pub fn enable_user(tx: &mut Tx<'_>, id: &DirectoryId, name: &str) -> bool {
    let now = tx.now;
    let Some(directory) = tx.world.directory_mut(id) else { return false };
    let Some(domain) = directory.domain.as_mut() else { return false };
    let found = domain.user(name).filter(|user| built_in::is_customers(&directory.short_name, &user.container));
    let Some(user) = found.cloned() else { return false };
    Arc::make_mut(domain).put_user(User { enabled: true, changed_at: Some(now), ..user });
    true
}
