"""Faults of terms and abbreviations."""

from __future__ import annotations

import re
from collections.abc import Iterator

from benchmarks.faults.kinds import HAN, Fault, makes, text_of
from mdreview.context import Context
from mdreview.diagnostic import Edit
from mdreview.facts.redefinitions import linked
from mdreview.facts.regions import Region, regions
from mdreview.facts.terms import Bound, terms, uses
from mdreview.fixes import apply_edits
from mdreview.glossary import Entry, Glossary
from mdreview.markdown import Document, Kind
from mdreview.source import Span

CAMEL = re.compile(r"(?<![\w@#/.:-])[A-Z][a-z]{2,}[A-Z][a-z]{2,}(?![\w@/-])", re.ASCII)
OTHER_WORDS = {
    word[0]: word
    for word in (
        *("adaptive", "basic", "combined", "dynamic", "extended", "fast", "general", "hybrid", "integrated", "known"),
        *("local", "mixed", "nested", "open", "partial", "quick", "relative", "simple", "total", "unified", "variable"),
        "weighted",
    )
}
"""For each letter a word that begins with it, to stand in a long form for another."""
ENDS = {"dataset": "set", "website": "site", "email": "mail", "codebase": "base", "lifecycle": "cycle"}


def used_after(document: Document) -> Iterator[tuple[Bound, Span]]:
    """Full definitions in running text, each with a later use of the short form in the same part of the text."""
    found = document.fact(terms)
    for item in found.bound:
        all_uses = document.fact(uses).get(item.definition.short, [])
        short = text_of(document, item.short_span)
        region = item.setting.region
        running = [used.span for used in all_uses if used.setting.running and used.setting.region is region]
        later = [span for span in running if text_of(document, span) == short]
        written = text_of(document, item.span)
        bracket = item.definition.form == "bracket" and item.setting.running
        full = item.definition.english and bracket and not re.search(r"\n|\]\(|\*", written)
        alone = len(found.by_short.get(item.definition.short, ())) == 1
        if full and alone and len(later) > 1 and item.span.end < min(used.span.start for used in all_uses):
            yield item, later[1]


@makes("TRM002", "define an abbreviation a second time")
def redefined(document: Document) -> Iterator[Fault]:
    for item, later in used_after(document):
        yield [Edit(later, text_of(document, item.span))]


@makes("TRM001", "define an abbreviation after its first use")
def late(document: Document) -> Iterator[Fault]:
    for item, later in used_after(document):
        short = text_of(document, item.short_span)
        yield [Edit(item.span, short), Edit(later, text_of(document, item.span))]


def with_long_form(document: Document, item: Bound, new: str) -> str:
    """A definition with another English long form."""
    assert item.english_span is not None
    start, end = item.english_span.shifted(-item.span.start)
    written = text_of(document, item.span)
    return written[:start] + new + written[end:]


def with_name(document: Document, item: Bound, new: str) -> str:
    """A definition with another Chinese name."""
    assert item.name_span is not None
    start, end = item.name_span.shifted(-item.span.start)
    written = text_of(document, item.span)
    return written[:start] + new + written[end:]


@makes("TRM003", "expand an abbreviation otherwise the second time", mends=("TRM002",))
def expanded_otherwise(document: Document) -> Iterator[Fault]:
    for item, later in used_after(document):
        first, *rest = item.definition.english.split(" ")
        other = OTHER_WORDS.get(first[:1].lower(), "")
        word_each = len(rest) + 1 == len(item.definition.short) and item.english_span is not None
        if word_each and first.isalpha() and rest and item.definition.fits and other not in ("", first.lower()):
            other = other.capitalize() if first[0].isupper() else other
            yield [Edit(later, with_long_form(document, item, " ".join((other, *rest))))]


@makes("TRM003", "expand an abbreviation in the plural the second time", mends=("TRM002",))
def expanded_in_plural(document: Document) -> Iterator[Fault]:
    for item, later in used_after(document):
        english = item.definition.english
        if item.english_span and item.name and item.setting.chinese and re.search("[a-rt-xz]\\Z", english):
            yield [Edit(later, with_long_form(document, item, f"{english}s"))]


