//! What an LDIF text makes of a domain's schema, as `ldifde` would import it: all of it, or a failure in its words.

use compact_str::CompactString;
use world::{Schema, SchemaObject};

use crate::schema::ldif::{self, Attribute, Change, Dn, Modification, ModificationKind, Rdn, Record, Rename};

/// What comes of an import: the schema that follows, or why it failed.
pub type Outcome = std::result::Result<Schema, String>;

/// A text that names an entry outside the schema, which the service refuses before it imports anything.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Foreign(pub String);

/// What comes of importing a text into the schema of a domain.
// Inferred: a text that cannot be read is accepted and fails when it is imported, as documented; what it names is not
// looked at.
pub fn import(schema: &Schema, domain: &str, text: &str) -> std::result::Result<Outcome, Foreign> {
    let records = match ldif::parse(text) {
        Ok(records) if records.is_empty() => return Ok(Err(unreadable())),
        Ok(records) => records,
        Err(fault) => return Ok(Err(syntax(fault.line, fault.first))),
    };
    let mut entries = Vec::new();
    for record in &records {
        // Recorded: a record without a name, such as one that updates the schema's cache, fails on the line of its
        // name.
        let name = Dn::parse(&record.dn).filter(|name| !name.0.is_empty());
        let Some(name) = name else { return Ok(Err(syntax(record.line, 'd'))) };
        entries.push((record, place(&name, domain).ok_or_else(|| Foreign(record.dn.clone()))?));
    }
    let mut next = schema.clone();
    for (n_done, (record, place)) in entries.into_iter().enumerate() {
        if let Err(problem) = apply(&mut next, record, place) {
            return Ok(Err(counted(&problem.text(record), n_done)));
        }
    }
    Ok(Ok(next))
}

/// Where an entry is, as seen from a domain.
enum Place {
    /// A class or an attribute, by its common name.
    Member(String),
    /// The schema's own entry.
    Top,
    /// Below a class or an attribute.
    Below,
    /// In the schema of another domain.
    Elsewhere,
}

fn place(name: &Dn, domain: &str) -> Option<Place> {
    let n_components = name.0.iter().rev().take_while(|step| step.name.eq_ignore_ascii_case("dc")).count();
    let (path, components) = name.0.split_at(name.0.len() - n_components);
    let path = path.strip_suffix([Rdn::new("CN", "Schema"), Rdn::new("CN", "Configuration")].as_slice())?;
    let own = domain.split('.').map(|label| Rdn::new("DC", label));
    if !own.eq(components.iter().cloned()) {
        return Some(Place::Elsewhere);
    }
    Some(match path {
        [] => Place::Top,
        [member] if member.name.eq_ignore_ascii_case("cn") => Place::Member(member.value.clone()),
        _ => Place::Below,
    })
}

/// Why an entry cannot be imported: the error's name and what the server says of it, both as Windows has them.
#[derive(Clone, Copy)]
enum Problem {
    Referral,
    NoSuchObject,
    AlreadyExists,
    ClassViolation,
    ValueExists,
    NoSuchValue,
    DuplicateOid,
    DuplicateName,
    Unwilling,
}

impl Problem {
    // Documented for a referral and for a value that exists (administration guide, "schema extension errors"). What the
    // guide's texts say of the inside of the server is left out.
    fn text(self, record: &Record) -> String {
        let kind = match record.change {
            Change::Add(_) => "Add",
            Change::Delete => "Delete",
            Change::Modify(_) => "Modify",
            Change::Rename(_) => "Modrdn",
        };
        let (name, code, text) = match self {
            Self::Referral => ("Referral", 0x202b, "A referral was returned from the server."),
            Self::NoSuchObject => ("No Such Object", 0x208d, "Directory object not found."),
            Self::AlreadyExists => (
                "Already Exists",
                0x2071,
                "An attempt was made to add an object to the directory with a name that is already in use.",
            ),
            Self::ClassViolation => (
                "Object Class Violation",
                0x2014,
                "The requested operation did not satisfy one or more constraints associated with the class of the object.",
            ),
            Self::ValueExists => ("Attribute Or Value Exists", 0x2083, "The specified value already exists."),
            Self::NoSuchValue => (
                "No Such Attribute",
                0x2085,
                "The attribute value cannot be removed because it is not present on the object.",
            ),
            Self::DuplicateOid => ("Unwilling To Perform", 0x20bb, "Schema update failed: duplicate OID."),
            Self::DuplicateName => {
                ("Unwilling To Perform", 0x20be, "Schema update failed: duplicate LDAP display name.")
            }
            Self::Unwilling => ("Unwilling To Perform", 0x2035, "The server is unwilling to process the request."),
        };
        format!(
            "{kind} error on entry starting on line {}: {name} The server side error is: {code:#x} {text}",
            record.line
        )
    }
}

