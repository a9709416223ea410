"""Settings are found, put together and checked; what is wrong in them is named by file, line and key."""

from __future__ import annotations

import json
import re
from dataclasses import fields
from pathlib import Path

import pytest

from mdreview.errors import UserError
from mdreview.settings import Settings
from mdreview.settings_file import SettingsFinder, merge
from mdreview.settings_reading import SettingsFile, option, read_file
from mdreview.settings_schema import MEANINGS, settings_schema, settings_template

ROOT = Path(__file__).parent.parent


def write(folder: Path, files: dict[str, str]) -> Path:
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return folder


def settings(folder: Path, file: str = "paper.md") -> Settings:
    return SettingsFinder().settings(str(folder / file))


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / ".git").mkdir()
    return tmp_path


def test_without_files_the_defaults_hold(project: Path) -> None:
    assert settings(project) == Settings()


@pytest.mark.parametrize(
    ("name", "text"),
    [
        (".mdreview.yaml", "ignore: [FN004]\nfail-on: info\nclaims: {scope: paragraph}\n"),
        (".mdreview.yml", "ignore:\n  - FN004\nfail_on: info\nclaims:\n  scope: paragraph\n"),
        ("pyproject.toml", '[tool.mdreview]\nignore = ["FN004"]\nfail-on = "info"\nclaims.scope = "paragraph"\n'),
    ],
)
def test_every_form_says_the_same(project: Path, name: str, text: str) -> None:
    found = settings(write(project, {name: text.replace("FN004", "SUP001")}))
    assert found.ignore == ("SUP001",)
    assert found.fail_on == "info"
    assert found.claims.scope == "paragraph"


def test_a_project_file_of_others_is_passed_over(project: Path) -> None:
    write(project, {"sub/pyproject.toml": "this is = not even [toml", ".mdreview.yaml": "fail-on: error"})
    assert settings(project, "sub/paper.md").fail_on == "error"


def test_the_nearest_wins_key_by_key_and_root_ends_the_search(project: Path) -> None:
    write(
        project,
        {
            ".mdreview.yaml": "fail-on: error\nterms: {known: [GDP]}\nignore: [SUP001]\n",
            "a/.mdreview.yaml": "fail-on: info\nterms: {known: [WHO]}\n",
            "b/.mdreview.yaml": "root: true\n",
            "c/.git/HEAD": "",
        },
    )
    finder = SettingsFinder()
    near = finder.settings(str(project / "a/deep/paper.md"))
    assert (near.fail_on, near.terms.known, near.ignore) == ("info", ("GDP", "WHO"), ("SUP001",))
    assert finder.settings(str(project / "b/paper.md")) == Settings()
    assert finder.settings(str(project / "c/paper.md")) == Settings()


def test_extends_comes_below_and_paths_count_from_their_own_file(project: Path) -> None:
    write(
        project,
        {
            "house/style.yaml": "fail-on: error\nterms: {glossary: terms.yaml}\nexclude: [drafts/]\n",
            "work/.mdreview.yaml": "extends: ../house/style.yaml\nfail-on: info\ncitations: {bibliography: [a.bib]}\n",
        },
    )
    finder = SettingsFinder()
    found = finder.settings(str(project / "work/paper.md"))
    assert found.fail_on == "info"
    assert found.terms.glossary == str(project / "house/terms.yaml")
    assert found.citations.bibliography == (str(project / "work/a.bib"),)
    assert finder.excluded(str(project / "work/drafts"), folder=True)
    assert finder.excluded(str(project / "work/drafts/x.md"))
    assert not finder.excluded(str(project / "work/x.md"))


def test_overrides_hold_for_the_files_that_they_name(project: Path) -> None:
    text = 'overrides:\n- files: ["drafts/**", "!drafts/final.md"]\n  ignore: [SUP]\n  severity: {SUP001: info}\n'
    write(project, {".mdreview.yaml": "ignore: [SUP002]\n" + text})
    finder = SettingsFinder()
    draft = finder.settings(str(project / "drafts/x/y.md"))
    assert draft.ignore == ("SUP002", "SUP")
    assert draft.severity == {"SUP001": "info"}
    assert finder.settings(str(project / "drafts/final.md")).ignore == ("SUP002",)
    assert finder.settings(str(project / "drafts/x/z.md")) is draft


