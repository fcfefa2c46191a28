//! Lists the decisions that fit a finding, for somebody who typed none yet.

use std::path::Path;

use jiff::civil::Date;

use crate::app::collect::Collected;
use crate::app::failure::Failure;
use crate::app::{issue, news, offers};
use crate::core::finding::{Code, Finding, Place, Reference, Remedy};
use crate::core::quoting::{as_typed, quote};
use crate::intake::decisions::fitting::possible;

/// Whether a finding has this reference.
pub(super) fn is_called(finding: &Finding, reference: &str) -> bool {
    finding.reference.as_ref().is_some_and(|own| own.is(reference))
}

/// The finding with this reference, and its index among those of the round.
pub(super) fn finding<'c>(
    collected: &'c Collected,
    reference: &str,
    today: Date,
) -> Result<(usize, &'c Finding), Box<Finding>> {
    let mut findings = collected.findings.iter().enumerate();
    findings.find(|(_, finding)| is_called(finding, reference)).ok_or_else(|| unknown(collected, reference, today))
}

/// The fault that nothing can be decided about this finding, or that there is no such finding.
fn unknown(collected: &Collected, reference: &str, today: Date) -> Box<Finding> {
    let folder = &collected.open.folder;
    // Findings about files that jtai wrote, and about workbooks to be issued, are put right where they are, not decided.
    if let Some(said) = news::said_of_own_file(folder, reference) {
        let remedy = "do that and run the command again; then it is gone, and there is nothing to decide";
        return Box::new(Finding::new(Code::ValueInvalid, Place::file(reference), said, "", remedy));
    }
    let of_issue = issue::plan(folder.root(), today).map(|plan| plan.findings).unwrap_or_default();
    if let Some(finding) = of_issue.iter().find(|finding| is_called(finding, reference)) {
        return unfit(finding);
    }
    let found = format!("no finding of this round has the reference {}", quote(reference));
    let remedy = match Reference::is_meant(reference) {
        true => Remedy::typed(
            "`jtai collect` lists the findings, each with its reference; what it was about may have changed",
            "load the findings again; what it was about may have changed",
        ),
        false => Remedy::typed(
            "a reference looks like F-3HK6Q2; `jtai collect` lists them. The round's folder comes last",
            "load the findings again",
        ),
    };
    Box::new(Finding::new(Code::ReferenceUnknown, Place::file(reference), found, "", remedy))
}

/// The failure when no decision was typed: each finding with the decisions that fit it, ready to type.
pub(super) fn failure(
    collected: &Collected,
    references: &[String],
    (folder, by): (&Path, &str),
    today: Date,
) -> Failure {
    let by = if by.is_empty() { " --by \"YOUR NAME\"" } else { "" };
    let fault = |reference: &String| match finding(collected, reference, today) {
        Ok((_, finding)) => choices(collected, finding, &as_typed(&folder.display().to_string()), by),
        Err(unknown) => *unknown,
    };
    Failure::new(references.iter().map(fault).collect())
}

fn choices(collected: &Collected, finding: &Finding, folder: &str, by: &str) -> Finding {
    let reference = finding.reference_text();
    let line = |typed: &str, meaning: &str| {
        format!("\n    jtai settle {reference} {folder} {typed}{by} --why \"...\"\n        {meaning}")
    };
    let offers = offers::offers(collected, finding);
    let mut lines: Vec<String> = offers.iter().map(|offer| line(&offer.typed, offer.meaning)).collect();
    let state = match &finding.settled {
        Some(settlement) => {
            lines.push(line("--withdraw", "take that decision back"));
            settlement.to_string()
        }
        None => "it is not settled".to_string(),
    };
    let remedy = match offers.as_slice() {
        [] => format!("put it right where it is: {}", finding.remedy),
        _ => format!("choose a decision:{}", lines.concat()),
    };
    let found = format!("{} ({reference}); {state}, and no decision is given", finding.found);
    // The reference is part of the sentence here. At its usual place, after the commands, it would look like a part of the last one.
    Finding { found, remedy, expected: String::new(), settled: None, reference: None, ..finding.clone() }
}

/// The fault that a decision does not fit a finding, with those that do.
pub(super) fn unfit(finding: &Finding) -> Box<Finding> {
    let reference = finding.reference_text();
    let possible = possible(finding);
    let what = match possible.as_slice() {
        [] => format!("nothing can be decided about {reference}: {}: {}", finding.place, finding.found),
        _ => format!("this decision does not fit {reference}: {}: {}", finding.place, finding.found),
    };
    let remedy = match possible.as_slice() {
        [] if finding.remedy.is_empty() => "there is nothing to do about it".into(),
        [] => Remedy::typed(format!("put it right where it is: {}", finding.remedy), "put it right where it is"),
        _ => {
            let typed: Vec<&str> = possible.iter().map(|kind| kind.typed()).collect();
            Remedy::typed(format!("use {}", typed.join(", or ")), "choose one of the decisions on the page")
        }
    };
    Box::new(Finding::new(Code::ValueInvalid, Place::file(reference), what, "", remedy))
}