/// Why a text fails that says nothing (administration guide, "schema extension errors").
pub fn unreadable() -> String {
    counted("Unable to read the import file.", 0)
}

fn syntax(line: usize, first: char) -> String {
    let text = format!(
        "There is a syntax error in the input file Failed on line {line}. The last token starts with '{first}'."
    );
    counted(&text, 0)
}

fn counted(text: &str, n_done: usize) -> String {
    format!("{text} Number of Objects Modified: {n_done}")
}

fn apply(schema: &mut Schema, record: &Record, place: Place) -> std::result::Result<(), Problem> {
    let name = match place {
        Place::Member(name) => lower(&name),
        Place::Top => return Err(Problem::Unwilling),
        Place::Below => return Err(Problem::NoSuchObject),
        Place::Elsewhere => return Err(Problem::Referral),
    };
    match &record.change {
        Change::Add(attributes) => add(schema, name, attributes),
        Change::Modify(modifications) => modify(schema, name, modifications),
        Change::Rename(to) => rename(schema, &name, to),
        // What is in a schema stays there, and can be made defunct only.
        Change::Delete => Err(Problem::Unwilling),
    }
}

/// What an attribute and a class cannot do without; the server fills in the rest.
const ATTRIBUTE_NEEDS: [&str; 4] = ["attributeid", "attributesyntax", "omsyntax", "issinglevalued"];
const CLASS_NEEDS: [&str; 1] = ["governsid"];

/// Attributes of which no two entries of a schema have the same value.
const OIDS: [&str; 2] = ["attributeid", "governsid"];
const DISPLAY_NAME: &str = "ldapdisplayname";

fn add(schema: &mut Schema, name: CompactString, attributes: &[Attribute]) -> std::result::Result<(), Problem> {
    if schema.added.contains_key(&name) || schema.changed.contains_key(&name) {
        return Err(Problem::AlreadyExists);
    }
    let mut object = SchemaObject::new();
    for attribute in attributes {
        insert(&mut object, &attribute.name, &attribute.value)?;
    }
    let is_a = |class: &str| has(&object, "objectclass", class);
    let needs: &[&str] = match (is_a("attributeschema"), is_a("classschema")) {
        (true, false) => &ATTRIBUTE_NEEDS,
        (false, true) => &CLASS_NEEDS,
        _ => return Err(Problem::ClassViolation),
    };
    if !needs.iter().all(|needed| object.contains_key(*needed)) {
        return Err(Problem::ClassViolation);
    }
    let taken = |attribute: &str, value: &str| schema.added.values().any(|other| has(other, attribute, value));
    let values = |attribute: &str| object.get(attribute).cloned().unwrap_or_default();
    if OIDS.iter().flat_map(|oid| values(oid)).any(|oid| OIDS.iter().any(|attribute| taken(attribute, &oid))) {
        return Err(Problem::DuplicateOid);
    }
    if values(DISPLAY_NAME).iter().any(|shown| taken(DISPLAY_NAME, shown)) {
        return Err(Problem::DuplicateName);
    }
    schema.added.insert(name, object);
    Ok(())
}

// Inferred: the schema of every new domain is not kept here, so an entry that no extension added is believed to be one
// of its, and to have what is taken from it.
fn modify(
    schema: &mut Schema,
    name: CompactString,
    modifications: &[Modification],
) -> std::result::Result<(), Problem> {
    let is_added = schema.added.contains_key(&name);
    let objects = if is_added { &mut schema.added } else { &mut schema.changed };
    let mut object = objects.get(&name).cloned().unwrap_or_default();
    for modification in modifications {
        let key = lower(&modification.name);
        match modification.kind {
            ModificationKind::Add => {
                for value in &modification.values {
                    insert(&mut object, &key, value)?;
                }
            }
            ModificationKind::Replace => {
                object.remove(&key);
                for value in &modification.values {
                    insert(&mut object, &key, value)?;
                }
            }
            ModificationKind::Delete => take(&mut object, &key, &modification.values, is_added)?,
        }
    }
    objects.insert(name, object);
    Ok(())
}

