//! Reads the body of a request, whole or not at all.

use std::time::Duration;

use axum::body::Body;
use bytes::Bytes;
use http_body_util::{BodyExt, LengthLimitError, Limited};
use hyper::body::Body as _;
use tokio::time::timeout;

use crate::app::Limits;

/// Why a body could not be read whole.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Unread {
    /// It is longer than the limit, which is given in bytes.
    TooLong(usize),
    /// It did not arrive within the time given.
    TooSlow(Duration),
    /// It broke off or is no HTTP. The text says what is wrong.
    Broken(String),
}

/// How long the sender of a too long body may pause before it gets its answer.
const PAUSE: Duration = Duration::from_millis(500);

/// Reads a body.
///
/// # Errors
/// When it does not arrive whole within the limits.
pub async fn read(mut body: Body, limits: Limits) -> Result<Bytes, Unread> {
    let whole = timeout(limits.body_wait, read_within(&mut body, limits.body_bytes)).await;
    let whole = whole.unwrap_or(Err(Unread::TooSlow(limits.body_wait)));
    if matches!(whole, Err(Unread::TooLong(_))) {
        // Most clients read the answer only after they sent everything. They lose it if the connection closes before.
        let _ = timeout(limits.body_wait, discard(&mut body)).await;
    }
    whole
}

async fn read_within(body: &mut Body, limit: usize) -> Result<Bytes, Unread> {
    let announced = usize::try_from(body.size_hint().lower()).unwrap_or(usize::MAX);
    if announced > limit {
        return Err(Unread::TooLong(limit));
    }
    match Limited::new(body, limit).collect().await {
        Ok(whole) => Ok(whole.to_bytes()),
        Err(error) if error.is::<LengthLimitError>() => Err(Unread::TooLong(limit)),
        Err(error) => Err(Unread::Broken(error.to_string())),
    }
}

async fn discard(body: &mut Body) {
    while let Ok(Some(Ok(_))) = timeout(PAUSE, body.frame()).await {}
}
