"""Every error newsdigest raises on purpose, in one tree.

    NewsdigestError
    ├── SettingsError          a setting is wrong: file, line, what would be right (exit 2)
    ├── CatalogueError         a source's entry is wrong: file, line, what would be right (exit 2)
    ├── LexiconError           a language data file is wrong: file, line, what would be right (exit 2)
    ├── FetchError             a source did not give us bytes
    │   ├── Refused            401, 403, robots, challenge page: shown as refusing, never evaded
    │   ├── Gone               410
    │   ├── UnsafeAddress      not a global unicast address, a forbidden scheme or port
    │   └── TooLarge           past the wire, decoded or header limit
    ├── ReadError              bytes came, but no item could be read from them
    ├── EvidenceError          characters cited are not the characters stored
    ├── StoreError             the store refused
    │   ├── NotFound           no such key
    │   ├── LeaseHeld          another process holds the lease
    │   └── Conflict           a version or state changed underneath
    ├── ChannelError           a channel did not take, or does not hold, what was published
    ├── ReviewError            a decision the review's rules do not allow
    └── ModelError             the model's endpoint gave no usable answer

Each carries the key of the thing it is about (``about``) and chains its cause.
``str(error)`` is one English sentence for a person; the cause is for the log.
"""

from __future__ import annotations

from datetime import datetime


class NewsdigestError(Exception):
    """The root: a sentence for the person, and the key of the thing.

    ``code`` is a stable name of what is wrong, by which a screen finds its own words; "" where there is none.
    """

    def __init__(self, sentence: str, *, about: str = "", code: str = "") -> None:
        super().__init__(sentence)
        self.about = about
        self.code = code


class SettingsError(NewsdigestError):
    """A setting is wrong; the sentence names file, line and what would be right."""


class CatalogueError(NewsdigestError):
    """A catalogue entry is wrong; the sentence names file, line and what would be right."""


class LexiconError(NewsdigestError):
    """A language data file is wrong; the sentence names file, line and what would be right."""


class FetchError(NewsdigestError):
    """A source did not give us bytes.

    ``status`` is the HTTP status where there was one; ``retry_at`` (UTC) is the instant before which we promised not to ask again.
    """

    def __init__(
        self, sentence: str, *, about: str = "", status: int | None = None, retry_at: datetime | None = None
    ) -> None:
        super().__init__(sentence, about=about)
        self.status = status
        self.retry_at = retry_at


class Refused(FetchError):
    """The source refuses us: 401, 403, robots.txt or a challenge page."""


class Gone(FetchError):
    """The source says that the address is gone for good (410)."""


class UnsafeAddress(FetchError):
    """The address is not one we connect to."""


class TooLarge(FetchError):
    """The answer is past a limit."""


class ReadError(NewsdigestError):
    """Bytes came, but nothing could be read from them."""


class EvidenceError(NewsdigestError):
    """The cited characters are not the stored characters."""


class StoreError(NewsdigestError):
    """The store refused."""


class NotFound(StoreError):
    """There is no such thing in the store."""


class LeaseHeld(StoreError):
    """Another process holds the lease."""


class Conflict(StoreError):
    """A version or a state changed underneath."""


class ChannelError(NewsdigestError):
    """A channel did not take, or does not hold, what was published."""


class ReviewError(NewsdigestError):
    """A decision that the review's rules do not allow."""


class ModelError(NewsdigestError):
    """The model's endpoint gave no usable answer."""
