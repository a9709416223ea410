"""Claims and their sources."""
