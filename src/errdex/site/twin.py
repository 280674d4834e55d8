"""The JavaScript twin of the classifier: its modules, and the data it reads."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path, PurePosixPath
from typing import Any, Final

from errdex.read.signals.labels import Labels
from errdex.read.signals.providers import Providers
from errdex.rules.compiled import Rules
from errdex.rules.tables import ENTRY_FIELDS, TEMPLATE_FIELDS
from errdex.site import javascript_regex
from errdex.site.constants import constants
from errdex.wording import linear_model

CATALOG: Final = "classifier/catalog"
"""The entry module, which requires all others."""
API: Final = "classifier/api"
"""The entry module of the npm package, which takes errors and responses too."""
CONSTANTS: Final = "data/constants.json"
RULES: Final = "data/rules.json"
WEIGHTS: Final = "data/weights.json"
CHECKOUT: Final = Path(__file__).parents[2] / "errdex-js"
"""The twin's package in a checkout; an installed errdex has none."""
COLUMNS: Final = {"entry": ENTRY_FIELDS, "template": TEMPLATE_FIELDS}
"""The columns of the rows of entries and templates."""
_REQUIRED: Final = re.compile(r'\brequire\("([^"]+)"\)')
# The parts of the compiled catalog that the twin needs.
_KEYS: Final = (
    *("format", "entries", "templates", "items", "first_words", "words", "codes", "code_words", "fields", "exceptions"),
    *("details", "field_words", "defaults", "categories", "own", "gateways", "compatible", "names", "modules"),
    *("mentions", "prefixes", "message_paths", "code_paths", "classes", "class_words", "wanted_classes", "heads"),
)


def folder() -> Traversable:
    """Return the folder of the twin: the one packed beside this module, or that of the checkout."""
    packed = files("errdex.site").joinpath("errdex-js")
    return packed if packed.is_dir() else CHECKOUT


def modules(entry: str = CATALOG) -> dict[str, str]:
    """Return a module and those that it needs, as path without `.js` → text."""
    found: dict[str, str] = {}
    waiting = [entry]
    root = folder()
    while waiting:
        name = waiting.pop()
        if name not in found:
            found[name] = root.joinpath(f"{name}.js").read_text(encoding="utf-8")
            waiting += _required(name, found[name])
    return dict(sorted(found.items()))


def _required(name: str, text: str) -> Iterator[str]:
    """Yield the modules that a module requires."""
    for path in _REQUIRED.findall(text):
        parts: list[str] = []
        for part in PurePosixPath(name).parent.joinpath(path).parts:
            parts = parts[:-1] if part == ".." else [*parts, part]
        if not path.endswith(".json"):
            yield "/".join(parts)


def rules(compiled: dict[str, Any]) -> dict[str, Any]:
    """Return a compiled catalog as the twin reads it.

    It names the columns of the rows, and the one pattern that contains names from the catalog is translated.
    """
    label = Labels(Providers(Rules(compiled)))._label
    found = {key: compiled[key] for key in _KEYS if key in compiled}
    return found | {"columns": COLUMNS, "label": javascript_regex.translate(label.pattern, label.flags)}


def weights() -> dict[str, Any]:
    """Return the weights of the wording model, as Python and the twin read them."""
    found: dict[str, Any] = json.loads(Path(linear_model.WEIGHTS).read_text(encoding="utf-8"))
    return found


def data(compiled: dict[str, Any]) -> dict[str, str]:
    """Return the data that the twin reads in Node, as path in its folder → text."""
    return {CONSTANTS: dump(constants(modules(API))), RULES: dump(rules(compiled)), WEIGHTS: dump(weights())}


def write(compiled: dict[str, Any], package: Path = CHECKOUT) -> list[Path]:
    """Write the data that the twin reads into its package; return the files."""
    paths = []
    for name, text in data(compiled).items():
        path = package / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
        paths.append(path)
    return paths


def stale(compiled: dict[str, Any], package: Path = CHECKOUT) -> list[Path]:
    """Return the files that `write` would change."""
    found = [(package / name, text) for name, text in data(compiled).items()]
    return [path for path, text in found if not path.exists() or path.read_text(encoding="utf-8") != text]


def dump(value: Any) -> str:
    """Return a value as compact JSON."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")) + "\n"
