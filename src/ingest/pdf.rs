//! Portable documents with a text layer: glyphs with their places, put together to lines and blocks.
//!
//! A pdf knows no paragraphs. Lines are what stands on one height; a block ends where the gap to the next line, the size of
//! letters or the indent changes. Text keeps the order in which the file draws it. Pictures of pages and page numbers are not read,
//! running heads once.

use super::isolate::STACK;
use super::pdf_fonts::Texts;
use super::pdf_lines::{self, Page};
use super::problem::Fault;
use super::text::{Block, Blocks, Document, TextFormat, heading_mark};
use pdf_extract::{Dictionary, MediaBox, Object, ObjectId, OutputDev, OutputError, Transform};
use std::collections::BTreeMap;

/// The pdf format.
pub struct Pdf;

/// The most pages of one document.
const MOST_PAGES: usize = 20_000;
/// From so many pages on a document is read in halves, which costs two copies of it.
const LONG: usize = 20;
/// Lines of letters this much larger than the document's most usual are headings.
const HEADING_SIZE: f64 = 1.15;
/// The longest heading, in bytes.
const LONGEST_HEADING: usize = 300;

impl TextFormat for Pdf {
    fn endings(&self) -> &'static [&'static str] {
        &["pdf"]
    }

    fn read(&self, bytes: &[u8]) -> Result<Document, Fault> {
        let broken = |reason: String| Fault::Broken { format: "pdf".into(), reason };
        let mut file = pdf_extract::Document::load_mem(bytes).map_err(|error| broken(error.to_string()))?;
        // Files that an empty password opens (they only forbid printing) are open by now.
        if file.trailer.has(b"Encrypt") {
            return Err(Fault::Encrypted);
        }
        let pages: Vec<ObjectId> = file.page_iter().collect();
        if pages.is_empty() {
            return Err(broken("there is no page in it".into()));
        }
        if pages.len() > MOST_PAGES {
            return Err(Fault::TooManyPages { pages: pages.len(), limit: MOST_PAGES });
        }
        let texts = Texts::take(&mut file);
        let read = read_pages(&file, &texts, &pages);
        let unread = read.iter().filter(|page| page.is_none()).count();
        let blank = |page: &Option<Page>| page.as_ref().is_some_and(Page::is_blank);
        let shown = |id| file.get_dictionary(id).is_ok_and(|page| pictured(&file, page));
        let pictures = read.iter().zip(&pages).filter(|(page, id)| blank(page) && shown(**id)).count();
        if read.iter().flatten().all(Page::is_blank) {
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
        Ok(Document { text: written(read.into_iter().flatten().collect())?, notes })
    }
}

/// The pages, those that can be read; of a long document both halves at once.
fn read_pages(file: &pdf_extract::Document, texts: &Texts, pages: &[ObjectId]) -> Vec<Option<Page>> {
    let (front, back) = pages.split_at(pages.len().div_ceil(2));
    let halves = if pages.len() < LONG { None } else { part(file, front).zip(part(file, back)) };
    let Some((first, second)) = halves else { return read_part(file, texts, pages.len()) };
    let rest = || read_part(&second, texts, back.len());
    std::thread::scope(|scope| {
        let other = std::thread::Builder::new().stack_size(STACK).spawn_scoped(scope, rest);
        let mut read = read_part(&first, texts, front.len());
        read.extend(match other {
            Ok(other) => other.join().unwrap_or_else(|_| vec![None; back.len()]),
            Err(_) => rest(),
        });
        read
    })
}

/// A copy of the document with these of its pages alone.
fn part(file: &pdf_extract::Document, pages: &[ObjectId]) -> Option<pdf_extract::Document> {
    let mut part = file.clone();
    let tree = part.catalog().ok()?.get(b"Pages").ok()?.as_reference().ok()?;
    let kids: Vec<Object> = pages.iter().copied().map(Object::Reference).collect();
    part.get_dictionary_mut(tree).ok()?.set("Kids", kids);
    Some(part)
}

