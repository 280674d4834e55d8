"""The guides are true: each code block runs, each output is compared, each link leads somewhere.

The blocks of a page run one after another in a folder of the page's own, in a process of its own:

- `python`: executed in one namespace a page. A comment behind an expression is its value.
- `sh`: each command runs, and exits with 0 or what its comment `# exit status N` says. `NOT_RUN` lists those that do not.
- `yaml title="PATH"`: a file of a catalog, written into the folder. Each catalog of a page is linted at its end,
  and with an `mkdocs.yml` its site is built.
- `text`, `json`: what the block before printed. `…` stands for anything.
- `conf`: a configuration of another program. It is not run here; the page says whether it is run elsewhere.

Anything else fails.
"""

from __future__ import annotations

import ast
import io
import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import traceback
from contextlib import redirect_stdout
from fnmatch import fnmatch
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any, NamedTuple
from xml.etree import ElementTree

import pytest

import errdex
from errdex.classifier.catalog import Catalog
from errdex.integrations._record_fields import NO_FIELDS
from errdex.lint.checks import lint
from tests import ROOT

DOCS = ROOT / "docs"
PAGES = sorted(DOCS.glob("*.md"))
NAMES = [page.name for page in PAGES]

NOT_RUN = {
    "apt-get install *": "installs packages",
    "pip install *": "installs packages",
    "python -m benchmarks *": "takes ten minutes",
    "errdex serve*": "never ends",
    "tail -f *": "never ends",
    "kubectl *": "needs a cluster",
}
"""Commands that are not run, each with the reason."""

NEEDS = {
    "arrow.md": ["pyarrow"],
    "catalog-as-data.md": ["pyarrow", "duckdb", "chdb"],
    "duckdb.md": ["pyarrow", "duckdb"],
    "pandas.md": ["pyarrow", "pandas"],
    "polars.md": ["pyarrow", "polars"],
    "ray.md": ["pyarrow", "ray"],
    "spark.md": ["pyarrow", "pyspark"],
}
"""What the code of a page needs besides errdex; without it, the page's blocks are not run."""
NOISY = ("ray.md", "spark.md")
"""Pages of engines that warn of their own and write to stderr what they do."""

LOG = """\
10:11:11 INFO started
10:11:12 ERROR chat failed: trial token rate limit exceeded, limit is 100000 tokens per minute
10:11:13 INFO 429 rows written
"""
FILES = {
    "log-filter.md": {
        "app.log": LOG,
        "annotated.log": LOG.replace("minute\n", "minute  # errdex: id=x/y\n"),
        "app.log.zst": LOG,
    },
    "troubleshooting.md": {"app.log": LOG},
}
"""Files that the commands of a page need."""


class Block(NamedTuple):
    """A fenced block of a page."""

    line: int
    language: str
    title: str
    text: str


def blocks_of(page: Path) -> list[Block]:
    """Return the fenced blocks of a page."""
    text = page.read_text("utf-8")
    found = []
    for fence in re.finditer(r"^```(.*)\n((?:(?!```).*\n)*?)```$", text, flags=re.MULTILINE):
        language, _, info = fence[1].partition(" ")
        title = re.fullmatch(r'title="([\w./-]+)"', info)
        assert title or not info, f"{page.name}: {fence[0][:80]}"
        found.append(Block(text.count("\n", 0, fence.start()) + 1, language, title[1] if title else "", fence[2]))
    fences = len(re.findall(r"^\s*(?:>\s*)?(?:```|~~~)", text, flags=re.MULTILINE))
    assert fences == 2 * len(found), f"{page.name}: a fence that is indented, quoted or not closed"
    return found


def commands_of(block: str) -> list[tuple[str, int]]:
    """Return the commands of a `sh` block that are run, each with its exit status."""
    commands = []
    for line in block.replace("\\\n", " ").splitlines():
        command, _, comment = line.partition(" #")
        if not command.strip() or any(fnmatch(command.strip(), pattern) for pattern in NOT_RUN):
            continue
        status = re.match(r" exit status (\d+)", comment)
        commands.append((line, int(status[1]) if status else 0))
    return commands


