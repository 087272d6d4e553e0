//! Russian verbs: from a form to the infinitive, by a table of unprefixed verbs and by regular classes.
//!
//! Takes a word; gives the infinitive (a key, at times not the dictionary's own: -евать is written -овать),
//! with -ся for reflexives. Does not know which of two verbs of one form is meant.

use super::endings::ADJECTIVE;
use super::regular::{self, ByLast, Regular, by_last, matching};
use foldhash::HashMap;

/// Which endings a stem takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Infinitive,
    /// Past after a vowel.
    Past,
    /// Past after a consonant.
    HardPast,
    /// Present with е.
    First,
    /// Present with и.
    Second,
    /// Passive participle in -н.
    PassiveN,
    /// Passive participle in -т.
    PassiveT,
}

const PREFIXES: [&str; 34] = [
    "в", "во", "вз", "вос", "воз", "вс", "вы", "до", "за", "из", "изо", "ис", "на", "над", "недо", "низ", "о", "об",
    "обо", "от", "ото", "пере", "по", "под", "подо", "пре", "пред", "при", "про", "раз", "рас", "разо", "с", "со",
];
const MORE_PREFIXES: [&str; 4] = ["у", "съ", "изъ", "въ"];

/// The verbs of the table.
pub(super) struct Verbs {
    stems: HashMap<String, Vec<(Kind, usize)>>,
    infinitives: Vec<&'static str>,
    endings: ByLast<Kind>,
    regular: ByLast<Regular>,
}

impl Verbs {
    /// Reads the table: infinitive, third person, past, by tabs.
    pub fn read(table: &'static str) -> Self {
        let mut verbs = Self {
            stems: HashMap::default(),
            infinitives: Vec::new(),
            endings: by_last(endings()),
            regular: regular::endings(),
        };
        for line in table.lines().filter(|line| !line.starts_with('#')) {
            let mut columns = line.split('\t');
            if let Some(infinitive) = columns.next().filter(|text| text.len() > 4) {
                verbs.enter(infinitive, columns.next(), columns.next());
            }
        }
        verbs
    }

    /// The infinitive of a verb form; `None` if it is none.
    pub fn key(&self, word: &str) -> Option<String> {
        if let Some(plain) = word.strip_suffix("ся").or_else(|| word.strip_suffix("сь"))
            && let Some(key) = self.plain_key(plain, true)
        {
            return Some(key + "ся");
        }
        self.plain_key(word, false)
    }

    fn plain_key(&self, word: &str, reflexive: bool) -> Option<String> {
        for (ending, kind) in matching(&self.endings, word) {
            let stem = &word[..word.len() - ending.len()];
            if is_chance(stem, ending) {
                continue;
            }
            if let Some((prefix, verb)) = self.find(stem, *kind, 0) {
                return Some(format!("{}{}", &stem[..prefix], self.infinitives[verb]));
            }
        }
        regular::key(&self.regular, word, reflexive)
    }

    /// The length of the prefix and the verb.
    fn find(&self, stem: &str, kind: Kind, depth: usize) -> Option<(usize, usize)> {
        if let Some(&(_, verb)) = self.stems.get(stem).and_then(|list| list.iter().find(|(k, _)| *k == kind)) {
            return Some((0, verb));
        }
        if depth == 3 {
            return None;
        }
        // The second byte of a Cyrillic letter tells most prefixes apart, without a call.
        let likely = |prefix: &&&str| prefix.as_bytes().get(1) == stem.as_bytes().get(1);
        PREFIXES.iter().chain(&MORE_PREFIXES).filter(likely).find_map(|prefix| {
            let (inner, verb) = self.find(stem.strip_prefix(prefix)?, kind, depth + 1)?;
            Some((inner + prefix.len(), verb))
        })
    }

