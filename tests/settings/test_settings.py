"""Settings: defaults, the environment over the file, and errors that name the line."""

from __future__ import annotations

from pathlib import Path

import pytest

from newsdigest.errors import SettingsError
from newsdigest.settings import load


def _folder(tmp_path: Path, text: str) -> Path:
    (tmp_path / "newsdigest.toml").write_text(text, encoding="utf-8")
    return tmp_path


def test_without_a_file_the_defaults_hold(tmp_path: Path) -> None:
    settings = load(tmp_path, {})
    assert settings.round.daily_cap == 12
    assert settings.desk.host == "127.0.0.1"


def test_the_environment_wins(tmp_path: Path) -> None:
    folder = _folder(tmp_path, "[round]\ndaily_cap = 5\n")
    assert load(folder, {}).round.daily_cap == 5
    assert load(folder, {"NEWSDIGEST_ROUND__DAILY_CAP": "3"}).round.daily_cap == 3
    assert load(folder, {"NEWSDIGEST_BEATS__TOPICS": "漁業, place.taiwan"}).beats.topics == ("漁業", "place.taiwan")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[round]\n\ndaily_cap = 0\n", "line 3"),
        ("[round]\ndaily_capp = 3\n", "daily_cap"),
        ("[bureau]\nzone = 'Tokio'\n", "Asia/Tokyo"),
        ("[schedule]\ncron = 'daily'\n", "five fields"),
        ("[nonsense]\nx = 1\n", "nonsense"),
        ("[round\n", "not TOML"),
        ("[desk]\nport = 'eighty'\n", "line 2"),
    ],
)
def test_a_wrong_setting_is_told_in_one_sentence_with_its_place(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(SettingsError) as caught:
        load(_folder(tmp_path, text), {})
    sentence = str(caught.value)
    assert said in sentence
    assert "newsdigest.toml" in sentence
    assert "\n" not in sentence


def test_a_wrong_environment_variable_is_named(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="NEWSDIGEST_ROUND__DAILY_CAP"):
        load(tmp_path, {"NEWSDIGEST_ROUND__DAILY_CAP": "many"})


def test_the_template_that_init_writes_states_the_defaults(tmp_path: Path) -> None:
    template = Path(__file__).parents[2] / "src/newsdigest/cli/newsdigest.toml"
    # Uncommented, every "key = value" line of the template must be a valid setting with the default's value.
    lines = []
    for line in template.read_text(encoding="utf-8").splitlines():
        body = line.removeprefix("# ")
        key = body.split(" = ")[0]
        lines.append(body if line.startswith("# ") and " = " in body and key.isidentifier() else line)
    stated = load(_folder(tmp_path, "\n".join(lines)), {})
    default = load(tmp_path / "elsewhere", {})
    for part in ("store", "sources", "round", "schedule", "embedding", "desk", "publication", "language"):
        assert getattr(stated, part) == getattr(default, part), part
