"""The page that shows a text with its findings: valid HTML for any text, nothing lost, nothing loaded, nothing run."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from xml.etree.ElementTree import Element

import html5lib
import pytest
from command_line import Run, write
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_texts import TEXT

from mdreview.context import Context
from mdreview.diagnostic import Diagnostic, Language, Safety, Severity
from mdreview.engine import check
from mdreview.markdown import parse
from mdreview.render.html import render
from mdreview.render.html.marks import Part, marks, stretches
from mdreview.render.html.markup import OBEYED, escaped, language_of
from mdreview.render.look import Look
from mdreview.runner import Checked, Checker
from mdreview.settings import Settings
from mdreview.settings_file import SettingsFinder
from mdreview.source import Source, Span
from mdreview.survey import survey, surveyed

EVERY_RULE = Context(Settings(select=("ALL",)))
NASTY = (
    "# A </script><script>alert(1)</script>\n\n"
    "It fell by 30% <img src=x onerror=y> & \x00 \x85 \u202e \u2028 \ufdd0 \ud800\n"
)
REVIEW = Path(__file__).parents[1] / "examples" / "review.zh.md"
FIXED = Path(__file__).parents[1] / "examples" / "review.fixed.zh.md"


def check_text(text: str) -> tuple[Diagnostic, ...]:
    return tuple(check(parse(text), Context()))


def checked(text: str, file: str = "a.md", context: Context = EVERY_RULE) -> Checked:
    document = parse(text)
    return Checked(file, True, text, tuple(check(document, context)), survey=survey(document, context))


def page(*results: Checked, language: Language = "en") -> str:
    return "".join(render(results, Look(language)))


def read(written: str) -> Element:
    """The page as a strict parser reads it, which takes no error."""
    parser = html5lib.HTMLParser(tree=html5lib.getTreeBuilder("etree"), strict=True, namespaceHTMLElements=False)
    root: Element = parser.parse(written)
    return root


def every(root: Element, name: str, of_class: str = "") -> list[Element]:
    return [element for element in root.iter(name) if not of_class or of_class in element.get("class", "").split()]


def text_of(element: Element) -> str:
    return "".join(element.itertext())


def shown(element: Element) -> str:
    """The text of a line as it was written: without the numbers of notes and the carets at empty places."""
    pieces = [element.text or ""]
    for child in element:
        classes = child.get("class", "").split()
        pieces.append("" if {"reference", "caret"} & set(classes) else shown(child))
        pieces.append(child.tail or "")
    return "".join(pieces)


@settings(max_examples=60)
@given(TEXT, st.sampled_from(("en", "zh")))
def test_any_text_makes_a_valid_page_that_shows_all_of_it(text: str, language: Language) -> None:
    result = checked(text)
    root = read(page(result, language=language))
    source = Source(text)
    lines = every(root, "div", "line")
    for number, line in enumerate(lines):
        assert line.get("id") == f"l1-{number + 1}"
        [written] = every(line, "div", "text")
        assert escaped(shown(written)) == escaped(source.line_text(number))
    assert "".join(source.line_text(number) for number in range(len(lines), len(source.line_starts))) == ""
    check_links(root)
    assert sum(int(note.get("data-findings", "")) for note in every(root, "li", "note")) == len(result.found)


def check_links(root: Element) -> None:
    """Every name is there once, every link leads somewhere on the page, and each note and its number to each other."""
    names = Counter(element.get("id") for element in root.iter() if element.get("id"))
    assert not [name for name, times in names.items() if times > 1]
    for element in root.iter():
        assert not element.get("src") and not element.get("style")
        for attribute in ("href", "aria-describedby", "aria-labelledby"):
            for target in (element.get(attribute) or "").split():
                assert target.removeprefix("#") in names, target
    for note in every(root, "li", "note"):
        number = (note.get("id") or "").removeprefix("n")
        [back] = every(note, "a", "back")
        assert back.get("href") == f"#r{number}" and f"r{number}" in names


@given(st.lists(st.tuples(st.integers(0, 12), st.integers(0, 12), st.sampled_from(Severity)), max_size=8))
def test_a_line_is_cut_into_pieces_that_are_marked_alike(places: list[tuple[int, int, Severity]]) -> None:
    parts = [Part(min(a, b), max(a, b), number, severity, True) for number, (a, b, severity) in enumerate(places)]
    pieces = list(stretches(12, parts))
    covered = [(piece.start, piece.end) for piece in pieces if piece.start < piece.end]
    assert [start for start, _ in covered] == [0, *(end for _, end in covered[:-1])] and covered[-1][1] == 12
    for piece in pieces:
        if piece.start < piece.end:
            over = [part for part in parts if part.start <= piece.start and piece.end <= part.end]
            assert piece.severity == max((part.severity for part in over), default=None)
            assert set(piece.notes) == {part.note for part in over if part.start < part.end}
    named = Counter(number for piece in pieces for number in piece.references)
    assert named == Counter(range(len(parts)))


def test_overlapping_findings_are_all_marked() -> None:
    def found(code: str, start: int, end: int, severity: Severity) -> Diagnostic:
        from mdreview.diagnostic import Text

        return Diagnostic(code, "a-fault", Span(start, end), severity, Text(f"about {code}", code))

    text = "one two three\nfour five\n"
    faults = (
        found("AA001", 0, 13, Severity.INFO),
        found("AA002", 4, 7, Severity.ERROR),
        found("AA003", 4, 18, Severity.WARNING),
        found("AA004", 13, 13, Severity.WARNING),
    )
    root = read(page(Checked("a.md", True, text, faults)))
    pieces = [(mark.get("class"), mark.get("data-notes"), text_of(mark)) for mark in every(root, "mark")]
    assert pieces == [
        ("info", "2", "one "),
        ("error", "2 3 1", "two"),
        ("warning", "2 3", " three"),
        ("warning", "4", "‸"),
        ("warning", "3", "four"),
    ]
    references = [(link.text, link.get("aria-label")) for link in every(root, "a", "reference")]
    assert references == [
        ("1", "Note 1, error AA002"),
        ("2", "Note 2, info AA001"),
        ("3", "Note 3, warning AA003"),
        ("4", "Note 4, warning AA004"),
    ]


def test_findings_that_say_the_same_share_a_note() -> None:
    text = "It fell[^1], rose[^1] and fell[^2].\n"
    notes = marks(check_text(text), Source(text), "en").notes
    assert [[text[slice(*found.span)] for found in note.findings] for note in notes] == [["[^1]", "[^1]"], ["[^2]"]]
    root = read(page(checked(text, context=Context())))
    check_links(root)
    assert [link.text for link in every(root, "a", "reference")] == ["1", "1", "2"]
    assert "×2" in [text_of(times) for times in every(root, "span", "times")]


def test_nothing_of_a_text_is_obeyed() -> None:
    written = page(checked(NASTY, file=NASTY.strip()), checked(NASTY, file="</title><b>"), language="zh")
    root = read(written)
    assert not every(root, "img") and len(every(root, "script")) == 1 and not every(root, "b", "x")
    assert not OBEYED.search(written.replace("\r", ""))
    assert "⟨U+202E⟩" in written and "␀" in written and "⟨U+D800⟩" in written
    written.encode("utf-8")


def test_nothing_is_loaded_and_nothing_foreign_runs() -> None:
    import base64
    import hashlib

    written = page(checked(REVIEW.read_text("utf-8")))
    [policy] = re.findall(r'http-equiv="Content-Security-Policy" content="([^"]*)"', written)
    for name in ("style", "script"):
        [content] = re.findall(rf"<{name}>(.*?)</{name}>", written, re.S)
        digest = base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()
        assert f"{name}-src 'sha256-{digest}'" in policy
        assert not re.search(r"https?:|@import|\burl\(|\bfetch\b|XMLHttpRequest|\bimport\b|innerHTML", content)
    assert "default-src 'none'" in policy
    assert not re.search(r"(?:src|href)=\"(?!#)", written)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_page_holds_all_its_parts(language: Language) -> None:
    text = REVIEW.read_text("utf-8")
    root = read(page(checked(text), language=language))
    names = {element.get("id") for element in root.iter()}
    assert {"tools", "filters", "contents-1", "text-1", "terms-1", "sources-1", "rule-FN001"} <= names
    assert {"header", "main", "nav", "search", "footer"} <= {str(element.tag) for element in root.iter()}
    assert "城市热岛效应缓解措施研究进展" in text_of(every(root, "h1")[0])
    codes = Counter(found.code for found in checked(text).found)
    chosen = {box.get("value") for box in every(root, "input") if box.get("name") == "family"}
    assert chosen == {code.rstrip("0123456789") for code in codes}
    rows = [[text_of(cell).strip() for cell in row] for row in every(root, "tr")]
    assert ["UHI", "城市热岛", "Urban Heat Island"] in [row[:3] for row in rows]
    told = {row[0].split()[0]: row[1] for row in rows if row[0][:3] in {code[:3] for code in codes}}
    assert told == {code: str(times) for code, times in codes.items()}


def test_faults_stand_under_their_sections() -> None:
    text = "# T\n\n## 1 A\n\nText.\n\n## 3 B\n\nText.\n"
    root = read(page(checked(text, context=Context())))
    [fault] = [item for item in root.iter("li") if every(item, "ul", "faults") and not every(item, "ol")]
    assert "3 B" in text_of(fault) and "SEC001" in text_of(fault)


def test_languages_are_told_apart() -> None:
    assert [language_of(text) for text in ("中文（GNN）", "A graph (图)", "图 graph neural", "12 %", "")] == [
        "zh-Hans",
        "en",
        "zh-Hans" if len("graphneural") <= 4 else "en",
        None,
        None,
    ]
    root = read(page(checked("中文的句子很长很长。\n\nAn English line.\n"), language="en"))
    assert root.get("lang") == "en"
    [lines] = every(root, "div", "lines")
    assert lines.get("lang") == "zh-Hans"
    assert [line.get("lang") for line in every(root, "div", "text")] == [None, None, "en"]
    assert read(page(checked("x"), language="zh")).get("lang") == "zh-Hans"


def test_fixes_are_shown_once_with_what_they_change() -> None:
    text = "## 1 A\n\nText.\n\n## 3 B\n\nText.\n\n## 5 C\n\nText.\n"
    result = checked(text, context=Context())
    assert len({found.fix.edits for found in result.found if found.fix}) < len(result.found)
    root = read(page(result))
    assert [text_of(change) for change in every(root, "span", "change")] == ["## 32 B", "## 53 C"]
    assert [(text_of(old), text_of(new)) for old, new in zip(every(root, "del"), every(root, "ins"), strict=True)] == [
        ("3", "2"),
        ("5", "3"),
    ]
    assert "fix as in note 1" in [link.text for link in every(root, "a")]


def test_unsafe_fixes_are_told_from_safe_ones() -> None:
    for safety, word in ((Safety.SAFE, "Fix"), (Safety.UNSAFE, "to be checked")):
        faults = (found for found in checked(REVIEW.read_text("utf-8")).found if found.fix)
        chosen = next(found for found in faults if found.fix and found.fix.safety is safety)
        written = page(Checked("a.md", True, REVIEW.read_text("utf-8"), (chosen,)))
        assert word in text_of(every(read(written), "b")[0])


def test_places_in_other_files_are_links_where_these_are_in_the_report(tmp_path: Path) -> None:
    from mdreview.diagnostic import Related, Text

    one, other = str(tmp_path / "one.md"), str(tmp_path / "other.md")
    related = Related(Span(6, 9), Text("defined there", "在那里定义"), file=other)
    fault = Diagnostic("AA001", "a-fault", Span(0, 3), Severity.ERROR, Text("x", "x"), related=(related,))
    first = Checked(one, True, "One\n", (fault,), beside={other: "Three\nTwo\n"})
    [note] = every(read(page(first)), "ul", "related")
    assert text_of(note) == f"{other}, line 2: defined there" and not every(note, "a")
    [note] = every(read(page(first, checked("Three\nTwo\n", other))), "ul", "related")
    assert [link.get("href") for link in every(note, "a")] == ["#l2-2"]


def test_several_files_are_listed_and_clean_ones_said_to_be(run: Run) -> None:
    write({"a.md": REVIEW.read_bytes(), "b & b.md": FIXED.read_bytes(), "empty.md": b""})
    answer = run("check", "--output-format", "html=out.html", "--isolated", "a.md", "b & b.md", "empty.md", "gone.md")
    assert answer.status == 2 and answer.out == ""
    root = read(Path("out.html").read_text("utf-8"))
    [files] = every(root, "table", "files")
    rows = [[text_of(cell) for cell in row] for row in every(files, "tr")][1:]
    assert [row[0] for row in rows] == ["a.md", "b & b.md", "empty.md"]
    assert [row[1] for row in rows[1:]] == ["No findings", "No findings"] and len(rows[0]) == 4
    details = {section.get("id"): every(section, "details")[0] for section in every(root, "section", "manuscript")}
    assert {name: part.get("open") for name, part in details.items()} == {"text-1": "", "text-2": None, "text-3": None}
    assert len(every(details["text-2"], "div", "line")) == len(FIXED.read_text("utf-8").splitlines())


def test_a_file_that_cannot_be_read_is_shown_as_such(run: Run) -> None:
    write({"a.md": b"\xff\xfe\x00\xd8", "b.md": "# B\n"})
    answer = run("check", "--output-format", "html=out.html", "a.md", "b.md")
    assert answer.status == 2
    root = read(Path("out.html").read_text("utf-8"))
    assert [text_of(cell) for cell in every(root, "td", "unread")] == ["could not be read"]
    assert "a.md" in text_of(every(root, "p", "problem")[0])


def test_a_file_that_is_gone_once_it_was_checked_is_told_with_what_is_known(tmp_path: Path) -> None:
    def checked_and_removed(checker: Checker, file: str) -> Checked:
        result = checker.check_file(file)
        Path(file).unlink()
        return result

    checker = Checker(SettingsFinder(isolated=True, command_line={}))
    files = [tmp_path / "a.md", tmp_path / "b.md"]
    for file, text in zip(files, (REVIEW, FIXED), strict=True):
        file.write_bytes(text.read_bytes())
    found, clean = (surveyed(checked_and_removed, checker, str(file)) for file in files)
    assert found.survey is not None and clean.survey is None
    root = read(page(found, clean))
    assert [text_of(cell) for cell in every(root, "td", "clean")] == ["No findings"]
    assert [part.get("id") for part in every(root, "section", "manuscript")] == ["text-1"]


def test_the_page_is_the_same_however_it_comes(run: Run) -> None:
    write({"a.md": REVIEW.read_bytes(), "b.md": FIXED.read_bytes()})
    words = ("check", "--isolated", "--output-format", "html")
    first = run(*words, "a.md", "b.md")
    assert first == run(*words, "a.md", "b.md", "--no-cache", "--jobs", "2") == run(*words, "a.md", "b.md")
    assert run(*words, "a.md").out == run(*words, "-", "--stdin-filename", "a.md", stdin=REVIEW.read_bytes()).out


def test_after_fixing_the_page_shows_the_new_text(run: Run) -> None:
    write({"a.md": "# A\n\nIt is so[^1].\n\n[^1]： Lee. 2019.\n"})
    run("check", "--fix", "--isolated", "--output-format", "html=out.html", "a.md")
    root = read(Path("out.html").read_text("utf-8"))
    assert "\n".join(shown(line) for line in every(root, "div", "text")) == Path("a.md").read_text("utf-8").rstrip("\n")
    assert "[^1]: Lee" in Path("a.md").read_text("utf-8")


def sizes(texts: Iterable[str]) -> Sequence[int]:
    return [len(page(checked(text))) for text in texts]


def test_the_page_grows_with_the_text() -> None:
    paragraph = "It fell by 30% in every year[^1], studies show; CNN and RNN rose[^2] by 5 kg.\n\n"
    empty, once, twice = sizes(["", paragraph * 300, paragraph * 600])
    assert twice - empty < 2.2 * (once - empty)
    # a finding that reaches through the whole text is marked on its first lines only
    text = "word\n" * 2000
    faults = tuple(check_text("x[^1]\n")[0]._replace(span=Span(start, len(text))) for start in range(0, 400, 5))
    assert sum(map(len, marks(faults, Source(text), "en").parts.values())) < 60 * 80 + 1
