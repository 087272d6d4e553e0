//! Regular Russian verbs: the infinitive from the ending alone.
//!
//! Takes a word that the table of verbs does not explain; gives the infinitive where the ending is a verb's and
//! leaves enough letters. Does not know verbs with changing stems (`verbs` has them).

use super::endings::ADJECTIVE;
use foldhash::HashMap;

/// A regular class: what its infinitive ends in, and the fewest letters before its endings.
#[derive(Clone, Copy)]
pub(super) struct Regular {
    infinitive: &'static str,
    least: usize,
}

/// The endings of the regular classes; where two match, the earlier holds.
pub(super) fn endings() -> ByLast<Regular> {
    const A: &str = "ть ет ют ешь ете л ла ло ли в вши йте";
    const E: &str = "ть ет ют ешь ете л ла ло ли вши йте";
    let mut all = Vec::new();
    let mut put = |infinitive, least, vowel: &str, plain: &str, participles: &str| {
        let class = Regular { infinitive, least };
        all.extend(plain.split(' ').map(|end| (format!("{vowel}{end}"), class)));
        for participle in participles.split(' ') {
            all.extend(ADJECTIVE.iter().map(|end| (format!("{vowel}{participle}{end}"), class)));
        }
    };
    put("овать", 3, "ов", "ать ал ала ало али ав ано аны ана ан", "анн авш");
    put("овать", 3, "ев", "ать ал ала али", "анн");
    put("овать", 3, "", "ует уют уешь уем уете уя уйте юет юют", "ующ уем");
    put("ать", 3, "а", A, "ющ вш нн ем");
    // -ая and -яя are adjectives' endings too: the gerund only after the suffixes of the imperfective.
    put("ывать", 3, "ыва", "я", "ющ");
    put("ивать", 3, "ива", "я", "ющ");
    put("ать", 4, "а", "но ны", "нн");
    put("ять", 3, "я", A, "ющ вш нн ем");
    put("лять", 3, "ля", "я", "ющ");
    put("ять", 4, "я", "но ны", "нн");
    put("еть", 3, "е", E, "ющ вш");
    put("ить", 3, "", "ить ил ила ило или ит ят ишь ив ивши", "ивш ящ");
    put("нуть", 3, "ну", "ть л ла ло ли в то та ты", "вш т");
    put("нуть", 3, "н", "ет ут", "увш");
    by_last(all)
}

/// The infinitive of a form of a regular class. A reflexive is known as a verb: one letter less will do.
pub(super) fn key(endings: &ByLast<Regular>, word: &str, reflexive: bool) -> Option<String> {
    matching(endings, word).find_map(|(ending, class)| {
        let stem = &word[..word.len() - ending.len()];
        let least = if reflexive { class.least - 1 } else { class.least };
        // -тел- is a noun's: жители, учителя.
        let noun = class.infinitive == "еть" && stem.ends_with('т');
        (!noun && stem.chars().count() >= least).then(|| format!("{stem}{}", class.infinitive))
    })
}

/// Endings by their last letter; `None` holds the empty one.
pub(super) type ByLast<T> = HashMap<Option<char>, Vec<(String, T)>>;

pub(super) fn by_last<T>(list: Vec<(String, T)>) -> ByLast<T> {
    let mut map: ByLast<T> = HashMap::default();
    for (ending, class) in list {
        map.entry(ending.chars().next_back()).or_default().push((ending, class));
    }
    map
}

/// The endings that `word` has, in the order of their list, the empty one first.
pub(super) fn matching<'e, T>(endings: &'e ByLast<T>, word: &str) -> impl Iterator<Item = &'e (String, T)> {
    let of = |last| endings.get(&last).map_or(&[][..], Vec::as_slice);
    of(None).iter().chain(of(word.chars().next_back())).filter(move |(ending, _)| word.ends_with(ending.as_str()))
}
