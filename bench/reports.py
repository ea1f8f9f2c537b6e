"""Reports of invented districts as their offices write them, any number, the same for the same seed; what each name stands for is known.

`python -m bench.reports FOLDER [COUNT]` writes them (1000 where left out), and `identities.csv` beside the folder.
"""

import csv
import random
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import product
from pathlib import Path

DISTRICTS = tuple(f"{name}区" for name in (
    "临溪", "苍岭", "望湖", "清屿", "东濂", "南棠", "北苇", "西柘", "锦汀", "云麓", "石帆", "双槐", "白渚",
    "平澜", "金鹭", "紫岑", "晴川", "松浦", "梧江", "霁山", "广澄", "安澜", "永岫", "新桉", "长芦",
))  # fmt: skip
FIRST = "启恒博睿凌科泽瀚辰宏卓锐云星海天中华智汇金安明德远航浩景森蓝澜岚禾旭曜骏鼎晟翎溯屹祺"
SECOND = "芯源视拓微讯通达联创维航图数控晶谷能驰锋翼翔泰诺信腾越锐邦尔森特盛岳峰朗衡序界川"
TRADES = ("半导体", "智能科技", "生物医药", "信息技术", "新材料", "机器人", "软件", "精密仪器", "环保科技", "电子", "航空科技", "数据服务")
FORMS = ("有限公司", "有限公司", "有限公司", "股份有限公司", "集团有限公司")
PARKS = ("{stem}软件园", "{stem}产业园", "{stem}科技园", "{stem}智造园", "{stem}生物医药园", "{district}高新技术产业园")
FIELDS = ("集成电路", "人工智能", "生物医药", "工业软件", "智能网联汽车", "新能源", "物联网", "云计算")
SCHOOLS = ("理工大学", "交通大学", "科技大学", "工业大学")
HALVES = (("上半年", "下半年", "7月"), ("下半年", "次年上半年", "1月"))
NUMERALS = "一二三四五六七八九十"
FIRMS_A_DISTRICT, NATIONWIDE = 420, 400


@dataclass(frozen=True, slots=True)
class Known:
    """A thing of the invented world: its class, and the names under which reports speak of it, the full one first."""

    identity: str
    type: str
    names: tuple[str, ...]

    @property
    def full(self) -> str:
        """The whole name."""
        return self.names[0]

    @property
    def short(self) -> str:
        """The shortest name."""
        return self.names[-1]


@dataclass(slots=True)
class District:
    """What is in a district."""

    name: str
    firms: list[Known] = field(default_factory=list)
    parks: list[Known] = field(default_factory=list)
    institutes: list[Known] = field(default_factory=list)
    offices: list[Known] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class World:
    """All districts, and firms that many of them speak of."""

    districts: tuple[District, ...]
    nationwide: tuple[Known, ...]

    def known(self) -> Iterator[Known]:
        """Everything that has a name."""
        yield from self.nationwide
        for district in self.districts:
            yield from (*district.firms, *district.parks, *district.institutes, *district.offices)


def world(seed: int = 2024) -> World:
    """The invented world."""
    chance = random.Random(seed)  # noqa: S311  # a fixed sequence, no secret
    stems = [a + b for a, b in product(FIRST, SECOND)]
    chance.shuffle(stems)
    longer = [a + b for a, b in product(stems, "禾柏乔霖岱洲屿弘铭麒")]
    chance.shuffle(longer)
    nationwide = tuple(_firm(f"n{number}", stem, "", chance) for number, stem in enumerate(stems[:NATIONWIDE]))
    stems = stems[NATIONWIDE:] + longer
    return World(tuple(_district(name, stems, number, chance) for number, name in enumerate(DISTRICTS)), nationwide)


def _firm(identity: str, stem: str, place: str, chance: random.Random) -> Known:
    trade, form = chance.choice(TRADES), chance.choice(FORMS)
    return Known(f"firm-{identity}", "Enterprise", (f"{place}{stem}{trade}{form}", f"{stem}{trade}", stem))


def _district(name: str, stems: list[str], number: int, chance: random.Random) -> District:
    made, place = District(name), name.removesuffix("区")
    for one in range(FIRMS_A_DISTRICT):
        made.firms.append(_firm(f"{number}-{one}", stems.pop(), place if one % 3 == 0 else "", chance))
    for one, pattern in enumerate(PARKS):
        full = pattern.format(stem=stems.pop()[:2], district=place)
        made.parks.append(Known(f"park-{number}-{one}", "Park", (full,)))
    for one, school in enumerate(SCHOOLS):
        made.institutes.append(Known(f"institute-{number}-{one}", "ResearchInstitute", (f"{place}{school}",)))
    for office, short in (("科学技术委员会", "科委"), ("经济和信息化委员会", "经信委")):
        made.offices.append(Known(f"office-{number}-{short}", "GovernmentBody", (f"{name}{office}", f"{name}{short}")))
    return made


def reports(count: int, seed: int = 2024) -> Iterator[tuple[str, str]]:
    """Name and text of each report: districts in turn, then their offices, then half years from 2015 on."""
    made = world(seed)
    for number in range(count):
        turn, place = divmod(number, len(made.districts))
        half, office = divmod(turn, 2)
        year, which = divmod(half, 2)
        district = made.districts[place]
        chance = random.Random(f"{seed}-{number}")  # noqa: S311  # a fixed sequence, no secret
        yield f"{number:04}-{district.name}", _Report(made, district, office, 2015 + year, which, chance).text()


