//! Where a sentence holds several commitments that can be kept, broken and linked alone.
//!
//! Takes the words of one sentence; gives the words at which a new unit begins. A cut needs a predicate on both sides and an object of
//! its own for each: «шлюзді жөндеп, | есептегіш қоямыз», «заменим фонари | и построим мост», but «ескі диірменді сақтап, қалпына
//! келтіреміз» and «обновим парты и шкафы» stay whole. Linear in the words. Knows nothing of: lines, kinds.

use super::words::{Traits, Word};

/// What stands between a word and the one before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Gap {
    /// A comma.
    pub comma: bool,
    /// A semicolon.
    pub semicolon: bool,
    /// Inside brackets or quotation marks.
    pub inside: bool,
}

/// The form in which a stretch of words commits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Mood {
    /// A finite verb of the owner's, with the word's place.
    Finite(usize),
    /// A bare infinitive.
    Bare(usize),
    None,
}

/// How far to the right a predicate is looked for, in words: no longer clause is written, and the search stays linear.
const REACH: usize = 60;

/// Places of the words of a sentence that begin a new unit. `gaps[i]` stands before `words[i]`; `item` where each unit may be a promise
/// without a finite verb: a list item, a row, a sentence under a lead-in.
pub fn cuts(words: &[Word], gaps: &[Gap], item: bool) -> Vec<usize> {
    let mut cuts = Vec::new();
    let mut from = 0;
    for place in 1..words.len() {
        let gap = gaps[place];
        let joins = words[place].traits.any(Traits::JOINS.or(Traits::FOLLOWS));
        if gap.inside || !(gap.comma || gap.semicolon || joins) || place <= from {
            continue;
        }
        let right_end = (place + REACH).min(words.len());
        let right = &words[place..right_end];
        let left = &words[from.max(place.saturating_sub(REACH))..place];
        let at = begins(left, right, &gaps[place..right_end], gap, joins, item);
        if let Some(shift) = at {
            cuts.push(place + shift);
            from = place + shift;
        }
    }
    cuts
}

/// How many words after the gap the new unit begins, if it does.
fn begins(left: &[Word], right: &[Word], gaps: &[Gap], gap: Gap, joins: bool, item: bool) -> Option<usize> {
    let head = right.iter().position(|word| !word.traits.any(Traits::JOINS)).unwrap_or(0);
    let opener = right.get(head)?;
    let subordinate = opener.traits.any(Traits::SUBORDINATES)
        || opener.traits.any(Traits::LIGHT)
            && right.get(head + 1).is_some_and(|word| word.traits.any(Traits::SUBORDINATES));
    if subordinate && !opener.traits.any(Traits::FOLLOWS) {
        return None;
    }
    let piece_end = gaps
        .iter()
        .enumerate()
        .skip(1)
        .position(|(_, gap)| gap.comma || gap.semicolon)
        .map_or(right.len(), |at| at + 1);
    // The kind changes: «…, поэтому построим».
    if opener.traits.any(Traits::FOLLOWS) && right.iter().any(|word| word.traits.any(Traits::COMMITS)) {
        return Some(0);
    }
    let last = left.last()?;
    if gap.semicolon {
        return (item && commits_somehow(right)).then_some(0);
    }
    if (last.traits.any(Traits::KAZAKH) || last.traits.any(Traits::NUMBER))
        && let Some(shift) = after_kazakh(left, right, gaps, item, joins, gap)
    {
        return Some(shift);
    }
    after_russian(left, right, piece_end)
}

/// True where a stretch has a word that may commit.
pub fn commits_somehow(words: &[Word]) -> bool {
    let any = Traits::COMMITS.or(Traits::PASSIVE).or(Traits::INFINITIVE).or(Traits::VERBAL_NOUN).or(Traits::MODAL);
    words.iter().any(|word| word.traits.any(any) || is_russian_action(word))
}

