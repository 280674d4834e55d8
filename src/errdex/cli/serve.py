"""`errdex serve`: the wall in the foreground."""

from __future__ import annotations

import argparse
import sys
from contextlib import ExitStack
from typing import TYPE_CHECKING

from errdex.cli import FOUND, INTERRUPTED, TROUBLE
from errdex.cli import catalog_option as chosen

if TYPE_CHECKING:
    from errdex.wall.server import Wall


def run(arguments: argparse.Namespace) -> int:
    """Serve until Ctrl-C; return the exit status."""
    try:
        from errdex.wall.server import Wall
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] not in ("starlette", "uvicorn"):
            raise
        print(f"errdex: {error.name} is missing; pip install 'errdex[serve]'", file=sys.stderr)
        return TROUBLE
    from errdex.model.errors import ScenarioError

    with ExitStack() as files:
        record = files.enter_context(arguments.record.open("a", encoding="utf-8")) if arguments.record else None
        try:
            wall = Wall(
                arguments.scenario,
                host=arguments.host,
                port=arguments.port,
                everywhere=arguments.everywhere,
                catalog=chosen.catalog(arguments),
                max_body=arguments.max_body,
                record=record,
            )
        except ScenarioError as error:
            count = len(error.issues)
            print(f"{error}\nerrdex: the scenario has {count} mistake{'s' * (count != 1)}", file=sys.stderr)
            return TROUBLE
        try:
            wall.run(lambda: _say(wall))
        except KeyboardInterrupt:  # before it stood
            return INTERRUPTED
        print(f"errdex: stopped after {wall.calls:,} request{'s' * (wall.calls != 1)}", flush=True)
    return FOUND


def _say(wall: Wall) -> None:
    from errdex.wall.apis.routes import BASES

    print(f"errdex: the wall stands at {wall.url}; Ctrl-C stops it. Base URLs:")
    for api in BASES:
        print(f"  {api:<10} {wall.url_of(api)}")
    print(f"What it received: {wall.url}/errdex/requests", flush=True)
