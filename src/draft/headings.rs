//! What the words of a heading say of what is under it: what is evaluated, an introduction, how inspections are done.

use crate::theme::is_labelled;

/// What a heading says of what is under it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum PartKind {
    /// What is evaluated.
    Evaluated,
    /// What the document is, why, and for whom.
    Introduction,
    /// How inspections are done.
    Procedure,
    /// Contents.
    Contents,
}

/// How words of a list are looked for.
enum Says {
    /// They are the whole heading.
    Whole(&'static [&'static str]),
    /// The heading begins with them.
    Begins(&'static [&'static str]),
    /// They are anywhere in it.
    Anywhere(&'static [&'static str]),
}

use PartKind::{Contents, Evaluated, Introduction, Procedure};

/// What headings say, in the order in which they are asked: "how we evaluate" is a procedure, "what we evaluate" is not.
static WORDS: &[(PartKind, Says)] = &[
    (
        Contents,
        Says::Whole(&[
            "contents",
            "table of contents",
            "contents page",
            "list of contents",
            "on this page",
            "in this guidance",
            "in this document",
            "page contents",
            "in this section",
        ]),
    ),
    (
        Procedure,
        Says::Begins(&[
            "how we ",
            "how inspectors ",
            "how inspection",
            "how the inspect",
            "how this inspect",
            "how to ",
            "how it works",
            "how you ",
            "how your ",
            "how the review",
            "how the visit",
            "how the evaluation",
            "how evaluation",
            "how the joint",
            "how joint",
            "what happens",
            "what we ask for",
            "documents ",
            "what will happen",
            "what to expect",
            "when we ",
            "when inspectors",
            "before the inspection",
            "before the fieldwork",
            "before inspect",
            "before we ",
            "before the visit",
            "before fieldwork",
            "during the inspection",
            "during the visit",
            "during fieldwork",
            "during the fieldwork",
            "after the inspection",
            "after the visit",
            "after fieldwork",
            "after the fieldwork",
            "reporting the",
            "reporting our",
            "reporting and ",
            "reporting on the inspection",
            "reporting arrangements",
            "conduct of",
            "conducting ",
            "carrying out",
            "arrangements for",
            "preparing for",
            "preparation for",
            "contact",
            "complaints",
            "complaining",
            "requests for information",
            "requesting information",
            "information we ",
            "information that we",
            "information inspectors",
            "evidence we ",
            "evidence inspectors",
            "gathering evidence",
            "collecting evidence",
            "sources of evidence",
            "week ",
            "day ",
            "stage ",
            "on-site ",
            "the inspection team",
            "the inspection process",
            "inspection process",
            "inspection activit",
            "inspection team",
            "inspection method",
            "inspection arrangement",
            "who will inspect",
            "who carries out",
            "who inspects",
            "where to ",
            "roles and responsibilities of",
            "role of the lead inspector",
            "the lead inspector",
            "selecting ",
            "selection of",
            "sampling",
            "case sampling",
            "quality assurance of",
            "queries",
            "questions about",
            "further information",
            "further reading",
            "further help",
            "more information",
            "get in touch",
            "getting in touch",
            "data protection",
            "after we",
            "while we",
            "related ",
            "notifying ",
            "giving notice",
            "our findings",
            "findings",
            "publication of",
            "publishing ",
            "letters",
            "concluding the",
            "getting ready",
            "staffing",
            "updates to",
            "document history",
        ]),
    ),
    (
        Procedure,
        Says::Whole(&[
            "methodology",
            "ratings",
            "rating descriptors",
            "descriptors",
            "judgements",
            "our judgements",
            "grades",
            "method",
            "methods",
            "our approach",
            "approach",
            "process",
            "the process",
            "timetable",
            "timeline",
            "timescales",
            "timing",
            "fieldwork",
            "the fieldwork",
            "notification",
            "notice",
            "reporting",
            "report",
            "the report",
            "the letter",
            "findings letter",
            "publication",
            "feedback",
            "next steps",
            "follow-up",
            "follow up",
            "logistics",
            "evidence",
            "quality assurance",
            "on site",
            "on-site",
            "onsite",
            "planning",
            "scheduling",
            "frequency",
            "preparation",
            "references",
            "notes",
            "footnotes",
            "bibliography",
            "enquiries",
            "arrangements",
            "practical arrangements",
            "inspection arrangements",
            "reports",
            "afterwards",
            "records",
            "publishing",
            "publishing our findings",
            "publishing findings",
            "publishing the findings",
            "the visit",
            "visits",
            "the week",
            "your feedback",
            "downloads",
            "documents",
            "print",
        ]),
    ),
    (
        Procedure,
        Says::Anywhere(&[
            "we will inspect",
            "inspectors will work",
            "inspectors work",
            "will be carried out",
            "is carried out",
            "are carried out",
            "will be done",
            "will be reported",
            "inspection timetable",
            "timetable",
            "methodology",
            "fieldwork",
            "inspection week",
            "inspection visit",
        ]),
    ),
    (
        Evaluated,
        Says::Anywhere(&[
            "criteria",
            "will be evaluated",
            "is evaluated",
            "is being evaluated",
            "are evaluated",
            "will be inspected",
            "is inspected",
            "will evaluate",
            "we evaluate",
            "inspectors evaluate",
            "will look at",
            "will look for",
            "we look at",
            "we look for",
            "inspectors look",
            "look for",
            "will be looking",
            "are looking for",
            "will consider",
            "we consider",
            "inspectors consider",
            "will assess",
            "we assess",
            "inspectors assess",
            "will judge",
            "we judge",
            "inspectors judge",
            "will examine",
            "will be examined",
            "is examined",
            "we examine",
            "inspectors examine",
            "will review",
            "will test",
            "will be judged",
            "is judged",
            "will be assessed",
            "will be looked at",
            "will be considered",
            "areas of focus",
            "area of focus",
            "focus of the",
            "focus areas",
            "inspection focus",
            "focus of this",
            "our focus",
            "what good looks like",
            "what good practice looks like",
            "good practice looks like",
            "what good help",
            "what does good look like",
            "lines of enquiry",
            "lines of inquiry",
            "line of enquiry",
            "scope of the inspection",
            "scope of this inspection",
            "scope of inspection",
            "scope of the evaluation",
            "inspection scope",
            "what the inspection covers",
            "what this inspection covers",
            "what inspections cover",
            "what the inspection will cover",
            "what is covered",
            "what we expect",
            "what inspectors expect",
            "expectations of",
            "our expectations",
            "areas for evaluation",
            "evaluation areas",
            "areas of evaluation",
            "judgement areas",
            "areas of judgement",
            "quality statements",
            "evaluation schedule",
            "evaluation framework",
            "evaluation questions",
            "key questions",
            "questions inspectors",
            "questions we",
            "questions that inspectors",
            "inspection themes",
            "inspection questions",
            "inspectors want to",
            "we want to see",
            "we want to know",
            "inspectors will want",
            "will ask about",
            "aspects of practice",
            "what we ask",
            "what we will ask",
            "what inspectors ask",
            "what inspectors will ask",
            "we ask about",
            "expect to find",
            "expect to see",
            "statements of",
            "what matters",
            "scope and focus",
        ]),
    ),
    (
        Evaluated,
        Says::Whole(&[
            "scope",
            "the scope",
            "standards",
            "the standards",
            "expectations",
            "focus",
            "what we inspect",
            "the statements",
            "statements",
            "areas covered",
            "areas of practice",
        ]),
    ),
    (
        Introduction,
        Says::Begins(&[
            "introduction",
            "background",
            "about this",
            "about the",
            "about these",
            "purpose",
            "the purpose",
            "overview",
            "foreword",
            "preface",
            "summary",
            "executive summary",
            "who this",
            "who it is for",
            "who should",
            "who is this",
            "who we are",
            "audience",
            "aims",
            "aim of",
            "the aim",
            "legal ",
            "legislation",
            "law ",
            "the law",
            "statutory",
            "status of",
            "terms used",
            "terminology",
            "definitions",
            "definition of",
            "glossary",
            "what this guidance",
            "what this document",
            "what this publication",
            "what is a ",
            "what is an ",
            "what is the ",
            "what are ",
            "why this",
            "why we",
            "why these",
            "why the",
            "changes since",
            "changes to this",
            "version",
            "applies to",
            "acknowledgement",
            "key terms",
            "words used",
            "words and phrases",
            "meaning of",
            "scope and purpose",
            "using this",
            "how to use",
            "using the",
            "language",
        ]),
    ),
    (
        Introduction,
        Says::Whole(&[
            "context",
            "principles",
            "our principles",
            "guidance",
            "details",
            "history",
            "law",
            "authority",
            "status",
        ]),
    ),
];

