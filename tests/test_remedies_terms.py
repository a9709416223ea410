"""Terms are mended with the words around them: articles, capitals, spaces, endings."""

from __future__ import annotations

import pytest
from remedy_cases import mended

from mdreview.diagnostic import Fix
from mdreview.facts.early_uses import early_uses
from mdreview.facts.redefinitions import repeats
from mdreview.markdown import Document
from mdreview.remedies.terms import move, shorten, spelled


@pytest.mark.parametrize(
    ("written", "other", "result"),
    [
        ("Deeplabs", "DeepLab", "DeepLabs"),
        ("Batch Norm", "BatchNorm", "BatchNorm"),
        ("PageCache", "Page Cache", "Page Cache"),
        ("Data sets", "dataset", "Datasets"),
        ("finetuning", "fine-tune", "fine-tuning"),
        ("F1-score", "F1分数", "F1分数"),
    ],
)
def test_spelled(written: str, other: str, result: str) -> None:
    assert spelled(written, other) == result


def shorten_all(document: Document) -> Fix | None:
    again = document.fact(repeats)
    return shorten(document, again[0][1]) if again else None


def move_first(document: Document) -> Fix | None:
    early = document.fact(early_uses)
    return move(document, early[0].used, early[0].defined) if early else None


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (
            "图神经网络（GNN）处理图，而 GNN 很快，但GNN不大。\n\n随后用图神经网络（GNN）分类，GNN很小。\n",
            "图神经网络（GNN）处理图，而 GNN 很快，但GNN不大。\n\n随后用GNN分类，GNN很小。\n",
        ),
        (
            "A mean field network (MFN) passes messages. An MFN is slow.\n\nThen a mean field network (MFN) is cut.\n",
            "A mean field network (MFN) passes messages. An MFN is slow.\n\nThen an MFN is cut.\n",
        ),
        (
            "图神经网络（GNN）处理图，GNN 很快。\n\n随后用**图神经网络**（GNN）分类。\n",
            "图神经网络（GNN）处理图，GNN 很快。\n\n随后用**图神经网络**（GNN）分类。\n",
        ),
    ],
)
def test_shorten(before: str, after: str) -> None:
    assert mended(shorten_all, before) == after


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (
            "We train an MFN on each graph. Mean field network (MFN) layers are slow, and the MFN has three.\n",
            "We train a mean field network (MFN) on each graph. MFN layers are slow, and the MFN has three.\n",
        ),
        (
            "**摘要**\n本文改进 HGT。\n\n## 1 引言\n\n"
            "异构图变换器（Heterogeneous Graph Transformer, HGT）有三层，HGT 很快。\n",
            "**摘要**\n本文改进异构图变换器（Heterogeneous Graph Transformer, HGT）。\n\n## 1 引言\n\n"
            "异构图变换器（Heterogeneous Graph Transformer, HGT）有三层，HGT 很快。\n",
        ),
    ],
)
def test_move(before: str, after: str) -> None:
    assert mended(move_first, before) == after
