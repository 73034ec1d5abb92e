//! Records of LDIF: the lines between two empty lines.

use super::lines::{Line, is_attribute, is_oid};
use super::{AddedValue, EntryChange, LdifError, LdifErrorKind, Modification, ModificationKind, Record, Rename};

/// The first lines of a text without the version line, if there is one.
pub fn skip_version(lines: &[Line]) -> Result<&[Line], LdifError> {
    let Some((first, rest)) = lines.split_first() else { return Ok(lines) };
    match first.text_pair()? {
        (name, version) if name.eq_ignore_ascii_case("version") => {
            if version == "1" {
                Ok(rest)
            } else {
                Err(first.error(LdifErrorKind::Version))
            }
        }
        _ => Ok(lines),
    }
}

/// Parses a record. It has at least one line.
pub fn parse(lines: &[Line]) -> Result<Record, LdifError> {
    let mut reader = Reader { lines, at: 0 };
    let first = &lines[0];
    let dn = reader.take_text("dn")?.ok_or_else(|| first.error(LdifErrorKind::NoName))?;
    while let Some(control) = reader.take_text("control")? {
        require(is_control(&control), reader.last(), LdifErrorKind::Control)?;
    }
    let change = match reader.take_text("changetype")? {
        None => additions(&mut reader)?,
        Some(kind) => match kind.to_ascii_lowercase().as_str() {
            "add" | "ntdsschemaadd" => additions(&mut reader)?,
            "modify" | "ntdsschemamodify" => modifications(&mut reader)?,
            "modrdn" | "moddn" | "ntdsschemamodrdn" => EntryChange::Rename(rename(&mut reader)?),
            "delete" | "ntdsschemadelete" => EntryChange::Delete,
            _ => return Err(reader.last().error(LdifErrorKind::ChangeType)),
        },
    };
    match reader.next() {
        Some(line) => Err(line.error(LdifErrorKind::Unexpected)),
        None => Ok(Record { line: first.number, dn, change }),
    }
}

/// The lines of a record, and how many of them are parsed.
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

    /// The line that was parsed last, or the first line if none was.
    fn last(&self) -> &'l Line {
        &self.lines[self.at.saturating_sub(1)]
    }

    /// Takes the value of the next line, if the line has that name.
    fn take_text(&mut self, name: &str) -> Result<Option<String>, LdifError> {
        let Some(line) = self.peek() else { return Ok(None) };
        let matches = line.text.split_once(':').is_some_and(|(found, _)| found.eq_ignore_ascii_case(name));
        if !matches {
            return Ok(None);
        }
        self.at += 1;
        line.text_pair().map(|(_, value)| Some(value))
    }
}

fn require(holds: bool, line: &Line, kind: LdifErrorKind) -> Result<(), LdifError> {
    if holds { Ok(()) } else { Err(line.error(kind)) }
}

/// A control has an identifier, may say whether it is critical, and may have a value, which is ignored.
fn is_control(text: &str) -> bool {
    let form = text.split_once(':').map_or(text, |(form, _)| form);
    let mut words = form.split_ascii_whitespace();
    words.next().is_some_and(is_oid)
        && words.next().is_none_or(|word| ["true", "false"].contains(&word))
        && words.next().is_none()
}

fn additions(reader: &mut Reader<'_>) -> Result<EntryChange, LdifError> {
    let mut attributes = Vec::new();
    while let Some(line) = reader.next() {
        let (name, value) = line.pair()?;
        attributes.push(AddedValue { name: name.to_owned(), value });
    }
    require(!attributes.is_empty(), reader.last(), LdifErrorKind::Incomplete)?;
    Ok(EntryChange::Add(attributes))
}

fn modifications(reader: &mut Reader<'_>) -> Result<EntryChange, LdifError> {
    let mut modifications = Vec::new();
    while let Some(line) = reader.next() {
        modifications.push(modification(reader, line)?);
    }
    Ok(EntryChange::Modify(modifications))
}

/// One modification. It ends with a line that is only a minus.
fn modification(reader: &mut Reader<'_>, first: &Line) -> Result<Modification, LdifError> {
    let (kind, name) = first.text_pair()?;
    let kind = match kind.to_ascii_lowercase().as_str() {
        "add" => ModificationKind::Add,
        "delete" => ModificationKind::Delete,
        "replace" => ModificationKind::Replace,
        _ => return Err(first.error(LdifErrorKind::Unexpected)),
    };
    require(is_attribute(&name), first, LdifErrorKind::Name)?;
    let mut values = Vec::new();
    while let Some(line) = reader.next() {
        if line.text.trim_end() == "-" {
            require(!values.is_empty() || kind != ModificationKind::Add, line, LdifErrorKind::Incomplete)?;
            return Ok(Modification { kind, name, values });
        }
        let (attribute, value) = line.pair()?;
        require(attribute.eq_ignore_ascii_case(&name), line, LdifErrorKind::Unexpected)?;
        values.push(value);
    }
    Err(reader.last().error(LdifErrorKind::Incomplete))
}

fn rename(reader: &mut Reader<'_>) -> Result<Rename, LdifError> {
    let missing = |reader: &Reader<'_>| {
        reader
            .peek()
            .map_or(reader.last().error(LdifErrorKind::Incomplete), |line| line.error(LdifErrorKind::Unexpected))
    };
    let new_rdn = reader.take_text("newrdn")?.ok_or_else(|| missing(reader))?;
    require(!new_rdn.is_empty(), reader.last(), LdifErrorKind::Value)?;
    let deletes_old = match reader.take_text("deleteoldrdn")?.ok_or_else(|| missing(reader))?.as_str() {
        "0" => false,
        "1" => true,
        _ => return Err(reader.last().error(LdifErrorKind::Value)),
    };
    let new_superior = reader.take_text("newsuperior")?;
    Ok(Rename { new_rdn, deletes_old, new_superior })
}
