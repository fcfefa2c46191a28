//! What the rule picks for slides and what the officer writes on them: each sentence of the stated rule, held against the slides.

use jtai_benchmark::analysis::{Action, analyse, count};
use jtai_benchmark::chart::Charts;
use jtai_benchmark::core::written::Written;
use jtai_benchmark::documents::SlideKey;
use jtai_benchmark::documents::deck::one_page::Card;
use jtai_benchmark::documents::deck::{self, Deck, Slide};
use jtai_benchmark::documents::{Agreement, ChildrensLine, ContextFigure, Picked, PickedAction};
use jtai_benchmark::documents::{DocumentInputs, Length};
use jtai_benchmark::form::{Rating, TextKind};
use jtai_benchmark::intake::answers::answers;

use crate::deck_text::Staged;
use crate::project::Project;
use crate::slides::{check, staged, texts};

fn place(cell: &str) -> jtai_benchmark::core::finding::Place {
    jtai_benchmark::core::finding::Place::cell("choices.xlsx", "Actions", cell)
}

fn slide<'d>(deck: &'d Deck, key: &SlideKey) -> Option<&'d Slide> {
    deck.slides.iter().find(|slide| slide.key == *key)
}

fn cards(deck: &Deck, column: usize) -> Vec<Card> {
    let signs = deck.slides.iter().find_map(Slide::signs).expect("the page");
    signs.columns[column].cards.iter().flatten().cloned().collect()
}

/// Every text of every slide that is shown under a rating, with that rating.
fn shown_under(deck: &Deck, rating: Rating) -> usize {
    let quotes = deck.slides.iter().flat_map(Slide::quotes).filter(|quote| quote.rating == rating).count();
    quotes + cards(deck, 1).iter().filter(|card| card.rating == Some(rating)).count()
}

#[test]
fn no_slide_shows_an_amber_worry_where_a_red_has_no_room() {
    let mut staged = staged(6, 60, "We wait too long for this. ");
    staged.analysis.headlines.clear();
    for length in Length::ALL {
        staged.length = length;
        assert!(shown_under(&deck::deck(staged.made()), Rating::Red) > 0);
    }
    for worry in staged.analysis.worries.iter_mut().filter(|worry| worry.rating == Rating::Red) {
        worry.words = "A worry that takes more than a slide. ".repeat(90);
    }
    for length in Length::ALL {
        staged.length = length;
        let deck = deck::deck(staged.made());
        assert_eq!((shown_under(&deck, Rating::Amber), shown_under(&deck, Rating::Red)), (0, 0), "{}", length.key());
        check(&deck, "Reds without room");
    }
}

#[test]
fn an_amber_worry_fills_a_place_that_reds_leave() {
    let mut staged = Staged::sample();
    // As many in a column as can be: strengths that are long would make them fewer.
    staged.analysis.strengths.clear();
    staged.analysis.headlines.clear();
    let one = staged.analysis.worries.iter().position(|worry| worry.rating == Rating::Red && !worry.needs_check());
    let mut at = 0;
    staged.analysis.worries.retain(|worry| {
        at += 1;
        worry.rating == Rating::Amber || Some(at - 1) == one
    });
    for worry in &mut staged.analysis.worries {
        (worry.words, worry.names_another, worry.own_worry) = (format!("We wait, {}", worry.criterion), false, None);
    }
    let shown: Vec<Option<Rating>> = cards(&deck::deck(staged.made()), 1).iter().map(|card| card.rating).collect();
    let (red, amber) = (Some(Rating::Red), Some(Rating::Amber));
    assert!(shown.len() == 3 && shown.iter().filter(|rating| **rating == red).count() == 1, "{shown:?}");
    assert_eq!(shown.iter().filter(|rating| **rating == amber).count(), 2);
}

#[test]
fn refs_are_whole_where_two_would_be_the_same_without_their_letters() {
    let under = |staged: &Staged| -> Vec<String> {
        cards(&deck::deck(staged.made()), 1).into_iter().map(|card| card.under).collect()
    };
    let mut staged = Staged::sample();
    assert!(under(&staged).iter().all(|line| !line.contains("DA24-")), "{:?}", under(&staged));
    let last = staged.theme.areas.last_mut().and_then(|area| area.criteria.last_mut()).expect("a statement");
    last.id = jtai_benchmark::core::ids::CriterionId("GEN-1.1".into());
    assert!(under(&staged).iter().all(|line| line.contains("DA24-")), "{:?}", under(&staged));
}

