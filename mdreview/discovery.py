"""Which files to check: those that are named, and the Markdown in the folders that are named."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from mdreview.diagnostic import Text
from mdreview.errors import UserError, reason_of
from mdreview.settings_file import SettingsFinder

if TYPE_CHECKING:
    from pathspec import GitIgnoreSpec

SUFFIXES = frozenset({".md", ".markdown", ".mdx", ".qmd", ".rmd"})
BASELINE = ".mdreview-baseline.json"
VENDORED = frozenset({"node_modules", "__pycache__"})
MISSING = Text("{file}: there is no such file or folder", "{file}：没有这个文件或文件夹")
UNREADABLE = Text("{file}: cannot be read ({reason})", "{file}：无法读取（{reason}）")
EMPTY = Text(
    "{file}: no Markdown in this folder (.md, .markdown, .mdx, .qmd, .Rmd); name other files one by one",
    "{file}：此文件夹中没有 Markdown 文件（.md、.markdown、.mdx、.qmd、.Rmd）；其他文件请逐个指定",
)
EXCLUDED = Text(
    "{file}: left out, because the settings exclude it (--isolated reads no settings)",
    "{file}：已跳过，因为设置将其排除（--isolated 不读取任何设置）",
)


class Discovered(NamedTuple):
    """The files in order, what could not be read, and what the user should know besides."""

    files: list[str]
    problems: list[UserError]
    notes: list[UserError]


def discover(paths: Iterable[str], finder: SettingsFinder, *, force_exclude: bool = False) -> Discovered:
    """The files to check for the paths that someone named, each once, sorted as they are shown.

    A file that is named is taken whatever its suffix, and though the settings exclude it; with `force_exclude` it is
    then passed over without a word, for programs that name all the files they know. In folders, hidden ones, what
    .gitignore names and what the settings exclude is passed over.
    """
    found = Discovered([], [], [])
    for path in dict.fromkeys(os.path.normpath(path) for path in paths):
        try:
            found.files.extend(_named(path, finder, found, force_exclude))
        except UserError as problem:
            found.problems.append(problem)
    whole: dict[str, str] = {}
    for file in sorted(found.files):
        whole.setdefault(os.path.realpath(file), file)
    unique = {str(problem): problem for problem in found.problems}
    return Discovered(list(whole.values()), list(unique.values()), found.notes)


def nearest_baseline(folder: Path) -> Path | None:
    """The baseline that holds for the files in a folder: the first on the way up to the repository's root."""
    return next((place / BASELINE for place in up_to_repository(folder) if (place / BASELINE).is_file()), None)


def up_to_repository(folder: Path) -> Iterator[Path]:
    """The folder and those above it, up to the repository's root; all of them where there is no repository."""
    whole = Path(os.path.abspath(folder))  # noqa: PTH100 - resolved links would leave the folder of a linked file
    for place in (whole, *whole.parents):
        yield place
        if (place / ".git").exists():
            return


def has_markdown_suffix(name: str) -> bool:
    """Whether a file of this name is taken in folders."""
    return os.path.splitext(name)[1].lower() in SUFFIXES  # noqa: PTH122 - quicker than a Path, and asked of every file


def cannot_read(file: str, error: OSError) -> UserError:
    """What to tell the user of a file or folder that the system does not give us."""
    if isinstance(error, FileNotFoundError):
        return UserError(MISSING, file=file)
    return UserError(UNREADABLE, file=file, reason=reason_of(error))


def _named(path: str, finder: SettingsFinder, found: Discovered, force_exclude: bool) -> list[str]:
    named = Path(path)
    try:
        if not named.is_dir():
            named.stat()
            return [] if force_exclude and finder.excluded(path) else [path]
    except OSError as error:
        raise cannot_read(path, error) from None
    before = len(found.problems)
    files = list(_walk(path, finder, _above(path), found.problems))
    if not files and len(found.problems) == before:
        found.notes.append(UserError(EXCLUDED if finder.excluded(path, folder=True) else EMPTY, file=path))
    return files


def _walk(folder: str, finder: SettingsFinder, ignores: _Ignores, problems: list[UserError]) -> Iterator[str]:
    try:
        with os.scandir(folder) as entries:
            ordered = sorted(entries, key=lambda entry: entry.name)
    except OSError as error:
        problems.append(cannot_read(folder, error))
        return
    names = {entry.name for entry in ordered}
    if "pyvenv.cfg" in names:
        return
    if ".gitignore" in names:
        ignores = ignores.with_file(folder, ".gitignore")
    for entry in ordered:
        if entry.name.startswith(".") or entry.name in VENDORED:
            continue
        path = entry.name if folder == "." else f"{folder.rstrip('/')}/{entry.name}"
        is_folder = entry.is_dir(follow_symlinks=False)
        if not is_folder and (not has_markdown_suffix(entry.name) or not entry.is_file()):
            continue
        try:
            if ignores.ignored(path, is_folder) or finder.excluded(path, folder=is_folder):
                continue
        except UserError as problem:
            # settings that cannot be read hold for all that is here: one problem, not one for each file
            problems.append(problem)
            return
        if is_folder:
            yield from _walk(path, finder, ignores, problems)
        else:
            yield path


class _Ignores:
    """The .gitignore files around a folder, the farthest first; a nearer one wins, as in git."""

    def __init__(self, specs: tuple[tuple[str, GitIgnoreSpec], ...] = ()) -> None:
        self.specs = specs

    def with_file(self, folder: str, name: str) -> _Ignores:
        from pathspec import GitIgnoreSpec

        try:
            lines = Path(folder, name).read_text("utf-8", "surrogateescape").splitlines()
        except OSError:
            return self
        good = [line for line in lines if _is_pattern(line)]
        return _Ignores((*self.specs, (folder, GitIgnoreSpec.from_lines(good)))) if good else self

    def ignored(self, path: str, folder: bool) -> bool:
        for base, spec in reversed(self.specs):
            relative = os.path.relpath(path, base).replace(os.sep, "/")
            verdict = spec.check_file(relative + "/" if folder else relative).include
            if verdict is not None:
                return verdict
        return False


def _is_pattern(line: str) -> bool:
    """Whether git would use the line; what it cannot use it passes over without a word."""
    from pathspec import GitIgnoreSpec

    if not line.strip() or line.startswith("#"):
        return False
    try:
        GitIgnoreSpec.from_lines([line])
    except ValueError:
        return False
    return True


def _above(folder: str) -> _Ignores:
    """What the repository that a folder lies in ignores in it; nothing where it ignores the folder itself."""
    whole = Path(os.path.abspath(folder))  # noqa: PTH100 - resolved links would leave the repository
    root = next((place for place in (whole, *whole.parents) if (place / ".git").exists()), None)
    if root is None:
        return _Ignores()
    ignores = _Ignores()
    if (root / ".git/info/exclude").is_file():
        found = ignores.with_file(str(root / ".git/info"), "exclude").specs
        ignores = _Ignores(tuple((str(root), spec) for _, spec in found))
    for place in reversed(whole.parents):
        if place.is_relative_to(root) and (place / ".gitignore").is_file():
            ignores = ignores.with_file(str(place), ".gitignore")
    return _Ignores() if whole != root and ignores.ignored(str(whole), True) else ignores
