//! The import of an LDIF text into a domain's schema, with the results and the error messages of `ldifde`.

use compact_str::CompactString;
use world::{Schema, SchemaObject};

use crate::schema::ldif::{self, AddedValue, Dn, EntryChange, Modification, ModificationKind, Rdn, Record, Rename};

/// The result of an import: the new schema, or the reason of the failure.
pub type Outcome = std::result::Result<Schema, String>;

/// The error for a text that names an entry outside the schema. The service refuses it before the import.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct OutsideSchema(pub String);

/// Imports a text into the schema of a domain.
///
/// # Errors
/// Where the text names an entry outside the schema.
// Inferred: a malformed text is accepted, and fails when it is imported, as documented. The names in it are not
// checked.
pub fn import(schema: &Schema, domain: &str, text: &str) -> std::result::Result<Outcome, OutsideSchema> {
    let records = match ldif::parse(text) {
        Ok(records) if records.is_empty() => return Ok(Err(unreadable())),
        Ok(records) => records,
        Err(error) => return Ok(Err(syntax_error(error.line, error.first))),
    };
    let mut entries = Vec::new();
    for record in &records {
        // Recorded: a record with an empty name fails on the line of its name. Records that update the schema's cache
        // are like that.
        let name = Dn::parse(&record.dn).filter(|name| !name.0.is_empty());
        let Some(name) = name else { return Ok(Err(syntax_error(record.line, 'd'))) };
        entries.push((record, locate(&name, domain).ok_or_else(|| OutsideSchema(record.dn.clone()))?));
    }
    let mut next = schema.clone();
    for (n_imported, (record, location)) in entries.into_iter().enumerate() {
        if let Err(error) = apply(&mut next, record, location) {
            return Ok(Err(with_count(&error.text(record), n_imported)));
        }
    }
    Ok(Ok(next))
}

/// The location of an entry, relative to a domain's schema.
enum Location {
    /// A class or an attribute of the schema, with its common name.
    Member(String),
    /// The entry of the schema itself.
    Schema,
    /// Below a class or an attribute.
    Below,
    /// In the schema of another domain.
    OtherDomain,
}

/// None where the entry is in no schema.
fn locate(name: &Dn, domain: &str) -> Option<Location> {
    let n_components = name.0.iter().rev().take_while(|step| step.name.eq_ignore_ascii_case("dc")).count();
    let (path, components) = name.0.split_at(name.0.len() - n_components);
    let path = path.strip_suffix([Rdn::new("CN", "Schema"), Rdn::new("CN", "Configuration")].as_slice())?;
    let own = domain.split('.').map(|label| Rdn::new("DC", label));
    if !own.eq(components.iter().cloned()) {
        return Some(Location::OtherDomain);
    }
    Some(match path {
        [] => Location::Schema,
        [member] if member.name.eq_ignore_ascii_case("cn") => Location::Member(member.value.clone()),
        _ => Location::Below,
    })
}

