"""For rsyslog's `mmexternal`: `python -m errdex.edge.rsyslog` answers each message with the properties to set on it.

A message that reports an API error gets `$!errdex!category` and so on; others get nothing. There is one answer for each
line, at once, as rsyslog waits for it.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence

from errdex.edge.fields import catalog_in, fields_of


def main(arguments: Sequence[str] | None = None) -> int:
    """Answer lines until the input ends."""
    parser = argparse.ArgumentParser(prog="python -m errdex.edge.rsyslog", description=__doc__)
    parser.add_argument("--catalog", metavar="DIR", help="your own catalog, on top of the built-in one")
    catalog = catalog_in(parser.parse_args(arguments).catalog)
    for line in sys.stdin.buffer:
        found = fields_of(catalog.detect(line.rstrip(b"\n")))
        sys.stdout.write(json.dumps({"$!": {"errdex": found}} if found else {}) + "\n")
        sys.stdout.flush()
    return 0


if __name__ == "__main__":
    sys.exit(main())