/// A Russian noun of action: «установка», «публикация», «строительство».
fn is_russian_action(word: &Word) -> bool {
    word.traits.any(Traits::RUSSIAN)
        && ["ция", "ние", "ство", "тка", "вка", "чка"].iter().any(|end| word.plain.ends_with(end))
}

fn after_kazakh(left: &[Word], right: &[Word], gaps: &[Gap], item: bool, joins: bool, gap: Gap) -> Option<usize> {
    // A date cell may follow the verbal noun: «көшіру, 2026 ж. | сол жерге … орнату».
    let dated = |words: &[Word]| words.iter().rev().take_while(|word| is_date(word)).count();
    let trailing = dated(left);
    let last = left.len().checked_sub(trailing + 1).and_then(|at| left.get(at))?;
    let body = &left[..left.len() - trailing];
    let is = |traits: Traits| last.traits.any(traits);
    let target = predicate(right, gaps, item)?;
    let rest = &right[..target];
    let tail = right.get(target)?;
    let finite = tail.traits.any(Traits::COMMITS);
    if is(Traits::COMMITS) {
        return (finite || tail.traits.any(Traits::PASSIVE)).then_some(0);
    }
    if is(Traits::PASSIVE) && !is(Traits::ACCUSATIVE) {
        let passive = item && tail.traits.any(Traits::PASSIVE);
        return (finite || passive).then_some(0);
    }
    if is(Traits::CONVERB) && gap.comma && !joins {
        let own = has_object(&body[..body.len() - 1], true) && has_object(rest, false);
        // «ұңғыманы тазалап, | сорғысын ауыстыру»: a part of the first object is no object of its own.
        let part = rest.len() == 1 && ["сын", "син", "ын", "ин"].iter().any(|end| rest[0].plain.ends_with(end));
        return (own && !part && !attached_to_participle(rest)).then_some(0);
    }
    if is(Traits::VERBAL_NOUN) && item && (gap.comma || joins) {
        let skip = right.iter().take_while(|word| is_date(word)).count();
        let noun = tail.traits.any(Traits::VERBAL_NOUN)
            && !right.get(target + 1).is_some_and(|word| word.traits.any(Traits::POSTPOSITION));
        let own = body.len() > 1 && target > skip && has_object(&right[skip..target], false);
        return (noun && own && (gap.comma || trailing > 0)).then_some(skip);
    }
    // A shared verb whose objects have each their own place or addressee: «балабақшаға төсек, | мектепке тақта алып беремін».
    let places = |words: &[Word]| words.iter().position(|word| word.traits.any(Traits::LOCAL));
    let verbless = !body.iter().any(|word| word.traits.any(Traits::COMMITS.or(Traits::CONVERB).or(Traits::PARTICIPLE)));
    if gap.comma && finite && verbless && !is(Traits::LOCAL) && !joins {
        let there = places(body).filter(|at| *at + 1 < body.len());
        let here = places(rest).filter(|at| *at < 3 && *at + 1 < rest.len());
        // No further comma: else it is an enumeration of objects.
        let single = !gaps[1..target.max(1)].iter().any(|gap| gap.comma);
        let object = rest.last().is_some_and(|word| !word.traits.any(Traits::LOCAL.or(Traits::GENITIVE)));
        return (there.is_some() && here.is_some() && single && object).then_some(0);
    }
    None
}

fn is_date(word: &Word) -> bool {
    word.traits.any(Traits::NUMBER) || matches!(&*word.plain, "ж" | "жылы" | "жылга" | "г" | "год" | "года" | "году")
}

