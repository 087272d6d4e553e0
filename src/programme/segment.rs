//! Cuts a programme text into units that tile it: headings, items, rows, sentences, and the coordinated commitments inside them.
//!
//! Takes the text and an [`Outliner`]; gives [`Segment`]s. Every byte belongs to exactly one segment; list marks and white space before
//! a unit belong to its span but not to its content. Time is linear in the text. The unit is the quasi-sentence of manifesto research:
//! one argument (Budge et al. 2001; `docs/codebook-clauses.md`). Knows nothing of: kinds of clauses, owners.

use super::coordination::{self, Gap};
use super::layout::{self, Block, BlockKind};
use super::words::{Traits, Word, Words};
use crate::Result;
use crate::analysis::Analyzer;
use crate::span::Span;

pub use super::layout::BlockKind as SegmentKind;

/// One unit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Segment {
    /// Where it stands, with the list mark before and the white space behind it: the spans tile the text.
    pub span: Span,
    /// The unit itself.
    pub content: Span,
    /// What the lines that it stands in are.
    pub kind: SegmentKind,
    /// Number of its line or paragraph: units of one block share it.
    pub block: usize,
    /// True for a unit that ends with a colon, or stands before items that it announces.
    pub announces: bool,
    /// First and last word, in [`Outline::words`].
    pub words: (usize, usize),
}

/// A text with its words and units.
#[derive(Debug, Clone)]
pub struct Outline {
    /// The words of the text.
    pub words: Vec<Word>,
    /// Its units, in order.
    pub segments: Vec<Segment>,
    /// Lines of furniture that stand inside units.
    pub furniture: Vec<Span>,
}

/// The tables that segmentation needs.
#[derive(Debug, Clone)]
pub struct Outliner {
    words: Words,
}

impl Outliner {
    /// With the bundled tables.
    ///
    /// # Errors
    /// [`crate::Error::Model`]
    pub fn bundled() -> Result<Self> {
        Ok(Self { words: Words::bundled()? })
    }

    /// The units of `text`, in order; their spans follow on one another and cover all of it (nothing for a blank text).
    pub fn outline(&self, text: &str, analyzer: &Analyzer) -> Outline {
        let words = self.words.read(text, analyzer);
        let blocks = layout::blocks(text, &|word| self.words.is_page_word(word));
        let mut segments: Vec<Segment> = Vec::new();
        let mut next = 0;
        let mut under_lead = false;
        for (number, block) in blocks.iter().enumerate() {
            let end = block.lines.last().map_or(block.start, |line| line.end);
            while words.get(next).is_some_and(|word| word.span.start < block.start) {
                next += 1;
            }
            let first = next;
            while words.get(next).is_some_and(|word| word.span.start < end) {
                next += 1;
            }
            let inside: Vec<usize> =
                (first..next).filter(|at| block.lines.iter().any(|line| words[*at].span.overlaps(line))).collect();
            let from = segments.len();
            self.cut_block(text, &words, &inside, block, number, under_lead, &mut segments);
            under_lead = match block.kind {
                BlockKind::Item | BlockKind::Row => true,
                _ => segments[from..].iter().any(|unit| unit.announces) || under_lead && segments.len() - from == 1,
            };
        }
        // Each span runs to the next one's; blank space before the first belongs to it.
        if let Some(first) = segments.first_mut() {
            first.span.start = 0;
        }
        let starts: Vec<usize> =
            segments.iter().skip(1).map(|segment| segment.span.start).chain([text.len()]).collect();
        for (segment, end) in segments.iter_mut().zip(starts) {
            segment.span.end = end;
        }
        let furniture = between_lines(&blocks);
        Outline { words, segments, furniture }
    }

