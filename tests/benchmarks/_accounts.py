"""Long invented accounts of one event in three languages: quotes, figures, names and acts in sentences that do not repeat."""

from __future__ import annotations

import random
import re
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from newsdigest.comparison.packet import Member, Packet
from newsdigest.items.item import Statement
from newsdigest.language.lexicon import Lexicon
from newsdigest.sources.source import Source
from tests.comparison.packets import member, packet

CHARACTERS = {"en": 6000, "ja": 2600, "zh": 2000}
"""About 1,000 words of each language."""

_START = datetime(2031, 5, 12, 3, tzinfo=UTC)

_SOURCES: tuple[Mapping[str, Any], ...] = (
    {"id": "lorvia-trade", "kind": "government", "lang": "en", "country": "XL", "title": "Lorvia Trade Ministry", "channel": "readout"},
    {"id": "kestria-mfa", "kind": "government", "lang": "zh", "country": "XK", "title": "凯斯特里亚外交部", "channel": "briefing"},
    {"id": "grey-wire", "kind": "wire", "lang": "en", "country": "GB", "title": "Grey Wire"},
    {"id": "sorami", "kind": "wire", "lang": "ja", "country": "JP", "title": "そらみ通信"},
    {"id": "kestria-agency", "kind": "state_media", "lang": "zh", "country": "XK", "title": "凯斯特里亚通讯社", "channel": "readout"},
    {"id": "harbour-post", "kind": "newspaper", "lang": "en", "country": "US", "title": "Harbour Post"},
    {"id": "kitano", "kind": "newspaper", "lang": "ja", "country": "JP", "title": "北野新聞"},
    {"id": "early-hour", "kind": "broadcaster", "lang": "en", "country": "XL", "title": "Early Hour TV", "channel": "interview"},
    {"id": "nantian", "kind": "newspaper", "lang": "zh", "country": "SG", "title": "南天日报"},
    {"id": "keisei", "kind": "broadcaster", "lang": "ja", "country": "JP", "title": "京星テレビ"},
)  # fmt: skip

_WORDS: dict[str, dict[str, tuple[str, ...]]] = {
    "en": {
        "side": ("Lorvia", "Kestria"),
        "person": ("Trade Minister Mira Solen", "Foreign Minister Tao Venn", "Deputy Minister Aldo Prins", "spokeswoman Ines Calder"),
        "again": ("Solen", "Venn", "Prins", "the spokeswoman", "the ministry", "she", "he"),
        "place": ("Porthaven", "Eastmere", "Cape Doran", "Singapore", "Geneva", "Osaka"),
        "goods": ("soybeans", "rice", "liquefied natural gas", "copper", "frozen fish", "machine parts", "steel", "semiconductors"),
        "unit": ("tons", "containers", "barrels", "shipments"),
        "topic": ("Taiwan", "fentanyl", "Ukraine", "rare earths", "climate change", "fisheries", "tariffs", "artificial intelligence"),
        "verb": ("said", "told reporters", "said in a statement", "said on Monday", "added"),
        "month": ("January", "March", "June", "September"),
        "people": ("dock workers", "growers", "exporters", "customs officers", "ship owners", "students"),
        "mood": ("a careful step", "a long road", "an honest talk", "no reason to hurry", "a matter for both sides"),
    },
    "ja": {
        "side": ("ロルビア", "ケストリア"),
        "person": ("ロルビアのソレン貿易相", "ケストリアのベン外相", "プリンス副大臣", "カルダー報道官"),
        "again": ("ソレン氏", "ベン氏", "同省", "報道官", "外相"),
        "place": ("ポートヘイブン", "イーストメア", "シンガポール", "ジュネーブ", "大阪"),
        "goods": ("大豆", "コメ", "液化天然ガス", "銅", "冷凍魚", "機械部品", "鉄鋼", "半導体"),
        "unit": ("トン", "隻分", "箱", "件"),
        "topic": ("台湾", "フェンタニル", "ウクライナ", "レアアース", "気候変動", "漁業", "関税", "人工知能"),
        "verb": ("述べた", "説明した", "語った", "明らかにした"),
        "month": ("1月", "3月", "6月", "9月"),
        "people": ("港湾労働者", "生産者", "輸出業者", "税関職員", "船主", "学生"),
        "mood": ("慎重な一歩だ", "道のりは長い", "率直な話し合いだった", "急ぐ理由はない", "双方の問題だ"),
    },
    "zh": {
        "side": ("洛尔维亚", "凯斯特里亚"),
        "person": ("洛尔维亚贸易部长索伦", "凯斯特里亚外长韦恩", "副部长普林斯", "发言人"),
        "again": ("索伦", "韦恩", "外交部", "发言人", "他"),
        "place": ("港湾市", "东梅尔", "新加坡", "日内瓦", "大阪"),
        "goods": ("大豆", "大米", "液化天然气", "铜", "冷冻鱼", "机械零件", "钢铁", "半导体"),
        "unit": ("吨", "箱", "桶", "批"),
        "topic": ("台湾", "芬太尼", "乌克兰", "稀土", "气候变化", "渔业", "关税", "人工智能"),
        "verb": ("说", "表示", "指出", "强调"),
        "month": ("1月", "3月", "6月", "9月"),
        "people": ("码头工人", "种植者", "出口商", "海关人员", "船东", "学生"),
        "mood": ("这是谨慎的一步", "路还很长", "这是坦诚的谈话", "没有理由着急", "这是双方的事"),
    },
}  # fmt: skip

