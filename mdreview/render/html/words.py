"""What the page says, in both languages."""

from __future__ import annotations

from mdreview.citation_map import System
from mdreview.diagnostic import Language, Safety, Severity, Text

REPORT = Text("Review report", "审读报告")
TITLE = Text("Review of {name}", "审读报告：{name}")
FILES = Text("{n} files", "{n} 个文件")
SKIP = Text("Skip to the text", "跳到正文")
SUMMARY = Text("Summary", "概要")
FILE_LIST = Text("Files", "文件")
FILE = Text("File", "文件")
ALL_FILES = Text("All files", "全部文件")
CLEAN = Text("No findings", "没有发现问题")
NOT_READ = Text("could not be read", "无法读取")
TEXT = Text("Text", "正文")
CONTENTS = Text("Sections", "章节")
TERMS = Text("Terms", "术语")
SOURCES = Text("Sources", "引用来源")
RULES = Text("Rules", "规则")
RULES_MEANING = Text(
    "The rules that found something here, and why they look for it.", "本报告涉及的规则，以及检查它们的理由。"
)
LINES = Text("{n} lines", "{n} 行")
ONE_LINE = Text("1 line", "1 行")
LINE = Text("line {n}", "第 {n} 行")

FILTERS = Text("Filter", "筛选")
SEVERITY = Text("Severity", "级别")
FAMILY = Text("Family", "类别")
SHOWN = Text("{shown} of {all} findings shown", "显示 {all} 处问题中的 {shown} 处")
MOVE = Text("Go through the findings", "逐条查看")
NEXT = Text("Next", "下一条")
PREVIOUS = Text("Previous", "上一条")
NEXT_KEY = Text("Next finding (key n or j)", "下一条问题（按 n 或 j 键）")
PREVIOUS_KEY = Text("Previous finding (key p or k)", "上一条问题（按 p 或 k 键）")
KEYS = Text("Keys n and p", "用 n、p 键跳转")
DARK = Text("Dark", "深色")
LIGHT = Text("Light", "浅色")
POSITION = Text("note {n} of {all}", "批注 {n}，共 {all} 条")

NOTES = Text("Notes on line {n}", "第 {n} 行的批注")
NOTE = Text("Note {n}, {severity} {code}", "批注 {n}，{severity} {code}")
BACK = Text("Note {n}: back to line {line}", "批注 {n}：回到第 {line} 行")
TIMES = Text("{n} times", "{n} 处")
WHY = Text("Why", "理由")
PLACES = Text("{n} changes", "{n} 处改动")
MORE_CHANGES = Text("further changes: {n}", "另有 {n} 处改动")
MORE_PLACES = Text("further places: {n}", "另有 {n} 处")
SAME_FIX = Text("fix as in note {n}", "修正同批注 {n}")
OTHER_FILE = Text("{file}, line {n}", "{file} 第 {n} 行")
SAFETIES = {
    Safety.SAFE: Text("Fix", "修正"),
    Safety.UNSAFE: Text("Possible fix, to be checked", "可能的修正，须核对"),
}

ABBREVIATION = Text("Abbreviation", "缩写")
CHINESE = Text("Chinese", "中文")
ENGLISH = Text("English", "英文")
DEFINED = Text("Defined in line", "定义行")
USES = Text("Uses", "使用次数")

CITED_AS = Text("Cited as", "标记")
SOURCE = Text("Source", "来源")
CITED_IN = Text("Cited in line", "引用行")
NEVER = Text("not cited", "未被引用")
MISSING = Text("missing: nothing in the text says what it is", "缺失：文中没有对应条目")
UNKNOWN = Text("not in a bibliography that was read", "所读文献库中没有")
TIMES_HERE = Text("{line} (×{n})", "{line}（×{n}）")
COMMA = Text(", ", "、")
SYSTEMS = {
    System.FOOTNOTE: Text("Footnotes", "脚注"),
    System.NUMBER: Text("Numbered references", "编号文献"),
    System.KEY: Text("Citation keys", "引用键"),
}

RULE = Text("Rule", "规则")
FINDINGS = Text("Findings", "问题数")
MADE_BY = Text("Made by mdreview {version}.", "由 mdreview {version} 生成。")


def count(severity: Severity, number: int, language: Language) -> str:
    """`2 errors`."""
    from mdreview.render.text import SEVERITIES

    _, one, many, _ = SEVERITIES[severity]
    return (one if number == 1 else many).written(language, {"n": number})
