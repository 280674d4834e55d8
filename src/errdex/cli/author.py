"""`errdex lint`, `errdex build` and `errdex schema`: for authors of catalogs."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from errdex.cli import CLEAN, FINDINGS, TROUBLE
from errdex.cli.output import JSON_SCHEMA
from errdex.model.errors import ErrdexError
from errdex.model.printable import printable
from errdex.rules import compiled

if TYPE_CHECKING:
    from errdex.lint.checks import Report


def lint(arguments: argparse.Namespace) -> int:
    """Check a catalog; print every finding with its location. Warnings count as findings only with `--strict`."""
    from errdex.lint.checks import lint as check

    roots = {_root(path) for path in arguments.paths or [Path("catalog")]}
    status = CLEAN
    for root in sorted(roots):
        report = check(root)
        for issue in report.issues:
            if arguments.json:
                place = issue.location._asdict()
                said = {"severity": issue.severity, "code": issue.code, "message": issue.message}
                print(json.dumps({"schema": JSON_SCHEMA, **place, **said}))
            else:
                print(issue)
        counts = [_count(report.entries, "entry"), _count(report.examples, "example"), *_counts(report)]
        print(f"{printable(str(root))}: {', '.join(counts)}", file=sys.stderr)
        found = report.issues if arguments.strict else report.errors
        status = max(status, TROUBLE if report.broken else FINDINGS if found else CLEAN)
    return status


def _counts(report: Report) -> Iterator[str]:
    """Yield the numbers of mistakes or findings and of warnings, if there are any."""
    word = "mistake" if report.broken else "finding"
    yield _count(report.errors, word) if report.errors else "no findings"
    if warnings := len(report.issues) - report.errors:
        yield _count(warnings, "warning")


def _count(number: int, what: str) -> str:
    many = f"{what.removesuffix('y')}ies" if what.endswith("y") else f"{what}s"
    return f"{number} {what if number == 1 else many}"


def _root(path: Path) -> Path:
    """Return the catalog to check: a folder as given, or the one around a file or a provider's folder."""
    if not path.exists():
        raise ErrdexError(f"{path}: no such file or folder; give the folder that contains the YAML files")
    path = path.resolve()
    folder = path if path.is_dir() else path.parent
    is_in_catalog = any(
        (folder.parent / name).exists() for name in ("schema.json", "errdex.yaml", "http/provider.yaml")
    )
    if (folder / "provider.yaml").exists() and is_in_catalog:
        folder = folder.parent
    try:
        return folder.relative_to(Path.cwd())
    except ValueError:
        return folder


def build(arguments: argparse.Namespace) -> int:
    """Compile a catalog, or check that the compiled files are up to date."""
    from errdex.authoring.build import build as write
    from errdex.authoring.build import check
    from errdex.site import twin

    if arguments.json or arguments.npm:
        return _release(arguments)
    if arguments.out is None and arguments.catalog.resolve() != Path(compiled.CHECKOUT):
        raise ErrdexError(
            f"{arguments.catalog} is not the catalog of this package; give --out DIR to compile it there, "
            "or use it with --catalog, which needs no build"
        )
    out: Path = arguments.out or Path(compiled.DATA)
    has_twin = arguments.out is None and twin.CHECKOUT.is_dir()
    if arguments.check:
        stale = [out / name for name in check(arguments.catalog, out)]
        if has_twin and not stale:
            stale = twin.stale(compiled.read_rules())
        for path in stale:
            print(f"{path}: out of date with {arguments.catalog}; run `errdex build`", file=sys.stderr)
        return FINDINGS if stale else CLEAN
    written = write(arguments.catalog, out)
    if has_twin:
        written += twin.write(compiled.read_rules())
    for path in written:
        print(path)
    return CLEAN


def _release(arguments: argparse.Namespace) -> int:
    """Write a catalog as one JSON file, with its schema beside it, or as a package for npm."""
    from errdex.authoring.overlay import load_alone
    from errdex.site import SiteCatalog, data, npm, twin

    rules, pages = load_alone(arguments.catalog)
    if path := arguments.json:
        texts = data.release(SiteCatalog(rules, pages))
        for target, text in zip((path, path.with_suffix(".schema.json")), texts, strict=True):
            target.write_text(text, encoding="utf-8")
            print(target)
    if arguments.npm:
        if not twin.CHECKOUT.is_dir():
            raise ErrdexError("--npm needs a checkout of errdex, where src/errdex-js is")
        for target in npm.write(rules, arguments.npm):
            print(target)
    return CLEAN


def train(arguments: argparse.Namespace) -> int:
    """Fit the wording model to a catalog and write its weights into the package, or elsewhere."""
    from errdex.training.train import train as fit
    from errdex.wording.linear_model import WEIGHTS

    print(f"fitting the wording model to {arguments.catalog}, which takes about a minute", file=sys.stderr)
    text, examples = fit(arguments.catalog)
    path: Path = arguments.out or Path(WEIGHTS)
    path.write_text(text, encoding="utf-8")
    print(f"{path}: fitted to {_count(examples, 'example')}", file=sys.stderr)
    return CLEAN


def schema(arguments: argparse.Namespace) -> int:
    """Print the JSON Schema of catalog files, write it, or check that a file is up to date."""
    from errdex.authoring.json_schema import render

    text = render()
    if arguments.out is None and arguments.check:
        raise ErrdexError("--check needs --out FILE, the file to compare with")
    if arguments.out is None:
        print(text, end="")
        return CLEAN
    path: Path = arguments.out
    if arguments.check:
        if path.exists() and path.read_text(encoding="utf-8") == text:
            return CLEAN
        print(f"{path}: out of date; run `errdex schema --out {path}`", file=sys.stderr)
        return FINDINGS
    path.write_text(text, encoding="utf-8")
    return CLEAN
