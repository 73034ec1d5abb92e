//! Calls that must be refused.

/// Sends a request, expects a refusal of a kind (`is_account_not_found_exception`), and answers the typed error.
macro_rules! refused {
    ($request:expr, $is_of_kind:ident) => {{
        let error = $request.send().await.expect_err("the call is refused").into_service_error();
        assert!(error.$is_of_kind(), "{error:?}");
        error
    }};
}

/// Sends a request, and expects a refusal with an error code that the model does not have.
macro_rules! refused_with_code {
    ($request:expr, $code:expr) => {{
        let error = $request.send().await.expect_err("the call is refused");
        assert_eq!(error.code(), Some($code), "{error:?}");
    }};
}

pub(crate) use {refused, refused_with_code};