def shortened(name: str) -> str:
    """A Chinese name without two characters in its middle, as 卷积网络 is written for 卷积神经网络."""
    middle = len(name) // 2
    return name[: middle - 1] + name[middle + 1 :]


@makes("TRM004", "name a term otherwise the second time", mends=("TRM002",))
def named_otherwise(document: Document) -> Iterator[Fault]:
    for item, later in used_after(document):
        if len(item.name) > 4 and item.name_span and re.fullmatch(f"[{HAN}]+", item.name):
            yield [Edit(later, with_name(document, item, shortened(item.name)))]


@makes("TRM004", "name a term otherwise where it is glossed again")
def glossed_otherwise(document: Document) -> Iterator[Fault]:
    glossed: dict[str, Bound] = {}
    for item in document.fact(terms).glosses:
        first = glossed.setdefault(item.definition.english, item)
        name = item.name_span is not None and text_of(document, item.name_span) == item.name
        again = item is not first and item.name == first.name and item.setting.running
        if again and name and re.fullmatch(f"[{HAN}]{{4,}}", item.name):
            assert item.name_span is not None
            yield [Edit(item.name_span, shortened(item.name) if len(item.name) > 4 else f"{item.name[:2]}型态")]


def without_unused(document: Document) -> str | None:
    """The text without the abbreviations that it defines after an English name and never uses; None where one stays."""
    found = document.fact(terms)
    edits = []
    for short, defined in found.by_short.items():
        if short not in document.fact(uses) and defined[0].name and defined[0].definition.english:
            english = defined[0].english_span
            end = english.end if english else 0
            mark = re.compile(r"[,，] ?" + re.escape(defined[0].definition.written)).match(document.source.text, end)
            if mark is None or len(defined) > 1:
                return None
            edits.append(Edit(Span(*mark.span()), ""))
    return apply_edits(document.source.text, edits)


# the long form may stand further below, where the new abbreviation could
@makes("TRM006", "give three terms an abbreviation that never returns", host=without_unused, also=("TRM009",))
def never_used(document: Document) -> Iterator[Fault]:
    added: list[Edit] = []
    found = document.fact(terms)
    text = document.source.text
    known: set[str] = set()
    for item in found.glosses:
        words = item.definition.english.split(" ")
        short = "".join(word[0] for word in words if word[0].isalpha()).upper()
        if item.english_span is None or not all(word.isalpha() for word in words) or not item.setting.running:
            continue
        after = text[item.english_span.end]
        plain = item.setting.region is Region.BODY and not linked(document, item) and after in ")）"
        if item.name and len(short) > 1 and short not in known and short not in text and plain:
            known.add(short)
            added.append(Edit(Span(item.english_span.end, item.english_span.end), f", {short}"))
    if len(added) > 2:
        yield added[:3]


@makes("TRM009", "write a long form out after its definition")
def written_out(document: Document) -> Iterator[Fault]:
    text = document.source.text
    for item, later in used_after(document):
        before, after = text[later.start - 1], text[later.end]
        if re.match(r"[^.\n]{0,40}\(", text[later.end : later.end + 41]):
            # that would be another definition
            continue
        if item.setting.chinese and item.name:
            spaced = [before == " ", after == " "]
            if all(re.match(f"[{HAN}]", text[at]) for at in (later.start - 1 - spaced[0], later.end + spaced[1])):
                yield [Edit(Span(later.start - spaced[0], later.end + spaced[1]), item.name)]
        elif before == " " and not re.search(r"(?:\b[Aa]n?|[.:!?]) \Z", text[later.start - 4 : later.start]):
            yield [Edit(later, item.definition.english)]


