//! What the command says to each kind of arguments.

use std::process::Command;

#[track_caller]
fn check(arguments: &[&str], code: i32, stdout: &str, stderr: &str) {
    let output = Command::new(env!("CARGO_BIN_EXE_stichwort")).args(arguments).output().unwrap();
    assert_eq!(output.status.code(), Some(code));
    for (said, expected) in [(output.stdout, stdout), (output.stderr, stderr)] {
        let said = String::from_utf8(said).unwrap();
        assert!(said.starts_with(expected), "{said}");
        assert_eq!(said.is_empty(), expected.is_empty(), "{said}");
    }
}

#[test]
fn it_tells_its_version_and_its_usage() {
    check(&["--version"], 0, concat!("stichwort ", env!("CARGO_PKG_VERSION"), "\n"), "");
    check(&["--help"], 0, "stichwort: article teasers", "");
}

#[test]
fn wrong_usage_is_an_error() {
    check(&[], 2, "", "error: expected an argument, found none\n");
    check(&["render"], 2, "", "error: expected `--help` or `--version`, found `render`\n");
    check(&["--version", "x"], 2, "", "error: expected `--version` alone, found more\n");
}
