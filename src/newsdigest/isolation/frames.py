"""How a worker and its owner talk: one pickle a frame, its length before it; the owner unpickles only what readers make."""

from __future__ import annotations

import io
import pickle
import struct
from typing import IO, Any

_LENGTH = struct.Struct(">Q")
LARGEST = 256 * 1024 * 1024
# The only names an answer may be made of: a worker reads hostile bytes and is not to be believed.
_ALLOWED_MODULES = ("newsdigest.items.", "newsdigest.moments", "newsdigest.sources.source")
_ALLOWED = {
    ("datetime", "datetime"),
    ("datetime", "timezone"),
    ("datetime", "timedelta"),
    ("datetime", "date"),
    ("pydantic_core._pydantic_core", "TzInfo"),
    ("copyreg", "_reconstructor"),
    ("builtins", "object"),
    ("builtins", "set"),
    ("builtins", "frozenset"),
}


class _Answers(pickle.Unpickler):
    def find_class(self, module: str, name: str) -> Any:
        """Return a class of the allowed modules; everything else is refused."""
        if (module, name) in _ALLOWED or (module.startswith(_ALLOWED_MODULES) and "." not in name):
            found = super().find_class(module, name)
            if isinstance(found, type) or (module, name) in _ALLOWED:
                return found
        raise pickle.UnpicklingError(f"An answer may not hold {module}.{name}.")


def send(stream: IO[bytes], value: Any) -> None:
    """Write one frame."""
    data = pickle.dumps(value, protocol=pickle.HIGHEST_PROTOCOL)
    stream.write(_LENGTH.pack(len(data)))
    stream.write(data)
    stream.flush()


def receive(stream: IO[bytes], *, trusted: bool) -> Any:
    """Read one frame; raise EOFError where the other side is gone. What a worker answers is not trusted."""
    head = _exactly(stream, _LENGTH.size)
    (size,) = _LENGTH.unpack(head)
    if size > LARGEST:
        raise EOFError("The frame is too large.")
    data = _exactly(stream, size)
    return pickle.loads(data) if trusted else _Answers(io.BytesIO(data)).load()


def _exactly(stream: IO[bytes], size: int) -> bytes:
    pieces = []
    while size > 0:
        piece = stream.read(min(size, 1 << 20))
        if not piece:
            raise EOFError("The other side is gone.")
        pieces.append(piece)
        size -= len(piece)
    return b"".join(pieces)
