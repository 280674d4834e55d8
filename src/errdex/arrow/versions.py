"""The version of a catalog, so that a table tells which one judged its rows."""

from __future__ import annotations

import json
from weakref import WeakKeyDictionary
from zlib import crc32

import errdex
from errdex.classifier.catalog import Catalog
from errdex.rules.tables import ENTRY_FIELDS, TEMPLATE_FIELDS

_versions: WeakKeyDictionary[Catalog, str] = WeakKeyDictionary()


def version_of(catalog: Catalog) -> str:
    """Return errdex's version and a checksum of the catalog's entries and templates, as in `1.2.0+4f0c9a31`."""
    version = _versions.get(catalog)
    if version is None:
        version = _versions[catalog] = f"{errdex.__version__}+{_checksum(catalog):08x}"
    return version


def _checksum(catalog: Catalog) -> int:
    checksum = 0
    rules = catalog._rules
    for rows, names in ((rules.entries.all(), ENTRY_FIELDS), (rules.templates.all(), TEMPLATE_FIELDS)):
        for row in rows:
            values = json.dumps([getattr(row, name) for name in names], sort_keys=True)
            checksum = crc32(values.encode(), checksum)
    return checksum