/// Why an entry is not imported. The names and messages are those of Windows.
#[derive(Clone, Copy)]
enum EntryError {
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

impl EntryError {
    // Documented for a referral and for an existing value (administration guide, "schema extension errors"), where a
    // modification is an "Add error" too. The details of the server's implementation in the guide's texts are left out.
    fn text(self, record: &Record) -> String {
        let kind = match record.change {
            EntryChange::Add(_) | EntryChange::Modify(_) => "Add",
            EntryChange::Delete => "Delete",
            EntryChange::Rename(_) => "Modrdn",
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
                "The requested operation did not satisfy one or more constraints \
                associated with the class of the object.",
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

/// The reason for a text without a record (administration guide, "schema extension errors").
pub fn unreadable() -> String {
    with_count("Unable to read the import file.", 0)
}

fn syntax_error(line: usize, first: char) -> String {
    let text = format!(
        "There is a syntax error in the input file Failed on line {line}. The last token starts with '{first}'."
    );
    with_count(&text, 0)
}

fn with_count(text: &str, n_imported: usize) -> String {
    format!("{text} Number of Objects Modified: {n_imported}")
}

fn apply(schema: &mut Schema, record: &Record, location: Location) -> std::result::Result<(), EntryError> {
    let name = match location {
        Location::Member(name) => lower(&name),
        Location::Schema => return Err(EntryError::Unwilling),
        Location::Below => return Err(EntryError::NoSuchObject),
        Location::OtherDomain => return Err(EntryError::Referral),
    };
    match &record.change {
        EntryChange::Add(attributes) => add(schema, name, attributes),
        EntryChange::Modify(modifications) => modify(schema, name, modifications),
        EntryChange::Rename(to) => rename(schema, &name, to),
        // Active Directory deletes nothing from a schema; entries can only be made defunct.
        EntryChange::Delete => Err(EntryError::Unwilling),
    }
}

/// The values that a new attribute has to have. The server sets the others.
const REQUIRED_OF_ATTRIBUTES: [&str; 4] = ["attributeid", "attributesyntax", "omsyntax", "issinglevalued"];
/// The same for a new class.
const REQUIRED_OF_CLASSES: [&str; 1] = ["governsid"];

/// Attributes whose values are unique in a schema.
const OIDS: [&str; 2] = ["attributeid", "governsid"];
const DISPLAY_NAME: &str = "ldapdisplayname";

fn add(schema: &mut Schema, name: CompactString, attributes: &[AddedValue]) -> std::result::Result<(), EntryError> {
    if schema.added.contains_key(&name) || schema.changed.contains_key(&name) {
        return Err(EntryError::AlreadyExists);
    }
    let mut object = SchemaObject::new();
    for attribute in attributes {
        insert(&mut object, &attribute.name, &attribute.value)?;
    }
    let is_a = |class: &str| has(&object, "objectclass", class);
    let required: &[&str] = match (is_a("attributeschema"), is_a("classschema")) {
        (true, false) => &REQUIRED_OF_ATTRIBUTES,
        (false, true) => &REQUIRED_OF_CLASSES,
        _ => return Err(EntryError::ClassViolation),
    };
    if !required.iter().all(|attribute| object.contains_key(*attribute)) {
        return Err(EntryError::ClassViolation);
    }
    let taken = |attribute: &str, value: &str| schema.added.values().any(|other| has(other, attribute, value));
    let values = |attribute: &str| object.get(attribute).cloned().unwrap_or_default();
    if OIDS.iter().flat_map(|oid| values(oid)).any(|oid| OIDS.iter().any(|attribute| taken(attribute, &oid))) {
        return Err(EntryError::DuplicateOid);
    }
    if values(DISPLAY_NAME).iter().any(|name| taken(DISPLAY_NAME, name)) {
        return Err(EntryError::DuplicateName);
    }
    schema.added.insert(name, object);
    Ok(())
}

// Inferred: the standard schema is not kept here. An entry that no extension added is assumed to be in it, and to have
// every value that a modification deletes.
fn modify(
    schema: &mut Schema,
    name: CompactString,
    modifications: &[Modification],
) -> std::result::Result<(), EntryError> {
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
            ModificationKind::Delete => remove(&mut object, &key, &modification.values, is_added)?,
        }
    }
    objects.insert(name, object);
    Ok(())
}

/// Removes values of an attribute, or all of them if none are named.
fn remove(
    object: &mut SchemaObject,
    key: &CompactString,
    values: &[Vec<u8>],
    must_exist: bool,
) -> std::result::Result<(), EntryError> {
    let Some(mut remaining) = object.remove(key) else {
        return if must_exist { Err(EntryError::NoSuchValue) } else { Ok(()) };
    };
    for value in values {
        if remaining.remove(&text(value)).is_none() && must_exist {
            return Err(EntryError::NoSuchValue);
        }
    }
    if !values.is_empty() && !remaining.is_empty() {
        object.insert(key.clone(), remaining);
    }
    Ok(())
}

/// Renames an entry that an extension added. Other entries cannot be renamed.
fn rename(schema: &mut Schema, name: &CompactString, to: &Rename) -> std::result::Result<(), EntryError> {
    let new_name = Dn::parse(&to.new_rdn).map(|name| name.0);
    let new = match new_name.as_deref() {
        Some([step]) if step.name.eq_ignore_ascii_case("cn") && to.new_superior.is_none() => lower(&step.value),
        _ => return Err(EntryError::Unwilling),
    };
    let object = schema.added.get(name).cloned().ok_or(EntryError::Unwilling)?;
    if new != *name && schema.added.contains_key(&new) {
        return Err(EntryError::AlreadyExists);
    }
    schema.added.remove(name);
    schema.added.insert(new, object);
    Ok(())
}

fn insert(object: &mut SchemaObject, name: &str, value: &[u8]) -> std::result::Result<(), EntryError> {
    let exists = object.entry(lower(name)).or_default().insert(text(value)).is_some();
    if exists { Err(EntryError::ValueExists) } else { Ok(()) }
}

fn has(object: &SchemaObject, key: &str, value: &str) -> bool {
    object.get(key).is_some_and(|values| values.contains(value))
}

/// A value in the form that is kept. Values are only compared, so bytes that are not UTF-8 may be replaced.
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
    fn added_entries_are_kept_and_can_be_changed() {
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
    fn a_failed_import_has_a_reason() {
        let attribute = "attributeSyntax: 2.5.5.9\noMSyntax: 2\nisSingleValued: TRUE";
        let add =
            |id: &str, more: &str| format!("add\nobjectClass: attributeSchema\nattributeID: {id}\n{attribute}{more}");
        for (text, expected) in [
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
                "Add error on entry starting on line 1: Attribute Or Value Exists The server side error is: 0x2083 ",
            ),
            (
                at("Shoe-Size", "modify\ndelete: oMSyntax\noMSyntax: 3\n-"),
                "Add error on entry starting on line 1: No Such Attribute The server side error is: 0x2085 ",
            ),
            (at("Shoe-Size", "modify\ndelete: linkID\n-"), "Add error on entry starting on line 1: No Such Attribute "),
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
            let reason = imported(&text).unwrap_err();
            assert!(reason.starts_with(expected), "{reason}");
            assert!(reason.ends_with(" Number of Objects Modified: 0"), "{reason}");
        }
        let second = imported(&format!("{}\n{}", at("New", &add("1.2.3.9", "")), at("New", "delete"))).unwrap_err();
        assert!(
            second.starts_with("Delete error on entry starting on line 9: ") && second.ends_with(" Modified: 1"),
            "{second}"
        );
    }

    #[test]
    fn malformed_texts_and_entries_outside_the_schema() {
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
            assert_eq!(import(&Schema::default(), "corp.example.com", &text), Err(OutsideSchema(dn.to_owned())));
        }
    }
}