def agrees(shown: str, real: str) -> bool:
    """Tell whether an output is what a page shows: blanks at line ends aside, and `…` for anything."""
    shown, real = (re.sub(r"[ \t]+$", "", text, flags=re.MULTILINE).strip("\n") for text in (shown, real))
    return re.fullmatch(re.escape(shown).replace("…", ".*"), real, flags=re.DOTALL) is not None


# What runs in the page's own process.


def run_python(code: str, namespace: dict[str, Any]) -> None:
    """Run a block; compare values with the comments behind expressions."""
    lines = code.splitlines()
    for node in ast.parse(code).body:
        if not isinstance(node, ast.Expr):
            exec(compile(ast.Module([node], []), "<block>", "exec"), namespace)
            continue
        value = eval(compile(ast.Expression(node.value), "<block>", "eval"), namespace)
        rest = lines[(node.end_lineno or 0) - 1].encode()[node.end_col_offset :].decode().strip()
        if rest:
            shown = {repr(value), repr(str(value))} if isinstance(value, str) else {repr(value)}
            said = rest.removeprefix("#").strip()
            assert any(agrees(said, real) for real in shown), f"{ast.unparse(node)} is {value!r}, not {said}"
        else:
            assert isinstance(node.value, ast.Call), f"{ast.unparse(node)}: its value is not shown"


def run_sh(commands: list[tuple[str, int]]) -> str:
    """Run commands; return what they print."""
    printed = ""
    for command, status in commands:
        # `less` would wait for somebody to read.
        done = subprocess.run(["bash", "-c", f"less() {{ cat; }}\n{command}"], capture_output=True, text=True)
        assert done.returncode == status, f"{command}: exit status {done.returncode}\n{done.stdout}{done.stderr}"
        printed += done.stdout
    return printed


def run_page(blocks: list[Block]) -> None:
    """Run the blocks of a page in the current folder; print each mistake."""
    namespace: dict[str, Any] = {"__name__": "__main__"}
    printed: str | None = None
    for place, block in enumerate(blocks):
        try:
            if block.language == "python":
                with redirect_stdout(io.StringIO()) as output:
                    run_python(block.text, namespace)
                printed = output.getvalue()
                shown = blocks[place + 1].language if place + 1 < len(blocks) else ""
                assert not printed or shown in ("text", "json"), f"prints what is not shown: {printed}"
            elif block.language == "sh":
                printed = run_sh(commands_of(block.text))
            elif block.language == "yaml":
                assert block.title, 'a block of YAML is a file of a catalog: ```yaml title="my-catalog/acme/….yaml"'
                path = Path(block.title)
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(block.text, "utf-8")
                printed = None
            elif block.language == "conf":
                printed = None
            elif block.language in ("text", "json"):
                assert printed is not None, "no block before it prints anything"
                assert agrees(block.text, printed), f"this is printed:\n{printed}"
                printed = None
            else:
                raise AssertionError(f"no rule for blocks of {block.language or 'no language'!r}")
        except Exception:
            print(f"line {block.line}: {traceback.format_exc(limit=-1)}")


# The tests.


ENGINES_OF_MANY_PROCESSES = ("ray", "spark")


