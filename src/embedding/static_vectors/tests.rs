//! What the static vectors promise, on the bundled table.

use super::{Encoder, StaticVectors, StaticVectorsError};
use proptest::prelude::*;
use std::sync::LazyLock;

static VECTORS: LazyLock<StaticVectors> = LazyLock::new(|| StaticVectors::bundled().expect("the bundled table"));

fn cosine(a: &str, b: &str) -> f32 {
    VECTORS.vector(a).iter().zip(VECTORS.vector(b)).map(|(x, y)| x * y).sum()
}

#[test]
fn the_bundled_table_is_whole_and_fits_its_budget() {
    assert_eq!(VECTORS.verify(), Ok(()));
    assert!(super::BUNDLED.len() <= 12_000_000);
    assert!(VECTORS.fingerprint().starts_with("static-1-"));
}

#[test]
fn a_promise_meets_the_inquiry_in_the_other_language() {
    let inquiries = [
        "Ауыл тұрғындарын таза ауыз сумен қамтамасыз ету туралы",
        "Аудан орталығында жаңа мектеп салу туралы",
        "Облыстық маңызы бар автомобиль жолдарын жөндеу туралы",
        "Ауылдық емханаға дәрігерлер тарту туралы",
        "Елді мекенге табиғи газ құбырын тарту туралы",
        "Шаруа қожалықтарына субсидия төлеу туралы",
    ];
    let promises = [
        "Обеспечить жителей сёл чистой питьевой водой",
        "Построю новую школу в районном центре",
        "Отремонтируем автомобильные дороги областного значения",
        "Привлечём врачей в сельскую поликлинику",
        "Проведём газопровод природного газа в населённый пункт",
        "Добьюсь выплаты субсидий крестьянским хозяйствам",
    ];
    for (i, inquiry) in inquiries.iter().enumerate() {
        let best =
            (0..promises.len()).max_by(|a, b| cosine(inquiry, promises[*a]).total_cmp(&cosine(inquiry, promises[*b])));
        assert_eq!(best, Some(i), "{inquiry} -> {:?}", best.map(|b| promises[b]));
    }
}

#[test]
fn noisy_and_latin_kazakh_stay_near_the_clean_text() {
    let clean = "Ауылдарды таза ауыз сумен қамтамасыз етуді қолға алу қажет";
    for other in [
        "Ауылдарды таза ауыз сумен камтамасыз етуди колга алу кажет",
        "Auyldardy taza auyz sumen qamtamasyz etudi qolğa alu qajet",
        "АУЫЛДАРДЫ таза ауыз сумен қамтамасыз eтудi қолға алу қажет",
    ] {
        let found = cosine(clean, other);
        assert!(found > 0.75, "{other}: {found}");
        assert!(found > cosine("Мектеп құрылысына бюджеттен қаржы бөлінсін", other));
    }
    assert!(cosine("су\u{ad}мен қамту", "сумен қамту") > 0.999, "a soft hyphen");
    assert!(cosine("район", "раи\u{306}он") > 0.999, "и with a separate breve");
}

#[test]
fn unknown_names_and_numbers_meet_themselves_alone() {
    assert!(cosine("Жаксымбетхановтың", "Жаксымбетханов") > 0.8);
    assert!(cosine("48151", "48151") > 0.999);
    assert!(cosine("48151", "62342").abs() < 0.3);
    assert!(cosine("48151", "Жаксымбетханов").abs() < 0.4);
}

#[test]
fn subject_words_weigh_more_than_function_words() {
    for (light, heavy) in [("және", "сусыз"), ("для", "газификация"), ("туралы", "емхана")]
    {
        assert!(VECTORS.weight(light) * 1.3 < VECTORS.weight(heavy), "{light}, {heavy}");
    }
    assert_eq!(VECTORS.weight("  !"), 0.0);
}

#[test]
fn words_are_aligned_one_to_one_across_languages() {
    let kazakh: Vec<&str> = "Аудандық ауруханаға жаңа жедел жәрдем көлігін сатып алу".split(' ').collect();
    let russian: Vec<&str> = "Закупить новый автомобиль для районной больницы".split(' ').collect();
    let pairs = VECTORS.align(&kazakh, &russian, 0.3, 0.0);
    let found: Vec<(&str, &str)> = pairs.iter().map(|pair| (kazakh[pair.first], russian[pair.second])).collect();
    for expected in [("ауруханаға", "больницы"), ("жаңа", "новый"), ("Аудандық", "районной")]
    {
        assert!(found.contains(&expected), "{expected:?} in {found:?}");
    }
    assert!(pairs.windows(2).all(|two| two[0].cosine >= two[1].cosine));
    assert!(VECTORS.align(&[], &russian, 0.0, 0.0).is_empty());
}

#[test]
fn a_text_without_words_is_zeros_and_a_short_buffer_is_filled_in_part() {
    assert!(VECTORS.vector(" — … ! а").iter().all(|x| *x == 0.0));
    let (mut short, mut long) = ([9.0; 3], vec![9.0; 2_000]);
    VECTORS.vector_into("су", &mut short);
    VECTORS.vector_into("су", &mut long);
    assert_eq!(short, long[..3]);
    assert!(long[VECTORS.dimension()..].iter().all(|x| *x == 0.0));
}

#[test]
fn a_damaged_table_is_refused() {
    let damaged = |change: &dyn Fn(&mut Vec<u8>)| {
        let mut bytes = super::BUNDLED.to_vec();
        change(&mut bytes);
        StaticVectors::from_bytes(Vec::leak(bytes))
    };
    assert_eq!(damaged(&|b| b[0] = b'X').err(), Some(StaticVectorsError::Magic));
    assert_eq!(damaged(&|b| b.truncate(40)).err(), Some(StaticVectorsError::Magic));
    assert!(matches!(damaged(&|b| b.truncate(5_000)), Err(StaticVectorsError::Length { .. })));
    assert!(matches!(damaged(&|b| b[8] = 3), Err(StaticVectorsError::Size { what: "the dimension", .. })));
    assert!(matches!(
        damaged(&|b| b[20..24].fill(0)),
        Err(StaticVectorsError::Size { what: "the number of slots", .. })
    ));
    let last = damaged(&|b| *b.last_mut().expect("bytes") ^= 1).expect("lengths fit");
    assert_eq!(last.verify(), Err(StaticVectorsError::Checksum));
}

proptest! {
    #[test]
    fn no_text_panics_and_every_vector_has_unit_length_or_none(text in "\\PC{0,120}") {
        let length: f32 = VECTORS.vector(&text).iter().map(|x| x * x).sum();
        prop_assert!(length == 0.0 || (length - 1.0).abs() < 1e-4);
    }

    #[test]
    fn no_bytes_panic_as_a_table(body in proptest::collection::vec(any::<u8>(), 0..400), slots in 0_u8..20, rows in 0_u8..20) {
        let mut bytes = b"SAUALSV1".to_vec();
        for n in [4, rows, 3, slots, 9, 9, 0, 0] {
            bytes.extend(u32::from(n).to_le_bytes());
        }
        bytes.extend([0; 32]);
        bytes.extend(&body);
        let need = 72 + usize::from(slots) * 4 + (usize::from(rows) + 3) * 3;
        bytes.resize(need, 7);
        if let Ok(vectors) = StaticVectors::from_bytes(Vec::leak(bytes)) {
            prop_assert_eq!(vectors.vector("су 12 газ qwerty").len(), 4);
        }
    }
}