_LEADS = {
    "en": "{person} of {side} and the other side's minister held talks in {place} on Monday about trade in {goods}.",
    "ja": "ロルビアとケストリアの閣僚は12日、{place}で会談し、{goods}の貿易について協議した。",
    "zh": "洛尔维亚和凯斯特里亚的部长12日在{place}举行会谈，讨论{goods}贸易。",
}

_SENTENCES: dict[str, tuple[str, ...]] = {
    "en": (
        "{person} {verb} that {side} had bought {n} {unit} of {goods} since {month}, {p} percent more than a year before.",
        "“We see {mood} in {goods}, and {n} {people} in {place} will feel it,” {person} {verb}.",
        "{side} asked for the talks in {place}, {person} {verb}, after {n} {people} had written to the ministry.",
        "The talks lasted about {s} minutes, {again} {verb}, and {topic} came up once before lunch.",
        "{side} denied that it had withdrawn from the {goods} agreement that {n} {people} depend on.",
        "According to {person}, the price of {goods} in {place} rose by {p}.{s} percent to ${n} between {month} and May.",
        "Asked about {topic}, {again} declined to comment and turned to the {n} {unit} of {goods} that wait in {place}.",
        "Some analysts said that {side} may want {mood}; others in {place} pointed at the {n} {unit} of {goods} sold in {month}.",
        "{again} said: “It is {mood}, and {topic} is another matter for {place}.”",
        "At least {n} {people} walked past the {goods} market of {place} on Sunday with drums, flags and a brass band.",
        "{side} will open {s} new offices in {place} by {month}, {person} {verb}, if the {goods} pact is signed.",
        "The harbour of {place} handled {n} {unit} of {goods} in {month}, against {n} the year before.",
        "People familiar with the matter told reporters that {side} proposed to cut tariffs on {goods} by {p} percent over {s} years.",
        "Rain fell on {place} through the night, and {people} moved {n} {unit} of {goods} under a roof by hand.",
        "{person} did not mention {topic} in {place}, though {n} {people} had signed a letter about it in {month}.",
        "{again} recalled that the two sides had met in {place} in {month} and had spoken of {topic} for {s} hours.",
    ),
    "ja": (
        "{person}は、{side}が{month}以降に{goods}を{n}{unit}購入し、前年より{p}%多いと{verb}。",
        "「{mood}。{place}の{people}{n}人に影響する」と{person}は{verb}。",
        "会談は{side}側の求めで{place}で開かれたと{person}が{verb}。{people}{n}人が要望書を出していた。",
        "会談は約{s}分続き、{topic}も議題になったと{again}は{verb}。",
        "{side}は、{people}{n}人が頼る{goods}の協定から離脱したとの報道を否定した。",
        "{person}によると、{place}の{goods}の価格は{month}から5月までに{p}.{s}%上がり、{n}ドルになった。",
        "{topic}について問われた{again}は回答を控え、{place}にとどまる{goods}{n}{unit}の話に移った。",
        "専門家の一人は「{side}は{mood}と考えているのではないか」とみる。{month}の{place}では{goods}が{n}{unit}売れた。",
        "少なくとも{n}人の{people}が日曜日、太鼓と旗を手に{place}の{goods}市場のわきを歩いた。",
        "{side}は{goods}の協定に署名すれば、{month}までに{place}に事務所を{s}カ所開く予定だと{person}は{verb}。",
        "{place}港が{month}に扱った{goods}は{n}{unit}で、前年は{n}{unit}だった。",
        "関係者によると、{side}は{goods}の関税を{s}年かけて{p}%下げる案を示したという。",
        "{place}では夜通し雨が降り、{people}は{n}{unit}の{goods}を手作業で屋根の下に移した。",
        "{person}は{place}で{topic}に触れなかった。{month}には{people}{n}人が署名を出している。",
    ),
    "zh": (
        "{person}{verb}，{side}自{month}以来购买了{n}{unit}{goods}，比上年多{p}%。",
        "{person}{verb}：“{mood}，{place}的{n}名{people}会感受到。”",
        "{person}{verb}，会谈是应{side}方面要求在{place}举行的，此前{n}名{people}致信该部。",
        "{again}{verb}，会谈持续了约{s}分钟，其间谈到{topic}。",
        "{side}否认已退出{n}名{people}所依赖的{goods}协定。",
        "据{person}介绍，{place}的{goods}价格{month}至5月上涨{p}.{s}%，达到{n}美元。",
        "被问及{topic}时，{again}不予置评，转而谈到滞留在{place}的{n}{unit}{goods}。",
        "有分析人士认为，{side}可能觉得{mood}；{month}{place}售出{goods}{n}{unit}。",
        "周日，至少{n}名{people}打着鼓、举着旗走过{place}的{goods}市场。",
        "{person}{verb}，如果{goods}协定签署，{side}将在{month}前在{place}开设{s}个办事处。",
        "{place}港{month}处理{goods}{n}{unit}，上年同期为{n}{unit}。",
        "知情人士透露，{side}提议在{s}年内将{goods}关税下调{p}%。",
        "{place}整夜下雨，{people}用手把{n}{unit}{goods}搬到屋檐下。",
        "{person}在{place}没有提到{topic}，而{month}有{n}名{people}为此签名。",
    ),
}

