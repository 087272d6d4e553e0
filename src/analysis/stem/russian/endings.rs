//! Endings of Russian nouns, adjectives and adverbs.
//!
//! Takes a word; gives what is left of it. Lengths are bytes; every cut is at an ending that was matched as
//! text, so it is a character boundary.

use std::borrow::Cow;

/// Noun endings, the shortest first.
pub(super) const NOUN: [&str; 28] = [
    "", "а", "я", "о", "е", "ы", "и", "у", "ю", "ь", "й", "ой", "ей", "ою", "ею", "ом", "ем", "ам", "ям", "ов", "ев",
    "ах", "ях", "ью", "ью", "ами", "ями", "ьми",
];

/// Adjective endings, hard and soft.
pub(super) const ADJECTIVE: [&str; 25] = [
    "ый", "ая", "ое", "ые", "ого", "ому", "ым", "ом", "ых", "ыми", "ой", "ую", "ою", "ий", "яя", "ее", "ие", "его",
    "ему", "им", "ем", "их", "ими", "ей", "юю",
];

/// Endings after the и of nouns in -ие and -ия.
const AFTER_I: [&str; 11] = ["е", "я", "ю", "ем", "ей", "и", "й", "ям", "ями", "ях", "ею"];

/// Letters of the word, cheap and exact for Cyrillic, an upper bound else.
fn letters(text: &str) -> usize {
    text.chars().count()
}

/// What stands before `ending`, if the word has it. Last bytes first: most words are told apart by them, without a call.
pub(super) fn before<'w>(word: &'w str, ending: &str) -> Option<&'w str> {
    let same = ending.is_empty() || word.as_bytes().last() == ending.as_bytes().last();
    if same { word.strip_suffix(ending) } else { None }
}

fn last(text: &str) -> Option<char> {
    text.chars().next_back()
}

fn is_vowel(c: char) -> bool {
    "аеиоуыэюя".contains(c)
}

/// Where to cut a noun in -ие or -ия (-ние, -тие, -ция …): after the и. `None` for other words.
pub(super) fn soft_noun(word: &str) -> Option<usize> {
    let stem = AFTER_I.iter().filter_map(|ending| before(word, ending)).find(|stem| stem.ends_with('и'))?;
    let ending = &word[stem.len()..];
    let body = stem.strip_suffix('и')?;
    let mut before = body.chars().rev();
    let (last, previous) = (before.next()?, before.next()?);
    // Endings that adjectives have too: -ие, -ий.
    let ambiguous = matches!(ending, "е" | "й");
    let noun = match last {
        'к' | 'г' | 'х' | 'ж' | 'ш' | 'ч' | 'щ' => !ambiguous,
        'н' => !ambiguous || matches!(previous, 'а' | 'е' | 'я' | 'о' | 'и' | 'э'),
        'т' => letters(body) > 3 || !ambiguous,
        c => !is_vowel(c) || !ambiguous,
    };
    (noun && letters(body) >= 3).then_some(stem.len())
}

/// Where to cut a noun in -ость: after the т. `None` for other words and for short ones (гость).
pub(super) fn quality_noun(word: &str) -> Option<usize> {
    ["ь", "и", "ью", "ей", "ям", "ями", "ях"]
        .iter()
        .filter_map(|ending| before(word, ending))
        .find(|stem| (stem.ends_with("ост") || stem.ends_with("жест")) && letters(stem) > 5)
        .map(str::len)
}

/// Adverbs in -чески, -но and the like: kept apart from their adjectives.
pub(super) fn is_adverb(word: &str) -> bool {
    let body = |ending: &str| word.strip_suffix(ending).is_some_and(|stem| letters(stem) >= 4);
    body("чески") || (body("но") && !word.ends_with("мно"))
}

/// Verb-like endings that only Snowball's groups cover.
pub(super) fn looks_verbal(word: &str) -> bool {
    let body = ["ся", "сь", "ущий", "ующий", "вший"].iter().any(|ending| word.ends_with(ending));
    let participle = ADJECTIVE.iter().filter_map(|ending| before(word, ending)).any(|stem| {
        letters(stem) > 4 && ["ущ", "ющ", "ащ", "ящ", "вш", "ейш", "айш"].iter().any(|suffix| stem.ends_with(suffix))
    });
    letters(word) > 4 && (body || participle)
}

/// The word without its longest nominal ending that leaves a stem.
pub(super) fn nominal(word: &str) -> &str {
    let fits = |stem: &&str, ending: &str| {
        let least = if letters(ending) > 1 { 3 } else { 2 };
        letters(stem) >= least && stem.chars().any(is_vowel)
    };
    NOUN.iter()
        .chain(&ADJECTIVE)
        .filter(|ending| !ending.is_empty())
        .filter_map(|ending| before(word, ending).filter(|stem| fits(stem, ending)))
        .min_by_key(|stem| stem.len())
        .unwrap_or(word)
}

/// A bare noun with the fleeting vowel of its last syllable out: список as in списка, немец as in немца.
pub(super) fn without_fleeting(word: &str) -> Cow<'_, str> {
    let (body, consonant) = match last(word) {
        Some('к') => (&word[..word.len() - 2], 'к'),
        Some('ц') => (&word[..word.len() - 2], 'ц'),
        _ => return Cow::Borrowed(word),
    };
    let Some(vowel) = last(body) else { return Cow::Borrowed(word) };
    let rest = &body[..body.len() - vowel.len_utf8()];
    let Some(before) = last(rest) else { return Cow::Borrowed(word) };
    match (vowel, consonant) {
        ('о', 'к') if !is_vowel(before) && letters(rest) >= 3 => Cow::Owned(format!("{rest}к")),
        ('е', 'к') if matches!(before, 'ж' | 'ш' | 'ч') && letters(rest) >= 3 => Cow::Owned(format!("{rest}к")),
        ('е', 'ц') if is_vowel(before) => Cow::Owned(format!("{rest}йц")),
        ('е', 'ц') if letters(rest) >= 2 => Cow::Owned(format!("{rest}ц")),
        _ => Cow::Borrowed(word),
    }
}

/// A key without word-building suffixes.
pub(super) fn underived(key: Cow<'_, str>) -> Cow<'_, str> {
    const SUFFIXES: [&str; 12] =
        ["ность", "ност", "ени", "ани", "ировать", "овать", "ить", "ать", "еть", "ство", "ств", "н"];
    let keep =
        SUFFIXES.iter().filter_map(|suffix| key.strip_suffix(suffix)).find(|stem| letters(stem) >= 4).map(str::len);
    match (keep, key) {
        (None, key) => key,
        (Some(keep), Cow::Borrowed(text)) => Cow::Borrowed(&text[..keep]),
        (Some(keep), Cow::Owned(mut text)) => {
            text.truncate(keep);
            Cow::Owned(text)
        }
    }
}
