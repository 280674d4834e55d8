"""Pieces of Markdown that every renderer reads the same way.

A catalog may come from a stranger, so its texts can do no more on a page than their kind of text needs: the only
markup of prose is emphasis, lists, tables, code, headings and links to the web.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Collection, Iterable, Mapping
from typing import Any, Final
from urllib.parse import quote

from errdex.authoring.template import parse

_SPECIAL: Final = re.compile(r"[\\`*_{}\[\]<>|&~]")
_CONTROL: Final = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029]")  # some renderers delete them
_LANGUAGE: Final = re.compile(r"[A-Za-z0-9_+#-]{1,30}")
_BEFORE_EMPTY: Final = re.compile(r"\n(?=[ \t]*\n)")
_FENCE: Final = re.compile(r"^( {0,8})(`{3,})([^\n`]*)\n(.*?)^ {0,8}\2`* *$", re.MULTILINE | re.DOTALL)
_WEB: Final = re.compile(r"(?:https?://|mailto:)[\w.~:/?#@!$&*+,;=%-]+")
_IN_ADDRESS: Final = "~:/?#@!$&'*+,;=%"
_IN_HEAD: Final = str.maketrans({"<": "‹", ">": "›", '"': "&quot;"})
_INLINE: Final = re.compile(
    r"(?P<ticks>`+)(?!`)(?P<code>.+?)(?<!`)(?P=ticks)(?!`)"
    r"|\[(?P<text>[^\[\]\n]*)\]\((?P<target>[^\s()]*)\)"
    r"|<(?P<address>https?://[^\s<>\"'`{}]+)>"
    r"|\\(?P<literal>[\\`*_{}\[\]()#+.!<>|~-])"
    r"|(?P<markup>[<`{\[~]|!(?=\[))",
    re.DOTALL,
)
_MARKUP: Final = re.compile(r"[<`{\[~\\\n]")
_FIX_HOLE: Final = re.compile(r"\{([a-z_]+)\}")
_URL: Final = re.compile(r"(?<![<(])https?://[^\s<>]*[^\s<>.,;:!?)]")


def fenced(text: str, language: str = "text") -> str:
    """Return a text as a fenced block."""
    text = _clean(text).rstrip()
    language = language if _LANGUAGE.fullmatch(language) else "text"
    fence = "`" * max(3, *(len(run) + 1 for run in re.findall(r"`{3,}", text)), 3)
    return f"{fence}{language}\n{text}\n{fence}"


def raw(text: str) -> str:
    """Return a text as a block of HTML: highlighting finds nothing in a message, and takes its time on thousands."""
    return f'<pre class="errdex-raw"><code>{_inert(text.rstrip())}</code></pre>'


def _inert(text: str) -> str:
    """Return a text for a block of HTML, without what a renderer reads even there.

    That is tags, the marks of fences, and an empty line, behind which Markdown begins again.
    """
    text = html.escape(_clean(text), quote=False).replace("`", "&#96;").replace("~", "&#126;")
    return _BEFORE_EMPTY.sub("&#10;", text)


def message(template: str) -> str:
    """Return a template as a block of HTML, its holes as words."""
    parts = (_inert(part) if isinstance(part, str) else hole(part.name) for part in parse(template))
    return f'<pre class="errdex-raw"><code>{"".join(parts).rstrip()}</code></pre>'


def inline_message(template: str) -> str:
    """Return a template as inline code that is safe in a table cell, its holes as words."""
    parts = (escaped(part) if isinstance(part, str) else hole(part.name) for part in parse(template))
    return f"<code>{''.join(parts)}</code>"


def hole(name: str) -> str:
    """Return the name of a hole as words."""
    return f"<var>{'…' if name == '_' else name.replace('_', ' ')}</var>"


def folded(summary: str, blocks: Iterable[str]) -> str:
    """Return blocks of HTML under a line that opens them."""
    return "\n".join([f'<details class="errdex-more"><summary>{summary}</summary>', *blocks, "</details>"])


def instruction(fix: str, names: Collection[str]) -> str:
    """Return a fix as Markdown: its URLs are links, and its holes, which are called `names`, are words."""
    parts = re.split(r"(`[^`]*`)", fix)
    for number, part in enumerate(parts):
        is_code = number % 2
        pieces = _FIX_HOLE.split(part.strip("`") if is_code else part)
        for place, piece in enumerate(pieces):
            if place % 2 and piece in names:
                pieces[place] = hole(piece)
            else:
                text = f"{{{piece}}}" if place % 2 else piece
                pieces[place] = escaped(text) if is_code else prose(_URL.sub(r"<\g<0>>", text))
        alone = len(pieces) == 3 and not pieces[0] + pieces[2]
        parts[number] = "".join(pieces) if alone or not is_code else f"<code>{''.join(pieces)}</code>"
    return "".join(parts)


def escaped(text: str) -> str:
    """Return a text with all markup characters as entities, safe in table cells too."""
    return _SPECIAL.sub(lambda found: _entity(found[0]), re.sub(r"\s+", " ", _clean(text)))


def code(text: str) -> str:
    """Return a text as inline code that is safe in a table cell, whatever it contains."""
    return f"<code>{escaped(text)}</code>"


def prose(text: str) -> str:
    """Return Markdown without HTML, attributes, images, and links that are not to the web; these stay text."""
    out, position = [], 0
    text = _clean(text)
    for found in _FENCE.finditer(text):
        out.append(_prose_without_fences(text[position : found.start()]))
        margin, _, language, content = found.groups()
        lines = [line.removeprefix(margin) for line in content.rstrip("\n").split("\n")]
        out.append("\n".join(margin + line for line in fenced("\n".join(lines), language.strip()).split("\n")))
        position = found.end()
    return "".join([*out, _prose_without_fences(text[position:])])


def _prose_without_fences(text: str) -> str:
    return _INLINE.sub(_inline, text)


def _inline(found: re.Match[str]) -> str:
    kind = found.lastgroup
    if found["code"] is not None:
        plain = len(found["ticks"]) == 1 and not _MARKUP.search(found["code"])
        return found[0] if plain else code(found["code"].strip())
    if kind == "address":
        return found[0]
    if kind == "target":
        linked = _WEB.fullmatch(found["target"])
        text = _prose_without_fences(found["text"])
        return f"[{text}]({found['target']})" if linked else text
    return _entity(found["literal"] or found["markup"])


def _entity(char: str) -> str:
    return f"&#{ord(char)};"


def _clean(text: str) -> str:
    """Return a text with plain line breaks and without control characters."""
    return _CONTROL.sub("\N{REPLACEMENT CHARACTER}", text.replace("\r\n", "\n").replace("\r", "\n"))


def link(text: str, address: str) -> str:
    """Return a link to an address on the web; `text` is Markdown."""
    return f"[{text}]({quote(address, safe=_IN_ADDRESS)})"


def front_matter(**values: object) -> str:
    """Return the head of a page; its strings are safe where a theme writes them into HTML without escaping them."""
    lines = []
    for name, value in values.items():
        if isinstance(value, str):
            value = " ".join(_clean(value).split()).translate(_IN_HEAD)
        lines.append(f"{name}: {json.dumps(value, ensure_ascii=False)}")
    return "\n".join(["---", *lines, "---"])


def titled(title: str) -> str:
    """Return an entry's title with its `backticked` parts as code."""
    return "".join(code(part) if number % 2 else escaped(part) for number, part in enumerate(title.split("`")))


def shown(template: str) -> str:
    """Return a template for people to read: holes without their kinds, single braces instead of double."""
    return "".join(
        part if isinstance(part, str) else "{" + ("…" if part.name == "_" else part.name) + "}"
        for part in parse(template)
    )


def templates(page: Mapping[str, Any]) -> list[str]:
    """Return the messages by which an entry is recognised, each once."""
    found = [*page.get("messages", ()), *(item["message"] for item in page.get("match", ()) if "message" in item)]
    return list(dict.fromkeys(found))


def narrowing(made: str) -> str:
    """Return a table of entries, which drops its last columns on narrow screens."""
    return f'<div class="errdex-list" markdown="1">\n\n{made}\n\n</div>'


def table(heads: list[str], rows: list[list[str]]) -> str:
    """Return a table."""
    lines = [heads, ["---"] * len(heads), *rows]
    return "\n".join("| " + " | ".join(cells) + " |" for cells in lines)
