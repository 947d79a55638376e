//! Replaces files in one step: [`Replacement`].

use std::fs::{self, File, Metadata, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use tempfile::{Builder, NamedTempFile};

/// The new content of a file. A reader finds either the old content or the new one, even after a crash.
///
/// Dropped without [`commit`](Self::commit), it leaves the file as it is.
pub(crate) struct Replacement {
    temporary: NamedTempFile,
    file: PathBuf,
}

/// The mode of the new file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Mode {
    /// That of the old file, with its owner where the system permits; for a new file what the system gives.
    Kept,
    /// 0644, for programs of other users that read the file.
    Readable,
}

impl Replacement {
    /// The new content, empty as yet, of the file that a path [`names`](target).
    pub(crate) fn of(file: &Path) -> io::Result<Self> {
        // A name in the same directory: a rename is one step only within a file system.
        let prefix = prefix(file);
        let create = |path: &Path| OpenOptions::new().write(true).create_new(true).open(path);
        let temporary = Builder::new().prefix(&prefix).suffix(SUFFIX).make_in(directory(file), create)?;
        Ok(Replacement { temporary, file: file.to_owned() })
    }

    /// Replaces the file: the content is on the disk before the name refers to it.
    pub(crate) fn commit(self, mode: Mode) -> io::Result<()> {
        let Replacement { temporary, file } = self;
        match (mode, fs::metadata(&file)) {
            (Mode::Kept, Ok(old)) => keep_owner_and_mode(temporary.as_file(), &old)?,
            (Mode::Kept, Err(_)) => {}
            (Mode::Readable, _) => make_readable(temporary.as_file())?,
        }
        temporary.as_file().sync_all()?;
        temporary.persist(&file).map_err(|error| error.error)?;
        sync_directory(directory(&file))
    }
}

impl Write for Replacement {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        // The error of the file itself does not name the temporary file.
        self.temporary.as_file_mut().write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.temporary.as_file_mut().flush()
    }
}

/// The file that a path names, with links followed, even if that does not exist yet.
pub(crate) fn target(path: &Path) -> io::Result<PathBuf> {
    /// Limit of the links in a row, as of Linux.
    const LINKS: usize = 40;
    let mut path = path.to_owned();
    for _ in 0..LINKS {
        match fs::read_link(&path) {
            Ok(next) => path = path.with_file_name("").join(next),
            // No link, or no file.
            Err(_) => return Ok(path),
        }
    }
    Err(io::Error::other("too many links"))
}

/// Removes the files that runs left which were killed while they wrote this file. No other run may write it now.
pub(crate) fn remove_leftovers(file: &Path) -> io::Result<()> {
    let prefix = prefix(file);
    for entry in fs::read_dir(directory(file))? {
        let entry = entry?;
        let name = entry.file_name();
        let name = name.as_encoded_bytes();
        let random = name
            .strip_prefix(prefix.as_encoded_bytes())
            .and_then(|rest| rest.strip_suffix(SUFFIX.as_bytes()));
        if random.is_some_and(|random| random.len() == 6 && random.iter().all(u8::is_ascii_alphanumeric)) {
            fs::remove_file(entry.path())?;
        }
    }
    Ok(())
}

const SUFFIX: &str = ".dts-status";

/// The start of the names of temporary files; six random characters follow.
fn prefix(file: &Path) -> std::ffi::OsString {
    let mut prefix = std::ffi::OsString::from(".");
    prefix.push(file.file_name().unwrap_or_default());
    prefix.push(".");
    prefix
}

fn directory(file: &Path) -> &Path {
    file.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

#[cfg(unix)]
fn keep_owner_and_mode(file: &File, old: &Metadata) -> io::Result<()> {
    use std::fs::Permissions;
    use std::os::unix::fs::{MetadataExt, PermissionsExt, fchown};
    // Only root may give a file away.
    let _ = fchown(file, Some(old.uid()), Some(old.gid()));
    file.set_permissions(Permissions::from_mode(old.mode() & 0o7777))
}

#[cfg(not(unix))]
fn keep_owner_and_mode(file: &File, old: &Metadata) -> io::Result<()> {
    file.set_permissions(old.permissions())
}

#[cfg(unix)]
fn make_readable(file: &File) -> io::Result<()> {
    file.set_permissions(std::os::unix::fs::PermissionsExt::from_mode(0o644))
}

#[cfg(not(unix))]
fn make_readable(_: &File) -> io::Result<()> {
    Ok(())
}

/// Writes the entries of a directory to the disk, so that a rename survives a power failure.
fn sync_directory(directory: &Path) -> io::Result<()> {
    // Elsewhere a directory cannot be opened as a file.
    if cfg!(unix) { File::open(directory)?.sync_all() } else { Ok(()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_replaced_on_commit_only() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("a");
        let names = || fs::read_dir(folder.path()).unwrap().count();
        let new = |text: &str| {
            let mut replacement = Replacement::of(&file).unwrap();
            replacement.write_all(text.as_bytes()).unwrap();
            replacement
        };
        drop(new("one"));
        assert_eq!((file.exists(), names()), (false, 0));
        new("two").commit(Mode::Kept).unwrap();
        drop(new("three"));
        assert_eq!((&*fs::read_to_string(&file).unwrap(), names()), ("two", 1));
        std::mem::forget(new("four"));
        fs::write(folder.path().join(".a.backup.new"), "").unwrap();
        assert_eq!(names(), 3);
        remove_leftovers(&file).unwrap();
        assert_eq!(names(), 2, "a file of another purpose stays");
    }

    #[cfg(unix)]
    #[test]
    fn modes_are_kept_and_links_are_followed() {
        use std::fs::Permissions;
        use std::os::unix::fs::{PermissionsExt, symlink};
        let folder = tempfile::tempdir().unwrap();
        let [file, link, far] = ["a", "b", "c"].map(|name| folder.path().join(name));
        fs::write(&file, "one").unwrap();
        fs::set_permissions(&file, Permissions::from_mode(0o600)).unwrap();
        symlink("a", &link).unwrap();
        symlink("b", &far).unwrap();
        assert_eq!(target(&far).unwrap(), file);
        let mode = || fs::metadata(&file).unwrap().permissions().mode() & 0o7777;
        Replacement::of(&file).unwrap().commit(Mode::Kept).unwrap();
        assert_eq!(mode(), 0o600);
        Replacement::of(&file).unwrap().commit(Mode::Readable).unwrap();
        assert_eq!(mode(), 0o644);
        fs::remove_file(&file).unwrap();
        assert_eq!(target(&far).unwrap(), file, "a link to nothing yet");
        symlink("c", &file).unwrap();
        assert_eq!(target(&far).unwrap_err().to_string(), "too many links");
    }
}