    #[expect(clippy::too_many_arguments, reason = "one block in its text")]
    fn cut_block(
        &self,
        text: &str,
        all: &[Word],
        inside: &[usize],
        block: &Block,
        number: usize,
        under_lead: bool,
        segments: &mut Vec<Segment>,
    ) {
        let content_start = block.lines.first().map_or(block.start, |line| line.start);
        let content_end = block.lines.last().map_or(content_start, |line| line.end);
        let words: Vec<Word> = inside.iter().map(|at| all[*at].clone()).collect();
        let item = matches!(block.kind, BlockKind::Item | BlockKind::Row) || under_lead;
        let whole = matches!(block.kind, BlockKind::Title | BlockKind::Furniture) || words.is_empty();
        let gaps = if whole { Vec::new() } else { read_gaps(text, &words) };
        let mut starts: Vec<(usize, usize)> = vec![(content_start, 0)];
        let mut announced = Vec::new();
        if !whole {
            let sentences = self.sentences(&words, &gaps, block.kind == BlockKind::Row);
            let mut running_item = item;
            for (place, from) in sentences.iter().enumerate() {
                let to = sentences.get(place + 1).copied().unwrap_or(words.len());
                if *from > 0 {
                    starts.push((gaps[*from].unit_start, *from));
                }
                if to < words.len() && gaps[to].colon {
                    announced.push(*from);
                    running_item = true;
                }
                let flat: Vec<Gap> = gaps[*from..to].iter().map(|gap| gap.gap).collect();
                for cut in coordination::cuts(&words[*from..to], &flat, running_item) {
                    starts.push((gaps[from + cut].unit_start, from + cut));
                }
            }
        }
        for (place, (start, from)) in starts.iter().enumerate() {
            let (next_start, to) = starts.get(place + 1).copied().unwrap_or((content_end, words.len()));
            let mut content = Span::new(*start, next_start.max(*start));
            content.end = content.start + content.of(text).trim_end().len();
            // Ornaments behind a unit are list marks too.
            if place + 1 == starts.len() && block.kind != BlockKind::Furniture {
                let kept = content.of(text).trim_end_matches(|c: char| {
                    c.is_whitespace() || layout::is_ornament(c) && !c.is_ascii() && !matches!(c, '–' | '—')
                });
                if !kept.is_empty() {
                    content.end = content.start + kept.len();
                }
            }
            let announces = announced.contains(from) || content.of(text).ends_with(':');
            let range = match (inside.get(*from), to.checked_sub(1).and_then(|at| inside.get(at))) {
                (Some(first), Some(last)) => (*first, last + 1),
                _ => (0, 0),
            };
            let span = Span::new(if place == 0 { block.start } else { *start }, content.end);
            segments.push(Segment { span, content, kind: block.kind, block: number, announces, words: range });
        }
    }

    /// Places of the words that begin a sentence; the first is 0.
    fn sentences(&self, words: &[Word], gaps: &[Between], row: bool) -> Vec<usize> {
        let mut starts = vec![0];
        let mut count = 0;
        let parts: Vec<usize> =
            (1..words.len()).filter(|at| gaps[*at].gap.semicolon && !gaps[*at].gap.inside).collect();
        for place in 1..words.len() {
            let gap = &gaps[place];
            if gap.gap.inside && !gap.closes {
                continue;
            }
            let before = &words[place - 1];
            let ended =
                gap.stop && (gap.upper || gap.bullet) && !(gap.point_only && self.is_abbreviated(words, place, gap));
            let semicolon = gap.gap.semicolon
                && (!row || coordination::commits_somehow(&words[place..(place + 30).min(words.len())]) && gap.lower);
            // «… мыналарды істеймін: … ; … ; …»: the lead-in ends at the colon.
            let lead = gap.colon
                && !row
                && parts.iter().filter(|at| **at > place).take(2).count() == 2
                && before.traits.any(Traits::COMMITS.or(Traits::MODAL).or(Traits::STATES))
                || gap.colon && !row && Self::is_lead(words, place);
            let numbered = gap.bullet || is_next_number(words, gaps, place, &mut count);
            let row_ok = !row || gap.lower && coordination::commits_somehow(&words[place..]) || gap.bullet;
            if (ended && row_ok) || semicolon || lead || numbered {
                starts.push(place);
            }
        }
        starts
    }

    /// True where the point before `place` belongs to an abbreviation or an initial.
    fn is_abbreviated(&self, words: &[Word], place: usize, gap: &Between) -> bool {
        let before = &words[place - 1];
        let letters = before.plain.chars().count();
        let number = before.traits.any(Traits::NUMBER) && gap.tight;
        // «2026 ж. Аудан»: a year's letter may close a sentence; only what follows tells, and a cut there is rarely right.
        letters == 1 && !before.traits.any(Traits::NUMBER) || self.words.is_abbreviation(&before.plain) || number
    }

    fn is_lead(words: &[Word], place: usize) -> bool {
        let left = &words[..place];
        let last = left.len().saturating_sub(12);
        let cue = [
            "мына",
            "мынадай",
            "мынандай",
            "мыналарды",
            "мыналарга",
            "мыналар",
            "томендеги",
            "томендегидей",
            "следующим",
            "следующее",
            "следующие",
            "следующего",
            "следующему",
        ];
        left[last..].iter().any(|word| cue.contains(&&*word.plain))
    }
}

