//! The content of a presentation in a fixed text form, which its code is made from.
//!
//! The form has a line for each thing: what it is, its name, and its value in quotation marks. An empty value has no line, so that a new
//! column nobody has filled in changes nothing. The form has what is shown and not where it was found: the code stays the same if a return
//! is saved again with the same answers, or a row is moved in `choices.xlsx`. The date of the run is not in it either.
//!
//! The first line has the version. People approve a code, so any change to the form takes back every approval: give it a new version
//! number, and say so in the changelog.

use crate::intake::answers::AnswerRow;
use std::fmt::{Display, Write};

use super::super::inputs::{DocumentInputs, Length};
use super::super::picks::{Added, Agreement, ChildrensLine, ContextFigure, Picked, PickedAction, Picks};
use super::texts::which_ratings;
use crate::analysis::{Action, ActionSince, AgencySummary, Analysis, ChangeRow, NotComparable, RoundChange};
use crate::core::hash;
use crate::form::{ActionProgress, ColumnKey};

/// The version of the form.
const FORM: &str = "presentation 5";

/// The code of a presentation. It changes whenever an answer, a choice, a setting or the length changes.
pub fn code(inputs: &DocumentInputs<'_>, length: Length) -> String {
    hash::short_code(form(inputs, length).as_bytes())
}

/// A hash of what was chosen. It changes whenever a choice changes; the approval is not part of it.
pub fn code_of_picks(picks: &Picks) -> String {
    let mut lines = FormLines(format!("{FORM}\n"));
    add_picks(&mut lines, picks);
    hash::sha256_hex(lines.0.as_bytes())
}

/// The lines of the form.
struct FormLines(String);

impl FormLines {
    /// A line, unless the value is empty.
    fn add(&mut self, what: impl Display, value: impl AsRef<str>) {
        let value = value.as_ref();
        if !value.is_empty() {
            // JSON escapes line ends, so each value stays on its line. Writing to a string cannot fail.
            let _ = writeln!(self.0, "{what} {}", serde_json::Value::from(value));
        }
    }
}

/// What a presentation of this length shows.
pub(super) fn form(inputs: &DocumentInputs<'_>, length: Length) -> String {
    let DocumentInputs { theme, round, analysis, picks, .. } = inputs;
    let mut lines = FormLines(format!("{FORM}\n"));
    lines.add("length", length.key());
    lines.add("partnership", &round.partnership);
    lines.add("marking", &round.marking);
    lines.add("theme", &theme.title);
    lines.add("notice", theme.notice().unwrap_or_default());
    lines.add("fieldwork", round.fieldwork_starts.map_or(String::new(), |date| date.to_string()));
    lines.add("ratings", which_ratings(analysis));
    for summary in &analysis.numbers.criteria {
        lines.add(format_args!("statement {}", summary.criterion.id), &summary.criterion.text);
    }
    analysis.numbers.agencies.iter().for_each(|agency| add_agency(&mut lines, agency));
    analysis.answers.iter().for_each(|answer| add_answer(&mut lines, answer));
    for line in &analysis.headlines {
        let about = line.criterion.as_ref().map(ToString::to_string).unwrap_or_default();
        lines.add(format_args!("in short {} {} {about}", line.agency, line.kind.key()), &line.line);
    }
    if let Some(change) = &analysis.change {
        add_change(&mut lines, analysis, change);
    }
    add_picks(&mut lines, picks);
    lines.0
}

/// The lines on change since the round before.
fn add_change(lines: &mut FormLines, analysis: &Analysis, change: &RoundChange) {
    lines.add("change since", &change.since);
    for ChangeRow { agency, criterion, previous, kind, .. } in &change.rows {
        let before = previous.map_or("", |rating| rating.key());
        lines.add(format_args!("change {agency} {criterion}"), format!("{} {before}", kind.key()));
    }
    for (at, why) in &change.unmatched {
        let AnswerRow { agency, criterion, .. } = &analysis.answers[*at];
        lines.add(format_args!("not compared {agency} {criterion}"), why.words());
    }
    for ActionSince { agency, criterion, what, progress, .. } in &change.actions {
        lines.add(format_args!("action then {agency} {criterion}"), what);
        lines.add(format_args!("progress {agency} {criterion}"), progress.map_or("", ActionProgress::key));
    }
    let NotComparable { dropped, gone, merged, actions, .. } = &change.listed;
    dropped.iter().for_each(|(criterion, text)| lines.add(format_args!("dropped {criterion}"), text));
    gone.iter().for_each(|name| lines.add("gone", name));
    merged.iter().for_each(|(agency, was)| lines.add(format_args!("was {agency}"), was.join(", ")));
    actions.iter().for_each(|(agency, criterion)| lines.add(format_args!("other action then {criterion}"), agency));
}

