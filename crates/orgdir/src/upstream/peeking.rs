//! Reads the beginning of a body, and still passes all of it on.

use std::pin::Pin;
use std::task::{Context, Poll};

use axum::body::Body;
use bytes::{Bytes, BytesMut};
use http_body_util::BodyExt;
use hyper::body::{Body as HttpBody, Frame, SizeHint};

/// A body whose beginning was read.
struct Peeked {
    begin: Option<Bytes>,
    /// A frame without data, or an error, that followed the beginning.
    next: Option<Result<Frame<Bytes>, axum::Error>>,
    rest: Body,
}

/// The beginning of a body, and the whole body. The beginning has all of a body of at most `most` bytes.
pub async fn peek(mut body: Body, most: usize) -> (Bytes, Body) {
    let (mut begin, mut next) = (BytesMut::new(), None);
    while begin.len() < most {
        match body.frame().await.map(|frame| frame.map(Frame::into_data)) {
            Some(Ok(Ok(data))) => begin.extend_from_slice(&data),
            Some(Ok(Err(other))) => next = Some(Ok(other)),
            Some(Err(error)) => next = Some(Err(error)),
            None => break,
        }
        if next.is_some() {
            break;
        }
    }
    let begin = begin.freeze();
    let peeked = Peeked { begin: Some(begin.clone()).filter(|begin| !begin.is_empty()), next, rest: body };
    (begin, Body::new(peeked))
}

impl HttpBody for Peeked {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, axum::Error>>> {
        if let Some(begin) = self.begin.take() {
            return Poll::Ready(Some(Ok(Frame::data(begin))));
        }
        match self.next.take() {
            Some(next) => Poll::Ready(Some(next)),
            None => Pin::new(&mut self.rest).poll_frame(context),
        }
    }

    fn size_hint(&self) -> SizeHint {
        let (begin, rest) = (self.begin.as_ref().map_or(0, |begin| begin.len() as u64), self.rest.size_hint());
        let mut hint = SizeHint::new();
        hint.set_lower(begin + rest.lower());
        if let Some(upper) = rest.upper() {
            hint.set_upper(begin + upper);
        }
        hint
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_peeked_body_is_unchanged() {
        let text = b"Action=GetCallerIdentity".repeat(1000);
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        for most in [0, 1, text.len(), text.len() + 1] {
            let (begin, body) = runtime.block_on(peek(Body::from(text.clone()), most));
            assert!(text.starts_with(&begin) && begin.len() >= most.min(text.len()));
            assert_eq!(body.size_hint().exact(), Some(text.len() as u64));
            assert_eq!(runtime.block_on(body.collect()).unwrap().to_bytes(), text);
        }
    }
}
