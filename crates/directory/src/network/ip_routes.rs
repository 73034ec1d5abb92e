//! IP routes: blocks of public addresses that a directory's servers can reach.

use std::borrow::Cow;
use std::time::Duration;

use compact_str::CompactString;
use model::ds::ErrorCode;
use model::ds::types::{
    AddIpRoutesInput, AddIpRoutesOutput, IpRoute as RequestedIpRoute, IpRouteInfo, IpRouteStatusMsg, ListIpRoutesInput,
    ListIpRoutesOutput, RemoveIpRoutesInput, RemoveIpRoutesOutput,
};
use model::{DirectoryId, Timestamp};
use world::{Cidr, DirectoryWork, Failure, IpRoute, IpRouteWork, Tx, View, World};

use crate::directory::view;
use crate::error::{Coded, Result, require};
use crate::failures::{CanFail, Failures, Finish};
use crate::generated::api;
use crate::network::aws_blocks;
use crate::{Service, availability};

/// Why IP routes are not added or removed.
#[derive(Clone, Debug, PartialEq)]
pub enum IpRouteError {
    /// The request has no block.
    None,
    /// A route has no block, or has two.
    Blocks,
    /// A block of AWS's own public addresses.
    Public(CompactString),
    /// The directory already has a route for the block.
    Exists(CompactString),
    /// The directory has no route for the block.
    Unknown(CompactString),
    /// More than the directory may have. With the quota.
    Limit(usize),
}

impl Coded for IpRouteError {
    fn code(&self) -> ErrorCode {
        match self {
            Self::None | Self::Blocks | Self::Public(_) => ErrorCode::InvalidParameterException,
            Self::Exists(_) => ErrorCode::EntityAlreadyExistsException,
            Self::Unknown(_) => ErrorCode::EntityDoesNotExistException,
            Self::Limit(_) => ErrorCode::IpRouteLimitExceededException,
        }
    }

    fn text(&self) -> Cow<'static, str> {
        match self {
            Self::None => "At least one IP address block must be specified.".into(),
            Self::Blocks => "Each IP route must have either CidrIp or CidrIpv6.".into(),
            Self::Public(cidr) => format!("{cidr} is in the range of AWS public IP addresses.").into(),
            Self::Exists(cidr) => format!("An IP route for {cidr} already exists.").into(),
            Self::Unknown(cidr) => format!("An IP route for {cidr} does not exist.").into(),
            Self::Limit(most) => {
                format!("IP route limit exceeded. A maximum of {most} address blocks may be added.").into()
            }
        }
    }
}

/// From Adding to Added of a route, and from Removing until it is gone. Both take the same time, so the timer of a
/// removed route never finds a route that was added later.
const CHANGED: Duration = Duration::from_mins(1);

impl api::IpRoutes for Service {
    fn add_ip_routes(tx: &mut Tx<'_>, input: AddIpRoutesInput) -> Result<AddIpRoutesOutput> {
        let view = tx.view();
        let found = availability::directory(&view, &input.directory_id)?;
        require(!input.ip_routes.is_empty(), IpRouteError::None)?;
        let added: Vec<(CompactString, IpRoute)> =
            input.ip_routes.into_iter().map(|requested| new_route(requested, tx.now)).collect::<Result<_>>()?;
        let mut routes = found.regional.ip_routes.clone();
        for (block, route) in &added {
            let cidr = route.cidr.clone();
            require(routes.insert(block.clone(), route.clone()).is_none(), IpRouteError::Exists(cidr))?;
        }
        let most = view.world.settings.quotas.ip_routes;
        require(routes.len() <= most, IpRouteError::Limit(most))?;
        for (block, route) in added {
            put(tx, &input.directory_id, block, route, IpRouteStatusMsg::Added);
        }
        Ok(AddIpRoutesOutput {})
    }

    fn remove_ip_routes(tx: &mut Tx<'_>, input: RemoveIpRoutesInput) -> Result<RemoveIpRoutesOutput> {
        let view = tx.view();
        let found = availability::directory(&view, &input.directory_id)?;
        let cidrs = [input.cidr_ips, input.cidr_ipv6s].into_iter().flatten().flatten();
        let mut removed: Vec<(CompactString, IpRoute)> = Vec::new();
        for cidr in cidrs {
            let block = cidr.parse::<Cidr>().map_err(|()| IpRouteError::Blocks)?.to_block();
            let route = found.regional.ip_routes.get(&block).filter(|route| !is_leaving(route));
            let route = route.cloned().ok_or_else(|| IpRouteError::Unknown(cidr.into()))?;
            removed.push((block, IpRoute { status: IpRouteStatusMsg::Removing, reason: None, ..route }));
        }
        require(!removed.is_empty(), IpRouteError::None)?;
        for (block, route) in removed {
            put(tx, &input.directory_id, block, route, IpRouteStatusMsg::Removed);
        }
        Ok(RemoveIpRoutesOutput {})
    }

