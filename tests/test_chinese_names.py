"""Where Chinese names begin that a bracket ends."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mdreview.context import Context
from mdreview.facts.chinese_names import Written, counted, name_in, one_ending, one_name
from mdreview.markdown import parse
from mdreview.terms import term_table

NAMES = {
    # verbs
    "使用卷积神经网络（CNN）": "卷积神经网络",
    "本文采用随机森林（Random Forest, RF）分类。": "随机森林",
    "植被覆盖多用植被指数（Vegetation Index）表示。": "植被指数",
    "工程中常用有限元法（Finite Element Method, FEM）。": "有限元法",
    "这里引入注意力机制（attention mechanism）。": "注意力机制",
    "该层产生一个特征向量（feature vector）。": "特征向量",
    "圆圈表示逐点乘积（pointwise product）。": "逐点乘积",
    "这类方法称为迁移学习（transfer learning）。": "迁移学习",
    "通常也叫做梯度下降（gradient descent）。": "梯度下降",
    "编码端构建深层网络（deep network）。": "深层网络",
    "作者提出了图注意力网络（GAT）。": "图注意力网络",
    "其核心就是自注意力（self-attention）。": "自注意力",
    "其中最常见的是主成分分析（PCA）。": "主成分分析",
    "评估指标包括召回率（recall）。": "召回率",
    "这一结果得益于批归一化（batch normalization）。": "批归一化",
    "模型支持流式解码（streaming decoding）。": "流式解码",
    "我们研究对抗训练（adversarial training）。": "对抗训练",
    "目标是最小化经验风险（empirical risk）。": "经验风险",
    "系统借助知识图谱（knowledge graph）推理。": "知识图谱",
    "输出被转换成频谱图（spectrogram）。": "频谱图",
    "数据存放在云端，即对象存储（object storage）。": "对象存储",
    # adverbs before verbs
    "流程先用轻量分词器（tokenizer）。": "轻量分词器",
    "后续再利用束搜索（beam search）。": "束搜索",
    "它又称长短期记忆网络（LSTM）。": "长短期记忆网络",
    "尽管还使用标签平滑（label smoothing）。": "标签平滑",
    "实际中可采用早停（early stopping）。": "早停",
    # prepositions, particles and conjunctions
    "后者以蒸散发（evapotranspiration）为输入。": "蒸散发",
    "对学习率（learning rate）敏感。": "学习率",
    "把残差（residual）相加。": "残差",
    "由扩散模型（diffusion model）生成。": "扩散模型",
    "从潜在空间（latent space）采样。": "潜在空间",
    "随着大语言模型（LLM）的发展": "大语言模型",
    "模型的感受野（receptive field）变大。": "感受野",
    "生成器和判别器（discriminator）交替训练。": "判别器",
    "编码器与解码器（decoder）相连。": "解码器",
    "文本或语音合成（speech synthesis）。": "语音合成",
    "以及平均精度均值（mean Average Precision, mAP）。": "平均精度均值",
    "和平均绝对误差（Mean Absolute Error, MAE）。": "平均绝对误差",
    "采用召回与排序网络（Retrieval and Ranking Network）。": "召回与排序网络",
    "在光照不足时用红外相机（infrared camera）": "红外相机",
    # demonstratives and counted things
    "这种归纳偏置（inductive bias）": "归纳偏置",
    "该损失函数（loss function）": "损失函数",
    "它是一个马尔可夫链（Markov chain）。": "马尔可夫链",
    "给出两类核函数（kernel function）。": "核函数",
    "引入三种正则项（regularizer）。": "正则项",
    "某些鞍点（saddle point）": "鞍点",
    "第三届国际学习会议（ICL）": "第三届国际学习会议",
    # words that only look like cues
    "在线学习（online learning）": "在线学习",
    "使用对抗网络（adversarial network）": "对抗网络",
    "构建用户画像（user profile）": "用户画像",
    "采用多模态模型（multimodal model）": "多模态模型",
    "依赖中间件（middleware）": "中间件",
    "支持向量机（SVM）": "支持向量机",
    "可分离卷积（separable convolution）": "可分离卷积",
    "通过将军问题（generals problem）说明": "将军问题",
    "即非监督学习（unsupervised learning）": "非监督学习",
    "使用时间序列（time series）": "时间序列",
    "有向无环图（directed acyclic graph, DAG）": "有向无环图",
    "利用并行计算（parallel computing）": "并行计算",
    "再生能源（renewable energy）": "再生能源",
    "常微分方程（ODE）": "常微分方程",
    "上采样（upsampling）": "上采样",
    "边缘的下采样（downsampling）": "下采样",
    # the English tells
    "比较基于用户的过滤（user-based filtering）": "基于用户的过滤",
    "知识表示学习（knowledge representation learning）": "知识表示学习",
    "人工智能即服务（AI as a Service）": "人工智能即服务",
    "图像到图像（image-to-image）": "图像到图像",
    # traditional characters
    "這類方法稱為遷移學習（transfer learning）。": "遷移學習",
    "隨著生成式模型（generative model）": "生成式模型",
    "根據國際標準組織（ISO）": "國際標準組織",
    # persons
    "数学家卡尔·高斯（Carl Gauss）": "卡尔·高斯",
    "正如社會學家艾米·懷特（Amy White）": "艾米·懷特",
    "由约翰·史密斯和珍·布朗（Jane Brown）": "珍·布朗",
    # numbers of headings
    "## 3.2多头注意力（multi-head attention）": "多头注意力",
}


@pytest.mark.parametrize(("sentence", "name"), NAMES.items())
def test_name_of_a_sentence(sentence: str, name: str) -> None:
    assert [term.chinese for term in term_table(parse(sentence + "\n"), Context())] == [name]


@pytest.mark.parametrize(
    "sentence",
    [
        "前面介绍过（dropout）。",
        "这样的改进还有（layer normalization）。",
        "期末考完才知道自己这门课学得好不好（MC）",
        "事件发生的（occurred）",
    ],
)
def test_half_a_sentence_is_no_name(sentence: str) -> None:
    assert not any(term.chinese for term in term_table(parse(sentence + "\n"), Context()))


def test_other_places_tell_where_a_name_begins() -> None:
    text = "城区夏季热岛强度（UHII）升高。\n\n# 热岛强度\n\n热岛强度随风速下降，热岛强度也随人口上升。\n"
    assert [term.chinese for term in term_table(parse(text), Context())] in (["热岛强度"], ["城区夏季热岛强度"])
    assert name_in(Written("今年夏季夜间城区热岛强度", "Heat Island", ""), ["，热岛强度", "的热岛强度"]) == "热岛强度"


def test_one_ending_and_one_name() -> None:
    assert one_ending("引入注意力", "注意力")
    assert not one_ending("变更管理数据库", "配置管理数据库")
    assert one_name("甲-乙丙酶", "甲乙丙酶")
    assert counted("映射为一个实数向量", "实数向量")
    assert not counted("映射为实数向量", "实数向量")


WORDS = st.lists(
    st.sampled_from(
        [*"的了过和与在将以用由对中是为多一二个种·-3A年", "使用", "基于", "网络", "卷积", "学习", "还有", " "]
    )
    | st.characters(min_codepoint=0x4E00, max_codepoint=0x9FFF),
    max_size=40,
).map("".join)


@given(WORDS, st.sampled_from(["", "Deep Network", "user-based", "A. B-C", "Ann Lee"]), st.text(max_size=5))
def test_a_name_ends_its_run(run: str, english: str, short: str) -> None:
    name = name_in(Written(run, english, short), [run, run[3:], run[5:]])
    assert run.endswith(name)
