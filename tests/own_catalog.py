"""A user's own catalog: a good one, its parts, and a broken one."""

from __future__ import annotations

from pathlib import Path

ENTRY = """\
- id: acme/widget-jammed
  title: The widget is jammed
  status: 409
  category: conflict
  messages: ["widget {name:name} is jammed at step {step:int}, call the operator"]
  meaning: The widget cannot move.
  fix: Free widget {name} at step {step}.
  examples:
    - {raw: "widget 'w 1' is jammed at step 7, call the operator", params: {name: w 1, step: 7}}
  provenance: observed
  sources: [https://example.com/widgets]
  verified: 2026-11-21
"""


TABLE = """\
provenance: observed
sources: [https://example.com/widgets]
verified: 2026-11-21
statuses:
  409:
    category: conflict
    title: A conflict
    meaning: Something is in the way of the request.
    fix: Look at the state of the widget.
    examples: ["Client error '409 Conflict' for url 'https://api.acme.example/widgets'"]
  429:
    category: rate_limit
    title: Too many widgets
    meaning: More widgets were asked for than a minute has room for.
    fix: Wait a minute, then ask again.
    provenance: documented
"""


PROVIDER = "provider: acme\nname: Acme\ndocs: https://example.com/\nnames: [acme]\nhosts: [api.acme.example]\n"


BROKEN = """\
- id: acme/widget-jammed
  title: The widget is jammed
  category: conflicts
  mesages: ["widget {name} is jammed"]
  messages: ["widget {name} is jammed"]
  meaning: short
  fix: Free it.
  fix: Free it again.
  examples: []
  provenance: observed
  sources: [example.com]
  verified: yesterday
"""


CODES = """\
- id: acme/widget-broken
  title: The widget is broken
  category: conflict
  match: [{code: acme_failure, generic: true}]
  meaning: Something is wrong with the widget.
  fix: Look at the widget.
  examples: ['{"message": "no", "code": "acme_failure"}']
  provenance: observed
  sources: [https://example.com/widgets]
  verified: 2026-11-21
- id: acme/other-widget-trouble
  kind: family
  title: Some trouble with a widget
  category: server_error
  messages: ["widget trouble of an unknown kind: {reason:text}"]
  meaning: A wording that is not listed.
  fix: Send it again.
  examples: ["widget trouble of an unknown kind: smoke"]
  provenance: observed
  sources: [https://example.com/widgets]
  verified: 2026-11-21
"""


def own_catalog(folder: Path) -> Path:
    """Write the good catalog into a folder."""
    (folder / "acme").mkdir()
    (folder / "acme" / "provider.yaml").write_text(PROVIDER)
    (folder / "acme" / "widgets.yaml").write_text(ENTRY)
    (folder / "acme" / "statuses.yaml").write_text(TABLE)
    return folder
