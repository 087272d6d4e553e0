//! Russian verbs: from a form to the infinitive, by a table of unprefixed verbs and by regular classes.
//!
//! Takes a word; gives the infinitive (a key, at times not the dictionary's own: -евать is written -овать),
//! with -ся for reflexives. Does not know which of two verbs of one form is meant.

use super::endings::ADJECTIVE;
use std::collections::HashMap;

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
    endings: Vec<(String, Kind)>,
}

impl Verbs {
    /// Reads the table: infinitive, third person, past, by tabs.
    pub fn read(table: &'static str) -> Self {
        let mut verbs = Self { stems: HashMap::new(), infinitives: Vec::new(), endings: endings() };
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
        for (ending, kind) in &self.endings {
            let Some(stem) = word.strip_suffix(ending.as_str()) else { continue };
            if let Some((prefix, verb)) = self.find(stem, *kind, 0) {
                return Some(format!("{}{}", &stem[..prefix], self.infinitives[verb]));
            }
        }
        regular(word, reflexive)
    }

    /// The length of the prefix and the verb.
    fn find(&self, stem: &str, kind: Kind, depth: usize) -> Option<(usize, usize)> {
        if let Some(&(_, verb)) = self.stems.get(stem).and_then(|list| list.iter().find(|(k, _)| *k == kind)) {
            return Some((0, verb));
        }
        if depth == 3 {
            return None;
        }
        PREFIXES.iter().chain(&MORE_PREFIXES).find_map(|prefix| {
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
    put(Kind::Past, &["л", "ла", "ло", "ли", "вши"], &["вш"]);
    put(Kind::HardPast, &["", "ла", "ло", "ли"], &["ш"]);
    put(Kind::First, &["у", "ю", "ешь", "ет", "ем", "ете", "ут", "ют", "йте", "ите"], &["ущ", "ющ"]);
    put(Kind::Second, &["ишь", "ит", "им", "ите", "ат", "ят"], &["ащ", "ящ"]);
    put(Kind::PassiveN, &["н", "на", "но", "ны"], &["нн"]);
    put(Kind::PassiveT, &["т", "та", "то", "ты"], &["т"]);
    all
}

/// The infinitive of a form of a regular class.
fn regular(word: &str, reflexive: bool) -> Option<String> {
    let letters = |text: &str| text.chars().count();
    let participle = |stem: &'_ str, suffix: &str| {
        ADJECTIVE.iter().find_map(|end| stem.strip_suffix(end)?.strip_suffix(suffix).map(str::to_owned))
    };
    let either = |plain: &[&str], participles: &[&str]| -> Option<String> {
        plain
            .iter()
            .find_map(|end| word.strip_suffix(end).map(str::to_owned))
            .or_else(|| participles.iter().find_map(|suffix| participle(word, suffix)))
    };
    // -овать
    if let Some(stem) = either(
        &[
            "овать",
            "овал",
            "овала",
            "овало",
            "овали",
            "овав",
            "овано",
            "ованы",
            "ована",
            "ован",
            "евать",
            "евал",
            "евала",
            "евали",
        ],
        &["ованн", "овавш", "еванн"],
    )
    .or_else(|| either(&["ует", "уют", "уешь", "уем", "уете", "уя", "уйте", "юет", "юют"], &["ующ", "уем"]))
    .filter(|stem| letters(stem) >= 3)
    {
        return Some(stem + "овать");
    }
    for vowel in ["а", "я", "е"] {
        let forms = |ends: &[&str]| ends.iter().map(|end| format!("{vowel}{end}")).collect::<Vec<_>>();
        let plain = forms(&["ть", "ет", "ют", "ешь", "ете", "л", "ла", "ло", "ли", "вши", "йте"]);
        let joined = forms(if vowel == "е" { &["ющ", "вш"] } else { &["ющ", "вш", "нн", "ем"] });
        let least = if reflexive { 2 } else { 3 };
        if let Some(stem) = either(
            &plain.iter().map(String::as_str).collect::<Vec<_>>(),
            &joined.iter().map(String::as_str).collect::<Vec<_>>(),
        )
        .filter(|stem| letters(stem) >= least && !(vowel == "е" && stem.ends_with('т')))
        {
            return Some(format!("{stem}{vowel}ть"));
        }
        if vowel != "е" {
            let gerund =
                word.strip_suffix('я').and_then(|stem| stem.strip_suffix(vowel)).filter(|stem| letters(stem) >= 4);
            let passive = word
                .strip_suffix("но")
                .or_else(|| word.strip_suffix("ны"))
                .and_then(|stem| stem.strip_suffix(vowel))
                .filter(|stem| letters(stem) >= 4);
            if let Some(stem) = gerund.or(passive) {
                return Some(format!("{stem}{vowel}ть"));
            }
        }
    }
    let least = if reflexive { 2 } else { 3 };
    if let Some(stem) = either(&["ить", "ил", "ила", "ило", "или", "ит", "ят", "ишь", "ивши"], &["ивш", "ящ"])
        .filter(|stem| letters(stem) >= least)
    {
        return Some(stem + "ить");
    }
    either(&["нуть", "нул", "нула", "нуло", "нули", "нет", "нут"], &["нувш"])
        .filter(|stem| letters(stem) >= 3)
        .map(|stem| stem + "нуть")
}
