"""Mends files: reads, applies fixes, and puts the new text back as the old one was written, whole or not at all."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import NamedTuple

from mdreview import remedies
from mdreview.context import Context
from mdreview.diagnostic import Diagnostic, Fix, Text
from mdreview.discovery import cannot_read
from mdreview.encoding import Decoded, decode, encode
from mdreview.engine import check
from mdreview.errors import UserError
from mdreview.files import replace_file
from mdreview.fixes import Fixed, apply_edits, fix_text
from mdreview.markdown import Document, parse
from mdreview.runner import Checked, Checker, answer, without_collector

UNENCODABLE = Text(
    "{file} was left as it is: {encoding} has no character U+{character:04X}; save the file as UTF-8 first",
    "{file} 保持原样：{encoding} 中没有字符 U+{character:04X}；请先将文件另存为 UTF-8",
)
REMEDIES: Mapping[str, tuple[Callable[[Document], Fix | None], ...]] = {
    "sections": (lambda document: remedies.sections.renumber(document),),
    "footnotes": (lambda document: remedies.footnotes.renumber(document),),
    "floats": (
        lambda document: remedies.floats.renumber(document),
        lambda document: remedies.floats.renumber_equations(document),
    ),
    "citations": (lambda document: remedies.citations.renumber(document) or remedies.citations.close_gaps(document),),
    "footnotes-from-list": (lambda document: remedies.reference_list.to_footnotes(document),),
    "list-from-footnotes": (lambda document: remedies.citations.to_numeric(document),),
}
"""What can be done to a document as a whole, by a word for it, one step after the other."""
LINE = re.compile(r"[^\n]*\n|[^\n]+")
NO_NEWLINE = "\\ No newline at end of file\n"


class How(NamedTuple):
    """How to mend: with the fixes of the rules, the unsafe ones too or not, or with these of REMEDIES.

    `silence` puts comments in place of fixes, where something is found that the baseline does not know; with `known`,
    where anything is found. Without `write` the file stays as it is.
    """

    unsafe: bool = False
    remedies: tuple[str, ...] = ()
    write: bool = True
    silence: bool = False
    known: bool = False


class Mended(NamedTuple):
    """What fixes made of a text.

    `applied` counts what was mended by code, or by word of REMEDIES; `remaining` are the findings of the new text;
    `fighting` are the rules whose fixes undo each other. `diff` is empty where nothing changed. `data` is the new text
    as it goes to a file.
    """

    applied: Mapping[str, int]
    remaining: tuple[Diagnostic, ...]
    fighting: tuple[str, ...]
    diff: str
    data: bytes


def mend_file(how: How, checker: Checker, file: str) -> Checked:
    """Mends a file; never raises for what is wrong with it. A file that something else changed meanwhile is left."""
    try:
        data = Path(file).read_bytes()
    except OSError as error:
        return Checked(file, problems=(cannot_read(file, error),))
    checked = mend_bytes(how, checker, data, file)
    if checked.mended is None:
        return checked
    if how.write and checked.mended.data != data:
        try:
            replace_file(Path(file), data, checked.mended.data)
        except UserError as problem:
            return Checked(file, problems=(*checked.problems, problem))
    # another process hands this back: what is in the file now need not travel
    return checked._replace(mended=checked.mended._replace(data=b""))


def mend_bytes(how: How, checker: Checker, data: bytes, file: str) -> Checked:
    """Mends a text that is or will be in `file`, and writes nothing."""
    try:
        with without_collector():
            decoded = decode(data, file)
            document, context, problems = checker.read(data, file)
            if how.remedies:
                before: tuple[Diagnostic, ...] = ()
                fixed, problems = remedied(decoded.text, how.remedies), []
            else:
                before = tuple(check(document, context))
                fixed = _fixed(decoded.text, before, context, how, file)
            new = data if fixed.text == decoded.text else _encoded(decoded._replace(text=fixed.text), file)
    except UserError as problem:
        return Checked(file, problems=(problem,))
    diff = "" if how.write else unified_diff(decoded.text, fixed.text, file)
    mended = Mended(dict(fixed.applied), fixed.remaining, fixed.fighting, diff, new)
    text, found = (fixed.text, fixed.remaining) if how.write else (decoded.text, before)
    return answer(file, text, found, context.settings, problems)._replace(mended=mended)


def unified_diff(before: str, after: str, file: str) -> str:
    """The difference as `patch` and `git apply` read it; empty where there is none."""
    if before == after:
        return ""
    from difflib import unified_diff as lines_of_diff

    # lines end where these programs end them: at \n and nowhere else
    found = lines_of_diff(LINE.findall(before), LINE.findall(after), file, file)
    return "".join(line if line.endswith("\n") else f"{line}\n{NO_NEWLINE}" for line in found)


def _fixed(text: str, found: tuple[Diagnostic, ...], context: Context, how: How, file: str) -> Fixed:
    def again(new: str) -> list[Diagnostic]:
        return list(found) if new == text else check(parse(new), context)

    if not how.silence:
        return fix_text(text, again, unsafe=how.unsafe)
    from mdreview.silencing import silenced

    mdx = Path(file).suffix.lower() == ".mdx"
    if how.known:
        return silenced(text, again, mdx=mdx)
    from mdreview.baseline import new_findings

    return silenced(text, lambda new: list(new_findings(file, new, again(new))), mdx=mdx)


def helps(document: Document, word: str) -> bool:
    """Whether what a word of REMEDIES names would change the document."""
    return any(document.fact(remedy) is not None for remedy in REMEDIES[word])


def remedied(text: str, words: Iterable[str]) -> Fixed:
    """The text after what these words of REMEDIES name, one after the other; `applied` counts what changed it."""
    applied: Counter[str] = Counter()
    for word in words:
        for remedy in REMEDIES[word]:
            fix = remedy(parse(text))
            if fix is not None:
                text = apply_edits(text, fix.edits)
                applied[word] += 1
    return Fixed(text, applied, ())


def _encoded(decoded: Decoded, file: str) -> bytes:
    try:
        return encode(decoded)
    except UnicodeEncodeError as error:
        character = ord(error.object[error.start])
        raise UserError(UNENCODABLE, file=file, encoding=decoded.encoding, character=character) from None
