//! The access URL of a directory. Its first label, the alias, belongs to one directory only.

use compact_str::CompactString;

/// The access URL and single sign-on of a directory in one Region.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Access {
    /// The alias, as given. Until there is one, the directory's id stands in for it.
    pub alias: Option<CompactString>,
    pub sso_enabled: bool,
}
