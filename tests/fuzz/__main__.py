"""Fuzz a target by hand: `python -m tests.fuzz text --seconds 3600`.

With atheris, coverage guides the choices (`--atheris`, options of libFuzzer behind `--`); without it they are random. A failure is printed
with its seed, which `--seed` runs again.
"""

from __future__ import annotations

import argparse
import sys
import time
import traceback
from random import Random

from errdex.classifier import safety_net
from tests.clock import stopped
from tests.fuzz.targets import TARGETS


class Choices(Random):
    """Choices made by bytes, so that a fuzzer can steer them; when they are used up, by their sum."""

    def __init__(self, data: bytes) -> None:
        super().__init__(sum(data))
        self._bits = iter(data)

    def getrandbits(self, count: int) -> int:
        """Return a number of so many bits."""
        size = (count + 7) // 8
        taken = bytes(byte for _, byte in zip(range(size), self._bits, strict=False))
        if len(taken) < size:
            return super().getrandbits(count)
        return int.from_bytes(taken, "big") >> (8 * size - count)


def main() -> int:
    """Run a target; return 1 if it found anything."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    parser.add_argument("target", choices=TARGETS)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--seed", type=int, help="run this seed only")
    parser.add_argument("--atheris", nargs=argparse.REMAINDER, help="let atheris choose; its options follow")
    given = parser.parse_args()
    safety_net.is_open = True
    target = TARGETS[given.target]
    if given.seed is not None:
        target(Random(given.seed))
        return 0
    if given.atheris is not None:
        import atheris

        atheris.instrument_all()
        atheris.Setup([sys.argv[0], *given.atheris], lambda data: target(Choices(data)))
        atheris.Fuzz()
    begun, tried, found, worst = time.monotonic(), 0, 0, (0.0, 0)
    first = time.time_ns() & 0xFFFFFFFF
    while time.monotonic() < begun + given.seconds:
        seed, started = first + tried, time.thread_time()
        try:
            with stopped():
                target(Random(seed))
        except Exception:
            found += 1
            print(f"seed {seed}\n{traceback.format_exc()[-1_500:]}", flush=True)
        tried += 1
        worst = max(worst, (time.thread_time() - started, seed))
    print(f"{given.target}: {tried:,} inputs, {found} failures; the slowest {worst[0]:.3f} s, seed {worst[1]}")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
