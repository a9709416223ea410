"""What the settings mean, in words: their JSON schema for editors, and the file that `mdreview init` writes."""

from __future__ import annotations

import types
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from typing import Any, Literal, get_args, get_origin, get_type_hints

from mdreview.diagnostic import Language, Text
from mdreview.rules import RULES, rule_words
from mdreview.settings_reading import RULE_LISTS, SettingsFile, written_key

TITLE = Text("Settings of mdreview", "mdreview 的设置")
FAMILIES = {
    "FN": Text("footnotes", "脚注"),
    "CIT": Text("citations and the reference list", "引用与参考文献表"),
    "REF": Text("cross-references and captions", "交叉引用与图表题注"),
    "SEC": Text("sections and their numbers", "章节与编号"),
    "CLM": Text("claims and their sources", "论断与来源"),
    "TRM": Text("terms and abbreviations", "术语与缩写"),
    "GEN": Text("residue of generation", "生成残留"),
    "TYP": Text("typography of mixed text", "中英混排"),
    "SUP": Text("suppression comments", "屏蔽注释"),
    "ALL": Text("every rule, the opt-in ones included", "全部规则，含需自行启用的规则"),
}
MEANINGS = {
    "select": Text(
        "The rules to use, by code, name or family; empty means all but the opt-in ones.",
        "要使用的规则，写代码、名称或类别；为空则使用除“需自行启用”以外的全部规则。",
    ),
    "extend-select": Text(
        "Rules to use besides those, for example the opt-in ones; added to what is inherited.",
        "另外启用的规则，例如需自行启用的规则；与继承的设置合并。",
    ),
    "ignore": Text(
        "Rules not to use; the more particular word wins (FN001 over FN over ALL); added to what is inherited.",
        "不使用的规则；更具体的写法优先（FN001 优先于 FN，FN 优先于 ALL）；与继承的设置合并。",
    ),
    "severity": Text(
        "Another severity for a rule or a family: error, warning or info.",
        "为某条规则或某个类别另定级别：error、warning 或 info。",
    ),
    "fail-on": Text(
        "The least severity that makes the exit status 1.",
        "使退出状态为 1 的最低级别。",
    ),
    "claims": Text("How claims are judged.", "如何判断论断。"),
    "claims.scope": Text(
        "How far a source reaches: to its sentence or to its whole paragraph.",
        "一个来源的作用范围：所在句子，或整个段落。",
    ),
    "terms": Text("Terms and abbreviations.", "术语与缩写。"),
    "terms.known": Text(
        "Abbreviations that your readers know and that need no expansion; added to what is inherited.",
        "读者熟知、无需给出全称的缩写；与继承的设置合并。",
    ),
    "terms.glossary": Text(
        "The project's glossary, a YAML file; the path counts from this file.",
        "项目的术语表（YAML 文件）；路径相对于本文件。",
    ),
    "citations": Text("Citations.", "引用。"),
    "citations.bibliography": Text(
        "Bibliographies (.bib, CSL-JSON, CSL-YAML) besides those that a text's front matter names; "
        "paths count from this file; added to what is inherited.",
        "正文头部信息所列之外的文献库（.bib、CSL-JSON、CSL-YAML）；路径相对于本文件；与继承的设置合并。",
    ),
    "sections": Text("Sections.", "章节。"),
    "sections.outline": Text(
        "A Markdown file whose headings the text must have; the path counts from this file.",
        "一个 Markdown 文件，正文须具有其中的标题；路径相对于本文件。",
    ),
    "typography": Text("Typography.", "排版。"),
    "typography.keyword-separator": Text(
        "What stands between keywords, for example “；”; without it, the text's own majority.",
        "关键词之间的分隔符，例如“；”；未设置时以正文中的多数为准。",
    ),
    "manuscript": Text(
        "The files of one work in order, patterns allowed; they are read as one; paths count from this file.",
        "同一作品的各个文件，按顺序列出，可用通配符；作为整体阅读；路径相对于本文件。",
    ),
    "exclude": Text(
        "Files and folders that are not checked unless a file is named itself, in patterns as in .gitignore; "
        "added to what is inherited.",
        "不检查的文件与文件夹（逐个指定的文件除外），写法同 .gitignore；与继承的设置合并。",
    ),
    "root": Text(
        "true: do not look for settings in the folders above this one.",
        "为 true 时不再查找上层文件夹中的设置。",
    ),
    "extends": Text(
        "Another settings file, or several, that this one builds on; paths count from this file.",
        "本文件所依据的一个或多个其他设置文件；路径相对于本文件。",
    ),
    "overrides": Text("Other settings for some files.", "对部分文件使用不同的设置。"),
    "overrides.files": Text(
        "The files, in patterns as in .gitignore that count from this file's folder.",
        "适用的文件，写法同 .gitignore，相对于本文件所在的文件夹。",
    ),
}
EXAMPLES = {
    "select": "[FN, CIT, SEC004]",
    "extend-select": "[TYP, CIT009]",
    "ignore": "[footnote-order]",
    "severity": "{FN004: warning, TRM: info}",
    "known": "[GDP, UNESCO]",
    "glossary": "glossary.yaml",
    "bibliography": "[references.bib]",
    "outline": "outline.md",
    "keyword-separator": '"；"',
    "manuscript": "[chapters/*.md]",
    "exclude": "[drafts/, README.md]",
    "root": "true",
    "extends": "../house-style.yaml",
    "overrides": '[{files: ["drafts/**"], ignore: [CLM, GEN002]}]',
}
HEAD = Text(
    "# Settings of mdreview. A line with one # shows an example: take the # away to use it.\n"
    "# `mdreview rules` lists the rules, `mdreview schema` prints the JSON schema of this file.\n",
    "# mdreview 的设置。以单个 # 开头的行是示例：去掉 # 即可启用。\n"
    "# `mdreview rules` 列出全部规则，`mdreview schema` 输出本文件的 JSON schema。\n",
)


