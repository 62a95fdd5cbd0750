"""Invented events, compared by hand: what the writer and the gates are tried on."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

import newsdigest.language
from newsdigest.comparison.packet import Member, Packet
from newsdigest.comparison.record import (
    Agreement,
    Answer,
    Attribution,
    Cell,
    Claim,
    Comparison,
    Disagreement,
    Drift,
    Figure,
    Formula,
    Hedge,
    History,
    Name,
    Quote,
    Silence,
    Voice,
)
from newsdigest.events.event import Copy, Event
from newsdigest.items.evidence import Evidence
from newsdigest.items.item import Item, ItemVersion, Statement
from newsdigest.language.lexicon import Entry, Lexicon, build
from newsdigest.moments import Moment
from newsdigest.records import Bilingual, digest
from newsdigest.sources.source import Source

DATA = Path(newsdigest.language.__file__).parent / "data"
AS_OF = datetime.fromisoformat("2031-03-12T15:10:00+00:00")


def _entry(identity: str, kind: str, ja: str, en: str, zh: str = "", **more: Any) -> Entry:
    forms = {lang: (form,) for lang, form in (("ja", ja), ("en", en), ("zh", zh)) if form}
    return Entry(identity, kind, MappingProxyType(forms), **more)  # type: ignore[arg-type]


@cache
def lexicon() -> Lexicon:
    """The language data of the package with the invented names laid over them."""
    files: dict[str, Mapping[str, Any]] = {}
    for path in sorted(DATA.rglob("*.toml")):
        files[path.relative_to(DATA).with_suffix("").as_posix()] = tomllib.loads(path.read_text("utf-8"))
    own = [
        _entry("country.alba", "country", "アルバ", "Alba", "阿尔巴", country="country.alba"),
        _entry("country.seret", "country", "セレト", "Seret", "塞雷特", country="country.seret"),
        _entry("body.alba_mfa", "body", "アルバ外務省", "Alba Foreign Ministry", country="country.alba"),
        _entry(
            "body.seret_mfa", "body", "セレト外務省", "Seret Foreign Ministry", "塞雷特外交部", country="country.seret"
        ),
        _entry("body.port", "body", "ノル港湾局", "Nor Port Authority"),
        _entry("thing.kestrel", "body", "貨物船ケストレル", "the freighter Kestrel"),
        _entry("thing.orel", "body", "巡視船オレル", "the patrol boat Orel"),
        _entry("term.fishing_pact", "term", "漁業協定", "the fishing agreement", "渔业协定"),
        _entry("term.invented_call", "occasion", "外相電話", "the ministers’ call", "外长通话"),
        _entry(
            "person.mora",
            "person",
            "アナ・モラ",
            "Ana Mora",
            "莫拉",
            family=MappingProxyType({"ja": "モラ", "en": "Mora"}),
            office=MappingProxyType({"ja": "外相", "en": "Alba Foreign Minister"}),
        ),
        _entry(
            "person.lem",
            "person",
            "ダン・レム",
            "Dan Lem",
            "莱姆",
            family=MappingProxyType({"ja": "レム", "en": "Lem"}),
            office=MappingProxyType({"ja": "外相", "en": "Seret Foreign Minister"}),
        ),
    ]
    return build(files).extended({entry.id: entry for entry in own})


def moment(iso: str, zone: str = "UTC") -> Moment:
    return Moment(instant=datetime.fromisoformat(iso), precision="minute", zone=zone, zone_origin="stated", raw=iso)


def member(
    key: str,
    language: str,
    title: str,
    text: str,
    published: str,
    *,
    source: Source,
    statement: Statement | None = None,
    state: str = "full",
    earlier: str | None = None,
) -> Member:
    def version(n: int, words: str) -> ItemVersion:
        return ItemVersion(
            n=n,
            title=title,
            text=words,
            title_sha256=digest(title),
            text_sha256=digest(words),
            language=language,  # type: ignore[arg-type]
            published=moment(published),
            first_seen=datetime.fromisoformat(published) + timedelta(minutes=2),
            state=state,  # type: ignore[arg-type]
        )

    versions = (version(1, earlier), version(2, text)) if earlier else (version(1, text),)
    item = Item(
        key=key, source=source.id, lineage=key, url=f"https://{key}.invalid/1", statement=statement, versions=versions
    )
    return Member(item, versions[-1], source)


def source(
    identity: str, name: dict[str, str], kind: str, language: str, country: str = "", zone: str = "UTC"
) -> Source:
    return Source(
        id=identity, name=name, kind=kind, language=language, country=country, zone=zone, address="https://x.invalid/"
    )  # type: ignore[arg-type]


def find(holder: Member, words: str, field: str = "text") -> Evidence:
    """Evidence for the first place of some words; they must be there."""
    text = holder.text if field == "text" else holder.title
    start = text.index(words)
    return holder.cite(start, start + len(words), field)  # type: ignore[arg-type]


def named(identity: str, surface: str = "") -> Name:
    entry = lexicon().entries[identity]
    return Name(id=identity, ja=entry.form("ja"), en=entry.form("en"), surface=surface, kind=entry.kind)


def packet(event: str, members: tuple[Member, ...], copies: tuple[Copy, ...] = ()) -> Packet:
    times = [m.version.published.instant for m in members if m.version.published.instant]
    return Packet(
        event=Event(id=event, items=tuple(m.key for m in members), copies=copies, first=min(times), last=max(times)),
        members=members,
        lexicon=lexicon(),
        as_of=AS_OF,
    )


ALBA = member(
    "i-alba",
    "en",
    "Foreign Minister Mora speaks with Minister Lem",
    "Foreign Minister Ana Mora spoke with Minister Dan Lem of Seret on 12 March for 45 minutes. Ana Mora proposed an extension of "
    "the fishing agreement.\n\nMinister Lem welcomed the proposal on the fishing agreement, according to the ministry. At the request "
    "of Seret, the two spoke by phone.",
    "2031-03-12T13:05:00+00:00",
    source=source("alba-mfa", {"en": "Alba Foreign Ministry news"}, "government", "en", "Alba"),
    statement=Statement(issuer="body.alba_mfa", channel="readout", chosen=True, occasion="call"),
)
SERET = member(
    "i-seret",
    "zh",
    "塞雷特外交部发言人答问",
    "发言人说,两国外长12日通了电话,通话约30分钟。据其了解,这次外长通话是由阿尔巴发起的。\n\n“我们会研究。”发言人说。",
    "2031-03-12T14:20:00+00:00",
    source=source("seret-mfa", {"zh": "塞雷特外交部"}, "government", "zh", "Seret"),
    statement=Statement(issuer="body.seret_mfa", channel="briefing", chosen=False),
)
READOUT = member(
    "i-seret-readout",
    "en",
    "Minister Lem holds call",
    "Minister Dan Lem spoke with Minister Ana Mora of Alba by phone. The two exchanged views on trade.",
    "2031-03-12T13:40:00+00:00",
    source=source("seret-news", {"en": "Seret News Agency"}, "state_media", "en", "Seret"),
    statement=Statement(issuer="body.seret_mfa", channel="readout", chosen=True, occasion="call"),
    earlier="Minister Dan Lem spoke with Minister Ana Mora of Alba by phone.",
)
PAPER = member(
    "i-paper",
    "ja",
    "両外相の電話、発表に違い",
    "アルバとセレトの外相が電話で協議した。文書には相手の求めに応じた場合の決まり文句がない。評論家のKo Arend氏は「セレトに有利な展開だ」とみている。",
    "2031-03-12T14:50:00+00:00",
    source=source("paper", {"ja": "北浜日報"}, "newspaper", "ja", "JP"),
)
COPY = member(
    "i-copy",
    "ja",
    "両外相の電話、発表に違い(配信)",
    "アルバとセレトの外相が電話で協議した。文書には相手の求めに応じた場合の決まり文句がない。",
    "2031-03-12T15:00:00+00:00",
    source=source("copy", {"ja": "南浜新報"}, "newspaper", "ja", "JP"),
)


def alba_packet() -> Packet:
    """Two ministries tell of one call differently; a paper interprets; another paper carries its text."""
    copies = (Copy(items=("i-paper", "i-copy"), kind="syndicated", reason="same text"),)
    return packet("e-alba", (ALBA, READOUT, SERET, PAPER, COPY), copies)


def alba() -> Comparison:
    """The comparison of ``alba_packet`` as an editor would make it."""
    mora, lem = named("person.mora"), named("person.lem")
    spokesman = Name(
        kind="person", role=Bilingual(ja="セレト外務省の報道官", en="a Seret Foreign Ministry spokesperson")
    )
    arend = Name(en="Ko Arend", surface="Ko Arend", kind="person")
    issuer = lambda key, body: Attribution(holder=named(body), role="issuer", via=key)  # noqa: E731
    at = ALBA.version.published
    call = Claim(
        id="c-call",
        kind="slot",
        slot="spoke",
        actor=mora,
        object=lem,
        parties=(mora, lem),
        attribution=issuer("i-alba", "body.alba_mfa"),
        said_at=at,
        item="i-alba",
        evidence=(
            find(ALBA, "Foreign Minister Ana Mora spoke with Minister Dan Lem of Seret on 12 March for 45 minutes."),
        ),
    )
    proposed = Claim(
        id="c-proposed",
        kind="slot",
        slot="proposed",
        actor=mora,
        object=named("term.fishing_pact"),
        topics=("term.fishing_pact",),
        attribution=issuer("i-alba", "body.alba_mfa"),
        said_at=at,
        item="i-alba",
        evidence=(find(ALBA, "Ana Mora proposed an extension of the fishing agreement."),),
    )
    welcomed = Claim(
        id="c-welcomed",
        kind="account",
        topics=("term.fishing_pact",),
        attribution=Attribution(
            holder=named("body.alba_mfa"), role="issuer", via="i-alba", account_of=named("person.lem")
        ),
        modality="accounts",
        said_at=at,
        item="i-alba",
        evidence=(
            find(ALBA, "Minister Lem welcomed the proposal on the fishing agreement, according to the ministry."),
        ),
    )
    requested = Claim(
        id="c-alba-who",
        kind="slot",
        slot="initiated",
        actor=named("country.seret"),
        object=named("term.invented_call"),
        attribution=issuer("i-alba", "body.alba_mfa"),
        said_at=at,
        item="i-alba",
        evidence=(find(ALBA, "At the request of Seret, the two spoke by phone."),),
    )
    hedge = Hedge(id="to_its_knowledge", surface="据其了解", evidence=find(SERET, "据其了解"))
    initiated = Claim(
        id="c-seret-who",
        kind="slot",
        slot="initiated",
        actor=named("country.alba"),
        object=named("term.invented_call"),
        attribution=Attribution(holder=spokesman, role="speaker", via="i-seret"),
        hedges=(hedge,),
        said_at=SERET.version.published,
        item="i-seret",
        evidence=(find(SERET, "据其了解,这次外长通话是由阿尔巴发起的。"),),
    )
    view = Claim(
        id="c-view",
        kind="interpretation",
        topics=("country.seret",),
        quotes=("q-view",),
        attribution=Attribution(holder=arend, role="analyst", via="i-paper"),
        modality="interprets",
        said_at=PAPER.version.published,
        item="i-paper",
        evidence=(find(PAPER, "評論家のKo Arend氏は「セレトに有利な展開だ」とみている。"),),
    )
    long = Figure(
        id="f-45",
        raw="45 minutes",
        value="45",
        unit="minute",
        kind="duration",
        as_of=at,
        holder=issuer("i-alba", "body.alba_mfa"),
        evidence=find(ALBA, "45 minutes"),
    )
    short = Figure(
        id="f-30",
        raw="约30分钟",
        value="30",
        unit="minute",
        kind="duration",
        bound="about",
        as_of=SERET.version.published,
        holder=issuer("i-seret", "body.seret_mfa"),
        evidence=find(SERET, "约30分钟"),
    )
    study = Quote(
        id="q-study",
        text="我们会研究。",
        lang="zh",
        kind="original",
        speaker="spokesperson",
        speaker_name=spokesman,
        office="spokesperson",
        carrier="i-seret",
        evidence=find(SERET, "我们会研究。"),
    )
    favour = Quote(
        id="q-view",
        text="セレトに有利な展開だ",
        lang="ja",
        kind="original",
        speaker="Ko Arend",
        speaker_name=arend,
        carrier="i-paper",
        evidence=find(PAPER, "セレトに有利な展開だ"),
    )
    said = Bilingual(ja="45分", en="45 minutes"), Bilingual(ja="約30分", en="about 30 minutes")
    length = Disagreement(
        id="d-length",
        kind="number",
        question=Bilingual(ja="電話の時間", en="How long was the call?"),
        answers=(
            Answer(
                value=said[0],
                sources=("alba-mfa",),
                voices=1,
                holders=(named("body.alba_mfa"),),
                figures=("f-45",),
                evidence=(long.evidence,),
            ),
            Answer(
                value=said[1],
                sources=("seret-mfa",),
                voices=1,
                holders=(named("body.seret_mfa"),),
                figures=("f-30",),
                evidence=(short.evidence,),
            ),
        ),
    )
    who = Disagreement(
        id="d-who",
        kind="who",
        slot="initiated",
        question=Bilingual(ja="外相電話を持ちかけたのはどちらか", en="Who initiated the ministers’ call?"),
        answers=(
            Answer(
                value=Bilingual(ja="セレト", en="Seret"),
                sources=("alba-mfa",),
                voices=1,
                holders=(named("body.alba_mfa"),),
                claims=("c-alba-who",),
                evidence=requested.evidence,
            ),
            Answer(
                value=Bilingual(ja="アルバ", en="Alba"),
                sources=("seret-mfa",),
                voices=1,
                holders=(spokesman,),
                claims=("c-seret-who",),
                evidence=initiated.evidence,
            ),
        ),
    )
    pact = Bilingual(ja="漁業協定", en="the fishing agreement")
    silence = Silence(
        id="s-pact",
        topic=pact,
        topic_id="term.fishing_pact",
        source="seret-news",
        items=("i-seret-readout",),
        searched=("漁業協定", "the fishing agreement", "渔业协定"),
        text_sha256=(READOUT.version.text_sha256,),
    )
    formula = Formula(
        id="m-request",
        formula="at_request",
        phrase="at the request of",
        meaning=Bilingual(ja="相手の求めに応じた", en="held at the other side’s request"),
        issuer="body.seret_mfa",
        source="seret-news",
        item="i-seret-readout",
        present=False,
        history=History(present=0, of=0),
        called_usual=(find(PAPER, "文書には相手の求めに応じた場合の決まり文句がない。"),),
        searched=("at the request of",),
    )
    cells = (
        Cell(
            topic=pact,
            topic_id="term.fishing_pact",
            aliases=("the fishing agreement",),
            source="alba-mfa",
            item="i-alba",
            state="says",
            evidence=(find(ALBA, "the fishing agreement"),),
        ),
        Cell(
            topic=pact,
            topic_id="term.fishing_pact",
            aliases=("the fishing agreement",),
            source="seret-news",
            item="i-seret-readout",
            state="no_mention",
        ),
    )
    voices = tuple(
        Voice(
            lead=m.key,
            items=items,
            source=m.source.id,
            name=Name(en="x"),
            official=m.item.statement is not None,
            at=m.version.published,
        )
        for m, items in (
            (ALBA, ("i-alba",)),
            (READOUT, ("i-seret-readout",)),
            (SERET, ("i-seret",)),
            (PAPER, ("i-paper", "i-copy")),
        )
    )
    return Comparison(
        id="k-alba",
        event="e-alba",
        as_of=AS_OF,
        items=tuple(m.key for m in alba_packet().members),
        inputs={},
        headline_topics=("term.fishing_pact",),
        topics=("term.fishing_pact",),
        subject=call,
        voices=voices,
        claims=(call, proposed, welcomed, requested, initiated, view),
        quotes=(study, favour),
        figures=(long, short),
        disagreements=(who, length),
        agreements=(),
        silences=(silence,),
        formulae=(formula,),
        accounts=("c-welcomed",),
        interpretations=("c-view",),
        drifts=(
            Drift(
                id="x-edit",
                kind="edited",
                first=find(READOUT, "The two exchanged views on trade."),
                note=Bilingual(ja="文を追加", en="a sentence was added"),
            ),
        ),
        copies=alba_packet().copies,
        matrix=cells,
    )


__all__ = ["AS_OF", "Agreement", "alba", "alba_packet", "lexicon"]
