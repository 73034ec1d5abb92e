//! Compares a domain with its simplest model: searches look at object after object, and members are pairs.

use std::collections::{BTreeMap, BTreeSet};

use compact_str::CompactString;
use model::DirectoryId;
use model::ds_data::types::GroupScope::{BuiltinLocal, DomainLocal, Global, Universal};
use model::ds_data::types::{AttributeValue, GroupScope, GroupType};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;

use super::{Computer, Domain, Group, Object, OtherAttributes, User};

const FIRST_RID: u64 = 1000;

/// A change. There are few names, so that several changes meet the same object.
#[derive(Clone, Debug)]
enum Step {
    User(&'static str, &'static str),
    Group(&'static str, GroupScope),
    Rename(&'static str, &'static str),
    Rescope(&'static str, GroupScope),
    Remove(&'static str),
    Join(&'static str, &'static str),
    Leave(&'static str, &'static str),
}

fn step() -> impl Strategy<Value = Step> {
    let name = || select(vec!["a", "b", "c", "d", "e", "f", "g", "h"]);
    let value = || select(vec!["", "Sales", "SALES", "HR", "sales dept"]);
    let scope = || select(vec![Global, Universal, DomainLocal]);
    prop_oneof![
        2 => (name(), value()).prop_map(|(name, value)| Step::User(name, value)),
        3 => (name(), scope()).prop_map(|(name, scope)| Step::Group(name, scope)),
        1 => (name(), value()).prop_map(|(name, value)| Step::Rename(name, value)),
        2 => (name(), scope()).prop_map(|(name, scope)| Step::Rescope(name, scope)),
        1 => name().prop_map(Step::Remove),
        6 => (name(), name()).prop_map(|(group, member)| Step::Join(group, member)),
        1 => (name(), name()).prop_map(|(group, member)| Step::Leave(group, member)),
    ]
}

/// A user or, where there is a scope, a group.
#[derive(Clone, Debug)]
struct Thing {
    name: &'static str,
    display_name: &'static str,
    scope: Option<GroupScope>,
}

#[derive(Debug, Default)]
struct Model {
    made: u64,
    things: BTreeMap<u64, Thing>,
    members: BTreeSet<(u64, u64)>,
}

impl Model {
    fn rid(&self, name: &str) -> Option<u64> {
        self.things.iter().find(|(_, thing)| thing.name == name).map(|(rid, _)| *rid)
    }

    fn make(&mut self, thing: Thing) {
        self.things.insert(FIRST_RID + self.made, thing);
        self.made += 1;
    }

    /// Whether the scope of every group allows its members.
    fn is_lawful(&self) -> bool {
        self.members.iter().all(|(group, member)| {
            let lawful = match (self.things[group].scope, self.things[member].scope) {
                (None | Some(BuiltinLocal), _) | (_, Some(BuiltinLocal)) => false,
                (Some(_), None) | (Some(DomainLocal), Some(_)) => true,
                (Some(Global), Some(member)) => member == Global,
                (Some(Universal), Some(member)) => member != DomainLocal,
            };
            lawful && group != member
        })
    }
}

fn attributes(display_name: &str) -> OtherAttributes {
    let mut attributes = OtherAttributes::default();
    if !display_name.is_empty() {
        let value = AttributeValue { s: Some(display_name.into()), ..AttributeValue::default() };
        attributes.set("displayName", value);
    }
    attributes
}

fn user(name: &str, display_name: &str) -> User {
    User {
        rid: 0,
        sam_account_name: name.to_uppercase().into(),
        enabled: false,
        container: CompactString::default(),
        primary_group: 0,
        email_address: None,
        given_name: None,
        surname: None,
        other_attributes: attributes(display_name),
        created_at: None,
        changed_at: None,
        password_set_at: None,
    }
}

fn group(name: &str, scope: GroupScope) -> Group {
    Group {
        rid: 0,
        sequence: 0,
        sam_account_name: name.into(),
        scope,
        kind: GroupType::Security,
        container: CompactString::default(),
        other_attributes: OtherAttributes::default(),
        created_at: None,
        changed_at: None,
    }
}

/// Applies a step to both, where both allow it.
fn apply(domain: &mut Domain, model: &mut Model, step: &Step) {
    match *step {
        Step::User(name, display_name) if model.rid(name).is_none() => {
            domain.add_user(user(name, display_name));
            model.make(Thing { name, display_name, scope: None });
        }
        Step::Group(name, scope) if model.rid(name).is_none() => {
            domain.add_group(group(name, scope));
            model.make(Thing { name, display_name: "", scope: Some(scope) });
        }
        Step::Rename(name, display_name) => {
            let Some(found) = domain.user(name).cloned() else { return };
            domain.put_user(User { other_attributes: attributes(display_name), ..found });
            let rid = model.rid(name).expect("the domain has it");
            model.things.get_mut(&rid).expect("it was just found").display_name = display_name;
        }
        Step::Rescope(name, scope) => rescope(domain, model, name, scope),
        Step::Remove(name) => {
            let Some(rid) = model.rid(name) else { return };
            domain.remove_user(rid);
            domain.remove_group(rid);
            model.things.remove(&rid);
            model.members.retain(|(group, member)| *group != rid && *member != rid);
        }
        Step::Join(name, member) => join(domain, model, name, member),
        Step::Leave(name, member) => {
            let Some(pair) = model.rid(name).zip(model.rid(member)) else { return };
            domain.members.remove(pair.0, pair.1);
            model.members.remove(&pair);
        }
        Step::User(..) | Step::Group(..) => {}
    }
}

fn rescope(domain: &mut Domain, model: &mut Model, name: &str, scope: GroupScope) {
    let Some(found) = domain.group(name).cloned() else { return };
    let rid = model.rid(name).expect("the domain has it");
    let before = model.things[&rid].scope;
    let is_allowed = before != Some(Global) || scope != DomainLocal;
    let is_allowed = is_allowed && (before != Some(DomainLocal) || scope != Global);
    model.things.get_mut(&rid).expect("it was just found").scope = Some(scope);
    let may = is_allowed && model.is_lawful();
    assert_eq!(domain.may_rescope(&found, scope), may, "{found:?} to {scope:?}");
    if may {
        domain.put_group(Group { scope, ..found });
    } else {
        model.things.get_mut(&rid).expect("it was just found").scope = before;
    }
}

fn join(domain: &mut Domain, model: &mut Model, name: &str, member: &str) {
    let Some(pair) = model.rid(name).zip(model.rid(member)) else { return };
    let Some((group, object)) = domain.group_of(pair.0).zip(domain.object_of(pair.1)) else { return };
    let (may, is_new) = (group.may_hold(object), model.members.insert(pair));
    assert_eq!(may, model.is_lawful(), "{object:?} in {group:?}");
    if may {
        domain.members.add(pair.0, pair.1);
    } else if is_new {
        model.members.remove(&pair);
    }
}

/// Compares every list and every search of the two.
fn compare(domain: &Domain, model: &Model) {
    let rids = |is_user: bool| {
        let things = model.things.iter().filter(move |(_, thing)| thing.scope.is_none() == is_user);
        things.map(|(rid, _)| *rid).collect::<Vec<_>>()
    };
    assert_eq!(domain.users(None).map(|(rid, _)| rid).collect::<Vec<_>>(), rids(true));
    assert_eq!(domain.groups(None).map(|(rid, _)| rid).collect::<Vec<_>>(), rids(false));
    for (rid, thing) in &model.things {
        assert_eq!(domain.object(&thing.name.to_uppercase()).map(Object::rid), Some(*rid));
        let members: Vec<u64> = model.members.iter().filter(|(group, _)| group == rid).map(|(_, one)| *one).collect();
        assert_eq!(domain.members.members(*rid, 0).copied().collect::<Vec<_>>(), members);
        let groups: Vec<u64> = model.members.iter().filter(|(_, one)| one == rid).map(|(group, _)| *group).collect();
        assert_eq!(domain.members.groups(*rid, 0).collect::<Vec<_>>(), groups);
    }
    for text in ["sales", "hr", "sales dept", "a", "h", "nothing"] {
        let found = |(_, thing): &(&u64, &Thing)| {
            thing.scope.is_none() && (thing.display_name.to_lowercase() == text || thing.name == text)
        };
        let expected: Vec<u64> = model.things.iter().filter(found).map(|(rid, _)| *rid).collect();
        let attributes = ["displayname", "samaccountname", "displayname"];
        let all: Vec<u64> = domain.users_with(&attributes, text, None).map(|(rid, _)| rid).collect();
        assert_eq!(all, expected);
        if let Some(first) = expected.first() {
            let rest: Vec<u64> = domain.users_with(&attributes, text, Some(*first)).map(|(rid, _)| rid).collect();
            assert_eq!(rest, expected[1..]);
        }
    }
    let mut broken = Vec::new();
    domain.invariants(&DirectoryId::default(), &mut |held, what: &dyn Fn() -> String| {
        if !held {
            broken.push(what());
        }
    });
    assert_eq!(broken, Vec::<String>::new());
}

proptest! {
    #[test]
    fn a_domain_does_what_its_model_does(steps in vec(step(), 1..80)) {
        let (mut domain, mut model) = (Domain::new("S-1-5-21-1-2-3".into(), FIRST_RID), Model::default());
        for step in &steps {
            apply(&mut domain, &mut model, step);
            compare(&domain, &model);
        }
    }
}

#[test]
fn members_of_other_domains_are_kept_apart() {
    let mut domain = Domain::new("S-1-5-21-1-2-3".into(), FIRST_RID);
    let local = domain.add_group(group("local", DomainLocal));
    let global = domain.add_group(group("global", Global));
    let stranger = user("stranger", "");
    let may = |rid: u64| domain.group_of(rid).is_some_and(|found| found.may_hold_foreign(Object::User(&stranger)));
    assert!(may(local) && !may(global));
    let abroad = group("abroad", DomainLocal);
    assert!(!domain.group_of(local).expect("it was made").may_hold_foreign(Object::Group(&abroad)));
    for (directory, rid) in [("d-2", 7), ("d-1", 9), ("d-1", 8)] {
        domain.foreign_members.add(local, (directory.into(), rid));
    }
    let listed: Vec<_> = domain.foreign_members.members(local, ("d-1".into(), 9)).map(|(_, rid)| *rid).collect();
    assert_eq!(listed, [9, 7]);
    assert_eq!(domain.foreign_members.groups(("d-2".into(), 7), 0).collect::<Vec<_>>(), [local]);
    let found = domain.group_of(local).expect("it was made");
    assert!(!domain.may_rescope(found, Universal));
    domain.remove_group(local);
    assert_eq!(domain.foreign_members.all().count(), 0);
}

#[test]
fn computers_have_names_among_the_others() {
    let mut domain = Domain::new("S-1-5-21-1-2-3".into(), FIRST_RID);
    let computer =
        Computer { rid: 0, sam_account_name: "PC$".into(), container: CompactString::default(), primary_group: 515 };
    let rid = domain.add_computer(computer);
    assert_eq!(domain.object("pc$").map(Object::rid), Some(rid));
    assert_eq!(domain.object("PC$").and_then(Object::primary_group), Some(515));
    assert_eq!(domain.user("pc$"), None);
}
