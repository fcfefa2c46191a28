//! Words of the part that is evaluated that explain it and state nothing.

/// What paragraphs begin with that explain the part and state nothing, in lower case.
const EXPLAINS: [&str; 65] = [
    "this section",
    "this part",
    "this annex",
    "this guidance",
    "this document",
    "this framework",
    "this chapter",
    "these criteria",
    "table ",
    "these statements",
    "these areas",
    "these questions",
    "the criteria",
    "the evaluation criteria",
    "the following criteria",
    "the statements",
    "the areas below",
    "the areas in",
    "in this section",
    "in this part",
    "inspectors will use",
    "inspectors use",
    "inspectors will apply",
    "inspectors will take",
    "inspectors will not",
    "inspectors do not",
    "inspectors are not",
    "not every",
    "not all of",
    "we have set out",
    "we set out",
    "for the purposes",
    "note:",
    "evidence may",
    "evidence might",
    "evidence could",
    "evidence can",
    "sources of evidence",
    "examples of evidence",
    "examples may",
    "examples might",
    "examples include",
    "we group",
    "we have grouped",
    "for example",
    "these are the",
    "there are ",
    "this inspection ",
    "the inspection ",
    "the inspections ",
    "it does not cover",
    "it covers",
    "see ",
    "for more ",
    "inspectors should use",
    "inspectors should read",
    "inspectors should not",
    "this theme ",
    "this area ",
    "this strand ",
    "this domain ",
    "this standard ",
    "why it matters",
    "why this matters",
    "why this is important",
];

/// Whether a sentence only says where the list is: "Inspectors will pursue the lines of enquiry below."
fn points_at_list(folded: &str) -> bool {
    const WHERE: [&str; 4] = [" below", "following ", "in this table", "the table "];
    const LIST: [&str; 11] = [
        "criteria",
        "enquiry",
        "inquiry",
        "statements",
        "questions",
        "areas",
        "themes",
        "standards",
        "sections",
        "chapters",
        "headings",
    ];
    let has = |words: &[&str]| words.iter().any(|word| folded.contains(word));
    has(&WHERE) && has(&LIST) && folded.split_whitespace().count() <= 30 && !folded.ends_with(':')
}

/// Whether words explain the list, and state nothing that can be rated. What "we" do is done by those who inspect.
pub(super) fn explains(text: &str) -> bool {
    let folded = text.to_lowercase();
    let is_ours = folded.starts_with("we ")
        && !["evaluate", "consider", "look at", "look for", "judge", "assess", "expect", "examine", "want", "check"]
            .iter()
            .any(|verb| folded.split(' ').take(5).collect::<Vec<_>>().join(" ").contains(verb));
    is_ours || points_at_list(&folded) || EXPLAINS.iter().any(|beginning| folded.starts_with(beginning))
}