/// What a heading says; `None` where its words say neither.
pub(super) fn kind_of_part(heading: &str) -> Option<PartKind> {
    let bare = heading.trim().trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, '.' | ')' | ' '));
    let bare = ["part", "section", "chapter"].iter().fold(bare.to_lowercase(), |text, word| without_label(&text, word));
    let folded = bare.trim().trim_end_matches([':', '.', '?']).replace('’', "'");
    let folded = folded.split_whitespace().collect::<Vec<_>>().join(" ");
    // An annex holds what does not belong in the guidance, unless its title says that the criteria are there.
    if ["annex", "appendix"].iter().any(|label| folded.starts_with(label)) {
        let is_evaluated = folded.split_once([':', ' ']).is_some_and(|(_, rest)| says_part(rest) == Some(Evaluated));
        return Some(if is_evaluated { Evaluated } else { Procedure });
    }
    // "Key line of enquiry 1: Knowing the risk" names an area, and its label says nothing of the part.
    if is_labelled(&folded) && folded.contains([':', '–', '—']) {
        let title = folded.split_once([':', '–', '—']).map(|(_, title)| title.trim());
        return title.and_then(says_part).filter(|kind| *kind == Evaluated);
    }
    says_part(&folded)
}

/// What the words of a heading say, in lower case.
fn says_part(folded: &str) -> Option<PartKind> {
    let is_said = |says: &Says| match says {
        Says::Whole(words) => words.contains(&folded),
        Says::Begins(words) => words.iter().any(|word| folded.starts_with(word) || folded == word.trim()),
        Says::Anywhere(words) => words.iter().any(|word| folded.contains(word)),
    };
    let kind = WORDS.iter().find(|(_, says)| is_said(says)).map(|(kind, _)| *kind);
    // "Who is inspected" and "Which children we look at" say whom it is about, and not what is asked of them.
    let names_whom = ["who ", "whom ", "which "].iter().any(|word| folded.starts_with(word));
    kind.map(|kind| if names_whom && kind == Evaluated { Introduction } else { kind })
}

