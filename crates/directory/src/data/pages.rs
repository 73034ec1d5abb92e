//! How many rows a page has.

/// The rows of a page where the caller does not say how many.
// Inferred: no default is documented; this is the most that may be asked for.
const PAGE: usize = 250;

/// The rows of a page for a caller that asks for so many.
pub fn page_size(max_results: Option<i32>) -> usize {
    max_results.and_then(|most| usize::try_from(most).ok()).unwrap_or(PAGE)
}
