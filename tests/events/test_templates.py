"""Events that are told by one template, in three languages: none of them merges with its like."""

from __future__ import annotations

import pytest

from newsdigest.events.cluster import cluster
from newsdigest.events.scorer import Weights
from newsdigest.language.lexicon import Lexicon
from tests import labelled
from tests.events.builders import document

Told = tuple[str, str, float, str, str]

# Each row: event, language, hours after the start, title, text.
CASES: dict[str, list[Told]] = {
    "elections": [
        ("varda", "en", 0, "Mirel Onta wins presidential election in Varda", "Mirel Onta of the Green League won Varda's presidential election with 54 percent of the vote, the electoral board in Lowen said."),
        ("varda", "ja", 2, "バルダ大統領選、オンタ氏が当選", "バルダの大統領選は開票の結果、緑の同盟のミレル・オンタ氏が得票率54%で当選した。選管がローエンで発表した。"),
        ("varda", "zh", 3, "翁塔赢得瓦尔达总统选举", "瓦尔达选举委员会宣布，绿色联盟候选人米雷尔·翁塔以54%的得票率赢得总统选举。"),
        ("seret", "en", 4, "Dario Kesh wins presidential election in Seret", "Dario Kesh of the Labour Front won Seret's presidential election with 61 percent of the vote, the electoral board in Pomar said."),
        ("seret", "ja", 5, "セレト大統領選、ケシュ氏が当選", "セレトの大統領選は開票の結果、労働戦線のダリオ・ケシュ氏が得票率61%で当選した。選管がポマルで発表した。"),
        ("seret", "zh", 6, "凯什赢得塞雷特总统选举", "塞雷特选举委员会宣布，劳动阵线候选人达里奥·凯什以61%的得票率赢得总统选举。"),
    ],
    "prizes": [
        ("physics", "en", 0, "Halden Prize in physics goes to Orla Tenn for neutrino work", "The Halden Prize in physics was awarded to Orla Tenn of Lowen University for measuring the mass of neutrinos."),
        ("physics", "ja", 1, "ハルデン物理学賞にテン氏　ニュートリノ研究", "ハルデン物理学賞はニュートリノの質量を測定したローエン大のオルラ・テン氏に贈られる。"),
        ("literature", "en", 24, "Halden Prize in literature goes to novelist Sami Voreth", "The Halden Prize in literature was awarded to the novelist Sami Voreth for his trilogy on exile."),
        ("literature", "zh", 25, "小说家沃雷特获哈尔登文学奖", "哈尔登文学奖授予小说家萨米·沃雷特，以表彰其关于流亡的三部曲。"),
    ],
    "quakes": [
        ("north", "en", 0, "Magnitude 5.8 quake shakes Keld; no damage reported", "A magnitude 5.8 earthquake struck off Keld in northern Varda at 3:12 a.m. There were no reports of damage."),
        ("north", "ja", 1, "ケルド沖でM5.8の地震　被害なし", "バルダ北部のケルド沖で午前3時12分、マグニチュード5.8の地震があった。被害の報告はない。"),
        ("south", "en", 5, "Magnitude 6.4 quake shakes Tamor; two hurt", "A magnitude 6.4 earthquake struck near Tamor in southern Seret at 9:40 a.m. Two people were hurt."),
        ("south", "zh", 6, "塔莫尔发生6.4级地震 2人受伤", "塞雷特南部塔莫尔附近上午9时40分发生6.4级地震，2人受伤。"),
    ],
    "visits": [
        ("to_kenya", "en", 0, "Varda's president Onta visits Seret for trade talks", "Varda's president, Mirel Onta, arrived in Pomar on Monday for two days of talks on trade with Seret's leaders."),
        ("to_kenya", "ja", 1, "バルダのオンタ大統領、セレト訪問　通商協議", "バルダのオンタ大統領は3日、ポマルに到着し、セレト首脳と通商をめぐり2日間協議する。"),
        ("by_halden", "en", 3, "Halden's premier Brask visits Tessaly for defence talks", "Halden's prime minister, Jon Brask, arrived in Corrin on Monday for talks on a defence pact with Tessaly's leaders."),
        ("by_halden", "zh", 4, "哈尔登总理布拉斯克访问特萨利", "哈尔登总理约恩·布拉斯克3日抵达科林，将就防务协定同特萨利领导人会谈。"),
    ],
    "briefing": [
        ("fish", "zh", 0, "外交部发言人就海鲜进口问题答记者问", "发言人说，中方将根据检测结果决定是否恢复进口有关国家的海鲜产品。"),
        ("fish", "ja", 1, "中国外務省、水産物の輸入再開「検査次第」", "中国外務省の報道官は定例会見で、水産物の輸入再開は検査の結果次第だと述べた。"),
        ("space", "zh", 0, "外交部发言人就载人航天合作答记者问", "发言人说，中方欢迎各国航天员进入中国空间站，愿开展国际合作。"),
        ("space", "en", 2, "China says foreign astronauts are welcome on its space station", "A foreign ministry spokesman said China welcomed astronauts of all countries on its space station."),
    ],
    "a_month_earlier": [
        ("april", "en", 0, "Leaders of Varda and Seret discuss fishing rights by phone", "The leaders of Varda and Seret talked by phone about fishing rights, Varda's government said."),
        ("april", "ja", 1, "バルダとセレトの首脳、漁業権で電話会談", "バルダとセレトの首脳が漁業権について電話で協議した。バルダ政府が発表した。"),
        ("may", "en", 24 * 30, "Leaders of Varda and Seret discuss fishing rights by phone again", "The leaders of Varda and Seret talked by phone about fishing rights, Varda's government said."),
        ("may", "zh", 24 * 30 + 1, "瓦尔达和塞雷特领导人通电话讨论渔业权", "瓦尔达政府说，瓦尔达和塞雷特领导人就渔业权通了电话。"),
    ],
    "markets": [
        ("tariff", "en", 0, "Varda puts 15 percent tariff on Seret's copper", "Varda will put a tariff of 15 percent on copper from Seret from June 1, its trade minister, Ana Korr, said."),
        ("tariff", "zh", 1, "瓦尔达对塞雷特铜加征15%关税", "瓦尔达贸易部长安娜·科尔宣布，自6月1日起对塞雷特的铜加征15%关税。"),
        ("futures", "en", 2, "Copper futures close higher on stock data", "Copper futures rose 0.8 percent to 9,412 dollars a tonne as warehouse stocks fell, brokers said."),
        ("futures", "ja", 3, "銅先物、小幅高　在庫減で", "銅の先物は在庫の減少を受けて0.8%高の1トン9412ドルで引けた。"),
    ],
    "same_place_two_weeks_earlier": [
        ("crane", "en", 0, "Crane collapses at Lowen shipyard, one hurt", "A crane collapsed at the shipyard in Lowen, Varda, on Monday. One worker was hurt."),
        ("crane", "ja", 1, "ローエンの造船所でクレーン倒れ1人けが", "バルダのローエンの造船所で3日、クレーンが倒れ、作業員1人がけがをした。"),
        ("blast", "en", 24 * 14, "Blast at Lowen shipyard kills four", "An explosion at the shipyard in Lowen, Varda, killed four workers on Monday."),
        ("blast", "zh", 24 * 14 + 1, "洛温造船厂爆炸致4人死亡", "瓦尔达洛温的一家造船厂17日发生爆炸，4名工人死亡。"),
    ],
    "same_day_elsewhere": [
        ("mill", "ja", 0, "北浜市の製紙工場で火災、3人死亡", "3日午前4時ごろ、北浜市の製紙工場から出火し、約8000平方メートルを焼いた。従業員3人が死亡した。"),
        ("mill", "en", 2, "Paper mill fire kills three in Kitahama", "Three workers died when a paper mill burned in Kitahama, Japan, early on Monday, the fire department said."),
        ("mill", "zh", 3, "日本北浜市造纸厂火灾致3人死亡", "日本北浜市一家造纸厂3日凌晨发生火灾，3名员工死亡。"),
        ("house", "ja", 1, "東沢市の民家で火災、1人死亡", "3日午前1時半ごろ、東沢市の民家から出火し、約70平方メートルを焼いた。焼け跡から1人が見つかった。"),
    ],
    "anniversary": [
        ("flood", "en", 0, "Flood in Keld leaves 40 dead", "At least 40 people died when the river Arn flooded Keld, Varda, on Monday."),
        ("flood", "ja", 1, "ケルドで洪水、40人死亡", "バルダのケルドで3日、アルン川があふれ、少なくとも40人が死亡した。"),
        ("memory", "en", 2, "Keld marks 50th anniversary of great flood", "Keld held a ceremony for the 300 people who died in the flood of the river Arn fifty years ago."),
        ("memory", "zh", 3, "凯尔德纪念大洪水50周年", "凯尔德举行仪式，纪念50年前阿恩河洪水中遇难的300人。"),
    ],
    "roundups_and_live": [
        ("verdict", "en", 0, "Court jails former Varda minister Tolk for six years", "A court in Lowen sentenced the former energy minister Per Tolk to six years for bribery."),
        ("verdict", "ja", 1, "バルダ元エネルギー相に禁錮6年", "ローエンの裁判所は収賄の罪でペル・トルク元エネルギー相に禁錮6年を言い渡した。"),
        ("roundup", "en", 2, "World news in brief: Tolk jailed, ferry strike ends", "Six years for Per Tolk, once in charge of power stations, after a trial on bribes. Also: ferry crews go back to work."),
        ("live", "en", 3, "LIVE: Tolk sentenced, reaction from Lowen", "The judge has read out the sentence on Per Tolk: six years. We bring you reaction from outside the court all day."),
        ("list", "zh", 4, "国际要闻速览：托尔克获刑六年 渡轮罢工结束", "洛温法院以受贿罪判处托尔克六年监禁。渡轮船员结束罢工。"),
    ],
}  # fmt: skip


