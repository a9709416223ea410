"""What abbreviations are, where they are defined, and what must hold for any text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mdreview.api import abbreviations
from mdreview.context import Context
from mdreview.engine import check
from mdreview.facts import long_forms
from mdreview.facts.short_forms import looks_short
from mdreview.facts.terms import terms
from mdreview.markdown import parse
from mdreview.settings import Settings

PIECES = st.lists(
    st.sampled_from(
        "使用 卷积神经网络 （ ） ( ) Convolutional·Neural·Network ,· ， CNN CNNs R-CNN 的 。 ¶¶ ** *· #· |· 简称 "
        "全称 ·stands·for· :· graph· GN· "
        "- “ ” Deep deep [ ](a) $ `".replace("¶", "\n").split(" ")
    ).map(lambda piece: piece.replace("·", " ")),
    max_size=40,
)


def bound(text: str) -> list[tuple[str, str, str]]:
    return [(item.name, item.definition.english, item.definition.written) for item in parse(text).fact(terms).bound]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        (
            "卷积神经网络（Convolutional Neural Network, CNN）很快。",
            ("卷积神经网络", "Convolutional Neural Network", "CNN"),
        ),
        (
            "卷积神经网络(Convolutional Neural Network; CNN)很快。",
            ("卷积神经网络", "Convolutional Neural Network", "CNN"),
        ),
        (
            "卷积神经网络（CNN, Convolutional Neural Network）很快。",
            ("卷积神经网络", "Convolutional Neural Network", "CNN"),
        ),
        (
            "卷积神经网络（Convolutional\nNeural Network，CNN）很快。",
            ("卷积神经网络", "Convolutional Neural Network", "CNN"),
        ),
        ("**卷积神经网络**（CNN）很快。", ("卷积神经网络", "", "CNN")),
        ("[卷积神经网络](https://example.org)（CNN）很快。", ("卷积神经网络", "", "CNN")),
        ("我们使用卷积神经网络（CNN）分类。", ("卷积神经网络", "", "CNN")),
        ("结果表明，与传统方法不同的卷积神经网络（CNN）更好。", ("卷积神经网络", "", "CNN")),
        ("卷积神经网络（convolutional neural network）很快。", ("卷积神经网络", "convolutional neural network", "")),
        ("A convolutional neural network (CNN) is fast.", ("", "convolutional neural network", "CNN")),
        ("Convolutional neural networks ( CNNs ) are fast.", ("", "Convolutional neural networks", "CNNs")),
        ("CNN (convolutional neural network) is fast.", ("", "convolutional neural network", "CNN")),
        ("模型 CNN（卷积神经网络）很快。", ("卷积神经网络", "", "CNN")),
        (
            "足够的 CSR(控制与状态寄存器，control and status register) 指令",
            ("控制与状态寄存器", "control and status register", "CSR"),
        ),
        ("分子束外延(Molecular Beam Epitaxy，简称MBE)很慢。", ("分子束外延", "Molecular Beam Epitaxy", "MBE")),
        ("分子束外延，简称MBE，很慢。", ("分子束外延", "", "MBE")),
        ('With APCs, or "article-processing charges", authors pay.', ("", "article-processing charges", "APCs")),
        ("MMR stands for Merkle mountain range here.", ("", "Merkle mountain range", "MMR")),
        ("the probability density function (PDF) is", ("", "probability density function", "PDF")),
        ('"environmental, social and governance" (ESG) rules', ("", "environmental, social and governance", "ESG")),
        ("Term | x\n--- | ---\nPGD | Page Global Directory\n", ("", "Page Global Directory", "PGD")),
    ],
)
def test_definition(text: str, names: tuple[str, str, str]) -> None:
    assert names in bound(text)


@pytest.mark.parametrize(
    "text",
    [
        "钨(W)很硬。",
        "模型 BERT（330M）很大。",
        "王弼（226—249）注老子。",
        "The MVP (8:30-19:43) works.",
        "第二卷（II）已出。",
        "`CNN (x y z)`",
    ],
)
def test_no_definition(text: str) -> None:
    assert not [names for names in bound(text) if names[2]]


def test_other_mentions_tell_the_left_edge() -> None:
    text = "首先训练残差注意网络（RAN）。残差注意网络很快。对残差注意网络而言，深度很重要。"
    assert ("残差注意网络", "", "RAN") in bound(text)


@pytest.mark.parametrize(
    ("short", "long"),
    [
        ("ANOVA", "analysis of variance"),
        ("XML", "extensible markup language"),
        ("mRNA", "messenger RNA"),
        ("NMF", "non-negative matrix factorization"),
        ("6DOF", "six degrees of freedom"),
        ("IoT", "Internet of Things"),
    ],
)
def test_long_form_fits(short: str, long: str) -> None:
    assert long_forms.fits(short, long)


def test_long_form_does_not_fit() -> None:
    assert not long_forms.fits("PQC", "quantum-resistant cryptography")


@pytest.mark.parametrize("token", ["CNN", "CNNs", "IoT", "mRNA", "i.i.d.", "3GPP", "U.S."])
def test_looks_short(token: str) -> None:
    assert looks_short(token)


@pytest.mark.parametrize("token", ["The", "III", "4KB", "70B", "method", "iPad", "A"])
def test_does_not_look_short(token: str) -> None:
    assert not looks_short(token)


def test_spans_of_the_public_function() -> None:
    text = "A graph network ( GN ) uses RNG and LTE - A ."
    found = [(one.kind, text[slice(*one.span)], one.defined) for one in abbreviations(text)]
    assert found == [
        ("long", "graph network", True),
        ("short", "GN", True),
        ("short", "RNG", False),
        ("short", "LTE - A", False),
    ]


@given(PIECES)
def test_any_text(pieces: list[str]) -> None:
    text = "".join(pieces)
    document = parse(text)
    found = document.fact(terms)
    for item in found.bound:
        assert 0 <= item.span.start <= item.short_span.start <= item.short_span.end <= item.span.end <= len(text)
        if item.name_span is not None:
            assert 0 <= item.name_span.start <= item.name_span.end <= len(text)
    spans = [(one.kind, one.span) for one in abbreviations(text)]
    assert len(spans) == len(set(spans))
    for diagnostic in check(document, Context(Settings(select=("TRM",)))):
        assert diagnostic.code.startswith("TRM"), diagnostic
        assert 0 <= diagnostic.span.start < diagnostic.span.end <= len(text)


@given(st.text(max_size=120))
def test_no_text_raises(text: str) -> None:
    for diagnostic in check(parse(text), Context(Settings(select=("TRM",)))):
        assert diagnostic.code.startswith("TRM"), diagnostic.arguments
    abbreviations(text)