/// The first predicate to the right that can end a Kazakh unit, or a Russian verb that commits.
fn predicate(right: &[Word], gaps: &[Gap], item: bool) -> Option<usize> {
    for (place, word) in right.iter().enumerate() {
        if word.traits.any(Traits::COMMITS) {
            return Some(place);
        }
        let next = gaps.get(place + 1).copied();
        let closes = next.is_none_or(|gap| gap.comma || gap.semicolon)
            || right.get(place + 1).is_some_and(|w| w.traits.any(Traits::JOINS) || is_date(w));
        if closes
            && item
            && word.traits.any(Traits::PASSIVE.or(Traits::VERBAL_NOUN))
            && !word.traits.any(Traits::ACCUSATIVE)
        {
            return Some(place);
        }
        if closes && word.traits.any(Traits::CONVERB) && place > 0 {
            // Another converb with a comma: it is a predicate if a finite verb follows at all.
            let later = right[place + 1..].iter().any(|word| word.traits.any(Traits::COMMITS));
            if later {
                return Some(place);
            }
        }
        // The words of a table's further cells follow the verbal noun at once.
        if item && word.traits.any(Traits::VERBAL_NOUN) && right.get(place + 1).is_some_and(is_date) {
            return Some(place);
        }
    }
    None
}

/// True where Kazakh words before a verb name an object: an accusative, or a bare noun straight before the verb.
fn has_object(words: &[Word], left: bool) -> bool {
    let content: Vec<&Word> = words.iter().filter(|word| !word.traits.any(Traits::JOINS.or(Traits::LIGHT))).collect();
    let own = |at: usize, word: &&Word| -> bool {
        if !word.traits.any(Traits::ACCUSATIVE) || word.traits.any(Traits::PRONOUN) && !left && content.len() < 3 {
            return false;
        }
        // «шығаруды қолдаймын»: the verbal noun is the verb itself.
        let verbal = word.plain.ends_with("уды") || word.plain.ends_with("уди");
        !(verbal
            && (at + 1 == content.len() && !left
                || content.get(at + 1).is_some_and(|next| next.traits.any(Traits::SUPPORTS))))
    };
    if content.iter().enumerate().any(|(at, word)| own(at, word)) {
        return true;
    }
    let oblique = Traits::LOCAL
        .or(Traits::GENITIVE)
        .or(Traits::CONVERB)
        .or(Traits::COMMITS)
        .or(Traits::PARTICIPLE)
        .or(Traits::NUMBER);
    // Before a verb of several words («жөндеуден өткізіп», «қалпына келтіреміз») an oblique word stands; a bare noun is the object.
    content.last().is_some_and(|word| {
        !word.traits.any(oblique)
            && !word.traits.any(Traits::ACCUSATIVE)
            && word.traits.any(Traits::KAZAKH)
            && !ends_obliquely(&word.plain)
    })
}

/// Ablative, instrumental and adverbial endings.
fn ends_obliquely(plain: &str) -> bool {
    [
        "дан", "ден", "тан", "тен", "нан", "нен", "мен", "бен", "пен", "ша", "ше", "дай", "дей", "тай", "тей", "шын",
        "рек",
    ]
    .iter()
    .any(|end| plain.ends_with(end))
        || matches!(plain, "есеп" | "кала" | "кайта" | "калпына") && plain != "есеп"
}

/// True where the converb belongs to a participle of the second part: «хабарлап, 24 сағатта жөндететін жүйе енгіземін».
fn attached_to_participle(words: &[Word]) -> bool {
    let Some(place) = words.iter().position(|word| word.traits.any(Traits::PARTICIPLE)) else { return false };
    let before = &words[..place];
    let plain = before
        .last()
        .is_some_and(|word| !word.traits.any(Traits::LOCAL.or(Traits::NUMBER)) && !ends_obliquely(&word.plain));
    !plain
        && !before.iter().any(|word| word.traits.any(Traits::ACCUSATIVE))
        && !before.iter().any(|word| word.traits.any(Traits::LOCAL))
            | before.iter().any(|word| word.traits.any(Traits::NUMBER))
}

