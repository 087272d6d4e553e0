//! What does an inquiry consist of? Address, figures, references to law, diagnosis - and the ask, which decides what it pursues.
//!
//! Takes a text with its tokens; gives its sentences, each with the [`Part`] it plays, and the single requests of the ask.
//! Promises: parts follow one another and do not overlap; a text with words has an ask: where no sentence asks, its end is taken for one.
//! Does not know: promises, or what a request is about. Words are compared by their beginnings, bare of what tells Kazakh letters from their
//! Russian look-alikes, so that an inquiry typed without Kazakh letters has the same parts.

use crate::analysis::{Language, Token, TokenKind, fold::plain};
use crate::span::Span;
use crate::{Error, Result};
use serde::Deserialize;
use unicode_segmentation::UnicodeSegmentation;

const FILE: &str = "models/linking/structure.toml";
const TABLE: &str = include_str!("../../models/linking/structure.toml");
/// A shorter word has no ending that tells an order.
const SHORTEST: usize = 5;
/// A shorter piece of an ask is no request of its own.
const REQUEST_WORDS: usize = 3;
/// How many sentences at the end stand for the ask where none was found.
const LAST: usize = 2;
/// Numbers that make a sentence one of figures.
const FIGURES: usize = 2;

/// The part that a sentence plays.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// To whom it is said.
    Address,
    /// What is wrong.
    Diagnosis,
    /// The same in numbers.
    Figures,
    /// What law says of it.
    Law,
    /// What is to be done.
    Ask,
}

/// The parts of one text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Structure {
    /// Sentences in their order.
    pub parts: Vec<(Part, Span)>,
    /// The single requests of the ask: its items, or its sentences.
    pub requests: Vec<Span>,
}

impl Structure {
    /// The sentences that ask.
    pub fn asks(&self) -> impl Iterator<Item = Span> {
        self.parts.iter().filter(|(part, _)| *part == Part::Ask).map(|(_, span)| *span)
    }

    /// True where a place of the text stands in the ask.
    pub fn asks_at(&self, place: usize) -> bool {
        self.asks().any(|span| (span.start..span.end).contains(&place))
    }
}

/// The words that tell parts apart.
#[derive(Debug)]
pub struct Grammar {
    ask: Cues,
    kazakh_endings: Vec<String>,
    russian_endings: Vec<String>,
    address: Cues,
    law: Cues,
}

