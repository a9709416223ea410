"""The page around the texts: its head, the summary, the filters, and the rules at the end."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

import mdreview
from mdreview.diagnostic import Diagnostic, Language, Severity
from mdreview.render.html import panels, words
from mdreview.render.html.manuscript import manuscript
from mdreview.render.html.markup import LANG, escaped
from mdreview.render.html.view import View, by_path, families
from mdreview.render.text import SEVERITIES
from mdreview.rules import RULES
from mdreview.settings_schema import FAMILIES

WORST_FIRST = tuple(sorted(Severity, reverse=True))


def head(views: Sequence[View], language: Language, style: str, policy: str) -> Iterator[str]:
    """Everything up to the body; `policy` says what the page may load and run."""
    title = escaped(words.TITLE.written(language, {"name": _name(views, language)}))
    yield (
        f'<!DOCTYPE html>\n<html lang="{LANG[language]}">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{escaped(policy)}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="color-scheme" content="light dark">\n'
        f'<meta name="generator" content="mdreview {mdreview.__version__}">\n'
        f"<title>{title}</title>\n<style>{style}</style>\n</head>\n"
    )


def body(views: Sequence[View], language: Language) -> Iterator[str]:
    """The body, without its end."""
    found = [diagnostic for view in views for diagnostic in view.checked.found]
    target = views[0].part_id("text") if len(views) == 1 else "files"
    yield f'<body>\n<a class="skip" href="#{target}">{words.SKIP.written(language)}</a>\n'
    yield _banner(views, found, language)
    if found:
        yield _tools(views, found, language)
    yield "<main>\n"
    others = by_path(views)
    for view in views:
        yield from _article(view, others, alone=len(views) == 1)
    yield "</main>\n"
    yield _footer(found, language)


def _name(views: Sequence[View], language: Language) -> str:
    return views[0].name if len(views) == 1 else words.FILES.written(language, {"n": len(views)})


def _banner(views: Sequence[View], found: list[Diagnostic], language: Language) -> str:
    alone = views[0] if len(views) == 1 else None
    name = _name(views, language)
    title = alone.title if alone is not None and alone.title else name
    lang = f' lang="{alone.lang}"' if alone is not None and title is not name and alone.lang != LANG[language] else ""
    pieces = [
        '<header class="banner">\n<div class="kind">'
        f'<p>{words.REPORT.written(language)}</p><button type="button" id="theme" hidden '
        f'data-dark="{words.DARK.written(language)}" data-light="{words.LIGHT.written(language)}"></button></div>\n',
        f"<h1{lang}>{escaped(title)}</h1>\n",
        f'<p class="file">{escaped(name)}</p>\n' if title is not name else "",
        _counts(found, language, words.SUMMARY.written(language)),
    ]
    if alone is None:
        pieces.append(_files(views, language))
    return "".join((*pieces, "</header>\n"))


def _counts(found: list[Diagnostic], language: Language, label: str) -> str:
    severities = Counter(diagnostic.severity for diagnostic in found)
    if not found:
        return f'<p class="clean">{words.CLEAN.written(language)}</p>\n'
    items = "".join(
        f'<li class="{severity.name.lower()}">{words.count(severity, severities[severity], language)}</li>'
        for severity in WORST_FIRST
        if severities[severity]
    )
    return f'<ul class="counts" aria-label="{label}">{items}</ul>\n'


def _files(views: Sequence[View], language: Language) -> str:
    """The list of files, each with its counts."""
    title = words.FILE_LIST.written(language)
    headings = "".join(f'<th scope="col">{SEVERITIES[severity][0].written(language)}</th>' for severity in WORST_FIRST)
    rows = "".join(_file_row(view) for view in views)
    return (
        f'<nav id="files" aria-labelledby="files-title">\n<h2 id="files-title">{title}</h2>\n'
        f'<table class="files"><thead><tr><th scope="col">{words.FILE.written(language)}</th>{headings}</tr></thead>\n'
        f"<tbody>\n{rows}</tbody></table>\n</nav>\n"
    )


def _file_row(view: View) -> str:
    link = f'<th scope="row"><a href="#{view.part_id("file")}">{escaped(view.name)}</a></th>'
    if not view.checked.found:
        state = words.CLEAN if view.checked.read else words.NOT_READ
        kind = "clean" if view.checked.read else "unread"
        return f'<tr>{link}<td colspan="3" class="{kind}">{state.written(view.language)}</td></tr>\n'
    cells = "".join(
        f'<td class="{severity.name.lower() if view.count(severity) else "none"}">{view.count(severity)}</td>'
        for severity in WORST_FIRST
    )
    return f"<tr>{link}{cells}</tr>\n"


def _tools(views: Sequence[View], found: list[Diagnostic], language: Language) -> str:
    """The filters and the way from finding to finding; a script shows and runs them."""
    severities = Counter(diagnostic.severity for diagnostic in found)
    by_severity = "".join(
        _choice("severity", severity.name.lower(), SEVERITIES[severity][0].written(language), severities[severity])
        for severity in WORST_FIRST
        if severities[severity]
    )
    by_family = "".join(
        _choice("family", family, f"{family} {FAMILIES[family].written(language)}" if family in FAMILIES else family, n)
        for family, n in sorted(families(found).items(), key=lambda pair: (-pair[1], pair[0]))
    )
    shown = escaped(words.SHOWN.written(language, {"shown": "{shown}", "all": "{all}"}))
    position = escaped(words.POSITION.written(language, {"n": "{n}", "all": "{all}"}))
    return (
        f'<div class="tools" id="tools" hidden data-shown="{shown}" data-position="{position}">\n'
        f'<nav class="move" aria-label="{words.MOVE.written(language)}">'
        f'<button type="button" id="previous" title="{words.PREVIOUS_KEY.written(language)}">'
        f"{words.PREVIOUS.written(language)}</button>"
        f'<button type="button" id="next" title="{words.NEXT_KEY.written(language)}">'
        f'{words.NEXT.written(language)}</button><span id="position"></span></nav>\n'
        f'<details class="filters"><summary>{words.FILTERS.written(language)}</summary>\n'
        f'<search id="filters" aria-label="{words.FILTERS.written(language)}">\n'
        f"<fieldset><legend>{words.SEVERITY.written(language)}</legend>{by_severity}</fieldset>\n"
        f"<fieldset><legend>{words.FAMILY.written(language)}</legend>{by_family}</fieldset>\n"
        f"{_file_choice(views, language)}"
        f'<p><label><input type="checkbox" id="keys" checked> {words.KEYS.written(language)}</label></p>\n'
        f'</search></details>\n<p id="shown" role="status"></p>\n</div>\n'
    )


def _choice(kind: str, value: str, label: str, number: int) -> str:
    return (
        f'<label class="{value if kind == "severity" else "family"}"><input type="checkbox" name="{kind}" '
        f'value="{value}" checked> {escaped(label)} <span class="number">{number}</span></label>\n'
    )


def _file_choice(views: Sequence[View], language: Language) -> str:
    if len(views) == 1:
        return ""
    choices = "".join(f'<option value="{view.part_id("file")}">{escaped(view.name)}</option>' for view in views)
    return (
        f'<p><label>{words.FILE.written(language)} <select name="file">'
        f'<option value="">{words.ALL_FILES.written(language)}</option>{choices}</select></label></p>\n'
    )


def _article(view: View, others: dict[str, View], *, alone: bool) -> Iterator[str]:
    language = view.language
    level = panels.ALONE if alone else panels.ALONE + 1
    named = "" if alone else f' aria-labelledby="{view.part_id("name")}"'
    yield f'<article id="{view.part_id("file")}"{named}>\n'
    if not alone:
        yield f'<header><h2 id="{view.part_id("name")}">{escaped(view.name)}</h2>\n'
        if view.checked.read:
            yield _counts(list(view.checked.found), language, words.SUMMARY.written(language))
        yield "</header>\n"
    for problem in view.checked.problems:
        yield f'<p class="problem">{escaped(problem.written(language))}</p>\n'
    if view.checked.read and (view.survey is not None or view.checked.found):
        yield panels.contents(view, level)
        yield from _text(view, others, level, closed=not alone and not view.checked.found)
        yield panels.terms(view, level)
        yield panels.sources(view, level)
    yield "</article>\n"


def _text(view: View, others: dict[str, View], level: int, *, closed: bool) -> Iterator[str]:
    label = view.part_id("text-title")
    named = panels.label(view, label, level)
    yield f'<section class="manuscript" id="{view.part_id("text")}" {named} tabindex="-1">\n'
    yield f'<details{"" if closed else " open"}>\n<summary><h{level} id="{label}">'
    lines = (words.ONE_LINE if view.lines == 1 else words.LINES).written(view.language, {"n": view.lines})
    yield f'{words.TEXT.written(view.language)} <span class="number">{lines}</span></h{level}></summary>\n'
    yield f'<div class="lines" lang="{view.lang}">\n'
    yield from manuscript(view, others)
    yield "</div>\n</details>\n</section>\n"


def _footer(found: list[Diagnostic], language: Language) -> str:
    made = words.MADE_BY.written(language, {"version": mdreview.__version__})
    return f"<footer>\n{_rules(found, language) if found else ''}<p>{made}</p>\n</footer>\n"


def _rules(found: list[Diagnostic], language: Language) -> str:
    """Every rule that found something, with its reason."""
    times = Counter((diagnostic.code, diagnostic.name) for diagnostic in found)
    reasons = {rule.code: rule.why.written(language) for rule in RULES}
    headings = "".join(
        f'<th scope="col">{heading.written(language)}</th>' for heading in (words.RULE, words.FINDINGS, words.WHY)
    )
    rows = "".join(
        f'<tr id="rule-{code}"><th scope="row">{code} <span class="name" lang="en">{escaped(name)}</span></th>'
        f"<td>{number}</td><td>{escaped(reasons.get(code, ''))}</td></tr>\n"
        for (code, name), number in sorted(times.items(), key=lambda item: (-item[1], item[0]))
    )
    return (
        f'<section class="panel rules" aria-labelledby="rules-title">\n<h2 id="rules-title">'
        f"{words.RULES.written(language)}</h2>\n<p>{words.RULES_MEANING.written(language)}</p>\n"
        f'<table class="rules"><thead><tr>{headings}</tr></thead>\n<tbody>\n{rows}</tbody></table>\n</section>\n'
    )
