//! What a mention holds besides letters.
//!
//! Takes text as written; gives what stands outside brackets, cuts glued words, mends look-alikes.
//! Knows nothing of: names.

/// Stress marks and apostrophes inside words.
pub fn is_mark(c: char) -> bool {
    matches!(c, '\'' | '’' | '‘' | 'ʼ' | 'ʻ' | '`' | '\u{300}'..='\u{36f}' | '\u{200b}'..='\u{200d}')
}

/// True for a Cyrillic letter.
pub fn is_cyrillic(c: char) -> bool {
    matches!(c, '\u{400}'..='\u{52f}')
}

/// A Latin capital in a Cyrillic name, as the Cyrillic letter that looks like it.
pub fn look_alike(letter: char) -> char {
    let pairs = [('a', 'а'), ('b', 'в'), ('c', 'с'), ('e', 'е'), ('h', 'н'), ('k', 'к'), ('m', 'м'), ('o', 'о')];
    let more = [('p', 'р'), ('t', 'т'), ('x', 'х'), ('y', 'у'), ('i', 'і'), ('ə', 'ә')];
    pairs.iter().chain(&more).find(|pair| pair.0 == letter).map_or(letter, |pair| pair.1)
}

/// The text outside brackets and quotes; all of it where nothing else is left.
pub fn outside_brackets(written: &str) -> String {
    let (mut outside, mut depth) = (String::with_capacity(written.len()), 0_usize);
    for c in written.chars() {
        match c {
            '(' | '[' | '«' | '„' => depth += 1,
            ')' | ']' | '»' | '“' => depth = depth.saturating_sub(1),
            _ if depth == 0 => outside.push(c),
            _ => {}
        }
    }
    if outside.chars().any(char::is_alphabetic) { outside } else { written.to_owned() }
}

/// `word` cut where a capital follows a small letter: two words without a space.
pub fn at_capitals(word: &str) -> Vec<&str> {
    let (mut parts, mut start, mut small) = (Vec::new(), 0, false);
    for (at, letter) in word.char_indices() {
        if small && letter.is_uppercase() {
            parts.push(&word[start..at]);
            start = at;
        }
        small = letter.is_lowercase();
    }
    parts.push(&word[start..]);
    parts
}
