//! The cache: what is known is not computed again, what is damaged or foreign is not believed.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};

use saual::embedding::{CachedEncoder, EmbeddingError, Encoder, Progress, Role};

/// An encoder whose vectors are the text's length and first byte, and that counts the texts it is asked for.
struct Counting {
    fingerprint: &'static str,
    asked: AtomicUsize,
}

impl Encoder for &Counting {
    fn dimension(&self) -> usize {
        3
    }

    fn fingerprint(&self) -> &str {
        self.fingerprint
    }

    fn embed(&self, role: Role, texts: &[&str], progress: Progress<'_>) -> Result<Vec<Vec<f32>>, EmbeddingError> {
        self.asked.fetch_add(texts.len(), Ordering::Relaxed);
        progress(texts.len(), texts.len());
        Ok(texts.iter().map(|text| expected(role, text)).collect())
    }
}

impl Counting {
    fn new(fingerprint: &'static str) -> Self {
        Self { fingerprint, asked: AtomicUsize::new(0) }
    }

    fn take(&self) -> usize {
        self.asked.swap(0, Ordering::Relaxed)
    }
}

#[expect(clippy::cast_precision_loss, reason = "short texts")]
fn expected(role: Role, text: &str) -> Vec<f32> {
    vec![text.len() as f32, f32::from(text.bytes().next().unwrap_or(0)), f32::from(u8::from(role == Role::Passage))]
}

fn texts(count: usize) -> Vec<String> {
    (0..count).map(|number| format!("{number} мәтін")).collect()
}

/// Opens the cache and embeds so many texts; returns how many the encoder was asked for.
fn read(encoder: &Counting, folder: &Path, count: usize) -> usize {
    let cached = CachedEncoder::open(encoder, folder).expect("a cache opens whatever it holds");
    let texts = texts(count);
    let texts: Vec<_> = texts.iter().map(String::as_str).collect();
    let vectors = cached.embed(Role::Query, &texts, &|_, _| {}).expect("every text has a vector");
    let right: Vec<_> = texts.iter().map(|text| expected(Role::Query, text)).collect();
    assert_eq!(vectors, right, "a vector that is not the text's");
    encoder.take()
}

fn file(folder: &Path) -> PathBuf {
    let mut files: Vec<_> =
        std::fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path()).collect();
    assert_eq!(files.len(), 1);
    files.remove(0)
}

#[test]
fn a_rerun_embeds_only_what_is_new() {
    let (folder, encoder) = (tempfile::tempdir().expect("a folder"), Counting::new("a"));
    assert_eq!(read(&encoder, folder.path(), 200), 200);
    assert_eq!(read(&encoder, folder.path(), 200), 0);
    assert_eq!(read(&encoder, folder.path(), 203), 3);
    let cached = CachedEncoder::open(&encoder, folder.path()).expect("a cache");
    assert_eq!(cached.remembered(), 203);
    let vectors = cached.embed(Role::Passage, &["0 мәтін", "0 мәтін"], &|_, _| {}).expect("two vectors");
    assert_eq!(vectors, vec![expected(Role::Passage, "0 мәтін"); 2]);
    assert_eq!(encoder.take(), 1, "the same text twice is read once, in another role anew");
}

#[test]
fn another_model_is_another_cache() {
    let folder = tempfile::tempdir().expect("a folder");
    assert_eq!(read(&Counting::new("a"), folder.path(), 5), 5);
    let foreign = file(folder.path());
    let bytes = std::fs::read(&foreign).expect("a file");
    let other = tempfile::tempdir().expect("a folder");
    assert_eq!(read(&Counting::new("b"), other.path(), 5), 5);
    // A file that someone copied to the other model's place.
    std::fs::write(file(other.path()), bytes).expect("a file");
    assert_eq!(read(&Counting::new("b"), other.path(), 5), 5);
    assert_eq!(read(&Counting::new("b"), other.path(), 5), 0);
}

#[test]
fn whatever_byte_is_damaged_the_vectors_are_right() {
    let (folder, encoder) = (tempfile::tempdir().expect("a folder"), Counting::new("a"));
    read(&encoder, folder.path(), 4);
    let path = file(folder.path());
    let sound = std::fs::read(&path).expect("a file");
    for at in 0..sound.len() {
        let mut damaged = sound.clone();
        damaged[at] ^= 0x40;
        std::fs::write(&path, damaged).expect("a file");
        assert!(read(&encoder, folder.path(), 4) >= 1, "byte {at}");
        assert_eq!(read(&encoder, folder.path(), 4), 0, "byte {at} is not mended");
    }
}

#[test]
fn wherever_the_file_is_torn_the_rest_is_kept_and_the_file_grows_on() {
    let (folder, encoder) = (tempfile::tempdir().expect("a folder"), Counting::new("a"));
    read(&encoder, folder.path(), 4);
    let path = file(folder.path());
    let sound = std::fs::read(&path).expect("a file");
    let record = 32 + 3 * 4 + 8;
    for length in 0..sound.len() {
        std::fs::write(&path, &sound[..length]).expect("a file");
        let whole = length.saturating_sub(sound.len() - 4 * record) / record;
        assert_eq!(read(&encoder, folder.path(), 4), 4 - whole, "torn at {length}");
        assert_eq!(read(&encoder, folder.path(), 4), 0, "torn at {length}");
        assert_eq!(std::fs::metadata(&path).expect("a file").len(), sound.len() as u64);
    }
}

#[test]
fn two_at_once_do_not_harm_each_other() {
    let (folder, encoder) = (tempfile::tempdir().expect("a folder"), Counting::new("a"));
    std::thread::scope(|scope| {
        for _ in 0..4 {
            // Each opens its own file handle, as another process would.
            scope.spawn(|| read(&Counting::new("a"), folder.path(), 500));
        }
    });
    assert_eq!(read(&encoder, folder.path(), 500), 0);
}

#[test]
fn a_folder_that_cannot_be_is_an_error() {
    let folder = tempfile::tempdir().expect("a folder");
    let taken = folder.path().join("taken");
    std::fs::write(&taken, "a file").expect("a file");
    let encoder = Counting::new("a");
    assert!(matches!(CachedEncoder::open(&encoder, &taken), Err(EmbeddingError::File { path, .. }) if path == taken));
}

#[test]
fn progress_goes_up_to_the_total() {
    let (folder, encoder) = (tempfile::tempdir().expect("a folder"), Counting::new("a"));
    let cached = CachedEncoder::open(&encoder, folder.path()).expect("a cache");
    let texts = texts(150);
    let texts: Vec<_> = texts.iter().map(String::as_str).collect();
    let (last, total) = (AtomicUsize::new(0), AtomicUsize::new(0));
    let watch = |done: usize, of: usize| {
        assert!(last.swap(done, Ordering::Relaxed) < done && done <= of);
        total.store(of, Ordering::Relaxed);
    };
    cached.embed(Role::Query, &texts, &watch).expect("vectors");
    assert_eq!(last.load(Ordering::Relaxed), total.load(Ordering::Relaxed));
}