_TITLES = {
    "en": "{side} and partner differ on {goods} after talks in {place}",
    "ja": "{place}で閣僚会談　{goods}めぐり説明に食い違い",
    "zh": "部长会谈谈及{goods}　双方说法不一",
}


def accounts(items: int, seed: int, words: Lexicon, *, share: float = 1.0) -> Packet:
    """A packet of ``items`` accounts of about 1,000 words each (``share`` of that), the same for the same seed."""
    draw = random.Random(seed)
    return packet([_account(number, draw, share) for number in range(items)], words)


def _account(number: int, draw: random.Random, share: float) -> Member:
    raw = _SOURCES[number % len(_SOURCES)]
    language, channel = raw["lang"], raw.get("channel")
    source = Source(
        id=f"{raw['id']}-{number // len(_SOURCES)}",
        name={language: raw["title"]},
        kind=raw["kind"],
        language=language,
        country=raw["country"],
        address="https://accounts.invalid/",
        channel=channel,
    )
    spoken = channel is not None
    chosen = channel in ("readout", "post")
    statement = Statement(issuer=source.id, channel=channel, chosen=chosen, occasion="talks") if spoken else None
    document = {
        "lang": language,
        "title": _filled(_TITLES[language], language, draw),
        "body": _body(language, draw, int(CHARACTERS[language] * share)),
        "published": (_START + timedelta(minutes=7 * number)).isoformat(),
    }
    return member(source, [document], statement, f"account-{number}")


def _body(language: str, draw: random.Random, length: int) -> str:
    paragraphs = [_filled(_LEADS[language], language, draw)]
    while sum(map(len, paragraphs)) < length:
        chosen = draw.sample(_SENTENCES[language], draw.randint(2, 4))
        sentences = [_filled(sentence, language, draw) for sentence in chosen]
        paragraphs.append((" " if language == "en" else "").join(sentences))
    return "\n\n".join(paragraphs)


def _filled(template: str, language: str, draw: random.Random) -> str:
    def put(match: re.Match[str]) -> str:
        name = match.group(1)
        if name == "n":
            number = draw.randint(2, 90_000)
            return f"{number:,}" if language == "en" else str(number)
        if name in ("p", "s"):
            return str(draw.randint(2, 60))
        return draw.choice(_WORDS[language][name])

    text = re.sub(r"\{(\w+)\}", put, template)
    return text[0].upper() + text[1:]
