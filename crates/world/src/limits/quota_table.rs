//! The quotas by name. Whatever names a quota reads this table.

use std::time::Duration;

use model::organizations::types::PolicyType;

use crate::limits::policy_quotas::PolicyQuotas;
use crate::limits::quotas::Quotas;
use crate::time::duration::{format_duration, parse_duration};

/// The value of a quota.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Quota {
    Count(usize),
    Time(Duration),
}

/// A quota, to be read and set.
enum Slot<'q> {
    Count(&'q mut usize),
    Time(&'q mut Duration),
}

type Row = (&'static str, fn(&mut Quotas) -> Slot<'_>);
type PolicyTypeRow = (&'static str, fn(&mut PolicyQuotas) -> &mut usize);

/// Every quota except those of policy types.
const TABLE: [Row; 28] = [
    ("accounts", |quotas| Slot::Count(&mut quotas.accounts)),
    ("units", |quotas| Slot::Count(&mut quotas.units)),
    ("unitDepth", |quotas| Slot::Count(&mut quotas.unit_depth)),
    ("creationsAtOnce", |quotas| Slot::Count(&mut quotas.creations_at_once)),
    ("closuresAtOnce", |quotas| Slot::Count(&mut quotas.closures_at_once)),
    ("closures", |quotas| Slot::Count(&mut quotas.closures)),
    ("closuresMax", |quotas| Slot::Count(&mut quotas.closures_max)),
    ("migrationAccounts", |quotas| Slot::Count(&mut quotas.migration_accounts)),
    ("invitations", |quotas| Slot::Count(&mut quotas.invitations)),
    ("transfersInbound", |quotas| Slot::Count(&mut quotas.transfers_inbound)),
    ("transfersOutbound", |quotas| Slot::Count(&mut quotas.transfers_outbound)),
    ("transferLevels", |quotas| Slot::Count(&mut quotas.transfer_levels)),
    ("transfers", |quotas| Slot::Count(&mut quotas.transfers)),
    ("minimumAge", |quotas| Slot::Time(&mut quotas.minimum_age)),
    ("tags", |quotas| Slot::Count(&mut quotas.tags)),
    ("simpleDirectories", |quotas| Slot::Count(&mut quotas.simple_directories)),
    ("microsoftDirectories", |quotas| Slot::Count(&mut quotas.microsoft_directories)),
    ("hybridDirectories", |quotas| Slot::Count(&mut quotas.hybrid_directories)),
    ("assessments", |quotas| Slot::Count(&mut quotas.assessments)),
    ("connectedDirectories", |quotas| Slot::Count(&mut quotas.connected_directories)),
    ("regions", |quotas| Slot::Count(&mut quotas.regions)),
    ("ipRoutes", |quotas| Slot::Count(&mut quotas.ip_routes)),
    ("domainControllers", |quotas| Slot::Count(&mut quotas.domain_controllers)),
    ("ldapsCertificates", |quotas| Slot::Count(&mut quotas.ldaps_certificates)),
    ("clientCertificates", |quotas| Slot::Count(&mut quotas.client_certificates)),
    ("sharesStandard", |quotas| Slot::Count(&mut quotas.shares_standard)),
    ("sharesEnterprise", |quotas| Slot::Count(&mut quotas.shares_enterprise)),
    ("sharesHybrid", |quotas| Slot::Count(&mut quotas.shares_hybrid)),
];

/// The quotas of each policy type, as in `policyTypes.TAG_POLICY.attached`.
const POLICY_TYPE_TABLE: [PolicyTypeRow; 3] = [
    ("size", |quotas| &mut quotas.size),
    ("attached", |quotas| &mut quotas.attached),
    ("policies", |quotas| &mut quotas.policies),
];

/// The prefix of a policy type's name. It may be left out.
const POLICY_TYPES: &str = "policyTypes.";

impl Quotas {
    /// Every quota with its name. Those of policy types have dotted names.
    pub fn entries(&self) -> Vec<(String, Quota)> {
        let mut quotas = self.clone();
        let mut entries: Vec<_> = TABLE
            .iter()
            .map(|(name, slot)| {
                let quota = match slot(&mut quotas) {
                    Slot::Count(count) => Quota::Count(*count),
                    Slot::Time(time) => Quota::Time(*time),
                };
                ((*name).to_owned(), quota)
            })
            .collect();
        for kind in PolicyType::ALL {
            let mut quotas = self.policy_type(kind);
            entries.extend(POLICY_TYPE_TABLE.iter().map(|(name, slot)| {
                (format!("{POLICY_TYPES}{}.{name}", kind.as_str()), Quota::Count(*slot(&mut quotas)))
            }));
        }
        entries
    }

    /// Sets a quota. The name may also be in snake case (`unit_depth`). The value has the form that [`Quota`] displays.
    ///
    /// # Errors
    /// When there is no such quota, or the value does not fit. The text says what would be right.
    pub fn set(&mut self, name: &str, value: &str) -> Result<(), String> {
        if let Some((kind, name)) = name.strip_prefix(POLICY_TYPES).unwrap_or(name).split_once('.') {
            return self.set_of_policy_type(kind, name, value);
        }
        let wanted = camel_case(name);
        let row = TABLE.iter().find(|(name, _)| *name == wanted);
        let (name, slot) = row.ok_or_else(|| format!("there is no quota {name}; there are {}", names(&TABLE)))?;
        match slot(self) {
            Slot::Count(count) => *count = parse_count(name, value)?,
            Slot::Time(time) => *time = parse_duration(value)?,
        }
        Ok(())
    }

    fn set_of_policy_type(&mut self, kind: &str, name: &str, value: &str) -> Result<(), String> {
        let found = PolicyType::ALL.into_iter().find(|found| found.as_str() == kind);
        let kind = found.ok_or_else(|| {
            let all = PolicyType::ALL.map(PolicyType::as_str).join(", ");
            format!("there is no policy type {kind}; there are {all}")
        })?;
        let row = POLICY_TYPE_TABLE.iter().find(|(found, _)| *found == name);
        let (name, slot) = row.ok_or_else(|| {
            format!("a policy type has no quota {name}; it has {}", POLICY_TYPE_TABLE.map(|(name, _)| name).join(", "))
        })?;
        let mut changed = self.policy_type(kind);
        *slot(&mut changed) = parse_count(name, value)?;
        self.policy_types.insert(kind, changed);
        Ok(())
    }
}

/// Writes the form that [`Quotas::set`] reads.
impl std::fmt::Display for Quota {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Count(count) => count.fmt(f),
            Self::Time(time) => f.write_str(&format_duration(*time)),
        }
    }
}

