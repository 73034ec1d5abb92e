//! A corpus of texts, each with its records, one a line, or its error.

use super::{Dn, EntryChange, Modification, ModificationKind, Record, parse};

/// The records of a text, or its error, in a short form.
fn summary(text: &str) -> String {
    match parse(text) {
        Ok(records) => records.iter().map(record_summary).collect::<Vec<String>>().join("\n"),
        Err(error) => format!("{:?} on line {} at '{}'", error.kind, error.line, error.first),
    }
}

fn record_summary(record: &Record) -> String {
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    let change = match &record.change {
        EntryChange::Add(attributes) => {
            let pairs = attributes.iter().map(|pair| format!(" {}={}", pair.name, text(&pair.value)));
            format!("add{}", pairs.collect::<String>())
        }
        EntryChange::Delete => "delete".to_owned(),
        EntryChange::Modify(all) => {
            let one = |modification: &Modification| {
                let sign = match modification.kind {
                    ModificationKind::Add => '+',
                    ModificationKind::Delete => '-',
                    ModificationKind::Replace => '=',
                };
                let values: Vec<String> = modification.values.iter().map(|value| text(value)).collect();
                format!(" {sign}{}[{}]", modification.name, values.join("|"))
            };
            format!("modify{}", all.iter().map(one).collect::<String>())
        }
        EntryChange::Rename(to) => format!("rename {} {} {:?}", to.new_rdn, to.deletes_old, to.new_superior),
    };
    format!("{}: {} {change}", record.line, record.dn)
}

fn check(corpus: &[(&str, &str)]) {
    for (text, expected) in corpus {
        assert_eq!(summary(text), *expected, "{text:?}");
    }
}

#[test]
fn records_are_separated_by_empty_lines() {
    check(&[
        ("", ""),
        ("\n\n\n", ""),
        ("# nothing but a comment", ""),
        ("dn: cn=a\ncn: a", "1: cn=a add cn=a"),
        ("dn: cn=a\ncn: a\n\n\n\ndn: cn=b\ncn: b\n\n", "1: cn=a add cn=a\n6: cn=b add cn=b"),
        ("\n\ndn: cn=a\ncn: a\n", "3: cn=a add cn=a"),
        ("dn: cn=a\r\ncn: a\r\n\r\ndn: cn=b\r\ncn: b\r\n", "1: cn=a add cn=a\n4: cn=b add cn=b"),
        ("DN: cn=a\nchangetype: ADD\ncn: a", "1: cn=a add cn=a"),
        ("dn:cn=a\ncn:a", "1: cn=a add cn=a"),
        ("dn:   cn=a   \ncn:   a", "1: cn=a add cn=a"),
        ("dn:\nchangetype: modify\nadd: schemaUpdateNow\nschemaUpdateNow: 1\n-\n", "1:  modify +schemaUpdateNow[1]"),
    ]);
}

#[test]
fn a_version_may_come_first() {
    check(&[
        ("version: 1\ndn: cn=a\ncn: a", "2: cn=a add cn=a"),
        ("version: 1\n\ndn: cn=a\ncn: a", "3: cn=a add cn=a"),
        ("# ours\nVersion:1\n\n# first\ndn: cn=a\ncn: a", "5: cn=a add cn=a"),
        ("version: 1", ""),
        ("version: 2\n\ndn: cn=a\ncn: a", "Version on line 1 at 'v'"),
        ("dn: cn=a\ncn: a\n\nversion: 1", "NoName on line 4 at 'v'"),
    ]);
}

#[test]
fn folded_lines_are_one() {
    check(&[
        ("dn: cn=a,\n dc=b\ncn: a", "1: cn=a,dc=b add cn=a"),
        ("dn: cn=a\ncn: a b\n  c\n d", "1: cn=a add cn=a b cd"),
        ("dn: cn=a\r\ncn: a\r\n b\r\n", "1: cn=a add cn=ab"),
        ("d\n n: cn=a\ncn: a", "1: cn=a add cn=a"),
        ("dn: cn=a\n# a comment\n that goes on\n and on\ncn: a", "1: cn=a add cn=a"),
        ("dn: cn=a\ncn: a\n# between\ncn: b", "1: cn=a add cn=a cn=b"),
        ("dn: cn=a\ncn: a\n \n b", "1: cn=a add cn=ab"),
        ("dn: cn=a\ncn:: Y\n W\n I=", "1: cn=a add cn=ab"),
        (" dn: cn=a\ncn: a", "Fold on line 1 at ' '"),
        ("dn: cn=a\ncn: a\n\n b", "Fold on line 4 at ' '"),
    ]);
}

#[test]
fn line_numbers_count_every_line() {
    check(&[
        ("# 1\n#\n 3\n\ndn: cn=a\ncn: a\n b\n c\nwrong", "Name on line 9 at 'w'"),
        ("dn: cn=a\ncn: a\n\n\n\ndn: cn=b\nchangetype: nothing", "ChangeType on line 7 at 'c'"),
        ("dn: cn=a\ncn:: not\n base\n 64", "Base64 on line 2 at 'c'"),
    ]);
}