#[test]
fn a_line_on_a_slide_is_traced_to_the_line_and_words_to_the_answer() {
    use jtai_benchmark::analysis::trace::Counted;
    let staged = Staged::sample();
    let deck = deck::deck(staged.made());
    let page = slide(&deck, &SlideKey::SignsOfSafety).expect("the page");
    for (column, what) in [(0, "working well"), (1, "worried about")] {
        let (own, quoted): (Vec<Card>, Vec<Card>) = cards(&deck, column).into_iter().partition(|card| card.is_own_line);
        let of = |label: String| page.trace.numbers.iter().find(|number| number.what == label);
        let lines: Vec<&str> = of(format!("Own lines shown here, {what}"))
            .map(|number| match &number.counted {
                Counted::Lines(places) => {
                    places.iter().map(|at| staged.analysis.headlines[*at].line.as_str()).collect()
                }
                other => panic!("{other:?}"),
            })
            .unwrap_or_default();
        assert!(!own.is_empty() && own.len() == lines.len());
        assert!(own.iter().all(|card| lines.contains(&card.claim.as_str())), "{lines:?}");
        assert_eq!(of(format!("Texts shown here, {what}")).map_or(0, |number| number.value()), quoted.len());
    }
}

#[test]
fn the_page_about_worries_begins_with_those_on_one_page() {
    let staged = Staged::sample();
    let deck = deck::deck(staged.made());
    let on_one_page: Vec<(String, String)> =
        cards(&deck, 1).iter().map(|card| (card.criterion.to_string(), card.agency.to_string())).collect();
    let page = slide(&deck, &SlideKey::WorriedAbout).expect("its page");
    let quotes = page.quotes();
    let shown: Vec<(String, String)> =
        quotes.iter().map(|quote| (quote.criterion.to_string(), quote.agency.to_string())).collect();
    assert!(on_one_page.len() == 3 && shown.starts_with(&on_one_page), "{on_one_page:?}: {shown:?}");
    for quote in quotes {
        let voice = staged
            .analysis
            .worries
            .iter()
            .find(|voice| voice.agency == quote.agency && voice.criterion == quote.criterion);
        // In full where the rule may show that, else in the agency's own line, which is said.
        let is_whole = voice.is_some_and(|voice| voice.words == quote.words);
        assert_eq!(is_whole, !quote.said_by.ends_with(", in short"), "{quote:?}");
    }
    let mut staged = Staged::sample();
    staged.picks.left_out.insert(SlideKey::SignsOfSafety);
    let deck = deck::deck(staged.made());
    let page = slide(&deck, &SlideKey::WorriedAbout).expect("its page");
    assert!(page.quotes().iter().all(|quote| !quote.said_by.ends_with(", in short")));
}

#[test]
fn a_green_with_a_worry_comes_after_those_without_and_its_worry_is_shown_with_it() {
    let mut staged = Staged::sample();
    let is_with: Vec<bool> = staged.analysis.strengths.iter().map(|voice| voice.own_worry.is_some()).collect();
    assert!(is_with.is_sorted() && is_with.contains(&true) && is_with.contains(&false));
    // Where all have one, each that is shown has it under its words.
    staged.analysis.strengths.retain(|voice| voice.own_worry.is_some());
    staged.length = Length::Full;
    let deck = deck::deck(staged.made());
    let strengths = cards(&deck, 0);
    assert!(!strengths.is_empty());
    assert!(strengths.iter().all(|card| card.evidence.iter().any(|text| text.starts_with("Worried about: "))));
    let quotes = slide(&deck, &SlideKey::WorkingWell).expect("the slide").quotes();
    assert!(!quotes.is_empty());
    for quote in quotes {
        let is_it = |voice: &&jtai_benchmark::analysis::Voice| {
            voice.agency == quote.agency && voice.criterion == quote.criterion
        };
        let worry = staged.analysis.strengths.iter().find(is_it).and_then(|voice| voice.own_worry.clone());
        assert_eq!(quote.under, [format!("Worried about: “{}”", worry.expect("a worry").words)]);
    }
    check(&deck, "strengths with worries");
}

