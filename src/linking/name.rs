//! Do an inquiry and a clause name the same: villages, streets, rivers, plants that no table has?
//!
//! Takes the tokens of a text; gives its names. Promises: two names agree across Kazakh and Russian spelling and their endings («Борсай», «Борсайдағы»,
//! «Борсайского»). Does not know: what a name stands for, or abbreviations.

use super::structure::bare;
use crate::analysis::{Token, TokenKind};

/// A shorter word is no name that can be told from another.
const SHORTEST: usize = 3;
/// The share of the longer of two names that must be the same from the start.
const SAME: f64 = 0.65;
/// So many letters must be the same, or all of the shorter name.
const LETTERS: usize = 4;

/// A name, bare of what tells Kazakh spelling from Russian.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Name {
    letters: Box<[char]>,
    /// False for a word that may have its capital from the beginning of a sentence.
    pub sure: bool,
}

impl Name {
    /// The name that a token is; none for a word in small letters, in capitals alone, or for a stop word.
    pub fn of(text: &str, token: &Token) -> Option<Self> {
        let mut written = token.span.of(text).chars();
        let capital = written.next().is_some_and(char::is_uppercase) && written.any(char::is_lowercase);
        if token.kind != TokenKind::Word || token.stop || !capital {
            return None;
        }
        let letters: Box<[char]> = bare(&token.folded).chars().filter(|letter| !matches!(letter, 'ь' | 'ъ')).collect();
        let before = text[..token.span.start].trim_end_matches([' ', '«', '"', '“', '„', '(']);
        let sure = before
            .chars()
            .next_back()
            .is_some_and(|sign| sign.is_alphanumeric() || matches!(sign, ',' | '»' | '-' | '–' | '—' | ';'));
        (letters.len() >= SHORTEST).then_some(Self { letters, sure })
    }

    /// True where two names are forms of one.
    pub fn is(&self, other: &Self) -> bool {
        let same = self.letters.iter().zip(&*other.letters).take_while(|(a, b)| a == b).count();
        let (shorter, longer) =
            (self.letters.len().min(other.letters.len()), self.letters.len().max(other.letters.len()));
        #[expect(clippy::cast_precision_loss, reason = "counts of letters")]
        let enough = same as f64 >= SAME * longer as f64;
        enough && same >= LETTERS.min(shorter)
    }
}

/// How a clause's names stand to an inquiry's: `shared`, `elsewhere` where the inquiry has others, `unnamed` where one of the two has none for sure.
pub fn shared(clause: &[Name], inquiry: &[Name]) -> &'static str {
    let mut sure = clause.iter().filter(|name| name.sure).peekable();
    match () {
        () if sure.peek().is_none() => "unnamed",
        () if sure.any(|name| inquiry.iter().any(|other| name.is(other))) => "shared",
        () if inquiry.iter().any(|name| name.sure) => "elsewhere",
        () => "unnamed",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::Analyzer;

    fn names(text: &str) -> Vec<Name> {
        Analyzer::default().tokens(text, None).iter().filter_map(|token| Name::of(text, token)).collect()
    }

    #[test]
    fn one_name_in_two_languages_and_many_forms() {
        let promise = names("Дорога Борсай — Тузколь: все 64 километра под асфальт.");
        assert_eq!(shared(&promise, &names("Тұзкөлге баратын жол тозған.")), "shared");
        assert_eq!(shared(&promise, &names("О дороге Таскудук — Акшенгель")), "elsewhere");
        assert_eq!(
            shared(&names("Ұзынарна каналын бетондаймыз."), &names("Русло Узынарны в голом грунте.")),
            "unnamed"
        );
        assert_eq!(
            shared(&names("Біз Ұзынарна каналын бетондаймыз."), &names("Русло Узынарны в голом грунте.")),
            "shared"
        );
        assert_eq!(shared(&names("Отремонтируем дороги."), &names("В Борсае нет дорог.")), "unnamed");
        assert_eq!(shared(&promise, &names("Жол тозған.")), "unnamed", "the inquiry says nothing of where");
    }

    #[test]
    fn what_is_no_name() {
        assert_eq!(names("дорога в ЖЭО и ТЭЦ"), []);
        assert!(names("Дорога. Мост").iter().all(|name| !name.sure));
    }
}