/// Phrases by the beginnings of their words.
#[derive(Debug)]
struct Cues(Vec<Vec<String>>);

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    ask: Ask,
    address: Beginnings,
    law: Beginnings,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Ask {
    beginnings: Vec<String>,
    kazakh_endings: Vec<String>,
    russian_endings: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Beginnings {
    beginnings: Vec<String>,
}

impl Cues {
    fn new(phrases: &[String]) -> Self {
        Self(phrases.iter().map(|phrase| phrase.split_whitespace().map(bare).collect()).collect())
    }

    /// True where one of the phrases begins at the first of `words`.
    fn begin(&self, words: &[String]) -> bool {
        let here = |phrase: &Vec<String>| {
            words.len() >= phrase.len() && phrase.iter().zip(words).all(|(cue, word)| word.starts_with(cue.as_str()))
        };
        self.0.iter().any(here)
    }

    fn stand_in(&self, words: &[String]) -> bool {
        (0..words.len()).any(|place| self.begin(&words[place..]))
    }
}

impl Grammar {
    /// The bundled words.
    ///
    /// # Errors
    /// [`Error::Model`], for which a test stands.
    pub fn bundled() -> Result<Self> {
        let file: File = toml::from_str(TABLE).map_err(|error| Error::model(FILE, error))?;
        let bare = |endings: Vec<String>| endings.iter().map(|ending| bare(ending)).collect();
        Ok(Self {
            ask: Cues::new(&file.ask.beginnings),
            kazakh_endings: bare(file.ask.kazakh_endings),
            russian_endings: bare(file.ask.russian_endings),
            address: Cues::new(&file.address.beginnings),
            law: Cues::new(&file.law.beginnings),
        })
    }

    /// The parts of `text` from byte `from` on; `tokens` are those of the whole text.
    pub fn parse(&self, text: &str, from: usize, tokens: &[Token]) -> Structure {
        let body = text.get(from..).unwrap_or_default();
        let mut parts: Vec<(Part, Span)> = Vec::new();
        let mut words_of = Vec::new();
        for (start, sentence) in body.split_sentence_bound_indices() {
            let span = Span::new(from + start, from + start + sentence.len());
            let words = within(tokens, span);
            if !words.is_empty() {
                parts.push((self.part(words, parts.is_empty()), span));
                words_of.push(words);
            }
        }
        if !parts.iter().any(|(part, _)| *part == Part::Ask) {
            let last = parts.len().saturating_sub(LAST);
            parts[last..].iter_mut().for_each(|(part, _)| *part = Part::Ask);
        }
        let asks = parts.iter().filter(|(part, _)| *part == Part::Ask);
        let requests = asks.flat_map(|(_, span)| requests(text, *span, tokens)).collect();
        Structure { parts, requests }
    }

    fn part(&self, tokens: &[Token], first: bool) -> Part {
        let words: Vec<String> = tokens.iter().map(|token| bare(&token.folded)).collect();
        let orders = |(token, word): (&Token, &String)| {
            let endings = match token.language {
                Language::Russian => &self.russian_endings,
                _ => &self.kazakh_endings,
            };
            word.chars().count() > SHORTEST && endings.iter().any(|ending| word.ends_with(ending.as_str()))
        };
        let numbers = tokens.iter().filter(|token| token.kind == TokenKind::Number).count();
        match () {
            () if self.ask.stand_in(&words) || tokens.iter().zip(&words).any(orders) => Part::Ask,
            () if first && self.address.stand_in(&words) => Part::Address,
            () if self.law.stand_in(&words) => Part::Law,
            () if numbers >= FIGURES => Part::Figures,
            () => Part::Diagnosis,
        }
    }
}

/// The tokens that stand in `span`.
pub fn within(tokens: &[Token], span: Span) -> &[Token] {
    let first = tokens.partition_point(|token| token.span.start < span.start);
    let end = tokens.partition_point(|token| token.span.start < span.end);
    tokens.get(first..end).unwrap_or_default()
}

/// The items of an asking sentence, parted by semicolons and by numbers with a bracket. What stands before the first item is a piece too; a
/// later piece of a word or two belongs to the piece before.
fn requests(text: &str, span: Span, tokens: &[Token]) -> Vec<Span> {
    let sentence = span.of(text);
    let mut cuts: Vec<usize> = vec![span.start];
    let mut before = ' ';
    for (place, sign) in sentence.char_indices() {
        let rest = sentence[place..].chars().nth(1);
        let number = sign.is_ascii_digit() && rest == Some(')') && before.is_whitespace();
        if sign == ';' || number {
            cuts.push(span.start + place);
        }
        before = sign;
    }
    cuts.push(span.end);
    let mut found: Vec<Span> = Vec::new();
    for pair in cuts.windows(2) {
        let piece = Span::new(pair[0], pair[1]);
        match found.last_mut() {
            Some(last) if within(tokens, piece).len() < REQUEST_WORDS => last.end = piece.end,
            _ => found.push(piece),
        }
    }
    found
}

/// A word bare of what tells Kazakh letters from their Russian look-alikes.
fn bare(word: &str) -> String {
    plain(word).replace(['ы', 'й'], "и")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::Analyzer;

    fn parse(text: &str) -> Structure {
        let tokens = Analyzer::default().tokens(text, None);
        Grammar::bundled().expect(FILE).parse(text, 0, &tokens)
    }

    fn parts(text: &str) -> Vec<Part> {
        parse(text).parts.iter().map(|(part, _)| *part).collect()
    }

    #[test]
    fn parts_of_a_russian_inquiry() {
        let text = "Уважаемый господин министр! Мост закрыт второй год. Из 12 опор 7 непригодны. По закону о дорогах срок истёк. Прошу: 1) построить \
                    новый мост; 2) открыть временную переправу.";
        assert_eq!(parts(text), [Part::Address, Part::Diagnosis, Part::Figures, Part::Law, Part::Ask]);
        let found = parse(text);
        let requests: Vec<&str> = found.requests.iter().map(|span| span.of(text)).collect();
        assert_eq!(requests.len(), 3, "what stands before the first item, and two items: {requests:?}");
        assert!(requests[1].contains("новый мост") && requests[2].contains("переправу"), "{requests:?}");
    }

    #[test]
    fn parts_of_a_kazakh_inquiry_with_and_without_its_letters() {
        let text = "Құрметті әкім мырза! Ауылда су жоқ. Құбыр тартылсын, құдық тазаланып берілсін.";
        let typed = "Курметти аким мырза! Ауылда су жок. Кубыр тартылсын, кудык тазаланып берилсин.";
        let expected = [Part::Address, Part::Diagnosis, Part::Ask];
        assert_eq!(parts(text), expected);
        assert_eq!(parts(typed), expected);
        assert_eq!(parts("Жол тозған. Көпір салуды сұраймын.")[1], Part::Ask);
    }

    #[test]
    fn a_text_that_never_asks_asks_at_its_end() {
        assert_eq!(parts("Первое. Второе. Третье."), [Part::Diagnosis, Part::Ask, Part::Ask]);
        assert_eq!(parse(""), Structure::default());
    }
}
