//! Reads a programme text into units with all that is known of each.
//!
//! Takes a text; gives [`Unit`]s that tile it: what each is, the probability that it is a promise, its testability with the passages that
//! decide it, and the lead-in it stands under. Deterministic. Knows nothing of: owners, parties.

use super::kind::{Kind, KindModel};
use super::layout::BlockKind;
use super::origin;
use super::segment::{Outline, Outliner, Segment};
use super::testability::{Act, Fields, Names, Said, Tests};
use super::words::Word;
use crate::Result;
use crate::analysis::{Analyzer, Gazetteer, Glossary};
use crate::ingest::Testability;
use crate::span::Span;
use rayon::prelude::*;
use std::borrow::Cow;

/// One unit of a programme.
#[derive(Debug, Clone)]
pub struct Unit {
    /// Where it stands, list mark and white space included: the spans tile the text.
    pub span: Span,
    /// The unit without list mark and white space.
    pub content: Span,
    /// The content without furniture and line-end hyphens.
    pub text: String,
    /// What it is.
    pub kind: Kind,
    /// The probability that it is a promise.
    pub pledge: f64,
    /// Of a promise.
    pub testability: Option<Testability>,
    /// Of a promise.
    pub act: Option<Act>,
    /// Of a promise.
    pub fields: Fields,
    /// The lead-in that announces it.
    pub lead_in: Option<String>,
    /// Of a promise: its words, to be held against other promises.
    pub reading: Option<origin::Reading>,
}

/// Reads programmes.
pub struct Reader<'a> {
    analyzer: &'a Analyzer,
    glossary: &'a Glossary,
    gazetteer: &'a Gazetteer,
    outliner: Outliner,
    kinds: KindModel,
    tests: Tests,
}

impl<'a> Reader<'a> {
    /// With the bundled tables and weights.
    ///
    /// # Errors
    /// [`crate::Error::Model`]
    pub fn bundled(analyzer: &'a Analyzer, glossary: &'a Glossary, gazetteer: &'a Gazetteer) -> Result<Self> {
        let (outliner, kinds, tests) = (Outliner::bundled()?, KindModel::bundled()?, Tests::bundled()?);
        Ok(Self { analyzer, glossary, gazetteer, outliner, kinds, tests })
    }

    /// The units of a text, in order.
    pub fn units(&self, text: &str) -> Vec<Unit> {
        let mut outline = self.outliner.outline(text, self.analyzer);
        let features = self.kinds.features(text, &outline);
        let mut judged: Vec<(Kind, f64)> = features
            .par_iter()
            .map(|features| self.kinds.judge(features))
            .map(|judged| (judged.kind, judged.pledge))
            .collect();
        settle(&outline, &mut judged);
        merge(&mut outline, &mut judged);
        let names = self.tests.names(text, &outline.words);
        let page = Page { text, outline: &outline, names: &names };
        let read = |(segment, judged): (&Segment, &(Kind, f64))| {
            let asked = matches!(judged.0, Kind::Pledge | Kind::LeadIn);
            asked.then(|| self.said(&page, segment, &self.places(&page, segment)))
        };
        let said: Vec<Option<Said>> = outline.segments.par_iter().zip(&judged).map(read).collect();
        let mut lead: Option<String> = None;
        // A few words before items announce these items alone, and a promise in a paragraph behind them is under it no more: whether
        // items have come, where such words stand above.
        let mut items: Option<bool> = None;
        let mut above = Fields::default();
        let mut units = Vec::with_capacity(outline.segments.len());
        for (place, ((segment, (kind, pledge)), said)) in outline.segments.iter().zip(&judged).zip(said).enumerate() {
            let clean = clean(text, segment.content, &outline.furniture);
            if *kind == Kind::LeadIn {
                lead = Some(clean.clone());
                items = (segment.words.1 - segment.words.0 <= FEW).then_some(false);
                above = said.as_ref().map(|said| said.fields.clone()).unwrap_or_default();
                // «In the coming five years» is the mandate, no deadline.
                above.deadline.retain(|deadline| deadline.contains(|c: char| c.is_ascii_digit()));
            }
            if *kind == Kind::Pledge && segment.kind == BlockKind::Paragraph && items == Some(true) {
                (lead, items, above) = (None, None, Fields::default());
            }
            items = items.map(|come| come || segment.kind == BlockKind::Item);
            let mut unit = Unit {
                span: segment.span,
                content: segment.content,
                text: clean,
                kind: *kind,
                pledge: *pledge,
                testability: None,
                act: None,
                fields: Fields::default(),
                lead_in: None,
                reading: None,
            };
            if let Some(mut said) = said.filter(|_| *kind == Kind::Pledge) {
                let row = |row: &Segment| self.said(&page, row, &[]).fields;
                let testability = said.under(&taken_over(place, &outline.segments, &units, &above, row));
                unit.testability = Some(testability);
                unit.act = Some(said.act);
                unit.fields = said.fields;
                unit.lead_in.clone_from(&lead);
            }
            units.push(unit);
        }
        let promised = units.par_iter_mut().zip(&outline.segments).filter(|(unit, _)| unit.kind == Kind::Pledge);
        promised.for_each(|(unit, segment)| {
            let (words, row) = (page.words(segment), segment.kind == BlockKind::Row);
            unit.reading = Some(origin::Reading::new(&unit.text, &words, row, self.analyzer, self.glossary));
        });
        units
    }

