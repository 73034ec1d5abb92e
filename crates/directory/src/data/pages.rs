//! The size of pages, and the refusal of bad tokens.

use std::borrow::Cow;

use model::ds_data::ErrorCode;
use model::ds_data::errors::ValidationExceptionReason;
use world::BadToken;

use super::error::invalid;
use crate::error::Coded;

/// The number of rows without a limit in the request.
// Inferred: no default is documented. This is the greatest limit that a request may have.
const PAGE: usize = 250;

/// How many rows a page has.
pub fn page_size(max_results: Option<i32>) -> usize {
    max_results.and_then(|limit| usize::try_from(limit).ok()).unwrap_or(PAGE)
}

/// A token of another list, or of none.
impl Coded<ErrorCode> for BadToken {
    fn code(&self) -> ErrorCode {
        invalid(ValidationExceptionReason::InvalidNextToken)
    }

    fn text(&self) -> Cow<'static, str> {
        "Invalid value passed for the NextToken parameter.".into()
    }
}
