"""What of a document is encoded: the cut keeps the encoder's cost and memory bounded, the hash keys its vector."""

from __future__ import annotations

import re

from newsdigest.records import digest

# Characters of body kept after the title. A 500 kB text took the bundled encoder 277 s; the lede carries the event.
BODY_CHARACTERS = {"en": 1000, "ja": 400, "zh": 400}
TITLE_CHARACTERS = 300
# Encoders raise on lone surrogates, and one of them drops all that follows a NUL.
_UNENCODABLE = re.compile(r"[\x00\ud800-\udfff]")


def text_for_encoding(title: str, text: str, language: str) -> str:
    """Return the title and the beginning of the text as an encoder may read them: cut, without lone surrogates and NUL."""
    heading = title[:TITLE_CHARACTERS].strip()
    body = text[: BODY_CHARACTERS.get(language, 400) + len(heading)].strip()
    if heading and body.startswith(heading):
        body = body[len(heading) :].strip()
    body = body[: BODY_CHARACTERS.get(language, 400)]
    joined = f"{heading}\n{body}" if heading and body else heading or body
    return _UNENCODABLE.sub("", joined).strip()


def encodable(text: str) -> str:
    """Return a sentence as an encoder may read it."""
    return _UNENCODABLE.sub("", text).strip()


def content_hash(text: str) -> str:
    """Return the key under which a text's vector is cached (sha256, hex); the encoder's identity is the other half of it."""
    return digest(text)
