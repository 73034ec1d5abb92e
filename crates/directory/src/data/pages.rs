//! Pages of lists: how many rows each has, and the refusal of a token.

use std::borrow::Cow;

use model::ds_data::ErrorCode;
use model::ds_data::errors::ValidationExceptionReason;
use world::BadToken;

use super::error::invalid;
use crate::error::Coded;

/// The rows of a page where the caller does not say how many.
// Inferred: no default is documented; this is the most that may be asked for.
const PAGE: usize = 250;

/// The rows of a page for a caller that asks for so many.
pub fn page_size(max_results: Option<i32>) -> usize {
    max_results.and_then(|most| usize::try_from(most).ok()).unwrap_or(PAGE)
}

/// A token that the list did not give.
impl Coded<ErrorCode> for BadToken {
    fn code(&self) -> ErrorCode {
        invalid(ValidationExceptionReason::InvalidNextToken)
    }

    fn text(&self) -> Cow<'static, str> {
        "Invalid value passed for the NextToken parameter.".into()
    }
}
