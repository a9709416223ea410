"""How often each rule found something."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from mdreview.diagnostic import Language, Severity, Text
from mdreview.render.excerpt import width
from mdreview.render.text import CLEAN, SEVERITIES, counts
from mdreview.runner import Checked

IN_FILES = Text("{files} files", "{files} 个文件")
ONE_FILE = Text("1 file", "1 个文件")


def render(results: Iterable[Checked], language: Language, output_format: str) -> Iterator[str]:
    """A table, the most frequent rule first; as JSON an array of objects, or one object a line."""
    times: Counter[tuple[str, str, Severity]] = Counter()
    files: Counter[tuple[str, str, Severity]] = Counter()
    total = 0
    for checked in results:
        total += checked.read
        keys = [(diagnostic.code, diagnostic.name, diagnostic.severity) for diagnostic in checked.found]
        times.update(keys)
        files.update(set(keys))
    rows = sorted(times, key=lambda key: (-times[key], key))
    if output_format == "text":
        yield from _table([(times[key], files[key], *key) for key in rows], total, language)
        return
    import json

    written = [
        json.dumps(
            {
                "code": code,
                "name": name,
                "severity": severity.name.lower(),
                "count": times[code, name, severity],
                "files": files[code, name, severity],
            }
        )
        for code, name, severity in rows
    ]
    if output_format == "json":
        yield "[\n" + ",\n".join(written) + "\n]\n" if written else "[]\n"
    else:
        yield "".join(f"{line}\n" for line in written)


def _table(rows: list[tuple[int, int, str, str, Severity]], total: int, language: Language) -> Iterator[str]:
    if not rows:
        yield CLEAN.written(language, {"files": total}) + "\n"
        return
    severities: Counter[Severity] = Counter()
    longest = max(len(name) for _, _, _, name, _ in rows)
    digits = len(str(rows[0][0]))
    for number, in_files, code, name, severity in rows:
        severities[severity] += number
        word = SEVERITIES[severity][0].written(language)
        pad = " " * (7 - width(word))
        where = (ONE_FILE if in_files == 1 else IN_FILES).written(language, {"files": in_files})
        yield f"{number:>{digits}}  {code:<6}  {name:<{longest}}  {word}{pad}  {where}\n"
    yield f"{counts(severities, language)}\n"
