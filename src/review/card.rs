//! A card as a page or a program takes it: an inquiry with its ask and shared words marked, the candidate promises beside it.

use super::decision::Role;
use super::desk::{Desk, Reviewer};
use super::state::Standing;
use crate::id::TopicId;
use crate::ingest::TextLanguage;
use crate::linking::Link;
use crate::locale::Lang;
use crate::report::Wording;
use crate::report::markup::{escape, marked};
use crate::report::view::title;
use crate::report::waterfall::{Bar, bars};
use crate::span::Span;
use crate::topics::{Taxonomy, Topic, TopicScore};
use serde::Serialize;

/// The most of a text that a card shows, in bytes; the whole stands on a page of its own.
pub const SHOWN: usize = 24_000;

/// A card.
#[derive(Debug, Serialize)]
pub struct Card {
    /// The inquiry's id.
    pub id: String,
    /// Its title, or the beginning of its text.
    pub title: String,
    /// Its language for `lang`; empty where mixed.
    pub lang: &'static str,
    /// Its date or period.
    pub date: String,
    /// Who began it.
    pub initiator: String,
    /// Who signed it.
    pub cosigners: Vec<String>,
    /// To whom.
    pub addressee: String,
    /// What comes before the ask, as escaped html with shared words marked.
    pub before: String,
    /// The ask and what follows, likewise.
    pub ask: String,
    /// True where the text is longer than a card shows.
    pub cut: bool,
    /// The promise to judge.
    pub focus: Candidate,
    /// Candidates, ranked; blind: in the programme's order.
    pub candidates: Vec<Candidate>,
    /// True where scores and other people's decisions are hidden.
    pub blind: bool,
    /// Inquiries that say nearly the same.
    pub alike: Vec<Alike>,
    /// The reason, where the reviewer skipped it.
    pub skipped: Option<String>,
    /// Its topics.
    pub topics: CardTopics,
}

/// The topics of an inquiry on its card.
#[derive(Debug, Serialize)]
pub struct CardTopics {
    /// The fingerprint of the taxonomy in force: an answer names it.
    pub taxonomy: String,
    /// True where the reviewer has said of every topic whether the inquiry has it.
    pub answered: bool,
    /// True where the project's own table says what is suggested.
    pub decided: bool,
    /// The reviewer's own comment.
    pub comment: String,
    /// Every topic of the taxonomy.
    pub list: Vec<CardTopic>,
    /// What others say, where it is shown.
    pub others: Vec<OtherTopics>,
}

/// A topic on a card.
#[derive(Debug, Serialize)]
pub struct CardTopic {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// What belongs to it.
    pub description: String,
    /// What the reviewer said of it, else what is suggested; blind: false until the reviewer has said.
    pub is: bool,
    /// True where it is suggested; `null` where that is hidden.
    pub suggested: Option<bool>,
    /// The model's probability in words; empty where hidden.
    pub probability: String,
    /// The words that spoke for it; none where hidden.
    pub cues: Vec<String>,
}

/// The topics that somebody else gives an inquiry.
#[derive(Debug, Serialize)]
pub struct OtherTopics {
    /// Who.
    pub name: String,
    /// Names of topics.
    pub topics: Vec<String>,
}

/// A near-equal inquiry.
#[derive(Debug, Serialize)]
pub struct Alike {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
}

/// A candidate promise.
#[derive(Debug, Serialize)]
pub struct Candidate {
    /// Its id.
    pub id: String,
    /// Whose.
    pub owner: String,
    /// Whose it is to the inquiry's authors, in words; empty for a promise found by search.
    pub scope: String,
    /// Its text, as escaped html with shared words marked.
    pub text: String,
    /// Its language for `lang`.
    pub lang: &'static str,
    /// The model's probability in words; empty where hidden.
    pub probability: String,
    /// The reviewer's own grade.
    pub grade: Option<u8>,
    /// The reviewer's own comment.
    pub comment: String,
    /// What others say, where it is shown.
    pub others: Vec<Other>,
    /// True where people are asked to judge it.
    pub asked: bool,
    /// The explanation; empty where hidden.
    pub waterfall: Vec<Step>,
}

/// What somebody else says of a pair.
#[derive(Debug, Serialize)]
pub struct Other {
    /// Who.
    pub name: String,
    /// 2, 1 or 0.
    pub grade: u8,
}

/// A bar of the waterfall.
#[derive(Debug, Serialize)]
pub struct Step {
    /// What was compared and what was found.
    pub name: String,
    /// Its weight in words.
    pub weight: String,
    /// Left edge, in hundredths of the whole.
    pub left: u32,
    /// Width, likewise.
    pub width: u32,
    /// True below nought.
    pub minus: bool,
}