fn add_agency(lines: &mut FormLines, agency: &AgencySummary) {
    let id = &agency.id;
    lines.add(format_args!("agency {id} name"), &agency.name);
    lines.add(format_args!("agency {id} group"), agency.group);
    lines.add(format_args!("agency {id} returned"), if agency.is_returned { "yes" } else { "" });
    lines.add(format_args!("agency {id} speaks for"), agency.speaks_for.words());
    lines.add(format_args!("agency {id} approval"), if agency.is_approval_recorded { "recorded" } else { "" });
    lines.add(format_args!("agency {id} approved"), agency.approved_on.map_or(String::new(), |date| date.to_string()));
}

fn add_answer(lines: &mut FormLines, answer: &AnswerRow) {
    let AnswerRow { agency, criterion, state, as_written, texts, .. } = answer;
    lines.add(format_args!("answer {agency} {criterion} state"), state.key());
    lines.add(format_args!("answer {agency} {criterion} rating"), state.rating_key());
    for key in ColumnKey::ALL {
        let text = match key {
            ColumnKey::Rating => as_written.shown(),
            _ => key.text().map_or("".into(), |kind| texts.shown(kind)),
        };
        lines.add(format_args!("answer {agency} {criterion} wrote {}", key.key()), text);
    }
}

fn add_picks(lines: &mut FormLines, picks: &Picks) {
    // The approval names the code, so it cannot be part of it.
    let Picks {
        approval: _,
        strengths,
        worries,
        differences,
        actions,
        agreed,
        checked,
        shown,
        left_out,
        headlines,
        context,
        known_issues,
        figures,
        children,
        added,
    } = picks;
    for (column, picked) in [("strength", strengths), ("worry", worries)] {
        for (at, Picked { voice, wording, is_whole }) in (1..).zip(picked.iter().flatten()) {
            lines.add(format_args!("chosen {column} {at}"), format!("{} {}", voice.agency, voice.criterion));
            lines.add(format_args!("chosen {column} {at} wording"), wording);
            lines.add(format_args!("chosen {column} {at} whole"), if *is_whole { "yes" } else { "" });
        }
    }
    for (at, criterion) in (1..).zip(differences.iter().flatten()) {
        lines.add(format_args!("chosen difference {at}"), criterion.as_str());
    }
    add_actions(lines, actions.as_deref().unwrap_or_default(), agreed);
    for (agency, criterion, kind) in checked {
        lines.add(format_args!("checked {}", kind.key()), format!("{agency} {criterion}"));
    }
    shown.iter().for_each(|key| lines.add("shown", key.to_string()));
    left_out.iter().for_each(|key| lines.add("left out", key.to_string()));
    headlines.iter().for_each(|(key, headline)| lines.add(format_args!("headline {key}"), headline));
    context.iter().for_each(|line| lines.add("context", line));
    known_issues.iter().for_each(|line| lines.add("known issue", line));
    for (at, ContextFigure { figure, what, source, date, place: _ }) in (1..).zip(figures) {
        lines.add(format_args!("figure {at}"), figure);
        lines.add(format_args!("figure {at} what"), what);
        lines.add(format_args!("figure {at} source"), source);
        lines.add(format_args!("figure {at} date"), date);
    }
    for (at, ChildrensLine { line, source, place: _ }) in (1..).zip(children) {
        lines.add(format_args!("children {at}"), line);
        lines.add(format_args!("children {at} source"), source);
    }
    for (at, Added { title, text, after, place: _, after_place: _ }) in (1..).zip(added) {
        lines.add(format_args!("own slide {at} title"), title);
        lines.add(format_args!("own slide {at} text"), text);
        lines.add(format_args!("own slide {at} after"), after.as_ref().map(ToString::to_string).unwrap_or_default());
    }
}

