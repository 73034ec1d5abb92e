//! Conditional forwarders: the DNS servers to which a directory forwards queries about another domain.

use std::borrow::Cow;
use std::collections::BTreeSet;

use compact_str::CompactString;
use model::DirectoryId;
use model::ds::ErrorCode;
use model::ds::types::{
    ConditionalForwarder as ConditionalForwarderRow, CreateConditionalForwarderInput, CreateConditionalForwarderOutput,
    DeleteConditionalForwarderInput, DeleteConditionalForwarderOutput, DescribeConditionalForwardersInput,
    DescribeConditionalForwardersOutput, ReplicationScope, UpdateConditionalForwarderInput,
    UpdateConditionalForwarderOutput,
};
use world::{ConditionalForwarder, Directory, DomainKey, Tx, View};

use crate::error::{Coded, Result, require};
use crate::generated::api;
use crate::{Service, availability};

/// Why a conditional forwarder is refused.
#[derive(Clone, Debug, PartialEq)]
pub enum ConditionalForwarderError {
    /// The request has no address.
    NoAddress,
    /// The forwarder is for the directory's own domain.
    OwnDomain,
    /// The directory already has a forwarder for the domain.
    Exists(CompactString),
    /// The directory has no forwarder for the domain.
    Unknown(CompactString),
}

impl Coded for ConditionalForwarderError {
    fn code(&self) -> ErrorCode {
        match self {
            Self::NoAddress | Self::OwnDomain => ErrorCode::InvalidParameterException,
            Self::Exists(_) => ErrorCode::EntityAlreadyExistsException,
            Self::Unknown(_) => ErrorCode::EntityDoesNotExistException,
        }
    }

    fn text(&self) -> Cow<'static, str> {
        match self {
            Self::NoAddress => "At least one DNS IP address must be specified.".into(),
            Self::OwnDomain => "The remote domain must not be the domain of the directory.".into(),
            Self::Exists(name) => format!("A conditional forwarder for {name} already exists.").into(),
            Self::Unknown(name) => format!("A conditional forwarder for {name} does not exist.").into(),
        }
    }
}

impl api::ConditionalForwarders for Service {
    fn create_conditional_forwarder(
        tx: &mut Tx<'_>,
        input: CreateConditionalForwarderInput,
    ) -> Result<CreateConditionalForwarderOutput> {
        let view = tx.view();
        let directory = availability::directory(&view, &input.directory_id)?.directory;
        let new = forwarder(&input.remote_domain_name, input.dns_ip_addrs, input.dns_ipv6_addrs);
        require_addresses(&new)?;
        require_new(directory, &new)?;
        put(tx, &input.directory_id, new);
        Ok(CreateConditionalForwarderOutput {})
    }

    fn update_conditional_forwarder(
        tx: &mut Tx<'_>,
        input: UpdateConditionalForwarderInput,
    ) -> Result<UpdateConditionalForwarderOutput> {
        let view = tx.view();
        let directory = availability::directory(&view, &input.directory_id)?.directory;
        // Inferred: the new IPv4 and IPv6 addresses replace all old ones.
        let new = forwarder(&input.remote_domain_name, input.dns_ip_addrs, input.dns_ipv6_addrs);
        require_addresses(&new)?;
        let remote_domain_name = find(directory, &input.remote_domain_name)?.remote_domain_name.clone();
        put(tx, &input.directory_id, ConditionalForwarder { remote_domain_name, ..new });
        Ok(UpdateConditionalForwarderOutput {})
    }

    fn delete_conditional_forwarder(
        tx: &mut Tx<'_>,
        input: DeleteConditionalForwarderInput,
    ) -> Result<DeleteConditionalForwarderOutput> {
        let view = tx.view();
        let directory = availability::directory(&view, &input.directory_id)?.directory;
        find(directory, &input.remote_domain_name)?;
        remove(tx, &input.directory_id, &input.remote_domain_name);
        Ok(DeleteConditionalForwarderOutput {})
    }