/// Words of headings that can only be about the inspection, or about the document.
const ONLY_ABOUT_INSPECTIONS: [&str; 18] = [
    "inspect",
    "fieldwork",
    "annex",
    "appendix",
    "methodolog",
    "timetable",
    "letter",
    "publi",
    "findings",
    "next steps",
    "contact us",
    "further information",
    "get in touch",
    "introduction",
    "about this",
    "background",
    "how we ",
    "evaluation",
];

/// Whether a heading of introduction or procedure could be that of an area, too: "Planning", "Contact with birth families". What is
/// under it then decides.
pub(super) fn could_be_area(heading: &str) -> bool {
    let folded = heading.to_lowercase();
    !ONLY_ABOUT_INSPECTIONS.iter().any(|words| folded.contains(words))
}

/// "part 2: what we look at" without "part 2:".
fn without_label(text: &str, label: &str) -> String {
    let Some(rest) = text.strip_prefix(label).filter(|rest| rest.starts_with(' ')) else { return text.to_string() };
    let (number, rest) = rest.trim().split_once([' ', ':', '.']).unwrap_or((rest.trim(), ""));
    let is_number = number.chars().all(|c| c.is_ascii_digit() || matches!(c, 'i' | 'v' | 'x')) || number.len() == 1;
    if is_number { rest.trim_start_matches([' ', ':', '.', '–', '-']).to_string() } else { text.to_string() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_say_what_is_under_them() {
        let evaluated = [
            "Evaluation criteria",
            "2. What inspectors will evaluate",
            "Part 2: What we look at",
            "Scope",
            "What good looks like",
            "Annex A: What inspectors evaluate",
        ];
        evaluated.iter().for_each(|heading| assert_eq!(kind_of_part(heading), Some(Evaluated), "{heading}"));
        let procedure =
            ["How we will inspect", "Annex A: data", "Fieldwork", "How inspectors will evaluate", "Reporting"];
        procedure.iter().for_each(|heading| assert_eq!(kind_of_part(heading), Some(Procedure), "{heading}"));
        for heading in ["1. Introduction", "About this guidance", "Why we are doing this", "Who is inspected"] {
            assert_eq!(kind_of_part(heading), Some(Introduction), "{heading}");
        }
        for heading in [
            "Leadership",
            "Before the child is born",
            "Reporting concerns",
            "Working with families",
            "Area 2: Prevention",
        ] {
            assert_eq!(kind_of_part(heading), None, "{heading}");
        }
    }
}
