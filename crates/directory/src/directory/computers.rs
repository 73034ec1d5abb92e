//! Computer accounts: their names, containers and security identifiers.

use std::sync::Arc;

use compact_str::{CompactString, format_compact};
use model::DirectoryId;
use model::ds::types::Attribute;
use world::{Computer, Directory, DirectoryKind, JoinedComputer, Stream, Tx};

use crate::data::DOMAIN_COMPUTERS;
use crate::directory::credentials::CredentialError;
use crate::directory::names;
use crate::error::{Result, require};

/// The relative identifier of the first computer in a domain whose objects are not kept.
const FIRST_RID: u64 = 1104;

/// Requires a new and valid name for a computer in a directory. Returns the container of the computer.
pub fn require_room(directory: &Directory, name: &str, unit: Option<&str>) -> Result<CompactString> {
    require(is_allowed_name(name), CredentialError::ComputerName)?;
    let container = container(directory, unit)?;
    require(!is_taken(directory, name), CredentialError::ComputerTaken(name.to_owned()))?;
    Ok(container)
}

/// The attributes of a computer in answers: where it is and its account name, whatever the request gave (example of
/// CreateComputer in the service's model; Tools for PowerShell guide).
pub fn attributes(directory: &Directory, name: &str, container: &str) -> Vec<Attribute> {
    let domain = names::domain_components(&directory.name);
    let attribute = |name: &str, value| Attribute { name: Some(name.to_owned()), value: Some(value) };
    vec![
        attribute("DistinguishedName", format!("CN={name},{container},{domain}")),
        attribute("WindowsSamName", format!("{name}$")),
    ]
}

/// Adds a computer account to a directory. Returns its security identifier.
pub fn add(tx: &mut Tx<'_>, id: &DirectoryId, name: &str, container: CompactString) -> CompactString {
    let entropy = tx.world.entropy;
    let directory = tx.directory_mut(id);
    if let Some(domain) = &mut directory.domain {
        let domain = Arc::make_mut(domain);
        let sam_account_name = format_compact!("{name}$");
        let computer = Computer { rid: 0, sam_account_name, container, primary_group: DOMAIN_COMPUTERS };
        let rid = domain.add_computer(computer);
        return format_compact!("{}-{rid}", domain.sid);
    }
    let part = |n: u8| entropy.derive(Stream::Domain, &format!("{id}{n}")) & 0xffff_ffff;
    let rid = directory.global.computers.values().map(|found| found.rid + 1).max().unwrap_or(FIRST_RID);
    let computer = JoinedComputer { name: name.into(), rid, container };
    directory.global.computers.insert(CompactString::from(name).to_lowercase(), computer);
    format_compact!("S-1-5-21-{}-{}-{}-{rid}", part(1), part(2), part(3))
}

/// Whether Active Directory allows the name for a computer.
fn is_allowed_name(name: &str) -> bool {
    !name.starts_with('.') && !name.contains(['\\', '/', ':', '*', '?', '"', '<', '>', '|'])
}

/// A computer's account name is its name with a dollar sign at the end. No user or group may have it.
fn is_taken(directory: &Directory, name: &str) -> bool {
    let account = format!("{}$", name.to_lowercase());
    let in_domain = directory.domain.as_ref().is_some_and(|domain| domain.object(&account).is_some());
    in_domain || directory.global.computers.contains_key(name.to_lowercase().as_str())
}

/// The container of a new computer, below the domain: from the request, or the default of the kind of directory.
// Inferred: a domain that AWS creates has only its original units, because no operation creates others. In a customer's
// own domain, every well-formed unit is assumed to exist.
fn container(directory: &Directory, unit: Option<&str>) -> Result<CompactString> {
    let domain = names::domain_components(&directory.name);
    let units = units(directory);
    let Some(unit) = unit else { return Ok(units[0].as_str().into()) };
    let (name, domain) = (normalized(unit), normalized(&domain));
    let is_own = matches!(directory.kind, DirectoryKind::Connector) || directory.global.hybrid.is_some();
    let inside = name.strip_suffix(&domain).and_then(|rest| rest.strip_suffix(','));
    let n_parts = inside.map_or(0, |inside| inside.split(',').count());
    let exists = inside.is_some_and(|inside| {
        if is_own { inside.split(',').all(is_unit) } else { units.iter().any(|unit| normalized(unit) == inside) }
    });
    require(exists, CredentialError::UnknownUnit(unit.to_owned()))?;
    Ok(unit.split(',').map(str::trim).take(n_parts).collect::<Vec<_>>().join(",").into())
}

/// The units of a new domain that can have computers. The first is the default.
fn units(directory: &Directory) -> Vec<String> {
    let own = &directory.short_name;
    match directory.kind {
        DirectoryKind::MicrosoftAd(_) if directory.global.hybrid.is_none() => {
            vec![format!("OU=Computers,OU={own}"), format!("OU=Users,OU={own}"), format!("OU={own}")]
        }
        _ => vec!["CN=Computers".to_owned(), "OU=Domain Controllers".to_owned()],
    }
}

/// A distinguished name in lower case, without spaces around its parts.
fn normalized(name: &str) -> String {
    let parts: Vec<String> = name.split(',').map(|part| part.trim().to_lowercase()).collect();
    parts.join(",")
}

fn is_unit(part: &str) -> bool {
    part.strip_prefix("ou=").or_else(|| part.strip_prefix("cn=")).is_some_and(|name| !name.is_empty())
}
