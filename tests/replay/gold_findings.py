"""Whether a comparison holds a finding of gold.json: by the documents that support it, the words of its passage, and the kind that fits.

No finding is looked for by what our output happens to say. A finding's status says which kinds can hold it; its supporting documents say
where the evidence must stand; its own patterns, tried on those documents in their language, say in which sentences.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from newsdigest.comparison.figures import numbers_in
from tests.shipped import shipped_lexicon

LISTED_APART = ("caveats", "sources")
"""Groups that the memo writes of itself: no finding of the comparison is asked for."""

_OWN = ("carrier", "editorial")


@dataclass(frozen=True)
class Gold:
    """The comparison with what is needed to place its evidence: the document of each item, and its language."""

    comparison: Mapping[str, Any]
    slug: Mapping[str, str]
    language: Mapping[str, str]

    def holds(self, finding: Mapping[str, Any], group: Sequence[Mapping[str, Any]]) -> bool:
        """Whether the comparison has a finding; ``group`` are the findings of its group, itself among them."""
        status = finding["status"]
        checks = []
        if "agree" in status:
            checks.append(self._agreed(finding))
        if "absence" in status:
            checks.append(self._absent(finding))
        if "interpretation" in status:
            checks.append(self._claimed(finding, lambda c: c["kind"] == "interpretation"))
        if "quoted" in status:
            checks.append(
                any(self._bears(finding, [q["evidence"]], q["speaker_name"]) for q in self.comparison["quotes"])
            )
        if "number" in finding:
            checks.append(self._counted(finding))
        if status.startswith("attributed"):
            slots = {a["slot"] for f in group if "agree" in f["status"] for a in self._agreements(f)}
            checks.append(self._claimed(finding, lambda c: _attributed(c) and (not slots or c["slot"] in slots)))
        if not checks:
            checks.append(self._claimed(finding, lambda c: True))
        return all(checks)

    def _claimed(self, finding: Mapping[str, Any], fits: Any) -> bool:
        cited: dict[str, list[Mapping[str, Any]]] = {}
        for claim in self.comparison["claims"]:
            if fits(claim):
                cited.setdefault(claim["item"], []).extend(claim["evidence"])
        return any(self._bears(finding, evidence) for evidence in cited.values())

    def _agreements(self, finding: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
        """The questions that two voices at least answer alike, or differently, from the finding's documents."""
        support = set(finding["replay_support"])
        for agreement in self.comparison["agreements"]:
            if len(support & self._documents(agreement["answer"]["evidence"])) >= 2:
                yield agreement
        for dispute in self.comparison["disagreements"]:
            if any(len(support & self._documents(a["evidence"])) >= 2 for a in dispute["answers"]) and dispute["slot"]:
                yield dispute

    def _agreed(self, finding: Mapping[str, Any]) -> bool:
        return any(
            self._bears(finding, answer["evidence"])
            for found in self._agreements(finding)
            for answer in found.get("answers", [found.get("answer")])
        )

    def _absent(self, finding: Mapping[str, Any]) -> bool:
        """A silence or an absent formula of a supporting document, named in the finding's statement."""
        support, statement = set(finding["replay_support"]), finding["statement"].lower()
        silent = [(s["items"], [s["topic"]["en"]]) for s in self.comparison["silences"]]
        silent += [([f["item"]], f["searched"]) for f in self.comparison["formulae"] if not f["present"]]
        return any(
            {self.slug[i] for i in items} & support and any(len(w) > 3 and w.lower() in statement for w in words)
            for items, words in silent
        )

    def _counted(self, finding: Mapping[str, Any]) -> bool:
        wanted = {n.value for n in numbers_in(finding["number"], "en", shipped_lexicon())}
        return any(
            float(figure["value"]) in {float(v) for v in wanted}
            and self._documents([figure["evidence"]]) & set(finding["replay_support"])
            for figure in self.comparison["figures"]
            if re.fullmatch(r"-?\d+(\.\d+)?", figure["value"])
        )

    def _bears(
        self,
        finding: Mapping[str, Any],
        evidence: Sequence[Mapping[str, Any]],
        speaker: Mapping[str, Any] | None = None,
    ) -> bool:
        """Whether evidence stands in a supporting document and, where the finding has words of its language, it or its speaker's name holds them."""
        mine = [e for e in evidence if self.slug[e["item"]] in finding["replay_support"]]
        if not mine:
            return False
        patterns = finding["check"].get(self.language[mine[0]["item"]])
        if patterns is None:
            return True
        named = [speaker[key] or "" for key in ("en", "ja", "surface")] if speaker else []
        text = "\n".join([*(e["exact"] for e in mine), *named])
        hits = [bool(re.search(p, text, re.S | re.I)) for p in patterns]
        return all(hits) if finding.get("all_of") else any(hits)

    def _documents(self, evidence: Sequence[Mapping[str, Any]]) -> set[str]:
        return {self.slug[e["item"]] for e in evidence}


def _attributed(claim: Mapping[str, Any]) -> bool:
    """Whether a claim is somebody's whom the text names, or an outlet tells what somebody named said or did."""
    return claim["attribution"]["role"] not in _OWN or claim["actor"] is not None
