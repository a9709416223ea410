"""`python -m mdreview`."""

from mdreview.cli import main

raise SystemExit(main())
