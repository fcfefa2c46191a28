//! Reads the text of `round.toml` as a checked [`Round`], with a finding for every fault.

use jiff::civil::Date;

use super::agencies::check_agencies;
use super::agency::{Agency, AgencyPlace, AgencyStatus};
use super::folder::AGENCIES_FILE;
use super::settings::{Branding, Cleared, ReturnEntry, Round};
use crate::core::fields::{Fields, Placed, TomlText, nearest};
use crate::core::finding::{Checked, Code, Finding};
use crate::core::ids::{AgencyId, RoundId, ThemeId};
use crate::core::names::RelativeName;
use crate::core::quoting::quote;
use crate::theme::{Basis, ColumnOrder, Group};

/// The longest name of a partnership, in characters: three lines of a title slide.
const LONGEST_PARTNERSHIP: usize = 120;

/// The longest marking, in characters: a line of a page's foot, and well inside the 255 of a sheet's printed header.
const LONGEST_MARKING: usize = 60;

/// The fewest hexadecimal digits of a SHA-256 that identify a file.
const FEWEST_DIGITS: usize = 8;

/// The version of the format that is written. Every earlier one can be read: 1 had no folder `record/`.
pub(super) const FORMAT: i64 = 2;

/// Reads `round.toml` like [`read_with`], but without the list of agencies. It has only those that an earlier version wrote into the file.
pub fn read(file: &str, text: &str) -> Checked<Option<Round>> {
    read_with(file, text, None)
}

/// Reads `round.toml` together with the agencies of the list, if there is one. The output is `None` if a finding is must-fix: with a fault
/// in dates or agencies, wrong workbooks would be sent out.
pub fn read_with(file: &str, text: &str, listed: Option<Vec<Agency>>) -> Checked<Option<Round>> {
    let (output, findings) = TomlText::new(file, text).read(|fields| round(fields, listed));
    let is_faulty = findings.iter().any(|finding| finding.severity() == crate::core::finding::Severity::MustFix);
    Checked { output: output.filter(|_| !is_faulty), findings }
}

fn round(mut fields: Fields<'_>, listed: Option<Vec<Agency>>) -> Option<Round> {
    fields.format_up_to(FORMAT);
    let id = fields.text("id").value;
    let theme = theme_id(&mut fields);
    let partnership = short_text(&mut fields, "partnership", LONGEST_PARTNERSHIP);
    let issued_on = fields.optional_date("issued_on");
    let deadline = fields.date("deadline");
    let fieldwork_starts = fields.optional_date("fieldwork_starts");
    check_dates(&fields, issued_on, deadline, fieldwork_starts);
    let marking = short_text(&mut fields, "marking", LONGEST_MARKING);
    let contact = fields.line("contact");
    let officer = fields.line("officer");
    let goes_on_from = Some(fields.line("goes_on_from")).filter(|id| !id.is_empty()).map(RoundId);
    let kept_until = fields.line("kept_until");
    let column_order =
        fields.word("column_order", &ColumnOrder::ALL, ColumnOrder::key).unwrap_or(ColumnOrder::WorkingWellFirst);
    // No default: it decides what every agency is asked.
    if !fields.has("rate") {
        fields.missing("rate");
    }
    let rate = fields.words("rate", &Basis::ALL, Basis::letter);
    let include = fields.texts("include");
    let include = include.iter().filter_map(|id| checked_id(&fields, "include", id)).collect();
    let agencies = agencies_of(&mut fields, listed);
    let returns = returns(&mut fields, agencies.as_deref());
    let cleared = fields.tables("cleared").into_iter().map(cleared).collect();
    let branding = fields.optional_table("brand").map_or(Branding::default(), branding);
    fields.finish();
    Some(Round {
        id: RoundId(id),
        theme,
        partnership,
        issued_on,
        deadline: deadline?,
        fieldwork_starts,
        marking,
        contact,
        officer,
        goes_on_from,
        kept_until,
        column_order,
        rate,
        include,
        agencies: agencies.unwrap_or_default(),
        returns,
        cleared,
        branding,
    })
}

fn theme_id(fields: &mut Fields<'_>) -> ThemeId {
    let written = fields.text("theme");
    checked_id(fields, "theme", &written).unwrap_or(ThemeId(written.value))
}

/// The id of a theme; `None`, with a finding, if the text is not one. Files are looked up by it, so it must not have a path in it.
fn checked_id(fields: &Fields<'_>, key: &str, written: &Placed<String>) -> Option<ThemeId> {
    let id = ThemeId::parse(&written.value);
    if id.is_none() && !written.value.trim().is_empty() {
        let found = format!("`{key}` is {}", quote(&written.value));
        let expected = "the id of a theme, of a-z, 0-9 and -";
        fields.note(
            Code::ValueInvalid,
            written.place.clone(),
            found,
            expected,
            "`jtai theme list --all` shows them all",
        );
    }
    id
}

fn branding(mut table: Fields<'_>) -> Branding {
    let logo = logo(&mut table);
    let (colour, second_colour) = (table.line("colour"), table.line("second_colour"));
    table.finish();
    Branding { logo, colour, second_colour }
}

