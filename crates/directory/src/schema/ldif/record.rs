//! Records of LDIF: what the lines between two empty ones say.

use super::lines::{Line, is_attribute, is_oid};
use super::{Attribute, Change, Fault, Modification, ModificationKind, Record, Rename, Wrong};

/// What is left of the first lines when the version is read that may stand there.
pub fn skip_version(lines: &[Line]) -> Result<&[Line], Fault> {
    let Some((first, rest)) = lines.split_first() else { return Ok(lines) };
    match first.text_pair()? {
        (name, version) if name.eq_ignore_ascii_case("version") => {
            if version == "1" {
                Ok(rest)
            } else {
                Err(first.fault(Wrong::Version))
            }
        }
        _ => Ok(lines),
    }
}

/// Reads a record, which has at least one line.
pub fn read(lines: &[Line]) -> Result<Record, Fault> {
    let mut reader = Reader { lines, at: 0 };
    let first = &lines[0];
    let dn = reader.take_text("dn")?.ok_or_else(|| first.fault(Wrong::NoName))?;
    while let Some(control) = reader.take_text("control")? {
        require(is_control(&control), reader.last(), Wrong::Control)?;
    }
    let change = match reader.take_text("changetype")? {
        None => additions(&mut reader)?,
        Some(kind) => match kind.to_ascii_lowercase().as_str() {
            "add" | "ntdsschemaadd" => additions(&mut reader)?,
            "modify" | "ntdsschemamodify" => modifications(&mut reader)?,
            "modrdn" | "moddn" | "ntdsschemamodrdn" => Change::Rename(rename(&mut reader)?),
            "delete" | "ntdsschemadelete" => Change::Delete,
            _ => return Err(reader.last().fault(Wrong::ChangeType)),
        },
    };
    match reader.next() {
        Some(line) => Err(line.fault(Wrong::Unexpected)),
        None => Ok(Record { line: first.number, dn, change }),
    }
}

/// The lines of a record and how far it is read.
struct Reader<'l> {
    lines: &'l [Line],
    at: usize,
}

impl<'l> Reader<'l> {
    fn peek(&self) -> Option<&'l Line> {
        self.lines.get(self.at)
    }

    fn next(&mut self) -> Option<&'l Line> {
        let line = self.peek()?;
        self.at += 1;
        Some(line)
    }

    /// The line that was read last; the first one at the beginning.
    fn last(&self) -> &'l Line {
        &self.lines[self.at.saturating_sub(1)]
    }

    /// The value of the next line, if it has that name.
    fn take_text(&mut self, name: &str) -> Result<Option<String>, Fault> {
        let Some(line) = self.peek() else { return Ok(None) };
        let named = line.text.split_once(':').is_some_and(|(found, _)| found.eq_ignore_ascii_case(name));
        if !named {
            return Ok(None);
        }
        self.at += 1;
        line.text_pair().map(|(_, value)| Some(value))
    }
}

fn require(held: bool, line: &Line, wrong: Wrong) -> Result<(), Fault> {
    if held { Ok(()) } else { Err(line.fault(wrong)) }
}

/// An identifier, whether it is critical, and a value, which is nobody's business here.
fn is_control(text: &str) -> bool {
    let form = text.split_once(':').map_or(text, |(form, _)| form);
    let mut words = form.split_ascii_whitespace();
    words.next().is_some_and(is_oid)
        && words.next().is_none_or(|word| ["true", "false"].contains(&word))
        && words.next().is_none()
}

fn additions(reader: &mut Reader<'_>) -> Result<Change, Fault> {
    let mut attributes = Vec::new();
    while let Some(line) = reader.next() {
        let (name, value) = line.pair()?;
        attributes.push(Attribute { name: name.to_owned(), value });
    }
    require(!attributes.is_empty(), reader.last(), Wrong::Incomplete)?;
    Ok(Change::Add(attributes))
}

fn modifications(reader: &mut Reader<'_>) -> Result<Change, Fault> {
    let mut modifications = Vec::new();
    while let Some(line) = reader.next() {
        modifications.push(modification(reader, line)?);
    }
    Ok(Change::Modify(modifications))
}

/// One modification, up to the line with nothing but a minus that ends it.
fn modification(reader: &mut Reader<'_>, first: &Line) -> Result<Modification, Fault> {
    let (kind, name) = first.text_pair()?;
    let kind = match kind.to_ascii_lowercase().as_str() {
        "add" => ModificationKind::Add,
        "delete" => ModificationKind::Delete,
        "replace" => ModificationKind::Replace,
        _ => return Err(first.fault(Wrong::Unexpected)),
    };
    require(is_attribute(&name), first, Wrong::Name)?;
    let mut values = Vec::new();
    while let Some(line) = reader.next() {
        if line.text.trim_end() == "-" {
            require(!values.is_empty() || kind != ModificationKind::Add, line, Wrong::Incomplete)?;
            return Ok(Modification { kind, name, values });
        }
        let (of, value) = line.pair()?;
        require(of.eq_ignore_ascii_case(&name), line, Wrong::Unexpected)?;
        values.push(value);
    }
    Err(reader.last().fault(Wrong::Incomplete))
}

fn rename(reader: &mut Reader<'_>) -> Result<Rename, Fault> {
    let missing = |reader: &Reader<'_>| {
        reader.peek().map_or(reader.last().fault(Wrong::Incomplete), |line| line.fault(Wrong::Unexpected))
    };
    let new_rdn = reader.take_text("newrdn")?.ok_or_else(|| missing(reader))?;
    require(!new_rdn.is_empty(), reader.last(), Wrong::Value)?;
    let deletes_old = match reader.take_text("deleteoldrdn")?.ok_or_else(|| missing(reader))?.as_str() {
        "0" => false,
        "1" => true,
        _ => return Err(reader.last().fault(Wrong::Value)),
    };
    let new_superior = reader.take_text("newsuperior")?;
    Ok(Rename { new_rdn, deletes_old, new_superior })
}
