//! Shows and changes single settings of a TOML text, and keeps everything else as somebody wrote it: comments, order, blanks.

use jiff::civil::Date;
use toml_edit::{Array, DocumentMut, Item, Table, Value};

/// The table and the key of a setting.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SettingKey {
    /// Its table; empty for keys before the first header.
    pub table: &'static str,
    /// Its key.
    pub key: &'static str,
}

/// The new value of a setting.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SettingValue {
    /// Words.
    Text(String),
    /// A day.
    Day(Date),
    /// A list of words.
    Texts(Vec<String>),
    /// Nothing: the setting is removed.
    Nothing,
}

/// A text whose settings can be changed.
#[derive(Debug, Clone)]
pub struct SettingsText {
    document: DocumentMut,
    /// The byte-order mark that some editors put before a text, or nothing.
    mark: &'static str,
    /// Whether all its lines end in CR LF. `toml_edit` keeps only LF, so they are put back when the text is written.
    has_windows_ends: bool,
}

impl SettingsText {
    /// Reads a text; `None` where it is not TOML.
    pub fn read(text: &str) -> Option<SettingsText> {
        let mark = if text.starts_with('\u{feff}') { "\u{feff}" } else { "" };
        let has_windows_ends = text.contains('\n') && text.matches('\n').count() == text.matches("\r\n").count();
        Some(SettingsText { document: text[mark.len()..].parse().ok()?, mark, has_windows_ends })
    }

    /// The value of a setting in words: texts and days as they are, a list with commas between its words; empty where it is not there.
    pub fn words_of(&self, at: SettingKey) -> String {
        match self.item(at).and_then(Item::as_value) {
            Some(Value::String(text)) => text.value().clone(),
            Some(Value::Array(items)) => {
                let texts: Vec<&str> = items.iter().filter_map(Value::as_str).collect();
                texts.join(", ")
            }
            Some(other) => {
                let mut plain = other.clone();
                plain.decor_mut().clear();
                plain.to_string()
            }
            None => String::new(),
        }
    }

    /// Whether a setting is there, whatever its value.
    pub fn has(&self, at: SettingKey) -> bool {
        self.item(at).is_some()
    }

    fn item(&self, at: SettingKey) -> Option<&Item> {
        let table = match at.table {
            "" => self.document.as_table(),
            name => self.document.get(name)?.as_table()?,
        };
        table.get(at.key)
    }

    /// Changes a setting. A new one replaces the comment that shows how it is written, as in `# day = 2026-01-01`, where there is one;
    /// otherwise it goes last in its table.
    pub fn set(&mut self, at: SettingKey, value: &SettingValue) {
        let value = match value {
            SettingValue::Text(text) => Value::from(text.as_str()),
            // A day is written without quotes, as the template has it.
            SettingValue::Day(day) => match day.to_string().parse::<toml_edit::Datetime>() {
                Ok(day) => Value::from(day),
                Err(_) => Value::from(day.to_string()),
            },
            SettingValue::Texts(texts) => Value::Array(texts.iter().map(String::as_str).collect::<Array>()),
            SettingValue::Nothing => return self.remove(at),
        };
        if !self.has(at) {
            self.uncomment(at);
        }
        let Some(table) = self.table_mut(at.table) else { return };
        match table.get_mut(at.key).and_then(Item::as_value_mut) {
            Some(old) => {
                // The decor is the blanks and the comment around the old value.
                let decor = old.decor().clone();
                *old = value;
                *old.decor_mut() = decor;
            }
            None => {
                table.insert(at.key, Item::Value(value));
            }
        }
    }

    /// Changes a text of the entry with this id, in a list inside the entries of another list, as statements are inside areas. An empty text
    /// removes the setting. Returns whether there is such an entry.
    pub fn set_in_entry(&mut self, lists: [&str; 2], id: &str, key: &str, text: &str) -> bool {
        let outer = self.document.get_mut(lists[0]).and_then(Item::as_array_of_tables_mut);
        let inner = outer.into_iter().flat_map(|outer| outer.iter_mut());
        let mut entries = inner
            .filter_map(|entry| entry.get_mut(lists[1]).and_then(Item::as_array_of_tables_mut))
            .flat_map(|entries| entries.iter_mut());
        let Some(entry) = entries.find(|entry| entry.get("id").and_then(Item::as_str) == Some(id)) else {
            return false;
        };
        match (entry.get_mut(key).and_then(Item::as_value_mut), text.is_empty()) {
            (_, true) => _ = entry.remove(key),
            (Some(old), false) => {
                let decor = old.decor().clone();
                *old = Value::from(text);
                *old.decor_mut() = decor;
            }
            (None, false) => _ = entry.insert(key, Item::Value(Value::from(text))),
        }
        true
    }

    fn remove(&mut self, at: SettingKey) {
        if self.has(at)
            && let Some(table) = self.table_mut(at.table)
        {
            table.remove(at.key);
        }
    }