fn logo(table: &mut Fields<'_>) -> Option<RelativeName> {
    let written = table.optional_text("logo").filter(|written| !written.value.trim().is_empty())?;
    match RelativeName::typed(&written.value) {
        Ok(name) => Some(name),
        Err(fault) => {
            let found = format!("the logo {} is not a file in the round's folder: {fault}", quote(&written.value));
            let expected = "a file in the round's folder, as in logo.svg";
            table.note(Code::BrandUnfit, written.place, found, expected, "copy it there, and write its name");
            None
        }
    }
}

/// A text on one line, short enough for pages and sheets. It must be there. Only the partnership must not be empty.
fn short_text(fields: &mut Fields<'_>, key: &'static str, longest: usize) -> String {
    let Some(text) = fields.optional_text(key) else {
        fields.missing(key);
        return String::new();
    };
    let length = text.value.chars().count();
    if length > longest || text.value.contains(['\n', '\r']) {
        let found = format!("`{key}` has {length} characters");
        let expected = format!("at most {longest}, on one line, so that every page has room for it");
        fields.note(Code::ValueInvalid, text.place, found, &expected, "shorten it");
    } else if text.value.trim().is_empty() && key == "partnership" {
        fields.note(Code::ValueInvalid, text.place, "`partnership` is empty", "the partnership's name", "fill it in");
    }
    text.value
}

/// Checks that years are plausible, and that fieldwork does not start before the deadline.
fn check_dates(fields: &Fields<'_>, issued_on: Option<Date>, deadline: Option<Date>, fieldwork: Option<Date>) {
    // Joint targeted area inspections began in 2016, so an earlier year is a slip.
    for date in
        [issued_on, deadline, fieldwork].into_iter().flatten().filter(|date| !(2016..2100).contains(&date.year()))
    {
        fields.note(
            Code::ValueInvalid,
            fields.place(),
            format!("{date} is not a plausible date"),
            "a year from 2016 to 2099",
            "correct it",
        );
    }
    if let (Some(deadline), Some(fieldwork)) = (deadline, fieldwork)
        && fieldwork < deadline
    {
        let found = format!("fieldwork starts on {fieldwork}, before the deadline {deadline}");
        fields.note(Code::DatesCrossed, fields.place(), found, "the deadline first", "check both dates");
    }
}

/// The agencies of the list; without a list, those of `round.toml` from an earlier version. `None` if there are neither.
fn agencies_of(fields: &mut Fields<'_>, listed: Option<Vec<Agency>>) -> Option<Vec<Agency>> {
    let entries: Vec<Agency> = fields.tables("agency").into_iter().filter_map(agency).collect();
    let Some(mut listed) = listed else {
        check_agencies(&entries).into_iter().for_each(|finding| fields.add(finding));
        return (!entries.is_empty()).then_some(entries);
    };
    // An entry that equals one in the list needs no finding: a command was stopped after it had copied it there and before it removed it
    // here.
    for entry in entries.iter().filter(|entry| !listed.iter().any(|agency| agency.says_the_same_as(entry))) {
        let found = format!("the entry [[agency]] of {} is not read", quote(entry.id.as_str()));
        let expected = format!("agencies in {AGENCIES_FILE}");
        let remedy = "add it to that list if you need it, then remove the entry here";
        let finding = Finding::new(Code::AgencyEntry, entry.place.row.clone(), found, expected, remedy);
        fields.add(finding.naming(entry.id.as_str()));
    }
    // A command may have been stopped before it recorded what was sent. The list does not have it, so it is still taken from here.
    for agency in listed.iter_mut().filter(|agency| agency.sent_on.is_none()) {
        if let Some(entry) = entries.iter().find(|entry| agency.says_the_same_as(entry)) {
            (agency.sent_on, agency.sent_code) = (entry.sent_on, entry.sent_code.clone());
        }
    }
    Some(listed)
}

fn agency(mut table: Fields<'_>) -> Option<Agency> {
    let place = AgencyPlace::of_entry(table.place());
    let id = AgencyId(table.text("id").value);
    let name = table.text("name").value;
    let group = table.word("group", &Group::ALL, Group::code);
    if !table.has("group") {
        table.missing("group");
    }
    let contact = table.line("contact");
    let email = table.line("email");
    let deputy = table.line("deputy");
    let approver_role = table.line("approver_role");
    let due = table.optional_date("due");
    let sent_on = table.optional_date("sent_on");
    let sent_code = table.line("sent_code");
    let status = table.word("status", &AgencyStatus::ALL, AgencyStatus::key);
    let note = table.text_or_empty("note");
    table.finish();
    Some(Agency {
        id,
        name,
        short: String::new(),
        group: group?,
        contact,
        email,
        deputy,
        approver_role,
        due,
        sent_on,
        sent_code,
        status,
        note,
        previously: Vec::new(),
        place,
    })
}

