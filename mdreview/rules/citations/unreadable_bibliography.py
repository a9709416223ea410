"""CIT010: a bibliography that is missing or broken."""

from __future__ import annotations

from collections.abc import Iterator

from mdreview.context import Context
from mdreview.diagnostic import Diagnostic, Severity, Text
from mdreview.facts.front_matter import front_matter
from mdreview.markdown import Document
from mdreview.rule import DocumentRule, Example
from mdreview.source import Span

AT_LINE = Text("the bibliography {file} cannot be read, line {line}: ", "文献库 {file} 无法读取，第 {line} 行：")
BROKEN = "@article{lee2019,\n  title = {Rain,\n  year = 2019\n\n@book{kim2018, title={Snow}, year=2018}\n"


class UnreadableBibliography(DocumentRule):
    code = "CIT010"
    name = "unreadable-bibliography"
    severity = Severity.ERROR
    message = Text("the bibliography {file} cannot be read: ", "文献库 {file} 无法读取：")
    why = Text(
        "Without its bibliography no key of the text can be resolved, and the list of references stays empty.",
        "读不到文献库，正文中的键都无法解析，参考文献表将是空的。",
    )
    silent = Text(
        "Each file is named once, with its first fault. The rules about keys (CIT008, CIT009) say nothing until it "
        "is mended.",
        "每个文件只报告一次，指出第一处错误；修复之前，有关文献键的规则（CIT008、CIT009）不作检查。",
    )
    bad = (
        Example("---\n⟦bibliography: references.bib⟧\n---\n\nRain is rare [@ray2020].\n", bibliography=BROKEN),
        Example("---\ntitle: 雨\nbibliography:\n⟦- references.bib⟧\n---\n\n见 @ray2020。\n", bibliography=BROKEN),
    )
    good = (
        Example(
            "---\nbibliography: references.bib\n---\n\nRain [@kim2018].\n", bibliography="@book{kim2018, year=2018}\n"
        ),
    )

    def check(self, document: Document, context: Context) -> Iterator[Diagnostic]:
        if context.bibliography is None:
            return
        named = document.fact(front_matter).bibliographies
        told = set()
        for problem in context.bibliography.problems:
            if problem.file in told:
                continue
            told.add(problem.file)
            lead = AT_LINE if problem.line else self.message
            message = Text(lead.en + problem.message.en, lead.zh + problem.message.zh)
            line = next((one.line for one in named if _same(one.path, problem.file)), Span(0, 0))
            yield self.found(line, message=message, file=problem.file, line=problem.line)


def _same(named: str, file: str) -> bool:
    named, file = named.replace("\\", "/").removeprefix("./"), file.replace("\\", "/")
    return file == named or file.endswith(f"/{named.lstrip('./')}")