#[test]
fn values_are_text_or_base64() {
    check(&[
        ("dn: cn=a\ncn: a: b", "1: cn=a add cn=a: b"),
        ("dn: cn=a\ncn:", "1: cn=a add cn="),
        ("dn: cn=a\ncn: # no comment", "1: cn=a add cn=# no comment"),
        ("dn: cn=a\ncn:: YWJj", "1: cn=a add cn=abc"),
        ("dn: cn=a\ncn::YWJj ", "1: cn=a add cn=abc"),
        ("dn: cn=a\ncn::", "1: cn=a add cn="),
        ("dn:: Y249w6Q=\ncn: a", "1: cn=ä add cn=a"),
        ("dn: cn=ä\ncn: ä", "1: cn=ä add cn=ä"),
        ("dn: cn=a\ncn;lang-de;x: a", "1: cn=a add cn;lang-de;x=a"),
        ("dn: cn=a\n1.2.840: a", "1: cn=a add 1.2.840=a"),
        ("dn: cn=a\ncn:: ====", "Base64 on line 2 at 'c'"),
        ("dn: cn=a\ncn:: YWJ", "Base64 on line 2 at 'c'"),
        ("dn:: /w==\ncn: a", "Base64 on line 1 at 'd'"),
        ("dn: cn=a\ncn:< file:///etc/passwd", "File on line 2 at 'c'"),
        ("dn: cn=a\ncn: <b", "Value on line 2 at 'c'"),
        ("dn: cn=a\ncn: :b", "Value on line 2 at 'c'"),
        ("dn: cn=a\ncn: a\0", "Value on line 2 at 'c'"),
        ("dn: cn=a\ncn: a\rb", "Value on line 2 at 'c'"),
    ]);
}

#[test]
fn names_have_to_be_names_of_attributes() {
    check(&[
        ("dn: cn=a\nq", "Name on line 2 at 'q'"),
        ("dn: cn=a\n: a", "Name on line 2 at ':'"),
        ("dn: cn=a\ncn : a", "Name on line 2 at 'c'"),
        ("dn: cn=a\nc_n: a", "Name on line 2 at 'c'"),
        ("dn: cn=a\n1cn: a", "Name on line 2 at '1'"),
        ("dn: cn=a\n1..2: a", "Name on line 2 at '1'"),
        ("dn: cn=a\ncn;: a", "Name on line 2 at 'c'"),
        ("dn: cn=a\n\tcn: a", "Name on line 2 at '\t'"),
        ("dn: cn=a\nñ: a", "Name on line 2 at 'ñ'"),
        ("cn: a\ndn: cn=a", "NoName on line 1 at 'c'"),
        ("dn cn=a\ncn: a", "Name on line 1 at 'd'"),
        ("\nchangetype: add\ncn: a", "NoName on line 2 at 'c'"),
    ]);
}

#[test]
fn an_addition_has_attributes() {
    check(&[
        ("dn: cn=a", "Incomplete on line 1 at 'd'"),
        ("dn: cn=a\nchangetype: add", "Incomplete on line 2 at 'c'"),
        ("dn: cn=a\nchangetype: ntdsSchemaAdd\ncn: a", "1: cn=a add cn=a"),
        ("dn: cn=a\nchangetype: add\n-", "Name on line 3 at '-'"),
        ("dn: cn=a\ncn: a\nchangetype: add", "1: cn=a add cn=a changetype=add"),
    ]);
}

#[test]
fn a_deletion_has_nothing() {
    check(&[
        ("dn: cn=a\nchangetype: delete", "1: cn=a delete"),
        ("dn: cn=a\nchangetype: ntdsSchemaDelete", "1: cn=a delete"),
        ("dn: cn=a\nchangetype: delete\ncn: a", "Unexpected on line 3 at 'c'"),
    ]);
}

#[test]
fn a_modification_ends_with_a_minus() {
    check(&[
        ("dn: cn=a\nchangetype: modify\nadd: x\nx: 1\nx: 2\n-", "1: cn=a modify +x[1|2]"),
        ("dn: cn=a\nchangetype: modify\nadd: x\nX: 1\n-", "1: cn=a modify +x[1]"),
        ("dn: cn=a\nchangetype: ntdsSchemaModify\nreplace: x\n-", "1: cn=a modify =x[]"),
        ("dn: cn=a\nchangetype: modify\ndelete: x\n- ", "1: cn=a modify -x[]"),
        ("dn: cn=a\nchangetype: modify\nadd: x\nx: 1\n-\ndelete: y\ny: 2\n-\n", "1: cn=a modify +x[1] -y[2]"),
        ("dn: cn=a\nchangetype: modify", "1: cn=a modify"),
        ("dn: cn=a\nchangetype: modify\nadd: x\nx: 1", "Incomplete on line 4 at 'x'"),
        ("dn: cn=a\nchangetype: modify\nadd: x\nx: 1\n\ndn: cn=b\ncn: b", "Incomplete on line 4 at 'x'"),
        ("dn: cn=a\nchangetype: modify\nadd: x\n-", "Incomplete on line 4 at '-'"),
        ("dn: cn=a\nchangetype: modify\nadd: x\ny: 1\n-", "Unexpected on line 4 at 'y'"),
        ("dn: cn=a\nchangetype: modify\nx: 1\n-", "Unexpected on line 3 at 'x'"),
        ("dn: cn=a\nchangetype: modify\nadd: \n-", "Name on line 3 at 'a'"),
        ("dn: cn=a\nchangetype: modify\nadd: x\nx: 1\n--", "Name on line 5 at '-'"),
        ("dn: cn=a\nchangetype: modify\nadd: x\nx: 1\n-\ndn: cn=b\ncn: b", "Unexpected on line 6 at 'd'"),
    ]);
}

