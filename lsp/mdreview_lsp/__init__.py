"""The language server: findings, fixes and knowledge of a manuscript while one writes it."""