/// All `count` pages of a document. The parser panics on some broken fonts: then every page is tried by itself, so that such a font costs
/// the pages that use it.
fn read_part(file: &pdf_extract::Document, texts: &Texts, count: usize) -> Vec<Option<Page>> {
    let attempt = |read: &dyn Fn(&mut Glyphs) -> Result<(), OutputError>| {
        let mut glyphs = Glyphs { pages: BTreeMap::new(), texts };
        let ended = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| read(&mut glyphs)));
        ended.ok()?.ok()?;
        Some(glyphs.pages)
    };
    let numbers = || (1..).take(count);
    let all = attempt(&|glyphs| pdf_extract::output_doc(file, glyphs));
    let mut read = all.unwrap_or_else(|| {
        let one = |number: u32| attempt(&|glyphs| pdf_extract::output_doc_page(file, glyphs, number));
        numbers().filter_map(one).flatten().collect()
    });
    numbers().map(|number| read.remove(&number)).collect()
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
    let mut sizes: BTreeMap<u64, usize> = BTreeMap::new();
    let read = pdf_lines::blocks(pages);
    for block in &read {
        *sizes.entry(tenths(block.size)).or_default() += block.text.len();
    }
    let usual = sizes.into_iter().max_by_key(|(size, letters)| (*letters, u64::MAX - size)).map_or(0, |(size, _)| size);
    let mut blocks = Blocks::default();
    for block in &read {
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

/// Receives the glyphs of pages from the parser.
struct Glyphs<'a> {
    pages: BTreeMap<u32, Page>,
    texts: &'a Texts,
}

impl OutputDev for Glyphs<'_> {
    fn begin_page(
        &mut self,
        number: u32,
        _media: &MediaBox,
        _art: Option<(f64, f64, f64, f64)>,
    ) -> Result<(), OutputError> {
        self.pages.insert(number, Page::default());
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
        let Some(mut page) = self.pages.last_entry() else { return Ok(()) };
        page.get_mut().glyph(place.m31, place.m32, width * size, size, self.texts.meant(text));
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

#[cfg(test)]
mod tests {
    use super::*;
    use pdf_extract::{Stream, dictionary};

    /// A word for each page.
    fn word(page: usize) -> String {
        let letter = |first: char, at: usize| char::from_u32(u32::from(first) + u32::try_from(at % 26).expect("small"));
        [letter('A', page / 26), letter('a', page)].into_iter().flatten().collect()
    }

    /// So many pages below a node of the page tree that says how large they are, each with its word; `broken` shows a font that has no
    /// letters.
    fn document(pages: usize, broken: usize) -> Vec<u8> {
        let mut file = pdf_extract::Document::with_version("1.7");
        let sound = file.add_object(dictionary! { "Type" => "Font", "Subtype" => "Type1", "BaseFont" => "Helvetica" });
        let empty = file.add_object(dictionary! { "Type" => "Font", "Subtype" => "Type0", "BaseFont" => "Empty" });
        let (tree, node) = (file.new_object_id(), file.new_object_id());
        let kids: Vec<Object> = (0..pages)
            .map(|page| {
                let shown = format!("BT /F 12 Tf 50 700 Td ({}) Tj ET", word(page));
                let shown = file.add_object(Stream::new(dictionary! {}, shown.into_bytes()));
                let font = if page == broken { empty } else { sound };
                let resources = dictionary! { "Font" => dictionary! { "F" => font } };
                let page =
                    dictionary! { "Type" => "Page", "Parent" => node, "Contents" => shown, "Resources" => resources };
                Object::Reference(file.add_object(page))
            })
            .collect();
        let size: Vec<Object> = [0, 0, 595, 842].map(Object::Integer).to_vec();
        let below = dictionary! { "Type" => "Pages", "Parent" => tree, "Kids" => kids, "MediaBox" => size };
        file.objects.insert(node, below.into());
        file.objects.insert(tree, dictionary! { "Type" => "Pages", "Kids" => vec![Object::Reference(node)] }.into());
        let catalog = file.add_object(dictionary! { "Type" => "Catalog", "Pages" => tree });
        file.trailer.set("Root", catalog);
        let mut bytes = Vec::new();
        file.save_to(&mut bytes).expect("memory");
        bytes
    }

    #[test]
    fn halves_of_a_long_document_are_read_in_order_and_a_broken_font_costs_its_page() {
        for (pages, broken) in [(3, 1), (2 * LONG + 1, LONG - 1), (2 * LONG + 1, LONG + 5)] {
            let read = Pdf.read(&document(pages, broken)).expect("a text");
            let words: Vec<String> = (0..pages).filter(|page| *page != broken).map(word).collect();
            assert_eq!(read.text.split_whitespace().collect::<Vec<_>>(), words);
            assert_eq!(read.notes, [Fault::PagesUnread { pages: 1, of: pages }]);
        }
    }
}
