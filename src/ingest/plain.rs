//! Plain texts and Markdown: as they stand, decoded.

use super::encoding::{self, Decoded, Undecodable};
use super::problem::Fault;
use super::text::{Document, LONGEST_DOCUMENT, TextFormat};
use std::borrow::Cow;

/// Texts without markup that matters: txt and md.
pub struct Plain;

impl TextFormat for Plain {
    fn endings(&self) -> &'static [&'static str] {
        &["txt", "md", "markdown", "text"]
    }

    fn isolated(&self) -> bool {
        false
    }

    fn read(&self, bytes: &[u8]) -> Result<Document, Fault> {
        let (text, notes) = decoded(bytes)?;
        if text.len() > LONGEST_DOCUMENT {
            return Err(Fault::DocumentTooLong { megabytes: LONGEST_DOCUMENT >> 20 });
        }
        Ok(Document { text: encoding::mend_line_ends(text).into_owned(), notes })
    }
}

/// The text of `bytes`, with a note where its encoding was assumed.
///
/// # Errors
/// [`Fault::NotUtf8`] where UTF-8 is damaged, [`Fault::NotAText`] for binary data.
pub fn decoded(bytes: &[u8]) -> Result<(Cow<'_, str>, Vec<Fault>), Fault> {
    match encoding::decode(bytes) {
        Ok(Decoded { text, encoding, assumed }) => Ok((text, assumption(encoding, assumed))),
        Err(Undecodable::Damaged(byte)) => Err(Fault::NotUtf8 { byte }),
        Err(Undecodable::Binary) => Err(Fault::NotAText),
    }
}

fn assumption(encoding: encoding::Encoding, assumed: bool) -> Vec<Fault> {
    if assumed { vec![Fault::EncodingAssumed { encoding: encoding.name().to_owned() }] } else { Vec::new() }
}
