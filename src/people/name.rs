//! A personal name taken apart: full words and initials, in one written form.

/// The words of a name, folded; one-letter words are initials.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Name {
    /// Words of two letters or more, in order.
    pub words: Vec<String>,
    /// One-letter words, in order.
    pub initials: Vec<char>,
}

impl Name {
    /// Reads a name as written: `Құспан Абзал`, `А.Құспан`, `Гордеева И. В.`
    pub fn parse(written: &str) -> Self {
        let mut name = Self { words: Vec::new(), initials: Vec::new() };
        let mut folded = String::new();
        for word in written.split(|c: char| !(c.is_alphanumeric() || c == '-' || c == '\u{301}')) {
            crate::analysis::fold::fold(word, &mut folded);
            let mut letters = folded.chars();
            match (letters.next(), letters.next()) {
                (Some(initial), None) => name.initials.push(initial),
                (Some(_), Some(_)) => name.words.push(folded.clone()),
                (None, _) => {}
            }
        }
        name
    }

    /// The name with Kazakh letters as a Russian keyboard writes them and surnames without their gender: what different
    /// spellings of one name share.
    #[must_use]
    pub fn plain(&self) -> Self {
        let words =
            self.words.iter().map(|word| ungendered(&word.chars().map(plain_letter).collect::<String>())).collect();
        Self { words, initials: self.initials.iter().copied().map(plain_letter).collect() }
    }

    /// Sorted words and initials: equal for names that differ in order alone.
    pub fn key(&self) -> (Vec<&str>, Vec<char>) {
        let mut words: Vec<&str> = self.words.iter().map(String::as_str).collect();
        words.sort_unstable();
        let mut initials = self.initials.clone();
        initials.sort_unstable();
        (words, initials)
    }
}

fn plain_letter(letter: char) -> char {
    match letter {
        'ә' => 'а',
        'ғ' => 'г',
        'қ' => 'к',
        'ң' => 'н',
        'ө' => 'о',
        'ұ' | 'ү' => 'у',
        'һ' => 'х',
        'і' | 'ы' | 'й' => 'и',
        other => other,
    }
}

/// A surname without the ending of its gender: -ова, -ева, -ина as -ов, -ев, -ин; -ская as -ский.
fn ungendered(word: &str) -> String {
    for (feminine, masculine) in [("ова", "ов"), ("ева", "ев"), ("ина", "ин"), ("ская", "скии"), ("цкая", "цкии")]
    {
        if word.chars().count() > feminine.chars().count() + 2
            && let Some(stem) = word.strip_suffix(feminine)
        {
            return format!("{stem}{masculine}");
        }
    }
    word.to_owned()
}

#[cfg(test)]
mod tests {
    use super::Name;

    #[test]
    fn names_are_taken_apart() {
        let name = Name::parse("Гордеева И. В.");
        assert_eq!((name.words.len(), name.initials.clone()), (1, vec!['и', 'в']));
        assert_eq!(Name::parse("А.Құспан").plain().words, ["куспан"]);
        assert_eq!(Name::parse("Саблянова").plain(), Name::parse("Саблянов").plain());
    }
}
