"""One corpus on every engine: whatever way is taken to an answer, it is the answer of the reference."""
