//! One request to the upstream about a need.

use std::time::Duration;

use axum::body::Body;
use bytes::Bytes;
use compact_str::CompactString;
use engine::Signer;
use http::header::{AUTHORIZATION, CONTENT_TYPE};
use http::{Method, Request, StatusCode};
use http_body_util::{BodyExt, Limited};
use model::Timestamp;
use serde_json::Value;
use tokio::time::timeout;
use world::Region;

use crate::upstream::Upstream;

/// The time until an answer must arrive.
const ANSWER_WAIT: Duration = Duration::from_secs(10);
/// The maximal length of an answer, in bytes.
const ANSWER_BYTES: usize = 5 * 1024 * 1024;

/// Asks with the caller's key. The signature is not a real one, because such servers verify none unless set up to.
pub struct Asker<'a> {
    pub upstream: &'a Upstream,
    pub caller: Signer<'a>,
    pub at: Timestamp,
}

/// An answer.
pub struct Answer {
    pub status: StatusCode,
    pub body: Bytes,
}

/// The message to the caller when there is no answer.
pub type Unanswered = CompactString;

impl Asker<'_> {
    /// Calls an operation of a JSON service. The inner error is the code of the service's error.
    pub async fn json(
        &self,
        service: &str,
        region: &Region,
        target: &str,
        input: &Value,
    ) -> Result<Result<Value, String>, Unanswered> {
        let headers = [("x-amz-target", target), ("content-type", "application/x-amz-json-1.1")];
        let answer = self.ask(service, region, &headers, input.to_string()).await?;
        let value: Option<Value> = serde_json::from_slice(&answer.body).ok();
        let code = value.as_ref().and_then(|value| value["__type"].as_str());
        match (answer.status.is_success(), code, &value) {
            (true, _, Some(value)) => Ok(Ok(value.clone())),
            (false, Some(code), _) if answer.status.is_client_error() => {
                Ok(Err(code.rsplit('#').next().unwrap_or(code).to_owned()))
            }
            _ => Err(self.unusable(target, &answer)),
        }
    }

    /// Calls an operation of a Query service. The answer is XML.
    pub async fn form(&self, service: &str, region: &Region, form: String) -> Result<String, Unanswered> {
        let headers = [(CONTENT_TYPE.as_str(), "application/x-www-form-urlencoded; charset=utf-8")];
        let action = form.split('&').next().unwrap_or_default().trim_start_matches("Action=").to_owned();
        let answer = self.ask(service, region, &headers, form).await?;
        if !answer.status.is_success() {
            return Err(self.unusable(&action, &answer));
        }
        String::from_utf8(answer.body.to_vec()).map_err(|_| self.unreadable(&action))
    }

    async fn ask(
        &self,
        service: &str,
        region: &Region,
        headers: &[(&str, &str)],
        body: String,
    ) -> Result<Answer, Unanswered> {
        let date = self.at.to_iso_seconds().replace(['-', ':'], "");
        let day = date.get(..8).unwrap_or_default();
        let key = self.caller.access_key_id;
        let signed = format!(
            "AWS4-HMAC-SHA256 Credential={key}/{day}/{region}/{service}/aws4_request, SignedHeaders=host;x-amz-date, \
             Signature={:064}",
            0
        );
        let mut request = Request::builder()
            .method(Method::POST)
            .uri(format!("{}/", self.upstream.base))
            .header(AUTHORIZATION, signed)
            .header("x-amz-date", &date);
        if let Some(token) = self.caller.session_token {
            request = request.header("x-amz-security-token", token);
        }
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let request = request.body(Body::from(body)).map_err(|error| self.complaint(&error))?;
        let answering = async {
            let (head, body) = self.upstream.send(request).await.map_err(|why| self.complaint(&why.0))?.into_parts();
            let body = Limited::new(body, ANSWER_BYTES).collect().await.map_err(|error| self.complaint(&error))?;
            Ok(Answer { status: head.status, body: body.to_bytes() })
        };
        let too_slow = |_| self.complaint(&format!("no answer within {} seconds", ANSWER_WAIT.as_secs()));
        timeout(ANSWER_WAIT, answering).await.map_err(too_slow)?
    }

    fn complaint(&self, why: &dyn std::fmt::Display) -> Unanswered {
        self.upstream.complaint(&why.to_string()).into()
    }

    fn unusable(&self, operation: &str, answer: &Answer) -> Unanswered {
        let begin: String = String::from_utf8_lossy(&answer.body).chars().take(300).collect();
        let status = answer.status.as_u16();
        format!("orgdir asked {} (--upstream) for {operation}, and was answered {status}: {begin}", self.upstream)
            .into()
    }

    /// The message for an answer that has not AWS's form.
    pub fn unreadable(&self, operation: &str) -> Unanswered {
        format!("orgdir asked {} (--upstream) for {operation}, and cannot read the answer.", self.upstream).into()
    }
}
