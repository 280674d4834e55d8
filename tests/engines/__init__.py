"""One corpus on every engine: each must give the answers of the reference."""
