//! The members of a request that matter to policies: those that name resources, and those that hold values of condition
//! keys.
//!
//! The generated functions collect them from the typed input. A member whose type can be neither does not compile
//! there.

use std::borrow::Cow;

use model::organizations::types::{EffectivePolicyType, PolicyType, Tag};
use model::{
    AccountId, ChildId, DirectoryId, OrganizationalUnitId, ParentId, PolicyId, ResponsibilityTransferId, RootId,
    SnapshotId, TrustId, ds_data,
};

use crate::generated;
use crate::resource_type::ResourceType;

/// The directory that a request of Directory Service Data names.
pub fn data_directory(request: &ds_data::Request) -> Option<&DirectoryId> {
    generated::ds_data::named_resources(request).iter().find_map(NamedResource::directory)
}

/// A member of a request that names a resource.
#[derive(Clone, Debug)]
pub struct NamedResource<'r> {
    /// The types that the resource can have.
    pub types: &'static [ResourceType],
    /// None where the member is missing.
    pub id: Option<ResourceId<'r>>,
}

impl<'r> NamedResource<'r> {
    pub(crate) fn new(types: &'static [ResourceType], member: &'r impl NamesResource) -> Self {
        Self { types, id: member.id() }
    }

    /// The id, if it is that of a directory.
    pub fn directory(&self) -> Option<&'r DirectoryId> {
        match self.id {
            Some(ResourceId::Directory(id)) => Some(id),
            Some(ResourceId::Text(_) | ResourceId::Trust(_) | ResourceId::Snapshot(_)) | None => None,
        }
    }
}

/// The identifier of a resource in a request.
#[derive(Clone, Debug)]
pub enum ResourceId<'r> {
    /// An id or an ARN.
    Text(Cow<'r, str>),
    Directory(&'r DirectoryId),
    /// Policies see the trust's directory.
    Trust(&'r TrustId),
    /// Policies see the snapshot's directory.
    Snapshot(&'r SnapshotId),
}

/// The type of a member that can name a resource.
pub trait NamesResource {
    /// None where the member is missing.
    fn id(&self) -> Option<ResourceId<'_>>;
}

impl NamesResource for String {
    fn id(&self) -> Option<ResourceId<'_>> {
        Some(ResourceId::Text(self.as_str().into()))
    }
}

impl NamesResource for AccountId {
    fn id(&self) -> Option<ResourceId<'_>> {
        Some(ResourceId::Text(self.to_string().into()))
    }
}

impl NamesResource for DirectoryId {
    fn id(&self) -> Option<ResourceId<'_>> {
        Some(ResourceId::Directory(self))
    }
}

impl NamesResource for TrustId {
    fn id(&self) -> Option<ResourceId<'_>> {
        Some(ResourceId::Trust(self))
    }
}

impl NamesResource for SnapshotId {
    fn id(&self) -> Option<ResourceId<'_>> {
        Some(ResourceId::Snapshot(self))
    }
}

impl<T: NamesResource> NamesResource for Option<T> {
    fn id(&self) -> Option<ResourceId<'_>> {
        self.as_ref().and_then(NamesResource::id)
    }
}

macro_rules! names_resource {
    ($($id:ty)*) => {$(
        impl NamesResource for $id {
            fn id(&self) -> Option<ResourceId<'_>> {
                Some(ResourceId::Text(self.as_str().into()))
            }
        }
    )*};
}

names_resource! { ChildId OrganizationalUnitId ParentId PolicyId ResponsibilityTransferId RootId }

/// A condition key, with its value in a request.
#[derive(Clone, Debug)]
pub struct RequestKey<'r> {
    /// The name. `${TagKey}` in it stands for the key of each tag.
    pub name: &'static str,
    /// None where the member is missing.
    pub value: Option<KeyValue<'r>>,
}

impl<'r> RequestKey<'r> {
    pub(crate) fn new(name: &'static str, member: &'r (impl HasKeyValue + ?Sized)) -> Self {
        Self { name, value: member.key_value() }
    }

    /// Takes the value of another member if there is none yet.
    pub(crate) fn or(self, member: &'r impl HasKeyValue) -> Self {
        Self { value: self.value.or_else(|| member.key_value()), ..self }
    }
}

/// The source of a condition key's value.
#[derive(Clone, Copy, Debug)]
pub enum KeyValue<'r> {
    Text(&'r str),
    Texts(&'r [String]),
    /// The keys or the values of tags.
    Tags(&'r [Tag]),
    /// The type of a policy.
    TypeOf(&'r PolicyId),
    /// The realm of a directory.
    RealmOf(&'r DirectoryId),
}

/// The type of a member that can have the value of a condition key.
pub trait HasKeyValue {
    /// None where the member is missing.
    fn key_value(&self) -> Option<KeyValue<'_>>;
}

impl HasKeyValue for str {
    fn key_value(&self) -> Option<KeyValue<'_>> {
        Some(KeyValue::Text(self))
    }
}

impl HasKeyValue for String {
    fn key_value(&self) -> Option<KeyValue<'_>> {
        Some(KeyValue::Text(self))
    }
}

impl HasKeyValue for PolicyType {
    fn key_value(&self) -> Option<KeyValue<'_>> {
        Some(KeyValue::Text(self.as_str()))
    }
}

impl HasKeyValue for EffectivePolicyType {
    fn key_value(&self) -> Option<KeyValue<'_>> {
        Some(KeyValue::Text(self.as_str()))
    }
}

impl HasKeyValue for Vec<String> {
    fn key_value(&self) -> Option<KeyValue<'_>> {
        Some(KeyValue::Texts(self))
    }
}

impl HasKeyValue for Vec<Tag> {
    fn key_value(&self) -> Option<KeyValue<'_>> {
        Some(KeyValue::Tags(self))
    }
}

impl HasKeyValue for PolicyId {
    fn key_value(&self) -> Option<KeyValue<'_>> {
        Some(KeyValue::TypeOf(self))
    }
}

impl HasKeyValue for DirectoryId {
    fn key_value(&self) -> Option<KeyValue<'_>> {
        Some(KeyValue::RealmOf(self))
    }
}

impl<T: HasKeyValue> HasKeyValue for Option<T> {
    fn key_value(&self) -> Option<KeyValue<'_>> {
        self.as_ref().and_then(HasKeyValue::key_value)
    }
}
