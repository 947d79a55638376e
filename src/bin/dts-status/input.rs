//! Where bodies come from: [`Source`].

use std::fs::{self, File};
use std::io::{self, IsTerminal, Read};
use std::path::{Path, PathBuf};

use aliyun_dts_status::Limits;

use crate::exit::{Exit, Failure, complain};

/// Where one body comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Source {
    StandardInput,
    File(PathBuf),
}

/// The sources that arguments name: `-` is standard input, and so is no argument at all; a directory is every
/// file below it, in the order of their names.
pub(crate) fn sources(arguments: &[PathBuf]) -> Result<Vec<Source>, Failure> {
    if arguments.is_empty() {
        return Ok(vec![Source::StandardInput]);
    }
    let mut sources = Vec::new();
    for argument in arguments {
        if is_directory(argument) {
            files_below(argument, &mut sources)?;
        } else {
            sources.push(Source::from(argument.as_path()));
        }
    }
    Ok(sources)
}

/// Refuses to read standard input twice.
pub(crate) fn once_from_standard_input<'a>(
    arguments: impl IntoIterator<Item = &'a PathBuf>,
    by_default: bool,
) -> Result<(), Failure> {
    let dashes = arguments.into_iter().filter(|argument| argument.as_os_str() == STANDARD_INPUT).count();
    if dashes + usize::from(by_default) > 1 {
        return Err(Failure::new(Exit::Usage, "standard input can be read only once"));
    }
    Ok(())
}

/// Whether an argument stands for the files below it, however many there are.
pub(crate) fn is_directory(argument: &Path) -> bool {
    argument.as_os_str() != STANDARD_INPUT && argument.is_dir()
}

const STANDARD_INPUT: &str = "-";

impl Source {
    /// The whole body, or so much that the decoder refuses it for its size.
    pub(crate) fn read(&self) -> Result<Vec<u8>, Failure> {
        let most = Limits::default().bytes as u64 + 1;
        let mut body = Vec::new();
        match self {
            Source::StandardInput => {
                if io::stdin().is_terminal() {
                    complain("reading standard input; end it with Ctrl-D");
                }
                io::stdin().lock().take(most).read_to_end(&mut body)
            }
            Source::File(path) => File::open(path).and_then(|file| file.take(most).read_to_end(&mut body)),
        }
        .map_err(|error| unreadable(&self.name(), &error))?;
        Ok(body)
    }

    /// Fails if it can't be opened.
    pub(crate) fn check(&self) -> Result<(), Failure> {
        let Source::File(path) = self else { return Ok(()) };
        let opened = fs::metadata(path).and_then(|metadata| {
            // A pipe can be opened only once.
            if metadata.is_file() { File::open(path).map(drop) } else { Ok(()) }
        });
        opened.map_err(|error| unreadable(&self.name(), &error))
    }

    /// A stream of all that is in it.
    pub(crate) fn open(&self) -> io::Result<Box<dyn Read + Send>> {
        Ok(match self {
            Source::StandardInput => Box::new(io::stdin()),
            Source::File(path) => Box::new(File::open(path)?),
        })
    }

    /// How many bytes there are, if that is known.
    pub(crate) fn size(&self) -> Option<u64> {
        match self {
            Source::StandardInput => None,
            // A pipe has no size.
            Source::File(path) => {
                fs::metadata(path).ok().filter(fs::Metadata::is_file).map(|metadata| metadata.len())
            }
        }
    }

    /// What to call it in front of people.
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

fn files_below(directory: &Path, sources: &mut Vec<Source>) -> Result<(), Failure> {
    let told = |error| unreadable(&directory.display().to_string(), &error);
    let mut paths = Vec::new();
    for entry in fs::read_dir(directory).map_err(told)? {
        paths.push(entry.map_err(told)?.path());
    }
    paths.sort();
    for path in paths {
        // A link to a directory is not followed, as it may lead back up.
        let is_link = fs::symlink_metadata(&path).is_ok_and(|metadata| metadata.is_symlink());
        if path.is_file() {
            sources.push(Source::File(path));
        } else if path.is_dir() && !is_link {
            files_below(&path, sources)?;
        }
    }
    Ok(())
}

fn unreadable(name: &str, error: &io::Error) -> Failure {
    Failure::new(Exit::NoInput, format_args!("{name}: {error}"))
}
