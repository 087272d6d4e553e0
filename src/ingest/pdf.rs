//! Portable documents with a text layer: glyphs with their places, put together to lines and blocks.
//!
//! A pdf knows no paragraphs. Lines are what stands on one height; a block ends where the gap to the next line, the size of
//! letters or the indent changes. Text keeps the order in which the file draws it. Pictures of pages are not read.

use super::pdf_lines::Page;
use super::problem::Fault;
use super::text::{Block, Blocks, Document, LARGEST_DOCUMENT, TextFormat, heading_mark};
use pdf_extract::{Dictionary, MediaBox, Object, OutputDev, OutputError, Transform};

/// The pdf format.
pub struct Pdf;

/// The most pages of one document.
const MOST_PAGES: usize = 20_000;
/// Lines of letters this much larger than the document's most usual are headings.
const HEADING_SIZE: f64 = 1.15;
/// The longest heading, in bytes.
const LONGEST_HEADING: usize = 300;

impl TextFormat for Pdf {
    fn endings(&self) -> &'static [&'static str] {
        &["pdf"]
    }

    fn read(&self, bytes: &[u8]) -> Result<Document, Fault> {
        if bytes.len() > LARGEST_DOCUMENT {
            return Err(Fault::FileTooLarge { megabytes: bytes.len() >> 20, limit: LARGEST_DOCUMENT >> 20 });
        }
        let broken = |reason: String| Fault::Broken { format: "pdf".into(), reason };
        let mut file = pdf_extract::Document::load_mem(bytes).map_err(|error| broken(error.to_string()))?;
        if file.is_encrypted() {
            // An empty password opens files that only forbid printing.
            file.decrypt("").map_err(|_| Fault::Encrypted)?;
        }
        let pages = file.get_pages();
        if pages.is_empty() {
            return Err(broken("there is no page in it".into()));
        }
        if pages.len() > MOST_PAGES {
            return Err(Fault::TooManyPages { pages: pages.len(), limit: MOST_PAGES });
        }
        let mut read = Vec::with_capacity(pages.len());
        let (mut unread, mut pictures) = (0, 0);
        for (number, id) in &pages {
            let page = read_page(&file, *number);
            let blank = page.as_ref().is_none_or(Page::is_blank);
            unread += usize::from(page.is_none());
            pictures += usize::from(
                blank && page.is_some() && file.get_dictionary(*id).is_ok_and(|page| pictured(&file, page)),
            );
            read.extend(page);
        }
        if read.iter().all(Page::is_blank) {
            return Err(if unread == pages.len() {
                broken("none of its pages can be read".into())
            } else {
                Fault::NoTextLayer { pages: pages.len() }
            });
        }
        let mut notes = Vec::new();
        if unread > 0 {
            notes.push(Fault::PagesUnread { pages: unread, of: pages.len() });
        }
        if pictures > 0 {
            notes.push(Fault::PagesWithoutText { pages: pictures, of: pages.len() });
        }
        Ok(Document { text: written(read)?, notes })
    }
}

/// The lines of a page; `None` where the parser gives up. The parser panics on some broken fonts: that costs the page.
fn read_page(file: &pdf_extract::Document, number: u32) -> Option<Page> {
    let read = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
        let mut glyphs = Glyphs(Page::default());
        pdf_extract::output_doc_page(file, &mut glyphs, number).ok()?;
        Some(glyphs.0)
    }));
    read.ok().flatten()
}

/// True where the page shows a picture.
fn pictured(file: &pdf_extract::Document, page: &Dictionary) -> bool {
    fn dictionary<'a>(file: &'a pdf_extract::Document, holder: &'a Dictionary, key: &[u8]) -> Option<&'a Dictionary> {
        file.dereference(holder.get(key).ok()?).ok()?.1.as_dict().ok()
    }
    let Some(objects) =
        dictionary(file, page, b"Resources").and_then(|resources| dictionary(file, resources, b"XObject"))
    else {
        return false;
    };
    objects.iter().any(|(_, object)| match file.dereference(object) {
        Ok((_, Object::Stream(stream))) => {
            stream.dict.get(b"Subtype").is_ok_and(|kind| kind.as_name().is_ok_and(|n| n == b"Image"))
        }
        _ => false,
    })
}

/// The blocks of all pages. Letters much larger than the most usual make a heading.
fn written(pages: Vec<Page>) -> Result<String, Fault> {
    let mut sizes: std::collections::BTreeMap<u64, usize> = std::collections::BTreeMap::new();
    let pages: Vec<_> = pages.into_iter().map(Page::blocks).collect();
    for block in pages.iter().flatten() {
        *sizes.entry(tenths(block.size)).or_default() += block.text.len();
    }
    let usual = sizes.into_iter().max_by_key(|(size, letters)| (*letters, u64::MAX - size)).map_or(0, |(size, _)| size);
    let mut blocks = Blocks::default();
    for block in pages.iter().flatten() {
        #[allow(clippy::cast_precision_loss, reason = "sizes of letters")]
        let large = block.size * 10.0 >= usual as f64 * HEADING_SIZE;
        if large && block.text.len() <= LONGEST_HEADING {
            blocks.push(Block::Paragraph, &format!("{}{}", heading_mark(1), block.text.replace('\n', " ")))?;
        } else {
            blocks.push(Block::Paragraph, &block.text)?;
        }
    }
    Ok(blocks.finish())
}

#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped to the sizes of letters")]
fn tenths(size: f64) -> u64 {
    (size * 10.0).round().clamp(0.0, 1e6) as u64
}

/// Receives the glyphs of a page from the parser.
struct Glyphs(Page);

impl OutputDev for Glyphs {
    fn begin_page(
        &mut self,
        _number: u32,
        _media: &MediaBox,
        _art: Option<(f64, f64, f64, f64)>,
    ) -> Result<(), OutputError> {
        Ok(())
    }

    fn end_page(&mut self) -> Result<(), OutputError> {
        Ok(())
    }

    fn output_character(
        &mut self,
        place: &Transform,
        width: f64,
        _spacing: f64,
        font_size: f64,
        text: &str,
    ) -> Result<(), OutputError> {
        // The side of the square of the same area as a letter's box.
        let size = font_size * (place.m11 * place.m22 - place.m12 * place.m21).abs().sqrt();
        self.0.glyph(place.m31, place.m32, width * size, size, text);
        Ok(())
    }

    fn begin_word(&mut self) -> Result<(), OutputError> {
        Ok(())
    }

    fn end_word(&mut self) -> Result<(), OutputError> {
        Ok(())
    }

    fn end_line(&mut self) -> Result<(), OutputError> {
        Ok(())
    }
}
