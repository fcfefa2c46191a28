//! Finds signs that a text may be about one child. Such a text is not held back, but no rule puts it on a slide.

use std::sync::LazyLock;

use super::names::{FirstName, first_names, is_abbreviation, is_staff};
use super::patterns::{AGE, Pattern, ends_in_year};
use super::sign::{Sign, WeakSign};

/// Words that say a case is public: a published review or inquiry.
static PUBLISHED: LazyLock<Pattern> = LazyLock::new(|| {
    Pattern::new(
        r"\b(?i:national\s+review|review\s+(?:into|panel)|inquiry|enquiry\s+into|lcspr|csprs?|serious\s+case\s+review|scr|safeguarding\s+practice\s+review|published|panel's\s+report|report\s+(?:after|into)|reports|laming)\b|\b\p{Lu}[\p{L}é'’]+(?:'s)?\s+(?i:review)\b",
    )
});

/// Words before a full name that make it a child's or a relative's.
static CHILD_BEFORE: LazyLock<Pattern> = LazyLock::new(|| {
    Pattern::new(
        r"(?ix) \b(?: child(?:ren)? | boy | girl | pupil | baby | young\s+person | son | daughter | brother | sister | sibling | siblings | twins? | mother | mum | father | dad | grandmother | parent | parents | of | for | with | about | on | when | and | that | case | victim | family )
          (?: \s+(?:called|named|of|is|was) )? [\s,:(\-]* $",
    )
});
/// Words after a full name that make it a child's.
static CHILD_BEHIND: LazyLock<Pattern> = LazyLock::new(|| {
    Pattern::new(
        r"(?ix) ^ (?:\s+\p{Lu}[\p{L}'’\-]*)? (?: ['’]s?\s+ (?: \w+\s+){0,2}(?: mother | mum | father | dad | parents? | family | brother | sister | siblings? | carers? | foster | school | social\s+worker | teacher | placement | plan | case | file | records? | home | voice | wishes | injur\w* | bruis\w* | behaviour | siblings | attendance | medication | bedroom | things | belongings | phone | story | needs | chronology | assessment | support | worker | key\s*worker | gp )
          | \s+ (?:\w+ly\s+|had\s+|has\s+|have\s+|also\s+|then\s+|never\s+|was\s+not\s+|did\s+not\s+|first\s+|again\s+){0,3}
            (?: was | is | were | had | has | lived | lives | moved | told | said | disclosed | went | ran | attends? | attended | stopped | started | felt | feels | wants | wanted | asked | cried | refused | returned | came | stayed | spoke | missed | left | reported | returned | arrived | made | did | does ) \b ) ",
    )
});

