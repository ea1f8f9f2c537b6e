"""Long lists and lines: each name once, nothing lost at the seams, work that grows with the text."""

from kg.model import Facts
from tests.conftest import facts_of


def names_of(facts: Facts, kind: str) -> list[str]:
    return [entity.name for entity in facts.entities if entity.type == kind]


def test_parks_told_apart_by_their_numbers_stay_apart():
    facts = facts_of("推进望川9号产业园、望川19号产业园、望川199号产业园、望川产业园建设。")
    assert names_of(facts, "Park") == ["望川9号产业园", "望川19号产业园", "望川199号产业园", "望川产业园"]


def test_a_short_name_stands_for_the_one_park_that_it_abbreviates_among_many_others():
    others = "".join(f"推进青禾{number}号产业园建设。\n" for number in range(300))
    facts = facts_of(f"{others}推进望川软件信息园建设。\n望川软件园新增企业3家。")
    assert len(names_of(facts, "Park")) == 301
    assert "望川软件信息园" in names_of(facts, "Park")
    assert "望川软件园" not in names_of(facts, "Park")


def test_a_short_name_of_two_enterprises_is_nobodys():
    facts = facts_of("引进望川微电子科技有限公司、望川微电子设备有限公司。望川微电子入选市级专精特新企业。")
    assert "望川微电子" in names_of(facts, "Enterprise")
