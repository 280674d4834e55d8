"""Fast paths: they find the same answers as the reference in less time."""
