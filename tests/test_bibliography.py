"""Bibliographies in their three forms, whole and broken."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mdreview.bibliography import (
    Bibliography,
    bibliography_files,
    parse_bibtex,
    parse_csl_json,
    parse_csl_yaml,
    read_bibliography,
)
from mdreview.markdown import parse

BIBTEX = """@article{lee2019,
  author = {Lee, Ann and Ray, Bo},
  title = {{Rain} in the north},
  date = {2019-05},
  doi = {10.1000/x1},
  ids = {lee19}
}
@book{wang2020, author = {王五}, title = {风}, year = 2020}
"""
JSON = """[
  {"id": "lee2019", "title": "Rain in the north", "DOI": "10.1000/x1",
   "author": [{"family": "Lee", "given": "Ann"}, {"family": "Ray", "given": "Bo"}],
   "issued": {"date-parts": [[2019, 5]]}},
  {"id": "wang2020", "title": "风"}
]
"""
YAML = """---
references:
- id: lee2019
  title: Rain in the north
  DOI: 10.1000/x1
  author:
  - family: Lee
    given: Ann
  - family: Ray
    given: Bo
  issued: 2019
- id: wang2020
  title: 风
...
"""
Parser = Callable[[str, str], Bibliography]
PARSERS: list[tuple[Parser, str]] = [(parse_bibtex, BIBTEX), (parse_csl_json, JSON), (parse_csl_yaml, YAML)]


@pytest.mark.parametrize(("read", "text"), PARSERS)
def test_every_form_gives_the_same_works(read: Parser, text: str) -> None:
    found = read(text, "works")
    assert not found.problems
    assert {"lee2019", "wang2020"} <= set(found.entries)
    entry = found.entries["lee2019"]
    assert entry[1:6] == ("Rain in the north", ("Lee, Ann", "Ray, Bo"), "2019", "10.1000/x1", "works")
    assert "lee2019" in text.split("\n")[entry.line - 1]


def test_biblatex_aliases_are_keys_too() -> None:
    assert parse_bibtex(BIBTEX, "a.bib").entries["lee19"].key == "lee2019"


@pytest.mark.parametrize(
    ("read", "text", "line"),
    [
        (parse_bibtex, "@book{a, title={A}}\n\n@article{b,\n  title = {B,\n  year = 2001\n\n@book{c, title={C}}\n", 3),
        (parse_bibtex, "Not a bibliography.\n", 1),
        (parse_csl_json, '[\n  {"id": "a"},\n  {"id" "b"}\n]\n', 3),
        (parse_csl_json, '{"type": "book"}', 1),
        (parse_csl_yaml, "references:\n- id: a\n  title: [\n", 4),
        (parse_csl_yaml, "just words", 1),
    ],
)
def test_what_is_broken_is_one_problem_with_its_line(read: Parser, text: str, line: int) -> None:
    (problem,) = read(text, "works").problems
    assert (problem.file, problem.line) == ("works", line)


@pytest.mark.parametrize(("read", "text"), [(parse_bibtex, ""), (parse_bibtex, "% none yet\n"), (parse_csl_json, "[]")])
def test_empty_is_not_broken(read: Parser, text: str) -> None:
    assert read(text, "works") == Bibliography()


def test_files_are_read_by_their_suffix(tmp_path: Path) -> None:
    for suffix, text in ((".bib", BIBTEX), (".json", JSON), (".yaml", YAML)):
        path = tmp_path / f"works{suffix}"
        path.write_text(text, "utf-8")
        assert "wang2020" in read_bibliography([path]).entries
    (tmp_path / "chinese.bib").write_bytes(BIBTEX.encode("gb18030"))
    assert read_bibliography([tmp_path / "chinese.bib"]).entries["wang2020"].title == "风"


def test_files_that_cannot_be_read_are_problems(tmp_path: Path) -> None:
    (tmp_path / "folder.bib").mkdir()
    (tmp_path / "binary.bib").write_bytes(b"\x00\xff\x00\xfe\x01\x80")
    paths = [tmp_path / name for name in ("missing.bib", "folder.bib", "binary.bib")]
    assert [problem.file for problem in read_bibliography(paths).problems] == [str(path) for path in paths]


def test_other_forms_make_it_incomplete(tmp_path: Path) -> None:
    (tmp_path / "works.ris").write_text("TY  - BOOK\n", "utf-8")
    found = read_bibliography([tmp_path / "works.ris"])
    assert not found.problems
    assert not found.complete


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("---\nbibliography: refs.bib\n---\n\nText.\n", ("refs.bib",)),
        ("---\ntitle: A\nbibliography:\n- a.bib\n- lib/b.json\n---\n", ("a.bib", "lib/b.json")),
        ("---\nbibliography: [a.bib, b.yaml]\n---\n", ("a.bib", "b.yaml")),
        ('+++\nbibliography = "a.bib"\n+++\n', ("a.bib",)),
        ("---\nbibliography: `r path`\n---\n", ()),
        ("---\nbibliography: [\n---\n", ()),
        ("No front matter.\n", ()),
    ],
)
def test_front_matter_names_bibliographies(text: str, expected: tuple[str, ...]) -> None:
    assert bibliography_files(parse(text)) == expected


@given(st.text(alphabet='@{}",=#%ab1é中\n \\', max_size=80), st.sampled_from(PARSERS))
def test_no_text_raises(text: str, form: tuple[Parser, str]) -> None:
    read, whole = form
    read(text, "works")
    read(whole + text, "works")
