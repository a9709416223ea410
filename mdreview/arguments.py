"""What can stand on the command line, explained in the user's language."""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise
from pathlib import Path
from typing import Any, Protocol

import mdreview
from mdreview import formats
from mdreview.argument_parser import NEAR, WORDS, Parser
from mdreview.console import ERROR
from mdreview.diagnostic import LANGUAGES, Language, Text

COMMANDS = {
    "check": Text("check texts and report what is wrong in them", "检查文本并报告问题"),
    "fix": Text("mend what can be mended", "修正可自动修正的问题"),
    "renumber": Text("number anew, together with all that refers to the numbers", "重新编号，并更新所有引用处"),
    "convert": Text("turn a reference list into footnotes, or footnotes into a list", "在文献列表与脚注之间转换"),
    "baseline": Text(
        "take what is found now as known, so that only what is new is reported",
        "将现有问题记为已知，此后只报告新的问题",
    ),
    "rules": Text("list the rules", "列出规则"),
    "rule": Text(
        "show the page of a rule: why, when it is silent, examples", "显示一条规则的说明：理由、何时不报告、示例"
    ),
    "terms": Text("list the terms and abbreviations of a text in both languages", "列出文本中的中英文术语与缩写"),
    "outline": Text("show the numbered sections of a text, with their faults", "显示文本的章节编号与其中的问题"),
    "init": Text("write a settings file with every setting explained", "写出一份带说明的设置文件"),
    "schema": Text("print the JSON schema of the settings file", "输出设置文件的 JSON schema"),
    "server": Text("start the language server for editors", "启动供编辑器使用的语言服务器"),
}
DESCRIPTION = Text(
    "The linter that knows scholarship: footnotes, citations, sections, sources and terms in Markdown.",
    "懂学术写作的检查工具：检查 Markdown 中的脚注、引用、章节、来源与术语。",
)
EPILOGUE = Text(
    "Start with: mdreview check paper.md",
    "可从这里开始：mdreview check paper.md",
)
STATUS = Text(
    "Exit status: 0 nothing to report, 1 findings at or above --fail-on, 2 something could not be read or is wrong.",
    "退出状态：0 没有问题；1 有达到 --fail-on 级别的问题；2 有内容无法读取，或用法、设置有误。",
)
STATUS_OF_OTHERS = Text(
    "Exit status: 0 done, 2 something could not be read or written or is wrong; findings make no difference.",
    "退出状态：0 完成；2 有内容无法读取或写入，或用法、设置有误。是否发现问题不影响退出状态。",
)
FORMATS_ARE = Text("formats:", "格式：")
HELP = {
    "paths": Text(
        "files and folders; in folders .md, .markdown, .mdx, .qmd, .Rmd",
        "文件和文件夹；文件夹中处理 .md、.markdown、.mdx、.qmd、.Rmd",
    ),
    "stdin": Text("; - is standard input", "；- 表示标准输入"),
    "here": Text("; without any, this folder", "；省略时为当前文件夹"),
    "stdin_filename": Text("the file that standard input stands for", "标准输入所对应的文件名"),
    "select": Text(
        "use these rules only: codes, names, families (FN) or ALL", "只用这些规则：代码、名称、类别（如 FN）或 ALL"
    ),
    "extend_select": Text("use these rules besides, for example opt-in ones", "另外启用这些规则，例如需自行启用的规则"),
    "ignore": Text("do not use these rules", "不使用这些规则"),
    "fail_on": Text(
        "the least severity that makes the exit status 1 (default: warning)",
        "使退出状态为 1 的最低级别（默认 warning）",
    ),
    "statistics": Text("count the findings by rule instead of showing them", "不显示各处问题，只按规则统计数量"),
    "output_format": Text("how to write the answer (default: text)", "输出格式（默认 text）"),
    "output_formats": Text(
        "a format to write the findings in, and the file for it; may be given several times (default: text)",
        "问题的输出格式及其文件；可多次指定（默认 text）",
    ),
    "output_file": Text(
        "the file for the format that has none of its own (default: standard output)",
        "没有单独指定文件的格式所写入的文件（默认为标准输出）",
    ),
    "lang": Text("the language to write in (default: from the locale)", "输出语言（默认取自系统区域设置）"),
    "fix": Text("mend what can be mended, then report what is left", "先修正可自动修正的问题，再报告其余问题"),
    "unsafe_fixes": Text("also mend where words that a reader sees may change", "同时应用可能改动读者所见文字的修正"),
    "diff": Text("show what would change, and write nothing", "只显示将作的改动，不写入文件"),
    "sections": Text("sections, with references, links and the table of contents", "章节，连同引用、链接与目录"),
    "footnotes": Text("footnotes by their first references, and their definitions", "脚注按首次引用编号，连同其定义"),
    "floats": Text("figures, tables and equations, with their mentions", "图、表与公式，连同其提及处"),
    "citations": Text("numeric citations, with the reference list", "数字编号的引用，连同参考文献列表"),
    "to": Text(
        "footnotes: [1] and its list become [^1] and definitions; numeric: the way back",
        "footnotes：将 [1] 与列表转为 [^1] 与定义；numeric：反向转换",
    ),
    "force_exclude": Text(
        "leave out what the settings exclude, even files that are named", "即使逐个指定，也跳过设置所排除的文件"
    ),
    "action": Text(
        "write: begin anew; update: the files that are named, the others stay; prune: only drop what is gone",
        "write：重新生成；update：更新指定的文件，其余不变；prune：只移除已不存在的问题",
    ),
    "no_baseline": Text("report also what the baseline knows", "同时报告基线中已有的问题"),
    "add_ignores": Text(
        "write a comment that silences it beside each finding; for taking up mdreview in an old text",
        "在每处问题旁写入屏蔽注释；用于在已有文本中开始使用 mdreview",
    ),
    "watch": Text("check again what is saved, until Ctrl-C", "文件保存后重新检查，按 Ctrl-C 结束"),
    "since": Text(
        "report only what is on lines changed since this git revision, such as HEAD or origin/main",
        "只报告自某个 git 版本（如 HEAD 或 origin/main）以来改动过的行上的问题",
    ),
    "isolated": Text("read no settings file and no baseline", "不读取任何设置文件与基线"),
    "config": Text(
        "a setting that wins over the settings files, such as claims.scope=paragraph",
        "优先于设置文件的一项设置，例如 claims.scope=paragraph",
    ),
    "outline": Text("a Markdown file whose headings the text must have", "一个 Markdown 文件，正文须具有其中的标题"),
    "glossary": Text("the project's glossary, a YAML file", "项目的术语表（YAML 文件）"),
    "jobs": Text("how many processes to use (default: as many as pay off)", "使用的进程数（默认自动决定）"),
    "no_cache": Text("check also what did not change since it was last checked", "未改动的文本也重新检查"),
    "quiet": Text(
        "findings and errors only: no summary, no notes, no progress", "只输出问题与错误：不显示小结、说明和进度"
    ),
    "rule": Text(
        "a code (FN001), a name (undefined-footnote) or a family (FN)",
        "代码（FN001）、名称（undefined-footnote）或类别（FN）",
    ),
    "file": Text("the text; - is standard input", "文本文件；- 表示标准输入"),
    "folder": Text("where to write .mdreview.yaml (default: here)", "写入 .mdreview.yaml 的文件夹（默认为当前文件夹）"),
}
NOT_A_COMMAND = Text("there is no command “{word}”", "没有名为“{word}”的命令")
MENDING = ("check", "fix", "renumber", "convert")
MANY_FILES = (*MENDING, "baseline")
FORMATS = {
    "rules": ("text", "json"),
    "terms": ("text", "json", "markdown", "yaml"),
    "outline": ("text", "json"),
}