    /// The known places that a unit names.
    fn places(&self, page: &Page<'_>, segment: &Segment) -> Vec<Span> {
        let content = segment.content;
        let found = self.gazetteer.find(&self.analyzer.tokens(content.of(page.text), None));
        found.iter().map(|at| Span::new(content.start + at.span.start, content.start + at.span.end)).collect()
    }

    /// What a unit says by itself, `places` being those that it names.
    fn said(&self, page: &Page<'_>, segment: &Segment, places: &[Span]) -> Said {
        self.tests.read(page.text, &page.words(segment), page.names, places, segment.kind == BlockKind::Row)
    }
}

/// A text and what is known of all of it.
struct Page<'a> {
    text: &'a str,
    outline: &'a Outline,
    names: &'a Names,
}

impl Page<'_> {
    /// The words of a unit, without those of furniture inside it.
    fn words(&self, segment: &Segment) -> Cow<'_, [Word]> {
        let furniture = &self.outline.furniture;
        let outside = |word: &Word| {
            let behind = furniture.partition_point(|line| line.end < word.span.end);
            furniture.get(behind).is_none_or(|line| line.start > word.span.start)
        };
        let words = &self.outline.words[segment.words.0..segment.words.1];
        if words.iter().all(outside) {
            words.into()
        } else {
            words.iter().filter(|word| outside(word)).cloned().collect()
        }
    }
}

/// So many units before and behind share the deadline of their row.
const LONGEST_ROW: usize = 8;

/// What the unit at `place` takes over: the deadline of its row; the addressee of the part of the sentence before it, `units` being the
/// units so far; what the lead-in says. `read` reads the fields of a row. Headings are not asked: too many name places in passing.
fn taken_over(
    place: usize,
    segments: &[Segment],
    units: &[Unit],
    lead_in: &Fields,
    read: impl FnOnce(&Segment) -> Fields,
) -> Fields {
    let own = &segments[place];
    let mut fields = Fields::default();
    if own.kind == BlockKind::Row {
        let in_row = |unit: &&Segment| unit.block == own.block;
        let back = segments[..place].iter().rev().take(LONGEST_ROW).take_while(in_row).count();
        let on = segments[place + 1..].iter().take(LONGEST_ROW).take_while(in_row).count();
        let (first, last) = (&segments[place - back], &segments[place + on]);
        let (content, words) = (first.content.join(last.content), (first.words.0, last.words.1));
        fields.deadline = read(&Segment { content, words, ..own.clone() }).deadline;
    }
    let before =
        place.checked_sub(1).filter(|before| segments[*before].block == own.block).and_then(|at| units.get(at));
    if let Some(before) = before.filter(|unit| unit.kind == Kind::Pledge && !unit.text.ends_with(['.', '!', '?', ';']))
    {
        fields.addressee.clone_from(&before.fields.addressee);
    }
    fields.inherit(lead_in);
    fields.inherited.clear();
    fields
}

