//! The bundled encoder: agreement of its base with the reference, what its adapter taught it, and that a vector depends on its text alone.

use std::path::Path;
use std::sync::LazyLock;
use std::sync::atomic::{AtomicUsize, Ordering};

use saual::embedding::{Encoder, Prompts, Role, TransformerEncoder};
use serde::Deserialize;

/// Loaded once for all tests of this file.
static ENCODER: LazyLock<TransformerEncoder> =
    LazyLock::new(|| TransformerEncoder::bundled().expect("the bundled model is sound"));

#[derive(Deserialize)]
struct Reference {
    kind: String,
    role: String,
    text: String,
    vector: String,
}

fn cosine(a: &[f32], b: &[f32]) -> f64 {
    let dot = |a: &[f32], b: &[f32]| a.iter().zip(b).map(|(a, b)| f64::from(*a) * f64::from(*b)).sum::<f64>();
    dot(a, b) / (dot(a, a) * dot(b, b)).sqrt()
}

fn embed(texts: &[&str]) -> Vec<Vec<f32>> {
    ENCODER.embed(Role::Query, texts, &|_, _| {}).expect("every text has a vector")
}

/// The model under the adapter, as it was published.
static BASE: LazyLock<TransformerEncoder> = LazyLock::new(|| {
    let file = concat!(env!("CARGO_MANIFEST_DIR"), "/models/encoder/e5-small-kk-ru-en.gguf");
    TransformerEncoder::from_gguf(Path::new(file), Prompts::e5()).expect("the base model is sound")
});

#[test]
fn vectors_agree_with_the_reference_implementation() {
    let lines = include_str!("../data/encoder-reference.jsonl").lines();
    let references: Vec<Reference> = lines.map(|line| serde_json::from_str(line).expect("a line of json")).collect();
    assert!(references.len() >= 200, "{}", references.len());
    for (name, role) in [("query", Role::Query), ("passage", Role::Passage)] {
        let references: Vec<_> = references.iter().filter(|reference| reference.role == name).collect();
        let texts: Vec<_> = references.iter().map(|reference| reference.text.as_str()).collect();
        let vectors = BASE.embed(role, &texts, &|_, _| {}).expect("every text has a vector");
        for (reference, vector) in references.iter().zip(&vectors) {
            let bytes = (0..reference.vector.len()).step_by(2);
            let bytes = bytes.map(|at| u8::from_str_radix(&reference.vector[at..at + 2], 16).expect("hexadecimal"));
            let expected: Vec<f32> = bytes.map(|byte| f32::from(byte.cast_signed())).collect();
            let found = cosine(&expected, vector);
            assert!(found >= 0.995, "{} «{}»: cosine {found:.4}", reference.kind, reference.text);
        }
    }
}

#[test]
fn a_vector_depends_on_its_text_alone() {
    let long = "Ауылдағы су құбыры тозған, жөндеу керек. ".repeat(60);
    let texts = ["Ауылға таза су керек", "Дороги разбиты", &long, "", "school", "Дороги разбиты"];
    let together = embed(&texts);
    for (text, vector) in texts.iter().zip(&together) {
        assert_eq!(&embed(&[text])[0], vector, "«{text:.40}» beside others and alone");
    }
    for threads in [1, 2, 5] {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("a pool of threads");
        assert_eq!(pool.install(|| embed(&texts)), together, "{threads} threads");
    }
}

#[test]
fn every_text_has_a_vector_of_unit_length() {
    let endless = "а".repeat(30_000);
    let texts = ["", " \n", "\0", "\u{300}\u{301}", "漢字 🏫", "\u{fdfa}", "🏳️‍🌈", endless.as_str()];
    for (text, vector) in texts.iter().zip(embed(&texts)) {
        let length: f32 = vector.iter().map(|number| number * number).sum();
        assert!(vector.len() == 384 && (length - 1.0).abs() < 1e-4, "{text:.20}: {length}");
    }
}

#[test]
fn meaning_goes_across_languages_and_white_space_does_not_matter() {
    let vectors = embed(&[
        "Ауылға таза ауыз су жүргіземіз",
        "Проведём в сёла чистую питьевую воду",
        "Откроем новый музей в областном центре",
        "  Ауылға таза\u{a0}ауыз  су жүргіземіз\n",
    ]);
    assert!(cosine(&vectors[0], &vectors[1]) > cosine(&vectors[0], &vectors[2]) + 0.02);
    assert_eq!(vectors[0], vectors[3]);
}

/// Neither the promises nor the asks below stand among the texts that the adapter was fitted to.
#[test]
fn the_adapter_tells_who_pursues_a_promise_from_who_speaks_of_its_subject() {
    let twins = [
        (
            "Построим в районе новый роддом с реанимацией.",
            "Рожениц возят за сто километров по бездорожью. Прошу открыть на месте родильное отделение с неонатологом.",
            "Акушеркам районного роддома третий месяц не платят надбавку за ночные смены. Прошу погасить долг по зарплате.",
        ),
        (
            "Ауылдарға көгілдір отын жеткіземіз.",
            "Қыстай көмір жағамыз, түтіннен көз ашпаймыз. Кентке құбыр тартып, үйлерді газға қосуды сұраймын.",
            "Газ бағасы бір жылда екі есе өсті. Тарифтің қалай есептелгенін түсіндіруді сұраймын.",
        ),
        (
            "Қоғамдық көлікті мүмкіндігі шектеулі жандарға қолжетімді етеміз.",
            "Коляскамен автобусқа міне алмай, емханаға такси жалдаймын. Аялдамалар мен автобустарға пандус орнатылсын.",
            "Автобус жүргізушілерінің жалақысы төмен, күніне он төрт сағат рульде отырады. Еңбек ережесін тексеруді сұраймын.",
        ),
    ];
    let margin = |encoder: &TransformerEncoder| {
        let near = |(promise, pursues, misses): &(&str, &str, &str)| {
            let vectors = encoder.embed(Role::Passage, &[promise, pursues, misses], &|_, _| {}).expect("vectors");
            cosine(&vectors[0], &vectors[1]) - cosine(&vectors[0], &vectors[2])
        };
        twins.each_ref().map(near)
    };
    let (taught, base) = (margin(&ENCODER), margin(&BASE));
    for (taught, base) in taught.iter().zip(&base) {
        assert!(*taught > 0.05 && taught > base, "{taught:.3}, base {base:.3}");
    }
}

#[test]
fn roles_have_prompts_of_their_own() {
    let passage = ENCODER.embed(Role::Passage, &["Жол"], &|_, _| {}).expect("every text has a vector");
    assert_ne!(embed(&["Жол"]), passage);
}

#[test]
fn progress_ends_at_the_total() {
    let (seen, most, all) = (AtomicUsize::new(0), AtomicUsize::new(0), AtomicUsize::new(0));
    let watch = |done: usize, total: usize| {
        seen.fetch_add(1, Ordering::Relaxed);
        most.fetch_max(done, Ordering::Relaxed);
        all.store(total, Ordering::Relaxed);
    };
    ENCODER.embed(Role::Query, &["Су", "Жол мен көпір"], &watch).expect("every text has a vector");
    assert_eq!(seen.load(Ordering::Relaxed), 2);
    assert_eq!(most.load(Ordering::Relaxed), all.load(Ordering::Relaxed));
    assert!(ENCODER.embed(Role::Query, &[], &watch).expect("no text, no vector").is_empty());
}
