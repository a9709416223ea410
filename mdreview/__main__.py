"""`python -m mdreview`."""

from mdreview.cli import run

run()
