"""Bytes to text and back: UTF-8, UTF-16 and the Chinese encodings that people still have; never a guess kept quiet."""

from __future__ import annotations

import re
from typing import NamedTuple, NoReturn

from mdreview.diagnostic import Text
from mdreview.errors import UserError

UTF8_MARK = b"\xef\xbb\xbf"
MARKS = (
    (UTF8_MARK, "utf-8"),
    (b"\xff\xfe\x00\x00", "utf-32-le"),
    (b"\x00\x00\xfe\xff", "utf-32-be"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
)
WIDE = {"utf_16_le": "utf-16-le", "utf_16_be": "utf-16-be"}
CHINESE = ("gb18030", "big5")
UTF8_CHARACTER = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
HIGH = re.compile(rb"[\x80-\xff]")
# the bytes in front of the punctuation and the common characters, which make up nearly all of any real text
COMMON = {
    "gb18030": re.compile(rb"[\xa1-\xa3\xb0-\xd7][\xa1-\xfe]"),
    "big5": re.compile(rb"[\xa1-\xc6][\x40-\x7e\xa1-\xfe]"),
}
MOSTLY = 0.6

DAMAGED = Text(
    "{file}: byte 0x{byte:02X} at offset {offset} (line {line}) is not valid {encoding}; "
    "mend that place, or convert the file to UTF-8 with its true encoding",
    "{file}：偏移 {offset}（第 {line} 行）处的字节 0x{byte:02X} 不是有效的 {encoding}；"
    "请修复该处，或按真实编码将文件转换为 UTF-8",
)
UNKNOWN = Text(
    "{file}: byte 0x{byte:02X} at offset {offset} (line {line}) is not UTF-8, "
    "and the file is neither UTF-16 nor GB18030 nor Big5; save it as UTF-8",
    "{file}：偏移 {offset}（第 {line} 行）处的字节 0x{byte:02X} 不是 UTF-8，"
    "且文件也不是 UTF-16、GB18030 或 Big5；请将文件另存为 UTF-8",
)
BINARY = Text(
    "{file}: byte 0x00 at offset {offset} (line {line}): this is a binary file, not a text; "
    "leave it out, or save it as UTF-8 if it is a text",
    "{file}：偏移 {offset}（第 {line} 行）处为字节 0x00：这是二进制文件而非文本；请排除该文件，若为文本请另存为 UTF-8",
)


class DecodingError(UserError):
    """Bytes that are no text in any encoding we know; names the file, the first bad byte and what to do."""

    @property
    def offset(self) -> int:
        """The offset of the byte, from 0."""
        return int(str(self.arguments["offset"]))


class Decoded(NamedTuple):
    """A text with the encoding that it had on disk; `bom` says whether a byte order mark stood before it."""

    text: str
    encoding: str = "utf-8"
    bom: bool = False


def decode(data: bytes, name: str) -> Decoded:
    """The text of a file called `name`. Raises DecodingError; replaces nothing."""
    for mark, encoding in MARKS:
        if data.startswith(mark):
            return Decoded(_strictly(data, len(mark), encoding, name), encoding, True)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        return _not_utf8(data, error.start, name)
    if "\0" not in text:
        return Decoded(text)
    return _wide(data) or _fail(BINARY, data, data.index(0), name)


def encode(decoded: Decoded) -> bytes:
    """The bytes of a text in its encoding. Raises UnicodeEncodeError for what the encoding does not have."""
    mark = next(mark for mark, encoding in MARKS if encoding == decoded.encoding) if decoded.bom else b""
    return mark + decoded.text.encode(decoded.encoding)


def _not_utf8(data: bytes, offset: int, name: str) -> Decoded:
    if 0 in data:
        return _wide(data) or _fail(BINARY, data, data.index(0), name)
    high = len(HIGH.findall(data))
    if sum(map(len, UTF8_CHARACTER.findall(data))) > high * MOSTLY:
        return _fail(DAMAGED, data, offset, name, "UTF-8")
    for encoding in _candidates(data, CHINESE):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if text.encode(encoding) == data and 2 * len(COMMON[encoding].findall(data)) > high * MOSTLY:
            return Decoded(text, encoding)
    return _fail(UNKNOWN, data, offset, name)


def _wide(data: bytes) -> Decoded | None:
    """The text, where the detector knows exactly one way to read it as UTF-16 without a mark."""
    if len(data) % 2:
        return None
    found = _candidates(data, tuple(WIDE))
    if len(found) != 1:
        return None
    encoding = WIDE[found[0]]
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        return None
    return None if "\0" in text else Decoded(text, encoding)


def _candidates(data: bytes, encodings: tuple[str, ...]) -> list[str]:
    """Those of `encodings` that the detector holds possible, the likeliest first, then in the order given."""
    # imported here because nearly every file is UTF-8 and the import costs as much as reading one
    from charset_normalizer import from_bytes

    found = from_bytes(data, cp_isolation=list(encodings), preemptive_behaviour=False)
    ranked = {match.encoding: (match.chaos, -match.coherence) for match in found}
    return sorted(ranked, key=lambda encoding: (ranked[encoding], encodings.index(encoding)))


def _strictly(data: bytes, skip: int, encoding: str, name: str) -> str:
    try:
        text = data[skip:].decode(encoding)
    except UnicodeDecodeError as error:
        return _fail(DAMAGED, data, skip + error.start, name, encoding.removesuffix("-le").removesuffix("-be").upper())
    if "\0" in text:
        return _fail(BINARY, data, skip + len(text[: text.index("\0")].encode(encoding)), name)
    return text


def _fail(message: Text, data: bytes, offset: int, name: str, encoding: str = "") -> NoReturn:
    line = data.count(b"\n", 0, offset) + 1
    raise DecodingError(message, file=name, offset=offset, byte=data[offset], line=line, encoding=encoding)