    fn describe_conditional_forwarders(
        view: &View<'_>,
        input: DescribeConditionalForwardersInput,
    ) -> Result<DescribeConditionalForwardersOutput> {
        let directory = availability::directory(view, &input.directory_id)?.directory;
        let all = &directory.global.conditional_forwarders;
        // Inferred: an empty list selects all forwarders, like no list. Unknown domains are left out.
        let names: BTreeSet<DomainKey> =
            input.remote_domain_names.unwrap_or_default().iter().map(|name| DomainKey::new(name)).collect();
        let selected = all.iter().filter(|(key, _)| names.is_empty() || names.contains(key));
        let rows = selected.map(|(_, forwarder)| row(forwarder)).collect();
        Ok(DescribeConditionalForwardersOutput { conditional_forwarders: Some(rows) })
    }
}

/// A forwarder to these addresses. A dot at the end of the domain's name is removed.
pub fn forwarder(name: &str, ipv4: Option<Vec<String>>, ipv6: Option<Vec<String>>) -> ConditionalForwarder {
    let addresses =
        |texts: Option<Vec<String>>| texts.unwrap_or_default().into_iter().map(CompactString::from).collect();
    ConditionalForwarder {
        remote_domain_name: name.strip_suffix('.').unwrap_or(name).into(),
        dns_addresses: addresses(ipv4),
        dns_ipv6_addresses: addresses(ipv6),
    }
}

/// Requires that the directory has no forwarder for the domain, and that the domain is not its own.
// Inferred: a DNS server cannot forward queries that it answers itself.
pub fn require_new(directory: &Directory, forwarder: &ConditionalForwarder) -> Result<()> {
    let key = DomainKey::new(&forwarder.remote_domain_name);
    require(key != DomainKey::new(&directory.name), ConditionalForwarderError::OwnDomain)?;
    let is_new = !directory.global.conditional_forwarders.contains_key(&key);
    require(is_new, ConditionalForwarderError::Exists(forwarder.remote_domain_name.clone()))?;
    Ok(())
}

/// Adds a forwarder to a directory. It replaces one for the same domain.
pub fn put(tx: &mut Tx<'_>, id: &DirectoryId, forwarder: ConditionalForwarder) {
    let key = DomainKey::new(&forwarder.remote_domain_name);
    tx.directory_mut(id).global.conditional_forwarders.insert(key, forwarder);
}

/// Removes a directory's forwarder for a domain, if it has one.
pub fn remove(tx: &mut Tx<'_>, id: &DirectoryId, name: &str) {
    tx.directory_mut(id).global.conditional_forwarders.remove(&DomainKey::new(name));
}

pub fn n_addresses(forwarder: &ConditionalForwarder) -> usize {
    forwarder.dns_addresses.len() + forwarder.dns_ipv6_addresses.len()
}

// Inferred: the model requires neither list, but a forwarder without an address does nothing.
fn require_addresses(forwarder: &ConditionalForwarder) -> Result<()> {
    require(n_addresses(forwarder) > 0, ConditionalForwarderError::NoAddress)?;
    Ok(())
}

fn find<'w>(directory: &'w Directory, name: &str) -> Result<&'w ConditionalForwarder> {
    let found = directory.global.conditional_forwarders.get(&DomainKey::new(name));
    Ok(found.ok_or_else(|| ConditionalForwarderError::Unknown(name.into()))?)
}

fn row(forwarder: &ConditionalForwarder) -> ConditionalForwarderRow {
    let addresses =
        |list: &[CompactString]| (!list.is_empty()).then(|| list.iter().map(ToString::to_string).collect::<Vec<_>>());
    ConditionalForwarderRow {
        dns_ip_addrs: addresses(&forwarder.dns_addresses),
        dns_ipv6_addrs: addresses(&forwarder.dns_ipv6_addresses),
        remote_domain_name: Some(forwarder.remote_domain_name.to_string()),
        replication_scope: Some(ReplicationScope::Domain),
    }
}
