"""The files channel: one file a rendition and format in a folder, written whole or not at all, read back."""

from __future__ import annotations

import os
import re
import tempfile
from collections.abc import Mapping
from pathlib import Path

from newsdigest.errors import ChannelError
from newsdigest.publication.article import Article

FORMATS = ("md", "html", "json")
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]*")


class FilesChannel:
    """Writes ``<folder>/<draft>.<language>.md | .html | .json``; the same again leaves the files untouched."""

    def __init__(self, folder: Path, name: str = "files") -> None:
        self.folder = folder
        self._name = name

    @property
    def name(self) -> str:
        """How settings and records call it."""
        return self._name

    def publish(self, article: Article, rendered: Mapping[str, str]) -> str:
        """Put a rendition out in every format given and return the address (file URI) of the first of html, md, json."""
        unknown = sorted(set(rendered) - set(FORMATS))
        if unknown or not rendered:
            raise ChannelError(f"The files channel writes {', '.join(FORMATS)}, not {unknown}.", about=article.key)
        paths = {kind: self._path(article, kind) for kind in FORMATS if kind in rendered}
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            for kind, path in paths.items():
                _write(path, rendered[kind].encode("utf-8", "replace"))
            _sync_folder(self.folder)
        except OSError as error:
            raise ChannelError(
                f"{article.draft} could not be written to {self.folder}: {error}.", about=article.key
            ) from error
        return paths[next(kind for kind in ("html", "md", "json") if kind in paths)].resolve().as_uri()

    def withdraw(self, article: Article, rendered: Mapping[str, str]) -> str:
        """Put the page that gives the reason in the article's place (``publication.withdrawal``); formats not given go."""
        address = self.publish(article, rendered)
        for kind in set(FORMATS) - set(rendered):
            self._path(article, kind).unlink(missing_ok=True)
        return address

    def _path(self, article: Article, kind: str) -> Path:
        if not _NAME.fullmatch(article.draft):
            raise ChannelError(f"{article.draft!r} cannot name a file.", about=article.key)
        return self.folder / f"{article.draft}.{article.rendition}.{kind}"


def _write(path: Path, content: bytes) -> None:
    """Replace a file as a whole: a reader sees the old one or the new one, also after a power cut."""
    if path.is_file() and path.read_bytes() == content:
        return
    descriptor, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        os.chmod(temporary, 0o644)
        os.replace(temporary, path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
    if path.read_bytes() != content:
        raise OSError(f"{path} does not hold what was written")


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