@pytest.mark.parametrize(
    "name",
    [
        pytest.param(name, marks=pytest.mark.xdist_group(stem) if stem in ENGINES_OF_MANY_PROCESSES else ())
        for name, stem in ((name, name.removesuffix(".md")) for name in NAMES)
    ],
)
def test_blocks(name: str, tmp_path: Path) -> None:
    """What a page shows is what happens."""
    for package in NEEDS.get(name, ()):
        pytest.importorskip(package, reason=f"{package} is not installed")
    if name == "spark.md" and not shutil.which("java"):
        pytest.skip("Java is not installed")
    blocks = blocks_of(DOCS / name)
    for file, text in FILES.get(name, {}).items():
        (tmp_path / file).write_text(text)
    commands = tmp_path / "bin"
    commands.mkdir()
    for command, module in (("errdex", "-m errdex "), ("python", "")):
        (commands / command).write_text(f'#!/bin/sh\nexec {shlex.quote(sys.executable)} {module}"$@"\n')
        (commands / command).chmod(0o755)
    done = subprocess.run(
        [sys.executable, *([] if name in NOISY else ["-W", "error"]), __file__],
        input=json.dumps(blocks),
        capture_output=True,
        text=True,
        cwd=tmp_path,
        env={
            **os.environ,
            "PATH": f"{commands}{os.pathsep}{os.environ['PATH']}",
            "NO_COLOR": "1",
            "COLUMNS": "100",
            "PYTHONPATH": str(ROOT),
        },
    )
    noise = done.stderr if name in NOISY else ""
    assert (done.returncode, done.stdout, done.stderr) == (0, "", noise), f"{name}:\n{done.stdout}{done.stderr}"
    titles = {block.title for block in blocks if block.language == "yaml"}
    if "mkdocs.yml" in titles:
        build_site(tmp_path)
    for root in {title.partition("/")[0] for title in titles if "/" in title}:
        report = lint(tmp_path / root)
        assert report.issues == []
        assert report.entries


def build_site(folder: Path) -> None:
    """Build the site that a page configures, strictly."""
    (folder / "docs").mkdir()
    (folder / "docs" / "index.md").write_text('# Home\n\n[Errors](errors/index.md)\n\n<div class="errdex-box"></div>\n')
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet"]
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1"}
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, env=environment, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert [*folder.glob("site/errors/acme/*/index.html")]


