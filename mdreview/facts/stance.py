"""Whose statement a sentence is, where it is not a fact about the world that needs a source."""

from __future__ import annotations

from functools import cached_property

from mdreview.patterns import later_words, regex, words
from mdreview.source import Span

LETTER = regex("[a-z]")


class Phrases:
    """Phrases in Chinese, given as one expression, and in English: sought in a text that may be in either."""

    def __init__(self, chinese: str, *english: str) -> None:
        self._chinese = regex(chinese)
        self._english = regex(later_words(*english))

    def stand_in(self, text: str) -> bool:
        """Whether one of them stands in a text in simplified characters and small letters."""
        if not text.isascii():
            if self._chinese.search(text):
                return True
            if not LETTER.search(text):
                return False
        return self._english.search(f" {text}") is not None


# Each alternative of an expression that is sought in whole sentences begins with a plain character, so that the engine
# can skip to it.
RESULTS = "实验|测试|仿真|模拟|复现|对比|评估|评测|训练|运行|消融|统计|计算|分析|验证|测量"
TRIALS = "实验|测试|实测|仿真|复现|消融"
CHINESE_OWN = "|".join(
    (
        r"本(?:文|研究|论文|项目|实验|课题|报告|工作|系统|方法|作品|次|章|节|模型|算法|平台|校|公司|团队|组|书|设计|方案)",
        r"我(?!国|市|省|县|区|党|军)|笔者|作者们?(?:认为|建议)|咱们|受访者|被访者|问卷|样本中|实测|复现",
        r"手动评[估测审]|人工评[估测审]|内部评[估测审]",
        *(f"{word}结果" for word in RESULTS.split("|")),
        *(rf"{word}(?<![有项]{word})(?:[中里上]|显示|表明|发现|证明|环境|条件)" for word in TRIALS.split("|")),
    )
)
ENGLISH_OWN = (
    *("we", "our", "ours", "us", "i", "my", "respondents?", "interviewees?", "th(?:e|is) authors? of this"),
    "this (?:paper|work|study|article|thesis|report|survey|project|chapter|manuscript|dataset)",
    "the(?:se)? (?:present|current) (?:study|work|paper)",
    "in (?:present|current) (?:study|work|paper)",
    "the(?:se)? (?:results|findings|experiments) (?:show|indicate|suggest|reveal|demonstrate)",
    "the proposed",
)
OWN = Phrases(CHINESE_OWN, *ENGLISH_OWN)
CHINESE_SUPPOSED = "|".join(
    rf"{word[0]}(?<![比般相].){word[1:]}"
    for word in (
        *(r"你(?!们)", "您", r"按照?[^，。]{1,30}计算", "那么", r"例如(?=[^，。]{0,16}[=＝])", "举例来说"),
        *(r"如[ ]?(?=\d)", "如果", "假设", "假如", "假定", "倘若", "设想", r"若(?!干|是说)", "比如说?", "譬如"),
        *(r"例如(?=[^，。]{0,6}(?:某|一个|一家|假|征|当))", "不妨", "试想", "想象", "理论上", "可能只占", "就像"),
        *("好比", "举个例子", "打个比方", "考虑一个"),
    )
)
# what is found elsewhere is no example of the author's: for example, a survey of 2010
REPORT = r"(?:[\w-]+ ){0,3}(?:stud(?:y|ies)|survey|report|poll|review|trial|analysis|meta-analysis|paper|census)"
ENGLISH_SUPPOSED = (
    *("if", "suppose", "assum(?:e|es|ing|ed to)", "imagine", "hypothetical(?:ly)?", "say,", "let's say", "would"),
    *("could", "might", "were to", "in theory", "theoretically", "consider an?", "whether", "what if"),
    *("in this example", "as an example", f"for (?:instance|example), (?:an?(?! {REPORT})|if|with)", "example:"),
    *("possible that", r"e\.g\.,? (?:an?|if|with) [^()]{0,40}\d[\d.]*"),
)
SUPPOSED = Phrases(CHINESE_SUPPOSED, *ENGLISH_SUPPOSED)
# what settles a whole sentence: an own result, supposed, chosen, intended, or an idiom
CHINESE_SETTLED = (
    f"{CHINESE_OWN}|{CHINESE_SUPPOSED}|默认(?:设置|情况|配置|参数|值)|初始值|二八|八二"
    r"|目标(?!检测|识别|跟踪|追踪|函数|物|用户|域|分割|类|值|图|区)|计(?<![术件]计)划(?!经济)|规划(?:到|至|在|期)|力争|争取"
    r"|拟(?=在|于|将|投|建)|愿景|打算|旨在"
)
ENGLISH_SETTLED = (
    *ENGLISH_OWN,
    *ENGLISH_SUPPOSED,
    *("by default", "default (?:value|setting)s?", "we (?:aim|plan|intend|hope)", "aims? (?:to|at|for)"),
    *("targets?", "targeted", "targeting", "goals?", "plan(?:s|ned|ning)? to", "intend(?:s|ed)? to", "objective"),
    *(r"value\b.{0,40}\beffort", r"effort\b.{0,40}\bvalue"),
)
SETTLED = Phrases(CHINESE_SETTLED, *ENGLISH_SETTLED)
NAMED = r"[ ]?[”」』\"]?[ ]?(?:攻击|时间模式|时间制|规则|法则|attack|time\b|rule\b|solution|club)"
IDIOM = regex(rf"%{NAMED}|％{NAMED}|per ?cent{NAMED}|80[/／]20|90[/／]10|pareto")
QUESTION_MARKS = ("?", "？")
QUESTION = regex(r"[？?][”」』\"*_)）]{0,3}\s*\Z")
PERHAPS = regex(
    r"可能(?:只|仅|约|有|占|达|会|是|提升|增加){0,2}[ ]?\Z"
    r"|p(?<!\w.)erhaps[ ]\Z|m(?<!\w.)aybe[ ]\Z|p(?<!\w.)ossibly[ ]\Z"
)
WHENEVER = regex(
    "|".join(
        (r"当[^。；]{0,70}\Z", *(rf"{words(word)}[^.;]{{0,70}}\Z" for word in ("when", "once", "until", "unless")))
    )
)
WHENEVER_END = regex(r"[^。；]{0,50}?时|[^.;]{0,50}?,")
CHINESE_EXAMPLE = r"假设|假定|设想|试想|想象|举例来说|举个例子|例如[^。]{0,60}可能"
ENGLISH_EXAMPLE = ("suppose", "imagine", "assum(?:e|ing)", "hypothetical", "let's say", "let us say")
EXAMPLE = Phrases(CHINESE_EXAMPLE, *ENGLISH_EXAMPLE)
EXEMPTING = Phrases(f"{CHINESE_OWN}|{CHINESE_EXAMPLE}", *ENGLISH_OWN, *ENGLISH_EXAMPLE)
CHINESE_NORM = (
    r"应(?:当|该|在|为|不|至少|达|低|高|大|小|超)|必须|须|不得|不(?:超过|低于|少于|高于|大于|小于|足)|至少要|标准是|最(?:多|少|大|小|高|低)(?:不|为|是|可|能|占|支持)|要求|规定|上限|下限|限制|建议|推荐|默认|通常设|一般设|一般取|通常取|取值|设(?:置|定|为|成)|"
    r"阈值|参数(?!量)|配置|概率|几率|置信|显著性|分位|容差|误差(?:在|范围|不)|裕度|占空比|采样率|学习率|衰减|丢弃|随机(?:选|抽|取|遮|掩|屏蔽|采|丢|打|裁|初始|失活|删|替)|"
    r"训练集|验证集|测试集|划分|切分|拆分|比例(?:为|是|分)|按照?[^，。]{0,12}比例|前[ ]?(?=\d)|超参|权重|满分"
    r"|评分标准|成绩|分值|计分|税率|利率|折扣|保留给|预留|打折|优惠|手续费|罚款|提成|授权费|抽成|浓度|溶液|湿度|纯度|亮度|透明度|缩放|放大|上采样|下采样|"
    r"当(?=[^，。]{0,30}时)|定义为|称为|指的是|即为|是指|等于"
)
ENGLISH_NORM = (
    "must",
    "shall",
    "should",
    "required?",
    "requires",
    "need(?:s|ed)? to",
    "thresholds?",
    "default",
    "sett?ing",
    "parameter",
    "hyper-?parameter",
    "dropout",
    "probabilit(?:y|ies)",
    "confidence",
    r"c\.?i\.?",
    "intervals?",
    "credible",
    "quantiles?",
    "percentiles?",
    "quartiles?",
    r"p(?<=[%％] p)ower(?! (?:from|to the|\w{0,12}(?:sav|consum|los|use|usage|gener|output|reduc|cut|plant|suppl)))",
    "significance",
    "top",
    "bottom",
    *("hdi", "hpdi?", "type (?:1|2|i{1,2})"),
    "fdr",
    "q-?value",
    "p-?value",
    "alpha",
    "tolerance",
    "t(?:rain|est)(?:ing)? set",
    "validation",
    "t(?<=[%％] .)(?:rain|est)(?:ing)?",
    "t(?:rain|est)(?:ing)? data",
    "hold-?out",
    "splits?",
    "folds?",
    "or (?:lower|higher|less|fewer|greater|larger|smaller)",
    "cut-?off",
    "random(?:ly)?",
    "mask(?:ed|ing)?",
    "sampled",
    r"subsampl\w+",
    "defin(?:ed|es|ition)",
    "means that",
    r"m(?<=\d m)eans",
    "rule of thumb",
    "rough (?:guide|rule)",
    "remember to",
    "stratified",
    "lethal (?:dose|concentration)s?",
    "refers to",
    "at most",
    "no more than",
    "ensure",
    "up to",
    "not exceed",
    "maximum",
    "minimum",
    "max",
    "min",
    "limit(?:ed|s)?",
    "quota",
    "v/v",
    "w/v",
    "wt",
    "vol",
    *(
        rf"{name[0]}(?<=[%％] .){name[1:]}"
        for name in (
            "acid",
            "fetal",
            "bovine",
            "methanol",
            "meoh",
            "etoh",
            "dmso",
            "glycerol",
            "acetone",
            "isopropanol",
            "sucrose",
            "serum",
            "fbs",
            "bsa",
            "sds",
            "tween",
            "triton",
            "formalin",
            "formaldehyde",
            "paraformaldehyde",
            "glutaraldehyde",
            "hcl",
            "nacl",
        )
    ),
    "agarose",
    "acetonitrile",
    "formic",
    "ethanol",
    "solution",
    "identity",
    "similarity",
    r"c(?<=[%％] c)overage",
    r"coverage ?(?:of|at|above|over|below|[<>≥≤=]) ?(?:at least )?\d+",
    "zoom",
    "opacity",
    "discount",
    r"f(?<=[%％] f)ees?",
    "fees? of",
    r"t(?<=[%％] t)ax",
    "tax (?:rates? )?of",
    "interest rate",
    "supermajority",
    "majority",
    "quorum",
    "v(?<!of the v)ote",
)
NORM = Phrases(CHINESE_NORM, *ENGLISH_NORM)
OPENING = frozenset("(（")
COUNT = regex(r"\d(?<![\w.,]\d)(?:\d{0,2}(?:,\d{3}){1,3}|\d{0,8})(?![\d.]\d)")
COUNT_BEFORE = regex(r"(\d[\d,]{0,12}) ?[(（] ?\Z")
PERCENTAGE = regex(r"\d{1,3}(?:\.\d{1,3})?")
WHOLE_BEFORE = 400  # how far before a share, in characters, its whole may stand
ROUNDED = 0.6  # 85% may stand for anything from 84.5% to 85.5%
REMAINDER = regex(r"t(?<!\w.)he (?:other|remaining) \Z")
P_VALUE = regex(r"p(?<!\w.) ?[<=≤]")
DERIVED = regex(
    r"\d[^\s（(]{0,8}[ ]?(?:→|->|➜|⟶)[ ]?\d|[(（]\d[\d,]{0,12}[ ]?(?:/|of|out of)[ ]?\d[\d,]{0,12}"
    r"|\d[ ]?[%％]?[ ]?[:：/][ ]?\d[\d.]{0,6}[ ]?[%％]|[%％][ ]?[:：/][ ]?\d|n ?= ?\d"
)
LIMITS = ("than", "at least", "over", "above", "below", "under", "<", ">", "≤", "≥")
LIMIT_END = tuple(f"{limit}{space}" for limit in LIMITS for space in ("", " "))
CRITERION = regex(
    r"\b(?:(?:exclud|filter|discard|retain|remov|dropp?|keep|kept|select|consider)\w{0,5}\b[^.;]{0,60}"
    r"|(?:included|only|any|all)\b[^.,;]{0,60})\b(?:that|which|with|having|where|whose|if)\b[^.;]{0,30}"
    r"(?:\b(?:(?:more|less|fewer|greater|higher|lower|larger|smaller) than|at least|over|above|below|under)|[<>≤≥]) ?\Z"
)
SHARE_BEFORE = regex(
    r"\b(?:us(?:e|es|ed|ing)|train(?:s|ed|ing)? (?:on|with)|fit(?:s|ted|ting)? (?:on|to|with)|h[eo]ld(?:s|ing)? out"
    r"|set(?:s|ting)? aside|evaluat(?:e|es|ed|ing) (?:it )?on)(?: only)?(?: the (?:first|last|other|remaining))? \Z"
)
SHARE_AFTER = regex(
    r" of (?:the |its |all (?:the )?)?(?:training )?"
    r"(?:data|datasets?|samples?|observations|records|examples|images|points|rows)\b"
)
EXTREME_AFTER = regex(r" (?:largest|smallest|highest|lowest|biggest|fastest|slowest|brightest|longest|shortest)\b")
DERIVED_MARK = regex(r"[→>➜⟶(（:：/=]")
COMPUTED = regex(r"\d ?[/÷×*] ?\d[\d,.]{0,12} ?[=＝≈] ?\Z|[这那] ?\Z|靠前的? ?\Z")
COMPUTED_END = frozenset("=＝≈这那前的")
# a test or the size of a sample is given with what one has measured oneself, or else stands beside its source
STATISTIC = regex(r"[(（,;，] ?(?:n ?= ?\d|p(?:-values?)? ?[=<>≤≈] ?0?\.\d)")
DESIGNED = regex(
    r"分辨率|尺寸|维度|通道|像素|标记数|特征图|映射|空间|窗口|放大|缩放|采样|resolution|scale|dimension|window|zoom"
)
CONTINUES = regex(
    r"[\s*_]*(?:其中|该(?:研究|报告|调查|文|书|论文|数据)|这(?:项|份|一)(?:研究|报告|调查|数据)|他们|她|他|作者|同一|同时(?:该|他)|此(?:研究|项))"
    r"|[\s*_]*(?:they|he|she|the (?:authors?|researchers|team|report|survey|same (?:study|report|survey)|study)"
    r"|of (?:these|those|them)|this (?:study|report|survey))\b"
)
WHOLE = regex(r"(?<![\d.])(?:100|0|99\.9{0,4}|110|120|1000|200)(?:\.0+)?[ ]?(?:%|％|percent|per cent)|百分之百|百分百")
MEASURED = regex(
    r"准确率|精度|召回|成功率|覆盖率|提升|提高|增长|上升|下降|降低|减少|增加|accura|recall|precision|increas|decreas|reduc|grew|growth|improv|higher|lower"
)
PAUSE = regex(r"[，；：。、,;:](?:(?<![,;:])|(?=\s))")
NEXT_PAUSE = regex(r"[，；。,;](?:(?<![,;])|(?=\s))")


