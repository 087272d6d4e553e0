//! Cuts a programme text into segments that tile it: headings, list items, sentences.

use crate::span::Span;

/// What a segment is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SegmentKind {
    /// A title over what follows.
    Heading,
    /// An item of a list.
    Item,
    /// A sentence of running text.
    Sentence,
}

/// One segment, with the white space after it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Segment {
    /// Where it stands.
    pub span: Span,
    /// What it is.
    pub kind: SegmentKind,
}

/// A heading is at most this long, in characters.
const LONGEST_HEADING: usize = 90;

/// The segments of `text`, in order; their spans follow on one another and cover all of it (nothing for a blank text).
pub fn segment(text: &str) -> Vec<Segment> {
    let mut segments: Vec<Segment> = Vec::new();
    for block in blocks(text) {
        let content = block.of(text);
        if is_heading(content) {
            segments.push(Segment { span: block, kind: SegmentKind::Heading });
        } else {
            let kind = if marker(content).is_some() { SegmentKind::Item } else { SegmentKind::Sentence };
            let starts = sentence_starts(content);
            for (place, start) in starts.iter().enumerate() {
                let end = starts.get(place + 1).copied().unwrap_or(content.len());
                segments.push(Segment { span: Span::new(block.start + start, block.start + end), kind });
            }
        }
    }
    // Blank space before the first block belongs to it.
    if let Some(first) = segments.first_mut() {
        first.span.start = 0;
    }
    segments
}

/// Paragraphs and list items: a block begins after a blank line, at a list marker, or after a line that ends a sentence or item.
fn blocks(text: &str) -> Vec<Span> {
    let mut starts = Vec::new();
    let mut offset = 0;
    let mut previous: Option<&str> = None;
    for line in text.split_inclusive('\n') {
        let content = line.trim();
        if !content.is_empty() {
            let ended = previous.is_none_or(|line: &str| {
                line.is_empty() || line.ends_with(['.', '!', '?', ';', ':']) || line.ends_with("…")
            });
            if ended || marker(content).is_some() {
                starts.push(offset);
            }
        }
        previous = Some(content);
        offset += line.len();
    }
    let ends = starts.iter().skip(1).copied().chain([text.len()]);
    starts.iter().copied().zip(ends).map(|(start, end)| Span::new(start, end)).collect()
}

/// The list marker that `text` begins with: `1.`, `2)`, `-`, `•`, `а)`.
fn marker(text: &str) -> Option<&str> {
    let text = text.trim_start();
    let end = text.find(char::is_whitespace)?;
    let word = &text[..end];
    let bullet = matches!(word, "-" | "–" | "—" | "•" | "*" | "·" | "▪" | "◦" | "✓");
    let body = word.trim_end_matches([')', '.']);
    let numbered = body.len() < word.len()
        && !body.is_empty()
        && (body.chars().all(|c| c.is_ascii_digit() || c == '.') || body.chars().count() == 1 && word.ends_with(')'));
    (bullet || numbered).then_some(word)
}

fn is_heading(block: &str) -> bool {
    let text = block.trim().trim_start_matches('#').trim();
    let short = text.chars().count() <= LONGEST_HEADING && !text.contains('\n');
    let open = !text.ends_with(['.', '!', '?', ';', ',']);
    let upper =
        text.chars().any(char::is_alphabetic) && text.chars().filter(|c| c.is_alphabetic()).all(char::is_uppercase);
    block.trim_start().starts_with('#')
        || (short
            && open
            && marker(text).is_none()
            && (upper || text.ends_with(':') || text.split_whitespace().count() <= 5))
        || (short && upper)
}

/// Byte offsets at which the sentences of a block begin; the first is 0.
fn sentence_starts(block: &str) -> Vec<usize> {
    let mut starts = vec![0];
    let head = marker(block).map_or(0, |marker| block.find(marker).unwrap_or(0) + marker.len());
    let mut words = block[head..].split_inclusive(char::is_whitespace).peekable();
    let mut offset = head;
    while let Some(word) = words.next() {
        offset += word.len();
        let content = word.trim_end();
        if content.is_empty() {
            continue;
        }
        let next = words.peek().map_or("", |next| next.trim_start_matches(['«', '"', '(', '—', '–', '-']));
        let begins = next.starts_with(|c: char| c.is_uppercase());
        let ends = match content.trim_end_matches(['»', '"', ')']).chars().last() {
            Some('!' | '?' | '…') => begins,
            Some('.') => begins && !is_abbreviation(content),
            Some(';') => true,
            _ => false,
        };
        if ends && words.peek().is_some() && !block[offset..].trim().is_empty() {
            starts.push(offset);
        }
    }
    starts
}

/// Words whose point does not end a sentence: initials, units, `т.б.`, `ж.`, `г.`
fn is_abbreviation(word: &str) -> bool {
    const ABBREVIATIONS: [&str; 26] = [
        "т.б.",
        "т.с.с.",
        "т.д.",
        "т.п.",
        "т.е.",
        "ж.",
        "жж.",
        "г.",
        "гг.",
        "ст.",
        "б.",
        "тг.",
        "тыс.",
        "млн.",
        "млрд.",
        "ул.",
        "обл.",
        "р-н.",
        "им.",
        "см.",
        "мың.",
        "а.",
        "қ.",
        "с.",
        "п.",
        "пп.",
    ];
    let word = word.trim_start_matches(['«', '"', '(']).to_lowercase();
    ABBREVIATIONS.contains(&word.as_str()) || word.trim_end_matches('.').chars().count() == 1
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn cut(text: &str) -> Vec<(&str, SegmentKind)> {
        segment(text).into_iter().map(|part| (part.span.of(text).trim(), part.kind)).collect()
    }

    #[test]
    fn headings_items_and_sentences_are_told_apart() {
        let text = "БІЛІМ\n\n1) 2027 ж. дейін мектеп салу;\n2) мұғалімдердің жалақысын\nкөтеру.\n\nЖолдарды жөндеймін. Су тартамын!";
        let kinds: Vec<_> = cut(text);
        assert_eq!(
            kinds,
            [
                ("БІЛІМ", SegmentKind::Heading),
                ("1) 2027 ж. дейін мектеп салу;", SegmentKind::Item),
                ("2) мұғалімдердің жалақысын\nкөтеру.", SegmentKind::Item),
                ("Жолдарды жөндеймін.", SegmentKind::Sentence),
                ("Су тартамын!", SegmentKind::Sentence),
            ]
        );
    }

    proptest! {
        #[test]
        fn segments_tile_the_text(text in "([а-яА-Я]{0,6}[ .;:!\\n•1)-]{0,3}){0,30}") {
            let segments = segment(&text);
            let joined: String = segments.iter().map(|part| part.span.of(&text)).collect();
            prop_assert_eq!(joined.trim(), text.trim());
            for pair in segments.windows(2) {
                prop_assert_eq!(pair[0].span.end, pair[1].span.start);
            }
        }
    }
}