def test_what_is_not_run_is_there() -> None:
    """Each exception is needed."""
    lines = [
        line
        for page in PAGES
        for block in blocks_of(page)
        if block.language == "sh"
        for line in block.text.splitlines()
    ]
    parts = [part.strip() for line in lines for part in line.split("&&")]
    assert [pattern for pattern in NOT_RUN if not any(fnmatch(part, pattern) for part in parts)] == []
    assert FILES.keys() <= set(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_links(name: str, catalog: Catalog) -> None:
    """Each relative link leads to a file, an entry's page or a heading that is there."""
    text = (DOCS / name).read_text("utf-8")
    for target in re.findall(r"\]\(([^)\s]+)\)", re.sub(r"```.*?```", "", text, flags=re.DOTALL)):
        if re.match(r"https?://", target):
            continue
        path, _, anchor = target.partition("#")
        if path.startswith("errors/"):  # made from the catalog
            entry = path.removeprefix("errors/").removesuffix(".md")
            assert entry in ("index", "what-changed") or entry in catalog.pages["entries"], target
            continue
        page = DOCS / path if path else DOCS / name
        assert page.exists(), target
        assert page.resolve().is_relative_to(DOCS), f"{target} is not on the site"
        if anchor:
            headings = re.findall(r"^#+ (.*)$", page.read_text("utf-8"), flags=re.MULTILINE)
            assert anchor in [re.sub(r"[^\w -]", "", heading).lower().replace(" ", "-") for heading in headings], target


@pytest.mark.parametrize("name", NAMES)
def test_ids_exist(name: str, catalog: Catalog) -> None:
    """An entry that a page names in backticks is in the catalog; `acme` is everybody's example."""
    text = (DOCS / name).read_text("utf-8")
    named = re.findall(rf"`((?:{'|'.join(catalog.providers)})/[a-z0-9-]+)`", text)
    assert [entry for entry in named if entry not in catalog.pages["entries"]] == []


def rows_of(name: str, head: str) -> list[list[str]]:
    """Return the rows of all tables of a page whose first column has this head."""
    rows: list[list[str]] = []
    inside = False
    for line in (DOCS / name).read_text("utf-8").splitlines():
        cells = [cell.strip() for cell in line.strip().strip("|").split(" | ")]
        if not line.startswith("|"):
            inside = False
        elif cells[0] == head:
            inside = True
        elif inside and not line.startswith("| --"):
            rows.append(cells)
    return rows


def test_categories() -> None:
    """The page names all categories, in order, with their verdicts."""
    rows = rows_of("taxonomy.md", "category")
    said = {row[0].strip("`"): row[2].split(",")[0] for row in rows}
    assert said == {str(category): "yes" if category.retryable else "no" for category in errdex.Category}


def test_scopes_and_actions() -> None:
    """The page names all of them, in order, and each category's defaults."""
    assert [row[0].strip("`") for row in rows_of("taxonomy.md", "scope")] == [*errdex.Scope]
    assert [row[0].strip("`") for row in rows_of("taxonomy.md", "action")] == [*errdex.Action]
    said = [tuple(cell.strip("`") for cell in row) for row in rows_of("taxonomy.md", "default of")]
    assert said == [(category, category.scope, category.action) for category in errdex.Category]


SEEN = [(name, row) for name in ("taxonomy.md", "troubleshooting.md") for row in rows_of(name, "you see")]


@pytest.mark.parametrize(("name", "row"), SEEN, ids=[f"{name}:{row[0][:40]}" for name, row in SEEN])
def test_verdicts_in_tables(name: str, row: list[str], catalog: Catalog) -> None:
    """What a table says about a text is what `classify` says: category, retry, and the entry where one is linked."""
    seen, category, retry = row[:3]
    text, status = re.fullmatch(r"`(.+?)`(?:, status (\d{3}))?", seen).groups()  # type: ignore[union-attr]
    answer = catalog.classify(text, status=int(status) if status else None)
    assert (f"`{answer.category}`", "yes" if answer.retryable else "no") == (category, retry.split(",")[0])
    wait = re.search(r"after (\d+)&nbsp;s", retry)
    assert wait is None or answer.retry_after == int(wait[1])
    linked = re.search(r"\(errors/([\w/-]+)\.md\)", " ".join(row))
    assert linked is None or linked[1] == answer.entry


def test_tables_are_read() -> None:
    """The tables above are found at all."""
    assert len(SEEN) > 40
    assert {name for name, _ in SEEN} == {"taxonomy.md", "troubleshooting.md"}


def test_logging_fields_are_named() -> None:
    """The page about logs names every field."""
    text = (DOCS / "logging.md").read_text("utf-8")
    assert all(f"`{name}`" in text for name in NO_FIELDS)


def test_api_reference() -> None:
    """Each directive names something that exists and is documented, and no public name is left out."""
    text = (DOCS / "api.md").read_text("utf-8")
    paths = re.findall(r"^::: (\S+)$", text, flags=re.MULTILINE)
    for path in paths:
        module, _, name = path.rpartition(".")
        if module in ("errdex.arrow.kernel", "errdex.arrow.answered_tables") and not find_spec("pyarrow"):
            continue
        assert getattr(import_module(module), name).__doc__, path
    names = {path.removeprefix("errdex.") for path in paths}
    assert set(errdex.__all__) <= names
    public = {
        path.relative_to(ROOT / "src").with_suffix("").as_posix().replace("/", ".")
        for path in (ROOT / "src" / "errdex" / "integrations").glob("*.py")
        if path.stem in ("logging", "structlog", "loguru", "opentelemetry", "sentry")
    }
    assert public == {path.rpartition(".")[0] for path in paths if path.startswith("errdex.integrations.")}


def test_pictures() -> None:
    """Each picture is well-formed, shown with a text in place of it, and asks for nothing from elsewhere."""
    pages = "".join(page.read_text("utf-8") for page in PAGES)
    pictures = sorted((DOCS / "assets").glob("*.svg"))
    assert pictures
    for picture in pictures:
        text = picture.read_text("utf-8")
        assert ElementTree.fromstring(text).find("{http://www.w3.org/2000/svg}title") is not None
        assert not re.search(r"<script|href=|@import|url\(http", text)
        if picture.name == "how-it-decides.svg":
            assert re.search(rf"!\[[^\]]{{40,}}\]\(assets/{picture.name}\)", pages)


if __name__ == "__main__":
    run_page([Block(*block) for block in json.load(sys.stdin)])
