//! Declares surroundings in scenarios.

use model::AccountId;
use world::{Cidr, LogGroup, Network, Region, Subnet, Surroundings};

/// Declares one resource in an account and Region, or that only declared resources of a kind exist.
pub fn declare(all: &mut Surroundings, owner: &(AccountId, Region), words: &[&str]) -> Result<(), String> {
    let at = |name: &str| (owner.0, owner.1.clone(), name.into());
    match words {
        ["nothing"] => {
            all.networks.declare();
            all.log_groups.declare();
            all.topics.declare();
            all.secrets.declare();
        }
        ["vpc", id, block, rest @ ..] if matches!(rest, [] | ["dedicated"]) => {
            let network = Network { cidr: cidr(block)?, is_dedicated: !rest.is_empty(), subnets: Vec::new() };
            all.networks.declare().insert(at(id), network);
        }
        ["subnet", vpc, id, zone, blocks @ ..] => {
            let network = all.networks.declare().get_mut(&at(vpc)).ok_or_else(|| format!("{vpc} is not declared"))?;
            network.subnets.push(subnet(id, zone, blocks)?);
        }
        ["log-group", name, rest @ ..] if matches!(rest, [] | ["closed"]) => {
            let group = LogGroup { admits_directory_service: rest.is_empty() };
            all.log_groups.declare().insert(at(name), group);
        }
        ["topic", name] => {
            all.topics.declare().insert(at(name));
        }
        ["secret", arn] => {
            all.secrets.declare().insert((*arn).into());
        }
        _ => return Err(format!("declare {}: tests/scenarios/README.md says what can be declared", words.join(" "))),
    }
    Ok(())
}

fn subnet(id: &str, zone: &str, blocks: &[&str]) -> Result<Subnet, String> {
    let blocks = blocks.iter().map(|block| cidr(block)).collect::<Result<Vec<_>, _>>()?;
    let of = |is_ipv6| blocks.iter().copied().find(|block: &Cidr| block.is_ipv6() == is_ipv6);
    Ok(Subnet { id: id.into(), availability_zone: zone.into(), ipv4: of(false), ipv6: of(true) })
}

fn cidr(text: &str) -> Result<Cidr, String> {
    text.parse().map_err(|()| format!("{text} is no block of addresses"))
}
