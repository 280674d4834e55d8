"""A scenario file → the scenario, or every mistake in it with its place."""

from __future__ import annotations

from pathlib import Path

from errdex.authoring.nodes import Place, compose
from errdex.authoring.validation import validate
from errdex.model.errors import Issue, ScenarioError, UnknownEntryError
from errdex.wall.failure import CannotFailError, Failures
from errdex.wall.order import order
from errdex.wall.scenario import Scenario


def read_scenario(path: Path, failures: Failures) -> Scenario:
    """Read a scenario file.

    Raises:
        ScenarioError: The file cannot be read, is no scenario, or orders what no server can answer.
    """
    issues: list[Issue] = []
    node = compose(path, issues)
    place = Place(str(path), node)
    if issues:
        raise ScenarioError(issues)
    if node is None:
        raise ScenarioError([Issue(place.at(), "empty", "there is nothing in it; a scenario has `rules`")])
    scenario, issues = validate(Scenario, place)
    if scenario is None:
        raise ScenarioError(issues)
    for number, rule in enumerate(scenario.rules):
        for steps, text in rule.orders():
            if entry := order(text).entry:
                at = place.at_key if steps[0] == "shares" else place.at
                try:
                    failures.check(entry)
                except (UnknownEntryError, CannotFailError) as error:
                    issues.append(Issue(at("rules", number, *steps), "entry", str(error)))
    if issues:
        raise ScenarioError(issues)
    return scenario
