//! The actions, resources and condition keys of a request, for the evaluation of policies.

use model::{Operation, organizations};
use policy::iam::{AuthorizationRequest, Context, RequestPrincipal};
use world::View;

use crate::request_members::{NamedResource, RequestKey};
use crate::{condition_keys, generated, resources};

/// The actions of a request on its resources. Policies have to allow each action on each resource.
pub struct RequestedActions {
    pub caller_arn: String,
    actions: &'static [&'static str],
    /// ARNs, or only `*`.
    resources: Vec<String>,
    context: Context,
}

impl RequestedActions {
    /// From a request of any service. `named` are the resources that it names.
    pub fn of(view: &View<'_>, request: &model::Request, named: &[NamedResource<'_>]) -> Self {
        // The condition keys of AWS Organizations refer to the caller's organization, so they need one.
        let has_keys = !matches!(request, model::Request::Organizations(_))
            || view.world.organization_of(view.caller.account).is_some();
        let keys = if has_keys { generated::condition_keys(request) } else { Vec::new() };
        Self::new(view, request.operation(), named, &keys)
    }

    /// From a request of AWS Organizations.
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
            caller_arn: view.caller.arn(),
            actions: operation.actions,
            resources: resources::arns(view, named),
            context: condition_keys::add_request_keys(condition_keys::caller_keys(view), view, keys),
        }
    }

    /// One request for each action on each resource.
    pub fn authorization_requests(&self) -> impl Iterator<Item = AuthorizationRequest<'_>> {
        let caller = RequestPrincipal::Aws(&self.caller_arn);
        self.actions.iter().flat_map(move |action| {
            self.resources.iter().map(move |resource| AuthorizationRequest {
                caller,
                action,
                resource,
                context: &self.context,
            })
        })
    }
}