#[test]
fn words_with_a_result_come_first() {
    let staged = Staged::sample();
    let has_result = jtai_benchmark::analysis::wording::has_result;
    for (voices, what) in [(&staged.analysis.strengths, "strengths"), (&staged.analysis.worries, "worries")] {
        for alike in voices.chunk_by(|a, b| (a.rating, a.own_worry.is_some()) == (b.rating, b.own_worry.is_some())) {
            let without: Vec<bool> = alike.iter().map(|voice| !has_result(&voice.words)).collect();
            assert!(without.is_sorted(), "{what}: {without:?}");
        }
    }
    let deck = deck::deck(staged.made());
    for column in [0, 1] {
        let shown = cards(&deck, column);
        // Among what comes in the same way, nothing without a result is before what has one.
        let without: Vec<bool> = shown.iter().map(|card| !has_result(&card.claim)).collect();
        assert!(shown.iter().all(|card| card.is_own_line) && without.is_sorted(), "{shown:?}");
    }
}

#[test]
fn a_text_that_names_another_agency_is_used_only_where_it_was_checked_with_it() {
    let mut staged = Staged::sample();
    staged.analysis.headlines.clear();
    let named = |staged: &Staged| {
        let mut named =
            staged.analysis.worries.iter().filter(|voice| voice.rating == Rating::Red && voice.needs_check());
        named.next().expect("a worry that names another agency").clone()
    };
    let voice = named(&staged);
    // It is the only one that the rule could take.
    staged.analysis.worries.retain(|other| *other == voice);
    let holds = |staged: &Staged| {
        let deck = deck::deck(staged.made());
        let quoted = deck.slides.iter().flat_map(Slide::quotes).any(|quote| quote.words == voice.words);
        quoted || cards(&deck, 1).iter().any(|card| card.claim.contains(&voice.words))
    };
    assert!(!holds(&staged));
    staged.picks.checked.insert((voice.agency.clone(), voice.criterion.clone(), TextKind::WorriedAbout));
    assert!(holds(&staged));
    // An action that names another agency waits in the same way, and so does the agency's own line about it.
    let mut staged = Staged::sample();
    let action = staged.analysis.actions.iter().find(|action| action.names_another).expect("such an action").clone();
    staged.analysis.actions.retain(|other| *other == action);
    let of_plan = |staged: &Staged| {
        let deck = deck::deck(staged.made());
        let plan = slide(&deck, &SlideKey::NeedsToHappen).expect("the slide").plan().expect("a plan").clone();
        (plan.rows.len(), plan.note)
    };
    let (rows, note) = of_plan(&staged);
    assert!(rows == 0 && note.contains("held until the agency it names is asked"), "{note}");
    staged.picks.checked.insert((action.agency.clone(), action.criterion.clone(), TextKind::NeedsToHappen));
    assert_eq!(of_plan(&staged).0, 1);
}

#[test]
fn the_first_worry_is_what_the_headline_is_about_and_the_plan_answers_every_worry_shown() {
    let staged = Staged::sample();
    let deck = deck::deck(staged.made());
    let picked_out = jtai_benchmark::analysis::pick_outs::least_green(&staged.analysis.numbers).expect("a statement");
    let worries = cards(&deck, 1);
    assert_eq!(worries[0].criterion, picked_out.criterion.id);
    let of_page = slide(&deck, &SlideKey::WorriedAbout).expect("the slide").quotes();
    let shown = worries.iter().map(|card| (&card.criterion, &card.agency));
    let shown = shown.chain(of_page.iter().map(|quote| (&quote.criterion, &quote.agency)));
    let plan = slide(&deck, &SlideKey::NeedsToHappen).expect("the slide").plan().expect("a plan");
    for (criterion, agency) in shown {
        let is_it = |action: &&Action| action.criterion == *criterion && action.agency == *agency;
        let can_be_shown = |action: &Action| staged.picks.lets_show_action(action);
        let is_there = plan.rows.iter().any(|row| row.answer == Some((criterion.clone(), agency.clone())));
        assert_eq!(staged.analysis.actions.iter().find(is_it).is_some_and(can_be_shown), is_there, "{criterion}");
    }
}

