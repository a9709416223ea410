"""CIT008: a citation key that the bibliography does not have."""

from __future__ import annotations

from collections.abc import Iterator

from mdreview import remedies
from mdreview.context import Context, known_keys
from mdreview.diagnostic import Diagnostic, Severity, Text
from mdreview.facts.citations import keys
from mdreview.facts.citing import ONLY_EXTERNAL
from mdreview.markdown import Document
from mdreview.nearest import nearest
from mdreview.rule import DocumentRule, Example

MEANT = Text("the bibliography has no entry {key}: did you mean {meant}?", "文献库中没有 {key}：是否应为 {meant}？")
BIBLIOGRAPHY = "@article{lee2019, title={Rain}, year=2019}\n@book{kim2018, title={Snow}, year=2018}\n"
SUGGESTIONS = 20
# [@cite] is no wrong key: a source is still to be found, which is another rule's to say
WAITING = frozenset({"cite", "citation", "citations", "ref", "refs"})


class UndefinedCitekey(DocumentRule):
    code = "CIT008"
    name = "undefined-citekey"
    severity = Severity.ERROR
    message = Text("the bibliography has no entry {key}", "文献库中没有 {key}")
    why = Text(
        "A key that the bibliography does not have is printed as (key?) or in bold, and the source is missing from "
        "the list.",
        "文献库中没有的键会显示为 (key?) 或粗体，文献表中也不会有相应条目。",
    )
    silent = Text(
        "Without a bibliography in the front matter or the settings nothing is known, and nothing said; so too while a "
        "bibliography cannot be read (CIT010). Keys that name a work themselves, such as @doi:10.1000/x1, "
        "cross-references "
        "such as @fig-rain, e-mail addresses and links are no keys of the bibliography. [@cite] and [@ref] wait for "
        "their source, which GEN002 says.",
        "前言和设置中都没有指定文献库时不检查；文献库无法读取时（CIT010）也不检查。自带标识的键（如 @doi:10.1000/x1）、"
        "交叉引用（如 @fig-rain）、电子邮箱和链接都不是文献库的键。[@cite]、[@ref] 是待补的引用，由 GEN002 报告。",
    )
    bad = (
        Example("Rain is rare [⟦@lee2091→@lee2019⟧, p. 3; @kim2018].\n", bibliography=BIBLIOGRAPHY),
        Example("⟦@ray2020⟧ 指出大风常见，另见 [-⟦@kim208→@kim2018⟧]。\n", bibliography=BIBLIOGRAPHY),
    )
    good = (
        Example("Rain is rare [@lee2019, p. 3; see @kim2018].\n", bibliography=BIBLIOGRAPHY),
        Example("见 @fig-rain 和 [@doi:10.1000/x1]，来信请寄 li@example.org。\n", bibliography=BIBLIOGRAPHY),
        "Rain is rare [@lee2019].\n",
    )

    def check(self, document: Document, context: Context) -> Iterator[Diagnostic]:
        known = known_keys(document, context)
        if known is None:
            return
        suggested: dict[str, str | None] = {}
        for placed in document.joined(keys):
            key = placed.fact.key
            waits = placed.fact.bracketed and key.casefold() in WAITING
            if key in known or waits or ONLY_EXTERNAL.match(key):
                continue
            if key not in suggested:
                suggested[key] = nearest(key, sorted(known)) if len(suggested) < SUGGESTIONS else None
            span = placed.span(placed.fact.span)
            if meant := suggested[key]:
                fix = remedies.citations.rename(document, span, meant)
                yield self.found(span, message=MEANT, fix=fix, key=f"@{key}", meant=f"@{meant}")
            else:
                yield self.found(span, key=f"@{key}")
