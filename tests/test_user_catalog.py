"""A user's own catalog: over ours, or refused with every mistake in its place."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from errdex.authoring.overlay import load_over
from errdex.authoring.source import load, read
from errdex.classifier.catalog import Catalog
from errdex.lint.checks import lint
from errdex.model.errors import CatalogError
from test_cli import run

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


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "acme").mkdir()
    (tmp_path / "acme" / "provider.yaml").write_text(PROVIDER)
    (tmp_path / "acme" / "widgets.yaml").write_text(ENTRY)
    (tmp_path / "acme" / "statuses.yaml").write_text(TABLE)
    return tmp_path


def as_built_in(folder: Path) -> None:
    """Make it a catalog like ours, which says what `http` is."""
    (folder / "http").mkdir()
    (folder / "http" / "provider.yaml").write_text("provider: http\nname: Any API\ndocs: https://example.com/\n")


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


def test_lint_of_a_clean_catalog(folder: Path) -> None:
    """A good catalog has no findings."""
    report = lint(folder)
    assert report.issues == []
    assert (report.entries, report.examples) == (3, 3)


def test_rows_of_statuses_are_entries(folder: Path) -> None:
    """A row has its id, kind, match and example by its status, and the keys at the top unless it has its own."""
    entries = load(folder).entries
    one, other = entries["acme/409"], entries["acme/429"]
    assert [(entry.kind, entry.status, entry.provenance) for entry in (one, other)] == [
        ("default", 409, "observed"),
        ("default", 429, "documented"),
    ]
    assert [item.status for item in other.match] == [429]
    assert one.sources == other.sources == ["https://example.com/widgets"]
    assert [example if isinstance(example, str) else example.raw for example in other.examples] == [
        "HTTP/1.1 429 Too Many Requests"
    ]
    assert load(folder).places["acme/429"].at().line == TABLE[: TABLE.index("429:")].count("\n") + 1


@pytest.mark.parametrize(
    ("old", "new", "place", "words"),
    [
        ("  409:\n", "  409:\n    id: acme/conflict\n", "6:5", "`id` of the row 409 follows from the status"),
        ("  409:", "  499x:", "5:3", "`499x` is no status"),
        ("verified: 2026", "checked: 2026", "3:1", "unknown key `checked`; a table of statuses has the keys"),
        (
            "provenance: observed",
            "provenance: rumoured",
            "1:13",
            "`provenance` must be one of `documented`, `observed`, not 'rumoured'",
        ),
        ("    fix: Wait a minute, then ask again.\n", "", "11:3", "`fix` is missing"),
        ("statuses:", "rows:", "1:1", "`statuses` is missing"),
        ("  429:\n", "  409:\n", "11:3", "key '409' given twice"),
    ],
)
def test_mistakes_in_a_table_have_their_place(old: str, new: str, place: str, words: str, folder: Path) -> None:
    """A mistake in a row or in a shared key is reported where it stands."""
    path = folder / "acme" / "statuses.yaml"
    path.write_text(TABLE.replace(old, new, 1))
    assert any(str(issue).startswith(f"{path}:{place}: {words}") for issue in lint(folder).issues), lint(folder).issues


def test_defaults_stand_in_the_table(folder: Path) -> None:
    """There is one way to write a default."""
    path = folder / "acme" / "widgets.yaml"
    path.write_text(ENTRY.replace("  status: 409\n", "  kind: default\n  status: 409\n"))
    assert [str(issue) for issue in lint(folder).issues] == [
        f"{path}:3:9: `kind`: a default is a row of the table in statuses.yaml, not an entry of a list [schema]"
    ]


def test_only_the_built_in_catalog_needs_all_defaults(folder: Path) -> None:
    """A user's entries fall back on `http/`; a provider of the built-in catalog says what each of its statuses means."""
    (folder / "acme" / "statuses.yaml").unlink()
    assert lint(folder).issues == []
    as_built_in(folder)
    codes = {issue.code for issue in lint(folder).issues}
    assert codes == {"default", "param-name"}


def test_every_mistake_has_its_place(tmp_path: Path) -> None:
    """All mistakes of all files are reported in one run, and nothing is loaded."""
    (tmp_path / "acme").mkdir()
    path = tmp_path / "acme" / "widgets.yaml"
    path.write_text(BROKEN)
    (tmp_path / "acme" / "other.yaml").write_text("- [not, closed\n")
    (tmp_path / "acme" / "alias.yaml").write_text("- &a {id: x}\n- *a\n")
    with pytest.raises(CatalogError) as caught:
        load(tmp_path)
    said = [str(issue) for issue in caught.value.issues]
    for place, words in (
        (f"{path}:3:13", "category"),
        (f"{path}:4:3", "mesages"),
        (f"{path}:5:14", "{name}"),
        (f"{path}:8:3", "given twice"),
        (f"{path}:11:13", "sources"),
        (f"{path}:12:13", "verified"),
    ):
        assert any(line.startswith(place) and words in line for line in said), (place, said)
    assert any("other.yaml" in line and "not valid YAML" in line for line in said)
    assert any("alias.yaml:2" in line for line in said)


