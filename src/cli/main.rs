//! The command `stichwort`. It has no subcommands yet: `--help` says so.
fn main() {}
