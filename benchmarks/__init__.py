"""Benchmarks of errdex: `python -m benchmarks` prints one table of measurements and design targets."""
