//! Which files below a directory are read: [`Below`].

use std::path::PathBuf;

use glob::Pattern;

use crate::input::{self, Source};

/// Which files below a directory are read.
#[derive(Debug, Clone, Default, clap::Args)]
pub(crate) struct Below {
    /// Read hidden files of directories too
    #[arg(long, help_heading = DIRECTORIES, hide_short_help = true)]
    hidden: bool,
    /// Read only those files of directories whose name, or path below the directory, matches, such as '*.json'
    #[arg(long, value_name = "GLOB", value_parser = Pattern::new, help_heading = DIRECTORIES, hide_short_help = true)]
    include: Vec<Pattern>,
}

const DIRECTORIES: &str = "Directories";

impl Below {
    /// The sources that the arguments name.
    pub(crate) fn sources(&self, arguments: &[PathBuf]) -> Vec<Source> {
        input::sources(arguments, self.hidden, &self.include)
    }
}
