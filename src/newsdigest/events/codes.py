"""Which documents share a code: an inverted index in two sorted arrays, eight bytes an entry.

A dictionary of lists takes some 200 bytes an entry: more than a gigabyte for the word sequences of 50,000 reports.
"""

from __future__ import annotations

from collections.abc import Collection

import numpy as np

# Entries looked up one by one before they are sorted in among the others.
LOOSE = 50_000


class CodeIndex:
    """Numbers of documents by 32-bit code."""

    def __init__(self, most: int) -> None:
        """``most``: a code that more documents have leads to none of them."""
        self._most = most
        self._codes = np.zeros(0, dtype=np.uint32)
        self._holders = np.zeros(0, dtype=np.uint32)
        self._loose: dict[int, list[int]] = {}
        self._entries = 0

    def add(self, number: int, codes: Collection[int]) -> list[int]:
        """Note the codes of a document and return, in order, the documents that had one of them."""
        asked = np.array(sorted(codes), dtype=np.uint32)
        starts = np.searchsorted(self._codes, asked, side="left").tolist()
        ends = np.searchsorted(self._codes, asked, side="right").tolist()
        met: set[int] = set()
        for code, start, end in zip(asked.tolist(), starts, ends, strict=True):
            loose = self._loose.get(code, ())
            if end - start + len(loose) <= self._most:
                met.update(loose)
                if end > start:
                    met.update(self._holders[start:end].tolist())
                self._loose.setdefault(code, []).append(number)
                self._entries += 1
        if self._entries >= LOOSE:
            self._sort_in()
        return sorted(met)

    def _sort_in(self) -> None:
        codes = [code for code, holders in self._loose.items() for _ in holders]
        holders = [holder for holders in self._loose.values() for holder in holders]
        all_codes = np.concatenate([self._codes, np.array(codes, dtype=np.uint32)])
        all_holders = np.concatenate([self._holders, np.array(holders, dtype=np.uint32)])
        order = np.argsort(all_codes, kind="stable")
        self._codes, self._holders = all_codes[order], all_holders[order]
        self._loose = {}
        self._entries = 0
