"""Mends terms: one long form, one translation, one spelling, one definition and that at the first use."""

from __future__ import annotations

import re
from collections.abc import Iterable

from mdreview.diagnostic import Edit, Fix, Safety, Text
from mdreview.facts.redefinitions import drifts, modifier
from mdreview.facts.regions import Region
from mdreview.facts.terms import Bound, Used
from mdreview.facts.typography import boundaries
from mdreview.markdown import Block, Document
from mdreview.patterns import regex
from mdreview.remedies.making import fix_of, inner
from mdreview.source import Span

SHORTEN = Text("Write just “{short}”", "只写“{short}”")
MOVE = Text("Move the definition of “{short}” here", "将“{short}”的定义移到此处")
EXPANSION = Text("Write “{english}”", "全称写作“{english}”")
NAME = Text("Write “{name}”", "写作“{name}”")
DROP = Text("Drop the abbreviation “{short}”", "删去缩写“{short}”")
SPELLING = Text("Write “{other}” throughout", "全文统一写作“{other}”")
MARKUP = regex(r"[*_`\[\]<>|\n\r]")
HAN = regex(r"\p{Han}")
LATIN = regex(r"[A-Za-z0-9]")
WORD = regex(r"[A-Za-z][a-z]")
LATER_WORD = regex(r"[ -]([A-Za-z])")
SENTENCE_BEFORE = regex(r"(?:[.!?。！？:：]|\n\s*\n|\A)[\s\"“(]*\Z")
ARTICLE = regex(r"\b([Aa]n?) \Z")
VOWEL = regex(r"(?!uni|use|usu|one|eu)[aeiou]", re.I)
SEPARATOR = regex(r"[ \t]*[,，;；、][ \t]*")
SEPARATOR_BEFORE = regex(r"[ \t]*[,，;；、][ \t]*\Z")
BRACKETS = {"(": ")", "（": "）"}
BESIDE = 30
STOP = regex(r"[\n\r。；！？]")


def shorten(document: Document, item: Bound) -> Fix | None:
    """Puts the short form in the place of a definition that repeats an earlier one."""
    if not _whole(document, item):
        return None
    short = item.definition.written
    return fix_of(document, SHORTEN, _put(document, item.span, short), Safety.UNSAFE, short=short)


def shorten_long(document: Document, span: Span, short: str) -> Fix | None:
    """Puts the short form in the place of a long form that is written out."""
    if MARKUP.search(document.text_of(span)):
        return None
    return fix_of(document, SHORTEN, _put(document, span, short), Safety.UNSAFE, short=short)


def move(document: Document, use: Used, item: Bound) -> Fix | None:
    """Puts a definition in the place of an earlier use, and the short form in the place of the definition.

    Where the use stands in the abstract, the definition in the body stays. None where the use is a plural, or stands in
    a heading, a caption, a table or a note.
    """
    short = item.definition.written
    if not use.setting.running or not _whole(document, item) or document.text_of(use.span) != short:
        return None
    definition = _cased(document, document.text_of(item.span), item.span, use.span)
    edits = _put(document, use.span, definition)
    if use.setting.region is not Region.ABSTRACT or item.setting.region is Region.ABSTRACT:
        edits += _put(document, item.span, short)
    return fix_of(document, MOVE, edits, Safety.UNSAFE, short=short)


def expand_alike(document: Document, item: Bound, first: Bound) -> Fix | None:
    """Gives a definition the English long form of the first one, and its short form where they differ by a plural."""
    english = first.definition.english
    if item.english_span is None or not english or MARKUP.search(document.text_of(item.span)):
        return None
    edits = [Edit(item.english_span, _cased(document, english, first.english_span or first.span, item.english_span))]
    if drifts(first, item) and item.definition.written != first.definition.written:
        edits.append(Edit(item.short_span, first.definition.written))
    return fix_of(document, EXPANSION, _as_one(document, item.span, edits), Safety.UNSAFE, english=english)


def name_alike(document: Document, item: Bound, name: str) -> Fix | None:
    """Gives a definition another Chinese name; None where the name stands beside it already, and would stand twice."""
    if item.name_span is None or MARKUP.search(document.text_of(item.name_span)):
        return None
    before = STOP.split(document.text_of(Span(max(0, item.span.start - BESIDE), item.span.start)))[-1]
    after = STOP.split(document.text_of(Span(item.span.end, item.span.end + BESIDE)))[0]
    old = document.text_of(item.name_span)
    place = Span(item.name_span.start + modifier(old, name), item.name_span.end)
    added = name.removeprefix(old) if name.startswith(old) else ""
    if name in before or name in after or (added and after.startswith(added)):
        return None
    edits = _as_one(document, item.span, [Edit(place, name)])
    return fix_of(document, NAME, edits, Safety.UNSAFE, name=name)


