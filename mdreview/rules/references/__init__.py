"""Cross-references and captions."""
