//! Recognises the navigation of a web page ("Print this page", "Back to top"), which is never a statement.

/// Whole lines of navigation, in lower case.
const WHOLE: &[&str] = &[
    "accept all cookies",
    "accept cookies",
    "back",
    "back to contents",
    "back to top",
    "close",
    "contact us",
    "contents",
    "cookies",
    "cookies on this site",
    "download",
    "email updates",
    "explore the topic",
    "feedback",
    "get emails about this page",
    "give feedback",
    "help",
    "home",
    "in this guidance",
    "log in",
    "menu",
    "more",
    "next",
    "next page",
    "on this page",
    "page contents",
    "previous",
    "previous page",
    "print",
    "print or save to pdf",
    "print this page",
    "privacy",
    "privacy notice",
    "privacy policy",
    "related content",
    "related guidance",
    "report a problem with this page",
    "save this page",
    "search",
    "search gov.uk",
    "gov.uk",
    "maybe",
    "yes this page is useful",
    "no this page is not useful",
    "see all updates",
    "share",
    "share this page",
    "show all",
    "sign in",
    "sign up for emails",
    "site map",
    "skip to content",
    "skip to main content",
    "table of contents",
    "top",
    "top of page",
    "yes no",
];

/// Beginnings of lines of navigation, in lower case.
const BEGINNINGS: &[&str] = &[
    "accessibility statement",
    "all content is available under",
    "home >",
    "home /",
    "home ›",
    "home »",
    "is this page useful",
    "was this page helpful",
    "was this page useful",
    "you are here",
    "return to top",
    "we use cookies",
    "we use some essential cookies",
    "this site uses cookies",
    "© ",
    "cookies on ",
    "maybe yes",
    "thank you for your feedback",
    "print this ",
    "share this ",
    "skip to ",
    "view print version",
];

/// Whether a text is navigation, as in "Print this page".
pub fn looks_like_navigation(text: &str) -> bool {
    let folded =
        text.trim().trim_end_matches(['.', ':', '?', '!', '›', '>', '↑', ' ']).trim_start_matches(['↑', '<', '‹', ' ']);
    let folded = folded.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
    let names_cookies = folded.contains("cookie") && folded.split(' ').count() <= 5;
    names_cookies
        || WHOLE.contains(&folded.as_str())
        || BEGINNINGS.iter().any(|beginning| folded.starts_with(beginning))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn navigation_is_known_and_areas_are_not() {
        for text in ["Print this page", "Back to top ↑", "Is this page useful? Yes No", "Home > Guidance", "Contents:"]
        {
            assert!(looks_like_navigation(text), "{text}");
        }
        for text in ["Help for parents", "Homes for children", "Feedback from children", "Next steps for leaders"] {
            assert!(!looks_like_navigation(text), "{text}");
        }
    }
}
