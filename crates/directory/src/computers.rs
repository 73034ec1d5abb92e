//! Computer accounts: their names, places and security identifiers.

use std::sync::Arc;

use compact_str::{CompactString, format_compact};
use model::DirectoryId;
use world::{Computer, Directory, DirectoryKind, Stream, View, World};

use crate::credentials::Refused;
use crate::error::{Result, require};
use crate::names;

/// The first relative identifier of a computer in a domain whose other objects are not known.
const FIRST_RID: usize = 1104;

/// A computer account as a request wants it.
pub fn new(
    view: &View<'_>,
    directory: &Directory,
    name: &str,
    unit: Option<&str>,
    attributes: Vec<(String, String)>,
) -> Result<Computer> {
    require(is_name(name), Refused::ComputerName)?;
    let container = container(directory, unit)?;
    require(!is_taken(directory, name), Refused::ComputerTaken(name.to_owned()))?;
    Ok(Computer { name: name.into(), sid: sid(view, directory), container, attributes })
}

/// Adds a computer account to a directory, under the relative identifier that it was given.
pub fn add(world: &mut World, id: &DirectoryId, computer: Computer) {
    let Some(directory) = world.directory_mut(id) else { return };
    directory.global.computers.insert(computer.name.to_lowercase(), computer);
    if let Some(domain) = &mut directory.domain {
        Arc::make_mut(domain).next_rid += 1;
    }
}

/// Whether Active Directory takes a name for a computer.
fn is_name(name: &str) -> bool {
    !name.starts_with('.') && !name.contains(['\\', '/', ':', '*', '?', '"', '<', '>', '|'])
}

/// Computers share their names with users and groups, behind a dollar sign.
fn is_taken(directory: &Directory, name: &str) -> bool {
    let account = format!("{}$", name.to_lowercase());
    let in_domain = directory.domain.as_ref().is_some_and(|domain| domain.names.contains_key(account.as_str()));
    in_domain || directory.global.computers.contains_key(name.to_lowercase().as_str())
}

fn sid(view: &View<'_>, directory: &Directory) -> CompactString {
    match &directory.domain {
        Some(domain) => format_compact!("{}-{}", domain.sid, domain.next_rid),
        None => {
            let part = |n: u8| view.world.entropy.derive(Stream::Domain, &format!("{}{n}", directory.id)) & 0xffff_ffff;
            let rid = FIRST_RID + directory.global.computers.len();
            format_compact!("S-1-5-21-{}-{}-{}-{rid}", part(1), part(2), part(3))
        }
    }
}

/// The distinguished name of what a computer goes into: as given, or the default of the kind of directory.
// Inferred: in a domain of AWS's making there are the units that it came with, as no operation makes others. The units of a
// customer's own domain are believed.
fn container(directory: &Directory, unit: Option<&str>) -> Result<CompactString> {
    let domain = names::domain_components(&directory.name);
    let known = units(directory);
    let Some(unit) = unit else { return Ok(format_compact!("{},{domain}", known[0])) };
    let (wanted, domain) = (normal(unit), normal(&domain));
    let is_own = matches!(directory.kind, DirectoryKind::Connector) || directory.global.hybrid.is_some();
    let inside = wanted.strip_suffix(&domain).and_then(|rest| rest.strip_suffix(','));
    let held = inside.is_some_and(|inside| {
        if is_own { inside.split(',').all(is_unit) } else { known.iter().any(|unit| normal(unit) == inside) }
    });
    require(held, Refused::UnknownUnit(unit.to_owned()))?;
    Ok(unit.into())
}

/// The units that a computer can go into in a new domain; the first is where it goes by default.
fn units(directory: &Directory) -> Vec<String> {
    let own = &directory.short_name;
    match directory.kind {
        DirectoryKind::MicrosoftAd(_) if directory.global.hybrid.is_none() => {
            vec![format!("OU=Computers,OU={own}"), format!("OU=Users,OU={own}"), format!("OU={own}")]
        }
        _ => vec!["CN=Computers".to_owned(), "OU=Domain Controllers".to_owned()],
    }
}

/// A distinguished name without what makes no difference.
fn normal(name: &str) -> String {
    let parts: Vec<String> = name.split(',').map(|part| part.trim().to_lowercase()).collect();
    parts.join(",")
}

fn is_unit(part: &str) -> bool {
    part.strip_prefix("ou=").or_else(|| part.strip_prefix("cn=")).is_some_and(|name| !name.is_empty())
}