fn names<T>(table: &[(&'static str, T)]) -> String {
    let names: Vec<_> = table.iter().map(|(name, _)| *name).collect();
    format!("{}, and those of policy types, such as policyTypes.TAG_POLICY.attached", names.join(", "))
}

fn parse_count(name: &str, value: &str) -> Result<usize, String> {
    value.parse().map_err(|_| format!("'{value}' is no value of {name}: use a whole number such as 5"))
}

/// `unit_depth` to `unitDepth`; a name without underscores stays as it is.
fn camel_case(name: &str) -> String {
    let mut parts = name.split('_');
    let mut camel = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let mut letters = part.chars();
        camel.extend(letters.next().map(|first| first.to_ascii_uppercase()));
        camel.push_str(letters.as_str());
    }
    camel
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_quota_is_set_under_the_name_that_it_is_shown_by() {
        let mut quotas = Quotas::default();
        let entries = quotas.entries();
        assert_eq!(entries.len(), TABLE.len() + 3 * PolicyType::ALL.len());
        for (index, (name, quota)) in entries.iter().enumerate() {
            let value = match quota {
                Quota::Count(_) => (index + 100_000).to_string(),
                Quota::Time(_) => format!("{}h", index + 1),
            };
            quotas.set(name, &value).unwrap();
            assert_eq!(quotas.entries()[index].1.to_string(), value, "{name}");
        }
        for ((name, before), (_, after)) in entries.iter().zip(quotas.entries()) {
            assert_ne!(*before, after, "{name} is another quota");
        }
    }

    #[test]
    fn every_quota_has_a_row() {
        // A new quota does not compile until it is named here and counted below.
        let Quotas {
            accounts: _,
            units: _,
            unit_depth: _,
            creations_at_once: _,
            closures_at_once: _,
            closures: _,
            closures_max: _,
            migration_accounts: _,
            invitations: _,
            transfers_inbound: _,
            transfers_outbound: _,
            transfer_levels: _,
            transfers: _,
            minimum_age: _,
            tags: _,
            policy_types: _,
            simple_directories: _,
            microsoft_directories: _,
            hybrid_directories: _,
            assessments: _,
            connected_directories: _,
            regions: _,
            ip_routes: _,
            domain_controllers: _,
            ldaps_certificates: _,
            client_certificates: _,
            shares_standard: _,
            shares_enterprise: _,
            shares_hybrid: _,
        } = Quotas::default();
        assert_eq!(TABLE.len(), 28);
        let PolicyQuotas { size: _, attached: _, policies: _ } = PolicyQuotas::of(PolicyType::TagPolicy);
        assert_eq!(POLICY_TYPE_TABLE.len(), 3);
    }

    #[test]
    fn names_have_two_forms_and_wrong_ones_are_refused() {
        let mut quotas = Quotas::default();
        quotas.set("unit_depth", "3").unwrap();
        quotas.set("TAG_POLICY.attached", "2").unwrap();
        assert_eq!((quotas.unit_depth, quotas.policy_type(PolicyType::TagPolicy).attached), (3, 2));
        let before = quotas.clone();
        for (name, value, part) in [
            ("depth", "3", "unitDepth, creationsAtOnce"),
            ("unitDepth", "-1", "a whole number such as 5"),
            ("unitDepth", "1.5", "a whole number such as 5"),
            ("minimumAge", "4", "such as 4d"),
            ("policyTypes.NO.attached", "4", "TAG_POLICY"),
            ("policyTypes.TAG_POLICY.depth", "4", "size, attached, policies"),
            ("policyTypes.TAG_POLICY.attached", "x", "a whole number such as 5"),
        ] {
            let wrong = quotas.set(name, value).unwrap_err();
            assert!(wrong.contains(part), "{wrong}");
        }
        assert_eq!(quotas, before);
    }
}
