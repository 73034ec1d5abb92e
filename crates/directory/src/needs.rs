//! The needs of requests: resources of other services that they name.

use compact_str::CompactString;
use model::ds::Request;
use model::ds::types::UpdateType;
use rules::{Need, Needed};
use world::{Region, Regional, View};

/// The needs of a request, except those of a kind that the world declares.
pub fn needs(view: &View<'_>, request: &Request) -> Vec<Need> {
    let surroundings = &view.world.settings.surroundings;
    let is_assumed = |need: &Need| match need.resource {
        Needed::Network(..) => surroundings.networks.is_assumed(),
        Needed::LogGroup(..) => surroundings.log_groups.is_assumed(),
        Needed::Topic(_) => surroundings.topics.is_assumed(),
        Needed::Secret(_) => surroundings.secrets.is_assumed(),
    };
    all_needs(view, request).into_iter().filter(is_assumed).collect()
}

fn all_needs(view: &View<'_>, request: &Request) -> Vec<Need> {
    let account = view.caller.account;
    let need_in = |region: &Region, resource| Need { account, region: region.clone(), resource };
    let need = |resource| need_in(&view.caller.region, resource);
    let network = |vpc: &String, subnets: &[String]| {
        Needed::Network(vpc.into(), subnets.iter().map(CompactString::from).collect())
    };
    match request {
        Request::ConnectDirectory(input) => {
            vec![need(network(&input.connect_settings.vpc_id, &input.connect_settings.subnet_ids))]
        }
        Request::CreateDirectory(input) => {
            let settings = input.vpc_settings.iter();
            settings.map(|settings| need(network(&settings.vpc_id, &settings.subnet_ids))).collect()
        }
        Request::CreateMicrosoftAD(input) => {
            vec![need(network(&input.vpc_settings.vpc_id, &input.vpc_settings.subnet_ids))]
        }
        Request::AddRegion(input) => {
            let network = network(&input.vpc_settings.vpc_id, &input.vpc_settings.subnet_ids);
            vec![need_in(&input.region_name.as_str().into(), network)]
        }
        Request::StartADAssessment(input) => {
            let settings = input.assessment_configuration.iter().map(|configuration| &configuration.vpc_settings);
            settings.map(|settings| need(network(&settings.vpc_id, &settings.subnet_ids))).collect()
        }
        Request::CreateHybridAD(input) => {
            let assessment = view.world.assessment(&input.assessment_id);
            let network = assessment.map(|found| Needed::Network(found.vpc.clone(), found.subnets.clone()));
            network.into_iter().chain([Needed::Secret(input.secret_arn.as_str().into())]).map(need).collect()
        }
        Request::UpdateHybridAD(input) => {
            let update = input.hybrid_administrator_account_update.iter();
            update.map(|update| need(Needed::Secret(update.secret_arn.as_str().into()))).collect()
        }
        Request::UpdateDirectorySetup(input) if input.update_type == UpdateType::Network => {
            let directory = view.world.directory(&input.directory_id).filter(|found| found.owner == account);
            let regional = directory.and_then(|directory| directory.regional(&view.caller.region));
            let network = |regional: &Regional| {
                let subnets = regional.vpc.subnets.iter().map(|subnet| subnet.id.clone()).collect();
                need(Needed::Network(regional.vpc.id.clone(), subnets))
            };
            regional.map(network).into_iter().collect()
        }
        Request::CreateLogSubscription(input) => {
            vec![need(Needed::LogGroup(input.log_group_name.as_str().into(), input.directory_id.clone()))]
        }
        Request::RegisterEventTopic(input) => vec![need(Needed::Topic(input.topic_name.as_str().into()))],
        _ => Vec::new(),
    }
}
