//! The upstream: another server with AWS's API, such as moto or LocalStack, that answers for all services that orgdir
//! does not serve.
//!
//! Calls for those services are passed on unchanged ([`passing`]). Needs of Directory Service's calls are looked up
//! there ([`asking`]). An unreachable upstream is reported at once, and affects no other call.

mod asker;
mod asking;
mod end_to_end;
mod log_groups;
mod networks;
mod passing;
mod peeking;
mod secrets;
mod topics;

use std::fmt;
use std::str::FromStr;
use std::time::Duration;

use axum::body::Body;
use http::header::HOST;
use http::{HeaderValue, Request, Response, Uri};
use hyper::body::Incoming;
use hyper::client::conn::http1;
use hyper_util::rt::TokioIo;
use tokio::net::TcpStream;
use tokio::time::timeout;
use tracing::debug;

/// The time until the upstream must accept a connection.
const CONNECT_WAIT: Duration = Duration::from_secs(2);

/// The upstream's address.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Upstream {
    host: String,
    port: u16,
    /// The prefix of every path, without a slash at the end.
    base: String,
}

impl FromStr for Upstream {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let wrong = |what: &str| format!("{what}; name a server as in http://127.0.0.1:5000");
        let url: Uri = text.parse().map_err(|error| wrong(&format!("it is no URL ({error})")))?;
        match url.scheme_str() {
            Some("http") => {}
            Some("https") => return Err(wrong("only http:// is spoken, as servers on one's own machine do")),
            _ => return Err(wrong("it does not begin with http://")),
        }
        let Some(host) = url.host().filter(|host| !host.is_empty()) else { return Err(wrong("it has no host")) };
        let is_plain =
            url.query().is_none() && !url.authority().is_some_and(|authority| authority.as_str().contains('@'));
        if !is_plain {
            return Err(wrong("it has more than a host, a port and a path"));
        }
        let base = url.path().trim_end_matches('/').to_owned();
        Ok(Self { host: host.to_owned(), port: url.port_u16().unwrap_or(80), base })
    }
}

impl fmt::Display for Upstream {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "http://{}:{}{}", self.host, self.port, self.base)
    }
}

/// The reason why the upstream did not answer, in words.
#[derive(Debug)]
struct Unreached(String);

impl Upstream {
    /// Sends a request over a connection of its own. A kept connection could close just when it is used, and a streamed
    /// body cannot be sent twice.
    async fn send(&self, mut request: Request<Body>) -> Result<Response<Incoming>, Unreached> {
        let unreached = |what: &dyn fmt::Display| Unreached(format!("{what}"));
        let host = self.host.trim_start_matches('[').trim_end_matches(']');
        let connecting = timeout(CONNECT_WAIT, TcpStream::connect((host, self.port)));
        let stream = connecting
            .await
            .map_err(|_| Unreached(format!("no connection within {} seconds", CONNECT_WAIT.as_secs())))?
            .map_err(|error| unreached(&error))?;
        if let Err(error) = stream.set_nodelay(true) {
            debug!(%error, "cannot pass calls on at once");
        }
        let (mut sender, connection) =
            http1::handshake(TokioIo::new(stream)).await.map_err(|error| unreached(&error))?;
        tokio::spawn(async move {
            if let Err(error) = connection.await {
                debug!(%error, "a connection to the upstream ended early");
            }
        });
        if !request.headers().contains_key(HOST)
            && let Ok(host) = HeaderValue::from_str(&format!("{}:{}", self.host, self.port))
        {
            request.headers_mut().insert(HOST, host);
        }
        sender.send_request(request).await.map_err(|error| unreached(&error))
    }

    /// The message for an upstream that was not reached.
    fn complaint(&self, why: &str) -> String {
        format!("orgdir passes calls of other services on to {self} (--upstream), which does not answer: {why}.")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_upstream_is_a_url() {
        for (text, shown) in [
            ("http://127.0.0.1:5000", "http://127.0.0.1:5000"),
            ("http://localhost.localstack.cloud:4566/", "http://localhost.localstack.cloud:4566"),
            ("http://moto", "http://moto:80"),
            ("http://[::1]:5000/w/blue/", "http://[::1]:5000/w/blue"),
        ] {
            assert_eq!(text.parse::<Upstream>().unwrap().to_string(), shown);
        }
        for (text, part) in [
            ("127.0.0.1:5000", "does not begin with http://"),
            ("https://127.0.0.1:5000", "only http:// is spoken"),
            ("ftp://127.0.0.1", "does not begin with http://"),
            ("http://", "it is no URL"),
            ("http://127.0.0.1/?x=1", "more than a host"),
            ("http://user@127.0.0.1", "more than a host"),
        ] {
            let wrong = text.parse::<Upstream>().unwrap_err();
            assert!(wrong.contains(part) && wrong.contains("http://127.0.0.1:5000"), "{text}: {wrong}");
        }
    }
}
