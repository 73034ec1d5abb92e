//! Chains of responsibility transfers: an organization that pays for another one also pays for those that the other one
//! pays for.

use model::OrganizationId;
use world::{Organization, View, World};

/// The measures of a chain that quotas limit.
pub struct Chain {
    /// The number of transfers from the bottom to the top, on the longest way.
    pub levels: usize,
    /// The number of transfers that lead to the top, directly or through others.
    pub transfers: usize,
}

/// Whether an organization pays for another one, directly or through others. Withdrawn transfers count until they end.
pub fn pays_for(view: &View<'_>, payer: &OrganizationId, organization: &OrganizationId) -> bool {
    let Some(organization) = view.world.organization(organization) else { return false };
    let outbound = view.world.outbound_transfers(organization, None).map(|(_, transfer)| transfer);
    let mut payers = outbound.filter(|found| found.is_active(view.now)).map(|found| &found.target.organization);
    payers.any(|found| found == payer || pays_for(view, payer, found))
}

/// The chain after `target` pays for `source` too. Only accepted transfers count.
pub fn join(world: &World, source: &Organization, target: &Organization) -> Chain {
    let (below, beneath) = descend(world, source);
    let (above, greatest) = ascend(world, target);
    Chain { levels: below + 1 + above, transfers: beneath + 1 + greatest }
}

/// The length of the longest way down from an organization, and the number of transfers that lead to it.
fn descend(world: &World, organization: &Organization) -> (usize, usize) {
    let inbound = world.inbound_transfers(organization, None).map(|(_, transfer)| transfer);
    let sources = inbound.filter(|found| found.is_accepted()).map(|found| &found.source.organization);
    sources.filter_map(|id| world.organization(id)).fold((0, 0), |(levels, transfers), source| {
        let (below, beneath) = descend(world, source);
        (levels.max(below + 1), transfers + beneath + 1)
    })
}

/// The length of the longest way up from an organization, and the maximum number of transfers that lead to it or to one
/// above it.
fn ascend(world: &World, organization: &Organization) -> (usize, usize) {
    let outbound = world.outbound_transfers(organization, None).map(|(_, transfer)| transfer);
    let payers = outbound.filter(|found| found.is_accepted()).map(|found| &found.target.organization);
    let here = (0, descend(world, organization).1);
    payers.filter_map(|id| world.organization(id)).fold(here, |(levels, transfers), payer| {
        let (above, greatest) = ascend(world, payer);
        (levels.max(above + 1), transfers.max(greatest))
    })
}
