"""No module changes without its JavaScript twin."""

from __future__ import annotations

from tests.twin.lock import (
    COMMAND,
    LOCK,
    PYTHON,
    Hashes,
    current,
    javascript_code,
    locked,
    names,
    python_code,
    render,
    troubles,
)


def test_no_twin_has_changed_alone() -> None:
    assert troubles(current(), locked(LOCK.read_text("utf-8"))) == []


def test_every_module_mirrors_one_of_python() -> None:
    assert [name for name in names() if not (PYTHON / f"{name}.py").exists()] == []
    assert len(names()) > 30


def test_what_is_said_of_changes() -> None:
    then = {name: Hashes("p", "j") for name in ("a", "b", "c", "d", "gone")}
    now = {
        "a": Hashes("p", "j"),
        "b": Hashes("P", "j"),
        "c": Hashes("p", "J"),
        "d": Hashes("P", "J"),
        "new": Hashes("p", "j"),
    }
    said = troubles(now, then)
    assert [text.split(": ")[0].split("; ")[0] for text in said] == [
        "src/errdex/b.py has changed without its twin",
        "src/errdex-js/c.js has changed without its twin",
        "src/errdex/d.py and its twin src/errdex-js/d.js have changed",
        "src/errdex-js/gone.js is gone",
        "src/errdex-js/new.js is new",
    ]
    assert all(text.endswith(COMMAND) for text in said)
    assert locked(render(now)) == now


def test_words_of_python_do_not_count() -> None:
    code = 'X = 1\n\n\ndef f() -> str:\n    return "# no comment"\n'
    worded = '"""Module."""\n\nX = 1  # one\n"""What it is."""\n\n\n# A\ndef f() -> str:\n    """Do.\n\n    More.\n    """\n    return "# no comment"  # said\n'
    assert python_code(worded) == python_code(code)
    assert python_code(code.replace("1", "2")) != python_code(code)
    assert python_code(code.replace("# no", "# a")) != python_code(code)


def test_words_of_javascript_do_not_count() -> None:
    code = 'const url = "https://x.test"; \nif (url) {\n  f(/\\/\\//);\n}\n'
    worded = '// Module\n/**\n * What it is.\n */\nconst url = "https://x.test"; // one\n\nif (url) {\n    /** two */\n    f(/\\/\\//);\n}\n'
    assert javascript_code(worded) == javascript_code(code)
    assert javascript_code(code.replace("x.test", "y.test")) != javascript_code(code)
