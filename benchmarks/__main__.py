"""`python -m benchmarks`."""

from benchmarks.table import main

if __name__ == "__main__":
    raise SystemExit(main())
