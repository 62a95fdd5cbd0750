"""An issuer's change from its own last statement, commitments with dates, and what is lost in the telling."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from newsdigest.comparison.compare import compare
from newsdigest.comparison.packet import Member
from newsdigest.comparison.record import Change, Commitment, Drift
from newsdigest.sources.source import Language
from tests.comparison.invented import KORSUND, VELDAN, WORDS, document, reported, spoken
from tests.comparison.packets import packet


def changes(*members: Member, history: tuple[Member, ...] = ()) -> tuple[Change, ...]:
    return compare(packet(members, WORDS, history=history)).changes


def veldan(key: str, text: str, hour: str, **more: str) -> Member:
    return spoken(key, VELDAN, document("en", "Statement", text, hour), **more)  # type: ignore[arg-type]


# ---- acts

DENIED = "Veldan denied ramming the Korsund Coast Guard vessel."


def test_a_denial_that_becomes_a_confirmation() -> None:
    (change,) = changes(
        veldan("v1", DENIED, "01T01:00"),
        veldan("v2", "Veldan rammed the Korsund Coast Guard vessel, Veldan said.", "01T09:00"),
    )
    assert (change.before.kind, change.now.kind) == ("denied", "affirmed")
    assert (change.before.item, change.now.item) == ("v1", "v2")


@pytest.mark.parametrize(
    ("first", "second"),
    [
        # the same said again
        (DENIED, "Veldan has not rammed the Korsund Coast Guard vessel, Veldan said."),
        # another act of the same body
        (DENIED, "Veldan used water cannon against the Korsund Coast Guard vessel, Veldan said."),
        # what the other side says of it
        (DENIED, "Korsund said Veldan rammed the Korsund Coast Guard vessel."),
        # a supposition
        (DENIED, "Veldan will inquire whether Veldan rammed the Korsund Coast Guard vessel."),
    ],
)  # fmt: skip
def test_no_change_of_position(first: str, second: str) -> None:
    assert changes(veldan("v1", first, "01T01:00"), veldan("v2", second, "01T09:00")) == ()


def test_two_bodies_that_differ_have_not_changed() -> None:
    denies = veldan("v1", DENIED, "01T01:00")
    affirms = spoken(
        "k1",
        KORSUND,
        document("en", "Statement", "Veldan rammed the Korsund Coast Guard vessel, Korsund said.", "01T09:00"),
    )
    assert changes(denies, affirms) == ()


def test_a_change_is_not_asserted_where_the_order_is_unknown() -> None:
    first = veldan("v1", DENIED, "01T00:00")
    second = veldan("v2", "Veldan rammed the Korsund Coast Guard vessel, Veldan said.", "01T09:00")
    version = first.version.model_copy(
        update={"published": first.version.published.model_copy(update={"precision": "day"})}
    )
    rough = Member(first.item.model_copy(update={"versions": (version,)}), version, first.source)
    assert changes(rough, second) == ()


def test_who_declined_to_answer_and_then_denies() -> None:
    asked = (
        "Question: Did Veldan ram the Korsund Coast Guard vessel at the fishing grounds?\n"
        "The Veldan Coast Guard spokesperson declined to comment on the fishing grounds."
    )
    denied = "The Veldan Coast Guard denied entering the fishing grounds."
    found = compare(
        packet(
            [
                spoken("v1", "body.veldan_coast_guard", document("en", "Briefing", asked, "01T01:00"), channel="briefing"),
                spoken("v2", "body.veldan_coast_guard", document("en", "Statement", denied, "01T09:00")),
            ],
            WORDS,
        )
    ).changes  # fmt: skip
    assert [(c.before.kind, c.now.kind) for c in found] == [("declined", "denied")]


# ---- plans

WILL = "Foreign Minister Ilse Marden will visit Korsund, Veldan said."
WILL_NOT = "Foreign Minister Ilse Marden will not visit Korsund, Veldan said."


def test_a_visit_that_was_announced_and_is_called_off() -> None:
    (change,) = changes(veldan("now", WILL_NOT, "20T01:00"), history=(veldan("then", WILL, "01T01:00"),))
    assert (change.before.kind, change.now.kind, change.before.item) == ("affirmed", "denied", "then")


@pytest.mark.parametrize(
    ("before", "now"),
    [
        (WILL, WILL),
        (WILL, "Foreign Minister Ilse Marden will not visit the Orka Isles, Veldan said."),
        (f"{WILL} {WILL_NOT}", WILL),
        ("Korsund said Foreign Minister Ilse Marden will visit Korsund.", WILL_NOT),
    ],
)
def test_no_change_of_plan(before: str, now: str) -> None:
    assert changes(veldan("now", now, "20T01:00"), history=(veldan("then", before, "01T01:00"),)) == ()


def test_what_another_body_planned_is_not_the_issuers_change() -> None:
    then = spoken("k", KORSUND, document("en", "Statement", WILL.replace("Veldan said", "Korsund said"), "01T01:00"))
    assert changes(veldan("now", WILL_NOT, "20T01:00"), history=(then,)) == ()


# ---- stances


def korsund(key: str, text: str, hour: str, language: Language = "zh") -> Member:
    return spoken(key, KORSUND, document(language, "声明", text, hour))


@pytest.mark.parametrize(
    ("language", "before", "now", "degrees"),
    [
        ("zh", "科方坚决反对联合演习。", "科方对联合演习表示关切。", ("strong opposition", "concern")),
        ("ja", "コルスンドは合同演習に強く反対する。", "コルスンドは合同演習を懸念している。", ("strong opposition", "concern")),
        ("en", "Korsund is concerned about the joint drill.", "Korsund condemned the joint drill.", ("concern", "condemnation")),
        ("en", "Korsund opposes the joint drill.", "Korsund fully supports the joint drill.", ("opposition", "firm support")),
    ],
)  # fmt: skip
def test_a_stance_on_one_subject_that_changed(
    language: Language, before: str, now: str, degrees: tuple[str, str]
) -> None:
    (change,) = changes(
        korsund("now", now, "20T01:00", language), history=(korsund("then", before, "01T01:00", language),)
    )
    assert (change.before.label.en, change.now.label.en) == degrees
    assert change.topics == ("term.drill",)


@pytest.mark.parametrize(
    ("before", "now"),
    [
        ("科方坚决反对联合演习。", "科方坚决反对联合演习。"),
        ("科方坚决反对联合演习。", "科方强烈反对联合演习。"),
        ("科方坚决反对联合演习。", "科方对渔场问题表示关切。"),  # another subject
        ("科方坚决反对联合演习。", "韦方对联合演习表示关切。"),  # another body
        ("科方坚决反对联合演习。科方对联合演习表示关切。", "科方对联合演习表示关切。"),  # both degrees at once
        ("科方不反对联合演习。", "科方对联合演习表示关切。"),  # a negated stance
    ],
)
def test_no_change_of_stance(before: str, now: str) -> None:
    assert changes(korsund("now", now, "20T01:00"), history=(korsund("then", before, "01T01:00"),)) == ()


def test_the_last_statement_counts_and_not_an_older_one() -> None:
    past = (korsund("p1", "科方坚决反对联合演习。", "01T01:00"), korsund("p2", "科方对联合演习表示关切。", "10T01:00"))
    assert changes(korsund("now", "科方对联合演习表示关切。", "20T01:00"), history=past) == ()


# ---- commitments


def commitments(text: str, language: Language = "en") -> list[Commitment]:
    made = compare(packet([spoken("v", VELDAN, document(language, "Statement", text, "10T01:00"))], WORDS))
    return list(made.commitments)


@pytest.mark.parametrize(
    ("language", "text", "when", "precision", "until"),
    [
        ("en", "Foreign Minister Ilse Marden will visit Korsund in April, Veldan said.", (2032, 4), "month", False),
        ("en", "Foreign Minister Ilse Marden will visit Korsund in September, Veldan said.", (2031, 9), "month", False),
        ("en", "Foreign Minister Ilse Marden will visit Korsund next year, Veldan said.", (2032, 1), "year", False),
        ("en", "Foreign Minister Ilse Marden will visit Korsund by the end of the year, Veldan said.", (2031, 1), "year", True),
        ("ja", "マルデン外相は来年4月にコルスンドを訪問する予定だ。", (2032, 4), "month", False),
        ("ja", "マルデン外相は年内にコルスンドを訪問する予定だ。", (2031, 1), "year", True),
        ("zh", "伊尔莎·马登将于明年4月访问科尔松。", (2032, 4), "month", False),
        ("zh", "伊尔莎·马登将于明年访问科尔松。", (2032, 1), "year", False),
    ],
)  # fmt: skip
def test_who_will_do_what_by_when(
    language: Language, text: str, when: tuple[int, int], precision: str, until: bool
) -> None:
    (held,) = commitments(text, language)
    assert (held.by.precision, held.until) == (precision, until)
    assert held.by.instant == datetime(*when, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    "text",
    [
        "Foreign Minister Ilse Marden visited Korsund in April.",  # done
        "Foreign Minister Ilse Marden will visit Korsund, Veldan said.",  # no date
        "Foreign Minister Ilse Marden will not visit Korsund in April, Veldan said.",
        "Foreign Minister Ilse Marden will visit Korsund, and ships will meet in the Orka Isles in April.",  # another's date
        "Foreign Minister Ilse Marden, in office since April last year, will visit Korsund.",
        "Foreign Minister Ilse Marden will visit Korsund in April or in September, Veldan said.",
    ],
)
def test_no_commitment_without_its_own_date(text: str) -> None:
    assert commitments(text) == []


# ---- conditions, reserves, marks around a paraphrase

IF = "Veldan would use force in the Halden Strait if Korsund intervened there, Veldan said."


def drifts(*members: Member, kind: str) -> list[Drift]:
    return [d for d in compare(packet(members, WORDS)).drifts if d.kind == kind]


@pytest.mark.parametrize(
    ("language", "statement", "report", "words"),
    [
        ("en", IF, "Veldan said it would use force in the Halden Strait.", "if"),
        ("ja", "ベルダンは、コルスンドが介入した場合には、ハルデン海峡で武力を行使すると述べた。", "ベルダンはハルデン海峡で武力を行使すると述べた。", "場合には"),
        ("zh", "韦方表示，如果科方介入，将在哈尔登海峡使用武力。", "韦方表示，将在哈尔登海峡使用武力。", "如果"),
    ],
)  # fmt: skip
def test_a_condition_that_a_report_drops(language: Language, statement: str, report: str, words: str) -> None:
    source = spoken("v", VELDAN, document(language, "Statement", statement, "01T01:00"))
    (found,) = drifts(
        source, reported("paper", document(language, "News", report, "01T05:00")), kind="condition_dropped"
    )
    assert found.words is not None
    assert found.words.exact == words
    assert (found.first.item, found.second.item if found.second else "") == ("v", "paper")


@pytest.mark.parametrize(
    "report",
    [
        "Veldan said it would use force in the Halden Strait if Korsund intervened.",
        "Veldan said it would use force in the Halden Strait. It would do so only when others intervene.",
        "Veldan said it would send aid to the Halden Strait.",
        "Korsund said Veldan would use force in the Halden Strait.",
        "Veldan said it would use force elsewhere.",
    ],
)
def test_no_condition_is_called_dropped(report: str) -> None:
    source = spoken("v", VELDAN, document("en", "Statement", IF, "01T01:00"))
    assert drifts(source, reported("paper", document("en", "News", report, "01T05:00")), kind="condition_dropped") == []


def test_a_condition_that_the_body_itself_drops_elsewhere_is_not_the_reports() -> None:
    twice = (
        f"{IF}\n\nShips are ready. The harbour is closed.\n\nVeldan will use force in the Halden Strait, it said again."
    )
    source = spoken("v", VELDAN, document("en", "Statement", twice, "01T01:00"))
    report = reported(
        "paper", document("en", "News", "Veldan said it would use force in the Halden Strait.", "01T05:00")
    )
    assert drifts(source, report, kind="condition_dropped") == []


def test_a_reserve_that_a_report_drops() -> None:
    source = spoken(
        "v", "body.veldan_coast_guard",
        document("en", "Statement", "To its knowledge, the Korsund Coast Guard rammed the Veldan Coast Guard vessel, the Veldan Coast Guard said.", "01T01:00"),
    )  # fmt: skip
    plain = "The Veldan Coast Guard said the Korsund Coast Guard rammed the Veldan Coast Guard vessel."
    kept = "The Veldan Coast Guard said that, as far as it knows, the Korsund Coast Guard rammed the Veldan Coast Guard vessel."
    (found,) = drifts(source, reported("paper", document("en", "News", plain, "01T05:00")), kind="hedge_dropped")
    assert found.words is not None
    assert found.words.exact == "To its knowledge"
    assert drifts(source, reported("paper", document("en", "News", kept, "01T05:00")), kind="hedge_dropped") == []


def test_a_paraphrase_that_a_digest_quotes_as_the_speakers_words() -> None:
    source = spoken(
        "v",
        VELDAN,
        document("en", "Statement", "Ilse Marden said the fishing grounds belong to all who fish there.", "01T01:00"),
    )
    paper = reported(
        "paper",
        document(
            "en", "News", "Ilse Marden gave up the claim of Veldan to the fishing grounds, ships said.", "01T05:00"
        ),
    )
    digest = document(
        "en", "News", "Ilse Marden said: “gave up the claim of Veldan to the fishing grounds”.", "01T08:00"
    )
    own = document("en", "News", "Ilse Marden said: “the fishing grounds belong to all who fish there”.", "01T08:00")
    (found,) = [d for d in drifts(source, paper, reported("digest", digest), kind="paraphrase") if d.chain]
    assert [e.item for e in found.chain] == ["paper", "digest"]
    assert [d for d in drifts(source, paper, reported("digest", own), kind="paraphrase") if d.chain] == []
