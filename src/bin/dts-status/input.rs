//! Where bodies come from: [`Source`].

mod unpack;
mod walk;

use std::fmt::Display;
use std::fs::{self, File};
use std::io::{self, IsTerminal, Read};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use aliyun_dts_status::Limits;
use glob::Pattern;

pub(crate) use self::unpack::unpack;
use self::walk::files_below;
use crate::exit::{Exit, Failure, warn};

/// Where one body or archive comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Source {
    StandardInput,
    File(PathBuf),
}

/// The sources that the arguments name: `-` or no argument is standard input; a directory is every file below it,
/// sorted by name, hidden ones only if wanted, and of the others those that match a pattern if there are any.
pub(crate) fn sources(arguments: &[PathBuf], hidden: bool, include: &[Pattern]) -> Vec<Source> {
    if arguments.is_empty() {
        return vec![Source::StandardInput];
    }
    let mut sources = Vec::new();
    for argument in arguments {
        if is_directory(argument) {
            sources.extend(files_below(argument, hidden, include).into_iter().map(Source::File));
        } else {
            sources.push(Source::from(argument.as_path()));
        }
    }
    sources
}

/// The names of the sources; empty for a single one, which output does not name.
pub(crate) fn names_of_several(sources: &[Source]) -> Vec<String> {
    if sources.len() > 1 { sources.iter().map(Source::name).collect() } else { Vec::new() }
}

/// Refuses to read standard input twice.
pub(crate) fn refuse_second_standard_input<'a>(
    arguments: impl IntoIterator<Item = &'a PathBuf>,
    by_default: bool,
) -> Result<(), Failure> {
    let dashes = arguments.into_iter().filter(|argument| argument.as_os_str() == STANDARD_INPUT).count();
    if dashes + usize::from(by_default) > 1 {
        return Err(Failure::new(Exit::Usage, "standard input can be read only once"));
    }
    Ok(())
}

/// Returns true for an argument that means the files below it.
pub(crate) fn is_directory(argument: &Path) -> bool {
    argument.as_os_str() != STANDARD_INPUT && argument.is_dir()
}

const STANDARD_INPUT: &str = "-";

/// Bytes that a record may add to its body.
pub(crate) const RECORD: usize = 64 << 10;

impl Source {
    /// The whole content, decompressed, cut where it is too long for the decoder in any case.
    pub(crate) fn read(&self) -> io::Result<Vec<u8>> {
        let limit = (Limits::default().bytes + RECORD + 1) as u64;
        let mut body = Vec::new();
        unpack(self.open()?)?.take(limit).read_to_end(&mut body)?;
        Ok(body)
    }

    /// Fails if the source can't be read.
    pub(crate) fn check(&self) -> Result<(), Failure> {
        let Source::File(path) = self else { return Ok(()) };
        let opened = fs::metadata(path).and_then(|metadata| {
            if metadata.is_dir() {
                fs::read_dir(path).map(drop)
            } else if metadata.is_file() {
                File::open(path).map(drop)
            } else {
                // A pipe can be opened only once.
                Ok(())
            }
        });
        opened.map_err(|error| self.unreadable(error))
    }

    /// The failure of a source that can't be read.
    pub(crate) fn unreadable(&self, error: impl Display) -> Failure {
        Failure::new(Exit::NoInput, format_args!("{}: {error}", self.name()))
    }

    /// A stream of the whole content, as it is.
    pub(crate) fn open(&self) -> io::Result<Box<dyn Read + Send>> {
        Ok(match self {
            Source::StandardInput => {
                if io::stdin().is_terminal() {
                    warn("reading standard input; end it with Ctrl-D");
                }
                Box::new(io::stdin())
            }
            Source::File(path) => Box::new(File::open(path)?),
        })
    }

    /// The size in bytes; `None` for standard input and pipes.
    pub(crate) fn size(&self) -> Option<u64> {
        match self {
            Source::StandardInput => None,
            Source::File(path) => {
                fs::metadata(path).ok().filter(fs::Metadata::is_file).map(|metadata| metadata.len())
            }
        }
    }

    /// The time of the latest change of the file; `None` for standard input.
    pub(crate) fn mtime(&self) -> Option<SystemTime> {
        let Source::File(path) = self else { return None };
        fs::metadata(path).and_then(|metadata| metadata.modified()).ok()
    }

    /// The name that messages and output use.
    pub(crate) fn name(&self) -> String {
        match self {
            Source::StandardInput => "standard input".to_owned(),
            Source::File(path) => path.display().to_string(),
        }
    }
}

impl From<&Path> for Source {
    fn from(argument: &Path) -> Self {
        if argument.as_os_str() == STANDARD_INPUT {
            Source::StandardInput
        } else {
            Source::File(argument.to_owned())
        }
    }
}