/// What stands before a word, for sentences.
#[derive(Debug, Clone, Copy, Default)]
struct Between {
    gap: Gap,
    stop: bool,
    /// The only stop is a point.
    point_only: bool,
    colon: bool,
    upper: bool,
    lower: bool,
    bullet: bool,
    /// No blank stands between the two words.
    tight: bool,
    /// A bracket or quotation mark closes here.
    closes: bool,
    /// Where a unit that begins with the word starts: at the signs that open it.
    unit_start: usize,
}

fn read_gaps(text: &str, words: &[Word]) -> Vec<Between> {
    let mut gaps = vec![Between::default()];
    let mut depth = 0_usize;
    let mut since = 0_usize;
    for pair in words.windows(2) {
        let between = Span::new(pair[0].span.end, pair[1].span.start);
        let written = between.of(text);
        let mut gap = Between { unit_start: between.start, tight: true, ..Between::default() };
        let mut stops = 0;
        for (at, c) in written.char_indices() {
            match c {
                '«' | '(' | '[' | '“' | '„' => {
                    depth += 1;
                    since = 0;
                }
                '»' | ')' | ']' | '”' => {
                    depth = depth.saturating_sub(1);
                    gap.closes = true;
                }
                ',' => gap.gap.comma = true,
                ';' => gap.gap.semicolon = true,
                ':' => gap.colon = true,
                '.' => {
                    gap.stop = true;
                    stops += 1;
                }
                '!' | '?' | '…' => {
                    gap.stop = true;
                    stops += 10;
                }
                _ => {}
            }
            if c.is_whitespace() {
                gap.tight = false;
                gap.unit_start = between.start + at + c.len_utf8();
            }
            if layout::is_ornament(c) && !c.is_ascii() && !matches!(c, '–' | '—' | '·' | '§') {
                gap.bullet = !gap.tight || at == 0;
                gap.unit_start = between.start + at + c.len_utf8();
            }
        }
        if gap.bullet {
            let rest = &text[gap.unit_start..pair[1].span.start];
            gap.unit_start += rest.len() - rest.trim_start().len();
        }
        // A bracket that never closes does not hold the rest of the text.
        since += 1;
        if since > 25 {
            depth = 0;
        }
        gap.point_only = stops == 1 && !gap.gap.semicolon;
        gap.gap.inside = depth > 0 && !written.ends_with(['«', '(', '[', '“', '„']) || depth > 1;
        let first = pair[1].span.of(text).chars().next();
        gap.upper = first.is_some_and(|c| c.is_uppercase() || c.is_numeric()) && !gap.tight;
        gap.lower = first.is_some_and(char::is_lowercase);
        gaps.push(gap);
    }
    gaps
}

/// True for the number of an item inside a paragraph: «… 1) …; 2) …».
fn is_next_number(words: &[Word], gaps: &[Between], place: usize, count: &mut u32) -> bool {
    let word = &words[place];
    if !word.traits.any(Traits::NUMBER) || !gaps.get(place + 1).is_some_and(|gap| gap.closes && !gap.gap.inside) {
        return false;
    }
    let next = word.plain.parse::<u32>().is_ok_and(|number| number == *count + 1);
    *count += u32::from(next);
    next
}

