//! Asks the upstream about the needs of a call.

use engine::{LiveWorld, Need, Needed};
use model::Timestamp;
use world::{Existing, Surroundings};

use crate::pipeline::Prepared;
use crate::upstream::asker::{Asker, Unanswered};
use crate::upstream::{Upstream, log_groups, networks, secrets, topics};

impl Upstream {
    /// Looks up the needs of a request. None where it has no needs, or will be refused before they matter.
    pub async fn look_up_needs(&self, world: &LiveWorld, prepared: &Prepared, at: Timestamp) -> Option<Surroundings> {
        let (caller, request) = prepared.request()?;
        let needs = world.needs(caller, request, at);
        let asker = Asker { upstream: self, caller, at };
        let mut found = Surroundings::default();
        for need in &needs {
            look_up(&asker, need, &mut found).await;
        }
        (!needs.is_empty()).then_some(found)
    }
}

/// Looks up one need, and adds what exists to the surroundings.
async fn look_up(asker: &Asker<'_>, need: &Need, all: &mut Surroundings) {
    match &need.resource {
        Needed::Network(vpc, subnets) => {
            // A directory may have a network in each of several Regions, so the networks add up.
            let found = networks::find(asker, need, vpc, subnets).await;
            all.networks = match (std::mem::take(&mut all.networks), found) {
                (Existing::Unreachable(why), _) | (_, Err(why)) => Existing::Unreachable(why),
                (Existing::Listed(others), Ok(found)) => Existing::Listed(others.union(found)),
                (Existing::Assumed, Ok(found)) => Existing::Listed(found),
            };
        }
        Needed::LogGroup(name, directory) => {
            all.log_groups = listed_or_unreachable(log_groups::find(asker, need, name, directory).await);
        }
        Needed::Topic(name) => all.topics = listed_or_unreachable(topics::find(asker, need, name).await),
        Needed::Secret(arn) => all.secrets = listed_or_unreachable(secrets::find(asker, arn).await),
    }
}

fn listed_or_unreachable<T>(answer: Result<T, Unanswered>) -> Existing<T> {
    answer.map_or_else(Existing::Unreachable, Existing::Listed)
}
