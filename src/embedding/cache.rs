//! Vectors that were computed before.
//!
//! Takes an encoder and a folder; answers from the folder what it holds, asks the encoder for the rest and keeps that. One
//! file for each encoder: a head (name, version, fingerprint), then records of one size (key, vector, checksum), only ever
//! appended. A text's key is the digest of its role and text under the fingerprint, so another model's vectors are never
//! met.
//!
//! Promises: a record counts only if its checksum does; a damaged record is computed and appended anew, a file with another
//! head is begun anew. Appending holds the file's lock, so several processes share a folder. Whatever instant the program
//! is stopped at, the file is valid: a torn record at its end is cut off by the next to append. A record once written is
//! on disk after every [`BATCH`] texts, so little is lost.
//! Does not know: when a vector is no longer needed. Deleting the folder costs time, nothing else.

use std::collections::HashMap;
use std::fs::{File, OpenOptions};
use std::io::{BufReader, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use super::error::EmbeddingError;
use super::{Encoder, Progress, Role};

/// After so many texts what is new is written.
const BATCH: usize = 64;

const MAGIC: &[u8; 16] = b"saual vectors 1\n";
const HEAD: usize = MAGIC.len() + 32 + 8;
const KEY: usize = 32;
const CHECKSUM: usize = 8;

type Key = [u8; KEY];

/// An encoder that remembers.
pub struct CachedEncoder<E> {
    encoder: E,
    store: Mutex<Store>,
}

impl<E: Encoder> CachedEncoder<E> {
    /// Opens or begins the file for `encoder` in `folder`, which is made if it is not there.
    pub fn open(encoder: E, folder: &Path) -> Result<Self, EmbeddingError> {
        std::fs::create_dir_all(folder).map_err(EmbeddingError::file(folder))?;
        let store = Store::open(folder, encoder.fingerprint(), encoder.dimension())?;
        Ok(Self { encoder, store: Mutex::new(store) })
    }

    /// How many texts are remembered.
    pub fn remembered(&self) -> usize {
        self.store().places.len()
    }

    /// Nothing that a panic could leave half done stays in the store: what it knows of the file is set after the file.
    fn store(&self) -> MutexGuard<'_, Store> {
        self.store.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl<E: Encoder> Encoder for CachedEncoder<E> {
    fn dimension(&self) -> usize {
        self.encoder.dimension()
    }

    fn fingerprint(&self) -> &str {
        self.encoder.fingerprint()
    }

    fn embed(&self, role: Role, texts: &[&str], progress: Progress<'_>) -> Result<Vec<Vec<f32>>, EmbeddingError> {
        let keys: Vec<Key> = texts.iter().map(|text| self.store().key(role, text)).collect();
        let mut vectors = Vec::with_capacity(texts.len());
        // The places where each unknown text stands: the same text is read once.
        let mut unknown: HashMap<Key, Vec<usize>> = HashMap::new();
        for (index, key) in keys.iter().enumerate() {
            vectors.push(self.store().get(key));
            if vectors[index].is_none() {
                unknown.entry(*key).or_default().push(index);
            }
        }
        let mut unknown: Vec<Vec<usize>> = unknown.into_values().collect();
        // Texts of like length together, the longest first; then in the order given.
        unknown.sort_by_key(|places| (std::cmp::Reverse(texts[places[0]].len()), places[0]));
        let work = |batch: &[Vec<usize>]| batch.iter().map(|places| texts[places[0]].len() + 1).sum::<usize>();
        let (total, mut before) = (work(&unknown), 0);
        for batch in unknown.chunks(BATCH) {
            let fresh: Vec<&str> = batch.iter().map(|places| texts[places[0]]).collect();
            let size = work(batch);
            let scaled = |done: usize, of: usize| progress(before + size * done / of.max(1), total);
            let found = self.encoder.embed(role, &fresh, &scaled)?;
            self.store().append(batch.iter().map(|places| &keys[places[0]]).zip(&found))?;
            before += size;
            for (places, vector) in batch.iter().zip(found) {
                for &place in places {
                    vectors[place] = Some(vector.clone());
                }
            }
        }
        let complete: Option<Vec<_>> = vectors.into_iter().collect();
        complete.ok_or_else(|| EmbeddingError::Internal("an encoder gave fewer vectors than texts".to_owned()))
    }
}

struct Store {
    path: PathBuf,
    file: File,
    digest: [u8; 32],
    dimension: usize,
    /// Where the record of a key begins.
    places: HashMap<Key, u64>,
}

impl Store {
    fn open(folder: &Path, fingerprint: &str, dimension: usize) -> Result<Self, EmbeddingError> {
        let digest = blake3::derive_key("saual embedding cache", format!("{fingerprint} {dimension}").as_bytes());
        let name = blake3::Hash::from_bytes(digest).to_hex();
        let path = folder.join(format!("{}.vectors", &name[..16]));
        let options = OpenOptions::new().read(true).write(true).create(true).truncate(false).open(&path);
        let file = options.map_err(EmbeddingError::file(&path))?;
        let mut store = Self { path, file, digest, dimension, places: HashMap::new() };
        store.read()?;
        Ok(store)
    }

    fn key(&self, role: Role, text: &str) -> Key {
        let mut hasher = blake3::Hasher::new_keyed(&self.digest);
        hasher.update(match role {
            Role::Query => b"query\0",
            Role::Passage => b"texts\0",
        });
        *hasher.update(text.as_bytes()).finalize().as_bytes()
    }

    fn head(&self) -> [u8; HEAD] {
        let mut head = [0; HEAD];
        head[..MAGIC.len()].copy_from_slice(MAGIC);
        head[MAGIC.len()..MAGIC.len() + 32].copy_from_slice(&self.digest);
        let checksum = self.checksum(&head[..HEAD - CHECKSUM]);
        head[HEAD - CHECKSUM..].copy_from_slice(&checksum);
        head
    }

    fn checksum(&self, bytes: &[u8]) -> [u8; CHECKSUM] {
        let mut checksum = [0; CHECKSUM];
        checksum.copy_from_slice(&blake3::keyed_hash(&self.digest, bytes).as_bytes()[..CHECKSUM]);
        checksum
    }

    fn record(&self) -> usize {
        KEY + 4 * self.dimension + CHECKSUM
    }

    /// Finds the valid records of the file.
    fn read(&mut self) -> Result<(), EmbeddingError> {
        let (path, record) = (self.path.clone(), self.record());
        let io = || EmbeddingError::file(&path);
        self.file.lock_shared().map_err(io())?;
        let mut places = HashMap::new();
        let mut buffer = vec![0; record];
        self.file.seek(SeekFrom::Start(0)).map_err(io())?;
        let mut reader = BufReader::with_capacity(1 << 20, &self.file);
        let mut head = [0; HEAD];
        let mut at = HEAD as u64;
        if reader.read_exact(&mut head).is_ok() && head == self.head() {
            while reader.read_exact(&mut buffer).is_ok() {
                if self.valid(&buffer) {
                    places.insert(key_of(&buffer), at);
                }
                at += record as u64;
            }
        }
        self.file.unlock().map_err(io())?;
        self.places = places;
        Ok(())
    }

    fn valid(&self, record: &[u8]) -> bool {
        let (body, checksum) = record.split_at(record.len() - CHECKSUM);
        self.checksum(body) == checksum
    }

    /// The vector of a key, if its record is still what it was.
    fn get(&mut self, key: &Key) -> Option<Vec<f32>> {
        let place = *self.places.get(key)?;
        let mut record = vec![0; self.record()];
        self.file.seek(SeekFrom::Start(place)).ok()?;
        self.file.read_exact(&mut record).ok()?;
        let numbers = &record[KEY..record.len() - CHECKSUM];
        (self.valid(&record) && key_of(&record) == *key)
            .then(|| numbers.as_chunks().0.iter().map(|&four| f32::from_le_bytes(four)).collect())
    }

    /// Writes records at the end, under the file's lock.
    fn append<'a>(&mut self, new: impl Iterator<Item = (&'a Key, &'a Vec<f32>)>) -> Result<(), EmbeddingError> {
        let path = self.path.clone();
        self.file.lock().map_err(EmbeddingError::file(&path))?;
        let written = self.append_locked(new);
        let unlocked = self.file.unlock();
        written.and(unlocked).map_err(EmbeddingError::file(&path))
    }

    fn append_locked<'a>(&mut self, new: impl Iterator<Item = (&'a Key, &'a Vec<f32>)>) -> std::io::Result<()> {
        let record = self.record() as u64;
        let mut head = [0; HEAD];
        self.file.seek(SeekFrom::Start(0))?;
        let known = self.file.read_exact(&mut head).is_ok() && head == self.head();
        if !known {
            self.places.clear();
            self.file.set_len(0)?;
            self.file.seek(SeekFrom::Start(0))?;
            self.file.write_all(&self.head())?;
        }
        let length = self.file.metadata()?.len();
        let start = length - (length - HEAD as u64) % record;
        self.file.set_len(start)?;
        let mut bytes = Vec::new();
        let mut places = Vec::new();
        for (key, vector) in new {
            let from = bytes.len();
            places.push((*key, start + from as u64));
            bytes.extend_from_slice(key);
            bytes.extend(vector.iter().flat_map(|number| number.to_le_bytes()));
            let checksum = self.checksum(&bytes[from..]);
            bytes.extend_from_slice(&checksum);
        }
        self.file.seek(SeekFrom::Start(start))?;
        self.file.write_all(&bytes)?;
        self.places.extend(places);
        Ok(())
    }
}

fn key_of(record: &[u8]) -> Key {
    let mut key = [0; KEY];
    key.copy_from_slice(&record[..KEY]);
    key
}
