//! AWS STS, and from credentials to a caller.
