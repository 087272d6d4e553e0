//! Suffixes as they look in the weaker alphabet, read from the stemmer's `kazakh-chain.tsv`.
//!
//! Takes the table; gives, by last letter, every surface in key letters with its two clean spellings (back and front row), so
//! that a noisy ending can be told and written out clean. Does not know roots; leaves out a row that does not read.

use super::sound::{self, Row};

/// A set of states, one bit each.
pub(crate) type States = u64;

/// One surface of one table row.
#[derive(Debug)]
pub(crate) struct Suffix {
    /// In key letters.
    pub keys: Vec<char>,
    /// Clean, after a back and after a front vowel.
    pub spellings: [Box<str>; 2],
    /// The row that its а or е shows.
    pub row: Option<Row>,
    /// Letters that may stand before it.
    pub before: u8,
    /// Endings in key letters, one of which must stand before it; none: any.
    pub ends: Vec<Vec<char>>,
    /// Where the clean spelling has ң.
    pub velar_nasal: Option<usize>,
    /// It is the genitive, whose ң is no second person.
    pub genitive: bool,
    /// It has swallowed the last letter of a verb in ы, і or й.
    pub fused: bool,
    pub from: States,
    pub to: States,
    pub weight: i32,
    pub cost: i32,
}

impl Suffix {
    /// Whether the key letters before it end as the table row asks.
    pub fn may_follow(&self, keys: &[char]) -> bool {
        self.ends.is_empty() || self.ends.iter().any(|end| keys.ends_with(end))
    }
}

/// The chain, by last key letter.
#[derive(Debug, Default)]
pub(crate) struct Chain {
    by_last: Vec<(char, Vec<Suffix>)>,
    names: Vec<String>,
}

impl Chain {
    /// Reads the inflection rows; `key` is the weaker alphabet.
    pub fn read(table: &str, key: impl Fn(char) -> char + Copy) -> Self {
        let mut chain = Self::default();
        for line in table.lines().filter(|line| !line.starts_with('#')) {
            let columns: Vec<&str> = line.split('\t').collect();
            let [from, after, template, to, weight, cost, "i"] = columns[..] else { continue };
            let (Ok(weight), Ok(cost)) = (weight.parse(), cost.parse()) else { continue };
            let (from, to) = (chain.states(from), chain.states(to));
            let allowed = match after {
                "V" => sound::VOWEL | sound::GLIDE,
                "C" => sound::ANY & !sound::VOWEL | sound::GLIDE,
                _ => sound::ANY,
            };
            let genitive = template.starts_with('T');
            let ends: Vec<Vec<char>> = match after {
                "V" | "C" | "*" => Vec::new(),
                list => list.split(',').map(|end| sound::keys(end, key)).collect(),
            };
            for (spellings, before) in spell(template) {
                let first = spellings[0].chars().next();
                let mut add = |spellings: [Box<str>; 2], before: u8, fused: bool| {
                    let keys = sound::keys(&spellings[0], key);
                    let velar_nasal = spellings[0].chars().position(|c| c == 'ң');
                    let front = sound::keys(&spellings[1], key);
                    if keys == front {
                        chain.add(Suffix {
                            keys,
                            spellings,
                            row: None,
                            before,
                            ends: ends.clone(),
                            velar_nasal,
                            genitive,
                            fused,
                            from,
                            to,
                            weight,
                            cost,
                        });
                    } else {
                        let twin = [spellings[1].clone(), spellings[1].clone()];
                        let back = [spellings[0].clone(), spellings[0].clone()];
                        let suffix = |keys, spellings, row| {
                            let ends = if fused { Vec::new() } else { ends.clone() };
                            Suffix {
                                keys,
                                spellings,
                                row,
                                before,
                                ends,
                                velar_nasal,
                                genitive,
                                fused,
                                from,
                                to,
                                weight,
                                cost,
                            }
                        };
                        chain.add(suffix(front, twin, Some(Row::Front)));
                        chain.add(suffix(keys, back, Some(Row::Back)));
                    }
                };
                let respelt = |letter: char| {
                    let change = |text: &str| -> Box<str> {
                        std::iter::once(letter).chain(text.chars().skip(1)).collect::<String>().into()
                    };
                    [change(&spellings[0]), change(&spellings[1])]
                };
                match first {
                    Some('й') => add(respelt('и'), sound::ANY & !sound::VOWEL | sound::GLIDE, true),
                    Some('а') if after == "C" => add(respelt('я'), sound::ANY, true),
                    Some('у') => {
                        add(respelt('ю'), sound::ANY, true);
                        add(spellings.clone(), sound::ANY, true);
                    }
                    _ => {}
                }
                add(spellings, before & allowed, false);
            }
        }
        chain
    }

