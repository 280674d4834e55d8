"""The npm package: packed, installed into empty projects, used in JavaScript, in TypeScript and in a browser."""

from __future__ import annotations

import base64
import hashlib
import json
import os
import shutil
import subprocess
import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

import errdex
from errdex.rules.compiled import read_pages, read_rules
from errdex.site import npm, twin
from tests.node import differences, node
from tests.shared_cases import CASES

TEXTS = {
    "openai/insufficient-quota": "You exceeded your current quota, please check your plan and billing details.",
    "cohere/invalid-api-key": "invalid api token",
}
USES = """
const answers = [
  %(texts)s.map((text) => classify(new Error(text)).entry),
  detect("all is well").basis,
  classify({ status: 429, headers: { "retry-after": "7" }, body: "" }).retry_after,
  createCatalog().classify(null).basis,
];
"""
PROGRAM = (
    'import { classify, createCatalog, detect } from "errdex-js";\n' + USES + "console.log(JSON.stringify(answers));\n"
)
TITLED = """() => new Promise((resolve) => {
    const look = () => (document.title === "" ? setTimeout(look, 10) : resolve());
    look();
})"""
"""Waits; Playwright's own way of waiting for an expression would need `eval`."""
TYPED = PROGRAM.replace("const answers = [", "const answers: (string | number | null | (string | null)[])[] = [")
TYPED += 'const answer: Answer = classify("x");\nif (answer.category === "billing") console.log(answer.fix.length);\n'
TYPED = TYPED.replace("import {", "import { type Answer,")


def used(program: str) -> str:
    return program % {"texts": json.dumps([*TEXTS.values()])}


EXPECTED = [[*TEXTS], "none", 7, "none"]


def run(*command: str, folder: Path) -> str:
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return an empty project in which the packed package is installed."""
    program = shutil.which("npm")
    if program is None:
        if os.environ.get("CI"):
            pytest.fail("no npm: apt-get install npm")
        pytest.skip("no npm on this machine")
    folder = tmp_path_factory.mktemp("npm")
    npm.write(read_rules(), folder / "package")
    packed = run(program, "pack", "--silent", folder=folder / "package").strip()
    project = folder / "project"
    project.mkdir()
    (project / "package.json").write_text('{"private": true, "type": "module"}')
    run(program, "install", "--no-audit", "--no-fund", str(folder / "package" / packed), folder=project)
    return project


@pytest.fixture(scope="module")
def installed(project: Path) -> Path:
    return project / "node_modules" / "errdex-js"


def test_what_is_in_it(installed: Path) -> None:
    """One module, its data and types, and nothing that it depends on."""
    found = {path.relative_to(installed).as_posix() for path in installed.rglob("*") if path.is_file()}
    files = {"index.js", "errdex.js", "rules.js", "weights.js", "index.d.ts", "bin/classify.js"}
    assert found == files | {"package.json", "README.md", "LICENSE"}
    told = json.loads((installed / "package.json").read_text("utf-8"))
    assert told["version"] == errdex.__version__
    assert not told.keys() & {"dependencies", "devDependencies", "private", "scripts"}


def test_a_program_in_javascript(project: Path) -> None:
    (project / "program.js").write_text(used(PROGRAM))
    assert json.loads(run(node(), "program.js", folder=project)) == EXPECTED


def test_a_program_in_typescript(project: Path) -> None:
    """Strict, for Node's modules and for bundlers; what it is compiled to runs."""
    compiler = twin.CHECKOUT / "node_modules" / ".bin" / "tsc"
    if not compiler.exists():
        if os.environ.get("CI"):
            pytest.fail("no TypeScript: npm install in src/errdex-js")
        pytest.skip("no TypeScript: npm install in src/errdex-js")
    (project / "typed.ts").write_text(used(TYPED))
    options = ["--strict", "--target", "es2022", "--lib", "es2022,dom"]
    run(
        str(compiler),
        *options,
        "--module",
        "esnext",
        "--moduleResolution",
        "bundler",
        "--noEmit",
        "typed.ts",
        folder=project,
    )
    run(str(compiler), *options, "--module", "node16", "typed.ts", folder=project)
    assert json.loads(run(node(), "typed.js", folder=project)) == EXPECTED


def test_the_command_answers_as_python_does(installed: Path) -> None:
    """The shared cases, and an example of every tenth entry."""
    texts = [case["text"] for case in CASES if case.get("ask") != "detect"]
    for page in [*read_pages()["entries"].values()][::10]:
        texts += [text for text in page.get("examples", ())[:1] if isinstance(text, str)]
    assert len(texts) > 200
    expected = [errdex.classify(text).to_dict() for text in texts]
    assert differences(texts, expected, program=installed / "bin" / "classify.js") == []


class _Handler(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def address(installed: Path) -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Handler, directory=str(installed)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()


def test_a_page(browser: Any, installed: Path, address: str) -> None:
    """The package as it is, without a bundler, under a policy that allows no `eval`."""
    policy = "default-src 'none'; img-src data:; script-src 'self' 'sha256-%s'"
    script = used(PROGRAM).replace('"errdex-js"', '"./index.js"').replace("console.log", "document.title = String")
    mark = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    head = f'<meta http-equiv="Content-Security-Policy" content="{policy % mark}"><link rel="icon" href="data:,">'
    (installed / "page.html").write_text(f'<!doctype html>{head}<script type="module">{script}</script>')
    page = browser.new_page()
    troubles: list[str] = []
    page.on("console", lambda message: troubles.append(message.text))
    page.on("pageerror", lambda error: troubles.append(str(error)))
    page.goto(f"{address}page.html")
    page.evaluate(TITLED)
    answers = json.loads(page.title())
    page.close()
    assert (answers, troubles) == (EXPECTED, [])
