"""How an assistant speaks when it searches, announces, apologises and takes its leave."""

from __future__ import annotations

from mdreview.patterns import near, regex, words

# the text comes in simplified characters and small letters
CHINESE_MARK = regex(
    "您|你|让我|我[将需还会现先再已可来从]|搜索|作为(?:一[个款名])?(?:您的)?大?型?(?:ai|人工智能|语言)|截至我|我的(?:知识|训练)"
)
ENGLISH_MARK = regex(
    words(
        "let me",
        "i(?:(?:'|’)(?:ll|m|ve)|ll | will| need| now| also| still| hope| can| have)",
        "based on (?:my|the) (?:research|search|information)",
        "from (?:my|the) (?:research|search|information)",
        "my (?:knowledge|training|last)",
        "as an? (?:ai|artificial|large)",
        "your (?:question|inquiry|request|query)",
        "feel free",
        "is there anything",
        "want me",
        "like me",
    ).replace(r"\b", "")
)
SEARCH = "(?:搜索|搜集|查找|查询|查詢|检索|寻找|收集|获取|查阅)"
ADVERB = (
    "(?:先|再|继续|进一步|更|接着|来|现在|最后|首先|尝试|试着|具体地?|详细地?|深入地?|全面地?|补充|专门|针对性地?){0,4}"
)
MATERIAL = "(?:信息|资讯|资料|数据|文献|案例|细节|情况|报告|结果|内容|方面|进展|研究|发展|应用)"
FOR_YOU = "(?:为|给)[您你]"
FOUND = "(?:搜索|检索|收集|搜集)(?:到|收集)?的?(?:信息|资料|结果|数据)"
CHINESE = (
    # searching
    # a tutorial says 让我们获取列表 to its readers
    r"让我(?:们(?!.{0,6}(?:获取|查找|检索|寻找|收集)(?!.{0,20}(?:更多|关于|信息|资料|文献))))?"
    rf"(?:先|再|继续|进一步|现在|最后|首先|来){{0,3}}{SEARCH}(?![到了])",
    r"让我(?:先|再|继续|进一步|更|接着|来){1,3}(?:深入|详细|全面|具体){0,2}地?"
    r"(?:研究|了解|探索|分析|调研|整理|撰写|看看)(?![到了])",
    r"让我(?:们)?(?:继续|再)(?:了解|找一些|找找)(?:更多|关于|一些)",
    r"让我做最后一次(?:搜索|检索|查询)",
    r"(?:我(?!们)|最后，|现在|首先，|需要)(?:还|现在|也|先|仍|已经?)?(?:仍然)?(?:需要|将|会|要|需)(?:先|再|还)?"
    rf"{ADVERB}{SEARCH}(?![到了的])[^。！？\n]{{0,60}}?{MATERIAL}",
    r"我(?:还|现在|先|也|仍)?(?:需要|想)(?:先|再|进行一些|进一步|补充){0,2}(?:相关)?"
    r"(?:了解|调研|更多|更(?:具体|详细|全面|准确|精确|深入)地?的?)(?:了解|搜索|检索|信息|数据|资料|关于|调研)?",
    r"为了[^，。\n]{2,60}，我先?(?:将|需要|会)先?(?:从多个维度|进行|查询|搜索|获取|了解|对)[^。\n]{0,30}?"
    r"(?:调研|搜索|查询|信息|资料|数据|检索|了解)",
    r"我(?:现在)?(?:已经?|可以)(?:收集|搜集|获取|掌握|搜索)(?:了|到|到了|足够)[^。\n]{0,30}?(?:信息|资料|数据)",
    rf"(?:基于|根据|通过)(?:以上|上述|当前的?|初步的?|目前的?)?我?所?{FOUND}，[^。\n]{{0,12}}?我(?:将|可以|现在|会|需要)",
    r"(?:根据|基于|目前的?|当前的?|初步的?){1,2}搜索(?:信息|结果)(?:，|没有|显示|中没有)",
    # announcing
    rf"我(?:将|会|已|现在|来|可以|需要|先){{0,3}}{FOR_YOU}(?:们)?(?:的?[^，。\n]{{0,10}})?"
    r"(?:提供|撰写|分析|生成|准备|整理|调研|制定|总结|搜索|介绍|解答|创建|写)",
    r"(?:为了|为)(?:给|向|回答|解答|满足)?[您你][^，。\n]{0,60}，[^。\n]{0,20}?我(?:将|需要|会|先|来)",
    r"我(?:现在)?(?:可以|将|能够|来)(?:开始)?撰写(?:一份|一篇|这份|最终|完整|报告)",
    # apologising and taking leave
    r"(?:(?<![\w）)])|(?<=我))作为(?:一个|一款|一名|您的)?(?:大型|大)?(?:ai|人工智能|语言)(?:语言)?(?:模型|助手|助理)，?我?"
    r"(?:无法|不能|没有|会|可以|将|的(?=我|能力|身份|角色|限制))",
    r"(?:我的知识|我的训练数据)(?:截止|截至)|截至我(?:的知识|上次更新|最后一次)",
    r"希望(?:这份|以上|这些|本|上述|该)?(?:内容|信息|报告|分析|回答|解答|建议|总结)?(?:能够?|可以)?"
    r"(?:对[您你](?:们)?有所?帮助|帮助到?[您你]|满足[您你]的)",
    r"如果?[您你]还?(?:有|需要|希望|想)[^。\n]{0,40}?(?:请随时|随时|请)(?:告诉我|告知我|向我提问|与我联系|提出|问我)",
    r"如果?[您你](?:需要|希望|想)[^。\n]{0,40}?，我(?:可以|会|将|很乐意)",
)
# what an assistant looks for; an author who says what he will do says of what, not that it is information
INFORMATION = (
    r"[^.\n]{0,60}?\b(?:information|details|research"
    r"|(?:latest|recent|more|additional|specific) (?:sources|examples|articles|developments|studies))\b"
)
STEP = (
    r"(?:now |also |first |next |then |quickly |conduct (?:a )?|continue (?:to |my )?|do (?:one more |another )?){0,4}"
)
ACT = (
    r"(?:search(?:ing)?(?: for)?|gather(?:ing)?|look(?:ing)? (?:up|for|into)|find (?:more|additional|specific"
    r"|information|out)"
    r"|explor(?:e|ing) (?:information|more|additional|the core)|research(?:ing)?|investigate|dig (?:deeper|into)"
    r"|get (?:more|additional|specific)|check (?:for|more)|(?:start|begin) by (?:search|research|explor|look|gather)\w*"
    r"|collect (?:more|additional|information)|compile (?:this|the|a)|provide you|provide a (?:comprehensive"
    r"|detailed|thorough)"
    r"|create a (?:comprehensive|detailed)|write (?:the|a) (?:final|comprehensive)|synthesize)\b"
)
ENGLISH = (
    rf"let me {STEP}{ACT}",
    rf"i(?:'|’)ll {STEP}(?:research\b|continue (?:to|my) research|(?:search(?:ing)?|gather|look (?:up|for|into)|find"
    rf"|collect|explore|get|check for|compile)\b{INFORMATION})",
    rf"i (?:will|(?:also |still |now )?need to) {STEP}(?:search(?:ing)?|look (?:up|for)|find)\b{INFORMATION}",
    r"now that i have [^.\n]{0,60}?, (?:let me|i(?:'|’)?ll|i (?:will|need|can|should))",
    r"i (?:now |still |also )?(?:need|have) (?:more|additional|enough|sufficient|gathered) [^.\n]{0,40}?"
    r"(?:information|details|data to (?:answer|write|provide|compile|create|give))\b",
    r"to (?:properly |fully |thoroughly )?(?:address|answer|respond to) your (?:question|inquiry|request|query)"
    r"(?= ?[,:—]| (?:about|regarding|on)\b)",
    r"(?:based on|from) (?:my|the) (?:research|searches|search results|information i)[^.\n]{0,40}?, i ?(?:'|’)?"
    r"(?:ll|will|can|now|have)",
    r"as an? (?:ai|artificial intelligence)(?: (?:language|chat))? ?(?:model|assistant|chatbot)?,? ?i\b",
    r"as a large language model,? i\b",
    r"my (?:knowledge cutoff|training data (?:ends|goes|only)|last (?:knowledge )?update)",
    r"i(?:'|’)m sorry, but i (?:can(?:'|’)t|cannot|am unable)",
    r"i hope this (?:helps(?! (?:you [a-z]+|us|them|readers|others|people|students|someone|anyone|the|to)\b)"
    r"|(?:report|answer|information|analysis|response|summary) (?:helps|is helpful|meets"
    r"|provides))",
    r"let me know if you(?:(?:'|’)d like| would like| need (?:any|more|further|me)"
    r"| have any (?:other |further )?questions| want me)",
    r"feel free to ask(?: me)? (?:if|any|for)"
    # a questionnaire asks what else its readers would like to tell
    r"|is there anything else (?:i (?:can|could|should|may)|you(?:(?:'|’)d| would)? (?:need|(?:like|want) (?:me|help"
    r"|to (?:know|learn|explore|ask|see))))",
    r"(?:would you like|do you want) me to ",
)
CHINESE_CHATTER = regex("|".join(CHINESE))
ENGLISH_CHATTER = regex(rf"(?<![\w'’])(?:{'|'.join(ENGLISH)})")
REACH = 200


def places(text: str) -> list[int]:
    """Where in a text of simplified characters and small letters an assistant speaks, as offsets."""
    found = [match.start() for match in near(ENGLISH_CHATTER, ENGLISH_MARK, text, REACH, REACH)]
    if CHINESE_MARK.search(text):
        found += (match.start() for match in CHINESE_CHATTER.finditer(text))
    return sorted(found)
