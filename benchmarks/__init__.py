"""Benchmarks of errdex: `python -m benchmarks` prints one table against the targets of the design."""