/// Russian: a verb of the same mood on both sides, the second with an object that is not a pronoun for the first.
fn after_russian(left: &[Word], right: &[Word], piece_end: usize) -> Option<usize> {
    let contrast = right[0].traits.any(Traits::CONTRASTS);
    let piece = &right[..piece_end.min(right.len())];
    let mut there = mood(piece);
    if there == Mood::None && contrast {
        there = mood(right);
    }
    // A Kazakh unit behind a Russian one has its verb at the end.
    if there == Mood::None && piece.iter().any(|word| word.traits.any(Traits::KAZAKH)) {
        let verb = right.iter().position(|word| word.traits.any(Traits::COMMITS));
        there = verb.filter(|at| right[*at].traits.any(Traits::KAZAKH)).map_or(Mood::None, Mood::Finite);
    }
    // «Закупка учебников | и ремонт спортзала»: nouns of action, each with its object.
    let noun = |words: &[Word]| words.iter().take(3).position(|word| word.traits.any(Traits::ACTION));
    if let (Some(first), Some(second)) = (noun(left), noun(piece)) {
        let verbs = Traits::COMMITS.or(Traits::INFINITIVE).or(Traits::PAST);
        let bare = !left.iter().chain(piece).any(|word| word.traits.any(verbs));
        let object = |words: &[Word]| {
            words.iter().any(|word| !word.traits.any(Traits::LIGHT.or(Traits::JOINS).or(Traits::PRONOUN)))
        };
        if bare && object(&left[first + 1..]) && object(&piece[second + 1..]) {
            return Some(0);
        }
    }
    let here = mood(left);
    let verb = match (here, there) {
        (Mood::Finite(_), Mood::Finite(verb)) | (Mood::Bare(_), Mood::Bare(verb)) => verb,
        (Mood::Finite(_), Mood::Bare(verb)) if left.iter().any(|word| word.traits.any(Traits::MODAL)) => verb,
        _ => return None,
    };
    let first = match here {
        Mood::Finite(place) | Mood::Bare(place) => place,
        Mood::None => return None,
    };
    // «внести и принять правила»: the first verb has no object of its own.
    let content =
        |word: &&Word| !word.traits.any(Traits::LIGHT.or(Traits::JOINS).or(Traits::PRONOUN).or(Traits::MODAL));
    let modal_chain = |words: &[Word], verb: usize| {
        words
            .iter()
            .enumerate()
            .filter(|(at, word)| *at != verb && content(word) && !word.traits.any(Traits::INFINITIVE))
            .count()
    };
    let pronoun = right.iter().enumerate().take(verb + 2).any(|(at, word)| {
        // «их показания» is a possessive, «её тракторами» an object.
        let possessive = right.get(at + 1).is_some_and(|next| content(&next) && !is_oblique(&next.plain));
        word.traits.any(Traits::PRONOUN) && !(possessive && at + 1 < piece_end)
    });
    // «отберём у латифундистов и вернём жителям сёл»: the second verb has but an addressee.
    let behind: Vec<&Word> = piece.iter().skip(verb + 1).filter(content).collect();
    let ahead = piece.iter().take(verb).filter(content).count();
    let only_addressee = ahead == 0
        && behind.len() <= 2
        && behind.first().is_some_and(|word| ["ам", "ям"].iter().any(|end| word.plain.ends_with(end)));
    let pronoun = pronoun || only_addressee;
    (modal_chain(left, first) > 0
        && modal_chain(&right[..piece_end.max(verb + 1).min(right.len())], verb) > 0
        && !pronoun)
        .then_some(0)
}

/// Russian endings of the instrumental, dative and prepositional plural.
fn is_oblique(plain: &str) -> bool {
    ["ам", "ям", "ами", "ями", "ах", "ях", "ью", "ом", "ой"].iter().any(|end| plain.ends_with(end))
}

/// The main verb of a stretch: the first that commits, else the first infinitive outside subordinate clauses.
fn mood(words: &[Word]) -> Mood {
    let mut bare = None;
    for (place, word) in words.iter().enumerate() {
        if word.traits.any(Traits::SUBORDINATES) {
            break;
        }
        if word.traits.any(Traits::COMMITS) || word.traits.any(Traits::MODAL) {
            return Mood::Finite(place);
        }
        if word.traits.any(Traits::INFINITIVE) && bare.is_none() {
            bare = Some(place);
        }
    }
    // A finite verb behind the infinitive governs it.
    bare.map_or(Mood::None, Mood::Bare)
}