def settings_schema() -> dict[str, Any]:
    """The JSON schema of a settings file, derived from the dataclasses and the rules; the same every time."""
    words = rule_words()
    meanings = {rule.code: rule.name for rule in RULES} | {rule.name: rule.code for rule in RULES}
    meanings |= {family: meaning.en for family, meaning in FAMILIES.items()}
    rule = {
        "description": "A rule's code or name, a family of rules, or ALL.",
        "enum": list(words),
        "enumDescriptions": [meanings.get(word, word) for word in words],
    }
    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": TITLE.en,
        **_object(SettingsFile, ""),
        "definitions": {"rule": rule},
    }


def settings_template(language: Language) -> str:
    """A settings file in which every setting is explained and none is set."""
    return HEAD.written(language) + "".join(_template(SettingsFile, "", language))


def _object(kind: type, prefix: str) -> dict[str, Any]:
    hints = get_type_hints(kind)
    properties = {}
    for field in fields(kind):
        key = written_key(field.name)
        default = field.default if isinstance(field.default, str | bool) else None
        properties[key] = {
            "description": _meaning(prefix, key).en,
            **_type(hints[field.name], field.name, f"{prefix}{key}."),
            **({} if default is None else {"default": default}),
        }
    schema: dict[str, Any] = {"type": "object", "additionalProperties": False, "properties": properties}
    return {**schema, "required": ["files"]} if "files" in properties else schema


def _type(hint: Any, name: str, prefix: str) -> dict[str, Any]:
    origin, arguments = get_origin(hint), get_args(hint)
    rule = {"$ref": "#/definitions/rule"}
    if origin is Literal:
        return {"enum": list(arguments)}
    if origin is tuple:
        return {"type": "array", "items": rule if name in RULE_LISTS else _type(arguments[0], name, prefix)}
    if origin is types.UnionType:
        kinds = [_type(argument, name, prefix) for argument in arguments if argument is not type(None)]
        return kinds[0] if len(kinds) == 1 else {"anyOf": kinds}
    if origin is not None and issubclass(origin, Mapping):
        return {"type": "object", "propertyNames": rule, "additionalProperties": _type(arguments[1], name, prefix)}
    if is_dataclass(hint) and isinstance(hint, type):
        return _object(hint, prefix)
    return {"type": {str: "string", bool: "boolean"}[hint]}


def _meaning(prefix: str, key: str) -> Text:
    dotted = f"{prefix}{key}"
    inherited = dotted.removeprefix("overrides.")
    return MEANINGS[dotted] if dotted in MEANINGS else MEANINGS[inherited]


def _template(kind: type, prefix: str, language: Language) -> Iterator[str]:
    hints = get_type_hints(kind)
    before, indent = ("# ", "  ") if prefix else ("\n", "")
    for field in fields(kind):
        key = written_key(field.name)
        hint = hints[field.name]
        yield f"{before}{indent}## {MEANINGS[prefix + key].written(language)}\n"
        if is_dataclass(hint) and isinstance(hint, type):
            yield f"# {key}:\n"
            yield from _template(hint, f"{key}.", language)
        else:
            yield f"# {indent}{key}: {EXAMPLES.get(key, field.default)}\n"
