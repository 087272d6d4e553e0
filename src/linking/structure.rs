//! What does an inquiry consist of? Address, figures, references to law, diagnosis - and the ask, which decides what it pursues.
//!
//! Takes a text with its tokens; gives its sentences, each with the [`Part`] it plays, and the single requests of the ask.
//! Promises: parts follow one another and do not overlap; a text with words has an ask: where no sentence asks, its questions or its end are taken
//! for one; a sentence that asks for an answer alone is no ask where another one asks for more.
//! Does not know: promises, or what a request is about. Words are compared by their beginnings, bare of what tells Kazakh letters from their
//! Russian look-alikes, so that an inquiry typed without Kazakh letters has the same parts.

use crate::analysis::{Language, Token, TokenKind, fold::plain};
use crate::span::Span;
use crate::{Error, Result};
use serde::Deserialize;
use unicode_segmentation::UnicodeSegmentation;

const FILE: &str = "models/linking/structure.toml";
const TABLE: &str = include_str!("../../models/linking/structure.toml");
/// Ends a cue that is a whole word.
const WHOLE: char = '$';
/// A shorter word has no ending that tells an order.
const SHORTEST: usize = 5;
/// A shorter piece of an ask is no request of its own.
const REQUEST_WORDS: usize = 3;
/// How many sentences at the end stand for the ask where none was found.
const LAST: usize = 2;
/// Asks of no more telling words do not say what they are about.
const BARE: usize = 1;
/// Asks of no more telling words that speak of «this» do not either.
const REFERRING: usize = 8;
/// A sentence of more telling words announces nothing.
const ANNOUNCING: usize = 4;
/// A sentence that awaits an answer asks for nothing else where it has no more telling words than this.
const REPLY_WORDS: usize = 5;
/// An infinitive is among so many words at the head of a sentence.
const HEAD: usize = 2;
/// «Двадцать» ends as an infinitive does.
const NUMERAL: &str = "дцать";
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
    /// That an answer is awaited, and when.
    Reply,
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
    infinitive_endings: Vec<String>,
    questions: Cues,
    announce: Cues,
    item: Cues,
    reply: Cues,
    refer: Cues,
    address: Cues,
    law: Cues,
    abbreviations: Vec<String>,
}

