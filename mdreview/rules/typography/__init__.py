"""Typography of mixed text."""