#[test]
fn a_renaming_keeps_or_deletes_the_old_name() {
    check(&[
        ("dn: cn=a\nchangetype: modrdn\nnewrdn: cn=b\ndeleteoldrdn: 1", "1: cn=a rename cn=b true None"),
        (
            "dn: cn=a\nchangetype: moddn\nnewrdn: cn=b\ndeleteoldrdn: 0\nnewsuperior: dc=c",
            "1: cn=a rename cn=b false Some(\"dc=c\")",
        ),
        ("dn: cn=a\nchangetype: ntdsSchemaModRdn\nnewRDN: cn=b\ndeleteOldRDN: 1", "1: cn=a rename cn=b true None"),
        ("dn: cn=a\nchangetype: modrdn\nnewrdn: cn=b", "Incomplete on line 3 at 'n'"),
        ("dn: cn=a\nchangetype: modrdn", "Incomplete on line 2 at 'c'"),
        ("dn: cn=a\nchangetype: modrdn\nnewrdn:\ndeleteoldrdn: 1", "Value on line 3 at 'n'"),
        ("dn: cn=a\nchangetype: modrdn\nnewrdn: cn=b\ndeleteoldrdn: yes", "Value on line 4 at 'd'"),
        ("dn: cn=a\nchangetype: modrdn\ndeleteoldrdn: 1\nnewrdn: cn=b", "Unexpected on line 3 at 'd'"),
        ("dn: cn=a\nchangetype: modrdn\nnewrdn: cn=b\ndeleteoldrdn: 1\ncn: b", "Unexpected on line 5 at 'c'"),
    ]);
}

#[test]
fn controls_come_before_the_change_type() {
    check(&[
        ("dn: cn=a\ncontrol: 1.2.3 true\nchangetype: delete", "1: cn=a delete"),
        ("dn: cn=a\ncontrol: 1.2.3\ncontrol: 1.2.4 false: x\nchangetype: delete", "1: cn=a delete"),
        ("dn: cn=a\ncontrol: tree delete\nchangetype: delete", "Control on line 2 at 'c'"),
        ("dn: cn=a\ncontrol: 1.2.3 maybe\nchangetype: delete", "Control on line 2 at 'c'"),
        ("dn: cn=a\nchangetype: delete\ncontrol: 1.2.3", "Unexpected on line 3 at 'c'"),
    ]);
}

#[test]
fn names_are_split_into_steps() {
    let steps = |text: &str| {
        let steps = Dn::parse(text)?.0;
        Some(steps.iter().map(|step| format!("{}={}", step.name, step.value)).collect::<Vec<String>>().join("/"))
    };
    for (text, expected) in [
        ("", Some("")),
        ("  ", Some("")),
        ("CN=a,DC=b", Some("CN=a/DC=b")),
        (" CN = a , DC = b ", Some("CN=a/DC=b")),
        ("CN=a;DC=b", Some("CN=a/DC=b")),
        ("CN=a\\,b,DC=c", Some("CN=a,b/DC=c")),
        ("CN=\"a,b\",DC=c", Some("CN=a,b/DC=c")),
        ("CN=a\\2Cb", Some("CN=a,b")),
        ("CN=\\C3\\A4", Some("CN=ä")),
        ("CN=a\\ ,DC=b", Some("CN=a /DC=b")),
        ("CN=a=b", Some("CN=a=b")),
        ("2.5.4.3=a", Some("2.5.4.3=a")),
        ("CN=a,", None),
        ("a", None),
        ("CN=", None),
        ("=a", None),
        ("CN=a\\", None),
        ("CN=\"a", None),
        ("CN=\\FF", None),
        ("C N=a", None),
    ] {
        assert_eq!(steps(text).as_deref(), expected, "{text:?}");
    }
    assert_eq!(Dn::parse("cn=SCHEMA, cn=Configuration"), Dn::parse("CN=Schema,CN=Configuration"));
    assert_ne!(Dn::parse("cn=Schema"), Dn::parse("ou=Schema"));
}