class Stances:
    """Which quantities of a sentence need a source; what holds for the whole sentence is asked once."""

    def __init__(self, sentence: str) -> None:
        self._text = sentence

    @cached_property
    def _settled(self) -> bool:
        """Whether no quantity of the sentence needs a source, whatever it is."""
        text = self._text
        if IDIOM.search(text) or STATISTIC.search(text) or QUESTION.search(text, len(text) - 8):
            return True
        return SETTLED.stand_in(text)

    def needs_source(self, place: Span) -> bool:
        """Whether the quantity at `place`, counted from the sentence's start, is stated as a fact about the world.

        It is none if it is an own result, supposed, chosen or intended, an idiom, part of a name, or follows from
        figures beside it.
        """
        if self._settled or self._is_derived(place):
            return False
        text = self._text
        clause = _clause(text, place)
        if WHOLE.fullmatch(text[place.start : place.end]) and not MEASURED.search(clause):
            return False
        before = text[max(place.start - 80, 0) : place.start]
        if PERHAPS.search(before) or (before.endswith(LIMIT_END) and CRITERION.search(before)):
            return False
        if text[place.end : place.end + 1] in QUESTION_MARKS:
            return False
        if EXTREME_AFTER.match(text, place.end) or (SHARE_AFTER.match(text, place.end) and SHARE_BEFORE.search(before)):
            return False
        if WHENEVER.search(before) and WHENEVER_END.match(text, place.end, place.end + 60):
            return False
        return not (P_VALUE.search(clause) or NORM.stand_in(clause))

    def _is_derived(self, place: Span) -> bool:
        """Whether what stands beside a quantity tells that it follows from other figures, or points back to one."""
        text, (start, end) = self._text, place
        last = text[max(start - 2, 0) : start].rstrip(" ")[-1:]
        if last in COMPUTED_END and COMPUTED.search(text, max(start - 32, 0), start):
            return True
        if REMAINDER.search(text, max(start - 16, 0), start):
            return True
        if last in OPENING and self._is_share(place):
            return True
        around = max(start - 14, 0), end + 24
        return bool(DERIVED_MARK.search(text, *around) and DERIVED.search(text, *around))

    def _is_share(self, place: Span) -> bool:
        """Whether a percentage in a bracket is the share of the count before it in a count not far before it."""
        part = COUNT_BEFORE.search(self._text, max(place.start - 24, 0), place.start)
        digits = PERCENTAGE.match(self._text, place.start, place.end)
        if part is None or digits is None:
            return False
        count, share = int(part[1].replace(",", "")), float(digits.group())
        start, end = max(part.start(1) - WHOLE_BEFORE, 0), part.start(1)
        wholes = (int(one.group().replace(",", "")) for one in COUNT.finditer(self._text, start, end))
        return any(whole and abs(count / whole * 100 - share) <= ROUNDED for whole in wholes)

    def compared(self, place: Span) -> bool:
        """Whether the multiple at `place` compares measurements, not sizes that follow from a design."""
        return not DESIGNED.search(_clause(self._text, place))


def states_own_result(sentence: str) -> bool:
    """Whether the sentence tells what its own authors did or found."""
    return OWN.stand_in(sentence)


def is_supposed(sentence: str) -> bool:
    """Whether what the sentence says is a supposition or an example, not a fact."""
    return SUPPOSED.stand_in(sentence)


def supposes(sentence: str) -> bool:
    """Whether the sentence sets up an example or a supposition that later sentences work out."""
    return EXAMPLE.stand_in(sentence)


def exempts(sentence: str) -> bool:
    """Whether figures after the sentence need no source: it states an own result, or sets up what they work out."""
    return EXEMPTING.stand_in(sentence)


def continues(sentence: str) -> bool:
    """Whether the sentence goes on with what the sentence before it was about, and its source."""
    return bool(CONTINUES.match(sentence))


def _clause(text: str, place: Span) -> str:
    """The words around a place, up to the nearest comma-like marks on both sides, at most 80 characters away."""
    start = max(0, place.start - 80)
    for pause in PAUSE.finditer(text, start, place.start):
        start = pause.end()
    end = min(place.end + 60, len(text))
    following = NEXT_PAUSE.search(text, place.end, end)
    return text[start : following.start() if following else end]