#[test]
fn dates_that_have_passed_are_counted_and_marked() {
    let staged = Staged::sample();
    let later = DocumentInputs { made_on: jiff::civil::date(2027, 3, 1), ..staged.made() };
    let deck = deck::deck(later);
    let page = slide(&deck, &SlideKey::NeedsToHappen).expect("the slide");
    assert!(page.headline.contains(" are past their date, 0 more are due before fieldwork"), "{}", page.headline);
    assert!(page.plan().expect("a plan").rows.iter().any(|row| row.by == "18 Dec 2026 (passed)"));
}

#[test]
fn what_may_be_about_a_child_in_who_leads_is_on_no_slide() {
    let mut staged = Staged::sample();
    let has_action = |card: &&Card| {
        let mut actions = staged.analysis.actions.iter();
        actions.any(|action| action.agency == card.agency && action.criterion == card.criterion)
    };
    let first = cards(&deck::deck(staged.made()), 1).iter().find(has_action).expect("a worry with an action").clone();
    for action in &mut staged.analysis.actions {
        if action.agency == first.agency && action.criterion == first.criterion {
            action.lead = Written::Text("Key worker of the brother".into());
            action.may_identify = Some(jtai_benchmark::core::privacy::WeakSign::Place);
        }
    }
    for length in Length::ALL {
        staged.length = length;
        let shown: String = deck::deck(staged.made()).slides.iter().flat_map(texts).collect();
        assert!(!shown.contains("Key worker of the brother") && shown.contains("eld for a person to look at first"));
    }
}

#[test]
fn a_claim_of_the_officers_has_the_agencys_words_under_it_whole() {
    let mut staged = Staged::sample();
    let is_short = |voice: &&jtai_benchmark::analysis::Voice| voice.words.chars().count() < 300 && !voice.needs_check();
    let picked = |voices: &[jtai_benchmark::analysis::Voice]| {
        let voice = voices.iter().find(is_short).expect("short words").clone();
        Some(vec![Picked { voice, wording: "We know what to do next".into(), is_whole: false }])
    };
    staged.picks.strengths = picked(&staged.analysis.strengths);
    staged.picks.worries = picked(&staged.analysis.worries);
    staged.length = Length::Full;
    let deck = deck::deck(staged.made());
    check(&deck, "claims of the officer's");
    let picks =
        [&staged.picks.strengths, &staged.picks.worries].map(|picked| picked.as_ref().expect("picked")[0].clone());
    for (column, picked) in picks.iter().enumerate() {
        let [card] = &cards(&deck, column)[..] else { panic!("one card") };
        assert_eq!(card.claim, picked.wording);
        assert_eq!(card.evidence[0], format!("“{}”", picked.voice.words));
        assert!(card.under.starts_with("In our words · "), "{}", card.under);
    }
    for (key, picked) in [(SlideKey::WorkingWell, &picks[0]), (SlideKey::WorriedAbout, &picks[1])] {
        let [quote] = slide(&deck, &key).expect("the slide").quotes() else { panic!("one quotation") };
        assert!(quote.is_reworded && quote.said_by.ends_with(", in the partnership's words"));
        assert_eq!(quote.under[0], format!("In its own words: “{}”", picked.voice.words));
    }
}

#[test]
fn words_that_may_be_about_a_child_are_not_under_the_claim_that_takes_their_place() {
    let mut staged = Staged::sample();
    let may_be = |voice: &jtai_benchmark::analysis::Voice| jtai_benchmark::analysis::Voice {
        words: "Her brother in the next street told us".into(),
        may_identify: Some(jtai_benchmark::core::privacy::WeakSign::Place),
        ..voice.clone()
    };
    let claim = |voice| Some(vec![Picked { voice, wording: "We know what to do next".into(), is_whole: false }]);
    staged.picks.strengths = claim(may_be(&staged.analysis.strengths[0]));
    staged.picks.worries = claim(may_be(&staged.analysis.worries[0]));
    for length in Length::ALL {
        staged.length = length;
        let shown: String = deck::deck(staged.made()).slides.iter().flat_map(texts).collect();
        assert!(shown.contains("We know what to do next") && !shown.contains("Her brother"), "{}", length.key());
    }
}

