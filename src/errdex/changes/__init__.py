"""What changed between two states of a catalog, and in which release: `errdex diff`, `errdex history`."""