    /// The bits of a comma list of state names.
    pub fn states(&mut self, list: &str) -> States {
        list.split(',').fold(0, |set, name| {
            let at = self.names.iter().position(|known| known == name).unwrap_or_else(|| {
                self.names.push(name.to_owned());
                self.names.len() - 1
            });
            set | 1_u64.checked_shl(u32::try_from(at).unwrap_or(63)).unwrap_or(0)
        })
    }

    /// The suffixes that end in a key letter.
    pub fn ending_in(&self, last: char) -> &[Suffix] {
        self.by_last.iter().find(|(c, _)| *c == last).map_or(&[], |(_, list)| list)
    }

    fn add(&mut self, suffix: Suffix) {
        let Some(&end) = suffix.keys.last() else { return };
        match self.by_last.iter_mut().find(|(c, _)| *c == end) {
            Some((_, list)) => list.push(suffix),
            None => self.by_last.push((end, vec![suffix])),
        }
    }
}

/// Spells a template out (capitals as in `models/stem/README.md`): both rows' spellings and the classes of letter before.
fn spell(template: &str) -> Vec<([Box<str>; 2], u8)> {
    use sound::{ANY, GLIDE, L, LOAN, NASAL, R_J, VOICELESS, VOWEL, Z};
    const HARD: u8 = VOICELESS | LOAN;
    let Some(first) = template.chars().next() else { return Vec::new() };
    let heads: &[(char, u8)] = match first {
        'L' => &[('л', VOWEL | GLIDE | R_J), ('д', L | NASAL | Z), ('т', HARD)],
        'N' => &[('н', VOWEL | GLIDE), ('д', R_J | L | NASAL | Z | GLIDE), ('т', HARD)],
        'T' => &[('н', VOWEL | GLIDE | NASAL), ('д', R_J | L | Z | GLIDE), ('т', HARD)],
        'D' => &[('д', VOWEL | GLIDE | R_J | L | NASAL | Z), ('т', HARD)],
        'B' => &[('д', VOWEL | GLIDE | R_J | L | Z), ('н', NASAL), ('т', HARD)],
        'G' => &[('Q', VOWEL | GLIDE | R_J | L | NASAL | Z), ('X', HARD)],
        'M' => &[('м', VOWEL | GLIDE | R_J | L), ('б', NASAL | Z), ('п', HARD)],
        'Z' => &[('м', VOWEL | GLIDE | R_J | L | NASAL), ('б', Z | NASAL | L), ('п', HARD)],
        'W' => &[('м', VOWEL | GLIDE | R_J | L | NASAL), ('б', Z), ('п', HARD)],
        _ => &[('\0', ANY)],
    };
    let of_row = |head: char, row: usize| -> Box<str> {
        let head = if head == '\0' { first } else { head };
        std::iter::once(head)
            .chain(template.chars().skip(1))
            .map(|c| match c {
                'A' => ['а', 'е'][row],
                'I' => ['ы', 'і'][row],
                'Q' => ['ғ', 'г'][row],
                'X' => ['қ', 'к'][row],
                c => c,
            })
            .collect::<String>()
            .into()
    };
    heads.iter().map(|&(head, before)| ([of_row(head, 0), of_row(head, 1)], before)).collect()
}