/// Phrases by the beginnings of their words.
#[derive(Debug)]
struct Cues(Vec<Vec<String>>);

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    ask: Ask,
    announce: Beginnings,
    item: Beginnings,
    reply: Beginnings,
    refer: Beginnings,
    address: Beginnings,
    law: Beginnings,
    sentence: Sentence,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Sentence {
    abbreviations: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Ask {
    beginnings: Vec<String>,
    questions: Vec<String>,
    kazakh_endings: Vec<String>,
    russian_endings: Vec<String>,
    infinitive_endings: Vec<String>,
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
            let is = |(cue, word): (&String, &String)| match cue.strip_suffix(WHOLE) {
                Some(whole) => word == whole,
                None => word.starts_with(cue.as_str()),
            };
            words.len() >= phrase.len() && phrase.iter().zip(words).all(is)
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
            infinitive_endings: bare(file.ask.infinitive_endings),
            questions: Cues::new(&file.ask.questions),
            announce: Cues::new(&file.announce.beginnings),
            item: Cues::new(&file.item.beginnings),
            reply: Cues::new(&file.reply.beginnings),
            refer: Cues::new(&file.refer.beginnings),
            address: Cues::new(&file.address.beginnings),
            law: Cues::new(&file.law.beginnings),
            abbreviations: file.sentence.abbreviations,
        })
    }

    /// The parts of `text` from byte `from` on; `tokens` are those of the whole text.
    pub fn parse(&self, text: &str, from: usize, tokens: &[Token]) -> Structure {
        let sentences: Vec<Sentenced<'_>> =
            self.sentences(text, from, tokens).into_iter().map(|span| self.read(text, span, tokens)).collect();
        let mut parts: Vec<Part> = Vec::new();
        // True while an ask has announced items that are still coming.
        let mut listing = false;
        for (place, sentence) in sentences.iter().enumerate() {
            let listed = listing && (sentence.item || sentence.question);
            let part = if listed { Part::Ask } else { self.part(sentence, place == 0) };
            listing = part == Part::Ask && (listed || sentence.announces) || listing && part == Part::Reply;
            parts.push(part);
        }
        ask_somewhere(&sentences, &mut parts);
        self.refer_back(&sentences, &mut parts);
        let parts: Vec<(Part, Span)> = parts.into_iter().zip(sentences.iter().map(|sentence| sentence.span)).collect();
        let asks = parts.iter().filter(|(part, _)| *part == Part::Ask);
        let requests = asks.flat_map(|(_, span)| requests(text, *span, tokens)).collect();
        Structure { parts, requests }
    }

    /// The sentences of `text` from byte `from` on: by Unicode's bounds, but that the number of an item begins one and that points behind initials
    /// and abbreviations end none.
    fn sentences(&self, text: &str, from: usize, tokens: &[Token]) -> Vec<Span> {
        let body = text.get(from..).unwrap_or_default();
        let mut found: Vec<Span> = Vec::new();
        let mut open = false;
        let mut put = |span: Span, goes_on: bool| {
            match found.last_mut() {
                Some(last) if open => last.end = span.end,
                _ => found.push(span),
            }
            open = goes_on;
        };
        for (start, piece) in body.split_sentence_bound_indices() {
            let span = Span::new(from + start, from + start + piece.len());
            match number_at_end(piece) {
                Some(0) => put(span, true),
                Some(number) => {
                    put(Span::new(span.start, span.start + number), false);
                    put(Span::new(span.start + number, span.end), true);
                }
                None => {
                    let words = within(tokens, span);
                    put(span, words.is_empty() || self.abbreviates(piece, words));
                }
            }
        }
        found.retain(|span| !within(tokens, *span).is_empty());
        found
    }

    /// True where the point at the end belongs to an initial or an abbreviation.
    fn abbreviates(&self, piece: &str, words: &[Token]) -> bool {
        let last: &str = words.last().map_or("", |token| &token.folded);
        let initial = last.chars().count() == 1 && last.chars().all(char::is_alphabetic);
        piece.trim_end_matches(' ').ends_with('.') && (initial || self.abbreviations.iter().any(|known| known == last))
    }

    fn read<'a>(&self, text: &str, span: Span, tokens: &'a [Token]) -> Sentenced<'a> {
        let tokens = within(tokens, span);
        let words: Vec<String> = tokens.iter().map(|token| bare(&token.folded)).collect();
        let written = span.of(text).trim();
        let question = written.trim_end_matches(['»', '"', ')']).ends_with('?');
        let asks = self.ask.stand_in(&words)
            || tokens.iter().zip(&words).any(|(token, word)| self.orders(token, word))
            || question && self.questions.stand_in(&words)
            || self.begins_with_infinitive(tokens, &words);
        let content = tokens.iter().filter(|token| token.kind == TokenKind::Word && !token.stop).count();
        Sentenced {
            span,
            tokens,
            asks,
            announces: written.ends_with(':') || content <= ANNOUNCING && self.announce.stand_in(&words),
            item: self.item.begin(&words) || is_item(written),
            question,
            content,
            words,
        }
    }

    /// True where an infinitive stands at the head: «Открыть …», «И проверить …», «Во-первых, вернуть …».
    fn begins_with_infinitive(&self, tokens: &[Token], words: &[String]) -> bool {
        let head = if self.item.begin(words) { HEAD + 2 } else { HEAD };
        let infinitive = |(token, word): (&Token, &String)| {
            let ends = || self.infinitive_endings.iter().any(|ending| word.ends_with(ending.as_str()));
            token.language == Language::Russian && word.chars().count() > SHORTEST && ends() && !word.ends_with(NUMERAL)
        };
        tokens.iter().zip(words).take(head).any(infinitive)
    }

    /// True for an order: «ашыңыз», «берілсін», «примите».
    fn orders(&self, token: &Token, word: &str) -> bool {
        let endings = match token.language {
            Language::Russian => &self.russian_endings,
            _ => &self.kazakh_endings,
        };
        word.chars().count() > SHORTEST && endings.iter().any(|ending| word.ends_with(ending.as_str()))
    }

    fn part(&self, sentence: &Sentenced<'_>, first: bool) -> Part {
        let Sentenced { words, tokens, .. } = sentence;
        let numbers = tokens.iter().filter(|token| token.kind == TokenKind::Number).count();
        match () {
            () if sentence.content <= REPLY_WORDS && self.reply.stand_in(words) => Part::Reply,
            () if sentence.asks => Part::Ask,
            () if first && self.address.stand_in(words) => Part::Address,
            () if self.law.stand_in(words) => Part::Law,
            () if numbers >= FIGURES => Part::Figures,
            () => Part::Diagnosis,
        }
    }

    /// Where the asks say little of their own and speak of «this», what stands before the first of them is asked about.
    fn refer_back(&self, sentences: &[Sentenced<'_>], parts: &mut [Part]) {
        let asks =
            || sentences.iter().zip(&*parts).filter(|(_, part)| **part == Part::Ask).map(|(sentence, _)| sentence);
        let said: usize = asks().map(|sentence| sentence.content).sum();
        let refers = asks().any(|sentence| self.refer.stand_in(&sentence.words));
        let first = parts.iter().position(|part| *part == Part::Ask);
        if let Some(first) = first.filter(|first| *first > 0 && (said <= BARE || refers && said <= REFERRING)) {
            parts[first - 1] = Part::Ask;
        }
    }
}

