"""What the server offers: each request and command, what switches it off, and the function that answers it."""

from __future__ import annotations

from typing import Any, NamedTuple

from lsprotocol import types

WATCHED = (
    "**/{.mdreview.yaml,.mdreview.yml,pyproject.toml}",
    "**/*.{bib,bibtex,biblatex,json,yaml,yml}",
    "**/*.{md,markdown,mdx,qmd,Rmd}",
)
FIX_ALL = "source.fixAll.mdreview"
RENUMBER = "source.renumber.mdreview"
REWRITE = "refactor.rewrite.mdreview"
ACTION_KINDS = (types.CodeActionKind.QuickFix, FIX_ALL, RENUMBER, REWRITE)
COMMANDS = {
    "mdreview.rulePage": "commands:rule_page",
    "mdreview.checkWorkspace": "commands:check_workspace",
    "mdreview.termTable": "commands:term_table",
    "mdreview.fixAll": "rewriting:fix_all",
    "mdreview.renumber": "rewriting:renumber",
    "mdreview.convert": "rewriting:convert",
}


class Feature(NamedTuple):
    """A request, the function `module:name` that answers it, and the wishes any of which it can fulfil."""

    method: str
    function: str
    wishes: tuple[str, ...]
    options: Any = None


def features() -> tuple[Feature, ...]:
    """What is offered to every editor."""
    actions = types.CodeActionOptions(code_action_kinds=[*ACTION_KINDS], resolve_provider=True)
    completion = types.CompletionOptions(trigger_characters=["[", "^", "@", "#", "第", " "])
    lens = types.CodeLensOptions(resolve_provider=True)
    return (
        Feature(types.TEXT_DOCUMENT_CODE_ACTION, "code_actions:code_actions", ("codeActions",), actions),
        Feature(types.CODE_ACTION_RESOLVE, "code_actions:resolve", ("codeActions",)),
        Feature(types.TEXT_DOCUMENT_HOVER, "hover:hover", ("hover",)),
        Feature(types.TEXT_DOCUMENT_DEFINITION, "navigation:definition", ("definition",)),
        Feature(types.TEXT_DOCUMENT_REFERENCES, "navigation:references", ("references",)),
        Feature(types.TEXT_DOCUMENT_DOCUMENT_HIGHLIGHT, "navigation:highlight", ("documentHighlight",)),
        Feature(types.TEXT_DOCUMENT_PREPARE_RENAME, "rename:prepare", ("rename",)),
        Feature(types.TEXT_DOCUMENT_RENAME, "rename:rename", ("rename",)),
        Feature(types.TEXT_DOCUMENT_LINKED_EDITING_RANGE, "linked_editing:linked", ("linkedEditing",)),
        Feature(types.TEXT_DOCUMENT_COMPLETION, "completion:complete", ("completion",), completion),
        Feature(types.TEXT_DOCUMENT_DOCUMENT_SYMBOL, "outline:symbols", ("documentSymbols",)),
        Feature(types.WORKSPACE_SYMBOL, "workspace_symbols:symbols", ("workspaceSymbols",)),
        Feature(types.TEXT_DOCUMENT_FOLDING_RANGE, "folding:folding", ("folding",)),
        Feature(types.TEXT_DOCUMENT_INLAY_HINT, "inlay_hints:hints", ("numberHints", "longFormHints")),
        Feature(types.TEXT_DOCUMENT_CODE_LENS, "code_lens:lenses", ("codeLens",), lens),
        Feature(types.CODE_LENS_RESOLVE, "code_lens:resolve", ("codeLens",)),
    )


def pulled() -> tuple[Feature, ...]:
    """What is offered to editors that ask for findings instead of waiting for them."""
    options = types.DiagnosticOptions(
        inter_file_dependencies=True, workspace_diagnostics=True, identifier="mdreview", work_done_progress=True
    )
    return (
        Feature(types.TEXT_DOCUMENT_DIAGNOSTIC, "pull:document_diagnostic", ("diagnostics",), options),
        Feature(types.WORKSPACE_DIAGNOSTIC, "pull:workspace_diagnostic", ("diagnostics",)),
    )
