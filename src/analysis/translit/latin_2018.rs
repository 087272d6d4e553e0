//! The Latin alphabet of 2018, with acutes: á ǵ ı ń ó ú ý sh ch.
//!
//! Its capital I is of both і (`i`) and и, й (`ı`): [`lower`] reads it as `i`, and [`lower_dotless`] as `ı` for a second try. The
//! table is `models/translit/latin-2018.tsv`.

pub(super) const TABLE: &str = include_str!("../../../models/translit/latin-2018.tsv");

/// The lower case of a letter, capital I as the letter of і.
pub(super) fn lower(c: char, out: &mut Vec<char>) {
    match c {
        'I' | 'İ' => out.push('i'),
        '\u{307}' => {}
        c => out.extend(c.to_lowercase()),
    }
}

/// The lower case of a letter, capital I as the letter of и and й.
pub(super) fn lower_dotless(c: char, out: &mut Vec<char>) {
    if c == 'I' { out.push('ı') } else { lower(c, out) }
}
