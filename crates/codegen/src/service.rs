//! The four services.

/// A service and where its generated code goes.
pub struct Service {
    /// The endpoint prefix, which also names the facts file.
    pub id: &'static str,
    /// The module of the generated types in `model`.
    pub module: &'static str,
    /// The trait that needs every resource's trait.
    pub name: &'static str,
    /// The Smithy namespace, which CBOR errors carry.
    pub namespace: &'static str,
    /// The generated traits and dispatch, in the crate of the service.
    pub api: &'static str,
}

/// The four services.
pub const SERVICES: [Service; 4] = [
    Service {
        id: "organizations",
        module: "organizations",
        name: "Organizations",
        namespace: "com.amazonaws.organizations",
        api: "crates/organizations/src/generated/api.rs",
    },
    Service {
        id: "ds",
        module: "ds",
        name: "DirectoryService",
        namespace: "com.amazonaws.directoryservice",
        api: "crates/directory/src/generated/api.rs",
    },
    Service {
        id: "ds-data",
        module: "ds_data",
        name: "DirectoryServiceData",
        namespace: "com.amazonaws.directoryservicedata",
        api: "crates/directory/src/data/generated/api.rs",
    },
    Service {
        id: "sts",
        module: "sts",
        name: "SecurityTokenService",
        namespace: "com.amazonaws.sts",
        api: "crates/identity/src/generated/api.rs",
    },
];
