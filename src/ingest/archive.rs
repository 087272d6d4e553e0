//! Zip containers of office documents, with bounds on what they unpack to.
//!
//! The sizes that an archive declares are not believed: bytes are counted as they are unpacked.

use super::problem::Fault;
use super::text::check_size;
use super::{encoding, plain};
use quick_xml::Reader;
use quick_xml::events::{BytesRef, BytesStart, Event};
use std::io::{Cursor, Read};

/// What all read members of one archive may unpack to, in bytes.
pub const LARGEST_UNPACKED: u64 = (LARGEST_UNPACKED_MIB as u64) << 20;
/// The same in MiB, for messages.
const LARGEST_UNPACKED_MIB: usize = 192;
/// The most members of an archive.
const MOST_MEMBERS: usize = 10_000;
/// The deepest nesting of elements.
pub const DEEPEST_XML: usize = 512;

/// An open archive.
pub struct Archive<'a> {
    zip: zip::ZipArchive<Cursor<&'a [u8]>>,
    format: &'static str,
    left: u64,
}

impl<'a> Archive<'a> {
    /// Opens the archive in `bytes`; `format` names it in faults.
    ///
    /// # Errors
    /// [`Fault::Broken`], [`Fault::FileTooLarge`].
    pub fn open(bytes: &'a [u8], format: &'static str) -> Result<Self, Fault> {
        check_size(bytes)?;
        let zip = zip::ZipArchive::new(Cursor::new(bytes)).map_err(|error| broken(format, &error))?;
        if zip.len() > MOST_MEMBERS {
            return Err(Fault::UnpacksTooLarge { limit: LARGEST_UNPACKED_MIB });
        }
        Ok(Self { zip, format, left: LARGEST_UNPACKED })
    }

    /// The text of a member; `None` where there is no such member.
    ///
    /// # Errors
    /// [`Fault::Broken`], [`Fault::UnpacksTooLarge`], [`Fault::NotUtf8`].
    pub fn text(&mut self, name: &str) -> Result<Option<String>, Fault> {
        let mut bytes = Vec::new();
        match self.zip.by_name(name) {
            Ok(member) if member.encrypted() => return Err(Fault::Encrypted),
            Ok(member) => {
                member.take(self.left + 1).read_to_end(&mut bytes).map_err(|error| broken(self.format, &error))?;
            }
            Err(zip::result::ZipError::FileNotFound) => return Ok(None),
            Err(error) => return Err(broken(self.format, &error)),
        }
        self.spend(bytes.len() as u64)?;
        let (text, _) = plain::decoded(&bytes)?;
        Ok(Some(encoding::mend_line_ends(text).into_owned()))
    }

    /// The text of a member without which there is no document.
    ///
    /// # Errors
    /// As [`Self::text`].
    pub fn needed(&mut self, name: &str) -> Result<String, Fault> {
        let missing = broken(self.format, &format!("there is no {name} in it"));
        self.text(name)?.ok_or(missing)
    }

    /// Unpacks every member that `chosen` names, keeping nothing: for parsers that unpack by themselves.
    ///
    /// # Errors
    /// [`Fault::Broken`], [`Fault::UnpacksTooLarge`].
    pub fn weigh(&mut self, chosen: impl Fn(&str) -> bool) -> Result<(), Fault> {
        for place in 0..self.zip.len() {
            let member = self.zip.by_index(place).map_err(|error| broken(self.format, &error))?;
            let named = member.name().is_ok_and(|name| chosen(&name));
            if named {
                let read = std::io::copy(&mut member.take(self.left + 1), &mut std::io::sink());
                let read = read.map_err(|error| broken(self.format, &error))?;
                self.spend(read)?;
            }
        }
        Ok(())
    }

    fn spend(&mut self, bytes: u64) -> Result<(), Fault> {
        let limit = LARGEST_UNPACKED_MIB;
        self.left = self.left.checked_sub(bytes).ok_or(Fault::UnpacksTooLarge { limit })?;
        Ok(())
    }
}

/// A [`Fault::Broken`] of `format`.
pub fn broken(format: &str, error: &dyn std::fmt::Display) -> Fault {
    Fault::Broken { format: format.to_owned(), reason: error.to_string() }
}

/// Reads the elements of an XML text one after the other; nothing is kept, custom entities are not expanded.
pub trait Elements {
    /// Elements that are passed over with all they hold, by local name.
    const HIDDEN: &'static [&'static str] = &[];

    /// An element begins: its local name.
    fn open(&mut self, name: &str, element: &BytesStart) -> Result<(), Fault>;
    /// An element ends.
    fn close(&mut self, name: &str) -> Result<(), Fault>;
    /// Characters between tags.
    fn characters(&mut self, text: &str);
}

/// Leads `elements` through `xml`.
///
/// # Errors
/// [`Fault::Broken`] where it is no XML or nested too deep, and what `elements` refuses.
pub fn walk<E: Elements>(format: &str, xml: &str, elements: &mut E) -> Result<(), Fault> {
    let mut reader = Reader::from_str(xml);
    let mut depth = 0_usize;
    // The depth at which the hidden element that is open began.
    let mut hidden = None;
    loop {
        match reader.read_event().map_err(|error| broken(format, &error))? {
            Event::Start(element) => {
                depth += 1;
                if depth > DEEPEST_XML {
                    return Err(broken(format, &format!("elements are nested deeper than {DEEPEST_XML}")));
                }
                match hidden {
                    Some(_) => {}
                    None if E::HIDDEN.contains(&element.local_name().as_ref()) => hidden = Some(depth),
                    None => elements.open(element.local_name().as_ref(), &element)?,
                }
            }
            Event::End(element) => {
                match hidden {
                    Some(begun) if begun == depth => hidden = None,
                    Some(_) => {}
                    None => elements.close(element.local_name().as_ref())?,
                }
                depth = depth.saturating_sub(1);
            }
            Event::Eof => return Ok(()),
            _ if hidden.is_some() => {}
            Event::Empty(element) => {
                let name = element.local_name();
                if !E::HIDDEN.contains(&name.as_ref()) {
                    elements.open(name.as_ref(), &element)?;
                    elements.close(name.as_ref())?;
                }
            }
            Event::Text(text) => elements.characters(&text.xml10_content()),
            Event::CData(text) => elements.characters(&text.xml10_content()),
            Event::GeneralRef(entity) => {
                if let Some(c) = entity_character(&entity) {
                    elements.characters(c.encode_utf8(&mut [0; 4]));
                }
            }
            _ => {}
        }
    }
}

fn entity_character(entity: &BytesRef) -> Option<char> {
    let name = entity.xml10_content();
    match name.as_ref() {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        _ => entity.resolve_char_ref().ok().flatten(),
    }
}

/// The value of an attribute by its local name, entities left as they are.
pub fn attribute(element: &BytesStart, name: &str) -> Option<String> {
    let mut attributes = element.attributes();
    let mut sound = attributes.with_checks(false).flatten();
    sound.find(|attribute| attribute.key.local_name().as_ref() == name).map(|attribute| attribute.value.into_owned())
}
