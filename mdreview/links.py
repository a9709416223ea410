"""Where a rule's page stands, for programs that open it."""

from __future__ import annotations

from mdreview.diagnostic import Language

# the pages have no address yet; .invalid is reserved (RFC 2606), so that no stranger can ever answer there
DOCUMENTATION = "https://mdreview.invalid/"


def rule_url(code: str, name: str, language: Language = "en") -> str:
    """The address of the page of the rule with this code and name."""
    return f"{DOCUMENTATION}rules/{language}/{code}-{name}/"
