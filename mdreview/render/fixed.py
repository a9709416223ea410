"""What fixes did, told at the end: how many of each rule, in how many files, and what is left."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from mdreview.diagnostic import Language, Safety, Severity, Text
from mdreview.mending import How, Mended
from mdreview.render.excerpt import printable
from mdreview.render.look import Look
from mdreview.render.text import counts
from mdreview.rules import RULES

FINDINGS = (Text("1 finding", "1 处"), Text("{n} findings", "{n} 处"))
FIXED_ONE = Text("Fixed {findings} in {file}:", "{file}：已修正 {findings}：")
FIXED = Text("Fixed {findings} in {changed} of {files} files:", "{files} 个文件中的 {changed} 个已修正 {findings}：")
WOULD_ONE = Text("Would fix {findings} in {file}:", "{file}：可修正 {findings}：")
WOULD = Text(
    "Would fix {findings} in {changed} of {files} files:", "{files} 个文件中的 {changed} 个可修正 {findings}："
)
SILENCED_ONE = Text("Silenced {findings} in {file}:", "{file}：已屏蔽 {findings}：")
SILENCED = Text(
    "Silenced {findings} in {changed} of {files} files:", "{files} 个文件中的 {changed} 个已屏蔽 {findings}："
)
WOULD_SILENCE_ONE = Text("Would silence {findings} in {file}:", "{file}：可屏蔽 {findings}：")
WOULD_SILENCE = Text(
    "Would silence {findings} in {changed} of {files} files:", "{files} 个文件中的 {changed} 个可屏蔽 {findings}："
)
NOTHING_TO_SILENCE_ONE = Text("Nothing to silence in {file}.", "{file}：没有需要屏蔽的问题。")
NOTHING_TO_SILENCE = Text("Nothing to silence in {files} files.", "{files} 个文件均没有需要屏蔽的问题。")
NOTHING_ONE = Text("Nothing to fix in {file}.", "{file}：没有可修正的问题。")
NOTHING = Text("Nothing to fix in {files} files.", "{files} 个文件均没有可修正的问题。")
LEFT = Text("{counts} left.", "其余：{counts}。")
NONE_LEFT = Text("No findings left.", "没有其余问题。")
UNSAFE = Text(
    "{n} more fixable with --unsafe-fixes, which may change words; --diff shows how.",
    "另有 {n} 处可用 --unsafe-fixes 修正，可能改动文字；--diff 显示改动。",
)
DONE_ONE = Text("{file}: {what}.", "{file}：{what}。")
DONE = Text("{what} in {changed} of {files} files.", "{files} 个文件中的 {changed} 个：{what}。")
WORDS = {
    "sections": Text("sections renumbered", "已重新编排章节编号"),
    "footnotes": Text("footnotes renumbered", "已重新编排脚注"),
    "floats": Text("figures, tables and equations renumbered", "已重新编排图、表与公式编号"),
    "citations": Text("citations renumbered", "已重新编排文献编号"),
    "footnotes-from-list": Text("references turned into footnotes", "已将参考文献转换为脚注"),
    "list-from-footnotes": Text("footnotes turned into references", "已将脚注转换为参考文献"),
}
WOULD_BE = Text("would be: {what}", "将作如下改动：{what}")
AS_IT_IS_ONE = Text(
    "{file} stays as it is: nothing to change, or not clear what refers to what.",
    "{file} 保持原样：无须改动，或无法确定引用关系。",
)
AS_IT_IS = Text(
    "All {files} files stay as they are: nothing to change, or not clear what refers to what.",
    "{files} 个文件均保持原样：无须改动，或无法确定引用关系。",
)
NAMES = {rule.code: rule.name for rule in RULES}
FIRST = {
    False: ((NOTHING, NOTHING_ONE), (FIXED, FIXED_ONE), (WOULD, WOULD_ONE)),
    True: (
        (NOTHING_TO_SILENCE, NOTHING_TO_SILENCE_ONE),
        (SILENCED, SILENCED_ONE),
        (WOULD_SILENCE, WOULD_SILENCE_ONE),
    ),
}
"""What a summary begins with, by whether findings were silenced: for no finding, done, and not written; many, one."""
COLOURS = {"+": "32", "-": "31", "@": "36"}


class Summary:
    """Counts what was done file by file, and tells it in the end."""

    def __init__(self, language: Language, colour: bool, how: How) -> None:
        self._look = Look(language, colour=colour)
        self._how = how
        self._files: list[str] = []
        self._changed: list[str] = []
        self._applied: Counter[str] = Counter()
        self._left: Counter[Severity] = Counter()
        self._unsafe = 0

    def add(self, file: str, mended: Mended) -> None:
        """Counts what was made of one file."""
        self._files.append(file)
        if mended.applied:
            self._changed.append(file)
        self._applied.update(mended.applied)
        for diagnostic in mended.remaining:
            self._left[diagnostic.severity] += 1
            fix = diagnostic.fix
            self._unsafe += fix is not None and fix.safety is Safety.UNSAFE and not self._how.unsafe

    def written(self) -> str:
        """The summary; nothing where no file could be read."""
        if not self._files:
            return ""
        return "".join(self._remedies() if self._how.remedies else self._fixes())

    def _fixes(self) -> Iterator[str]:
        language = self._look.language
        one = len(self._files) == 1
        number = self._applied.total()
        arguments = {
            "findings": FINDINGS[number != 1].written(language, {"n": number}),
            "file": printable(self._files[0]),
            "files": len(self._files),
            "changed": len(self._changed),
        }
        nothing, done, would = FIRST[self._how.silence]
        first = (nothing if not number else done if self._how.write else would)[one]
        yield self._look.painted(first.written(language, arguments), "1") + "\n"
        rows = sorted(self._applied.items(), key=lambda row: (-row[1], row[0]))
        digits = len(str(rows[0][1])) if rows else 0
        for code, times in rows:
            yield f"  {times:>{digits}}  {code:<6}  {NAMES.get(code, '')}\n"
        left = LEFT.written(language, {"counts": counts(self._left, language)})
        yield (left if self._left else NONE_LEFT.written(language)) + "\n"
        if self._unsafe:
            yield UNSAFE.written(language, {"n": self._unsafe}) + "\n"

    def _remedies(self) -> Iterator[str]:
        language = self._look.language
        one = len(self._files) == 1
        arguments: dict[str, object] = {"file": printable(self._files[0]), "files": len(self._files)}
        if not self._applied:
            yield (AS_IT_IS_ONE if one else AS_IT_IS).written(language, arguments) + "\n"
            return
        what = ("；" if language == "zh" else ", ").join(WORDS[word].written(language) for word in self._applied)
        if not self._how.write:
            what = WOULD_BE.written(language, {"what": what})
        arguments |= {"what": what, "changed": len(self._changed)}
        yield (DONE_ONE if one else DONE).written(language, arguments) + "\n"


def coloured_diff(diff: str, *, colour: bool) -> str:
    """A diff for a terminal: nothing in it is obeyed, lines that come are green and lines that go are red."""
    look = Look(colour=colour)
    lines = (printable(line.removesuffix("\r")) for line in diff.removesuffix("\n").split("\n"))
    return "".join(look.painted(line, COLOURS.get(line[:1], "0")) + "\n" for line in lines)
