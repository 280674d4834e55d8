"""The package from outside: names, start-up, layers of the run half."""

from __future__ import annotations

import subprocess
import sys

import errdex


def python(code: str) -> str:
    return subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout


def test_public_names() -> None:
    """`__all__` is what is there."""
    for name in errdex.__all__:
        assert getattr(errdex, name) is not None
    assert set(errdex.__all__) <= set(dir(errdex))
    assert not hasattr(errdex, "nothing")


def test_functions_use_the_default_catalog() -> None:
    """The functions of the package are the methods of its catalog."""
    assert errdex.classify("invalid api token") == errdex.default_catalog().classify("invalid api token")
    assert errdex.classify_all("invalid api token")[0].entry == "cohere/invalid-api-key"
    assert errdex.why("invalid api token")["candidates"][0]["entry"] == "cohere/invalid-api-key"
    assert errdex.is_retryable(
        RuntimeError("You are past the per minute request limit, please wait and try again later.")
    )
    assert not errdex.is_retryable(ValueError("x"))


def test_import_reads_nothing() -> None:
    """Importing the package loads no module of it but itself."""
    loaded = python("import sys, errdex; print(sorted(m for m in sys.modules if m.startswith('errdex')))")
    assert loaded.strip() == "['errdex']"


def test_run_half_needs_no_author() -> None:
    """Classifying loads neither pydantic nor yaml nor regex nor rich."""
    code = (
        "import sys, errdex\n"
        "errdex.classify(\"status_code: 404, body: {'message': 'x'}\"); errdex.classify(ValueError('429'))\n"
        "print([m for m in ('pydantic', 'yaml', 'regex', 'rich', 'pathlib', 'asyncio') if m in sys.modules])"
    )
    assert python(code).strip() == "[]"


def test_categories_and_bases_are_text() -> None:
    """Outside they are plain strings."""
    answer = errdex.classify("invalid api token")
    assert answer.category == "authentication"
    assert answer.basis == "message"
    assert answer.to_dict()["category"] == "authentication"
