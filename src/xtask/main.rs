//! Everything a developer types: `cargo xtask <command>`.
//!
//! A command installs what it lacks, says what it does and how long it took,
//! and does nothing twice.
#![allow(clippy::print_stdout, reason = "a program for people at a terminal")]

mod bench;
mod dist;
mod glue;
mod order;
mod paths;
mod process;
mod results;
mod rust;
mod sample;
mod script;
mod serve;
mod sinks;
mod size;
mod spelling;
mod split;
mod stamp;
mod test;
mod tidy;
mod tools;
mod wasm;

use std::ffi::OsString;
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::{Result, bail};
use lexopt::prelude::*;

use crate::wasm::Kind;

struct Command {
    name: &'static str,
    usage: &'static str,
    about: &'static str,
    run: fn(lexopt::Parser) -> Result<()>,
}

const COMMANDS: [Command; 8] = [
    Command {
        name: "build",
        usage: "build [--dev]",
        about: "fill dist/ and say what it weighs; --dev: with names and panic messages, not minified",
        run: build,
    },
    Command {
        name: "demo",
        usage: "demo [--port N] [--no-build] [--dev]",
        about: "build, then serve the example pages of www/ (http://127.0.0.1:8080)",
        run: demo,
    },
    Command {
        name: "test",
        usage: "test [--native] [ARGUMENTS OF CARGO TEST]",
        about: "build, then run every test in three browsers; --native: only those that need none",
        run: test,
    },
    Command {
        name: "tidy",
        usage: "tidy",
        about: "check formatting, lints, documentation, and that no HTML sink ships",
        run: tidy,
    },
    Command {
        name: "screenshots",
        usage: "screenshots",
        about: "take the pictures in www/screenshots anew",
        run: screenshots,
    },
    Command {
        name: "sample",
        usage: "sample N [--out FILE]",
        about: "write a bundle of N made-up articles, always the same",
        run: sample,
    },
    Command {
        name: "bench",
        usage: "bench [--quick] [OPTIONS OF TESTS/BENCH/RUN.MJS]",
        about: "measure against a floor and eight peers, write www/benchmark.html; --quick: the floor alone, two minutes",
        run: |parser| bench::measure(&raw(parser)?),
    },
    Command {
        name: "profile",
        usage: "profile [OPTIONS OF TESTS/BENCH/PROFILE.MJS]",
        about: "say where the time of a cold start and of a click goes",
        run: |parser| bench::profile(&raw(parser)?),
    },
];

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> Result<()> {
    let mut parser = lexopt::Parser::from_env();
    let name = match parser.next()? {
        None | Some(Short('h') | Long("help")) => {
            print!("{}", help());
            return Ok(());
        }
        Some(Value(name)) => name.string()?,
        Some(other) => return Err(other.unexpected().into()),
    };
    match COMMANDS.iter().find(|command| command.name == name) {
        Some(command) => (command.run)(parser),
        None if name == "help" => {
            print!("{}", help());
            Ok(())
        }
        None => bail!("expected a command, found `{name}`\n\n{}", help().trim_end()),
    }
}

fn help() -> String {
    let mut help = String::from("cargo xtask COMMAND\n");
    for command in &COMMANDS {
        help += &format!("\n  {}\n      {}\n", command.usage, command.about);
    }
    help
}

fn build(mut parser: lexopt::Parser) -> Result<()> {
    let mut kind = Kind::Small;
    while let Some(argument) = parser.next()? {
        match argument {
            Long("dev") => kind = Kind::Debug,
            other => return Err(other.unexpected().into()),
        }
    }
    dist::build(kind)
}

fn demo(mut parser: lexopt::Parser) -> Result<()> {
    let (mut port, mut kind) = (8080, Some(Kind::Small));
    while let Some(argument) = parser.next()? {
        match argument {
            Long("port") => port = parser.value()?.parse()?,
            Long("no-build") => kind = None,
            Long("dev") => kind = Some(Kind::Debug),
            other => return Err(other.unexpected().into()),
        }
    }
    match kind {
        Some(kind) => dist::build(kind)?,
        None if paths::dist().join("stichwort.js").is_file() => {}
        None => bail!("expected dist/stichwort.js, found none; build it by leaving out --no-build"),
    }
    serve::serve(port)
}

fn test(parser: lexopt::Parser) -> Result<()> {
    let mut arguments = raw(parser)?;
    // Ours stands before what belongs to the tests themselves.
    let own = arguments.iter().position(|argument| argument == "--").unwrap_or(arguments.len());
    match arguments[..own].iter().position(|argument| argument == "--native") {
        Some(native) => {
            arguments.remove(native);
            test::native(&arguments)
        }
        None => test::all(&arguments),
    }
}

fn raw(mut parser: lexopt::Parser) -> Result<Vec<OsString>> {
    Ok(parser.raw_args()?.collect())
}

fn tidy(mut parser: lexopt::Parser) -> Result<()> {
    match parser.next()? {
        Some(other) => Err(other.unexpected().into()),
        None => tidy::check(),
    }
}

fn screenshots(mut parser: lexopt::Parser) -> Result<()> {
    match parser.next()? {
        Some(other) => Err(other.unexpected().into()),
        None => test::screenshots(),
    }
}

fn sample(mut parser: lexopt::Parser) -> Result<()> {
    let (mut articles, mut file) = (None, None);
    while let Some(argument) = parser.next()? {
        match argument {
            Value(number) if articles.is_none() => articles = Some(number.parse()?),
            Long("out") => file = Some(PathBuf::from(parser.value()?)),
            other => return Err(other.unexpected().into()),
        }
    }
    match articles {
        Some(articles) => sample::write(articles, file.as_deref()),
        None => bail!("expected the number of articles, as in `cargo xtask sample 1000`"),
    }
}
