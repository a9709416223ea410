"""Words after which a Chinese name can begin: 使用, 称为, 的, 三种. Found word by word, the longest word first.

Chinese sets no spaces, so a character says little by itself: 在 leads to a name, but not in 在线, and 用 not in 用户.
Words that hold such a character and are no cue are taken whole.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import NamedTuple


class Weight(NamedTuple):
    """How well a name begins after a word of this sort (`edge`), and how badly the word stands in a name (`inner`)."""

    edge: float
    inner: float


VERB = Weight(1.4, 2.5)
LIKELY = Weight(0.6, 0.3)
"""Verbs that names hold as well: 训练 in 训练样本."""
HEADING = Weight(1.1, 0.0)
"""Verbs that lead to a name at the head of a run or after another cue, and elsewhere are only likely."""
PREPOSITION = Weight(1.0, 1.6)
POSSESSIVE = Weight(1.0, 1.3)
CONJUNCTION = Weight(0.9, 0.9)
PLACE = Weight(0.6, 0.6)
"""Words that end what a preposition opens: 在城市中."""
COUNT = Weight(1.3, 2.0)
OPENER = Weight(0.9, 0.0)
"""Words that are cues at the head of a run and beside other cues only: 也, 可以, 其中."""
AHEAD = Weight(0.0, 0.0)
"""Characters that mean something before a cue only: 常 and 再 in 常采用, 再利用."""
TRANSLATED = Weight(0.4, 0.2)
"""Cues that the English name translates, so that they are likely part of the name."""
SPEECH = Weight(-1.0, 3.0)
"""Words of sentences, which stand in no name nor right before one: 知道, 怎么."""

WORDS = {
    VERB: """
        投资于 主要由 开始 延长 缩短 插入 发生 等 成为了 完善 参加过 造就 撰写 占据 使用 采用 利用 运用 借用
        常用 多用 选用 沿用 改用 用到 用来 用作 引入 引进 提出 构建 建立 搭建 推出 给出 列出 得出 产生 造成 导致
        促使 迫使 促成 表示 代表 表明 说明 显示 介绍 描述 讨论 探讨 阐述 考虑 关注 研究了 提供 提高 提升 降低
        减少 增加 添加 加入 嵌入了 存放 保存 获得 取得 得到 达到 提到 看到 学到 找到 受到 遇到 碰到 做到 感到
        来到 送到 传到 送进 收到 涉及到 称为 称作 称之为 叫做 叫作 叫 名为 视为 看作 看成 记为 记作 定义为
        简称为 简称 又称 也称 亦称 俗称 统称 通称 所谓 谓之 成为 变为 化为 分为 即为 设为 译为 译作 作为 认为
        成了 变成 转换成 转化成 形成 构成 当成 换成 分成 组成了 写成 做成 是指 指的是 意味着 基于 由于 关于 对于
        至于 属于 位于 处于 源于 源自 来自 来源于 取决于 依赖于 适用于 应用于 用于 有助于 等于 大于 小于 优于
        高于 低于 不同于 相比于 相较于 有利于 善于 得益于 相当于 限于 归功于 致力于 莫过于 有别于 专注于 侧重于
        等价于 服务于 以及 或者 还是 例如 比如 诸如 譬如 正如 如同 包括 包含 涵盖 具有 拥有 带有 含有 具备 还有
        只有 设有 没有 持有 通过 经过 透过 借助 凭借 依靠 依据 根据 按照 遵循 随着 沿着 围绕 面向了 针对 为了
        除了 经由 进行 实现 完成 执行了 选择 采取 选取 加上 配合 结合了 涉及 属 即 就是 则是 便是 正是 仅是 也是
        只是 都是 要是 而是 于是 是否 不是 是 需要 必须 想要 要求 要用 使得 让 令 意味 强调 聚焦 拥抱 比起 较之
        如果 若是 假设 尽管 虽然 即使 因为 所以 因此 因而 从而 进而 并且 而且 但是 不过 可是 然而 尤其是 特别是
        主要是 像是 好像 就像 像 先用 并用了 再用 只用 也用 所用 需用 指定 获取 得以 收集 训练了 避免 防止 克服
        解决 缓解 应对 面对 遵守 符合 满足 违反 调用了 触发 发起 发送 维护 含 为期 解答 担任 任职于 毕业于 创立
        创办 创建 成立 发明 发现 揭示 证明 探索 改进了 不允许 允许 引出 推导出 衍生出 演变为 演化为 过渡到 转向
        走向 迈向 步入 纳入 并入 归入 存入 写入到 输入到 定位于 依托 支撑 助力 推动 相比 相对于 相较 胜过 超过
        优先于 类似于 区别于 对应于 近似于 趋于 归于""",
    LIKELY: """
        微调 供 训练 计算 生成 优化 控制 配置 检测 增强 处理 管理 评估 测量 输入 输出 模拟 构造 发展 转移 传递
        存储 存在 对应 合成 属性 传统 现代 常见 典型 重要 主要 一般 集成 加速 解释 理解 学习 定义 估计 更新 读取
        写入 进入 恢复 保护 共享 查询 检索 抽取 融合 采集 限制 依赖 需求 运行 操作 移除 去除 删除 消除 已有 原有
        所有 以上 以下 后续""",
    HEADING: """
        研究 分析 观察 求解 引导 提取 编写 复现 重现 衡量 整合 占 推广 最小化 最大化 抑制 跟随 应用 固定 支持
        结合 设计 开发 探究 掌握 返回 加强 促进 设置 设定 实施 执行 保持 改进 扩展 展示 呈现 体现 制定 遵从 参加
        部署 参考 著名 普遍 当前 目前 现有 上述 下述 前述 基础上""",
    SPEECH: """
        自己 知道 觉得 很 太 吗 呢 吧 啊 我 你 他 它 她 得好 得更 得很 什么 怎么 为何 那么 一下 让我""",
    PREPOSITION: "为 在 对 将 把 被 从 由 用 以 给 与其 使 据",
    POSSESSIVE: "的 之",
    CONJUNCTION: "和 与 及 或 并 兼",
    PLACE: "中 上 下 里 内 后 前 时",
    COUNT: """
        越来越多 大多数 多数 一些 某些 某种 某个 某类 各种 各类 各个 多种 多个 若干 若干个 这种 这个 这些 这类
        这样的 那种 那个 那些 此类 此种 该类 每个 每种 每次 任意 所有的 许多 众多 大量 少量 部分的 另一个 另一种
        其他 其它 其余 不同 一系列 一定的 整个 几乎所有 我们 他们 它们 人们 笔者 本文 本研究 本章 本节 该文 作者
        论文中 前者 后者 二者 两者 三者 首个 第一个 任何""",
    OPENER: """
        此外 另外 其次 首先 最后 最终 最早 此时 当时 最初 尤其 同时 然后 随后 接着 该 此 其 也 又 还 且 并 而 但
        则 故 若 当 却 因 如 于 到 有 可以 能够 应该 应当 可能 会 要 应 需 已 已经 正在 通常 常常 往往 经常 其中
        例 比 请 至少 尤 这 那 向 经 及其 以其 均 都 只 仅 就 才 再 先 多 更 最 可 能 所 来 去 只要 只能 不能
        不会 没 不 关 随 凡 靠 论文 做法 目标 近年来 正 直接 间接 直到 何时 分别 依次 逐步 逐渐 不断 继续 尽量
        尽可能 进一步 最近 近期 如今 始终 总是 一直 仍 仍然 依然 将会 便 希望 试图 尝试 负责 用以 或是 也就是
        也即 亦即 甚至 哪怕 无论 不论 不管 之间 之后 之前 特别 比较 非常 十分 相当 极其 更加 较为 推荐 建议""",
}
AHEAD_OF_CUES = frozenset("可能会要应需已将常多先再只仅均都也又还就才更最所来去不没中上下里内时后前过并而且")
NO_CUES = """
    平方和 植被
    分析化学 提取器 提取物 引导式 和平主义 和平条约 和平协定 过继 过拟合 中央集权 中和 中心 中间 中国 中文 中位
    中值 中断 中东 中央 中等 中频 中子 中性 中枢 中华 中层 中学 中型 中介 中继 中原 中世纪 中段 中级 中药 中医 中小
    中后 中转 中立 中止 中途 中微子 空中 集中 心中 命中 占优 占空比 占用率 占用 占有 占比 部分可观 可用 可分离 可变
    可视 可信 可再生 可持续 可编程 可穿戴 可靠 可见 可控 可重 可移植 可逆 可行 可达 可观 可微 可验证 可分 可读 可写
    可加 可测 可压缩 可溶 可降解 可转换 可转债 可卡因 可调 可伸缩 可组合 可充电 可回收 可靠性 在线 在轨 在地 在制
    在研 在职 在校 在场 潜在 外在 现在 内在 内存 内核 内部 内容 内生 内积 内分泌 内陆 内点 内网 内嵌 内膜 内皮 室内
    国内 体内 颅内 域内 类内 车内 簇内 内需 几内亚 所在 所得税 所得 交易所 场所 诊所 对抗 对比 对象 对称 对数 对话
    对偶 对齐 对照 对流 对角 对立 对手 对准 对冲 对策 对撞 相对 绝对 反对 核对 校对 配对 匹配对 成对 一对一 一对多
    点对点 端对端 对比度 对等 多对一 多对多 多模态 多头 多层 多元 多尺度 多任务 多智能体 多维 多线程 多项式 多项
    多语言 多步 多标签 多态 多边 多重 多巴胺 多样 多源 多核 多酚 多糖 多肽 多普勒 多变量 多分类 多通道 多路 多级
    多云 多主体 多孔 多晶 多体 多光谱 多中心 多因素 多方 多比特 多集 多类 用户 用电 用例 用途 用水 用地 用语 用量
    用具 用品 用法 用力 通用 专用 作用 引用 信用 费用 公用 共用 实用 效用 复用 重用 调用 启用 禁用 滥用 商用 军用
    民用 家用 食用 药用 耐用 适用 租用 备用 误用 服用 费用率 条件作用 由来 自由 理由 缘由 路由 将军 大将 将来 即将
    即时 即期 即插即用 立即 把手 把握 被动 被试 被子 从属 从业 服从 顺从 从来 随从 随和 随即 随机 随访 以太 以色列
    以人为本 以内 以外 以前 以后 以来 给定 给水 给药 配给 补给 给与 供给 供应 参与 与门 与非 参与者 普及 波及 及时
    及物 及格 埃及 顾及 提及 危及 或门 或非 或许 间或 和谐 和声 和弦 和睦 共和 饱和 缓和 温和 调和 总和 柔和 求和
    之和 之江 总之 反之 行为 人为 为人 为准 为主 有为 有限 有效 有机 有向 有源 有监督 有序 有偿 有界 有理 有丝 有氧
    有轨 有状态 有符号 有害 有色 有线 有形 有益 有损 有意 有关 固有 特有 私有 专有 国有 公有 稀有 共有 高性能 能量
    能源 能耗 能级 能带 能力 能效 能见度 功能 性能 智能 效能 动能 势能 核能 是非 天使 大使 使命 使者 使能 行使 驱使
    当即 当量 当归 当事人 当地 当局 当代 适当 恰当 充当 上海 上下文 上采样 上层 上升 上游 上市 上传 上限 上界 上行
    上证 上皮 上位 线上 海上 车上 链上 片上 水上 网上 自上而下 上一 向上 向下 向量 向导 向心 向日 向前 向后 向列
    方向 双向 单向 反向 横向 纵向 导向 定向 面向 取向 趋向 定向性 意向 偏向 逆向 面向对象 面向服务 自下而上 下采样
    下降 下游 下界 下限 下行 下载 下位 下层 下丘 下一 地下 线下 水下 皮下 下属 里程 公里 里德 里氏 后端 后验 后向
    后门 后量子 后期 后勤 后视 后备 滞后 后来 前端 前馈 前向 前沿 前景 前缀 前列 前置 前瞻 前驱 前额 前庭 提前
    前向传播 时间 时刻 时序 时频 时空 时代 时尚 时延 时钟 时期 时变 时滞 时域 时装 实时 延时 小时 定时 临时 平时
    瞬时 分时 时效 时长 时区 时点 时分 并行 并发 并联 并集 并查集 并购 并网 合并 并列 并置 兼容 兼职 兼并 该死 此在
    彼此 如此 如来 假如 其实 其间 土耳其 太阳能 太阳 太空 太平 亚太 犹太 太赫兹 太湖 会话 会议 会计 会员 会展 社会
    机会 协会 学会 委员会 国会 议会 商会 工会 大会 年会 峰会 理事会 基金会 联合会 会话层 要素 要点 要约 要义 摘要
    必要 概要 应力 应答 应变 应激 应急 应收 应付 响应 反应 效应 自适应 适应 感应 相应 需氧 需水 无需 刚需 已知 已故
    再入 再识别 再生 再结晶 再保险 再加密 再平衡 再制造 再分配 再融资 先验 先进 先天 先导 先锋 优先 领先 祖先 正常
    正向 正则 正交 正态 正定 正规 正弦 正义 正样本 正确 正反馈 正值 正电子 正和 修正 校正 纠正 真正 改正 均值 均方
    均衡 均匀 均质 均线 平均 人均 均等 都市 首都 只读 仅存 仅编码器 仅解码器 且末 而立 则例 规则 原则 法则 准则 否则
    守则 故障 故事 事故 缘故 若尔当 因果 因子 因素 因式 原因 基因 诱因 归因 比特 比例 比率 比值 比特币 比重 比对
    同比 环比 性价比 信噪比 于连 到达 图到图 端到端 点到点 到岸 到期 经济 经验 经典 经络 经理 经营 经贸 神经 曾经
    财经 月经 途经 经正 就业 就绪 成就 才能 人才 更年期 变更 最大 最小 最优 最短 最长 最低 最高 最速 最坏 最佳
    最惠国 来源 未来 原来 外来 往来 带来 去噪 去中心 去重 去偏 去模糊 去雾 去势 去极化 过去 失去 不等式 不变 不定
    不确定 不平衡 不完全 不可 不动点 不对称 不良 不饱和 不锈钢 不动产 不连续 不稳定 不一致 不足 不均匀 不可篡改 不等
    没食子 关系 关键 关联 关节 关税 关闭 相关 开关 机关 海关 无关 网关 靠背 请求 申请 邀请 那曲 刹那 支那 这里 叫好
    金属 附属 归属 隶属 亲属 属地 令牌 指令 命令 司令 法令 口令 让步 转让 出让 像素 图像 影像 成像 录像 镜像 像差
    肖像 偶像 含量 含水 含义 隐含 据点 数据 证据 票据 大数据 元数据 论据 数据集 着色 着陆 着名 着力 目的 目的地 标的
    的士 的确 一次性 第三类 第二类 第一类 第一种 第二种 数个 数种 数类 数位 等级 等式 等价 等离子 等效 等待 等位
    等温 等边 等同 等距 等高 等变 等压 等概率 等熵 等值 平等 高等 同等 相等 初等 一等 他汀 他人 维他命 吉他 自我
    我国 酒吧 应用程式 应用程序 应用层 应用行为 应用编程 应用系统 应用软件 应用密码 应用数学 最近邻 占据率 微调模型
    抑制剂 抑制性 抑制器 最大化器 针对性 面对面 使用者 使用率 使用寿命 使用权 使用量 使用说明 利用率 后处理 前处理
    处理器 处理单元 后现代 后训练 再训练 训练集 所有权 所有者 所有制 拥有权 可解释 可扩展 可执行 执行器 执行单元
    可学习 学习率 学习器 可恢复 主要组织 主要成分 再分析 分析师 分析仪 多目标 多输入 输入层 输入法 加速比 不同步
    不同化 支持向量 支持集 支持度 支持者 支持率 结合能 结合位点 计算机 计算流体 计算力 计算图 计算所 设计空间 开发者
    研究生 研究所 研究院 研究员 研究中心 提供商 提供者 输出层 生成式 生成对抗 生成模型 生成网络 生成函数 生成树
    生成元 生成器 生成性 生成语法 优化器 控制器 控制论 控制台 检索增强 存储器 管理器 管理员 管理系统 评估器 转移学习
    表示学习 表示层 表示空间 表示定理 知识表示 说明书 说明符 说明文 代表性 代表大会 代表团 描述符 描述子 描述性
    描述逻辑 显示器 显示屏 提升树 提升度 提升算法 降低噪声 获取器 触发器 触发词 完成时 选择器 选择性 选择题 选择偏差
    维护性 发现率 证明者 探索性 探索率 实现率 进行性 收集器 考虑集 构成要件 一般均衡 一般线性 一般化 传统知识
    约束满足 满足度 任意波 任意图 形成层 形成性 符合率 合成孔径 运行时 提高率 减少量 增加值 避免碰撞 推动力 介绍信
    介绍人 讨论班 讨论区 强调句 支撑集 发送器 发送端 发送方 解决方案 解决器 违反者"""
NUMERALS = frozenset("一二两三四五六七八九十几数0123456789")
MEASURES = frozenset("个种类项套款名位家台篇组张条段块份批对幅道次届")
SIMPLIFIED = str.maketrans(
    "為對將與從給個種類項這該們過會應採運稱時後來變轉換實現據圍於設計開發進產構結說論當參關屬際還雖並無著張條塊層組數兩幾"
    "從讓傳達選擇據訓練優網際態體據經濟間邊點裡內長員師學醫獲減導顯參與屬總雙單異響應標雜創憑沿遵釋觀術簡俗領請識別驅佔盤",
    "为对将与从给个种类项这该们过会应采运称时后来变转换实现据围于设计开发进产构结说论当参关属际还虽并无着张条块层组数两几"
    "从让传达选择据训练优网际态体据经济间边点里内长员师学医获减导显参与属总双单异响应标杂创凭沿遵释观术简俗领请识别驱占盘",
)
# English words by which a name translates a cue that is part of it
MEANINGS = {
    "基于": ("based", "driven"),
    "最小化": ("minimization", "minimizing"),
    "最大化": ("maximization", "maximizing"),
    "固定": ("fixed",),
    "应用": ("application", "applications", "applied"),
    "抑制": ("inhibition", "suppression"),
    "和": ("and", "&"),
    "与": ("and", "&", "with"),
    "及": ("and", "&"),
    "以及": ("and", "&"),
    "并": ("and", "&"),
    "或": ("or",),
    "的": ("of", "for", "in", "over", "based"),
    "之": ("of",),
    "在": ("in", "on"),
    "对": ("to", "pair", "pairs", "on", "against"),
    "从": ("from",),
    "来自": ("from",),
    "为": ("as", "for"),
    "作为": ("as",),
    "用于": ("for",),
    "使用": ("using", "use", "usage"),
    "利用": ("using", "use", "utilization"),
    "用": ("using", "use"),
    "表示": ("representation", "representations"),
    "中": ("in", "middle", "mid", "medium"),
    "每个": ("per",),
    "没有": ("no", "without"),
    "增强": ("augmented", "enhanced", "augmentation", "enhancement"),
    "提升": ("boosting", "lifting"),
    "嵌入": ("embedding",),
    "探索": ("exploration",),
    "选择": ("selection", "choice"),
    "获取": ("acquisition",),
    "发现": ("discovery",),
    "证明": ("proof",),
    "通过": ("through", "by", "via"),
    "即": ("as",),
}


class Cue(NamedTuple):
    """A cue and where it stands in the run."""

    start: int
    end: int
    weight: Weight


@cache
def _vocabulary() -> dict[str, Weight | None]:
    found: dict[str, Weight | None] = dict.fromkeys(NO_CUES.split())
    for weight, words in WORDS.items():
        found.update(dict.fromkeys(words.split(), weight))
    return found


def is_word(text: str) -> bool:
    """Whether a text is a word that only looks like a cue: 目的, 集中."""
    return _vocabulary().get(text, VERB) is None


def simplified(run: str) -> str:
    """The run with the traditional characters of cues in their simplified forms, one for one."""
    return run.translate(SIMPLIFIED)


def cues(run: str, english: frozenset[str]) -> list[Cue]:
    """The cues in a run, in order; a word that the English name translates is part of the name and no cue."""
    found: list[Cue] = []
    tokens = list(_tokens(simplified(run), english))
    for number, (start, end, weight) in enumerate(tokens):
        follows = start == 0 or run[start - 1].isascii() or (bool(found) and found[-1].end == start)
        leads = (
            number + 1 < len(tokens)
            and tokens[number + 1][0] == end
            and tokens[number + 1][2] not in (AHEAD, TRANSLATED)
        )
        ahead = run[start:end] in AHEAD_OF_CUES or weight in (AHEAD, OPENER)
        if weight == OPENER and not (follows or leads):
            continue
        if weight == HEADING and not (follows or leads):
            weight = LIKELY
        if weight == AHEAD and not leads:
            continue
        if weight == PLACE and not leads and not _within(found, start):
            continue
        found.append(Cue(start, end, AHEAD if ahead and leads else weight))
    return found


def _within(found: list[Cue], start: int) -> bool:
    """Whether a word such as 在 or 从 opened what 中 or 上 may close."""
    return any(cue.weight == PREPOSITION and cue.end < start for cue in found)


def _tokens(run: str, english: frozenset[str]) -> Iterator[tuple[int, int, Weight]]:
    vocabulary = _vocabulary()
    at = after = 0
    while at < len(run):
        if run[at] == "过" and after == at > 0:
            yield at, at + 1, VERB
            at += 1
            continue
        if (end := _counted(run, at)) > at:
            yield at, end, COUNT
            at = end
            continue
        for length in (5, 4, 3, 2, 1):
            word = run[at : at + length]
            if len(word) == length and word in vocabulary:
                break
        else:
            if run[at] in AHEAD_OF_CUES:
                yield at, at + 1, AHEAD
            elif run[at] in "了着":
                yield at, at + 1, VERB
            at += 1
            continue
        weight = vocabulary[word]
        if weight is not None:
            if not english.isdisjoint(MEANINGS.get(word, ())):
                weight = TRANSLATED
            yield at, at + length, weight
            after = at + length if weight in (VERB, HEADING, LIKELY) else 0
        at += length


def _counted(run: str, at: int) -> int:
    """Where a numeral and a measure word that begin at `at` end: 三种; `at` where there are none."""
    end = at
    if is_word(run[at : at + 2]):
        return at
    while end < len(run) and end - at < 6 and run[end] in NUMERALS:
        end += 1
    if end - at == 4 and run[end : end + 1] == "年":
        return end + 1
    ordinal = at > 0 and run[at - 1] == "第"
    if end == at or end + 2 >= len(run) or run[end] not in MEASURES or ordinal or run[end + 1] in "性化":
        return at
    return end + 1