#[test]
fn an_action_in_the_officers_words_is_shown_in_no_other() {
    let mut staged = Staged::sample();
    let action = &mut staged.analysis.actions[0];
    action.what = "Ask her brother in the next street".into();
    action.may_identify = Some(jtai_benchmark::core::privacy::WeakSign::Place);
    let action = action.clone();
    staged.analysis.headlines.clear();
    staged.picks.actions = Some(vec![PickedAction {
        action: Some(action),
        wording: "Agree who speaks to the family".into(),
        is_whole: false,
        lead: String::new(),
        by: None,
        agreed: None,
        place: place("A4"),
    }]);
    for length in Length::ALL {
        staged.length = length;
        let shown: String = deck::deck(staged.made()).slides.iter().flat_map(texts).collect();
        assert!(shown.contains("Agree who speaks to the family") && !shown.contains("her brother"), "{}", length.key());
    }
}

/// The most that the officer can write for the pages of our area, actions and what children told us.
fn filled_in(staged: &mut Staged) {
    let figure = |at: usize| ContextFigure {
        figure: format!("{at} in 9"),
        what: "children under 8 live where there was a call about domestic abuse in the year".into(),
        source: "Police data, calls to homes with children".into(),
        date: "March 2026".into(),
        place: place(&format!("A{at}")),
    };
    staged.picks.figures = (1..5).map(figure).collect();
    staged.picks.context = vec!["Three of our districts are among the most deprived tenth in England.".into(); 4];
    staged.picks.known_issues = vec!["Our data on notifications is two months old.".into(); 3];
    let line = |at: usize| ChildrensLine {
        line: format!("I told {at} people what happened and had to begin again each time."),
        source: "Advocates' survey of 41 children, autumn 2026".into(),
        place: place(&format!("B{at}")),
    };
    staged.picks.children = (1..9).map(line).collect();
    let agreed =
        |cell: &str| Some(Agreement { by: "Executive".into(), on: jiff::civil::date(2026, 12, 3), place: place(cell) });
    let of_agency = |action: &jtai_benchmark::analysis::Action| PickedAction {
        action: Some(action.clone()),
        wording: "A shorter wording of what will change".into(),
        is_whole: false,
        lead: "Head of service".into(),
        by: Some(jiff::civil::date(2027, 3, 31)),
        agreed: agreed("E5"),
        place: place("A5"),
    };
    let own = PickedAction {
        action: None,
        wording: "One inbox for invitations to strategy meetings".into(),
        is_whole: false,
        lead: "Business manager".into(),
        by: None,
        agreed: None,
        place: place("A90"),
    };
    let mut picked: Vec<PickedAction> = staged.analysis.actions.iter().take(2).map(of_agency).collect();
    picked[1].agreed = None;
    picked.push(own);
    staged.picks.actions = Some(picked);
    let other = staged.analysis.actions[3].clone();
    staged.picks.agreed = vec![(other, agreed("E8").expect("agreed"))];
}

