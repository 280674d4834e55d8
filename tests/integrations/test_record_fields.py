"""Fields of log records: no secrets, no library imported, and an exception in any form."""

from __future__ import annotations

import subprocess
import sys

import errdex
from errdex.integrations._record_fields import error_of, fields_of
from errdex.integrations.opentelemetry import otel_attributes


def test_secrets_stay_out() -> None:
    """A key that a message quotes comes into no field."""
    answer = errdex.classify("Incorrect API key provided: sk-abcdefghijklmnop1234")
    assert answer.entry
    assert "abcdef" not in str(fields_of(answer)) + str(otel_attributes(answer))


def test_exc_info_in_all_its_forms() -> None:
    """An exception, a triple, true, and what is none of them."""
    error = KeyError("x")
    assert error_of(error) is error_of((KeyError, error, None)) is error
    assert error_of((None, None, None)) is error_of(()) is error_of(None) is error_of(False) is error_of(1) is None


def test_modules_import_no_library() -> None:
    """Importing the integrations loads none of the libraries, and no more of errdex than they need."""
    code = (
        "import sys, errdex.integrations.logging, errdex.integrations.structlog, errdex.integrations.loguru, errdex.integrations.opentelemetry\n"
        "print([m for m in ('structlog', 'loguru', 'opentelemetry', 'errdex.api') if m in sys.modules])"
    )
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "[]\n"
