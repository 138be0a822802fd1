//! The command `stichwort`. It has no subcommands yet, and says so.

use std::ffi::{OsStr, OsString};
use std::io::{self, Write};
use std::process::ExitCode;

const HELP: &str = "\
stichwort: article teasers, filtered by tag, for any web page

usage: stichwort --help | --version

There are no subcommands yet.
";

fn main() -> ExitCode {
    let arguments: Vec<OsString> = std::env::args_os().skip(1).collect();
    let arguments: Vec<&OsStr> = arguments.iter().map(OsString::as_os_str).collect();
    match arguments[..] {
        [one] if one == "--help" || one == "-h" => say(HELP),
        [one] if one == "--version" || one == "-V" => say(concat!("stichwort ", env!("CARGO_PKG_VERSION"), "\n")),
        [] => refuse("expected an argument, found none"),
        [first, ..] if first == "--help" || first == "--version" => {
            refuse(&format!("expected `{}` alone, found more", first.display()))
        }
        [first, ..] => refuse(&format!("expected `--help` or `--version`, found `{}`", first.display())),
    }
}

fn say(text: &str) -> ExitCode {
    match io::stdout().write_all(text.as_bytes()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(_) => ExitCode::FAILURE,
    }
}

/// Exit code 2 stands for wrong usage, as with other commands.
fn refuse(reason: &str) -> ExitCode {
    eprintln!("error: {reason}\n\n{HELP}");
    ExitCode::from(2)
}