def test_isolated_reads_nothing_and_the_command_line_wins(project: Path) -> None:
    write(project, {".mdreview.yaml": "fail-on: error\nignore: [SUP]\n"})
    assert SettingsFinder(isolated=True).settings(str(project / "paper.md")) == Settings()
    over = SettingsFinder(command_line={"fail_on": "info"}).settings(str(project / "paper.md"))
    assert (over.fail_on, over.ignore) == ("info", ("SUP",))


def test_what_is_selected_again_is_no_longer_ignored() -> None:
    assert merge({"ignore": ["SUP", "SUP001"]}, {"select": ["SUP"]}) == {"ignore": ["SUP001"], "select": ["SUP"]}


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("ignore: [SUP001\nfail-on: info\n", r"\.mdreview\.yaml:2: not valid YAML"),
        (
            "fail-on: info\nignroe: [SUP]\n",
            r"\.mdreview\.yaml:2: there is no setting “ignroe”; did you mean “ignore”\?",
        ),
        ("claims:\n  scop: x\n", r"yaml:2: there is no setting “claims.scop”; did you mean “claims.scope”\?"),
        ("zzz: 1\n", r"yaml:1: there is no setting “zzz”; there are: citations, claims, "),
        ("ignore: SUP001\n", r"yaml:1: “ignore” takes a list such as \[a, b\], not a text"),
        ("ignore:\n- SUP001\n- 7\n", r"yaml:3: “ignore\[1\]” takes a text, not a number"),
        ("terms:\n  glossary: 3\n", r"yaml:2: “terms.glossary” takes a text or nothing, not a number"),
        ("root: maybe\n", r"yaml:1: “root” takes true or false, not a text"),
        ("claims: paragraph\n", r"yaml:1: “claims” takes keys with values, not a text"),
        ("\nclaims:\n  scope: chapter\n", r"yaml:3: “claims.scope” cannot be “chapter”; .*: sentence, paragraph"),
        (
            "severity:\n  SUP: info\n  SUP001: bad\n",
            r"yaml:3: “severity.SUP001” cannot be “bad”; .*: error, warning, info",
        ),
        ("severity:\n  SUP009: info\n", r"yaml:2: “severity” names no rule: “SUP009”; did you mean SUP00\d\?"),
        ("select:\n- SUP\n- unused-supression\n", r"yaml:3: “select” names no rule: .* mean unused-suppression\?"),
        ("ignore: [qqqqqq]\n", r"yaml:1: “ignore” names no rule: “qqqqqq”; `mdreview rules`"),
        ("overrides:\n- files: [x]\n  ignore: [sup1]\n", r"yaml:3: “ignore” names no rule: “sup1”; did you mean SUP"),
        ("overrides:\n- ignore: [SUP]\n", r"yaml:2: “overrides” needs “files”"),
        ("overrides:\n- files: [x]\n  root: true\n", r"yaml:3: there is no setting “overrides.root”"),
        ("fail-on: info\nfail-on: error\n", r"yaml:2: the key “fail-on” stands there twice"),
        ("fail-on: info\nfail_on: error\n", r"yaml:2: the key “fail_on” stands there twice"),
        ("ignore: &a [*a]\n", r"yaml:1: this value contains itself"),
        ("- ignore\n", r"yaml.*: settings are keys with values"),
        ("just a text\n", r"yaml.*: settings are keys with values"),
        ("exclude: ['!']\n", r"yaml:1: not a pattern as in .gitignore: “!”"),
        ("extends: nowhere.yaml\n", r"yaml: “extends” names a file that is not there: nowhere.yaml"),
        ("extends: .mdreview.yaml\n", r"yaml: “extends” leads back to this file"),
        ("fail-on: !!python/object:os.system x\n", r"yaml:1: not valid YAML: could not determine a constructor"),
        ("a: \x07\n", r"yaml.*: not valid YAML"),
        ("? [a, b]\n: c\n", r"not valid YAML|there is no setting"),
    ],
)
def test_errors_name_file_line_key_and_the_nearest_right_word(project: Path, text: str, says: str) -> None:
    write(project, {".mdreview.yaml": text})
    with pytest.raises(UserError, match=says) as caught:
        settings(project)
    assert re.search("[\u4e00-\u9fff]", caught.value.written("zh"))


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("[tool.mdreview\nignore = 1", r"pyproject.toml:1: not valid TOML"),
        ('[project]\nname = "x"\n[tool.mdreview]\nignore = ["SUP"]\nfial-on = "info"\n', r"toml:5: .* “fail-on”\?"),
        ('[tool.mdreview.claims]\n\nscope = "x"\n', r"toml:3: “claims.scope” cannot be “x”"),
        ('[[tool.mdreview.overrides]]\nfiles = ["x"]\nignore = ["SUP9"]\n', r"toml:3: “ignore” names no rule"),
        (
            '[[tool.mdreview.overrides]]\nfiles = ["x"]\n[[tool.mdreview.overrides]]\nfiles=["y"]\nignore = 3\n',
            r"toml:5: ",
        ),
    ],
)
def test_errors_in_a_project_file_name_the_line(project: Path, text: str, says: str) -> None:
    write(project, {"pyproject.toml": text})
    with pytest.raises(UserError, match=says):
        settings(project)


