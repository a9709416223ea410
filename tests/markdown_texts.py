"""Texts that tests run on: random ones that are rich in Markdown, and documents of real people where there are any."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest
from hypothesis import strategies as st

from mdreview.source import Span

CORPUS = Path(__file__).parents[2] / "shared" / "corpus" / "text"

LINES = """
# 1 引言
## 1.2 Methods {#sec:methods}
### 第三章 结果
#### （一）背景
# 参考文献
# References
参考文献：
**一、绪论**
Title
=====
---
***
- 项目一
- [ ] item with `code`
  - nested *item*
    继续的一行
1. first
10) tenth
68. The end of a sentence.
> 引用的一行，见表1。
> > - quoted list
> 表1 结果
    indented code
    四个空格缩进的一段话，作者以为是段落，其实不是。
\ttab
```python
~~~
```
```\u00a0
````
$$
$$ x_1 + y $$ (1)
\\[
\\]
\\begin{align}
\\end{align}
<!-- mdreview-disable FN001 -->
<!-- mdreview-enable -->
<!-- mdreview-disable-next-line -->
<!--
-->
<div class="note">
</div>
<img src="a.png" alt="a | b > c" width=5>
<a name="x"></a>
- $p(x|y)$ 为概率
  --- | ---
> a | b
{/* a remark
more of it */}
{/* mdreview-disable-line FN001 */}
import Chart from './chart'
<Chart rows={rows.map(row => row.x)}>
</Chart>
{rows.map(row => <b>{row}</b>)}
<think>
</think>
:::{.note}
:::
!!! note "标题"
    body[^1]
???+ tip
| a | b |
|---|:-:|
| 25% | `x|y` |
| 表格[^2] | [1] |
Term
: definition of the term
[^1]: A footnote.
[^1]： 全角冒号
[^long-label]: First paragraph

    second paragraph
[^2]:
[1] Author A. A title. Journal, 2020.
[2] 张三. 论文题目[J]. 学报, 2019.
[3] report.pdf.md.
1. Li W. Another title. 2021.
[link]: https://example.org/a_(b) "title"
表1 各方法的结果
图 2-1：流程
Table 3: Results
Figure 1. The pipeline
![图1 流程](a.png){width=50%}
关键词：深度学习, 图像；识别
**Keywords:** one; two, three
TODO: write this
以下是修改后的文章：
+++
bibliography: a.bib
[link]:
Setext 标题 <b>x</b>
===
<p align="center">
</p>
- item | with pipe
* * *
+ plus
""".strip("\n").split("\n")

PIECES = """
卷积神经网络（Convolutional Neural Network, CNN）
使用卷积神经网络(CNN)，
图卷积网络 (GCN)
Convolutional Neural Networks (CNNs)
CNN
GCNs
R-CNN
准确率提升了25%
降低了百分之三
提高了3倍
by 12.5 percent
研究表明，
Studies show that
如图5所示，
见表2和表3
见第3.2节
as in Section 2.1
Fig. 4
Eq. (3)
式（3）
[^1]
[^2]
[^x]
[^1][^2]
［^1］
[1^]
^[an inline note]
[1]
[2, 3]
[1–3]
［4］
<sup>[5]</sup>
[@key2020]
[@a; @b, p. 3]
@fig-one
@sec:two
{ref}`x`
$x_i^2$
$5 and $6
`code`
``a ` b``
~~
[text](http://example.org/a_(b))
[text][1]
![alt](x.png)
<b>
</b>
<a name="x">
<!-- note -->
<!--
-->
https://example.org/路径?a=1
a@b.org
&nbsp;
$$
——
十二
2024年
12
3.14
the
of
e.g.
et al.
\\[[1](#ref)\\]
\\
\\[
\\]
**
""".strip("\n").split("\n")

MARKS = "`$。，、；：！？.,;:!?…（）()《》“”[]{}#😀𠮷éﬁİß²①Ⅲ〇百零0a*_||*_"
WHITE = (
    *(" ", "  ", "\t", "\u3000", "\u00a0", "\ufeff", "\u2028", "\x0c", "\x85", "\x0b", "\x00", "\ud800"),
    *("\r", "\r\n", "\n", "\n\n", "\n\n", "\n    ", "\n  ", "\n> ", "\n- ", "\n1. "),
    *(". ", ", ", "the ", "of ", "e.g. ", "et al. ", "Studies show that ", "? "),
)

CHARACTERS = st.text(
    st.sampled_from("ab1 .,:;()[]{}<>!?*_`~$#|^@%&\\\"'+-=/\n\r\t中文字，。；：（）【】“”％年图表第一\u3000"),
    max_size=6,
)

FRAGMENT = st.one_of(
    st.sampled_from(LINES).map(lambda line: f"{line}\n"),
    st.sampled_from(LINES).map(lambda line: f"\n{line}\n\n"),
    st.sampled_from(PIECES),
    st.sampled_from(PIECES),
    st.sampled_from(WHITE),
    st.sampled_from(MARKS),
    CHARACTERS,
)
TEXT = st.one_of(st.lists(FRAGMENT, max_size=30).map("".join), st.text(max_size=40))
"""Any text, and mostly such as holds what rules look for."""


@cache
def corpus() -> tuple[str, ...]:
    """The documents of real people, line ends as they stand in the files; empty where the corpus is absent."""
    texts = []
    for path in sorted(CORPUS.glob("*.md")):
        with path.open(encoding="utf-8", newline="") as file:
            texts.append(file.read())
    return tuple(texts)


needs_corpus = pytest.mark.skipif(
    not CORPUS.is_dir(), reason="the corpus of real documents is not beside this checkout"
)


@st.composite
def edits(draw: st.DrawFn, text: str) -> tuple[Span, str]:
    """A range of the text, mostly a short one, and what replaces it."""
    start = draw(st.integers(0, len(text)))
    length = draw(st.one_of(st.integers(0, 12), st.integers(0, 400)))
    return Span(start, min(start + length, len(text))), draw(st.one_of(st.just(""), FRAGMENT, TEXT))
