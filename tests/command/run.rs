//! Runs the command.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde_json::Value;

/// A prepared run.
pub(crate) struct Run {
    command: Command,
    input: Vec<u8>,
}

/// The exit status and the output of a run.
#[derive(Debug)]
pub(crate) struct RunOutput {
    pub(crate) exit: i32,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

/// Prepares a run with these arguments, from the root of the repository.
pub(crate) fn run<S: AsRef<std::ffi::OsStr>>(arguments: impl IntoIterator<Item = S>) -> Run {
    let mut command = Command::new(env!("CARGO_BIN_EXE_dts-status"));
    command.args(arguments).current_dir(env!("CARGO_MANIFEST_DIR"));
    for name in ["NO_COLOR", "CLICOLOR", "CLICOLOR_FORCE", "TERM"] {
        command.env_remove(name);
    }
    Run { command, input: Vec::new() }
}

impl Run {
    pub(crate) fn input(mut self, input: impl Into<Vec<u8>>) -> Self {
        self.input = input.into();
        self
    }

    pub(crate) fn env(mut self, name: &str, value: &str) -> Self {
        self.command.env(name, value);
        self
    }

    /// Runs in another directory, so that the output does not depend on its name.
    pub(crate) fn directory(mut self, path: &Path) -> Self {
        self.command.current_dir(path);
        self
    }

    pub(crate) fn finish(mut self) -> RunOutput {
        self.command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = self.command.spawn().unwrap();
        // A run that fails early does not read its input.
        let _ = child.stdin.take().unwrap().write_all(&self.input);
        let output = child.wait_with_output().unwrap();
        RunOutput {
            exit: output.status.code().expect("the command exits without a signal"),
            stdout: String::from_utf8(output.stdout).unwrap(),
            stderr: String::from_utf8(output.stderr).unwrap(),
        }
    }

    /// Runs with a standard output whose reader is closed.
    pub(crate) fn finish_unread(mut self) -> RunOutput {
        let (reader, writer) = std::io::pipe().unwrap();
        drop(reader);
        self.command.stdin(Stdio::null()).stdout(writer).stderr(Stdio::piped());
        let output = self.command.spawn().unwrap().wait_with_output().unwrap();
        RunOutput {
            exit: output.status.code().expect("the command exits without a signal"),
            stdout: String::new(),
            stderr: String::from_utf8(output.stderr).unwrap(),
        }
    }
}

impl RunOutput {
    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.stdout).unwrap_or_else(|error| panic!("{error}: {self:?}"))
    }

    /// Exit status and output, for a snapshot.
    pub(crate) fn text(&self) -> String {
        format!("exit: {}\n--- stdout\n{}--- stderr\n{}", self.exit, self.stdout, self.stderr)
    }
}

/// An empty directory for one test.
pub(crate) fn directory(name: &str) -> PathBuf {
    let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = std::fs::remove_dir_all(&path);
    std::fs::create_dir_all(&path).unwrap();
    path
}

/// The documented sample without its quirk and its violation.
pub(crate) fn documented() -> String {
    let sample =
        std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/testdata/docs-en.json")).unwrap();
    let precheck = "\"PrecheckStatus\": {\n        \"Status\": \"Finished\"";
    assert!(sample.contains(precheck));
    sample
        .replace("synchronizing", "Synchronizing")
        .replace(precheck, &precheck.replace("Finished", "Success"))
}

/// A text without the line breaks and indents of wrapping.
pub(crate) fn unwrapped(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