def test_a_settings_file_that_is_no_text(project: Path) -> None:
    (project / ".mdreview.yaml").write_bytes(b"ignore: [\xff]\n")
    with pytest.raises(UserError, match="0xFF at offset 9"):
        settings(project)


@pytest.mark.parametrize(
    ("assignment", "raw"),
    [
        ("fail-on=info", {"fail_on": "info"}),
        ("claims.scope=paragraph", {"claims": {"scope": "paragraph"}}),
        ("ignore=[SUP001, SUP002]", {"ignore": ["SUP001", "SUP002"]}),
        ("extend-select=SUP001,SUP002", {"extend_select": ["SUP001", "SUP002"]}),
        ("terms.known=GDP", {"terms": {"known": ["GDP"]}}),
        ("severity.unused-suppression=info", {"severity": {"unused-suppression": "info"}}),
        ("typography.keyword_separator=；", {"typography": {"keyword_separator": "；"}}),
    ],
)
def test_options_are_settings(assignment: str, raw: dict[str, object]) -> None:
    assert option(assignment) == raw


@pytest.mark.parametrize(
    ("assignment", "says"),
    [
        ("fail-on", "settings are keys with values"),
        ("fial-on=info", "--config fial-on=info: there is no setting “fial-on”; did you mean “fail-on”"),
        ("claims.scope=x", "“claims.scope” cannot be “x”"),
        ("fail-on=3", "“fail-on” takes a text"),
        ("ignore=SUPP", "did you mean SUP"),
        ("terms.known=[", "not valid YAML"),
        ("a.b.c=1", "there is no setting"),
        ("fail-on.x=1", "“fail-on” takes a text, not keys"),
        ("=1", "there is no setting"),
    ],
)
def test_options_that_are_wrong_are_named(assignment: str, says: str) -> None:
    with pytest.raises(UserError, match=re.escape(says)):
        option(assignment)


def test_schema_knows_every_setting_and_every_rule() -> None:
    schema = settings_schema()
    assert json.loads(json.dumps(schema)) == schema
    assert set(schema["properties"]) == {field.name.replace("_", "-") for field in fields(SettingsFile)}
    assert "SUP001" in schema["definitions"]["rule"]["enum"]
    assert schema["properties"]["fail-on"]["enum"] == ["error", "warning", "info"]
    assert schema["properties"]["extends"]["anyOf"][0] == {"type": "string"}
    assert schema["properties"]["overrides"]["items"]["required"] == ["files"]


def test_every_setting_is_explained() -> None:
    for name, default in Settings()._asdict().items():
        key = name.replace("_", "-")
        inner = [f"{key}.{part.replace('_', '-')}" for part in getattr(default, "_fields", ())]
        assert {key, *inner} <= set(MEANINGS)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_template_sets_nothing_and_its_examples_are_right(tmp_path: Path, language: str) -> None:
    text = settings_template("zh" if language == "zh" else "en")
    path = tmp_path / ".mdreview.yaml"
    path.write_text(text, "utf-8")
    assert read_file(path, "x") == {}
    path.write_text(re.sub(r"(?m)^# (?!#| +##)", "", text.split("\n\n", 1)[1]), "utf-8")
    try:
        raw = read_file(path, "x")
    except UserError as error:
        pytest.fail(error.written("en"))
    assert raw is not None
    assert set(raw) == {field.name for field in fields(SettingsFile)}


@pytest.mark.parametrize("name", [".mdreview.yaml", "pyproject.toml"])
def test_settings_that_may_not_be_read_are_said(project: Path, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    write(project, {name: ""})
    read_bytes = Path.read_bytes

    def refused(path: Path) -> bytes:
        if path.name == name:
            raise PermissionError(13, "Permission denied")
        return read_bytes(path)

    monkeypatch.setattr(Path, "read_bytes", refused)
    with pytest.raises(UserError, match=rf"{re.escape(name)}.*Permission denied"):
        settings(project)
