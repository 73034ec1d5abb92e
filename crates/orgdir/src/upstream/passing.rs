//! Passes calls on to the upstream, unchanged.

use axum::body::Body;
use axum::extract::Request;
use axum::response::Response;
use http::request::Parts;
use http::uri::PathAndQuery;
use http::{Uri, Version};
use tokio::time::timeout;
use tracing::debug;
use uuid::Uuid;
use wire::{Addressee, Received};

use crate::app::Limits;
use crate::upstream::{Unreached, Upstream, end_to_end, peeking};
use crate::world_prefix;

impl Upstream {
    /// Passes a call on, and returns the upstream's answer. A call for a service that orgdir serves comes back as the
    /// error. Only a body that has to be looked at must keep to the limits of orgdir's own services.
    ///
    /// Method, path, query, headers and body go on unchanged, and so does the answer. Only hop-by-hop headers and the
    /// prefix of a world are removed, and a `Via` is added. The upstream has no worlds: it is the same for all.
    ///
    /// # Errors
    /// The call, when it is for a service that orgdir serves.
    pub async fn pass(&self, call: Request, limits: Limits) -> Result<Response, Request> {
        let (parts, body) = call.into_parts();
        let path = world_prefix::split(parts.uri.path()).map_or(parts.uri.path(), |target| target.path);
        let (query, headers) = (parts.uri.query(), &parts.headers);
        let head = Received { method: &parts.method, path, query, headers, body: &[] };
        let (is_served, body) = match wire::addressee(&head) {
            Addressee::Served => (true, body),
            Addressee::Other => (false, body),
            Addressee::InBody => {
                let Ok((begin, body)) = timeout(limits.body_wait, peeking::peek(body, limits.body_bytes)).await else {
                    return Ok(self.refuse(&head, "the call's own body did not arrive in time"));
                };
                (wire::detect(&Received { body: &begin, ..head }).is_ok(), body)
            }
        };
        if is_served {
            return Err(Request::from_parts(parts, body));
        }
        if end_to_end::has_own_via(&parts.headers) {
            return Ok(self.refuse(&head, "it leads back to orgdir"));
        }
        let passed = self.head_of(&parts, path).map(|parts| Request::from_parts(parts, body));
        let answer = match passed {
            Ok(call) => self.send(call).await,
            Err(unreached) => Err(unreached),
        };
        debug!(method = %parts.method, path, reached = answer.is_ok(), "passed a call on");
        Ok(match answer {
            Ok(answer) => {
                let (mut answered, body) = answer.into_parts();
                end_to_end::strip(&mut answered.headers);
                Response::from_parts(answered, Body::new(body))
            }
            Err(Unreached(why)) => self.refuse(&head, &why),
        })
    }

    /// The head of a call for the upstream.
    fn head_of(&self, parts: &Parts, path: &str) -> Result<Parts, Unreached> {
        let mut passed = parts.clone();
        let path = if path.is_empty() { "/" } else { path };
        let query = parts.uri.query().map(|query| format!("?{query}")).unwrap_or_default();
        let target: Result<PathAndQuery, _> = format!("{}{path}{query}", self.base).parse();
        let target = target.map_err(|error| Unreached(format!("the path cannot be passed on ({error})")))?;
        passed.uri = Uri::from(target);
        passed.version = Version::HTTP_11;
        end_to_end::strip(&mut passed.headers);
        end_to_end::add_via(&mut passed.headers);
        Ok(passed)
    }

    fn refuse(&self, head: &Received<'_>, why: &str) -> Response {
        wire::unreachable(head, &self.complaint(why), &Uuid::new_v4().to_string()).map(Body::from)
    }
}
