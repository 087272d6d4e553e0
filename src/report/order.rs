//! The order of names: by the alphabet of Kazakh, which holds all letters of Russian; other letters after it.

/// Kazakh, with the Russian letters in their places.
const ALPHABET: &str = "аәбвгғдеёжзийкқлмнңоөпрстуұүфхһцчшщъыіьэюя";

/// What `name` is sorted by: letters by their place in the alphabet, then the name itself so that the order is total.
pub fn key(name: &str) -> (Vec<u32>, String) {
    let place = |c: char| match ALPHABET.chars().position(|letter| letter == c) {
        #[expect(clippy::cast_possible_truncation, reason = "an alphabet is short")]
        Some(place) => 0x100 + place as u32,
        // Below the alphabet: blanks and Latin letters; above it: the rest.
        None if c.is_ascii() => c as u32,
        None => 0x200 + c as u32,
    };
    let letters = name.chars().flat_map(char::to_lowercase).filter(|c| !matches!(c, '«' | '»' | '"' | '“' | '”'));
    (letters.map(place).collect(), name.to_owned())
}

#[cfg(test)]
mod tests {
    use super::key;

    #[test]
    fn kazakh_letters_stand_in_their_places() {
        let mut names =
            ["Яков", "Әбіл", "Құспан", "Қасқарауов", "Кенжин", "Абаев", "Бапи", "«Береке» партиясы", "Ілияс", "Ықсан"];
        names.sort_by_key(|name| key(name));
        let sorted =
            ["Абаев", "Әбіл", "Бапи", "«Береке» партиясы", "Кенжин", "Қасқарауов", "Құспан", "Ықсан", "Ілияс", "Яков"];
        assert_eq!(names, sorted);
    }
}
