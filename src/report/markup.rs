//! Small pieces of html: escaped text, the same words in three languages, passages with marked words.

use crate::locale::Lang;
use crate::span::Span;
use std::fmt::Write;

/// `text` with the five characters of html escaped, and characters that turn the direction of writing made visible.
pub fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 16);
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => out.push('\u{fffd}'),
            c if c.is_control() && c != '\n' && c != '\t' => out.push('\u{fffd}'),
            c => out.push(c),
        }
    }
    out
}

/// In which languages a page speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Voice {
    /// In all three at once: the page shows the reader one.
    All,
    /// In one alone.
    One(Lang),
}

impl Voice {
    /// What `say` says: in one language a bare text; in all of them a span for each different text with the languages as its class (`kk`,
    /// `kk-ru`), or a bare text where all are the same.
    pub fn say(self, say: impl Fn(Lang) -> String) -> String {
        self.tagged("span", "", say)
    }

    /// The same as a `tag` of html or svg with `attributes`.
    pub fn tagged(self, tag: &str, attributes: &str, say: impl Fn(Lang) -> String) -> String {
        let bare = |text: &str| {
            let text = escape(text);
            if tag == "span" && attributes.is_empty() { text } else { format!("<{tag}{attributes}>{text}</{tag}>") }
        };
        let texts = match self {
            Self::One(lang) => return bare(&say(lang)),
            Self::All => Lang::ALL.map(say),
        };
        if texts.iter().all(|text| *text == texts[0]) {
            return bare(&texts[0]);
        }
        let mut out = String::new();
        for (place, lang) in Lang::ALL.into_iter().enumerate() {
            let same: Vec<&str> = Lang::ALL
                .iter()
                .filter(|other| texts[**other as usize] == texts[place])
                .map(|lang| lang.code())
                .collect();
            if same[0] == lang.code() {
                let text = escape(&texts[place]);
                let _ = write!(out, "<{tag} class=\"{}\" lang=\"{lang}\"{attributes}>{text}</{tag}>", same.join("-"));
            }
        }
        out
    }

    /// What `say` says as one escaped line without markup, for attributes and titles of drawings: ` / ` between languages.
    pub fn line(self, say: impl Fn(Lang) -> String) -> String {
        match self {
            Self::One(lang) => escape(&say(lang)),
            Self::All => escape(&Lang::ALL.map(say).join(" / ")),
        }
    }
}

/// What `say` says, in all three languages.
pub fn in_all(say: impl Fn(Lang) -> String) -> String {
    Voice::All.say(say)
}

/// `text`, escaped, with `spans` marked.
pub fn marked(text: &str, spans: &[Span]) -> String {
    let mut out = String::new();
    let mut end = 0;
    for span in merged(spans) {
        if span.start < end || text.get(span.start..span.end).is_none() {
            continue;
        }
        out.push_str(&escape(&text[end..span.start]));
        out.push_str("<mark>");
        out.push_str(&escape(span.of(text)));
        out.push_str("</mark>");
        end = span.end;
    }
    out.push_str(&escape(&text[end..]));
    out
}

/// The passages of `text` around `spans`, at most `length` bytes in all, with the spans marked; the beginning where there is no span.
pub fn excerpt(text: &str, spans: &[Span], length: usize) -> String {
    if text.len() <= length {
        return marked(text, spans);
    }
    let spans = merged(spans);
    let first = spans.first().map_or(0, |span| span.start);
    let from = boundary(text, first.saturating_sub(length / 4));
    let to = boundary(text, (from + length).min(text.len()));
    let inside: Vec<Span> = spans
        .iter()
        .filter(|span| span.start >= from && span.end <= to)
        .map(|span| Span::new(span.start - from, span.end - from))
        .collect();
    let before = if from > 0 { "… " } else { "" };
    let after = if to < text.len() { " …" } else { "" };
    format!("{before}{}{after}", marked(&text[from..to], &inside))
}

fn merged(spans: &[Span]) -> Vec<Span> {
    let mut spans = spans.to_vec();
    spans.sort();
    spans.dedup();
    spans
}

/// The nearest place at or before `offset` where a word begins.
fn boundary(text: &str, offset: usize) -> usize {
    let offset = (0..=offset.min(text.len())).rev().find(|place| text.is_char_boundary(*place)).unwrap_or(0);
    if offset == 0 || offset == text.len() {
        return offset;
    }
    text[..offset]
        .rfind(char::is_whitespace)
        .map_or(offset, |space| space + text[space..].chars().next().map_or(1, char::len_utf8))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn plain(html: &str) -> String {
        let text = html.replace("<mark>", "").replace("</mark>", "");
        let text = text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&#39;", "'");
        text.replace("&amp;", "&")
    }

    #[test]
    fn hostile_text_stays_text() {
        assert_eq!(escape("<script>\u{202e}&'\""), "&lt;script&gt;\u{fffd}&amp;&#39;&quot;");
        assert_eq!(marked("ауыз су", &[Span::new(9, 13)]), "ауыз <mark>су</mark>");
    }

    proptest! {
        #[test]
        fn marks_change_no_letter(text in "[а-я<&\" ]{0,40}", start in 0usize..80, len in 0usize..12) {
            let html = marked(&text, &[Span::new(start, start + len), Span::new(start / 2, start / 2 + 2)]);
            prop_assert_eq!(plain(&html), text.clone());
            excerpt(&text, &[Span::new(start, start + len)], 20);
        }
    }
}