#[test]
fn what_the_officer_writes_is_on_the_pages_of_area_actions_and_children_in_both_formats() {
    let mut staged = Staged::sample();
    filled_in(&mut staged);
    for length in Length::ALL {
        staged.length = length;
        let deck = deck::deck(staged.made());
        check(&deck, &format!("all that the officer can write, {}", length.key()));
        let shown: String = deck.slides.iter().flat_map(texts).collect::<Vec<_>>().join("\n");
        for part in ["4 in 9", "March 2026", "Known issues", "Advocates' survey of 41 children", "Schools"] {
            assert!(shown.contains(part), "{part}: {shown}");
        }
        let plan = slide(&deck, &SlideKey::NeedsToHappen).expect("the slide").plan().expect("a plan");
        let agreed: Vec<&str> = plan.rows.iter().map(|row| row.agreed.as_str()).collect();
        assert_eq!(agreed, ["Executive, 3 Dec 2026", "", "", "Executive, 3 Dec 2026"]);
        let own = &plan.rows[2];
        assert_eq!(own.what, "One inbox for invitations to strategy meetings (the partnership's own)");
        assert_eq!((own.answer.is_none(), own.rating, own.lead.as_str()), (true, None, "Business manager"));
        assert!(plan.note.contains("2 in its words and 1 its own, which no agency wrote"), "{}", plan.note);
        // An agency's action is in the same words, with the same lead and date, wherever it is.
        let worries = cards(&deck, 1);
        for (card, answer) in worries.iter().zip(cards(&deck, 2)) {
            let is_picked = plan.rows.iter().any(|row| {
                row.answer.as_ref().is_some_and(|(id, agency)| *id == card.criterion && *agency == card.agency)
            });
            assert_eq!(is_picked, answer.claim == "A shorter wording of what will change", "{answer:?}");
        }
        let written: Vec<(&str, usize)> = slide(&deck, &SlideKey::NeedsToHappen)
            .expect("the slide")
            .trace
            .numbers
            .iter()
            .map(|number| (number.what.as_str(), number.value()))
            .collect();
        assert!(written.contains(&("Actions of the partnership's own", 1)), "{written:?}");
        assert!(written.contains(&("Actions agreed by the partnership", 2)), "{written:?}");
    }
    let (project, actions) = (Project::demo(), &staged.analysis.actions);
    let data = jtai_benchmark::export::data::actions(&project.round("demo"), &staged.analysis, &staged.picks);
    let row = |at: usize| -> Vec<&str> {
        let names = ["agency_id", "proposed_by", "slide_order", "slide_wording", "agreed_by", "agreed_on"];
        let column = |name: &&str| data.columns.iter().position(|column| column == name).expect("a column");
        names.iter().map(|name| data.rows[at][column(name)].as_str()).collect()
    };
    let first = actions[0].agency.as_str();
    assert_eq!(row(0), [first, "agency", "1", "A shorter wording of what will change", "Executive", "2026-12-03"]);
    assert_eq!(row(3)[1..], ["agency", "", "", "Executive", "2026-12-03"]);
    assert_eq!(row(actions.len())[..3], ["", "partnership", "3"]);
}

#[test]
fn a_slide_with_nothing_on_it_is_not_there() {
    let mut staged = staged(6, 0, "");
    for length in Length::ALL {
        staged.length = length;
        let deck = deck::deck(staged.made());
        for key in [SlideKey::WorkingWell, SlideKey::WorriedAbout, SlideKey::ChildrenToldUs, SlideKey::Context] {
            assert!(slide(&deck, &key).is_none(), "{key}");
        }
        // No action is written, and Reds lack one: that is worth a slide.
        assert!(slide(&deck, &SlideKey::NeedsToHappen).is_some());
    }
    let mut staged = Staged::sample();
    let answers = answers(&staged.theme, &staged.round, &[], &[]);
    let numbers = count(&staged.theme, &staged.round, &[], &answers).expect("numbers");
    staged.analysis = analyse(&staged.theme, &staged.round, numbers, &[], answers);
    staged.charts = Charts::lay_out(&staged.analysis);
    let deck = deck::deck(staged.made());
    let keys: Vec<String> = deck.slides.iter().map(|slide| slide.key.to_string()).collect();
    assert_eq!(keys, ["title", "signs-of-safety", "picture", "who", "method", "statements"]);
    for key in deck::keys(&staged.analysis) {
        for length in Length::ALL {
            staged.length = length;
            let deck = deck::deck(staged.made());
            let is_there = slide(&deck, &key).is_some();
            assert_eq!(deck::has_slide(&staged.analysis, &staged.picks, length, &key), is_there, "{key}");
        }
    }
}

#[test]
fn claims_over_words_that_are_too_long_for_their_page_are_still_shown_as_the_partnerships() {
    let mut staged = staged(6, 900, "We wait too long for this, and say so. ");
    let picked = |voice: &jtai_benchmark::analysis::Voice| Picked {
        voice: voice.clone(),
        wording: "We wait".into(),
        is_whole: false,
    };
    staged.picks.worries = Some(staged.analysis.worries.iter().take(3).map(picked).collect());
    let deck = deck::deck(staged.made());
    let worries = cards(&deck, 1);
    assert_eq!(worries.len(), 3);
    assert!(worries.iter().all(|card| card.claim == "We wait" && card.under.contains("ur words · ")), "{worries:?}");
    check(&deck, "claims over long words");
}
