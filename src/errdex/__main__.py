"""`python -m errdex`."""

from errdex.cli import program

program()