/// Takes values of an attribute away, or all of them.
fn take(
    object: &mut SchemaObject,
    key: &CompactString,
    values: &[Vec<u8>],
    must_be_there: bool,
) -> std::result::Result<(), Problem> {
    let Some(mut kept) = object.remove(key) else {
        return if must_be_there { Err(Problem::NoSuchValue) } else { Ok(()) };
    };
    for value in values {
        if kept.remove(&text(value)).is_none() && must_be_there {
            return Err(Problem::NoSuchValue);
        }
    }
    if !values.is_empty() && !kept.is_empty() {
        object.insert(key.clone(), kept);
    }
    Ok(())
}

/// Gives an entry another common name. Those of every new domain keep theirs.
fn rename(schema: &mut Schema, name: &CompactString, to: &Rename) -> std::result::Result<(), Problem> {
    let wanted = Dn::parse(&to.new_rdn).map(|name| name.0);
    let new = match wanted.as_deref() {
        Some([step]) if step.name.eq_ignore_ascii_case("cn") && to.new_superior.is_none() => lower(&step.value),
        _ => return Err(Problem::Unwilling),
    };
    let object = schema.added.get(name).cloned().ok_or(Problem::Unwilling)?;
    if new != *name && schema.added.contains_key(&new) {
        return Err(Problem::AlreadyExists);
    }
    schema.added.remove(name);
    schema.added.insert(new, object);
    Ok(())
}

fn insert(object: &mut SchemaObject, name: &str, value: &[u8]) -> std::result::Result<(), Problem> {
    let is_old = object.entry(lower(name)).or_default().insert(text(value)).is_some();
    if is_old { Err(Problem::ValueExists) } else { Ok(()) }
}

fn has(object: &SchemaObject, key: &str, value: &str) -> bool {
    object.get(key).is_some_and(|values| values.contains(value))
}

/// A value as it is kept. One that is no text is only ever compared.
fn text(value: &[u8]) -> CompactString {
    lower(String::from_utf8_lossy(value).trim_end())
}

