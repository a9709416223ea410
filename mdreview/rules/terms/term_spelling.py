"""TRM007: one term in several spellings or cases."""

from __future__ import annotations

from collections.abc import Iterator

from mdreview import remedies
from mdreview.context import Context
from mdreview.diagnostic import Diagnostic, Related, Severity, Text
from mdreview.facts.spellings import variants
from mdreview.markdown import Document
from mdreview.rule import DocumentRule, Example

OTHER = Text("written “{other}” here", "此处写作“{other}”")


class TermSpelling(DocumentRule):
    code = "TRM007"
    name = "term-spelling"
    severity = Severity.INFO
    message = Text(
        "“{written}” is also written “{other}” ({times}×); keep one spelling",
        "“{written}”在文中又写作“{other}”（{times} 次），请统一写法",
    )
    why = Text(
        "Two spellings of one name look like two names, and a search finds only half of the places.",
        "同一名称的两种写法看起来像两个名称，检索时也只能找到一部分。",
    )
    silent = Text(
        "Code, addresses, quotations of titles and the reference list are passed over. A word that only begins with a "
        "capital, stands wholly in capitals or wholly in small letters is no second spelling of a plain word, and a "
        "hyphen "
        "that grammar asks for (a state-of-the-art method) is none either.",
        "代码、网址、书名引用和参考文献不计。普通单词仅首字母大写、全部大写或全部小写，不算另一种写法；"
        "语法需要的连字符也不算。",
    )
    bad = (
        "我们用 DeepLab 分割图像。⟦Deeplab→DeepLab⟧ 的结果更好，而且 DeepLab 更快。\n",
        Example(
            "评估指标包括F1分数。各方法的 ⟦F1-score→F1分数⟧ 见下文，F1-score 越高越好。\n",
            fixed="评估指标包括F1分数。各方法的 F1分数 见下文，F1分数 越高越好。\n",
        ),
        "BatchNorm 加速训练。去掉 BatchNorm 后，⟦Batch Norm→BatchNorm⟧ 层的参数减少。\n",
        "The ⟦data set→dataset⟧ is small. We cleaned the dataset and split the dataset in two.\n",
    )
    good = (
        "Deep learning works. We use deep learning. DEEP LEARNING IS FUN.\n",
        "The method is state of the art. This state-of-the-art method is new.\n",
        "安装 `pytorch` 后，PyTorch 即可使用。\n",
    )

    def check(self, document: Document, context: Context) -> Iterator[Diagnostic]:
        for variant in document.fact(variants):
            related = Related(variant.other_span, OTHER, {"other": variant.other})
            yield self.found(
                variant.span,
                related=(related,),
                fix=remedies.terms.respell(document, variant.places, variant.other),
                written=variant.written,
                other=variant.other,
                times=variant.times,
            )
