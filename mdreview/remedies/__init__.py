"""How what is wrong is mended: facts in, a Fix or None out, one module a subject.

`remedies.footnotes` and its like are imported when a rule first asks for them: most texts need few of them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from types import ModuleType

    from mdreview.remedies import citations as citations
    from mdreview.remedies import floats as floats
    from mdreview.remedies import footnotes as footnotes
    from mdreview.remedies import headings as headings
    from mdreview.remedies import reference_list as reference_list
    from mdreview.remedies import residue as residue
    from mdreview.remedies import sections as sections
    from mdreview.remedies import terms as terms
    from mdreview.remedies import typography as typography
else:

    def __getattr__(name: str) -> ModuleType:
        from importlib import import_module

        if name.startswith("_"):
            raise AttributeError(name)
        return import_module(f"{__name__}.{name}")
