"""Files in, findings out: reads each file with all that its rules may ask for, and checks many at once."""

from __future__ import annotations

import gc
import os
from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import contextmanager
from functools import cache
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from mdreview import bytecode
from mdreview.context import Context
from mdreview.diagnostic import Diagnostic, Severity, Text
from mdreview.discovery import cannot_read
from mdreview.encoding import decode
from mdreview.errors import UserError
from mdreview.settings import Settings
from mdreview.settings_file import Raw, SettingsFinder, shown

if TYPE_CHECKING:
    from mdreview.bibliography import Bibliography
    from mdreview.glossary import Glossary
    from mdreview.markdown import Document
    from mdreview.mending import Mended
    from mdreview.survey import Survey

T = TypeVar("T")
PARALLEL_BYTES = 400_000
"""Less text than this is checked sooner by one process than others are started."""
CHUNKS_PER_JOB = 8
CHUNK = 16
DIED = Text(
    "{file}: the process that checked it died (out of memory?)",
    "{file}：检查该文件的进程意外终止（内存不足？）",
)
OUTLINE = Text("the outline: {problem}", "提纲：{problem}")
NO_MANUSCRIPT = Text(
    "the setting “manuscript” ({patterns}) matches no file, so no text is read together with others",
    "设置项 manuscript（{patterns}）没有匹配任何文件，因此各文件未能合并检查",
)


class Checked(NamedTuple):
    """What came of one file.

    `read` says whether it was checked at all. `text` is what was read, where there is a finding to show; `beside` are
    the texts of the other files that findings point into. `fail_on` is the least severity that makes the run fail;
    `problems` are what could not be read, the file itself or what it needs. `mended` is what fixes made of it; the
    rest is then of the text as it stands in the file afterwards. `needs` are the paths of the other files that the
    findings draw on, whether they are there or not. `survey` is what the text holds besides, where that was asked for.
    """

    file: str
    read: bool = False
    text: str = ""
    found: tuple[Diagnostic, ...] = ()
    fail_on: Severity = Severity.WARNING
    problems: tuple[UserError, ...] = ()
    beside: dict[str, str] = {}  # noqa: RUF012
    mended: Mended | None = None
    needs: tuple[str, ...] = ()
    survey: Survey | None = None

    @property
    def failed(self) -> bool:
        return any(diagnostic.severity >= self.fail_on for diagnostic in self.found)


class Checker:
    """Checks files one by one; what several of them need is read once.

    `document` reads another file of the same work; without it that is read from disk. `processes` is how many may work
    at one text.
    """

    def __init__(
        self, finder: SettingsFinder, document: Callable[[str], Document] | None = None, processes: int = 1
    ) -> None:
        self._finder = finder
        self._processes = processes
        self._document = document or cache(read_document)
        self._bibliography = cache(_read_bibliography)
        self._glossary = cache(_read_glossary)
        self._last: tuple[Document, tuple[Diagnostic, ...]] | None = None

    def check_file(self, file: str) -> Checked:
        """The findings of a file; never raises for what is wrong with the file, its settings or what it needs."""
        try:
            data = Path(file).read_bytes()
        except OSError as error:
            return Checked(file, problems=(cannot_read(file, error),))
        return self.check_bytes(data, file)

    def check_bytes(self, data: bytes, file: str) -> Checked:
        """The findings of a text that is or will be in `file`."""
        # not at the start of the program: what is known already is told without the rules
        from mdreview.parallel import check

        try:
            with without_collector():
                document, context, problems = self.read(data, file)
                found = tuple(check(document, context, self._processes))
        except UserError as problem:
            return Checked(file, problems=(problem,))
        self._last = document, found
        checked = answer(file, document.source.text, found, context.settings, problems)
        return checked._replace(needs=needs(document, file, context.settings))

    def settings(self, file: str) -> Settings:
        """The settings of a file. Raises UserError if they cannot be read."""
        return self._finder.settings(file)

    def read(self, data: bytes, file: str) -> tuple[Document, Context, list[UserError]]:
        """A text that is or will be in `file`, what its rules may ask for, and what of that could not be read.

        Raises UserError if the text itself or its settings cannot be read.
        """
        from mdreview.markdown import parse

        settings = self.settings(file)
        document = parse(decode(data, file).text)
        context, problems = self.context(document, file, settings)
        return document, context, problems

    def context(self, document: Document, file: str, settings: Settings) -> tuple[Context, list[UserError]]:
        """What the rules may ask for besides the document, and what of it could not be read."""
        problems: list[UserError] = []

        def wanted(read: Callable[[str], T], path: str | None) -> T | None:
            try:
                return None if path is None else read(path)
            except UserError as problem:
                problems.append(problem)
                return None

        folder = Path(file).parent
        bibliography = self._bibliography(_bibliographies(document, folder, settings))
        glossary = wanted(self._glossary, settings.terms.glossary)
        outline = wanted(self._outline, settings.sections.outline)
        others = []
        paths = manuscript_of(settings.manuscript, file)
        if settings.manuscript and not paths and not _manuscript(settings.manuscript):
            problems.append(UserError(NO_MANUSCRIPT, patterns=", ".join(map(shown, settings.manuscript))))
        for path in paths:
            if (other := wanted(self._document, path)) is not None:
                others.append(other)
        return Context(settings, bibliography, glossary, outline, tuple(others)), problems

    def _outline(self, path: str) -> Document:
        try:
            return self._document(path)
        except UserError as problem:
            said = Text(problem.written("en"), problem.written("zh"))
            raise UserError(OUTLINE, **{**problem.arguments, "problem": said}) from None


