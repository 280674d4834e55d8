"""A catalog from a stranger puts no markup of its own on a page, whatever field it stands in."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path

import pytest

PAYLOADS = {
    "script": "x <script>alert('{}')</script> y",
    "image": "x <img src=x onerror=alert('{}')> y",
    "escaped tick": "x \\`<img src=x onerror=alert('{}')>\\` y",
    "uneven ticks": "x ``a`<img src=x onerror=alert('{}')>` y",
    "link": "x [click](javascript:alert('{}')) y",
    "link with entities": "x [click](&#106;avascript:alert('{}')) y",
    "link in a link": "[![a](javascript:alert('{}'))](https://x.test) [b][{}] y",
    "data link": "[x](data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==)",
    "attributes": "x *click*{{ onclick=\"alert('{}')\" }} y",
    "address": "x <https://a.b/\"onmouseover=alert('{}')> y",
    "image link": "x ![a](https://evil.test/pixel.png) y",
    "front matter": 'x": y <b>{}</b>',
}
LINES = {
    "broken tag": "x <\nscript>alert('{}')</script>",
    "include": '--8<-- "/etc/passwd"',
    "fence with attributes": "``` {{onclick=alert(1)}}\ny\n```",
    "fence closed by a control character": "```\nx\n``\x02`\n<script>alert('{}')</script>\n```",
    "open fence": "```\n<script>alert('{}')</script>",
    "tildes": "~~~\nx\n~~~\n<img src=x onerror=alert('{}')>",
    "admonition": "!!! note \"<img src=x onerror=alert('{}')>\"\n    z",
    "definition": "[x][y] y\n\n[y]: javascript:alert('{}')",
    "abbreviation": "*[x]: <img src=x onerror=alert('{}')>\n\nx",
    "html block": "<div markdown=1 onclick=alert('{}')>\n\nx\n\n</div>",
    "comment": "<!-- x --><script>alert('{}')</script>",
    "carriage return": "```\nx\n```\r<script>alert('{}')</script>",
}
PROSE = ("meaning", "steps", "note")


def _entry(name: str, **keys: object) -> dict[str, object]:
    message = f"some quite long message of {name} here"
    return {
        "id": f"mine/{name}",
        "title": "A title",
        "status": 400,
        "category": "invalid_request",
        "messages": [message],
        "meaning": "What happened in this case.",
        "fix": "Do it.",
        "examples": [message],
        "sources": ["https://example.com/a_(b)"],
        **keys,
    }


def _catalog(folder: Path) -> Path:
    entries = []
    for number, payload in enumerate([*PAYLOADS.values(), *LINES.values()]):
        for field in ("title", "fix", *PROSE):
            if "\n" not in payload or field in PROSE:
                text = payload.format(*[f"{field}{number}"] * 2)
                entries.append(_entry(f"{field}-{number}", **{field: text}))
        text = payload.format("message", "message")
        entries.append(
            _entry(
                f"texts-{number}",
                messages=[f"some long message here {text}".replace("{", "{{").replace("}", "}}")],
                examples=[f"some long message here {text}"],
                counterexamples=[f"zzz {text} | ` \n"],
                snippets={"python": text, "curl": text, "C++": f"x\n```\n{text}"},
                endpoints=[text],
                match=[
                    {"code": " ".join(text.split())},
                    {"field": {f"a|b{text}": f"v{text}"}},
                    {"header": {"x": text}},
                ],
            )
        )
    (folder / "mine").mkdir(parents=True)
    (folder / "mine" / "a.yaml").write_text(json.dumps(entries))
    image = PAYLOADS["image"].format("provider")
    provider = {
        "provider": "mine",
        "name": f"Mi{image}",
        "docs": "https://x.test/)[a](javascript:alert('docs'))",
        "status_page": "https://x.test/)[a](javascript:alert('status'))",
        "contact": image + " [a](javascript:alert(1))",
    }
    (folder / "mine" / "provider.yaml").write_text(json.dumps(provider))
    return folder


class _Page(HTMLParser):
    """Collects what runs: handlers, addresses that are code, scripts, and images from elsewhere."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, str]] = []
        self._script = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._script = tag == "script"
        for name, value in attrs:
            said = re.sub(r"[\s\x00]", "", value or "").lower()
            if name.startswith("on") or said.startswith(("javascript:", "data:text", "vbscript:")):
                self.found.append((tag, f"{name}={value}"))
            if name == "src" and "evil.test" in said:
                self.found.append((tag, said))

    def handle_endtag(self, tag: str) -> None:
        self._script = False

    def handle_data(self, data: str) -> None:
        if self._script and "alert(" in data:
            self.found.append(("script", data))


@pytest.mark.parametrize("theme", ["material", "mkdocs"])
def test_no_text_of_a_catalog_is_markup(theme: str, tmp_path: Path) -> None:
    catalog = _catalog(tmp_path / "catalog")
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "index.md").write_text("# Ours\n")
    (tmp_path / "mkdocs.yml").write_text(
        f"site_name: Ours\ntheme: {{name: {theme}}}\nplugins:\n  - search\n  - errdex: {{catalog: {catalog}}}\n"
        "markdown_extensions: [abbr, footnotes, pymdownx.snippets, pymdownx.superfences, pymdownx.tilde]\n"
    )
    build = [sys.executable, "-m", "mkdocs", "build", "--quiet", "--site-dir", str(tmp_path / "out")]
    done = subprocess.run(build, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-2_000:]
    pages = [*(tmp_path / "out" / "errors").rglob("*.html")]
    assert len(pages) > 100
    found = []
    for path in pages:
        text = path.read_text("utf-8")
        page = _Page()
        page.feed(text)
        found += [(path.parent.name, *seen) for seen in page.found]
        assert "root:x:0" not in text
    assert found == []