    fn list_ip_routes(view: &View<'_>, input: ListIpRoutesInput) -> Result<ListIpRoutesOutput> {
        let found = availability::directory(view, &input.directory_id)?;
        let scan = view.scan(&[view.caller.region.as_str(), input.directory_id.as_str()]);
        let page =
            scan.page(input.next_token.as_deref(), view::page_size(input.limit), |after: Option<CompactString>| {
                let all = found.regional.ip_routes.iter().map(|(block, route)| (block.clone(), route));
                all.skip_while(move |(block, _)| Some(block) <= after.as_ref())
            })?;
        let page = page.map(|route| description(&input.directory_id, route));
        Ok(ListIpRoutesOutput { ip_routes_info: Some(page.items), next_token: page.next_token })
    }
}

/// Moves an IP route to its next status. A removed one is gone.
impl Finish for IpRouteWork {
    fn finish(self, world: &mut World, _: Timestamp) {
        let directory = world.directory_mut(&self.directory);
        let regional = directory.and_then(|directory| directory.regional_mut(&self.region));
        let Some(routes) = regional.map(|regional| &mut regional.ip_routes) else { return };
        let Some(route) = routes.get_mut(&self.block) else { return };
        let is_due = matches!(
            (route.status, self.status),
            (IpRouteStatusMsg::Adding, IpRouteStatusMsg::Added)
                | (IpRouteStatusMsg::Removing, IpRouteStatusMsg::Removed)
        );
        match self.failure {
            _ if !is_due => {}
            Some(failure) => (route.status, route.reason) = (failure.status, failure.reason),
            None if self.status == IpRouteStatusMsg::Removed => {
                routes.remove(&self.block);
            }
            None => (route.status, route.reason) = (self.status, None),
        }
    }
}

impl CanFail for IpRouteWork {
    type Status = IpRouteStatusMsg;

    const FAILURES: &'static [Failures<IpRouteStatusMsg>] = &[
        Failures::with_reason(&["AddIpRoutes"], &[IpRouteStatusMsg::AddFailed]),
        Failures::with_reason(&["RemoveIpRoutes"], &[IpRouteStatusMsg::RemoveFailed]),
    ];

    fn status_name(status: IpRouteStatusMsg) -> &'static str {
        status.as_str()
    }

    fn failure(&mut self) -> &mut Option<Failure<IpRouteStatusMsg>> {
        &mut self.failure
    }
}

/// A new route, with the normal form of its block.
// Inferred: a block is the same whichever of its addresses it is written with.
fn new_route(requested: RequestedIpRoute, now: Timestamp) -> Result<(CompactString, IpRoute)> {
    let is_ipv6 = requested.cidr_ipv6.is_some();
    let ((Some(text), None) | (None, Some(text))) = (requested.cidr_ip, requested.cidr_ipv6) else {
        return Err(IpRouteError::Blocks.into());
    };
    let cidr = text.parse::<Cidr>().map_err(|()| IpRouteError::Blocks)?;
    require(!aws_blocks::overlaps_aws(cidr), IpRouteError::Public(text.as_str().into()))?;
    let status = IpRouteStatusMsg::Adding;
    let route =
        IpRoute { cidr: text.into(), is_ipv6, description: requested.description, status, reason: None, added_at: now };
    Ok((cidr.to_block(), route))
}

fn put(tx: &mut Tx<'_>, id: &DirectoryId, block: CompactString, route: IpRoute, then: IpRouteStatusMsg) {
    let region = tx.caller.region.clone();
    tx.regional_mut(id).ip_routes.insert(block.clone(), route);
    let work = IpRouteWork { directory: id.clone(), region, block, status: then, failure: None };
    tx.after(CHANGED, DirectoryWork::IpRoute(work));
}

fn is_leaving(route: &IpRoute) -> bool {
    route.status == IpRouteStatusMsg::Removing
}

fn description(id: &DirectoryId, route: &IpRoute) -> IpRouteInfo {
    let (ipv4, ipv6) = if route.is_ipv6 { (None, Some(&route.cidr)) } else { (Some(&route.cidr), None) };
    IpRouteInfo {
        added_date_time: Some(route.added_at),
        cidr_ip: ipv4.map(ToString::to_string),
        cidr_ipv6: ipv6.map(ToString::to_string),
        description: route.description.clone(),
        directory_id: Some(id.clone()),
        ip_route_status_msg: Some(route.status),
        ip_route_status_reason: route.reason.clone(),
    }
}
