//! The management policies, whose documents merge on the way from the root to an account.
