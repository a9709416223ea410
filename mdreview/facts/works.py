"""What an entry of a reference list says of its work: identifiers, year, title, or only a file's name."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

from mdreview.patterns import regex


class Work(NamedTuple):
    """What could be read; empty where it could not.

    `url`, `title` and `file` are normalised for comparison. `bare`: nothing but one phrase, with neither
    author nor year nor address.
    """

    doi: str = ""
    arxiv: str = ""
    url: str = ""
    years: frozenset[str] = frozenset()
    title: str = ""
    file: str = ""
    has_author: bool = False
    bare: bool = False
    only_address: bool = False


DOI = regex(r"\b10\.\d{4,9}/[^\s\"<>{}|，。；）】]{1,200}")
DOI_TAIL = regex(r"/(?:full|abstract|pdf|epdf|html|meta|summary)\Z|\.pdf\Z")
ARXIV = regex(r"arxiv(?:\.org/(?:abs|pdf|html)/|[:：.\s]{1,3})(\d{4}\.\d{4,5})", re.I)
URL = regex(r"(?:https?|ftp)://[^\s<>\"|，。；）】》]{1,2000}|www\.[^\s<>\"|，。；）】》]{1,1000}", re.I)
LINK = regex(r"\[([^\[\]\n]{1,400})\](?:\(|\[)")
YEAR = regex(r"(?<![\d.])(1[5-9]\d\d|20\d\d)(?!\d)|二〇[〇一二三四五六七八九]{2}|一九[〇一二三四五六七八九]{2}")
UNDATED = regex(
    r"\bn\.\s?d\b|in press|forthcoming|to appear|in preparation|submitted|unpublished|preprint|"
    r"待刊|待出版|即将|出版中|未刊|印刷中|不详|无日期|[\[【](?:EB|DB|OL|S|P)\b",
    re.I,
)
EXTENSION = (
    r"\.(?:pdf|md|markdown|docx?|txt|pptx?|xlsx?|html?|caj|kdh|nh|epub|mobi|djvu|csv|json|xml|rtf|odt|tex|zip|rar|"
    r"png|jpe?g)"
)
EXTENSION_END = regex(rf"{EXTENSION}(?=[\s.(（]|\Z)", re.I)
FILE_END = regex(rf"(?:{EXTENSION}|[ _-]?[(（]\d{{1,3}}[)）]|[ _-]{{1,3}}(?:副本|copy))\Z", re.I)
FILE = regex(rf"[^\n]{{1,400}}?{EXTENSION}(?:[ _-]?[(（]\d{{1,3}}[)）])?(?:{EXTENSION})?[\s.。;；*`\"]*\Z", re.I)
STANDARD_TYPE = regex(r"\[(?:[A-Z]{1,2}|[A-Z]{1,2}/OL)\]")
AUTHOR = regex(
    r"\bet\s+al\b|\betc\.|等[.．，,。]|\b[A-Z][\w'’-]{1,30},? (?:[A-Z]\.?[ -]?){1,3}(?=[,.;&:]|\s|and\b)|"
    r"\b(?:[A-Z]\. ?){1,3}[A-Z][\w'’-]{1,30}|"
    r"\A(?:\p{Han}|·){2,12}(?:[,，、][ ]?(?:\p{Han}|·){2,12}){0,8}[.．:：]|"
    r"\A[A-Z][\w'’-]+ [A-Z][\w'’-]+(?:,| and| &)|[主编著译]{1,2}[,，.．]|\(eds?\.\)"
)
QUOTED = regex(r"[“\"]([^“”\"\n]{6,300})[”\"]|《([^《》\n]{2,200})》|(?<![*\w])\*([^*\n]{8,300})\*(?![*\w])")
WITHIN = regex(r"\b[Ii]n:?\s{1,3}\Z|\((?:19|20)\d\d[a-z]?\)\.\s[^.\n]{12,200}\.\s{1,3}\Z")
VOLUME = regex(r"[,.]?\s{0,3}(?:[Vv]ol(?:ume|\.)|pp?\.\s|pages\b|\d{1,4}\s?[(:])")
TYPED = regex(r"([^.．。\n]{6,300}?)[ ]?\[(?:[A-Z]{1,2}|[A-Z]{1,2}/OL)\]")
AFTER_ADDRESS = regex(r"\A\s*(?:https?://|www\.)\S+\s+[-–—|:：]\s+(\S.{5,400})", re.S)
SEPARATOR = regex(r"[.．。;；]\s|[,，]\s?|[、:：]\s|[.．]\Z")
MARKS = regex(r"[*_`\\<>]|</?\w{1,10}[^<>]{0,100}>")
HAN = regex(r"\p{Han}")
NOTHING = regex(r"[\s\d\[\]().,:;：。，-]|DOI", re.I)
BEFORE_HOST = regex(r"\A(?:https?://|ftp://)?(?:www\.)?", re.I)


@lru_cache(maxsize=4096)
def describe(text: str) -> Work:
    """What an entry's text says. Linear in its length; only the first 1,000 characters count."""
    text = text[:1000].strip()
    plain = MARKS.sub("", text)
    urls = [match.group().rstrip(".,;:)]") for match in URL.finditer(plain)]
    without = URL.sub(" ", plain)
    doi = DOI.search(plain)
    arxiv = ARXIV.search(plain)
    years = frozenset(match.group() for match in YEAR.finditer(DOI.sub(" ", ARXIV.sub(" ", without))))
    linked = bool(LINK.search(text)) or bool(urls)
    file = "" if linked or not FILE.fullmatch(plain) else file_stem(plain)
    has_author = bool(AUTHOR.search(without))
    bare = not (linked or doi or arxiv or years or has_author or file) and _one_phrase(without)
    rest = NOTHING.sub("", DOI.sub("", without))
    return Work(
        doi=DOI_TAIL.sub("", doi.group().rstrip(".,;:)]").casefold()) if doi else "",
        arxiv=arxiv.group(1) if arxiv else "",
        url=_address(urls[0]) if urls else "",
        years=years,
        title=_title(text, plain),
        file=file,
        has_author=has_author,
        bare=bare,
        only_address=bool(urls or doi) and not rest,
    )


