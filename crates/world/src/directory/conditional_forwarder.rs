//! Conditional forwarders: which DNS servers a directory asks about another domain.

use compact_str::CompactString;

use crate::directory::trust::DomainKey;
use crate::world::World;

#[derive(Clone, Debug, Eq, PartialEq)]
pub struct ConditionalForwarder {
    /// Without a dot at the end.
    pub remote_domain_name: CompactString,
    pub dns_addresses: Vec<CompactString>,
    pub dns_ipv6_addresses: Vec<CompactString>,
}

impl World {
    pub(crate) fn conditional_forwarder_invariants(&self, hold: &mut impl FnMut(bool, &dyn Fn() -> String)) {
        for directory in self.directories.values() {
            for (key, forwarder) in &directory.global.conditional_forwarders {
                let name = &forwarder.remote_domain_name;
                hold(*key == DomainKey::new(name), &|| format!("{} forwards {name} as {key:?}", directory.id));
            }
        }
    }
}
