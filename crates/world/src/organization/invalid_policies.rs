//! Where effective policies are invalid, as far as it is known.
//!
//! A change only notes its target. A list is computed from the list before and the targets that changed since: each of
//! them, the units below it, and the accounts there that have policies of their own. Then it is kept.

use std::sync::OnceLock;

use imbl::OrdSet;
use model::{AccountId, ParentId};

use crate::organization::policy::Target;

/// Where the effective policies of one type are invalid.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Invalid {
    /// The root and the units that hand down an invalid policy. Accounts directly in them have it, except accounts that
    /// have policies of their own.
    pub parents: OrdSet<ParentId>,
    /// The accounts with policies of their own whose effective policy is invalid.
    pub accounts: OrdSet<AccountId>,
}

/// What is invalid, and what is needed to compute it.
#[derive(Clone, Debug, Default)]
pub(crate) struct Validity {
    /// The result of an earlier computation.
    pub(crate) before: Invalid,
    /// The targets that changed since `before`.
    pub(crate) changed: OrdSet<Target>,
    /// The result for now, once it was asked for.
    pub(crate) now: OnceLock<Invalid>,
}

/// All are equal: validity follows from the attachments, which are compared themselves.
impl PartialEq for Validity {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl Eq for Validity {}

impl Validity {
    /// Notes that the policies at a target and below it may be valid or invalid now.
    pub(crate) fn changed(&mut self, target: &Target) {
        if let Some(now) = self.now.take() {
            self.before = now;
            self.changed.clear();
        }
        self.changed.insert(target.clone());
    }

    /// Forgets a target that is removed.
    pub(crate) fn forget(&mut self, target: &Target) {
        self.changed.remove(target);
        let invalid = self.now.get_mut().unwrap_or(&mut self.before);
        match target {
            Target::Root => {}
            Target::Unit(id) => _ = invalid.parents.remove(&ParentId::from(id)),
            Target::Account(account) => _ = invalid.accounts.remove(account),
        }
    }
}