def dated(work: Work, text: str) -> bool:
    """Whether the entry has a date, or says that it has none."""
    return bool(work.years) or bool(UNDATED.search(text))


def file_stem(text: str) -> str:
    """A file's name without its endings and the marks of download copies, for comparison."""
    stem = text.strip(' \t\n*`"').rstrip(".。;； ")
    while (end := FILE_END.search(stem)) and end.start():
        stem = stem[: end.start()].rstrip()
    return folded(stem)


def folded(text: str) -> str:
    """A text for comparison: its letters and digits only, in one case and one width."""
    return "".join(character for character in unicodedata.normalize("NFKC", text).casefold() if character.isalnum())


def _one_phrase(text: str) -> bool:
    phrase = text.strip().rstrip(".。")
    if STANDARD_TYPE.search(phrase) or SEPARATOR.search(phrase.replace(": ", " ").replace("：", "")):
        return False
    return len(phrase.split()) >= 3 or len(HAN.findall(phrase)) >= 6


def _address(url: str) -> str:
    """An address for comparison; empty for the front page of a site."""
    address = BEFORE_HOST.sub("", url).split("#")[0].rstrip("/")
    host, _, path = address.partition("/")
    return f"{host.casefold()}/{path}" if path else ""


def _is_venue(text: str, quoted: re.Match[str]) -> bool:
    """Whether emphasis is on the book or journal that holds the work: `In *Proceedings of …*, pages 1–8`."""
    if quoted.group(3) is None:
        return False
    return bool(WITHIN.search(text, 0, quoted.start()) or VOLUME.match(text, quoted.end()))


def _title(text: str, plain: str) -> str:
    """The title, where a mark shows it, for comparison; empty if it is too short to tell works apart."""
    found = ""
    if match := AFTER_ADDRESS.match(plain):
        found = match.group(1)
    elif link := LINK.search(text):
        found = link.group(1)
    elif (quoted := QUOTED.search(text)) and not _is_venue(text, quoted):
        found = next(group for group in quoted.groups() if group)
    elif typed := TYPED.search(plain):
        found = typed.group(1)
    else:
        found = plain if len(plain) < 300 else ""
    title = folded(found)
    return title if len(title) >= (8 if HAN.search(title) else 16) else ""
