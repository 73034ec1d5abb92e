//! Worlds by name; tick, identify, authorize, apply, publish; the journal.
