from __future__ import annotations

from pathlib import Path

import pytest

from whence.config import Config, fingerprint, load
from whence.errors import ConfigError


def test_without_a_file_everything_is_the_default(tmp_path: Path) -> None:
    assert load(tmp_path) == Config()


def test_settings_are_read_by_section(tmp_path: Path) -> None:
    (tmp_path / "whence.toml").write_text("[inputs]\nmax_page_bytes = 5\n", encoding="utf8")
    assert load(tmp_path).inputs.max_page_bytes == 5


@pytest.mark.parametrize(("text", "says"), [
    ("[inputs", "not valid TOML"),
    ("[input]\nmax_page_bytes = 5", r"no section \[input\]. Sections are inputs, extract"),
    ("[inputs]\nmax_pages = 5", "no setting max_pages. Settings are max_page_bytes"),
    ("[inputs]\nmax_page_bytes = 'many'", "max_page_bytes is 'many', not of type int. The default is"),
    ("inputs = 3", "not a section. Write it as"),
])
def test_what_can_not_be_read_says_where_and_how_to_mend_it(tmp_path: Path, text: str, says: str) -> None:
    (tmp_path / "whence.toml").write_text(text, encoding="utf8")
    with pytest.raises(ConfigError, match=says) as caught:
        load(tmp_path)
    assert "whence.toml" in str(caught.value)


def test_a_fingerprint_changes_with_each_of_its_parts() -> None:
    base = fingerprint("step", "1", Config().reuse, ["a", "b"])
    assert base == fingerprint("step", "1", Config().reuse, ["b", "a"])
    others = [fingerprint("other", "1", Config().reuse, ["a", "b"]),
              fingerprint("step", "2", Config().reuse, ["a", "b"]),
              fingerprint("step", "1", Config().lineage, ["a", "b"]), fingerprint("step", "1", Config().reuse, ["a"])]
    assert len({base, *others}) == 5
