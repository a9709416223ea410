"""Sections and their numbers."""
