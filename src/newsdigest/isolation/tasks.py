"""The named readers that a worker runs: pure functions of bytes, arguments and the language tables."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from newsdigest.documents.decode import unzipped
from newsdigest.errors import ReadError
from newsdigest.items.tables import ReadingTables

Task = Callable[..., Any]


def _feed(body: bytes, **arguments: Any) -> Any:
    from newsdigest.items.feed import read_feed

    body = unzipped(body)
    # marks of byte order and the other halves of UTF-16 aside
    if body[:64].replace(b"\x00", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").startswith(b"{"):
        # a feed address that answers JSON Feed: what it is counts, not what the catalogue calls it
        return _json_feed(body, **arguments)
    return read_feed(body, **arguments)


def _json_feed(body: bytes, **arguments: Any) -> Any:
    from newsdigest.items.json_feed import read_json_feed

    return read_json_feed(body, **arguments)


def _sitemap(body: bytes, **arguments: Any) -> Any:
    from newsdigest.items.sitemap import read_sitemap

    return read_sitemap(body, **arguments)


def _listing(body: bytes, **arguments: Any) -> Any:
    from newsdigest.items.listing import read_listing

    return read_listing(body, **arguments)


def _page(body: bytes, **arguments: Any) -> Any:
    from newsdigest.items.page import read_page

    return read_page(body, **arguments)


def _intake(body: bytes, **arguments: Any) -> Any:
    from newsdigest.items.intake import read_handout

    return read_handout(body, **arguments)


TASKS: Mapping[str, Task] = {
    "feed": _feed,
    "json_feed": _json_feed,
    "sitemap": _sitemap,
    "listing": _listing,
    "page": _page,
    "intake": _intake,
}


def run(task: str, body: bytes, arguments: Mapping[str, Any], tables: ReadingTables) -> Any:
    """Run one reader; everything it raises comes out as ReadError with the cause chained."""
    reader = TASKS.get(task)
    if reader is None:
        raise ReadError(f"There is no reader {task!r}; there are {', '.join(sorted(TASKS))}.", about=task)
    try:
        return reader(body, **arguments, tables=tables)
    except ReadError:
        raise
    except RecursionError as error:
        raise ReadError("The page is nested too deep.", about=str(arguments.get("address", task))) from error
    except Exception as error:
        kind = type(error).__name__
        raise ReadError(f"The {task} could not be read ({kind}).", about=str(arguments.get("address", task))) from error
