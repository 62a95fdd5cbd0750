"""Invented events of other shapes: a collision, a fire with a rising toll, a recall, a denial, one lone report."""

from __future__ import annotations

from newsdigest.comparison.packet import Member
from newsdigest.items.item import Statement
from tests.drafts.events import member, source


def ship() -> tuple[Member, ...]:
    return (
        member(
            "a1",
            "en",
            "Coast Guard statement on collision near Reef",
            'A Nordia Coast Guard vessel was struck by Vestland coast guard ship 3104 at 9:20 a.m. on 4 May near Hallam Reef, the Nordia Coast Guard said. Two crew members were injured. The Vestland ship rammed the Nordia vessel, Commodore Jay Tarl said. "This was a dangerous manoeuvre," he said.',
            "2031-05-04T04:00:00+00:00",
            source=source("ncg", {"en": "Nordia Coast Guard"}, "government", "en", "Nordia", "Asia/Manila"),
            statement=Statement(issuer="Nordia Coast Guard", channel="statement", chosen=True),
        ),
        member(
            "a2",
            "zh",
            "维斯特兰海警局发言人谈话",
            "维斯特兰海警局发言人说，诺迪亚海警船不顾警告，故意撞击维斯特兰海警船，责任完全在诺迪亚。事故没有造成人员受伤。",
            "2031-05-04T06:00:00+00:00",
            source=source("vcg", {"zh": "维斯特兰海警局"}, "government", "zh", "Vestland", "Asia/Shanghai"),
            statement=Statement(issuer="维斯特兰海警局", channel="statement", chosen=True),
        ),
        member(
            "a3",
            "ja",
            "南方海域で巡視船同士が衝突、2人けが",
            "ノルディア沿岸警備隊は4日、ハラム礁付近でヴェストランド海警局の船に衝突され、乗組員2人がけがをしたと発表した。ヴェストランド側は、ノルディアの船が衝突してきたと主張している。専門家は「緊張が高まる可能性がある」とみている。",
            "2031-05-04T08:00:00+00:00",
            source=source("jt", {"ja": "北都新聞"}, "newspaper", "ja", "JP", "Asia/Tokyo"),
        ),
    )


def fire() -> tuple[Member, ...]:
    return (
        member(
            "b1",
            "en",
            "Fire at Karlo market kills 12",
            "A fire at a market in Karlo killed at least 12 people and injured 30, the fire service said on Tuesday. The cause is under investigation.",
            "2031-06-03T02:00:00+00:00",
            source=source("w", {"en": "Eastern Wire"}, "wire", "en", "Karlonia"),
        ),
        member(
            "b2",
            "ja",
            "カルロの市場で火災、15人死亡",
            "カルロの市場で3日、火災があり、地元の消防によると少なくとも15人が死亡した。40人が病院に運ばれた。",
            "2031-06-03T06:00:00+00:00",
            source=source("j2", {"ja": "西都テレビ"}, "broadcaster", "ja", "JP", "Asia/Tokyo"),
        ),
        member(
            "b3",
            "en",
            "Fire service update",
            "The number of deaths in the market fire has risen to 15, the Karlo Fire Service said. 42 people are being treated.",
            "2031-06-03T07:00:00+00:00",
            source=source("kfs", {"en": "Karlo Fire Service"}, "government", "en", "Karlonia"),
            statement=Statement(issuer="Karlo Fire Service", channel="statement", chosen=True),
        ),
    )


def recall() -> tuple[Member, ...]:
    return (
        member(
            "c1",
            "ja",
            "当社製品の自主回収について",
            "アスター電機は10日、携帯充電器「モバ10」約3万2000台を自主回収すると発表した。発煙の報告が4件あった。けが人はいない。",
            "2031-07-10T05:00:00+00:00",
            source=source("aster", {"ja": "アスター電機"}, "company", "ja", "JP", "Asia/Tokyo"),
            statement=Statement(issuer="アスター電機", channel="statement", chosen=True),
        ),
        member(
            "c2",
            "en",
            "Aster Electric recalls 32,000 chargers",
            "Aster Electric said on Thursday it will recall about 32,000 portable chargers in Japan after four reports of smoke. One person was slightly burned, according to a consumer agency official who asked not to be named.",
            "2031-07-10T09:00:00+00:00",
            source=source("ew", {"en": "Eastern Wire"}, "wire", "en", "US"),
        ),
    )


def denial() -> tuple[Member, ...]:
    return (
        member(
            "d1",
            "en",
            "Minister weighed resignation, sources say",
            "Finance Minister Oda Brenn considered resigning over the budget, two people familiar with the matter said.",
            "2031-08-01T05:00:00+00:00",
            source=source("ew", {"en": "Eastern Wire"}, "wire", "en", "US"),
        ),
        member(
            "d2",
            "en",
            "Statement by the ministry",
            'Finance Minister Oda Brenn denied that he considered resigning. "There is no truth in it," the ministry said.',
            "2031-08-01T09:00:00+00:00",
            source=source("fm", {"en": "Ministry of Finance of Ardenia"}, "government", "en", "Ardenia"),
            statement=Statement(issuer="Ministry of Finance of Ardenia", channel="statement", chosen=True),
        ),
    )


def lone() -> tuple[Member, ...]:
    return (
        member(
            "e1",
            "ja",
            "静かな朝",
            "きょうは静かな朝だった。",
            "2031-08-05T05:00:00+00:00",
            source=source("j", {"ja": "港北日報"}, "newspaper", "ja", "JP", "Asia/Tokyo"),
        ),
    )
