"""Somebody's own catalog of one entry."""

from __future__ import annotations

from pathlib import Path

OWN = """\
- id: ours/too-large
  title: "The picture is `too large` | for us"
  status: 413
  category: invalid_request
  messages: ["picture of {size:int} bytes is too large, at most {most:int} are taken"]
  meaning: The picture has more bytes than the service takes, whatever its format.
  fix: Shrink the picture to {most} bytes.
  examples: ["picture of 12 bytes is too large, at most 10 are taken"]
  provenance: documented
  sources: ["https://ours.test/errors"]
  verified: 2026-11-21
  related: [http/413]
"""


def own_catalog(folder: Path) -> Path:
    (folder / "ours").mkdir(parents=True)
    (folder / "ours" / "provider.yaml").write_text("provider: ours\nname: Our API\ndocs: https://ours.test/errors\n")
    (folder / "ours" / "errors.yaml").write_text(OWN, encoding="utf-8")
    return folder