/// A text that a named person cleared. Without a name it stays held back, so the name is required.
fn cleared(mut table: Fields<'_>) -> Cleared {
    let file = table.file_name("file");
    let mut text = |key| table.text(key).value;
    let (sheet, cell, by) = (text("sheet"), text("cell"), text("by"));
    let print = table.text("sha256");
    let is_print = print.value.len() >= FEWEST_DIGITS && print.value.bytes().all(|byte| byte.is_ascii_hexdigit());
    if !is_print && !print.value.is_empty() {
        let found = format!("`sha256` is \"{}\"", print.value);
        let remedy = "copy it from the finding about the text that was held back";
        table.note(Code::ValueInvalid, print.place.clone(), found, "8 hexadecimal digits or more", remedy);
    }
    let on = table.date("on");
    table.finish();
    Cleared { file, sheet, cell, sha256: print.value.to_lowercase(), by, on }
}

/// What the officer settled about single files. Their agencies are checked, if the agencies are known.
fn returns(fields: &mut Fields<'_>, agencies: Option<&[Agency]>) -> Vec<ReturnEntry> {
    let known: Option<Vec<&str>> = agencies.map(|agencies| agencies.iter().map(|agency| agency.id.as_str()).collect());
    let is_known = |id: &str| known.as_ref().is_none_or(|known| known.contains(&id));
    let mut entries = Vec::new();
    for mut table in fields.tables("return") {
        let file = table.file_name("file");
        let agency = table.optional_text("agency");
        let is_used = table.optional_bool("use").unwrap_or(true);
        if let Some(written) = agency.as_ref().filter(|written| !is_known(&written.value)) {
            let meant = nearest(&written.value, known.as_deref().unwrap_or_default())
                .map_or("use an id of this round".to_string(), |id| format!("did you mean \"{id}\"?"));
            let found = format!("`agency` is \"{}\"", written.value);
            table.note(Code::ValueInvalid, written.place.clone(), found, "an agency of this round", &meant);
        }
        if entries.iter().any(|entry: &ReturnEntry| entry.file == file) {
            let found = format!("a second [[return]] entry for \"{file}\"");
            table.note(
                Code::ValueInvalid,
                table.place(),
                found,
                "one entry for each file",
                "keep the one that you mean",
            );
        }
        if !is_used && agency.is_some() {
            let found = "`agency` and use = false in one entry".to_string();
            table.note(Code::ValueInvalid, table.place(), found, "one or the other", "keep the one that you mean");
        }
        table.finish();
        entries.push(ReturnEntry { file, agency: agency.map(|id| AgencyId(id.value)), is_used });
    }
    entries
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::round::as_toml;

    fn sample() -> Round {
        let text = r##"
format = 2
id = "da"
theme = "domestic-abuse-2024"
partnership = "Exampleshire \"West\" Partnership"
issued_on = 2026-11-23
deadline = 2026-12-11
marking = "OFFICIAL-SENSITIVE"
contact = "benchmarking@example.org"
officer = "M Hill"
column_order = "worried-first"
rate = ["S"]
[[agency]]
id = "police"
name = "Exampleshire Police"
group = "POL"
due = 2026-12-18
status = "extended"
[[return]]
file = "returns\\scan 3.xlsx"
agency = "police"
[brand]
logo = "logo.svg"
colour = "#801650"
"##;
        let checked = read("round.toml", text);
        assert_eq!(checked.findings, []);
        checked.output.expect("no fault")
    }

    #[test]
    fn what_is_written_is_read_back() {
        let round = sample();
        assert_eq!(round.returns[0].file, "returns/scan 3.xlsx");
        let again = read_with("round.toml", &as_toml(&round), Some(round.agencies.clone()));
        assert_eq!(again.findings, []);
        assert_eq!(again.output, Some(round));
    }

    #[test]
    fn names_that_lead_out_of_the_round_are_refused() {
        let with = |key: &str, value: &str| {
            let text = as_toml(&sample()).replace(key, &format!("{} = {value}", key.split(' ').next().expect("a key")));
            read("round.toml", &text).findings.iter().map(|finding| finding.code).collect::<Vec<_>>()
        };
        assert_eq!(with("theme = \"domestic-abuse-2024\"", "\"../../x\""), [Code::ValueInvalid]);
        assert_eq!(with("include = []", "[\"../x\"]"), [Code::ValueInvalid]);
        assert_eq!(with("logo = \"logo.svg\"", "\"../logo.svg\""), [Code::BrandUnfit]);
        assert_eq!(with("logo = \"logo.svg\"", "\"pictures\\\\logo.svg\""), []);
    }

    #[test]
    fn faults_leave_no_round() {
        let text = "format = 1\nid = \"i\"\nrate = [\"S\"]\nmarking = \"\"\ntheme = \"t\"\npartnership = \"P\"\ndeadlin = 2026-12-11\n[[agency]]\nid = \"a\"\nname = \"A\"\ngroup = \"HTL\"\n";
        let checked = read("round.toml", text);
        let found: Vec<(Code, String)> = checked.findings.iter().map(|f| (f.code, f.remedy.clone())).collect();
        assert_eq!(checked.output, None);
        assert_eq!(
            found,
            [
                (Code::KeyMissing, "add it".to_string()),
                (Code::ValueInvalid, "did you mean \"HLT\"?".to_string()),
                (Code::KeyUnknown, "did you mean `deadline`?".to_string()),
            ]
        );
    }
}