@pytest.fixture(scope="module")
def found(lexicon: Lexicon, weights: Weights) -> dict[str, list[set[str]]]:
    """The events of each case, every document named ``event/number``."""
    result = {}
    for name, rows in CASES.items():
        documents = [
            document(f"{event}/{number}", title, text, language, hours)
            for number, (event, language, hours, title, text) in enumerate(rows)
        ]
        vectors, _ = labelled.encode(documents)
        events = cluster(documents, vectors, lexicon=lexicon, weights=weights).events
        result[name] = [set(event.items) for event in events]
    return result


@pytest.mark.parametrize("case", CASES)
def test_no_event_takes_another_of_its_template(case: str, found: dict[str, list[set[str]]]) -> None:
    mixed = [keys for keys in found[case] if len({key.split("/")[0] for key in keys}) > 1]
    assert mixed == []


def test_apart_is_not_all_that_they_are(found: dict[str, list[set[str]]]) -> None:
    """Half of the pairs of one event in two languages are found, or the test above would pass on a clusterer that joins nothing."""
    pairs = together = 0
    for case, rows in CASES.items():
        keys = [f"{row[0]}/{number}" for number, row in enumerate(rows)]
        for i, first in enumerate(keys):
            for second in keys[:i]:
                if first.split("/")[0] == second.split("/")[0]:
                    pairs += 1
                    together += any({first, second} <= group for group in found[case])
    assert together >= pairs / 2, (together, pairs)
