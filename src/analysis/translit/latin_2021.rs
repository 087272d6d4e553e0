//! The Latin alphabet of 2021: ä ğ ı ñ ö ū ü ş.
//!
//! As in Turkish, `I` is the capital of `ı` (і) and `İ` of `i` (и, й). The table is `models/translit/latin-2021.tsv`.

pub(super) const TABLE: &str = include_str!("../../../models/translit/latin-2021.tsv");

/// The lower case of a letter.
pub(super) fn lower(c: char, out: &mut Vec<char>) {
    match c {
        'I' => out.push('ı'),
        'İ' => out.push('i'),
        // The dot that a lower-cased İ leaves behind.
        '\u{307}' => {}
        c => out.extend(c.to_lowercase()),
    }
}
