//! Kazakh or Russian, token by token: by letters that only one of them has, by function words and endings, and where a form
//! is possible in both, by its neighbours.

use super::token::{Language, Token, TokenKind};

/// Letters of the Kazakh alphabet that Russian lacks.
const KAZAKH_LETTERS: [char; 9] = ['ә', 'ғ', 'қ', 'ң', 'ө', 'ұ', 'ү', 'һ', 'і'];
/// Endings of Russian inflection that no Kazakh word takes.
const RUSSIAN_ENDINGS: [&str; 44] = [
    "ого", "его", "ому", "ему", "ыми", "ими", "ый", "ий", "ая", "яя", "ое", "ее", "ые", "ие", "ую", "юю", "ой", "ых",
    "их", "ым", "им", "ость", "ости", "ение", "ения", "ению", "ании", "ание", "ания", "ами", "ями", "ах", "ях", "ов",
    "ев", "ить", "ать", "ять", "еть", "ться", "ются", "ется", "ится", "ция",
];
/// Endings of Kazakh inflection, of letters shared with Russian, that no Russian word takes.
const KAZAKH_ENDINGS: [&str; 34] = [
    "лар",
    "лер",
    "дар",
    "дер",
    "тар",
    "тер",
    "лары",
    "лардан",
    "ларда",
    "ларын",
    "дардан",
    "тардан",
    "дан",
    "ден",
    "тан",
    "тен",
    "нан",
    "нен",
    "мен",
    "бен",
    "пен",
    "ында",
    "дык",
    "тык",
    "лык",
    "нын",
    "дын",
    "тын",
    "нда",
    "атын",
    "ган",
    "ген",
    "сыз",
    "сиз",
];
/// How many decided neighbours on each side vote on an undecided form.
const NEIGHBOURS: usize = 4;

/// The language that a form shows by itself; `None` where it could be either.
pub fn of_form(folded: &str) -> Option<Language> {
    let letters = || folded.chars().filter(|c| c.is_alphabetic());
    if letters().any(|c| KAZAKH_LETTERS.contains(&c)) {
        Some(Language::Kazakh)
    } else if !letters().all(|c| matches!(c, 'а'..='я')) {
        Some(Language::Other)
    } else if folded.contains(['щ', 'ъ']) || ends(folded, &RUSSIAN_ENDINGS) {
        Some(Language::Russian)
    } else if ends(folded, &KAZAKH_ENDINGS) {
        Some(Language::Kazakh)
    } else {
        None
    }
}

fn ends(word: &str, endings: &[&str]) -> bool {
    endings.iter().any(|ending| word.len() >= ending.len() + 4 && word.ends_with(ending))
}

/// Gives every undecided word token the language of its decided neighbours, else that of the text. `decided[i]` is what token
/// `i` shows by itself; `text` is the language that the source declares, if any.
pub fn settle(tokens: &mut [Token], decided: &[Option<Language>], text: Option<Language>) {
    let count = |slice: &[Option<Language>], language| slice.iter().filter(|d| **d == Some(language)).count();
    let majority = |slice: &[Option<Language>]| match (count(slice, Language::Kazakh), count(slice, Language::Russian))
    {
        (kazakh, russian) if kazakh > russian => Some(Language::Kazakh),
        (kazakh, russian) if russian > kazakh => Some(Language::Russian),
        _ => None,
    };
    let whole = text.or_else(|| majority(decided)).unwrap_or(Language::Russian);
    for (place, token) in tokens.iter_mut().enumerate() {
        let near = &decided[place.saturating_sub(NEIGHBOURS)..(place + NEIGHBOURS + 1).min(decided.len())];
        token.language = match (token.kind, decided[place]) {
            (TokenKind::Number, _) => Language::Other,
            (_, Some(language)) => language,
            (_, None) => majority(near).unwrap_or(whole),
        };
    }
}

/// The language of a whole text by its tokens: Kazakh, Russian, or `None` where neither has three quarters of the words.
pub fn of_tokens(tokens: &[Token]) -> Option<Language> {
    let count = |language| tokens.iter().filter(|token| token.language == language).count();
    let (kazakh, russian) = (count(Language::Kazakh), count(Language::Russian));
    match () {
        () if kazakh > 3 * russian => Some(Language::Kazakh),
        () if russian > 3 * kazakh => Some(Language::Russian),
        () => None,
    }
}