def test_broken_catalog_on_the_command_line(tmp_path: Path) -> None:
    """The same on the command line: every mistake, exit status 2, no answer."""
    (tmp_path / "widgets.yaml").write_text(BROKEN)
    done = run("classify", "--catalog", str(tmp_path), "invalid api token")
    assert done.returncode == 2
    assert done.stdout == ""
    assert "widgets.yaml:3:13" in done.stderr
    assert "nothing of it was loaded" in done.stderr
    assert run("lint", str(tmp_path)).returncode == 2


LINT = {
    "open-start": (
        "widget {name:name} is jammed at step {step:int}, call the operator",
        "{x:text} is jammed at the step",
    ),
    "no-key-literal": ("widget {name:name} is jammed at step {step:int}, call the operator", "w {x:int} j"),
    "support": (
        "widget {name:name} is jammed at step {step:int}, call the operator",
        "widget {name:name} jammed {step:int}",
    ),
    "fix-hole": ("Free widget {name} at step {step}.", "Free widget {name} at step {nothing}."),
    "param-type": ("widget {name:name} is", "widget {limit:name} is"),
    "example": ("at step 7, call", "at leap 7, call"),
    "dangling-id": ("  verified: 2026-11-21\n", "  verified: 2026-11-21\n  related: [acme/nothing]\n"),
    "contradiction": ("status: 409\n  category: conflict\n  messages", "status: 402\n  category: conflict\n  messages"),
    "common-code": ("  meaning: The", "  match: [{code: failed}]\n  meaning: The"),
    "shadowed-message": (
        'call the operator"]',
        'call the operator", "widget {name:name} is jammed at step {step:int}, call the operator"]',
    ),
}


@pytest.mark.parametrize("code", LINT)
def test_each_check_finds_its_mistake(code: str, folder: Path) -> None:
    """Each check notices what it is for, and the place is in the file."""
    old, new = LINT[code]
    path = folder / "acme" / "widgets.yaml"
    assert old in path.read_text()
    path.write_text(path.read_text().replace(old, new, 1))
    report = lint(folder)
    assert not report.broken, report.issues
    found = [issue for issue in report.issues if issue.code == code]
    assert found, report.issues
    assert all(issue.location.path == str(path) for issue in found)


def test_only_the_built_in_catalog_is_held_to_the_names_of_params(folder: Path) -> None:
    """A user's entries may have values of their own; the built-in ones share one vocabulary."""
    as_built_in(folder)
    said = [str(issue) for issue in lint(folder).issues if issue.code == "param-name"]
    assert len(said) == 2
    assert "param 'step' is not in the vocabulary" in said[1]


def test_sizes_are_limited(tmp_path: Path) -> None:
    """A file that is too large is refused, not read."""
    (tmp_path / "big.yaml").write_text("#" * 2_000_001)
    _, issues = read(tmp_path)
    assert [issue.code for issue in issues] == ["file-size"]


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


@pytest.mark.parametrize(("generic", "entry"), [(True, "acme/other-widget-trouble"), (False, "acme/widget-broken")])
def test_a_generic_code_ranks_below_a_family(generic: bool, entry: str, folder: Path) -> None:
    """It says no more than a status: words say more, a bare status less; a specific code says more than a family."""
    text = CODES if generic else CODES.replace(", generic: true", "")
    (folder / "acme" / "codes.yaml").write_text(text)
    catalog = Catalog.load(folder)
    both = {"message": "widget trouble of an unknown kind: smoke", "code": "acme_failure"}
    assert catalog.classify(both, provider="acme").entry == entry
    code = {"message": "a wording nobody has seen", "code": "acme_failure"}
    assert catalog.classify(code, provider="acme", status=409).entry == "acme/widget-broken"


def test_generic_stands_beside_a_code(folder: Path) -> None:
    (folder / "acme" / "codes.yaml").write_text(CODES.replace("code: acme_failure, ", "exception: AcmeError, "))
    assert any("generic stands beside a code" in str(issue) for issue in lint(folder).issues)


def test_a_cut_text_that_two_providers_share(folder: Path) -> None:
    """Another provider's texts change nothing where it is known whose error it is; where it is not, nobody's decides."""
    (folder / "zebra").mkdir()
    (folder / "zebra" / "provider.yaml").write_text(PROVIDER.replace("acme", "zebra").replace("Acme", "Zebra"))
    text = "widget {name:name} is jammed at step {step:int}, send for a mechanic"
    other = ENTRY.replace("acme/widget-jammed", "zebra/widget-stuck").replace(
        "call the operator", "send for a mechanic"
    )
    assert text in other
    (folder / "zebra" / "widgets.yaml").write_text(other)
    catalog = Catalog.load(folder)
    cut = "widget 'w 1' is jammed at step 7,"
    assert catalog.classify(cut).entry is None
    assert catalog.classify(cut, provider="acme").entry == "acme/widget-jammed"
    assert catalog.classify(f"Zebra error: {cut}").entry == "zebra/widget-stuck"
    assert catalog.classify(f"{cut} send for a mechanic").entry == "zebra/widget-stuck"


def test_gateways_name_a_users_provider(folder: Path) -> None:
    """What a gateway writes before a provider's message follows from the provider's own names."""
    (folder / "acme" / "provider.yaml").write_text(PROVIDER.replace("[acme]", "[acme, AcmeException]"))
    rules, _ = load_over(folder)
    heads = rules["providers"]["litellm"]["heads"]
    assert ["acmeexception - "] in heads
    assert ["cohereexception - "] in heads
