"""A small catalog of an imaginary provider, to break and to mend."""

from __future__ import annotations

from pathlib import Path

ENTRY = """\
- id: acme/slots-busy
  title: All slots of the team are busy
  category: rate_limit
  messages: ["all {count:int} slots are busy, next one free in {retry_after:duration}"]
  meaning: Every slot of the team works on another request.
  fix: Send the same request again after the time that the message names.
  examples: ["all 4 slots are busy, next one free in 20 seconds"]
"""
PROVIDER = "provider: acme\nname: Acme\ndocs: https://example.com/\n"
TABLE = """\
statuses:
  429:
    category: rate_limit
    title: Too many requests
    meaning: More requests came than a minute has room for.
    fix: Wait a minute, then ask again.
"""
FILES = {"acme/limits.yaml": ENTRY, "acme/provider.yaml": PROVIDER, "acme/statuses.yaml": TABLE}


def write(folder: Path, **changes: str) -> Path:
    """Write the catalog into a folder, with the entry, provider, table or settings given here."""
    files = dict(FILES)
    names = {"entry": "acme/limits.yaml", "provider": "acme/provider.yaml", "table": "acme/statuses.yaml"}
    for name, text in changes.items():
        files[names.get(name, "errdex.yaml")] = text
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)
    return folder


def changed(old: str, new: str, text: str = ENTRY) -> str:
    """Return a text with one thing in it changed, which must be there."""
    assert old in text
    return text.replace(old, new, 1)