class _Report:
    """One report while it is written."""

    def __init__(self, made: World, district: District, office: int, year: int, half: int, chance: random.Random) -> None:
        self.world, self.district, self.chance = made, district, chance
        self.office, self.year, self.half = district.offices[office], year, half
        self.rest = chance.sample(district.firms, len(district.firms))

    def text(self) -> str:
        """Title, opening, what was done, what is planned."""
        this, following, month = HALVES[self.half]
        issued = self.year + self.half
        title = f"{self.office.short}{self.year}年{this}工作总结和{following}工作要点"
        opening = f"{self.year}年{this}，{self.office.full}（以下简称{self.office.short}）围绕{self.district.name}发展大局，推动科技创新。"
        done = [self._industry(this), self._parks(this), self._partners(), self._projects(), self._listed(), self._policies()]
        sections = [f"（{NUMERALS[n]}）{head}\n{body}" for n, (head, body) in enumerate(done)]
        return "\n".join([title, "", opening, f"一、{this}主要工作", *sections, f"二、{following}工作要点", self._plans(),
                          f"{self.office.full}", f"{issued}年{month}10日"])  # fmt: skip

    def _take(self, count: int) -> list[Known]:
        taken, self.rest = self.rest[:count], self.rest[count:]
        return taken

    def _row(self, firms: Sequence[Known], which: int) -> str:
        return "、".join(firm.names[which] for firm in firms)

    def _number(self, low: int, high: int) -> int:
        return self.chance.randint(low, high)

    def _industry(self, this: str) -> tuple[str, str]:
        first, second = self.chance.sample(FIELDS, 2)
        growth = self._number(-50, 400) / 10
        lines = [
            f"{this}，{self.district.name}规模以上工业总产值{self._number(100, 9000) / 10}亿元，"
            f"同比{'增长' if growth >= 0 else '下降'}{abs(growth)}%；"
            f"{first}产业产值{self._number(20, 900) / 10}亿元，{second}产业营收XX亿元，同比增长{self._number(1, 300) / 10}%。",
            f"累计认定高新技术企业{self._number(100, 2000)}家，技术合同成交额{self._number(10, 900) / 10}亿元。",
        ]
        lines += [f"{firm.full}营收{self._number(2, 400) / 10}亿元，同比增长{self._number(1, 600) / 10}%。" for firm in self._take(3)]
        return "产业稳中有进", "".join(lines)

    def _parks(self, this: str) -> tuple[str, str]:
        lines = []
        for park in self.district.parks:
            new = self._take(11)
            lines.append(
                f"{park.full}引进{self._row(new[:2], 0)}等企业{self._number(3, 40)}家，累计入驻企业{self._number(40, 900)}家，"
                f"{self._row(new[2:], 1)}入驻{park.full}。"
            )
        return "园区提质扩容", "".join(lines)

    def _partners(self) -> tuple[str, str]:
        lines = []
        for institute in self.district.institutes:
            one, other, third = self._take(3)
            lines.append(
                f"推动{one.full}与{institute.full}共建{self.chance.choice(FIELDS)}联合实验室，{other.names[1]}与{third.names[1]}签订战略合作协议。"
            )
        leaders = self.chance.sample(self.world.nationwide, 6)
        lines += [f"{one.full}（以下简称“{one.short}”）与{self._take(1)[0].full}开展技术合作。" for one in leaders[:2]]
        lines.append(f"组织{self._row(leaders[2:], 1)}与区内企业对接。")
        return "产学研合作深化", "".join(lines)

    def _projects(self) -> tuple[str, str]:
        stages = ("已开工", "主体结构封顶", "已竣工", "已签约", "投入使用")
        lines = [f"{firm.names[1]}总部项目{self.chance.choice(stages)}。" for firm in self._take(8)]
        return "重大项目见成效", "".join(lines)

    def _listed(self) -> tuple[str, str]:
        grants, giants, stars = self._take(32), self._take(30), self._take(24)
        lines = [
            f"{self._row(grants, 1)}等{len(grants)}家企业获评专精特新中小企业。",
            f"{self._row(giants[:6], 0)}获认定为国家级专精特新“小巨人”企业，{self._row(giants[6:], 1)}等企业通过复核。",
            f"走访{self._row(stars, 1)}等{len(stars)}家企业。",
        ]
        return "主体持续壮大", "".join(lines)

    def _policies(self) -> tuple[str, str]:
        name = self.district.name
        about = self.chance.sample(FIELDS, 2)
        return "政策环境优化", (
            f"出台《{name}关于促进{about[0]}产业发展的若干措施（{self.year}年版）》，修订《{name}{about[1]}专项资金管理办法》。"
            f"给予{self._take(1)[0].full}扶持资金{self._number(50, 900)}万元。"
        )

    def _plans(self) -> str:
        park, firms = self.chance.choice(self.district.parks), self._take(4)
        return (
            f"力争全年高新技术企业新增{self._number(20, 90)}家。计划年内{firms[0].names[1]}总部项目竣工，{firms[1].names[1]}二期项目开工。"
            f"推动{firms[2].full}、{firms[3].full}落户{park.full}。"
        )


def write(folder: Path, count: int, seed: int = 2024) -> int:
    """Write reports as text files, and beside the folder what each name stands for; the number of their characters."""
    folder.mkdir(parents=True)
    size = 0
    for name, text in reports(count, seed):
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
        size += len(text)
    with (folder.parent / "identities.csv").open("w", encoding="utf-8", newline="") as out:
        rows = csv.writer(out)
        rows.writerow(("name", "identity", "type"))
        rows.writerows((name, one.identity, one.type) for one in world(seed).known() for name in one.names)
    return size


if __name__ == "__main__":
    print(f"{write(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 1000):,} characters")
