"""What people really have on disk is read, and what cannot be read is said."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mdreview.encoding import Decoded, DecodingError, decode, encode

CHINESE = "摘要：本文提出一种方法，在三个数据集上取得了 23% 的提升。\n\n# 一、引言\n近年来深度学习发展迅速。[^1]\n"
TRADITIONAL = "摘要：本文提出一種方法，在三個資料集上取得了提升。\n\n# 一、引言\n近年來深度學習發展迅速。\n"
ENGLISH = "# Introduction\n\nThe method improves accuracy on three data sets.\n"


@pytest.mark.parametrize(
    ("text", "encoding", "mark"),
    [
        (CHINESE, "utf-8", b""),
        (CHINESE, "utf-8", b"\xef\xbb\xbf"),
        (CHINESE, "utf-16-le", b"\xff\xfe"),
        (CHINESE, "utf-16-be", b"\xfe\xff"),
        (CHINESE, "utf-32-le", b"\xff\xfe\x00\x00"),
        (CHINESE, "utf-16-le", b""),
        (CHINESE, "utf-16-be", b""),
        (ENGLISH, "utf-16-le", b""),
        (ENGLISH, "utf-16-be", b""),
        (CHINESE, "gb18030", b""),
        (CHINESE * 200, "gb18030", b""),
        (CHINESE.replace("\n", "\r\n"), "gb18030", b""),
        (ENGLISH * 10 + "其中，方法是新的。\n", "gb18030", b""),
        (TRADITIONAL, "big5", b""),
        ("论文\n", "gb18030", b""),
        ("", "utf-8", b""),
        ("", "utf-8", b"\xef\xbb\xbf"),
    ],
)
def test_text_is_read_and_written_back(text: str, encoding: str, mark: bytes) -> None:
    data = mark + text.encode(encoding)
    decoded = decode(data, "paper.md")
    assert decoded == Decoded(text, encoding, bool(mark))
    assert encode(decoded) == data


@pytest.mark.parametrize("bad", [b"\xff", b"\xe6\xb1", b"\xc0\xaf", b"\xed\xa0\x80"])
def test_damaged_utf8_is_an_error_at_its_byte_and_no_other_encoding(bad: bytes) -> None:
    before = CHINESE.encode()
    with pytest.raises(DecodingError) as caught:
        decode(before + bad + CHINESE.encode() * 5, "论文.md")
    assert caught.value.offset == len(before)
    assert "论文.md" in str(caught.value)
    assert f"0x{bad[0]:02X} at offset {len(before)} (line 5)" in str(caught.value)
    assert "第 5 行" in caught.value.written("zh")


@pytest.mark.parametrize(
    ("data", "offset", "says"),
    [
        (b"caf\xe9 and na\xefve\n", 3, "save it as UTF-8"),
        (b"a quote \x93hello\x94 from an old editor\n" * 4, 8, "save it as UTF-8"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x01\x00", 8, "binary"),
        (b"PK\x03\x04" + bytes(range(256)) * 4, 4, "binary"),
        (b"a text with a \x00 in it\n", 14, "binary"),
        (b"\x00" * 64, 0, "binary"),
        (b"\xef\xbb\xbfab\xff", 5, "not valid UTF-8"),
        (b"\xff\xfea\x00\x00\xd8b\x00", 4, "not valid UTF-16"),
        (b"\xff\xfea\x00b", 4, "not valid UTF-16"),
        (b"\xff\xfea\x00\x00\x00", 4, "binary"),
        (bytes(range(1, 256)) * 3, 127, "save it as UTF-8"),
    ],
)
def test_what_is_no_text_is_said_with_its_byte(data: bytes, offset: int, says: str) -> None:
    with pytest.raises(DecodingError, match=says) as caught:
        decode(data, "x.md")
    assert caught.value.offset == offset
    assert f"0x{data[offset]:02X} at offset {offset} " in str(caught.value)


@given(st.binary(max_size=80))
def test_any_bytes_are_read_to_the_last_or_refused(data: bytes) -> None:
    try:
        decoded = decode(data, "x.md")
    except DecodingError as error:
        decoded, offset = None, error.offset
    assert encode(decoded) == data if decoded else 0 <= offset < len(data)


@given(st.text(alphabet=st.characters(exclude_characters="\0\ufeff", exclude_categories=["Cs"])), st.booleans())
def test_every_utf8_text_is_utf8(text: str, mark: bool) -> None:
    decoded = Decoded(text, "utf-8", mark)
    assert decode(encode(decoded), "x.md") == decoded
