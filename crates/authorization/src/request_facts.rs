//! What a request tells policies: the resources that it names, and the values of condition keys.
//!
//! The generated functions put these together from the members of the typed input. A member whose type says neither
//! does not compile there.

use std::borrow::Cow;

use model::organizations::types::{EffectivePolicyType, PolicyType, Tag};
use model::{
    AccountId, ChildId, DirectoryId, OrganizationalUnitId, ParentId, PolicyId, ResponsibilityTransferId, RootId,
    SnapshotId, TrustId, ds_data,
};

use crate::generated;
use crate::resource_type::ResourceType;

/// The directory that a request of Directory Service Data is about.
pub fn data_directory(request: &ds_data::Request) -> Option<&DirectoryId> {
    generated::ds_data::named_resources(request).iter().find_map(NamedResource::directory)
}

/// A member of a request that names a resource.
#[derive(Clone, Debug)]
pub struct NamedResource<'r> {
    /// What it may be.
    pub types: &'static [ResourceType],
    /// The value of the member; none where it was left out.
    pub id: Option<Id<'r>>,
}

impl<'r> NamedResource<'r> {
    pub(crate) fn new(types: &'static [ResourceType], member: &'r impl Identifies) -> Self {
        Self { types, id: member.id() }
    }

    /// The directory that is named by its id.
    pub fn directory(&self) -> Option<&'r DirectoryId> {
        match self.id {
            Some(Id::Directory(id)) => Some(id),
            Some(Id::Text(_) | Id::Trust(_) | Id::Snapshot(_)) | None => None,
        }
    }
}

/// What names a resource.
#[derive(Clone, Debug)]
pub enum Id<'r> {
    /// Its id, or its whole ARN.
    Text(Cow<'r, str>),
    /// The id of a directory.
    Directory(&'r DirectoryId),
    /// The id of a trust, which stands for its directory.
    Trust(&'r TrustId),
    /// The id of a snapshot, which stands for its directory.
    Snapshot(&'r SnapshotId),
}

/// The type of a member that can name a resource.
pub trait Identifies {
    /// Its value; none where it was left out.
    fn id(&self) -> Option<Id<'_>>;
}

impl Identifies for String {
    fn id(&self) -> Option<Id<'_>> {
        Some(Id::Text(self.as_str().into()))
    }
}

impl Identifies for AccountId {
    fn id(&self) -> Option<Id<'_>> {
        Some(Id::Text(self.to_string().into()))
    }
}

impl Identifies for DirectoryId {
    fn id(&self) -> Option<Id<'_>> {
        Some(Id::Directory(self))
    }
}

impl Identifies for TrustId {
    fn id(&self) -> Option<Id<'_>> {
        Some(Id::Trust(self))
    }
}

impl Identifies for SnapshotId {
    fn id(&self) -> Option<Id<'_>> {
        Some(Id::Snapshot(self))
    }
}

impl<T: Identifies> Identifies for Option<T> {
    fn id(&self) -> Option<Id<'_>> {
        self.as_ref().and_then(Identifies::id)
    }
}

macro_rules! identifies {
    ($($id:ty)*) => {$(
        impl Identifies for $id {
            fn id(&self) -> Option<Id<'_>> {
                Some(Id::Text(self.as_str().into()))
            }
        }
    )*};
}

identifies! { ChildId OrganizationalUnitId ParentId PolicyId ResponsibilityTransferId RootId }

/// A condition key that a request has a value for.
#[derive(Clone, Debug)]
pub struct RequestKey<'r> {
    /// The name of the key, in which `${TagKey}` stands for the key of each tag.
    pub name: &'static str,
    /// The value; none where the member was left out.
    pub value: Option<KeyValue<'r>>,
}

impl<'r> RequestKey<'r> {
    pub(crate) fn new(name: &'static str, member: &'r (impl HasKeyValue + ?Sized)) -> Self {
        Self { name, value: member.key_value() }
    }

    /// With the value of another member, where there is none yet.
    pub(crate) fn or(self, member: &'r impl HasKeyValue) -> Self {
        Self { value: self.value.or_else(|| member.key_value()), ..self }
    }
}

/// What a condition key gets its value from.
#[derive(Clone, Copy, Debug)]
pub enum KeyValue<'r> {
    /// One value.
    Text(&'r str),
    /// Several values.
    Texts(&'r [String]),
    /// Tags, with their keys and values.
    Tags(&'r [Tag]),
    /// The type of a policy.
    TypeOf(&'r PolicyId),
    /// The realm of a directory.
    RealmOf(&'r DirectoryId),
}

/// The type of a member that can have the value of a condition key.
pub trait HasKeyValue {
    /// The value; none where the member was left out.
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
