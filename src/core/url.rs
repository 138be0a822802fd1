//! Link resolution.
