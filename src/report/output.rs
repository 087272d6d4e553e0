//! Files that are there whole or not at all.

use crate::{Error, Result};
use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

/// A file being written beside its place; [`Output::finish`] puts it there. A reader sees the old file or the new one, never a part.
pub struct Output {
    path: PathBuf,
    beside: PathBuf,
    writer: BufWriter<File>,
    finished: bool,
}

impl Output {
    /// Begins to write what is to stand at `path`.
    ///
    /// # Errors
    /// [`Error::File`]
    pub fn create(path: &Path) -> Result<Self> {
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let beside = path.with_file_name(format!(".{name}.part"));
        let file = File::create(&beside).map_err(Error::file(&beside))?;
        Ok(Self { path: path.to_owned(), beside, writer: BufWriter::new(file), finished: false })
    }

    /// Puts the file in its place.
    ///
    /// # Errors
    /// [`Error::File`]; the old file then stays.
    pub fn finish(mut self) -> Result<()> {
        self.writer.flush().map_err(Error::file(&self.path))?;
        self.writer.get_ref().sync_all().map_err(Error::file(&self.path))?;
        std::fs::rename(&self.beside, &self.path).map_err(Error::file(&self.path))?;
        self.finished = true;
        Ok(())
    }
}

impl Write for Output {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.writer.write(bytes)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        self.writer.flush()
    }
}

impl Drop for Output {
    fn drop(&mut self) {
        if !self.finished {
            let _ = std::fs::remove_file(&self.beside);
        }
    }
}

/// Writes `bytes` to `path`, whole or not at all.
///
/// # Errors
/// [`Error::File`]
pub fn write(path: &Path, bytes: &[u8]) -> Result<()> {
    let mut out = Output::create(path)?;
    out.write_all(bytes).map_err(Error::file(path))?;
    out.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_unfinished_file_leaves_the_old_one_and_no_trace() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("matrix.csv");
        write(&path, b"old").expect("written");
        let mut unfinished = Output::create(&path).expect("begun");
        unfinished.write_all(b"new").expect("written");
        drop(unfinished);
        assert_eq!(std::fs::read(&path).expect("a file"), b"old");
        write(&path, b"new").expect("written");
        assert_eq!(std::fs::read(&path).expect("a file"), b"new");
        assert_eq!(std::fs::read_dir(folder.path()).expect("a folder").count(), 1);
    }
}
