//! A request's body, read whole or not at all.

use std::time::Duration;

use axum::body::Body;
use bytes::Bytes;
use http_body_util::{BodyExt, LengthLimitError, Limited};
use hyper::body::Body as _;
use tokio::time::timeout;

use crate::app::Limits;

/// Why a body did not come whole.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Unread {
    /// It is longer than the server takes; with that limit, in bytes.
    TooLong(usize),
    /// It did not arrive in time; with that time.
    TooSlow(Duration),
    /// It broke off, or is no HTTP; with what is wrong.
    Broken(String),
}

/// How long the sender of a body that is too long may pause before it is answered.
const PAUSE: Duration = Duration::from_millis(500);

/// Reads a body.
///
/// # Errors
/// When it does not come whole within the limits.
pub async fn read(mut body: Body, limits: Limits) -> Result<Bytes, Unread> {
    let whole = timeout(limits.body_wait, within(&mut body, limits.body_bytes)).await;
    let whole = whole.unwrap_or(Err(Unread::TooSlow(limits.body_wait)));
    if matches!(whole, Err(Unread::TooLong(_))) {
        // Most clients read no answer before all is sent, and lose it when the connection closes on them.
        let _ = timeout(limits.body_wait, pass_over(&mut body)).await;
    }
    whole
}

async fn within(body: &mut Body, most: usize) -> Result<Bytes, Unread> {
    let declared = usize::try_from(body.size_hint().lower()).unwrap_or(usize::MAX);
    if declared > most {
        return Err(Unread::TooLong(most));
    }
    match Limited::new(body, most).collect().await {
        Ok(whole) => Ok(whole.to_bytes()),
        Err(error) if error.is::<LengthLimitError>() => Err(Unread::TooLong(most)),
        Err(error) => Err(Unread::Broken(error.to_string())),
    }
}

async fn pass_over(body: &mut Body) {
    while let Ok(Some(Ok(_))) = timeout(PAUSE, body.frame()).await {}
}
