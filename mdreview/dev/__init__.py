"""Tools for those who work on mdreview itself; they run in a checkout and are not part of the wheel."""