fn lower(text: &str) -> CompactString {
    CompactString::from(text.to_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    const SHOE: &str = "dn: CN=Shoe-Size,CN=Schema,CN=Configuration,DC=corp,DC=example,DC=com\nchangetype: add\n\
        objectClass: top\nobjectClass: attributeSchema\nlDAPDisplayName: shoeSize\nattributeID: 1.2.3.1\n\
        attributeSyntax: 2.5.5.9\noMSyntax: 2\nisSingleValued: TRUE\n";

    fn imported(text: &str) -> Outcome {
        let before = import(&Schema::default(), "corp.example.com", SHOE).unwrap().unwrap();
        import(&before, "corp.example.com", text).unwrap()
    }

    fn values(object: &SchemaObject, attribute: &str) -> Vec<CompactString> {
        object[&lower(attribute)].iter().cloned().collect()
    }

    fn at(name: &str, rest: &str) -> String {
        format!("dn: CN={name},CN=Schema,CN=Configuration,DC=corp,DC=example,DC=com\nchangetype: {rest}\n")
    }

    #[test]
    fn what_is_added_is_there_and_can_be_changed() {
        let class = at("Shoe", "ntdsSchemaAdd\nobjectClass: classSchema\ngovernsID: 1.2.3.2\nmayContain: shoeSize");
        let schema =
            imported(&format!("{class}\n{}", at("shoe", "modify\nadd: mayContain\nmayContain: other\n-"))).unwrap();
        assert_eq!(schema.added.keys().collect::<Vec<_>>(), ["shoe", "shoe-size"]);
        assert_eq!(values(&schema.added["shoe"], "mayContain"), ["other", "shoesize"]);
        let user =
            at("User", "modify\nadd: mayContain\nmayContain: shoeSize\n-\ndelete: mayContain\nmayContain: unknown\n-");
        assert_eq!(values(&imported(&user).unwrap().changed["user"], "mayContain"), ["shoesize"]);
        let renamed = imported(&at("Shoe-Size", "modrdn\nnewrdn: cn=Old-Size\ndeleteoldrdn: 1")).unwrap();
        assert_eq!(renamed.added.keys().collect::<Vec<_>>(), ["old-size"]);
        let emptied =
            imported(&at("Shoe-Size", "modify\ndelete: isSingleValued\n-\nreplace: oMSyntax\noMSyntax: 3\n-"));
        let shoe_size = emptied.unwrap().added["shoe-size"].clone();
        assert!(!shoe_size.contains_key("issinglevalued"));
        assert_eq!(values(&shoe_size, "oMSyntax"), ["3"]);
    }

    #[test]
    fn what_cannot_be_imported_says_why() {
        let attribute = "attributeSyntax: 2.5.5.9\noMSyntax: 2\nisSingleValued: TRUE";
        let add =
            |id: &str, more: &str| format!("add\nobjectClass: attributeSchema\nattributeID: {id}\n{attribute}{more}");
        for (text, wanted) in [
            (
                at("Shoe-Size", &add("1.2.3.9", "")),
                "Add error on entry starting on line 1: Already Exists The server side error is: 0x2071 ",
            ),
            (
                at("New", &add("1.2.3.1", "")),
                "Add error on entry starting on line 1: Unwilling To Perform The server side error is: 0x20bb ",
            ),
            (
                at("New", &add("1.2.3.9", "\nldapDisplayName: SHOESIZE")),
                "Add error on entry starting on line 1: Unwilling To Perform The server side error is: 0x20be ",
            ),
            (
                at("New", "add\nobjectClass: attributeSchema"),
                "Add error on entry starting on line 1: Object Class Violation ",
            ),
            (at("New", "add\nobjectClass: user"), "Add error on entry starting on line 1: Object Class Violation "),
            (at("New", "add\ncn: a\ncn: A"), "Add error on entry starting on line 1: Attribute Or Value Exists "),
            (
                at("Shoe-Size", "modify\nadd: oMSyntax\noMSyntax: 2\n-"),
                "Modify error on entry starting on line 1: Attribute Or Value Exists The server side error is: 0x2083 ",
            ),
            (
                at("Shoe-Size", "modify\ndelete: oMSyntax\noMSyntax: 3\n-"),
                "Modify error on entry starting on line 1: No Such Attribute The server side error is: 0x2085 ",
            ),
            (
                at("Shoe-Size", "modify\ndelete: linkID\n-"),
                "Modify error on entry starting on line 1: No Such Attribute ",
            ),
            (
                at("Shoe-Size", "delete"),
                "Delete error on entry starting on line 1: Unwilling To Perform The server side error is: 0x2035 ",
            ),
            (
                at("User", "modrdn\nnewrdn: cn=Person2\ndeleteoldrdn: 1"),
                "Modrdn error on entry starting on line 1: Unwilling To Perform ",
            ),
            (at("a,CN=Shoe-Size", "delete"), "Delete error on entry starting on line 1: No Such Object "),
            (
                at("Shoe-Size", "delete").replace("DC=corp", "DC=other"),
                "Delete error on entry starting on line 1: Referral The server side error is: 0x202b ",
            ),
        ] {
            let why = imported(&text).unwrap_err();
            assert!(why.starts_with(wanted), "{why}");
            assert!(why.ends_with(" Number of Objects Modified: 0"), "{why}");
        }
        let second = imported(&format!("{}\n{}", at("New", &add("1.2.3.9", "")), at("New", "delete"))).unwrap_err();
        assert!(
            second.starts_with("Delete error on entry starting on line 9: ") && second.ends_with(" Modified: 1"),
            "{second}"
        );
    }

    #[test]
    fn what_is_no_text_of_a_schema() {
        assert_eq!(
            imported(" "),
            Err("There is a syntax error in the input file Failed on line 1. The last token starts with ' '. \
            Number of Objects Modified: 0"
                .to_owned())
        );
        assert_eq!(
            imported("# nothing"),
            Err("Unable to read the import file. Number of Objects Modified: 0".to_owned())
        );
        let cache =
            format!("{}\ndn:\nchangetype: modify\nadd: schemaUpdateNow\nschemaUpdateNow: 1\n-\n", at("User", "modify"));
        assert!(imported(&cache).unwrap_err().contains("Failed on line 4. The last token starts with 'd'."));
        for dn in [
            "CN=ann,OU=Users,OU=CORP,DC=corp,DC=example,DC=com",
            "CN=Configuration,DC=corp,DC=example,DC=com",
            "CN=Schema",
        ] {
            let text = format!("dn: {dn}\nchangetype: delete");
            assert_eq!(import(&Schema::default(), "corp.example.com", &text), Err(Foreign(dn.to_owned())));
        }
    }
}
