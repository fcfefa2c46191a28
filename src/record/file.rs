//! A file of the record: plain text, named by its day and its content, never changed afterwards.

use jiff::civil::Date;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use toml::{Table, Value};

use super::entry::{Entry, EntryId, NewEntry, Recorded, Who};
use crate::core::hash::sha256_hex;
use crate::core::names::RelativeName;

/// The version of the format. A file in a newer format is not used, and is reported.
const FORMAT: i64 = 1;

/// How many hexadecimal digits of the content's SHA-256 are in a file's name.
const DIGITS: usize = 16;

/// The largest file that is read, in bytes: a thousand times the largest that a round of 1,000 agencies makes in a day.
const LARGEST: usize = 64 << 20;

/// What every file begins with. It must not change, because a renamed file of the record is recognised by it.
const NOTE: &str = "# Written by jtai. Please leave it as it is: what it records is taken back by a later entry, and never by changing it.\n";

/// A file of the record: what one command recorded.
#[derive(Debug, Clone, PartialEq)]
pub struct RecordFile {
    /// Its name in `record/`.
    pub name: String,
    /// The day of the command.
    pub on: Date,
    /// The command.
    pub command: String,
    /// Who ran it.
    pub who: Who,
    /// What it recorded.
    pub entries: Vec<Recorded>,
    /// Whether its name is not the one it was written under, because a sync program or a person copied it.
    pub is_copy: bool,
    tables: Vec<(String, Table)>,
}

/// Why a file of the record cannot be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FileFault {
    /// By its name it is not a file of the record.
    Foreign,
    /// Its content has changed since it was written.
    Changed,
    /// A newer program wrote it.
    Newer,
}

/// The name for a file with this text.
fn name_of(on: Date, text: &str) -> String {
    format!("{on} {}.toml", &sha256_hex(text.as_bytes())[..DIGITS])
}

/// The name and the text of the file for what a command recorded.
pub fn as_file(on: Date, command: &str, who: &Who, entries: &[NewEntry]) -> (RelativeName, String) {
    let table = |new: &NewEntry| {
        let mut table = match &new.entry {
            Entry::Issued(what) => as_table(what),
            Entry::Sent(what) => as_table(what),
            Entry::Received(what) => as_table(what),
            Entry::Asked(what) => as_table(what),
            Entry::TakenBack(what) => as_table(what),
            Entry::Forgotten(what) => as_table(what),
            Entry::Listed(what) => as_table(what),
            Entry::Addressed(what) => as_table(what),
            Entry::LeftList(what) => as_table(what),
            Entry::Settled(what) => as_table(what),
            Entry::Withdrawn(what) => as_table(what),
            Entry::Moderated(what) => as_table(what),
        };
        if let Some(day) = new.on.filter(|day| *day != on) {
            table.insert("on".into(), Value::String(day.to_string()));
        }
        if !new.replaces.is_empty() {
            let ids = new.replaces.iter().map(|id| Value::String(id.0.clone())).collect();
            table.insert("replaces".into(), Value::Array(ids));
        }
        (new.entry.kind().to_string(), table)
    };
    text(on, command, who, &entries.iter().map(table).collect::<Vec<_>>())
}

fn text(on: Date, command: &str, who: &Who, tables: &[(String, Table)]) -> (RelativeName, String) {
    let mut file = Table::new();
    file.insert("format".into(), Value::Integer(FORMAT));
    for (key, text) in
        [("on", on.to_string()), ("command", command.into()), ("by", who.by.clone()), ("account", who.account.clone())]
    {
        if !text.is_empty() {
            file.insert(key.into(), Value::String(text));
        }
    }
    for (kind, table) in tables {
        let list = file.entry(kind.clone()).or_insert_with(|| Value::Array(Vec::new()));
        if let Value::Array(list) = list {
            list.push(Value::Table(table.clone()));
        }
    }
    // OK because tables of texts, numbers and lists are TOML.
    let text = format!("{NOTE}{}", toml::to_string(&file).expect("TOML"));
    let name = RelativeName::new(&name_of(on, &text)).expect("a day and digits are a name");
    (name, text)
}

fn as_table(what: &impl Serialize) -> Table {
    // OK because every kind of entry is a struct of texts, numbers and lists.
    Table::try_from(what).expect("an entry is a table")
}

/// The id of an entry, from its kind, its day and its table in the file with sorted keys. It is made from the table, not from the struct,
/// so that a field added in a later version changes no id of an older entry.
fn id(kind: &str, on: Date, table: &Table) -> EntryId {
    let text = toml::to_string(table).expect("a table that was read is TOML");
    EntryId(sha256_hex(format!("{kind}\n{on}\n{text}").as_bytes())[..32].to_string())
}

