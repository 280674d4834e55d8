"""A user's own catalog over ours."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from errdex.authoring.overlay import load_over
from errdex.classifier.catalog import Catalog
from errdex.model.errors import CatalogError
from tests.own_catalog import ENTRY, PROVIDER, own_catalog


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return own_catalog(tmp_path)


def test_own_entries_and_ours(folder: Path) -> None:
    """Own entries answer beside ours."""
    catalog = Catalog.load(folder)
    answer = catalog.classify("acme: widget 'w 1' is jammed at step 7, call the operator")
    assert (answer.entry, answer.provider, answer.fix) == ("acme/widget-jammed", "acme", "Free widget w 1 at step 7.")
    assert catalog.classify("invalid api token").entry == "cohere/invalid-api-key"
    assert catalog.classify("Client error '409 Conflict' for url 'https://api.acme.example/w'").entry == "acme/409"
    assert "acme/widget-jammed" in catalog.pages["entries"]


def test_override_and_disable(folder: Path) -> None:
    """The same id replaces ours; a disabled id never answers."""
    (folder / "acme" / "widgets.yaml").unlink()
    (folder / "cohere").mkdir()
    ours = ENTRY.replace("acme/widget-jammed", "cohere/invalid-api-key")
    (folder / "cohere" / "auth.yaml").write_text(ours)
    (folder / "errdex.yaml").write_text("disable: [cohere/no-api-key]\n")
    catalog = Catalog.load(folder)
    assert catalog.classify("widget w is jammed at step 1, call the operator").entry == "cohere/invalid-api-key"
    assert catalog.classify("invalid api token").entry != "cohere/invalid-api-key"
    assert catalog.classify("no api key supplied").entry != "cohere/no-api-key"


def test_conditions_beside_a_status(folder: Path) -> None:
    """An item that asks for a status and a header matches only with both; paths of the body are the provider's."""
    (folder / "acme" / "provider.yaml").write_text(PROVIDER + "body: {messages: [oops.text]}\n")
    match = "[{status: 409, header: {x-frozen: present}}, {status: 409, detail: {cell: '{_:word}PerDay{_:word}'}}]"
    frozen = re.sub(r"messages: .*", f"match: {match}", ENTRY.replace("widget-jammed", "frozen"))
    (folder / "acme" / "frozen.yaml").write_text(frozen)
    catalog = Catalog.load(folder)
    assert catalog.classify("x", status=409, provider="acme").entry == "acme/409"
    assert catalog.classify("x", status=409, provider="acme", headers={"X-Frozen": "1"}).entry == "acme/frozen"
    assert catalog.classify({"cell": "WidgetsPerDayPerCell"}, status=409, provider="acme").entry == "acme/frozen"
    body = {"oops": {"text": "widget 'w 1' is jammed at step 7, call the operator"}}
    assert catalog.classify(body).entry == "acme/widget-jammed"


def test_own_entries_have_no_page_of_ours(folder: Path) -> None:
    """An address that is not there is worse than none."""
    catalog = Catalog.load(folder)
    assert catalog.classify("widget w is jammed at step 1, call the operator").docs_url is None
    assert catalog.classify("invalid api token").docs_url is not None


def test_disable_names_entries(folder: Path) -> None:
    """A typo in `disable` is said, with what was meant."""
    (folder / "errdex.yaml").write_text("disable: [cohere/no-api-keys]\n")
    with pytest.raises(CatalogError, match=r"errdex\.yaml.*cohere/no-api-key"):
        Catalog.load(folder)


def test_gateways_name_a_users_provider(folder: Path) -> None:
    """What a gateway writes before a provider's message follows from the provider's own names."""
    (folder / "acme" / "provider.yaml").write_text(PROVIDER.replace("[acme]", "[acme, AcmeException]"))
    rules, _ = load_over(folder)
    heads = rules["heads"]
    assert ["acmeexception - "] in heads
    assert ["cohereexception - "] in heads
