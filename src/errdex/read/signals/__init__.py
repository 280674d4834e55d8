"""What tells of an error besides its message: status, classes, providers, waits."""
