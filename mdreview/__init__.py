"""The linter that knows scholarship."""

__version__ = "0.1.0"