def own_glossary(document: Document) -> Context:
    """A glossary that asks for the names that the text itself gives its terms, and forbids a name like each."""
    entries: dict[str, Entry] = {}
    forbidden: dict[str, Entry] = {}
    for item in document.fact(terms).bound:
        english, name = item.definition.english, item.name
        long = name if re.fullmatch(f"[{HAN}]{{5,}}", name) else english if english.islower() else ""
        wrong = shortened(long) if long == name else long.replace(" ", "-")
        if not long or wrong == long or wrong in document.source.text or english in entries:
            continue
        entry = Entry(english or name, english or None, name or None, forbidden=(wrong,))
        entries[entry.term] = forbidden[wrong] = entry
    for word in camel_words(document):
        entries.setdefault(word, Entry(word, case=True))
    glossary = Glossary("glossary.yaml", tuple(entries.values()), forbidden)
    return Context(glossary=glossary)


def allowed_and_forbidden(document: Document) -> Iterator[tuple[str, str]]:
    """The names that the text's own glossary asks for, with the name that it forbids instead."""
    glossary = own_glossary(document).glossary
    assert glossary is not None
    for wrong, entry in glossary.forbidden.items():
        long = entry.chinese if entry.chinese and re.search(f"[{HAN}]", wrong) else entry.english
        assert long is not None
        yield long, wrong


@makes("TRM008", "write what the glossary forbids", context=own_glossary, also=("TRM004",))
def forbidden_name(document: Document) -> Iterator[Fault]:
    for long, wrong in allowed_and_forbidden(document):
        for span in in_body(document, re.escape(long)):
            yield [Edit(span, wrong)]


@makes("TRM008", "write a name of the glossary in another case", context=own_glossary, also=("TRM007",))
def another_case(document: Document) -> Iterator[Fault]:
    for spans in camel_words(document).values():
        for span in spans:
            yield [Edit(span, text_of(document, span).capitalize())]


@makes("TRM008", "translate a term of the glossary otherwise", context=own_glossary, also=("TRM004",))
def translated_otherwise(document: Document) -> Iterator[Fault]:
    glossary = own_glossary(document).glossary
    assert glossary is not None
    known = {(entry.english, entry.chinese) for entry in glossary.entries}
    for item in document.fact(terms).bound:
        whole = item.name_span is not None and text_of(document, item.name_span) == item.name
        if item.name and whole and item.setting.running and (item.definition.english, item.name) in known:
            assert item.name_span is not None
            yield [Edit(item.name_span, item.name[:-2] + "技艺")]


def in_body(document: Document, pattern: str) -> Iterator[Span]:
    """The matches of the pattern in the prose of the body's paragraphs."""
    where = document.fact(regions)
    for start, block in document:
        if block.kind is Kind.PARAGRAPH and where.at(start) is Region.BODY:
            for match in re.finditer(pattern, block.prose):
                yield Span(*match.span()).shifted(start)


def camel_words(document: Document) -> dict[str, list[Span]]:
    """The words with a capital inside, with their places."""
    found: dict[str, list[Span]] = {}
    for span in in_body(document, CAMEL.pattern):
        found.setdefault(text_of(document, span), []).append(span)
    return found


@makes("TRM007", "write a name in another case")
def respelled(document: Document) -> Iterator[Fault]:
    for word, spans in camel_words(document).items():
        plain_word = re.search(rf"(?<![\w/.@-]){word.lower()}", document.source.text)
        if len(spans) > 3 and not plain_word:
            yield [Edit(spans[-1], word.capitalize())]


@makes("TRM007", "write a word apart that is one elsewhere")
def apart(document: Document) -> Iterator[Fault]:
    for word in ("dataset", "website", "email", "codebase", "lifecycle"):
        spans = list(in_body(document, rf"(?<![\w/.@-]){word}(?![\w/.@-])"))
        joined = "-" if word == "email" else " "
        split = f"{word[: -len(ENDS[word])]}{joined}{ENDS[word]}"
        if len(spans) > 2 and split not in document.source.text.lower():
            yield [Edit(spans[-1], split)]