/// A sentence and what stands out in it.
struct Sentenced<'a> {
    span: Span,
    tokens: &'a [Token],
    /// Bare.
    words: Vec<String>,
    /// Words that carry something.
    content: usize,
    asks: bool,
    /// Items or questions are to come.
    announces: bool,
    item: bool,
    question: bool,
}

/// Where nothing asks, the questions of the second half do, else the last sentences.
fn ask_somewhere(sentences: &[Sentenced<'_>], parts: &mut [Part]) {
    if parts.contains(&Part::Ask) {
        return;
    }
    let half = parts.len() / 2;
    let questions = (half..parts.len()).filter(|place| sentences[*place].question).collect::<Vec<_>>();
    let answers = usize::from(parts.contains(&Part::Reply));
    let last = parts.len().saturating_sub(LAST + answers)..parts.len();
    for place in if questions.is_empty() { last.collect() } else { questions } {
        parts[place] = Part::Ask;
    }
}

/// Where the number of an item begins that stands at the end of a piece: «1. », «Предлагаем: 1. ».
fn number_at_end(piece: &str) -> Option<usize> {
    let number = piece.trim_end().strip_suffix(['.', ')'])?;
    let before = number.trim_end_matches(|sign: char| sign.is_ascii_digit());
    let head = before.trim_end();
    let item = number.len() > before.len()
        && number.len() - before.len() <= 2
        && (head.is_empty() || head.ends_with([':', ';']));
    item.then_some(if head.is_empty() { 0 } else { before.len() })
}

/// True for a line of a list: «1. …», «2) …», «– …».
fn is_item(sentence: &str) -> bool {
    let rest = sentence.trim_start_matches(|sign: char| sign.is_ascii_digit());
    let numbered = rest.len() < sentence.len() && rest.starts_with(['.', ')']);
    numbered || sentence.starts_with(['–', '—', '-', '•', '·', '▪', '*'])
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
pub(super) fn bare(word: &str) -> String {
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
    fn items_of_a_list_ask_whatever_their_form() {
        let text =
            "Жолдың жайы нашар. Предлагаем: 1. Капитальный ремонт улицы Абая. 2. Освещение у школы. Дорога разбита.";
        assert_eq!(parts(text), [Part::Diagnosis, Part::Ask, Part::Ask, Part::Ask, Part::Diagnosis]);
        assert_eq!(parse(text).parts[2].1.of(text).trim(), "1. Капитальный ремонт улицы Абая.");
        let text = "Очередь растёт. Дайте два поручения. Первое: вернуть помещения. Второе: места у частных садов. Год прошёл.";
        assert_eq!(parts(text)[1..], [Part::Ask, Part::Ask, Part::Ask, Part::Diagnosis]);
        let text = "Екі ұсынысым бар. Көпірді биыл неге бастамасқа? Ақшасын облыс берсе қайтеді? Рахмет.";
        assert_eq!(parts(text)[..3], [Part::Ask; 3], "questions that are announced");
    }

    #[test]
    fn an_answer_that_is_awaited_is_no_ask_where_there_is_another() {
        let text = "Мост закрыт. Прошу открыть переправу. О принятых мерах прошу сообщить до конца месяца.";
        assert_eq!(parts(text), [Part::Diagnosis, Part::Ask, Part::Reply]);
        assert_eq!(parts("Көпір жабық. Өткелді ашуды сұраймын. Жауабын күтемін.")[1..], [Part::Ask, Part::Reply]);
    }

    #[test]
    fn what_this_is_stands_before_an_ask_that_does_not_say_it() {
        let text = "Ауылда он жыл бойы су құбыры жоқ. Осы мәселені шешуді сұраймын.";
        assert_eq!(parts(text), [Part::Ask, Part::Ask]);
        let text = "Дорога разбита. Трубы лопнули ещё зимой. Прошу заменить восемь километров магистральных труб.";
        assert_eq!(parts(text), [Part::Diagnosis, Part::Diagnosis, Part::Ask]);
    }

    #[test]
    fn orders_and_questions_without_a_word_of_asking() {
        assert_eq!(parts("Скорая не доехала. Направить в район две машины. Год идёт.")[1], Part::Ask);
        assert_eq!(parts("Двадцать минут ждали. Скорая не доехала. Когда построят мост? Год идёт.")[2], Part::Ask);
        assert_eq!(
            parts("Через восемь месяцев с неё требуют 412 тысяч. Прошу списать долг за стройку.")[0],
            Part::Diagnosis
        );
        assert_eq!(
            parts("Ул. Абая разбита. Прошу ремонт."),
            [Part::Ask, Part::Ask],
            "an abbreviation ends no sentence, and says little"
        );
    }

    #[test]
    fn a_text_that_never_asks_asks_at_its_end() {
        let text = "Мост закрыт. Люди переходят реку вброд. Дети не попадают в школу.";
        assert_eq!(parts(text), [Part::Diagnosis, Part::Ask, Part::Ask]);
        assert_eq!(parse(""), Structure::default());
    }
}