Work = Callable[[Checker, str], Checked]
"""What is done with a file; goes to other processes, so it must be a function of a module, or a partial of one."""


def answer(
    file: str, text: str, found: tuple[Diagnostic, ...], settings: Settings, problems: Iterable[UserError]
) -> Checked:
    """What is told of a text with its findings."""
    fail_on = Severity[settings.fail_on.upper()]
    beside = {related.file for diagnostic in found for related in diagnostic.related} - {None}
    texts = {name: _text_or_nothing(name) for name in sorted(filter(None, beside))}
    return Checked(file, True, text if found else "", found, fail_on, tuple(problems), texts)


_last: list[Checker] = []
"""Who checked last, and so the last text and its findings: a program that ends need not take them apart."""


def check_files(
    files: list[str], options: tuple[bool, Raw], jobs: int | None = None, work: Work | None = None
) -> Iterator[Checked]:
    """What came of each file, in the order given.

    `options` are the arguments of SettingsFinder. `jobs` is the number of processes; None is as many as pay off.
    `work` is done with each file; None only checks it.
    """
    processes = _worth(files) if jobs is None else jobs
    jobs = min(processes, len(files))
    if jobs <= 1:
        checker = Checker(_finder(options), processes=processes)
        _last[:] = [checker]
        yield from (_done(checker, file, work) for file in files)
        return
    size = min(max(1, len(files) // (jobs * CHUNKS_PER_JOB)), CHUNK)
    chunks = [files[start : start + size] for start in range(0, len(files), size)]
    yield from _in_processes(chunks, (options, work), jobs)


Task = tuple[tuple[bool, Raw], Work | None]


def _in_processes(chunks: list[list[str]], task: Task, jobs: int) -> Iterator[Checked]:
    """The answers of several processes, in order. Where one dies, the rest goes on file by file to learn at which."""
    while chunks:
        answered = yield from _in_one_pool(chunks, task, jobs)
        chunks = chunks[answered:]
        if chunks and jobs == 1 and len(chunks[0]) == 1:
            [file] = chunks.pop(0)
            yield Checked(file, problems=(UserError(DIED, file=file),))
        chunks = [[file] for chunk in chunks for file in chunk]
        jobs = 1


def _in_one_pool(chunks: list[list[str]], task: Task, jobs: int) -> Generator[Checked, None, int]:
    """The answers up to the first process that dies; returns for how many chunks they are."""
    from concurrent.futures import ProcessPoolExecutor
    from concurrent.futures.process import BrokenProcessPool
    from multiprocessing import active_children

    others = set(active_children())
    pool = ProcessPoolExecutor(jobs, initializer=_start_worker, initargs=(task, bytecode.in_use()))
    answered = 0
    try:
        # not pool.map: it cancels what is left when we stop early, and Python 3.11 then complains of dead workers
        for future in [pool.submit(_check_in_worker, chunk) for chunk in chunks]:
            yield from future.result()
            answered += 1
    except BrokenProcessPool:
        pass
    except BaseException:
        # Ctrl-C, or nobody reads on: what the workers still do is of no use
        for process in set(active_children()) - others:
            process.terminate()
        raise
    finally:
        # when all is answered they are gone in no time, and Python 3.11 complains if it ends while they go
        pool.shutdown(wait=answered == len(chunks))
    return answered


_worker: list[tuple[Checker, Work | None]] = []


def _start_worker(task: Task, with_bytecode: bool) -> None:
    import signal

    # Ctrl-C goes to every process of the terminal; the first one answers for all
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if with_bytecode:
        bytecode.use()
    options, work = task
    _worker.append((Checker(_finder(options)), work))


def _check_in_worker(files: list[str]) -> list[Checked]:
    checker, work = _worker[0]
    checked = [_done(checker, file, work) for file in files]
    bytecode.keep()
    return checked


def _done(checker: Checker, file: str, work: Work | None) -> Checked:
    return checker.check_file(file) if work is None else work(checker, file)


def _finder(options: tuple[bool, Raw]) -> SettingsFinder:
    isolated, command_line = options
    return SettingsFinder(isolated=isolated, command_line=command_line)


def _worth(files: Iterable[str]) -> int:
    """How many processes the files are worth."""
    size = 0
    for file in files:
        try:
            size += Path(file).stat().st_size
        except OSError:
            continue
    if size < PARALLEL_BYTES:
        return 1
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


@contextmanager
def without_collector() -> Iterator[None]:
    """Reading makes many small values and no cycles, so looking for cycles meanwhile is time lost."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _read_text(path: str) -> str:
    name = shown(path)
    try:
        data = Path(path).read_bytes()
    except OSError as error:
        raise cannot_read(name, error) from None
    return decode(data, name).text


def read_document(path: str) -> Document:
    """A file as a document. Raises UserError if it cannot be read."""
    from mdreview.markdown import parse

    return parse(_read_text(path))


def _text_or_nothing(path: str) -> str:
    try:
        return _read_text(path)
    except UserError:
        return ""


def _read_bibliography(paths: tuple[str, ...]) -> Bibliography | None:
    if not paths:
        return None
    from mdreview.bibliography import read_bibliography

    return read_bibliography(paths)


def _read_glossary(path: str) -> Glossary:
    from mdreview.glossary import read_glossary

    return read_glossary(shown(path))


def needs(document: Document, file: str, settings: Settings) -> tuple[str, ...]:
    """The paths of the other files that the findings of a document draw on."""
    named = (settings.terms.glossary, settings.sections.outline)
    folder = Path(file).parent
    # one of these may come to be the bibliography
    candidates = (path for name in _named_bibliographies(document, folder) for path in _spellings(name))
    bibliographies = dict.fromkeys((*_bibliographies(document, folder, settings), *candidates))
    return (*bibliographies, *filter(None, named), *manuscript_of(settings.manuscript, file))


def _bibliographies(document: Document, folder: Path, settings: Settings) -> tuple[str, ...]:
    """The bibliographies that the front matter names, from the file's folder, and those of the settings."""
    named = [
        next((path for path in _spellings(name) if Path(path).exists()), name)
        for name in _named_bibliographies(document, folder)
    ]
    return tuple(dict.fromkeys((*named, *map(shown, settings.citations.bibliography))))


def _named_bibliographies(document: Document, folder: Path) -> list[str]:
    """The bibliographies that the front matter names, as it names them."""
    from mdreview.markdown import Kind

    # an editor asks with every key: no list of all the blocks is made for the first few
    first = islice((block for segment in document.segments for _, block in segment.blocks), 3)
    if not any(block.kind is Kind.FRONT_MATTER for block in first):
        return []
    from mdreview.bibliography import bibliography_files

    return [str(folder / name) for name in bibliography_files(document)]


def _spellings(path: str) -> tuple[str, ...]:
    """The paths that a bibliography may have, which may be named without its suffix as in LaTeX."""
    return (path,) if Path(path).suffix else (path, f"{path}.bib")


def manuscript_of(patterns: Iterable[str], file: str) -> list[str]:
    """The other files of the work that `file` belongs to, in order."""
    names = _manuscript(patterns)
    whole = os.path.abspath(file)  # noqa: PTH100
    return [name for name in names if name != whole] if whole in names else []


def _manuscript(patterns: Iterable[str]) -> list[str]:
    """The files that the patterns name, in order."""
    names: list[str] = []
    for pattern in patterns:
        path = Path(pattern)
        if any(sign in pattern for sign in "*?["):
            names += sorted(str(found) for found in Path(path.anchor).glob(str(path.relative_to(path.anchor))))
        else:
            names.append(pattern)
    return list(dict.fromkeys(names))