/// The fields that every kind of entry has.
#[derive(Deserialize)]
struct Common {
    on: Option<Date>,
    #[serde(default)]
    replaces: Vec<EntryId>,
}

/// Reads a file of `record/`.
///
/// # Errors
///
/// When it is not a file of the record, was changed after it was written, or is of a newer version.
pub fn read(name: &str, bytes: &[u8]) -> Result<RecordFile, FileFault> {
    // A file of the record that was renamed has no hash in its name to check it with.
    let digits = digits_in(name).ok_or(match bytes.starts_with(NOTE.as_bytes()) {
        true => FileFault::Changed,
        false => FileFault::Foreign,
    })?;
    if bytes.len() > LARGEST {
        return Err(FileFault::Changed);
    }
    // Sync programs may change line ends. That is no change of content, so the hash is checked without it.
    let text = std::str::from_utf8(bytes).map_err(|_| FileFault::Changed)?.replace("\r\n", "\n");
    // Some editors and sync programs add a byte order mark.
    let text = text.trim_start_matches('\u{feff}');
    if !sha256_hex(text.as_bytes()).starts_with(&digits) {
        return Err(FileFault::Changed);
    }
    let mut table: Table = toml::from_str(text).map_err(|_| FileFault::Changed)?;
    let said = |table: &mut Table, key: &str| match table.remove(key) {
        Some(Value::String(text)) => text,
        _ => String::new(),
    };
    if table.remove("format").and_then(|format| format.as_integer()).is_none_or(|format| format > FORMAT) {
        return Err(FileFault::Newer);
    }
    let on: Date = said(&mut table, "on").parse().map_err(|_| FileFault::Changed)?;
    let command = said(&mut table, "command");
    let who = Who { by: said(&mut table, "by"), account: said(&mut table, "account") };
    let (mut entries, mut tables) = (Vec::new(), Vec::new());
    for (kind, list) in table {
        for item in list.as_array().ok_or(FileFault::Newer)? {
            let table = item.as_table().ok_or(FileFault::Newer)?;
            entries.push(recorded(&kind, table, on, &who)?);
            tables.push((kind.clone(), table.clone()));
        }
    }
    let is_copy = name != name_of(on, text);
    Ok(RecordFile { name: name.to_string(), on, command, who, entries, is_copy, tables })
}

fn recorded(kind: &str, table: &Table, on: Date, who: &Who) -> Result<Recorded, FileFault> {
    fn of<T: DeserializeOwned>(table: &Table) -> Result<T, FileFault> {
        table.clone().try_into().map_err(|_| FileFault::Newer)
    }
    let Common { on: own, replaces } = of(table)?;
    let entry = match kind {
        "issued" => Entry::Issued(of(table)?),
        "sent" => Entry::Sent(of(table)?),
        "received" => Entry::Received(of(table)?),
        "asked" => Entry::Asked(of(table)?),
        "taken_back" => Entry::TakenBack(of(table)?),
        "forgotten" => Entry::Forgotten(of(table)?),
        "listed" => Entry::Listed(of(table)?),
        "addressed" => Entry::Addressed(of(table)?),
        "left_list" => Entry::LeftList(of(table)?),
        "settled" => Entry::Settled(of(table)?),
        "withdrawn" => Entry::Withdrawn(of(table)?),
        "moderated" => Entry::Moderated(of(table)?),
        // A newer version wrote this kind. Without it the rest cannot be used: it may take one of the other entries back.
        _ => return Err(FileFault::Newer),
    };
    let on = own.unwrap_or(on);
    Ok(Recorded { id: id(kind, on, table), on, by: who.by.clone(), replaces, entry })
}

/// The digits of the content's hash in a file's name; `None` if neither a file of the record nor a copy of one has such a name.
fn digits_in(name: &str) -> Option<String> {
    if !name.to_lowercase().ends_with(".toml") {
        return None;
    }
    let is_digit = |c: char| c.is_ascii_digit() || ('a'..='f').contains(&c);
    name.split(|c: char| !is_digit(c)).find(|run| run.len() == DIGITS).map(str::to_string)
}

impl RecordFile {
    /// The file without some of its entries; `None` if none is left.
    pub fn without(&self, is_gone: impl Fn(&Recorded) -> bool) -> Option<(RelativeName, String)> {
        let kept = self.entries.iter().zip(&self.tables).filter(|(entry, _)| !is_gone(entry));
        let tables: Vec<(String, Table)> = kept.map(|(_, table)| table.clone()).collect();
        (!tables.is_empty()).then(|| text(self.on, &self.command, &self.who, &tables))
    }
}
