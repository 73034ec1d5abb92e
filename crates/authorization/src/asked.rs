//! A request, as policies see it.

use model::{Operation, organizations};
use policy::iam::{self, Context};
use world::View;

use crate::request_facts::{NamedResource, RequestKey};
use crate::{condition_keys, generated, resources};

/// A request, as policies see it. Each of its actions has to be allowed on each of its resources.
pub struct Asked {
    /// The caller's ARN.
    pub caller: String,
    actions: &'static [&'static str],
    /// The ARNs of what the request names, or `*`.
    resources: Vec<String>,
    context: Context,
}

impl Asked {
    /// A request of any service, which names resources.
    pub fn of(view: &View<'_>, request: &model::Request, named: &[NamedResource<'_>]) -> Self {
        // Keys of AWS Organizations are those of the caller's organization.
        let has_keys = !matches!(request, model::Request::Organizations(_))
            || view.world.organization_of(view.caller.account).is_some();
        let keys = if has_keys { generated::condition_keys(request) } else { Vec::new() };
        Self::new(view, request.operation(), named, &keys)
    }

    /// A request of AWS Organizations.
    pub fn of_organizations(view: &View<'_>, request: &organizations::Request) -> Self {
        let named = generated::organizations::named_resources(request);
        let keys = generated::organizations::condition_keys(request);
        Self::new(view, request.operation(), &named, &keys)
    }

    fn new(
        view: &View<'_>,
        operation: &'static Operation,
        named: &[NamedResource<'_>],
        keys: &[RequestKey<'_>],
    ) -> Self {
        Self {
            caller: view.caller.arn(),
            actions: operation.actions,
            resources: resources::arns(view, named),
            context: condition_keys::with_request(condition_keys::of_caller(view), view, keys),
        }
    }

    /// What policies are asked: each action on each resource.
    pub fn questions(&self) -> impl Iterator<Item = iam::Request<'_>> {
        let caller = iam::Caller::Aws(&self.caller);
        self.actions.iter().flat_map(move |action| {
            self.resources.iter().map(move |resource| iam::Request { caller, action, resource, context: &self.context })
        })
    }
}