def language_of(arguments: Iterable[str], environment: Mapping[str, str]) -> Language:
    """The language to write in: what the last `--lang` says, else the locale, else English."""
    words = ["", *arguments]
    for before, word in reversed(list(pairwise(words))):
        value = word if before == "--lang" else word.removeprefix("--lang=") if word.startswith("--lang=") else ""
        if value in LANGUAGES:
            return "zh" if value == "zh" else "en"
    locale = next((environment[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if environment.get(name)), "")
    return "zh" if locale.lower().startswith("zh") else "en"


def parse(arguments: Iterable[str], language: Language) -> tuple[argparse.Namespace, Parser]:
    """The options with their `command`, None where there is none, and the parser that read them.

    Raises SystemExit after an error or help.
    """
    before, command, after = _split(arguments)
    parser = _main_parser(language) if before or command is None else None
    if parser is not None:
        options = parser.parse_args(before)
        if command is None:
            return options, parser
    # the parsers of the other commands are not made: each costs as much as reading a page
    parser = _command_parser(str(command), language)
    if command == "server":
        # it reads its own arguments
        return argparse.Namespace(command=command, rest=after), parser
    # the action of `baseline` and its paths may stand apart, which the plain way would not understand
    options = parser.parse_intermixed_args(after) if command == "baseline" else parser.parse_args(after)
    options.command = command
    return options, parser


def _split(arguments: Iterable[str]) -> tuple[list[str], str | None, list[str]]:
    """What stands before the command, the command, and what follows."""
    words = list(arguments)
    start = 0
    while start < len(words) and words[start].startswith("-"):
        start += 2 if words[start] == "--lang" else 1
    return words[:start], words[start] if start < len(words) else None, words[start + 1 :]


def _main_parser(language: Language) -> Parser:
    parser = Parser(
        language,
        prog="mdreview",
        description=DESCRIPTION.written(language),
        epilog=EPILOGUE.written(language),
    )
    parser.add_argument(
        "--version",
        action="version",
        version=f"mdreview {mdreview.__version__}",
        help=WORDS["version"].written(language),
    )
    add_language(parser, language)
    commands = parser.add_subparsers(
        dest="command", metavar="COMMAND", title=WORDS["commands"].written(language), parser_class=_bare(language)
    )
    for name, meaning in COMMANDS.items():
        commands.add_parser(name, help=meaning.written(language))
    return parser


def _command_parser(name: str, language: Language) -> Parser:
    parser = Parser(
        language,
        prog=f"mdreview {name}",
        description=COMMANDS[name].written(language),
        epilog="\n".join(_epilogue(name, language)),
    )
    _fill(parser, name, language)
    return parser


def _epilogue(name: str, language: Language) -> Iterator[str]:
    if name == "check":
        yield FORMATS_ARE.written(language)
        widest = max(len(known.name) for known in formats.FORMATS)
        yield from (f"  {known.name:<{widest}}  {known.what.written(language)}" for known in formats.FORMATS)
        yield ""
    if name in ("check", "fix"):
        yield STATUS.written(language)
    elif name in MANY_FILES:
        yield STATUS_OF_OTHERS.written(language)


def unknown_command(arguments: Iterable[str], language: Language) -> str | None:
    """What to say of a first word that is no command; None where it is one or there is none."""
    _, word, _ = _split(arguments)
    if word is None or word in COMMANDS:
        return None
    from mdreview.nearest import nearest

    near = nearest(word, COMMANDS)
    if Path(word).exists():
        near = f"check {word}"
    text = NOT_A_COMMAND.written(language, {"word": word})
    text = NEAR.written(language, {"message": text, "near": f"`mdreview {near}`"}) if near else text
    return f"mdreview: {ERROR.written(language)}: {text}"


class _Adding(Protocol):
    """Adds an argument whose help goes by its last name."""

    def __call__(self, *names: str, **options: Any) -> None: ...


def _fill(command: Parser, name: str, language: Language) -> None:
    def add(*names: str, **options: Any) -> None:
        key = names[-1].lstrip("-").replace("-", "_")
        command.add_argument(*names, help=HELP[key].written(language), **options)

    if name == "baseline":
        add("action", choices=("write", "update", "prune"), metavar="ACTION")
        command.set_defaults(stdin_filename=None)
    if name in MANY_FILES:
        # a check of the whole folder does no harm
        how_many: dict[str, Any] = {"nargs": "*", "default": []} if name in ("check", "baseline") else {"nargs": "+"}
        said = ["paths", *(["stdin"] if name in MENDING else []), *(["here"] if "default" in how_many else [])]
        what = "".join(HELP[part].written(language) for part in said)
        command.add_argument("paths", metavar="PATH", help=what, **how_many)
    _choice(add, name)
    if name == "check":
        _check(add)
        what = HELP["output_formats"].written(language)
        command.add_argument("--output-format", metavar="FORMAT[=FILE]", action="append", default=[], help=what)
        add("--output-file", metavar="FILE")
    if name == "renumber":
        for option in ("--sections", "--footnotes", "--floats", "--citations"):
            add(option, action="store_true")
    if name == "convert":
        add("--to", choices=("footnotes", "numeric"), required=True)
    if name in MENDING:
        add("--diff", action="store_true")
    if name in MANY_FILES:
        add("--jobs", type=_positive, metavar="N")
        add("-q", "--quiet", action="store_true")
    if name in ("terms", "outline"):
        add("file", metavar="FILE")
    if name == "rule":
        add("rule", metavar="RULE")
    if name == "init":
        add("folder", nargs="?", default=".", metavar="FOLDER")
    _reading(add, name)
    if name in FORMATS:
        add("--output-format", choices=FORMATS[name], default="text")
    add_language(command, language)


def _choice(add: _Adding, name: str) -> None:
    """Which findings count."""
    if name in ("check", "fix", "baseline"):
        for option in ("--select", "--extend-select", "--ignore"):
            add(option, metavar="RULES", action="extend", type=_words, default=[])
    if name in ("check", "fix"):
        add("--no-baseline", action="store_true")
        add("--fail-on", choices=("error", "warning", "info"))
        add("--unsafe-fixes", action="store_true")
        add("--force-exclude", action="store_true")


def _check(add: _Adding) -> None:
    """What to do with what is found, or instead of showing it."""
    for option in ("--fix", "--add-ignores", "--watch", "--statistics", "--no-cache"):
        add(option, action="store_true")
    add("--since", metavar="REVISION")


def _reading(add: _Adding, name: str) -> None:
    """What is read besides the texts."""
    if name in (*MENDING, "terms", "outline"):
        add("--stdin-filename", metavar="FILE")
    if name in (*MANY_FILES, "terms", "outline"):
        add("--isolated", action="store_true")
        add("--config", metavar="KEY=VALUE", action="append", default=[])
    if name in ("check", "fix", "terms", "outline"):
        add("--glossary", metavar="FILE")
        add("--outline", metavar="FILE")


def add_language(parser: Parser, language: Language) -> None:
    """Adds the option `--lang`, which `language_of` reads."""
    parser.add_argument("--lang", choices=LANGUAGES, default=argparse.SUPPRESS, help=HELP["lang"].written(language))


def _words(text: str) -> list[str]:
    return [word.strip() for word in text.split(",") if word.strip()]


def _positive(text: str) -> int:
    if (number := int(text)) < 1:
        raise ValueError
    return number


def _bare(language: Language) -> Any:
    return lambda **options: Parser(language, **options)
