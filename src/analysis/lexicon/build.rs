//! Reads the lexicon from the tables of `models/stem`, `models/stopwords`, `models/glossary` and `models/noise`.
//!
//! Takes the tables as they are compiled in; gives every root with the spellings it takes before suffixes, under their skeletons.
//! A line that does not read is left out. Does not know which forms occur.

use super::chain::Chain;
use super::{Lexicon, MAX_LETTERS, Reading, Readings, Spelling, sound};
use crate::analysis::noise::Letters;
use crate::analysis::stem::kazakh::morphotactics::States;
use std::sync::OnceLock;

const ROOTS: &str = include_str!("../../../models/stem/kazakh-roots.tsv");
const STOPWORDS: &str = include_str!("../../../models/stopwords/kk.txt");
const CHAIN: &str = include_str!("../../../models/stem/kazakh-chain.tsv");
pub(super) const WORDS: &str = include_str!("../../../models/noise/words.tsv");
const EXCEPTIONS: &str = include_str!("../../../models/stem/kazakh-exceptions.tsv");
pub(super) const TWINS: &str = include_str!("../../../models/noise/twins.tsv");
const GLOSSARY: &str = include_str!("../../../models/glossary/policy-kk-ru.tsv");

impl Default for Lexicon {
    fn default() -> Self {
        let letters = Letters::default();
        let mut chain = Chain::read(CHAIN, |c| letters.key(c));
        let (noun, verb, number) = (chain.states("n"), chain.states("v"), chain.states("num"));
        let last = !chain.states("vo");
        let (roots, names, readings, sorted) = (Vec::new(), Vec::new(), Readings::default(), OnceLock::new());
        let twins = TWINS.lines().filter(|line| !line.starts_with('#'));
        let likely = twins.filter_map(|line| line.split('\t').next()).map(Into::into).collect();
        let mut lexicon = Self { letters, chain, roots, names, readings, sorted, likely, noun, verb, last };
        for line in [ROOTS, WORDS].into_iter().flat_map(str::lines).filter(|line| !line.starts_with('#')) {
            let mut columns = line.split('\t');
            let (Some(root), Some(classes)) = (columns.next(), columns.next()) else { continue };
            let bits = classes.split(',').fold(0, |set, name| match name {
                "v" => set | verb,
                "num" => set | noun | number,
                _ => set | noun,
            });
            lexicon.insert(root, bits, columns.next() == Some("elide"), classes == "np");
        }
        for line in EXCEPTIONS.lines().filter(|line| !line.starts_with('#')) {
            if let Some((form, key)) = line.split_once('\t') {
                let root = lexicon.root(key, false);
                lexicon.add(form, noun, Spelling::Form, root);
            }
        }
        for form in STOPWORDS.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#')) {
            let known = lexicon.analyse(form).is_some_and(|analysis| analysis.exact);
            if !known && form.chars().all(char::is_lowercase) {
                let root = lexicon.root(form, false);
                lexicon.add(form, noun, Spelling::Form, root);
            }
        }
        let rows = GLOSSARY.lines().filter(|line| !line.starts_with('#')).skip(1);
        for word in rows.filter_map(|row| row.split('\t').nth(1)).flat_map(|cell| cell.split([';', ' ', '-'])) {
            let known = lexicon.analyse(word).is_some_and(|analysis| analysis.exact);
            if word.chars().count() > 2 && !known && word.chars().all(char::is_lowercase) {
                lexicon.insert(word, noun, false, false);
            }
        }
        lexicon
    }
}

impl Lexicon {
    fn root(&mut self, root: &str, name: bool) -> u32 {
        self.roots.push(root.into());
        self.names.push(name);
        u32::try_from(self.roots.len() - 1).unwrap_or(u32::MAX)
    }

    /// Enters a root with the spellings it takes before suffixes.
    fn insert(&mut self, root: &str, classes: States, elides: bool, name: bool) {
        let Some((at, last)) = root.char_indices().next_back() else { return };
        let id = self.root(root, name);
        self.add(root, classes, Spelling::Plain, id);
        let body = &root[..at];
        let voiced = match last {
            'п' => 'б',
            'к' => 'г',
            'қ' => 'ғ',
            c => c,
        };
        if voiced != last {
            self.add(&format!("{body}{voiced}"), classes, Spelling::BeforeVowel, id);
        }
        if last == 'ь' {
            self.add(body, classes, Spelling::BeforeVowel, id);
        }
        if last == 'т' && body.ends_with('к') && classes & self.verb == 0 {
            self.add(&format!("{root}і"), classes, Spelling::Plain, id);
        }
        if classes & self.verb != 0 {
            match last {
                'п' => self.add(&format!("{body}у"), self.verb, Spelling::BeforeP, id),
                'ы' | 'і' | 'й' | 'и' => self.add(body, self.verb, Spelling::Fused, id),
                _ => {}
            }
        }
        if elides && let Some((vowel, _)) = body.char_indices().next_back() {
            self.add(&format!("{}{voiced}", &root[..vowel]), classes, Spelling::BeforeVowel, id);
        }
    }

    fn add(&mut self, surface: &str, classes: States, spelling: Spelling, root: u32) {
        let (mut keys, mut letters) = ([' '; MAX_LETTERS], [' '; MAX_LETTERS]);
        let aligned = self.letters.align(surface, &mut keys, &mut letters);
        let Some((length, doubles)) = aligned.filter(|aligned| aligned.0 > 0) else { return };
        let row = sound::last_row(surface.chars());
        let likely =
            usize::try_from(root).ok().and_then(|at| self.roots.get(at)).is_some_and(|r| self.likely.contains(r));
        let rank = i32::from(likely);
        let (letters, surface) = (letters[..length].into(), surface.into());
        let reading = Reading { root, classes, spelling, letters, doubles, rank, surface, row };
        self.readings.entry(keys[..length].into()).or_default().push(reading);
    }
}
