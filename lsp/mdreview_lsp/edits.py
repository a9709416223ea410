"""Changes that the editor is asked to make, each for the very version of the text that it was made for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from difflib import SequenceMatcher

from lsprotocol import types

from mdreview.diagnostic import Edit
from mdreview.source import Source, Span, Units
from mdreview_lsp.places import path_of, to_range
from mdreview_lsp.session import Session
from mdreview_lsp.texts import narrowed, split

MOST_LINES = 2000


def workspace_edit(
    session: Session, edits: Mapping[str, Iterable[tuple[Span, str]]], *, created: Iterable[str] = ()
) -> types.WorkspaceEdit:
    """The edits of each text, by address, in the form that the editor takes; `created` are files to make first."""
    per_text = {
        uri: text_edits(source_of(session, uri), several, session.editor.units) for uri, several in edits.items()
    }
    if not _takes_versions(session.editor.workspace.workspace_edit):
        return types.WorkspaceEdit(changes=per_text)
    changes: list[types.TextDocumentEdit | types.CreateFile | types.RenameFile | types.DeleteFile] = []
    changes += [types.CreateFile(uri, options=types.CreateFileOptions(ignore_if_exists=True)) for uri in created]
    for uri, several in per_text.items():
        text = session.text(uri)
        identifier = types.OptionalVersionedTextDocumentIdentifier(uri, text.version if text else None)
        changes.append(types.TextDocumentEdit(identifier, [*several]))
    return types.WorkspaceEdit(document_changes=changes)


def can_create(session: Session) -> bool:
    """Whether the editor makes a new file when it is asked to."""
    able = session.editor.workspace.workspace_edit
    return able is not None and types.ResourceOperationKind.Create in (able.resource_operations or ())


def _takes_versions(able: types.WorkspaceEditClientCapabilities | None) -> bool:
    # one that makes files can do so only beside edits with versions, even if it does not say that it takes these
    return able is not None and bool(able.document_changes or able.resource_operations)


def source_of(session: Session, uri: str) -> Source:
    """A text as it is in the editor, else as it is on disk; empty where there is none."""
    if (text := session.text(uri)) is not None:
        return text.source
    path = path_of(uri)
    return session.beside(path)[1] if path is not None else Source("")


def text_edits(source: Source, edits: Iterable[tuple[Span, str] | Edit], units: Units) -> list[types.TextEdit]:
    """Edits of one text in the protocol's form."""
    return [types.TextEdit(to_range(source, span, units), text) for span, text in sorted(edits)]


def difference(old: str, new: str) -> list[tuple[Span, str]]:
    """Few edits that make `new` of `old`, line by line, so that the cursor and what is folded stay where they are."""
    whole, replacement = narrowed(old, Span(0, len(old)), new)
    if not replacement and whole.start == whole.end:
        return []
    before, after = split(old[whole.start : whole.end]), split(replacement)
    if len(before) > MOST_LINES or len(after) > MOST_LINES:
        return [(whole, replacement)]
    starts = [whole.start]
    for line in before:
        starts.append(starts[-1] + len(line))
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    found = []
    for kind, first, end, new_first, new_end in matcher.get_opcodes():
        if kind != "equal":
            place = Span(starts[first], starts[end])
            found.append(narrowed(old, place, "".join(after[new_first:new_end])))
    return found
