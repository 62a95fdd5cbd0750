"""The template writer: one comparison in, one memo in two languages out, without a model and without chance."""

from newsdigest.drafts.writer.memo import write

__all__ = ["write"]
