//! Column names: the canonical ones of the formats, and what people write instead.

use std::{collections::BTreeMap, sync::OnceLock};

/// The canonical name of a column as written: trimmed, in lower case, other names looked up in `models/ingest/columns.toml`.
pub fn canonical(written: &str) -> String {
    static NAMES: OnceLock<BTreeMap<String, String>> = OnceLock::new();
    let names = NAMES.get_or_init(|| {
        let table: BTreeMap<String, Vec<String>> =
            toml::from_str(include_str!("../../models/ingest/columns.toml")).unwrap_or_default();
        table.into_iter().flat_map(|(name, others)| others.into_iter().map(move |o| (o, name.clone()))).collect()
    });
    let name = written.trim().to_lowercase().replace(' ', "_");
    names.get(&name).cloned().unwrap_or(name)
}

#[cfg(test)]
mod tests {
    use super::canonical;

    #[test]
    fn people_write_columns_in_their_language() {
        assert_eq!(canonical(" Инициатор "), "initiator");
        assert_eq!(canonical("Қол қойғандар"), "cosigners");
        assert_eq!(canonical("anything_else"), "anything_else");
    }
}
