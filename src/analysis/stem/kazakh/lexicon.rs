//! The roots: which stems are words, of which class, and how they are spelt before a vowel.
//!
//! Takes `models/stem/kazakh-roots.tsv` and `kazakh-exceptions.tsv`; gives the readings of a surface stem.

use std::collections::HashMap;

/// When a spelling of a root holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Spelling {
    /// The dictionary form.
    Plain,
    /// Final б, г, ғ for п, к, қ, or the last vowel out: before a vowel.
    BeforeVowel,
    /// Final у for п: before -ып.
    BeforeP,
    /// The final ы, і or й is fused into the suffix's first letter.
    Fused,
}

/// A reading of a surface stem.
pub(super) struct Root {
    /// Bit set of the states that the root may start in.
    pub classes: u64,
    pub spelling: Spelling,
    /// The dictionary form.
    pub key: Box<str>,
}

/// All roots, by surface.
#[derive(Default)]
pub(super) struct Lexicon {
    roots: HashMap<Box<str>, Vec<Root>>,
    exceptions: HashMap<Box<str>, Box<str>>,
}

impl Lexicon {
    /// Reads both tables; `states` turns a class name into its bits.
    pub fn read(roots: &str, exceptions: &str, mut states: impl FnMut(&str) -> u64) -> Self {
        let mut lexicon = Self::default();
        let (noun, verb) = (states("n"), states("v"));
        for line in roots.lines().filter(|line| !line.starts_with('#')) {
            let mut columns = line.split('\t');
            let (Some(root), Some(names)) = (columns.next(), columns.next()) else { continue };
            let classes = names.split(',').fold(0, |set, name| match name {
                "v" => set | verb,
                "num" => set | noun | states("num"),
                _ => set | noun,
            });
            lexicon.add(root, classes, Spelling::Plain, root);
            lexicon.respell(root, classes, verb, columns.next() == Some("elide"));
        }
        for line in exceptions.lines().filter(|line| !line.starts_with('#')) {
            if let Some((form, key)) = line.split_once('\t') {
                lexicon.exceptions.insert(form.into(), key.into());
            }
        }
        lexicon
    }

    /// The readings of a surface stem.
    pub fn readings(&self, surface: &str) -> &[Root] {
        self.roots.get(surface).map_or(&[], Vec::as_slice)
    }

    /// Whether the surface is a root as it stands.
    pub fn is_root(&self, surface: &str) -> bool {
        self.readings(surface).iter().any(|root| root.spelling == Spelling::Plain)
    }

    /// The key of an irregular form.
    pub fn exception(&self, form: &str) -> Option<&str> {
        self.exceptions.get(form).map(AsRef::as_ref)
    }

    fn respell(&mut self, root: &str, classes: u64, verb: u64, elides: bool) {
        let Some((at, last)) = root.char_indices().next_back() else { return };
        let body = &root[..at];
        let with = |c: char| format!("{body}{c}");
        match last {
            'п' => self.add(&with('б'), classes, Spelling::BeforeVowel, root),
            'к' => self.add(&with('г'), classes, Spelling::BeforeVowel, root),
            'қ' => self.add(&with('ғ'), classes, Spelling::BeforeVowel, root),
            'ь' => self.add(body, classes, Spelling::BeforeVowel, root),
            // объект, субъект: объектілер, объектісі
            'т' if body.ends_with('к') && classes & verb == 0 => {
                self.add(&format!("{root}і"), classes, Spelling::Plain, root);
            }
            _ => {}
        }
        if classes & verb != 0 {
            match last {
                'п' => self.add(&with('у'), verb, Spelling::BeforeP, root),
                'ы' | 'і' | 'й' => self.add(body, verb, Spelling::Fused, root),
                'и' => self.add(root, verb, Spelling::Fused, root),
                _ => {}
            }
        }
        if elides && let Some((vowel, _)) = body.char_indices().next_back() {
            let before = &root[..vowel];
            let last = match last {
                'п' => 'б',
                'к' => 'г',
                c => c,
            };
            self.add(&format!("{before}{last}"), classes, Spelling::BeforeVowel, root);
        }
    }

    fn add(&mut self, surface: &str, classes: u64, spelling: Spelling, key: &str) {
        let root = Root { classes, spelling, key: key.into() };
        self.roots.entry(surface.into()).or_default().push(root);
    }
}