/// A lead-in of no more words stands before its own items alone.
const FEW: usize = 3;

/// What the layout alone decides. A few words before items or rows that end with a colon, «Добьюсь:», promise nothing by themselves.
fn settle(outline: &Outline, judged: &mut [(Kind, f64)]) {
    let behind = outline.segments.iter().skip(1).map(Some).chain([None]);
    for ((segment, next), judged) in outline.segments.iter().zip(behind).zip(judged) {
        let items = next.is_some_and(|next| matches!(next.kind, BlockKind::Item | BlockKind::Row));
        let short = segment.announces && segment.words.1 - segment.words.0 <= FEW;
        match segment.kind {
            BlockKind::Paragraph if judged.0 == Kind::Pledge && short && items => judged.0 = Kind::LeadIn,
            BlockKind::Title => *judged = (Kind::Heading, 0.0),
            BlockKind::Furniture => *judged = (Kind::Furniture, 0.0),
            _ => {}
        }
    }
}

/// Short sentences of one line that greet, thank, call or entitle are one unit, however many.
fn merge(outline: &mut Outline, judged: &mut Vec<(Kind, f64)>) {
    let soft = |kind: Kind| matches!(kind, Kind::Thanks | Kind::Slogan | Kind::Heading | Kind::Furniture);
    let mut segments: Vec<Segment> = Vec::with_capacity(outline.segments.len());
    let mut kinds: Vec<(Kind, f64)> = Vec::with_capacity(judged.len());
    // A line all of whose sentences are soft takes the kind of its first.
    let mut place = 0;
    while place < outline.segments.len() {
        let block = outline.segments[place].block;
        let end = place + outline.segments[place..].iter().take_while(|unit| unit.block == block).count();
        let whole = judged[place..end].iter().all(|(kind, _)| soft(*kind))
            && outline.segments[place].kind == BlockKind::Paragraph;
        for (nth, (unit, own)) in outline.segments[place..end].iter().zip(&judged[place..end]).enumerate() {
            let joins = nth > 0 && soft(own.0) && kinds.last().is_some_and(|last| last.0 == own.0 || whole);
            if let Some(last) = segments.last_mut().filter(|_| joins) {
                last.span.end = unit.span.end;
                last.content.end = unit.content.end;
                last.words.1 = unit.words.1.max(last.words.1);
            } else {
                segments.push(unit.clone());
                kinds.push(*own);
            }
        }
        place = end;
    }
    outline.segments = segments;
    *judged = kinds;
}

/// The words of a unit on one line: without what stands between its lines, and with words whole that a line end cut.
fn clean(text: &str, content: Span, between: &[Span]) -> String {
    let mut out = String::new();
    let mut from = content.start;
    let first = between.partition_point(|gap| gap.start < content.start);
    for gap in between[first..].iter().take_while(|gap| gap.end <= content.end) {
        join(&mut out, text.get(from..gap.start).unwrap_or_default());
        from = gap.end;
    }
    join(&mut out, text.get(from..content.end).unwrap_or_default());
    out
}

fn join(out: &mut String, line: &str) {
    for word in line.split_whitespace() {
        let cut = out.ends_with(['-', '\u{ad}']) && !out.ends_with(" -") && word.starts_with(char::is_lowercase);
        if cut && line.trim_start().starts_with(word) {
            out.pop();
        } else if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(word);
    }
}
