//! What a request names that other services of AWS have.

use compact_str::CompactString;
use model::ds::Request;
use model::ds::types::UpdateType;
use rules::{Need, Needed};
use world::{Region, Regional, View};

/// What a request names that other services have, as far as nothing was declared about it.
pub fn needs(view: &View<'_>, request: &Request) -> Vec<Need> {
    let known = &view.world.settings.surroundings;
    let is_open = |need: &Need| match need.resource {
        Needed::Network(..) => known.networks.is_assumed(),
        Needed::LogGroup(..) => known.log_groups.is_assumed(),
        Needed::Topic(_) => known.topics.is_assumed(),
        Needed::Secret(_) => known.secrets.is_assumed(),
    };
    named(view, request).into_iter().filter(is_open).collect()
}

fn named(view: &View<'_>, request: &Request) -> Vec<Need> {
    let account = view.caller.account;
    let at = |region: &Region, what| Need { account, region: region.clone(), resource: what };
    let here = |what| at(&view.caller.region, what);
    let network = |vpc: &String, subnets: &[String]| {
        Needed::Network(vpc.into(), subnets.iter().map(CompactString::from).collect())
    };
    match request {
        Request::ConnectDirectory(input) => {
            vec![here(network(&input.connect_settings.vpc_id, &input.connect_settings.subnet_ids))]
        }
        Request::CreateDirectory(input) => {
            let settings = input.vpc_settings.iter();
            settings.map(|settings| here(network(&settings.vpc_id, &settings.subnet_ids))).collect()
        }
        Request::CreateMicrosoftAD(input) => {
            vec![here(network(&input.vpc_settings.vpc_id, &input.vpc_settings.subnet_ids))]
        }
        Request::AddRegion(input) => {
            let network = network(&input.vpc_settings.vpc_id, &input.vpc_settings.subnet_ids);
            vec![at(&input.region_name.as_str().into(), network)]
        }
        Request::StartADAssessment(input) => {
            let settings = input.assessment_configuration.iter().map(|given| &given.vpc_settings);
            settings.map(|settings| here(network(&settings.vpc_id, &settings.subnet_ids))).collect()
        }
        Request::CreateHybridAD(input) => {
            let assessment = view.world.assessment(&input.assessment_id);
            let network = assessment.map(|found| Needed::Network(found.vpc.clone(), found.subnets.clone()));
            network.into_iter().chain([Needed::Secret(input.secret_arn.as_str().into())]).map(here).collect()
        }
        Request::UpdateHybridAD(input) => {
            let update = input.hybrid_administrator_account_update.iter();
            update.map(|update| here(Needed::Secret(update.secret_arn.as_str().into()))).collect()
        }
        Request::UpdateDirectorySetup(input) if input.update_type == UpdateType::Network => {
            let directory = view.world.directory(&input.directory_id).filter(|found| found.owner == account);
            let regional = directory.and_then(|directory| directory.regional(&view.caller.region));
            let network = |regional: &Regional| {
                let subnets = regional.vpc.subnets.iter().map(|subnet| subnet.id.clone()).collect();
                here(Needed::Network(regional.vpc.id.clone(), subnets))
            };
            regional.map(network).into_iter().collect()
        }
        Request::CreateLogSubscription(input) => {
            vec![here(Needed::LogGroup(input.log_group_name.as_str().into(), input.directory_id.clone()))]
        }
        Request::RegisterEventTopic(input) => vec![here(Needed::Topic(input.topic_name.as_str().into()))],
        _ => Vec::new(),
    }
}
