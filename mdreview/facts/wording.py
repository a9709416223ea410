"""Text in one script and one case, so that one pattern reads simplified and traditional, small and capital letters."""

from __future__ import annotations

from collections.abc import Iterable

from mdreview.markdown import PROSE, TEXT, Block, View
from mdreview.patterns import regex

_PAIRS = (
    "佔占 數数 據据 顯显 調调 查查 實实 驗验 證证 統统 計计 發发 現现 長长 減减 較较 約约 達达 個个 們们 結结 "
    "論论 報报 導导 業业 "
    "認认 為为 當当 標标 準准 確确 設设 選选 擇择 應应 該该 來来 說说 項项 關关 鍵键 詞词 圖图 錄录 節节 預预 "
    "測测 評评 價价 優优 "
    "於于 後后 參参 見见 觀观 點点 學学 術术 團团 隊队 資资 訊讯 開开 國国 際际 產产 總总 額额 貿贸 營营 轉转 "
    "換换 與与 過过 會会 "
    "員员 機机 構构 億亿 萬万 餘余 縮缩 擴扩 幾几 級级 將将 讓让 繼继 續续 尋寻 進进 獲获 對对 話话 束束 請请 "
    "述述 語语 補补 寫写 "
    "從从 變变 動动 圍围 時时 間间 線线 體体 這这 歲岁 題题 聲声 稱称 單单 訪访 問问 規规 劃划 範范 漲涨 雙双 "
    "倆俩 佈布 極极 僅仅 "
    "絕绝 處处 經经 無无 還还 並并 給给 屬属 剛刚 幹干 確确 權权 擊击 錯错 誤误 閾阈 隨随 劑剂 濕湿 溫温 檢检 裡里 內内"
)
_SIMPLE = {pair[0]: pair[1] for pair in _PAIRS.split()}
_TRADITIONAL = regex(f"[{''.join(_SIMPLE)}]")


def simplified(text: str) -> str:
    """The text with the traditional characters that our patterns need made simplified; every offset stays."""
    return _TRADITIONAL.sub(lambda match: _SIMPLE[match[0]], text) if not text.isascii() else text


def plain(block: Block) -> str:
    """The prose of a block in simplified characters; every offset stays."""
    return simplified(block.prose)


def folded(block: Block) -> str:
    """The prose of a block in simplified characters and small letters; every offset stays."""
    return _small(block.fact(plain))


def _small(text: str) -> str:
    small = text.lower()
    return small if len(small) == len(text) else "".join(map(_small_letter, text))


def _small_letter(character: str) -> str:
    small = character.lower()
    return small if len(small) == 1 else character


# an expression that knows no case takes ı for i and ſ for s
FOLDED = View(PROSE.of, lambda prose: _small(simplified(prose)).replace("ı", "i").replace("ſ", "s"))
"""What `folded` gives, for `where`."""
SMALL = View(TEXT.of, _small)
"""The whole text in small letters, in the script in which it is written."""


def names_any(block: Block, words: Iterable[str]) -> bool:
    """Whether the block's prose holds any of the words, which are in simplified characters and small letters.

    Far cheaper than an expression that begins with one of them, and so worth asking first.
    """
    text = block.fact(folded)
    for word in words:  # noqa: SIM110 -- asked of every block, and faster than a generator
        if word in text:
            return True
    return False
