"""The desk's words for people, in Japanese and English: every key in both."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib import resources

from newsdigest.errors import NewsdigestError


def refusal(error: NewsdigestError, language: str) -> str:
    """The desk's sentence for a refusal: by its code, else the error's own sentence."""
    return words(language).get(f"refusal_{error.code}", str(error)) if error.code else str(error)


@cache
def words(language: str) -> Mapping[str, str]:
    """Return the catalogue of a language (ja or en)."""
    file = resources.files("newsdigest.desk").joinpath("words", f"{language}.toml")
    content: dict[str, str] = tomllib.loads(file.read_text(encoding="utf-8"))
    return content
