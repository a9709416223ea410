"""Which source is cited where."""

from __future__ import annotations

from hypothesis import given
from markdown_texts import TEXT

from mdreview.bibliography import parse_bibtex
from mdreview.citation_map import CitedSource, System, citation_map
from mdreview.context import Context
from mdreview.markdown import parse

BIBLIOGRAPHY = (
    "@book{kim2018, author={Kim, A. and Lee, B.}, title={Snow in the {North}}, year=2018}\n@book{ray, title={Wind}}\n"
)


def sources(text: str, bibliography: str | None = None) -> list[CitedSource]:
    known = parse_bibtex(bibliography, "a.bib") if bibliography is not None else None
    return list(citation_map(parse(text), Context(bibliography=known)))


def told(text: str, bibliography: str | None = None) -> list[tuple[str, str, list[int], bool]]:
    """Label, what is told of the source, the lines that cite it, and whether it is missing."""
    return [
        (source.label, source.about, [text[: span.start].count("\n") + 1 for span in source.cited], source.missing)
        for source in sources(text, bibliography)
    ]


def test_footnotes_stand_in_the_order_of_their_definitions() -> None:
    text = "降雨稀少[^b]，大风[^a]。\n\n又见[^b]和[^谁]。\n\n[^a]: 李四. *雨*.\n    2019.\n"
    text += "[^b]: 王五. 雪. 2018.\n[^c]: 无人引用。\n"
    assert told(text) == [
        ("[^a]", "李四. *雨*. 2019.", [1], False),
        ("[^b]", "王五. 雪. 2018.", [1, 3], False),
        ("[^c]", "无人引用。", [], False),
        ("[^谁]", "", [3], True),
    ]
    assert [text[slice(*source.defined)][:4] for source in sources(text) if source.defined] == ["[^a]", "[^b]", "[^c]"]


def test_numbers_lead_to_the_reference_list() -> None:
    text = "Rain [1, 3] and wind [2].\n\nRain [1], hail [7].\n\n## References\n\n"
    text += "[1] Lee. 2019.\n[2] Ray. 2020.\n[3] Kim. 2018.\n[4] No. 2017.\n"
    assert told(text) == [
        ("[1]", "Lee. 2019.", [1, 3], False),
        ("[2]", "Ray. 2020.", [1], False),
        ("[3]", "Kim. 2018.", [1], False),
        ("[4]", "No. 2017.", [], False),
        ("[7]", "", [3], True),
    ]
    assert {source.system for source in sources(text)} == {System.NUMBER}


def test_marks_that_lead_to_a_plain_list_count_there() -> None:
    text = "降雨稀少[^1]，大风常见[^2]。\n\n## 参考文献\n\n[1] 李四. 雨. 2019.\n\n[2] 王五. 风. 2020.\n"
    assert told(text) == [("[1]", "李四. 雨. 2019.", [1], False), ("[2]", "王五. 风. 2020.", [1], False)]


def test_numbers_of_a_list_that_nothing_cites_are_no_citations() -> None:
    text = "The list a[1] holds x.\n\n## Further reading\n\n1. Lee. Rain. 2019.\n2. Kim. Snow. 2018.\n"
    assert told(text) == []


def test_keys_are_told_from_the_bibliography() -> None:
    text = "Snow [@kim2018, p. 3; see @nobody] and @kim2018; not @fig-one, nor @doi:10.1000/x1.\n"
    assert told(text, BIBLIOGRAPHY) == [
        ("@kim2018", "Kim, A., Lee, B. (2018). Snow in the North", [1, 1], False),
        ("@nobody", "", [1], True),
        ("@doi:10.1000/x1", "", [1], False),
    ]
    assert not any(missing for *_, missing in told(text)), "without a bibliography nothing is known to be missing"
    given = "---\nreferences:\n- id: lee2019\n---\n\nSee @lee2019 and @nobody.\n"
    assert [(label, missing) for label, _, _, missing in told(given)] == [("@lee2019", False), ("@nobody", True)]


@given(TEXT)
def test_any_text_has_a_map(text: str) -> None:
    for source in sources(text, BIBLIOGRAPHY):
        assert all(0 <= span.start < span.end <= len(text) for span in source.cited)
        assert source.cited == tuple(sorted(source.cited))
        assert not (source.missing and (source.about or source.defined))
