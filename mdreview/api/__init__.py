"""mdreview from Python: check texts and files, keep and edit drafts, mend, ask what a text says.

>>> from mdreview.api import Draft, check_text, fix_text
>>> text = "## 1 Data\\n\\nText.\\n\\n## 3 Models\\n\\nText.\\n"
>>> [found] = check_text(text)
>>> found.code, found.span, found.written("en")
('SEC001', Span(start=21, end=22), 'section number jumps from 1 to 3; 2 is missing')
>>> fix_text(text).text
'## 1 Data\\n\\nText.\\n\\n## 2 Models\\n\\nText.\\n'
>>> draft = Draft(text)
>>> draft.edit(found.span, "2")
>>> draft.findings
()

What `__all__` names is kept from version to version; the modules behind it may change. Spans count code points.
"""

from mdreview.api.abbreviations import AbbreviationSpan
from mdreview.api.checking import abbreviations, check_paths, check_text, fix_text, gate, report, settings_for
from mdreview.api.draft import Draft
from mdreview.api.facts import Footnote, Mention, Section
from mdreview.citation_map import CitedSource, System
from mdreview.diagnostic import Diagnostic, Edit, Fix, Language, Related, Safety, Severity, Text
from mdreview.errors import UserError
from mdreview.fixes import Fixed
from mdreview.runner import Checked
from mdreview.settings import Citations, Claims, Sections, Settings, Terms, Typography
from mdreview.source import Place, Span
from mdreview.terms import Term

__all__ = [
    "AbbreviationSpan",
    "Checked",
    "Citations",
    "CitedSource",
    "Claims",
    "Diagnostic",
    "Draft",
    "Edit",
    "Fix",
    "Fixed",
    "Footnote",
    "Language",
    "Mention",
    "Place",
    "Related",
    "Safety",
    "Section",
    "Sections",
    "Settings",
    "Severity",
    "Span",
    "System",
    "Term",
    "Terms",
    "Text",
    "Typography",
    "UserError",
    "abbreviations",
    "check_paths",
    "check_text",
    "fix_text",
    "gate",
    "report",
    "settings_for",
]