/// Brothers, sisters and other relatives of one child.
static RELATIVES: LazyLock<Pattern> = LazyLock::new(|| {
    let relative = r"(?:step-?|half-?|great[\s\-]+|god)?(?:mums?|mam|mummy|mother|dad|daddy|father|nan|nana|nanna|gran|granny|grandma|grandmother|grandad|granddad|grandpa|grandfather|grandparents|aunt|auntie|aunty|uncle|cousins?|brothers?|sisters?|siblings?|sibs?|twin|foster\s+(?:carers?|mum|mother|dad|father|parents?|family)|boyfriend|girlfriend|niece|nephew|guardian)";
    let kind = r"(?:(?:two|three|four|five|six|little|big|older|elder|eldest|younger|youngest|half|step|twin|baby|other|unborn|birth|great|late|maternal|paternal|biological|own)[\s\-]+){0,3}";
    let child = r"(?:child(?:ren)?|baby|boys?|girls?|infant|toddler|young\s+person|twins|pupil|student|teenager|lad|victim|family|siblings)";
    Pattern::new(&format!(
        r"(?ix) \b(?: his | her | (?:the|this|that|each|one|a)\s+{child}(?:'s|’s) | {child}'s | (?-i:\p{{Lu}}\p{{Ll}}+)'s ) \s+ {kind}{relative}\b
          | \btheir\s+{kind}(?:brothers?|sisters?|nan|gran|grandmother|grandfather|grandad|aunt|auntie|uncle|cousin|foster\s+carers?|step-?(?:dad|mum|father|mother))\b
          | \b(?:two|three|four|five|six|both|all\s+(?:two|three|four|five|six))\s+(?:of\s+the\s+)?(?:siblings|brothers|sisters)\b | \bsibling\s+group\s+of\s+(?:two|three|four|five|six|seven|\d)\b | \b(?:the|this|a)\s+sibling\s+group\s+(?:was|were|is|had)\b | \bhalf\s+sibs?\b | \b(?:sibs|siblings)\s*\(
          | \b(?:older|elder|younger|eldest|youngest|little|big|twin|half|step)[\s\-]+(?:brother|sister|sibling|sib|cousin)\b
          | \b{relative}\s+(?:of|to)\s+(?:(?:the|this|these|that|a|one|our)\s+(?:\w+\s+){{0,2}}?{child}\b | (?:two|three|four|five|six)\b | (?-i:\p{{Lu}}) | child\b)
          | \b(?:mum|dad|mother|father|nan|gran|granny|auntie?|uncle|grandad|step-?dad|cousins?|sister|brother|m|f)\s*[(\-:]?\s*(?-i:\p{{Lu}}\p{{Ll}}{{2,}})\b(?:[),]|\s+(?-i:\p{{Ll}})|\s*-|$)
          | \bthe\s+(?-i:\p{{Lu}}\p{{Ll}}+(?:-\p{{Lu}}\p{{Ll}}+)?)\s+(?:family|kids|boys|girls|baby|twins|siblings|household)\b | \bthe\s+(?-i:\p{{Lu}}\p{{Ll}}+-\p{{Lu}}\p{{Ll}}+)\s+children\b
          | \bMr\s+and\s+Mrs\b | \bsurname\s+(?-i:\p{{Lu}})
          | \b(?:call|calls|called|known\s+as|nicknamed)\s+(?:him\s+|her\s+|them\s+)?(?-i:\p{{Lu}}\p{{L}}+)[.,;\s]
          | \bthe\s+(?:mum|dad|mother|father|step-?dad|step-?mum|nan|gran|grandmother)\s+(?:told|said|works|lives|drinks|moved|rang|called|gave|says)\b"
    ))
});

/// A year at school with initials beside it.
static YEAR_GROUP: LazyLock<Pattern> = LazyLock::new(|| {
    Pattern::new(
        r"(?x) \b (?i:(?:yr|year|y)\.?\s?(?:1[0-3]|[1-9]|one|two|three|four|five|six|seven|eight|nine|ten|eleven)|reception|nursery)\b [^.\n]{0,40}? ( \b\p{Lu}\.\s?\p{Lu}\b\.? | \b\p{Lu}{2,3}\b | \b\p{Lu}?\p{Lu}\p{Ll}\p{Lu}\b )
          | ( \b\p{Lu}\.\s?\p{Lu}\b\.? | \b\p{Lu}{2,3}\b | \b\p{Lu}?\p{Lu}\p{Ll}\p{Lu}\b ) [^.\n]{0,30}? \b (?i:(?:yr|year|y)\.?\s?(?:1[0-3]|[1-9])|reception)\b",
    )
});

/// Initials after a word for a child, or after a word such as "with" or "about".
static INITIALS_OF_CHILD: LazyLock<Pattern> = LazyLock::new(|| {
    Pattern::new(
        r"(?x) \b(?i: child | children | young\s+person | young\s+people | yp | pupil | student | boy | girl | baby | infant | sibling | brother | sister | twin | mother | mum | father | dad | client | son | daughter | for | of | with | that | when | case\s+of | about | to | and | saw | on | by | victim | patient | subject | initials )
            \s* [,:(\-]? \s* ( \p{Lu}\.\s?\p{Lu}\b\.?(?:\s?\p{Lu}\b\.?)? | \p{Lu}{2,3}\b )",
    )
});

/// Initials before a verb, or with something that belongs to them: "JB's", "JB was".
static INITIALS_DO: LazyLock<Pattern> = LazyLock::new(|| {
    Pattern::new(
        r"(?x) (?: ^ | [\s(\x22'] ) ( \p{Lu}\.\s?\p{Lu}\b\.? | \p{Lu}{2} | \p{Lu}?\p{Lu}\p{Ll}\p{Lu} ) (?: 's \s | \s+ (?: was | is | has | had | did | does | went | told | disclosed | said | lives | moved | attends | attended | ran | felt | wants | came | stayed | left | returned | reported | spoke | asked | refused )\b )",
    )
});

/// Capitals after words for work with a person: "visited JB", "plan for JB".
static DONE_WITH: LazyLock<Pattern> = LazyLock::new(|| {
    Pattern::new(
        r"\b(?i:re|about|helped|asked|told|saw|met|visited|supported|looked\s+at|worried\s+about|discussed|minutes\s+for|plan\s+for|adult\s+for|audit\s+of|work\s+with|spoke\s+(?:to|with)|case\s+of)\s+(\p{Lu}{2,3}|\p{Lu}\p{Ll}?\p{Lu}c?\p{Lu}?)\b(?:$|\s*[(,;.]|\s+(?:\p{Ll}|\())",
    )
});

/// Words for a child or a relative: after one, two capitals without dots are initials.
static CHILD_WORD: LazyLock<Pattern> = LazyLock::new(|| {
    Pattern::new(
        r"(?i)^(?:child|young\s+person|yp|pupil|student|boy|girl|baby|infant|sibling|brother|sister|twin|mother|mum|father|dad|client|son|daughter|victim|patient|subject)",
    )
});

/// Two capitals with dots, anywhere.
static DOTTED: LazyLock<Pattern> =
    LazyLock::new(|| Pattern::new(r"(?:^|[\s(\x22'])(\p{Lu}\.\s?\p{Lu})\.?(?:$|[\s,.;:)'])"));

/// The number of a case, a crime or a custody record.
static REFERENCE: LazyLock<Pattern> = LazyLock::new(|| {
    Pattern::new(
        r"(?ix) \b(?: crime | custody | occurrence | incident | cad | niche | urn | log | case | lcs | mosaic | liquidlogic | client | person | record | file | court | police | nrm | eclipse | referral | family | crn | delius | ics | pnc | ppn | merlin | ehcp | ehm | eh | cpoms | marac | liquid\s+logic | care\s?first | care\s?director | occ | occurrence | system ) \s*
          (?: file | court | record | case | crime | system | crn | occ )? \.? \s* (?: ref\.? | refs | reference | references | nos? | numbers? | id | ids | num | \# )? \.? \s* (?: is | was | are )? \s* [:\#(\-→]? \s*
          (?: [a-z]{0,5} [\-/\s]? \d{5,} \b | [a-z]\s?\d{3}\s?\d{3}\b | \d{2}[*]\d{4,} | [a-z]/\d{2}/\d{3,} | \d{2}[a-z]{2,4}/?\d{4,} | \d{3,6}\s+of\s+\d{1,2} | [a-z]{0,6}[\-/]?\d{1,6}[/\-]\d{2,8}(?:[/\-][a-z\d]{1,8})? | [a-z]{1,4}\d{4,}[/\-]?\d* | [a-z]{2}\d{2}[a-z]\d{5} | \d{2}[a-z]{2}/\d+/\d+ | [a-z]{1,2}[/\-]\d{3,}[/\-]\d{2} )",
    )
});
/// A number in the form of a crime or custody reference, without a word for it.
static REFERENCE_ALONE: LazyLock<Pattern> =
    LazyLock::new(|| Pattern::new(r"\b(?:\d{2}[A-Z]{2}/\d{2,6}/\d{2}|\d{2}/\d{5,7}/\d{2}|[A-Z]{2}\d{2}[A-Z]\d{5})\b"));

/// Words for numbers that belong to organisations and not to cases.
static REGISTERED: LazyLock<Pattern> =
    LazyLock::new(|| Pattern::new(r"(?i)\b(?:ofsted|cqc|charity|company|ico|vat|invoice|contract|budget)\b"));

/// A British postcode (British Standard BS 7666, in the form that the Cabinet Office publishes).
static POSTCODE: LazyLock<Pattern> =
    LazyLock::new(|| Pattern::new(r"\b(?:[A-Z]{1,2}\d[A-Z\d]?\s{0,2}\d[A-Z]{2}|[a-z]{1,2}\d[a-z\d]?\s\d[a-z]{2})\b"));

/// A flat, or a house in a street.
static ADDRESS: LazyLock<Pattern> = LazyLock::new(|| {
    Pattern::new(
        r"(?x) \b(?i:flat|apartment|apt)\s+\d{1,3}[A-Za-z]?\b
          | \b\d{1,4}[a-zA-Z]?,?\s+ (?:\p{Lu}[\p{L}'’\-]+\s+){1,3} (?: Street | St | Road | Rd | Avenue | Ave | Close | Cl | Lane | Ln | Drive | Dr | Court | Ct | Gardens | Gdns | Crescent | Cres | Terrace | Way | Place | Grove | Walk | Row | Hill | Rise | Square | Mews | View | Green | Yard | Farm | Cottages? | Wharf | Parade | Fields? | Meadows? )\b
          | \b(?i:lives?|living|lived|address|moved|home|visited|house|placement|staying|family|caravan)\b [^.\n]{0,40}? \b(?:\p{Lu}[\p{L}'’\-]+\s+){1,3} (?: Street | Road | Rd | Avenue | Ave | Close | Lane | Drive | Gardens | Crescent | Terrace | Grove | Mews )\b",
    )
});

/// Words near the address or telephone number of an office.
static OFFICE: LazyLock<Pattern> = LazyLock::new(|| {
    Pattern::new(
        r"(?i)\b(?:hall|offices?|centre|council\s+offices|headquarters|hq|station|hospital|surgery|clinic|library|hub|court\s+house|depot|venue|training|conference|meeting\s+room|suite|floor|building|helpline|team|line|duty|out\s+of\s+hours|front\s+door|switchboard|reception|mash|website|held\s+at|based\s+(?:at|in)|contact\s+us|call\s+us|write\s+to\s+us)\b",
    )
});

/// Words that say somebody lives at an address.
static LIVES: LazyLock<Pattern> = LazyLock::new(|| {
    Pattern::new(
        r"(?i)\b(?:lives?|living|lived|family|infant|baby|child|mum|mother|dad|father|his|her|pupil's|moved|accommodation|police\s+called|called\s+to|address|home\s+visit|staying|postcode|tenancy|hmo|refuge)\b",
    )
});

/// A British telephone number.
static PHONE: LazyLock<Pattern> =
    LazyLock::new(|| Pattern::new(r"(?:\+44[\s\-]?(?:\(0\)\s?)?|\b0)(\d)(?:[\s\-()]{0,2}\d){8,9}\b"));

/// Words that make a telephone number a private one.
static PERSON_NEAR: LazyLock<Pattern> = LazyLock::new(|| {
    Pattern::new(
        r"(?i)\b(?:mum|mother|dad|father|home|his|her|their|carer|carers|parent|parents|family|gran|nan|grandmother|grandfather|aunt|uncle|neighbour|sister|brother|she|he|step\w*|landline|mobile|reach|ring|rings|number\s+for|text|foster)\b",
    )
});

/// An e-mail address.
static EMAIL: LazyLock<Pattern> = LazyLock::new(|| Pattern::new(r"(?i)\b[\w.+\-]+@((?:[\w\-]+\.)+[a-z]{2,})"));

/// An address in words: "name at provider dot com".
static SPELLED: LazyLock<Pattern> = LazyLock::new(|| Pattern::new(r"(?i)\bat\s+[\w\-]+\s+dot\s+(?:co|com|net|org)\b"));

/// Domains of public bodies and charities. `example` is for the invented agencies of the demo.
const PUBLIC_DOMAINS: &[&str] = &[
    "gov.uk",
    "nhs.uk",
    "nhs.net",
    "police.uk",
    "sch.uk",
    "ac.uk",
    "org.uk",
    "org",
    "cjsm.net",
    "mod.uk",
    "parliament.uk",
    "gov.wales",
    "gov.scot",
    "int",
    "charity",
    "example",
];

/// Providers of private e-mail addresses.
const PROVIDERS: &[&str] = &[
    "aol",
    "blueyonder",
    "btinternet",
    "gmail",
    "gmx",
    "googlemail",
    "hotmail",
    "icloud",
    "live",
    "mac",
    "mail",
    "me",
    "msn",
    "ntlworld",
    "outlook",
    "pm",
    "proton",
    "protonmail",
    "rocketmail",
    "sky",
    "talktalk",
    "tiscali",
    "virginmedia",
    "yahoo",
    "ymail",
];

/// The first sign that a text may be about one child.
pub(super) fn sign(text: &str) -> Option<WeakSign> {
    if EMAIL.captures_iter(text).any(|found| is_private(&found[1])) {
        return Some(WeakSign::PrivateAddress);
    }
    text.split_inclusive(['.', '!', '?', ';', '\n'])
        .fold(Vec::new(), joined_sentences)
        .iter()
        .find_map(|sentence| of_sentence(sentence))
}

/// Joins pieces that were split after a dot back into sentences: a dot after an initial, a number or a short capitalised word ends none.
fn joined_sentences(mut sentences: Vec<String>, piece: &str) -> Vec<String> {
    let ends_in_short = |sentence: &String| {
        let last = sentence.trim_end_matches('.').rsplit([' ', '.', '(']).next().unwrap_or_default();
        sentence.ends_with('.')
            && last.chars().count() <= 3
            && last.chars().next().is_some_and(|c| c.is_uppercase() || c.is_ascii_digit())
    };
    match sentences.last_mut() {
        Some(before) if ends_in_short(before) || !piece.starts_with([' ', '\n', '\t']) => before.push_str(piece),
        _ => sentences.push(piece.to_string()),
    }
    sentences
}

/// What every sign but a first name has one of.
static ANY: LazyLock<Pattern> = LazyLock::new(|| {
    let numbers = [&POSTCODE, &ADDRESS, &SPELLED, &PHONE, &REFERENCE, &REFERENCE_ALONE];
    let people = [&YEAR_GROUP, &INITIALS_DO, &DONE_WITH, &INITIALS_OF_CHILD, &RELATIVES, &DOTTED];
    Pattern::any_of(&numbers.into_iter().chain(people).map(|pattern| &**pattern).collect::<Vec<_>>())
});

fn of_sentence(sentence: &str) -> Option<WeakSign> {
    if ANY.is_match(sentence)
        && let Some(sign) = of_patterns(sentence)
    {
        return Some(sign);
    }
    let is_of_child = |name| is_of_child(sentence, name) && !PUBLISHED.is_match(sentence);
    first_names(sentence).any(is_of_child).then_some(WeakSign::Name)
}

/// The first sign of a sentence but for a first name.
fn of_patterns(sentence: &str) -> Option<WeakSign> {
    let has = |pattern: &Pattern| pattern.is_match(sentence);
    if (has(&POSTCODE) || has(&ADDRESS)) && (has(&LIVES) || !has(&OFFICE)) {
        return Some(WeakSign::Place);
    }
    if has(&SPELLED) {
        return Some(WeakSign::PrivateAddress);
    }
    if PHONE.captures_iter(sentence).any(|found| &found[1] == "7" || (has(&PERSON_NEAR) && !has(&OFFICE))) {
        return Some(WeakSign::Phone);
    }
    if (has_reference(sentence) && !has(&REGISTERED)) || has(&REFERENCE_ALONE) {
        return Some(WeakSign::CaseReference);
    }
    if YEAR_GROUP.captures_iter(sentence).any(|found| are_initials(found.get(1).or_else(|| found.get(2)))) {
        return Some(WeakSign::Initials);
    }
    if INITIALS_DO.captures_iter(sentence).any(|found| are_initials(found.get(1))) {
        return Some(WeakSign::Initials);
    }
    if DONE_WITH.captures_iter(sentence).any(|found| are_initials(found.get(1))) {
        return Some(WeakSign::Initials);
    }
    if INITIALS_OF_CHILD.captures_iter(sentence).any(|found| are_initials_of_child(&found)) {
        return Some(WeakSign::Initials);
    }
    if has(&RELATIVES) && !has(&PUBLISHED) {
        return Some(WeakSign::Relatives);
    }
    let is_usual = |initials: &str| matches!(initials, "U.K" | "U.S" | "N.B" | "P.S" | "A.M" | "P.M" | "E.G" | "I.E");
    DOTTED.captures_iter(sentence).any(|found| !is_usual(&found[1])).then_some(WeakSign::Initials)
}

fn has_reference(sentence: &str) -> bool {
    REFERENCE.find_iter(sentence).any(|found| !ends_in_year(found.as_str()))
}

fn is_private(domain: &str) -> bool {
    let domain = domain.to_lowercase();
    if domain.split('.').next().is_some_and(|name| PROVIDERS.contains(&name)) {
        return true;
    }
    !PUBLIC_DOMAINS.iter().any(|public| domain == *public || domain.ends_with(&format!(".{public}")))
}

fn are_initials(found: Option<regex::Match<'_>>) -> bool {
    found.is_some_and(|found| found.as_str().contains('.') || !is_abbreviation(found.as_str()))
}

/// Whether capitals are a child's initials. With dots any are; without, only after a word for a child.
fn are_initials_of_child(found: &regex::Captures<'_>) -> bool {
    let initials = &found[1];
    initials.contains('.') || (CHILD_WORD.is_match(&found[0]) && !is_abbreviation(initials))
}

/// What every age and number beside a name has one of. A sentence begins the text or with a blank, and ends it or with a mark or a line: at a
/// blank or a mark none of these begins or ends as at the edge of a text.
static ANY_BESIDE: LazyLock<Pattern> =
    LazyLock::new(|| Pattern::any_of(&[&AGE_OF_ONE, &REFERENCE, &LONG_NUMBER]).in_lines());

/// The sign in a sentence that names somebody who is not staff, together with one person's age or a case number.
pub(super) fn sign_beside_name(text: &str) -> Option<Sign> {
    if !ANY_BESIDE.is_match(text) {
        return None;
    }
    let sentences = text.split_inclusive(['.', '!', '?', ';', '\n']).fold(Vec::new(), joined_sentences);
    sentences.iter().find_map(|sentence| {
        let is_named = || first_names(sentence).any(|name| !name.is_word && !is_staff(sentence, name));
        let has_age =
            || AGE_OF_ONE.find_iter(sentence).any(|age| !is_of_many(&sentence[..age.start()], &sentence[age.end()..]));
        let has_case = || {
            !REGISTERED.is_match(sentence)
                && (has_reference(sentence) || (LONG_NUMBER.is_match(sentence) && !PHONE.is_match(sentence)))
        };
        if has_age() && is_named() {
            return Some(Sign::NameWithAge);
        }
        (has_case() && is_named()).then_some(Sign::NumberBesideName)
    })
}

/// A number as long as those of records, five to eight digits and not beginning with 0.
static LONG_NUMBER: LazyLock<Pattern> =
    LazyLock::new(|| Pattern::new(r"(?:^|[\s(:#])[A-Z]{0,3}[\-/]?[1-9]\d{4,7}(?:[\s).,;:]|$)"));

/// The age of one person, anywhere in a sentence.
static AGE_OF_ONE: LazyLock<Pattern> = LazyLock::new(|| {
    Pattern::new(&format!(
        r"(?ix) \b{AGE}[\s\-]*(?:years?|yrs?|yr|y)[\s\-]*old\b | \b{AGE}\s*(?:yo|y/o|yrs)\b | \baged\s+{AGE}\b | \bage\s+(?:of\s+)?{AGE}\b | (?:\b(?:who|he|she)(?:'s|\s+(?:is|was|had)) | \bjust | \bonly | [\w]'s ) \s+ (?:just\s+|only\s+|nearly\s+|now\s+|turned\s+)*{AGE}\b (?:\s+(?:now|and|when|but)\b|\s*[,.;)-]|\s*$)
          | \bwas\s+{AGE}\s+(?:when|and|she|he|they|the|at)\b | ,\s*(?:now\s+|then\s+|just\s+)?{AGE}(?:½|\s+and\s+(?:a\s+half|{AGE}))?\s*, | \bnow\s+{AGE}½
          | \b(?:boy|girl|lad|child|son|daughter)\s+of\s+{AGE}\b | ,\s+(?:just\s+)?(?:turned\s+)?{AGE}\s+(?:in|on|next)\s+"
    ))
});

/// Whether an age is that of a group, or is not an age: "children aged 5", "5 to 11", "in the last 9 years".
fn is_of_many(before: &str, behind: &str) -> bool {
    OF_MANY.is_match(before) || RANGE_BEHIND.is_match(behind)
}

/// Words before an age that make it that of a group.
static OF_MANY: LazyLock<Pattern> = LazyLock::new(|| {
    Pattern::new(
        r"(?i)\b(?:children|pupils|students|those|people|persons|boys|girls|babies|infants|everyone|anyone|cohort|under|over|from|between|below|above|than|least|most|to|last|past|for|within|every|all|who\s+are|group|service|team|project|contract|pilot|policy|programme|board|the)\s*,?\s*$",
    )
});
/// Words after an age that make it a range, or a length of time.
static RANGE_BEHIND: LazyLock<Pattern> = LazyLock::new(|| {
    Pattern::new(
        r"(?i)^\s*(?:to\s+[0-9a-z]+|and\s+(?:over|above|under|up|younger|older)|or\s+(?:over|under|above|older|younger)|-\s*[0-9]|\+|plus\b|%|s\b|olds?\b|ago\b|of\s+(?:data|experience|work|service|cases))",
    )
});

/// Whether a first name may be a child's: it is not that of somebody at work, a project or a place.
fn is_of_child(sentence: &str, name: FirstName) -> bool {
    let (before, behind) = (&sentence[..name.start], &sentence[name.end..]);
    if is_staff(sentence, name) {
        return false;
    }
    // After a capitalised word a first name is a surname or part of some other name. Before one it is part of a full name or a place.
    let is_capital = |word: &str| word.trim_start_matches(['(', '\'']).starts_with(char::is_uppercase);
    // A name all in capitals is an abbreviation that spells one, or part of a heading, unless a child's word follows.
    if sentence[name.start..name.end].chars().all(char::is_uppercase) {
        return CHILD_BEHIND.is_match(behind);
    }
    let last = before
        .split_whitespace()
        .last()
        .filter(|word| before.ends_with(' ') && !word.ends_with(['.', ':', ';', ',', '-']));
    let is_second = last.is_some_and(|word| is_capital(word) && before.trim() != word);
    let has_surname = behind.strip_prefix(' ').is_some_and(is_capital);
    let is_first = before.trim().is_empty();
    match (name.is_word, has_surname || is_second) {
        (true, _) => CHILD_BEHIND.is_match(behind) && !is_first,
        (false, true) => CHILD_BEFORE.is_match(before) || CHILD_BEHIND.is_match(behind),
        (false, false) => true,
    }
}