/// What stands between the lines of a block: white space, page numbers, running headers.
fn between_lines(blocks: &[Block]) -> Vec<Span> {
    let gaps = |block: &Block| -> Vec<Span> {
        block.lines.windows(2).map(|pair| Span::new(pair[0].end, pair[1].start)).collect()
    };
    blocks.iter().flat_map(gaps).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::sync::LazyLock;

    static ANALYZER: LazyLock<Analyzer> = LazyLock::new(Analyzer::default);

    fn cut(text: &str) -> Vec<String> {
        let outline = Outliner::bundled().unwrap().outline(text, &ANALYZER);
        outline.segments.iter().map(|unit| unit.content.of(text).replace('\n', " ")).collect()
    }

    #[test]
    fn headings_items_and_sentences_are_units() {
        let text = "БІЛІМ\n\n1) 2027 ж. дейін мектеп салу;\n2) мұғалімдердің жалақысын\nкөтеру.\n\nЖолдарды жөндеймін. Су тартамын!";
        let units = [
            "БІЛІМ",
            "2027 ж. дейін мектеп салу;",
            "мұғалімдердің жалақысын көтеру.",
            "Жолдарды жөндеймін.",
            "Су тартамын!",
        ];
        assert_eq!(cut(text), units);
    }

    #[test]
    fn commitments_with_objects_of_their_own_are_cut() {
        for (text, units) in [
            ("Екі шлюзді жөндеп, жиырма есептегіш қоямыз.", 2),
            ("Ескі диірменді сақтап, қалпына келтіреміз.", 1),
            ("Ескі ғимаратты босатып, балаларға береміз.", 1),
            ("Заменим фонари и построим мост.", 2),
            ("Обновим парты, доски и шкафы.", 1),
            ("Внести и принять правила застройки.", 1),
            ("Обследуем все дома и вывесим итоги на сайте.", 2),
            ("Клуб сгорел, поэтому построим новый.", 2),
            ("Построим дорогу, чтобы дети ездили в школу и больницу.", 1),
            ("Еки шлюзди жондеп, жиырма есептегиш коямыз.", 2),
        ] {
            assert_eq!(cut(text).len(), units, "{:?}", cut(text));
        }
    }

    #[test]
    fn page_furniture_inside_a_unit_does_not_end_it() {
        let text = "1. Построим новую школу в посёлке Северный и обнов-\n— 3 —\nим старую мебель во всех школах нашего района и го-\nрода до осени.\n2. Заменим фонари на всех улицах.\n— 4 —\n";
        let units = cut(text);
        assert!(units.iter().any(|unit| unit == "— 4 —"), "{units:?}");
        assert!(!units.iter().any(|unit| unit == "— 3 —"), "{units:?}");
    }

    #[test]
    fn a_text_of_windows_is_wrapped_like_any_other() {
        let text = "1) жөндеймін жолды және ауылдағы барлық көшені, сондай-ақ ескі\nкөпірді;\n2) мектеп ашамын.\n\nСу тартамын, газ\nәкелемін.\n";
        let windows: Vec<String> = cut(&text.replace('\n', "\r\n")).iter().map(|unit| unit.replace('\r', "")).collect();
        assert_eq!(windows, cut(text));
        assert!(windows.contains(&"мектеп ашамын.".to_owned()), "{windows:?}");
    }

    #[test]
    fn keys_rules_and_contents_are_told_apart() {
        let text = "Дороги ........ 3\n==========\n1️⃣ Построим сад\n2️⃣ Отремонтируем клуб\n";
        let outline = Outliner::bundled().unwrap().outline(text, &ANALYZER);
        let units: Vec<(SegmentKind, &str)> =
            outline.segments.iter().map(|unit| (unit.kind, unit.content.of(text))).collect();
        let expected = [
            (SegmentKind::Furniture, "Дороги ........ 3"),
            (SegmentKind::Furniture, "=========="),
            (SegmentKind::Item, "Построим сад"),
            (SegmentKind::Item, "Отремонтируем клуб"),
        ];
        assert_eq!(units, expected);
    }

    #[test]
    fn a_long_line_takes_time_in_proportion() {
        let time = |copies: usize| {
            let text =
                "Ауылға су тартамыз, жол саламыз және мектеп ашамыз; построим мост и заменим фонари; ".repeat(copies);
            let outliner = Outliner::bundled().unwrap();
            let start = std::time::Instant::now();
            assert!(outliner.outline(&text, &ANALYZER).segments.len() >= copies * 2);
            start.elapsed().as_secs_f64()
        };
        time(10);
        let (short, long) = (time(400), time(6400));
        assert!(long < short * 16.0 * 6.0 + 1.0, "16 times the text took {short} and {long} s");
    }

    proptest! {
        #[test]
        fn segments_tile_the_text(text in "([а-яА-Яіқ0-9]{0,6}[ .;:!,\n•1)№«»-]{0,3}){0,40}") {
            let segments = Outliner::bundled().unwrap().outline(&text, &ANALYZER).segments;
            let joined: String = segments.iter().map(|unit| unit.span.of(&text)).collect();
            prop_assert_eq!(joined.trim(), text.trim());
            for pair in segments.windows(2) {
                prop_assert_eq!(pair[0].span.end, pair[1].span.start);
            }
            for unit in &segments {
                prop_assert!(unit.span.start <= unit.content.start && unit.content.end <= unit.span.end);
            }
        }
        #[test]
        fn any_text_is_tiled(text in "\\PC{0,120}") {
            let segments = Outliner::bundled().unwrap().outline(&text, &ANALYZER).segments;
            prop_assert_eq!(segments.is_empty(), text.trim().is_empty());
            prop_assert!(segments.windows(2).all(|pair| pair[0].span.end == pair[1].span.start));
            prop_assert!(segments.last().is_none_or(|last| last.span.end == text.len()));
        }
    }
}