    /// The table of a setting, added where it is missing; `None` where a key that is not a table has its name.
    fn table_mut(&mut self, name: &str) -> Option<&mut Table> {
        match name {
            "" => Some(self.document.as_table_mut()),
            name => self.document.entry(name).or_insert_with(|| Item::Table(Table::new())).as_table_mut(),
        }
    }

    /// Turns the line `# key = ...` of its table into a setting, and keeps the comment at the end of the line.
    fn uncomment(&mut self, at: SettingKey) {
        // The document's tree has comments only as blank space before something else, so the line is looked for in the text.
        let text = self.document.to_string();
        let commented = format!("# {} = ", at.key);
        let (mut place, mut table) = (0, "");
        for line in text.split_inclusive('\n') {
            if let Some(header) = line.strip_prefix('[') {
                table = header.split(']').next().unwrap_or_default().trim();
            }
            if table == at.table && line.starts_with(&commented) {
                let with_it = format!("{}{}", &text[..place], &text[place + 2..]);
                if let Ok(document) = with_it.parse() {
                    self.document = document;
                }
                return;
            }
            place += line.len();
        }
    }

    /// The whole text with its changes.
    pub fn text(&self) -> String {
        let text = format!("{}{}", self.mark, self.document);
        if self.has_windows_ends { text.replace('\n', "\r\n") } else { text }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const fn key(table: &'static str, key: &'static str) -> SettingKey {
        SettingKey { table, key }
    }

    #[test]
    fn one_setting_is_changed_and_all_else_stays() {
        let text = "\u{feff}# mine\r\nname  = 'A' # who\r\n\r\n# day = 2026-01-01   # when\r\nrate = [\"S\"]\r\n\r\n# about it\r\n[brand]\r\ncolour = \"#000000\" # black\r\n";
        let mut settings = SettingsText::read(text).expect("TOML");
        assert_eq!(settings.text(), text);
        assert_eq!(settings.words_of(key("", "name")), "A");
        assert_eq!(settings.words_of(key("", "day")), "");
        settings.set(key("", "name"), &SettingValue::Text("A \"B\"".into()));
        settings.set(key("", "day"), &SettingValue::Day(jiff::civil::date(2027, 1, 11)));
        settings.set(key("", "rate"), &SettingValue::Texts(vec!["S".into(), "L".into()]));
        settings.set(key("brand", "colour"), &SettingValue::Nothing);
        settings.set(key("brand", "logo"), &SettingValue::Text("logo.svg".into()));
        settings.set(key("other", "x"), &SettingValue::Nothing);
        let changed = "\u{feff}# mine\r\nname  = 'A \"B\"' # who\r\n\r\nday = 2027-01-11   # when\r\nrate = [\"S\", \"L\"]\r\n\r\n# about it\r\n[brand]\r\nlogo = \"logo.svg\"\r\n";
        assert_eq!(settings.text(), changed);
        assert_eq!(
            (settings.words_of(key("", "day")), settings.words_of(key("", "rate"))),
            ("2027-01-11".into(), "S, L".into())
        );
    }

    #[test]
    fn a_commented_line_is_taken_in_its_own_table() {
        let text = "a = 1\n\n[one]\n# day = 2026-01-01\nb = 1\n\n[two]\n# day = 2026-01-01 # two\n";
        let mut settings = SettingsText::read(text).expect("TOML");
        settings.set(key("two", "day"), &SettingValue::Day(jiff::civil::date(2027, 1, 11)));
        assert_eq!(settings.text(), text.replace("# day = 2026-01-01 # two", "day = 2027-01-11 # two"));
    }

    #[test]
    fn a_text_of_an_entry_in_a_list_of_lists_is_changed_and_all_else_stays() {
        let text = "[[area]]\nid = \"1\"\n\n[[area.criterion]]\nid = \"A\" # a\nshort = 'One' # why\ntext = \"T\"\n\n[[area.criterion]]\nid = \"B\"\n";
        let mut settings = SettingsText::read(text).expect("TOML");
        assert!(settings.set_in_entry(["area", "criterion"], "A", "short", "Two"));
        assert!(settings.set_in_entry(["area", "criterion"], "B", "short", "Three"));
        assert!(!settings.set_in_entry(["area", "criterion"], "C", "short", "Four"));
        let changed = text.replace("'One'", "\"Two\"").replace("id = \"B\"\n", "id = \"B\"\nshort = \"Three\"\n");
        assert_eq!(settings.text(), changed);
        settings.set_in_entry(["area", "criterion"], "B", "short", "");
        assert_eq!(settings.text(), text.replace("'One'", "\"Two\""));
    }

    #[test]
    fn a_text_that_is_not_toml_has_no_settings() {
        assert!(SettingsText::read("name = ").is_none());
    }
}
