"""The pytest plugin, in pytest runs of its own, on tests that call the wall."""

from __future__ import annotations

import pytest

pytest_plugins = ["pytester"]

CALL = """
    import json
    import urllib.error
    import urllib.request

    def ask(wall, path="/cohere/v2/chat"):
        request = urllib.request.Request(wall.url + path, b"{}", {"content-type": "application/json"})
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        try:
            return json.load(opener.open(request))
        except urllib.error.HTTPError as error:
            raise RuntimeError(f"Cohere: HTTP {error.code}: {error.read().decode()}") from error
"""


@pytest.fixture
def project(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> pytest.Pytester:
    """A project whose tests call the wall by a function `ask`."""
    monkeypatch.delenv("GITHUB_ACTIONS", raising=False)
    monkeypatch.delenv("PYTEST_ADDOPTS", raising=False)
    pytester.makepyfile(client=CALL)
    return pytester


FAILS = """
    from client import ask

    def test_quota(errdex_wall):
        errdex_wall.fail("cohere/trial-key-per-month")
        ask(errdex_wall)

    def test_bug():
        {}["missing"]

    def test_plain(errdex_wall):
        assert ask(errdex_wall)["finish_reason"] == "COMPLETE"
        assert errdex_wall.calls == 1
"""


def test_a_failure_says_what_it_was(project: pytest.Pytester) -> None:
    """Title, verdict, fix and link; nothing about a bug of the test's own."""
    project.makepyfile(FAILS)
    result = project.runpytest("--errdex")
    result.assert_outcomes(passed=1, failed=2)
    result.stdout.fnmatch_lines(
        [
            "*- errdex -*",
            "*cohere/trial-key-per-month: not worth a retry",
            "fix: *",
            "https://*/cohere/trial-key-per-month/",
        ]
    )
    assert result.stdout.str().count("fix: ") == 1
    assert "::error" not in result.stdout.str()


def test_without_an_option_it_says_nothing(project: pytest.Pytester) -> None:
    project.makepyfile(FAILS)
    result = project.runpytest()
    result.assert_outcomes(passed=1, failed=2)
    assert "fix: " not in result.stdout.str()


@pytest.mark.parametrize("more", [[], ["-n", "1"]], ids=["one process", "xdist"])
def test_annotations_of_github(project: pytest.Pytester, monkeypatch: pytest.MonkeyPatch, more: list[str]) -> None:
    """One line for each test that an API error failed, with what would end the line escaped."""
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    project.makepyfile(FAILS)
    result = project.runpytest("--errdex", *more)
    lines = [line for line in result.stdout.lines if line.startswith("::error ")]
    assert len(lines) == 1
    assert lines[0].startswith("::error file=test_annotations_of_github.py,line=3,title=")
    assert (
        "::test_annotations_of_github.py::test_quota%0Acohere/trial-key-per-month: not worth a retry%0Afix: "
        in lines[0]
    )


def test_repeats_what_is_worth_a_retry(project: pytest.Pytester) -> None:
    """Twice for the API's errors, with new fixtures; not for a quota, nor for a bug."""
    project.makepyfile(
        """
        import pytest
        from client import ask

        RUNS = {"served": 0, "quota": 0, "bug": 0, "down": 0}

        @pytest.fixture
        def fresh():
            return []

        def test_served(errdex_wall, fresh):
            assert fresh == []
            fresh.append(1)
            RUNS["served"] += 1
            if RUNS["served"] < 3:
                errdex_wall.fail("cohere/500")
            ask(errdex_wall)

        def test_quota(errdex_wall):
            RUNS["quota"] += 1
            errdex_wall.fail("cohere/trial-key-per-month")
            ask(errdex_wall)

        def test_bug():
            RUNS["bug"] += 1
            {}["missing"]

        def test_down(errdex_wall):
            RUNS["down"] += 1
            errdex_wall.fail("cohere/500")
            ask(errdex_wall)

        def test_runs():
            assert RUNS == {"served": 3, "quota": 1, "bug": 1, "down": 3}
        """
    )
    result = project.runpytest("--errdex-rerun", "2", "--errdex-longest", "0.05")
    result.assert_outcomes(passed=2, failed=3)
    result.stdout.fnmatch_lines(["*errdex: repeated*", "*::test_served: 2 times", "*::test_down: 2 times"])


def test_repeats_a_fixture_that_others_share(project: pytest.Pytester) -> None:
    """Its failure is kept for the module, and forgotten before the repetition."""
    project.makepyfile(
        """
        import pytest

        TRIES = []

        @pytest.fixture(scope="module")
        def client():
            TRIES.append(1)
            if len(TRIES) < 2:
                raise RuntimeError("Cohere: HTTP 500: internal server error")
            return "client"

        def test_one(client):
            assert client == "client"

        def test_two(client):
            assert len(TRIES) == 2
        """
    )
    project.runpytest("--errdex-rerun", "1", "--errdex-longest", "0.05").assert_outcomes(passed=2)


def test_a_wait_that_is_too_long_is_not_waited_for(project: pytest.Pytester) -> None:
    """A limit by the minute asks for 60 s."""
    project.makepyfile(
        """
        from client import ask

        RUNS = []

        def test_minute(errdex_wall):
            RUNS.append(1)
            errdex_wall.fail("cohere/trial-key-per-minute")
            ask(errdex_wall)

        def test_once():
            assert len(RUNS) == 1
        """
    )
    project.runpytest("--errdex-rerun", "5", "--errdex-longest", "1").assert_outcomes(passed=1, failed=1)


def test_skips_categories(project: pytest.Pytester) -> None:
    """With what was skipped in the summary; other categories still fail."""
    project.makepyfile(
        """
        from client import ask

        def test_quota(errdex_wall):
            errdex_wall.fail("cohere/trial-key-per-month")
            ask(errdex_wall)

        def test_key(errdex_wall):
            errdex_wall.fail("cohere/invalid-api-key")
            ask(errdex_wall)
        """
    )
    result = project.runpytest("--errdex-skip", "quota,billing", "-rs")
    result.assert_outcomes(skipped=1, failed=1)
    result.stdout.fnmatch_lines(["SKIPPED*test_skips_categories.py:3: errdex: *(cohere/trial-key-per-month)"])


def test_an_assertion_is_no_api_error(project: pytest.Pytester) -> None:
    """Whatever texts it compares; what it was raised from may be one."""
    project.makepyfile(
        """
        def test_text():
            assert "invalid api token" == "HTTP 429: rate limit exceeded"

        def test_cause():
            try:
                raise RuntimeError("Cohere: invalid api token")
            except RuntimeError as error:
                raise AssertionError("no answer") from error
        """
    )
    result = project.runpytest("--errdex")
    result.assert_outcomes(failed=2)
    assert result.stdout.str().count("- errdex -") == 1
    result.stdout.fnmatch_lines(["cohere/invalid-api-key: not worth a retry"])


@pytest.mark.parametrize(
    ("option", "said"),
    [
        ("--errdex-skip=quotas", "*--errdex-skip: no category quotas; there are invalid_request, *"),
        ("--errdex-rerun=-1", "*argument --errdex-rerun: *"),
        ("--errdex-longest=0", "*argument --errdex-longest: *"),
    ],
)
def test_wrong_options(project: pytest.Pytester, option: str, said: str) -> None:
    result = project.runpytest(option)
    assert result.ret == pytest.ExitCode.USAGE_ERROR
    result.stderr.fnmatch_lines([said])


def test_junit_has_the_entry(project: pytest.Pytester) -> None:
    project.makepyfile(FAILS)
    project.runpytest("--errdex", "--junitxml=report.xml")
    text = (project.path / "report.xml").read_text("utf-8")
    assert '<property name="errdex" value="cohere/trial-key-per-month: not worth a retry"' in text