/// Most words that a card shows behind a topic.
const MOST_CUES: usize = 6;

/// The code for `lang`; `mixed` is none.
pub fn html_lang(lang: Option<TextLanguage>) -> &'static str {
    match lang {
        Some(TextLanguage::Kazakh) => "kk",
        Some(TextLanguage::Russian) => "ru",
        Some(TextLanguage::Mixed) | None => "",
    }
}

/// At most `most` characters of `text`.
pub fn shortened(text: &str, most: usize) -> String {
    match text.char_indices().nth(most) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

/// At most the first `most` bytes of `text`, whole characters.
pub fn beginning(text: &str, most: usize) -> &str {
    let end = (0..=most.min(text.len())).rev().find(|end| text.is_char_boundary(*end)).unwrap_or(0);
    &text[..end]
}

/// The card of an inquiry for a reviewer, with the promise at `clause` in focus.
pub fn card(desk: &Desk, who: &Reviewer, inquiry: usize, clause: usize, lang: Lang) -> Card {
    let row = &desk.run.project.inquiries[inquiry];
    let wording = Wording::new(&desk.run, lang);
    let blind = desk.deal().blind(inquiry);
    let mut places: Vec<usize> = desk.queue.pairs[inquiry].iter().map(|pair| pair.clause).collect();
    if blind {
        places.sort_unstable();
    }
    if !places.contains(&clause) {
        places.insert(0, clause);
    }
    let link = desk.link(inquiry, clause);
    let (before, ask, cut) = passage(desk, inquiry, link);
    let alike = desk.alike(inquiry).map(|other| &desk.run.project.inquiries[other]);
    // By itself, so that what stands is not read twice at once: a writer who waits between the two would wait for ever.
    let skipped = desk.state().word(&who.name, row.id.as_str()).and_then(|word| word.skipped.clone());
    let candidate = |place: usize, full: bool| candidate(desk, who, inquiry, place, lang, blind, full);
    Card {
        id: row.id.to_string(),
        title: shortened(title(row), 300),
        lang: html_lang(row.lang),
        date: row.date.map(|date| date.to_string().replace('/', " – ")).unwrap_or_default(),
        initiator: row.initiator.as_ref().map_or_else(|| lang.text("group-none"), |id| name(wording, id.as_str())),
        cosigners: row.cosigners.iter().map(|id| name(wording, id.as_str())).collect(),
        addressee: shortened(&row.addressee, 300),
        before,
        ask,
        cut,
        focus: candidate(clause, true),
        candidates: places.into_iter().map(|place| candidate(place, false)).collect(),
        blind,
        alike: alike.map(|row| Alike { id: row.id.to_string(), title: shortened(title(row), 120) }).collect(),
        skipped,
        topics: topics(desk, who, inquiry, lang, blind),
    }
}

fn topics(desk: &Desk, who: &Reviewer, inquiry: usize, lang: Lang, blind: bool) -> CardTopics {
    let (state, taxonomy, scores) = (desk.state(), &desk.run.taxonomy, &desk.run.topics[inquiry]);
    let id = desk.run.project.inquiries[inquiry].id.as_str();
    let own = state.word(&who.name, id).and_then(|word| word.topics.as_ref());
    let row = |(topic, score): (&Topic, &TopicScore)| {
        let cues = score.cues.iter().filter(|cue| cue.weight > 0.0 && !blind).take(MOST_CUES);
        let said = own.and_then(|own| own.topics.get(topic.id.as_str()).copied());
        CardTopic {
            id: topic.id.to_string(),
            name: shortened(topic.name.in_lang(lang), 120),
            description: shortened(topic.description.in_lang(lang), 400),
            is: said.unwrap_or(score.label && !blind),
            suggested: Some(score.label).filter(|_| !blind),
            probability: if blind { String::new() } else { lang.percent(score.probability) },
            cues: cues.map(|cue| shortened(&cue.cue, 60)).collect(),
        }
    };
    let answered = own.is_some_and(|own| own.of(taxonomy).is_some());
    let shown = !blind && (answered || who.role == Role::Lead);
    let others = state.topic_opinions(id, taxonomy).into_iter().filter(|(name, ..)| shown && *name != who.name);
    CardTopics {
        taxonomy: taxonomy.fingerprint.clone(),
        answered,
        decided: !blind && scores.iter().any(|score| score.decided),
        comment: own.map(|own| own.comment.clone()).unwrap_or_default(),
        list: taxonomy.topics.iter().zip(scores).map(row).collect(),
        others: others
            .map(|(name, _, given)| OtherTopics { name: name.to_owned(), topics: topic_names(taxonomy, &given, lang) })
            .collect(),
    }
}

/// The names of topics.
pub fn topic_names(taxonomy: &Taxonomy, ids: &[TopicId], lang: Lang) -> Vec<String> {
    let topics = ids.iter().filter_map(|id| taxonomy.topic(id));
    topics.map(|topic| shortened(topic.name.in_lang(lang), 120)).collect()
}

/// The name of a person or a party, as long as a line can be.
pub fn name(wording: Wording<'_>, id: &str) -> String {
    shortened(&wording.owner(id), 200)
}

/// The text in two pieces, before the ask and from it on, with the words of `link` marked.
fn passage(desk: &Desk, inquiry: usize, link: Option<&Link>) -> (String, String, bool) {
    let text = &desk.run.project.inquiries[inquiry].text;
    let end = beginning(text, SHOWN).len();
    let ask = desk.asks[inquiry].filter(|ask| *ask < end && text.is_char_boundary(*ask)).unwrap_or(end);
    let words = link.map_or(&[][..], |link| &link.spans);
    let spans = words.iter().filter(|word| word.field == "text").map(|word| word.inquiry);
    let (early, late): (Vec<Span>, Vec<Span>) = spans.partition(|span| span.start < ask);
    let late: Vec<Span> = late.into_iter().map(|span| Span::new(span.start - ask, span.end - ask)).collect();
    (marked(&text[..ask], &early), marked(&text[ask..end], &late), end < text.len())
}

fn candidate(
    desk: &Desk,
    who: &Reviewer,
    inquiry: usize,
    place: usize,
    lang: Lang,
    blind: bool,
    full: bool,
) -> Candidate {
    let clause = &desk.run.clauses[place];
    let id = desk.run.project.inquiries[inquiry].id.as_str();
    let wording = Wording::new(&desk.run, lang);
    let link = desk.link(inquiry, place);
    let (state, deal) = (desk.state(), desk.deal());
    let own = state.opinion(&who.name, id, clause.id.as_str());
    // Others' words are shown to those who have given their own, and to the lead.
    let shown = !blind && (own.is_some() || who.role == Role::Lead);
    let others = state.opinions(id, clause.id.as_str()).into_iter().filter(|(name, _)| shown && *name != who.name);
    let spans: Vec<Span> = link.map_or(&[][..], |link| &link.spans).iter().map(|word| word.clause).collect();
    let scope = |link: &Link| lang.text(&format!("level-{}", link.scope.code().replace('_', "-")));
    let pair = desk.queue.pairs[inquiry].iter().find(|pair| pair.clause == place);
    let text = if full { shortened(&clause.text, SHOWN / 2) } else { shortened(&clause.text, 260) };
    Candidate {
        id: clause.id.to_string(),
        owner: name(wording, clause.owner.as_str()),
        scope: link.map(scope).unwrap_or_default(),
        text: if full { marked(&text, &spans) } else { escape(&text) },
        lang: html_lang(Some(clause.lang)),
        probability: link.filter(|_| !blind).map(|link| lang.percent(link.probability)).unwrap_or_default(),
        grade: own.map(|opinion| opinion.grade),
        comment: own.map(|opinion| opinion.comment.clone()).unwrap_or_default(),
        others: others.map(|(name, opinion)| Other { name: name.to_owned(), grade: opinion.grade }).collect(),
        asked: pair.is_some_and(|pair| deal.asked(pair)),
        waterfall: link.filter(|_| full && !blind).map(|link| waterfall(link, wording, lang)).unwrap_or_default(),
    }
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "percentages from 0 to 100")]
fn waterfall(link: &Link, wording: Wording<'_>, lang: Lang) -> Vec<Step> {
    let step = |bar: Bar| Step {
        name: bar.name(wording),
        weight: lang.signed(bar.weight),
        left: bar.left.round() as u32,
        width: bar.width.round().max(1.0) as u32,
        minus: bar.weight < 0.0,
    };
    bars(&link.explanation).into_iter().map(step).collect()
}

/// How a pair stands, as a code for pages and lists.
pub fn standing_code(standing: Standing) -> &'static str {
    match standing {
        Standing::Open => "open",
        Standing::Disputed => "disputed",
        Standing::Agreed(0, _) | Standing::Ruled(0) => "none",
        Standing::Agreed(1, _) | Standing::Ruled(1) => "partial",
        Standing::Agreed(..) | Standing::Ruled(_) => "direct",
    }
}