def drop_short(document: Document, item: Bound) -> Fix | None:
    """Removes a short form that never returns from its definition, with its separator or its bracket."""
    text = document.source.text
    start, end = item.short_span
    before = SEPARATOR_BEFORE.search(text[max(start - 8, item.span.start) : start])
    after = SEPARATOR.match(text, end, item.span.end)
    if before:
        gone = Span(start - (before.end() - before.start()), end)
    elif after:
        gone = Span(start, after.end())
    elif BRACKETS.get(text[start - 1 : start]) == text[end : end + 1]:
        lead = len(text[: start - 1]) - len(text[: start - 1].rstrip(" "))
        gone = Span(start - 1 - lead, end + 1)
    else:
        return None
    return fix_of(document, DROP, (Edit(gone, ""),), Safety.UNSAFE, short=item.definition.written)


def respell(document: Document, places: Iterable[Span], other: str) -> Fix | None:
    """Writes every place as `other` is written; plural and other endings stay."""
    edits = [Edit(span, spelled(document.text_of(span), other)) for span in places]
    return fix_of(document, SPELLING, edits, Safety.UNSAFE, other=other)


def spelled(written: str, other: str) -> str:
    """`written` with the case, hyphens and spaces of `other` as far as they share their letters: Deeplabs, DeepLab."""
    if HAN.search(written + other):
        return other
    letters = written.replace(" ", "").replace("-", "")
    plain = other.islower()
    pieces: list[str] = []
    used = 0
    for sign in other:
        if sign in " -":
            pieces.append(sign)
        elif used < len(letters) and sign.casefold() == letters[used].casefold():
            pieces.append(letters[used] if plain else sign)
            used += 1
        else:
            break
    return "".join(pieces).rstrip(" -") + letters[used:]


def write(document: Document, span: Span, wanted: str) -> Fix | None:
    """Writes what a glossary wants; as safe as the glossary is right."""
    return fix_of(document, NAME, (Edit(span, wanted),), name=wanted)


def _whole(document: Document, item: Bound) -> bool:
    """Whether the definition is a bracket whose left edge is known, without any markup in it."""
    begins = (item.name_span, item.english_span, item.short_span)
    known = any(span is not None and span.start == item.span.start for span in begins)
    return known and item.definition.form == "bracket" and not MARKUP.search(document.text_of(item.span))


def _as_one(document: Document, span: Span, edits: list[Edit]) -> list[Edit]:
    """The edits as one edit of the whole span."""
    return [Edit(span, inner(document, span, edits))]


def _put(document: Document, span: Span, written: str) -> list[Edit]:
    """The edits that put Latin or Chinese words in a place, with the spaces that the text sets between the two."""
    before = document.text_of(Span(max(span.start - 4, 0), span.start))
    after = document.text_of(Span(span.end, span.end + 2))
    spaced = document.fact(sets_spaces)
    if spaced and HAN.match(before[-1:]) and LATIN.match(written):
        written = f" {written}"
    if spaced and HAN.match(after) and LATIN.match(written[-1]):
        written = f"{written} "
    edits = [Edit(span, written), *_article(before, span, written)]
    if after[:1] == " " and written[-1] in "）" and HAN.match(after[1:]):
        edits.append(Edit(Span(span.end, span.end + 1), ""))
    if before[-1:] == " " and HAN.match(written) and HAN.match(before[-2:-1]):
        edits.append(Edit(Span(span.start - 1, span.start), ""))
    return edits


def _article(before: str, span: Span, written: str) -> list[Edit]:
    """The edit of an English article before a place, where the new words ask for the other one."""
    article = ARTICLE.search(before)
    if article is None or not written[0].isascii():
        return []
    spelled_out = written[1:2].isupper() or written[1:2].isdigit()
    vowel = written[0] in "AEFHILMNORSX" if spelled_out else bool(VOWEL.match(written))
    wanted = article[1][0] + ("n" if vowel else "")
    place = Span(*article.span(1)).shifted(span.start - len(before))
    return [Edit(place, wanted)] if wanted != article[1] else []


def sets_spaces(document: Document) -> bool:
    """Whether the text mostly sets a space between Chinese and Latin letters. Ask through `document.fact`."""
    counted = [placed.fact for placed in document.joined(_spaced)]
    return 2 * sum(spaced for spaced, _ in counted) > sum(all_of_them for _, all_of_them in counted)


def _spaced(block: Block) -> tuple[tuple[int, int], ...]:
    """How many boundaries between Chinese and Latin letters of a block have a space, and how many there are."""
    found = block.fact(boundaries)
    return ((sum(boundary.spaced for boundary in found), len(found)),) if found else ()


def _cased(document: Document, words: str, source: Span, target: Span) -> str:
    """Words from one place with the first letter as the other place needs it."""
    first, rest = words[:1], words[1:]
    if not WORD.match(words):
        return words
    old = document.text_of(Span(target.start, target.start + 1))
    if first.isupper() and _begins(document, source) and not _begins(document, target):
        others = LATER_WORD.findall(rest.partition("(")[0])
        return first.lower() + rest if others and all(letter.islower() for letter in others) else words
    if first.islower() and _begins(document, target) and old.isupper():
        return first.upper() + rest
    return words


def _begins(document: Document, span: Span) -> bool:
    """Whether a sentence begins here."""
    before = document.text_of(Span(max(span.start - 40, 0), span.start))
    return not before.strip() or bool(SENTENCE_BEFORE.search(before))