fn add_actions(lines: &mut FormLines, picked: &[PickedAction], agreed: &[(Action, Agreement)]) {
    let whose = |action: &Action| format!("{} {}", action.agency, action.criterion);
    let said = |agreed: &Agreement| format!("{} {}", agreed.by, agreed.on);
    for (at, PickedAction { action, wording, is_whole, lead, by, agreed, place: _ }) in (1..).zip(picked) {
        lines.add(format_args!("chosen action {at}"), action.as_ref().map_or("the partnership's own".into(), whose));
        lines.add(format_args!("chosen action {at} wording"), wording);
        lines.add(format_args!("chosen action {at} whole"), if *is_whole { "yes" } else { "" });
        lines.add(format_args!("chosen action {at} lead"), lead);
        lines.add(format_args!("chosen action {at} by"), by.map_or(String::new(), |by| by.to_string()));
        lines.add(format_args!("chosen action {at} agreed"), agreed.as_ref().map_or(String::new(), said));
    }
    for (action, agreed) in agreed {
        lines.add(format_args!("agreed {}", whose(action)), said(agreed));
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::chart::Charts;
    use crate::core::finding::Place;
    use crate::core::ids::{AgencyId, CriterionId};
    use crate::documents::SlideKey;
    use crate::form::Rating;
    use crate::form::TextKind;
    use crate::intake::answers::answers;
    use crate::response::{Answer, Response, ReturnFile, SelfRating, TextColumns, Texts};
    use crate::style::brand::Brand;
    use crate::{analysis, round, theme};

    fn response(file: &str, texts: Texts) -> Response {
        Response {
            agency: AgencyId("police".into()),
            file: ReturnFile { name: file.into(), sha256: file.into(), changed: None, bytes: 1 },
            saved: None,
            speaks_for: Default::default(),
            completed_by: "A".into(),
            approved_by: "B".into(),
            approved_on: Some(date(2026, 12, 9)),
            approval_settled: None,
            approval_cells: Vec::new(),
            questions: None,
            replies: Vec::new(),
            corrections: Vec::new(),
            headlines: Vec::new(),
            columns: TextColumns::default(),
            answers: vec![Answer {
                taken: Default::default(),
                criterion: CriterionId("OWN-1.1".into()),
                rating: SelfRating::Rated(Rating::Green),
                as_written: "green".into(),
                texts,
                action_due: None,
                progress: None,
                still_right: None,
                recheck: None,
                is_action_over: false,
                sheet: "S".into(),
                row: 4,
                cell: format!("D{}", file.len()),
            }],
        }
    }

    /// The form of a round with one agency and these choices, and its code.
    fn shown(file: &str, picks: &Picks, length: Length) -> (String, String) {
        let theme = theme::read("t.toml", "t", theme::TEMPLATE).output;
        let text = "format = 2\nid = \"r\"\ntheme = \"t\"\npartnership = \"P\"\ndeadline = 2026-12-11\nmarking = \"\"\nrate = [\"S\"]\n\
                    [[agency]]\nid = \"police\"\nname = \"Police\"\ngroup = \"POL\"\n";
        let round = round::read("round.toml", text).output.expect("no fault");
        let texts = Texts::default().with(TextKind::WorkingWell, "Say \"no\"\nor yes");
        let responses = [response(file, texts)];
        let answers = answers(&theme, &round, &responses, &[]);
        let numbers = analysis::count(&theme, &round, &responses, &answers).expect("numbers");
        let analysis = analysis::analyse(&theme, &round, numbers, &responses, answers);
        let charts = Charts::lay_out(&analysis);
        let inputs = DocumentInputs {
            theme: &theme,
            round: &round,
            analysis: &analysis,
            own: &analysis,
            charts: &charts,
            picks,
            length,
            brand: &Brand::default(),
            findings: &[],
            open_questions: &[],
            made_on: date(2026, 12, 14),
            is_annex_full: true,
            run: "",
        };
        (form(&inputs, length), code(&inputs, length))
    }

    #[test]
    fn the_form_is_stated_and_what_is_empty_has_no_line() {
        let own = Added {
            title: "Ours".into(),
            text: String::new(),
            after: Some(SlideKey::Who),
            place: Place::file("a"),
            after_place: Place::file("b"),
        };
        let picks = Picks { known_issues: vec!["Nights".into()], added: vec![own], ..Picks::default() };
        let (form, code) = shown("a.xlsx", &picks, Length::Short);
        let expected = r#"presentation 5
length "short"
partnership "P"
theme "A theme of your own"
notice "Wording not yet checked against the published framework."
statement OWN-1.1 "Agencies act together, and quickly, when a child first needs them."
agency police name "Police"
agency police group "POL"
agency police returned "yes"
agency police approval "recorded"
agency police approved "2026-12-09"
answer police OWN-1.1 state "rated"
answer police OWN-1.1 rating "green"
answer police OWN-1.1 wrote rating "green"
answer police OWN-1.1 wrote working_well "Say \"no\"\nor yes"
known issue "Nights"
own slide 1 title "Ours"
own slide 1 after "who"
"#;
        assert_eq!(form, expected);
        // Approvals are of codes: this one must not change while the form is version 5.
        assert_eq!(code, "SDVP");
    }

    #[test]
    fn the_file_and_its_cells_do_not_matter_and_answers_choices_and_length_do() {
        let none = Picks::default();
        let (_, code) = shown("a.xlsx", &none, Length::Short);
        assert_eq!(shown("saved again.xlsx", &none, Length::Short).1, code);
        assert_ne!(shown("a.xlsx", &none, Length::Full).1, code);
        let chosen = Picks { context: vec!["Figures of 2026".into()], ..Picks::default() };
        assert_ne!(shown("a.xlsx", &chosen, Length::Short).1, code);
    }
}