    fn enter(&mut self, infinitive: &'static str, present: Option<&str>, past: Option<&str>) {
        let verb = self.infinitives.iter().position(|known| *known == infinitive).unwrap_or_else(|| {
            self.infinitives.push(infinitive);
            self.infinitives.len() - 1
        });
        let body = &infinitive[..infinitive.len() - 4];
        let mut add = |stem: &str, kind| self.stems.entry(stem.to_owned()).or_default().push((kind, verb));
        add(infinitive, Kind::Infinitive);
        match past {
            Some(past) => match past.strip_suffix('л').filter(|_| past != "шел") {
                Some(stem) => add(stem, Kind::Past),
                None => add(past, Kind::HardPast),
            },
            None if infinitive.ends_with("ть") => add(body, Kind::Past),
            None => {}
        }
        let second = |stem: &str| (stem.to_owned(), Kind::Second);
        let (stem, kind) = match present {
            Some(third) if third.ends_with("ит") || third.ends_with("ят") || third.ends_with("ат") => {
                second(&third[..third.len() - 4])
            }
            Some(third) => (third[..third.len() - 4].to_owned(), Kind::First),
            None => match body.strip_suffix('и') {
                Some(stem) => second(stem),
                None => (body.to_owned(), Kind::First),
            },
        };
        add(&stem, kind);
        if infinitive.ends_with("ать") || infinitive.ends_with("ять") {
            let passive_t =
                kind == Kind::First && ["ня", "зя", "мя", "жа", "ча", "кля"].iter().any(|end| body.ends_with(end));
            add(body, if passive_t { Kind::PassiveT } else { Kind::PassiveN });
        } else if kind == Kind::Second {
            for stem in softened(&stem) {
                add(&format!("{stem}е"), Kind::PassiveN);
            }
        } else if infinitive.ends_with("ти") || infinitive.ends_with("сть") || infinitive.ends_with("чь") {
            add(&format!("{stem}е"), Kind::PassiveN);
        } else {
            add(body, Kind::PassiveT);
        }
    }
}

/// The stems before the -ен of the passive participle.
fn softened(stem: &str) -> Vec<String> {
    let Some((at, last)) = stem.char_indices().next_back() else { return Vec::new() };
    let body = &stem[..at];
    let ends: &[&str] = match last {
        'т' if body.ends_with('с') => return vec![format!("{}щ", &body[..body.len() - 2]), stem.to_owned()],
        'т' => &["ч", "щ"],
        'д' => &["ж", "жд"],
        'с' => &["ш"],
        'з' => &["ж"],
        'б' => &["бл"],
        'п' => &["пл"],
        'в' => &["вл"],
        'м' => &["мл"],
        _ => return vec![stem.to_owned()],
    };
    ends.iter().map(|end| format!("{body}{end}")).chain([stem.to_owned()]).collect()
}

/// All endings with the kind of stem that takes them.
fn endings() -> Vec<(String, Kind)> {
    let mut all: Vec<(String, Kind)> = vec![(String::new(), Kind::Infinitive)];
    let mut put = |kind, plain: &[&str], participles: &[&str]| {
        all.extend(plain.iter().map(|end| ((*end).to_owned(), kind)));
        for participle in participles {
            all.extend(ADJECTIVE.iter().map(|end| (format!("{participle}{end}"), kind)));
        }
    };
    put(Kind::Past, &["л", "ла", "ло", "ли", "в", "вши"], &["вш"]);
    put(Kind::HardPast, &["", "ла", "ло", "ли"], &["ш"]);
    put(Kind::First, &["у", "ю", "ешь", "ет", "ем", "ете", "ут", "ют", "йте", "ите", "я"], &["ущ", "ющ"]);
    put(Kind::Second, &["ишь", "ит", "им", "ите", "ат", "ят"], &["ащ", "ящ"]);
    put(Kind::PassiveN, &["н", "на", "но", "ны"], &["нн"]);
    put(Kind::PassiveT, &["т", "та", "то", "ты"], &["т"]);
    all
}

/// Whether stem and ending meet by chance in common nouns: приборов, оборота, срыв, отраслью, краткая.
fn is_chance(stem: &str, ending: &str) -> bool {
    match ending {
        "т" | "та" | "то" | "ты" => stem.ends_with('о'),
        "в" => stem.ends_with('о') || stem.ends_with('ы'),
        "у" | "ю" => stem.ends_with('ь'),
        // A gerund of a stem in a vowel: начиная; all else in -я is too often a noun or an adjective.
        "я" => !stem.ends_with("ва") && !stem.ends_with("на"),
        _ => false,
    }
}
