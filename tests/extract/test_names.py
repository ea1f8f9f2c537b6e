"""How names are chosen among candidates, and what the weights are learned from."""

from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

from kg.extract.names.features import before, behind, spelled, within
from kg.extract.names.proposals import proposals
from kg.extract.names.reading import prepared, readings
from kg.extract.names.scoring import model, scored
from kg.extract.text.segment import Sentence
from kg.model import Span
from training.labels import Labelled, labelled, sentences
from training.learn import HERE, learned, mean_of


def told(text: str) -> Sentence:
    return Sentence(Span(0, len(text)), text)


def test_a_score_is_the_sum_of_the_weights_of_its_features():
    sentence = told("青川微电子与北陵工业大学合作研制传感器。")
    seen, found = prepared(sentence, proposals(sentence, gazetteer=True))
    ((kept, scores),) = scored(model(), [(seen, found)])
    assert len(kept) > 3
    for row, one in enumerate(kept):
        groups = [*before(seen, one.start), *behind(seen, one.end), *within(seen, one)]
        rows = [model().rows[name] for group in groups for name in spelled(group) if name in model().rows]
        column = model().classes.index("Enterprise")
        assert model().weights[rows, column].sum() == pytest.approx(float(scores[row, column]), abs=1e-3)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("记者从望川县科技局获悉,去年新增专利210件。", {"望川县科技局": "GovernmentBody"}),
        ("锚定未来,青川新区加快建设。", {"青川新区": "Park"}),
        ("岚图集团第二总部项目主体结构封顶。", {"岚图集团第二总部项目": "Project"}),
        ("各镇引进大量先进制造项目,一批重点企业相继投产。", {}),
        ("线上线下活动吸引了上级科技部门和有关单位。", {}),
    ],
    ids=["an office behind 从", "a zone behind a verb", "an owner within a project", "kinds", "words within words"],
)
def test_names_begin_and_end_where_they_do(text: str, names: dict[str, str]):
    (found,) = readings([told(text)], True)
    assert {mention.name: mention.type for mention in found.mentions} == names


def test_a_name_within_a_name_is_kept():
    (found,) = readings([told("岚图集团第二总部项目主体结构封顶。")], True)
    assert ("岚图集团", "Enterprise") in {(mention.name, mention.type) for mention in found.nested}


def test_marks_tell_where_names_stand_and_which_classes_are_right():
    one = labelled("比如，[[青川](Place)高新区](Park)的[岚图](?Enterprise)获[星火奖](Award|Recognition)。")
    assert one.text == "比如,青川高新区的岚图获星火奖。"
    assert [(one.text[m.start : m.end], m.types, m.sure) for m in one.labels] == [
        ("青川高新区", ("Park",), True),
        ("岚图", ("Enterprise",), False),
        ("星火奖", ("Award", "Recognition"), True),
    ]


@pytest.mark.parametrize("line", ["[岚图](Enterprise", "岚图](Enterprise)", "[岚图](Firm)", "[岚图]"])
def test_marks_that_are_not_in_pairs_or_of_no_class_are_refused(line: str):
    with pytest.raises(ValueError, match="岚图"):
        labelled(line)


def test_there_are_three_thousand_labelled_sentences_and_none_twice():
    texts = [one.text for one in sentences(HERE / "sentences")]
    assert len(texts) >= 3000
    assert len(set(texts)) >= 0.99 * len(texts)


def test_the_same_sentences_give_the_same_weights():
    few: list[Labelled] = list(sentences(HERE / "sentences"))[:60]
    one, other = (mean_of([learned(few, 2, seed) for seed in (3, 5)]) for _ in range(2))
    assert one.rows == other.rows
    assert np.array_equal(one.weights, other.weights)


def test_the_phase_behind_a_site_is_no_part_of_its_name():
    (found,) = readings([told("云岭生物医药产业园二期开工建设。")], True)
    assert [(mention.name, mention.type) for mention in found.mentions] == [("云岭生物医药产业园", "Park")]


def test_scores_are_the_same_from_several_threads():
    firms = ["星岳仪表", "岚图智控", "禾沐基因", "拾光影业"] * 6
    texts = [told(f"{firm}与北陵工业大学合作研制压力传感器{n}台。") for n, firm in enumerate(firms)]
    alone = [readings([text], True)[0].mentions for text in texts]
    model.cache_clear()  # so that all begin with nothing remembered
    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(lambda text: readings([text], True)[0].mentions, texts)) == alone
