"""A family of graphs: empty, tiny, tables only, RDF of others with odd things in it, twenty reports, and hostile names."""

# ruff: noqa: E501  # a line of Turtle or of names is read better whole

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from kg.workspace.workspace import Workspace
from tests.matrix.commands import NOBODY, kg, quiet
from tests.matrix.facts import EVERYTHING, of_names, stored

DOCUMENTS = Path(__file__).parent / "documents"
PREFIXES = """@prefix id: <https://w3id.org/innovation-kg/id/> .
@prefix ino: <https://w3id.org/innovation-kg/ontology#> .
@prefix inc: <https://w3id.org/innovation-kg/concept/> .
@prefix doc: <https://w3id.org/innovation-kg/doc/> .
@prefix nif: <http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix dct: <http://purl.org/dc/terms/> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix ex: <https://example.org/> .
"""
SAID = '<https://w3id.org/innovation-kg/doc/odd#import> nif:anchorOf "一句话。" .'
TABLES = {
    "企业名单.csv": "企业名称,简称,所在地区,主要技术,合作伙伴\n云杉软件,云杉,临湖区,操作系统、编译器,松果芯片\n松果芯片,,,处理器,\n,,,,\n",
    "项目.csv": "项目名称,建设主体,所在地区,分部,进度,是否计划,计划期限\n临湖数据中心,云杉软件,临湖区,一期,主体结构封顶,否,\n临湖数据中心,云杉软件,,二期,开工,是,2031-06-30\n",
    "奖项.csv": "奖项名称,年度,获奖单位数\n临湖市科技进步奖一等奖,2029,3\n临湖市科技进步奖二等奖,2029,\n",
    "政策.csv": "政策名称,发布机构,适用对象,状态\n《临湖区算力券管理办法》,临湖区科委,云杉软件,研究制定\n《临湖区旧厂房改造办法》,,,废止\n",
}
ODD = """
# not a thing of ours, no label, no class
ex:nobody ex:knows ex:other , [ ex:knows [ ex:name "无名"@zh ] ] , ( 1 2 3 ) .
<urn:isbn:9787111111111> ex:about <mailto:someone@example.org> , <http://example.org/a b|{c}> .
# a label without a language, several languages, several labels, an empty one, one of blanks, numbers for labels
id:甲 a ino:Enterprise ; rdfs:label "甲" , "Jia"@en , "甲"@ja , "甲公司"@zh-Hant ; skos:altLabel "阿甲"@zh .
id:乙 a ino:Enterprise , ino:Park , ex:Anything ; rdfs:label ""@zh , " "@zh , 7 , 7.5 , true .
id:丙 a ino:Enterprise .
id:丁 a ino:Technology ; rdfs:label "丁"@zh ; ino:partOf id:丁 .
id:戊 a ino:Park ; rdfs:label "\\u202e园区\\u200f\\uFEFF"@zh .
id:甲 ino:cooperatesWith id:乙 , id:丙 , id:甲 , ex:nobody , "一段文字" ; ino:develops id:丁 , 5 .
id:乙 ino:develops id:丁 ; ino:locatedIn id:甲 . id:戊 ino:focusesOn id:丁 .
# figures whose values are no numbers, no days, no years, or beyond all measure
id:数1 a ino:Observation ; ino:indicatorText "产值" ; ino:disclosure inc:disclosed ; ino:planned false ;
  ino:value "1e400"^^xsd:double , "NaN"^^xsd:double , "-INF"^^xsd:double , "很多"^^xsd:decimal ; ino:growth "INF"^^xsd:double ; ino:rank "第一" .
id:数2 a ino:Observation ; ino:indicatorText "税收" ; ino:disclosure inc:withheld ; ino:planned true ; ino:aboutText "甲" ;
  ino:growth "NaN"^^xsd:double ; ino:periodStart "2023-13-45"^^xsd:date ; ino:periodEnd "2023-00-00"^^xsd:date ;
  ino:lower "-INF"^^xsd:double ; ino:upper "INF"^^xsd:double .
id:数3 a ino:Observation ; ino:indicatorText "人数" ; ino:disclosure inc:approximate ; ino:planned "也许" ; ino:about id:甲 ;
  ino:value 123456789012345678901234567890123456789 ; ino:growth "很快" ; ino:valuePrinted "123" ; ino:rank -3 ; ino:rankScope "全市" ;
  ino:periodStart "99999-01-01"^^xsd:date ; ino:periodEnd "-0044-03-15"^^xsd:date .
id:数4 a ino:Observation ; ino:indicatorText 2020 ; ino:disclosure ex:elsewhere ; ino:planned false ; ino:growth 1e308 , 12 , "0.3"^^xsd:decimal ;
  ino:periodStart "2023-06-30"^^xsd:date ; ino:periodEnd "2023-01-01"^^xsd:date .
id:数5 a ino:Observation ; ino:indicatorText "户数" ; ino:disclosure inc:disclosed ; ino:planned false ; ino:growth true ;
  ino:periodStart "2023-01-01T00:00:00+08:00"^^xsd:dateTime ; ino:periodEnd "2023"^^xsd:gYear .
# events with odd sides
id:奖 a ino:Award ; rdfs:label "某奖"@zh ; ino:grade ex:nograde , inc:first-prize . ex:nograde skos:notation "x" .
id:颁 a ino:AwardGrant ; ino:concerns id:奖 ; ino:year "二〇二三" , "12023"^^xsd:gYear ; ino:recipient [ ino:memberCount "若干" ] .
id:拨 a ino:FundingGrant ; ino:concerns id:甲 ; ino:amount "INF"^^xsd:double , "一笔钱" ; ino:projectCount 1.5 .
id:节点 a ino:Milestone ; ino:concerns id:甲 ; ino:status inc:completed , ex:nostatus ; ino:planned true ; ino:due "2023-02-30"^^xsd:date , "明年" .
id:约 a ino:Commitment ; ino:concerns id:甲 ; ino:statusText "办好" ; ino:due "2024-02-29"^^xsd:date , "年底" ; ino:participant id:乙 .
id:策 a ino:Policy ; rdfs:label "某办法"@zh ; ino:policyKind ex:nokind .
id:动 a ino:PolicyAction ; ino:concerns id:策 ; ino:status ex:nostatus , inc:in-force . ex:nostatus skos:notation 5 .
id:合 a ino:Cooperation ; rdfs:label "合作"@zh ; ino:participant id:甲 , id:乙 , id:甲 ; ino:field id:丁 ; ino:expectedEffect id:数3 , ex:nobody .
# events without a label that are part of each other, in a ring and as a crowd in which each is part of all
id:环1 a ino:Milestone ; ino:participant id:甲 ; ino:concerns id:环2 . id:环2 a ino:Milestone ; ino:concerns id:环1 , id:环2 .
%(crowd)s
# numbers of more digits than anybody needs, and exponents that would fill all memory
id:数6 a ino:Observation ; ino:indicatorText "产量" ; ino:disclosure inc:disclosed ; ino:planned false ; ino:about id:甲 ;
  ino:value "1E99999999"^^xsd:decimal , %(digits)s , %(digits)s.5 , 18446744073709551616 ; ino:growth %(digits)s ; ino:rank %(digits)s .
id:数7 a ino:Observation ; ino:indicatorText "销量" ; ino:disclosure inc:approximate ; ino:planned false ; ino:about id:甲 ;
  ino:lower "-1E-99999999"^^xsd:double , -9223372036854775809 ; ino:upper "1E99999999"^^xsd:double , "1_000"^^xsd:integer ; ino:growth 0.%(digits)s ;
  ino:periodStart "99999999999-01-01"^^xsd:date ; ino:periodEnd "2023-W01-1"^^xsd:date .
id:拨2 a ino:FundingGrant ; ino:concerns id:甲 ; ino:amount %(digits)s , "1E99999999"^^xsd:decimal ; ino:projectCount %(digits)s .
id:颁2 a ino:AwardGrant ; ino:concerns id:奖 ; ino:year "99999999999"^^xsd:gYear , "-1"^^xsd:gYear ; ino:recipient [ ino:memberCount %(digits)s ] .
# durations, markup, the last moment of the last year
id:甲 ino:note "P1Y2M"^^xsd:duration , "<b>粗</b>"^^rdf:XMLLiteral , "<i>斜</i>"^^rdf:HTML , "9999-12-31T23:59:59Z"^^xsd:dateTime ,
  "AAEC"^^xsd:base64Binary , "--02-30"^^xsd:gMonthDay , "24:00:00"^^xsd:time , "ein"^^ex:own , "-00"^^xsd:integer , "maybe"^^xsd:boolean .
# documents that say odd things of themselves, and the sentence that makes all of this readable as a passage
ex:document a ino:Document ; dct:issued "2023-13-45"^^xsd:date ; ino:periodEnd "某日" .
ex:another a ino:Document ; rdfs:label "另一份"@zh ; dct:issued "-0001-01-01"^^xsd:date .
doc:odd dct:issued "99999-12-31"^^xsd:date ; ino:periodEnd "去年" .
%(said)s
"""
CROWD = "\n".join(
    f"id:众{a} a ino:Milestone ; ino:participant id:甲 ; ino:concerns {' , '.join(f'id:众{b}' for b in range(12))} ." for a in range(12)
)
HOSTILE = (
    "\"双引号\"'单引号'", "<script>alert(1)</script>", "</script><!--", "&amp;&lt;{{ 7*7 }}{% x %}", "\u202e倒着写的公司\u200f", "a\u0001b\u0008c\u000b\u001f",
    "甲" * 300, "🏭🚀公司👩‍🔬", "20230630", "=1+1", "@SUM(A1)", "-2", "\t制表\n换行\r回车", "C:\\path\\园区", "../../etc/passwd", "%2e%2e", "$x^2$ \\frac{1}{2}",
    "[x](javascript:1)", "`rm -rf`", "# 标题", "\ufeff带BOM", "\u0000空字符", "\ufffe非字符", "￿", "e\u0301\u0302\u0303组合", "Ｆｕｌｌ　ｗｉｄｔｈ", "null", "NaN", "[]:*?/\\",
)  # fmt: skip


@dataclass(frozen=True)
class Made:
    """A graph: its workspace, and the name of a thing in it (of nobody where it holds none)."""

    workspace: Path
    thing: str


def empty(folder: Path) -> Made:
    with Workspace(folder / "w").writing():
        pass
    return Made(folder / "w", NOBODY)


def ingested(folder: Path, files: dict[str, str], thing: str) -> Made:
    (folder / "files").mkdir()
    for name, text in files.items():
        (folder / "files" / name).write_text(text, encoding="utf-8")
    done = Workspace(folder / "w").ingest([folder / "files"])
    assert {one.status for one in done} == {"added"}, done
    return Made(folder / "w", thing)


def one_thing(folder: Path) -> Made:
    return ingested(folder, {"a.txt": "推进滨江软件园建设。"}, "滨江软件园")


def tables(folder: Path) -> Made:
    return ingested(folder, TABLES, "云杉软件")


def twenty(folder: Path) -> Made:
    assert {one.status for one in Workspace(folder / "w").ingest([DOCUMENTS])} == {"added"}
    return Made(folder / "w", "海岳光电")


def imported(folder: Path, turtle: str, thing: str, name: str = "odd.ttl") -> Made:
    """RDF of another tool alone."""
    (folder / name).write_text(PREFIXES + turtle, encoding="utf-8")
    with quiet():
        Workspace(folder / "w").add_rdf(folder / name)
    return Made(folder / "w", thing)


def rdf_only(folder: Path) -> Made:
    return imported(
        folder,
        'id:甲 a ino:Enterprise ; rdfs:label "甲"@zh ; ino:cooperatesWith id:乙 . id:乙 a ino:Enterprise ; rdfs:label "乙"@zh .',
        "甲",
    )


def odd_rdf(folder: Path) -> Made:
    return imported(folder, ODD % {"said": "", "crowd": CROWD, "digits": "7" * 5000}, "甲")


def odd_passage(folder: Path) -> Made:
    """The same odd statements in a passage whose sentence is known, so that every page and report shows them."""
    return imported(folder, ODD % {"said": SAID, "crowd": CROWD, "digits": "7" * 5000}, "甲")


def many_classes(folder: Path) -> Made:
    lines = [f'ex:thing{n} a ex:Class{n} ; rdfs:label "事物{n}"@zh ; ex:leads{n % 40} ex:thing{(n * 7 + 1) % 1000} .' for n in range(1000)]
    return imported(folder, "\n".join(lines), "事物1")


def hostile(folder: Path) -> Made:
    """Things with names that no writer of a page would think of, joined in a ring, each figure and event with them too."""
    stored(of_names(HOSTILE), folder / "w")
    return Made(folder / "w", HOSTILE[0])


def everything(folder: Path) -> Made:
    """A fact of each class, predicate, event and disclosure."""
    stored(EVERYTHING, folder / "w")
    return Made(folder / "w", "Enterprise一号")


def ring(folder: Path) -> Made:
    """Figures of a network whose things are all alike."""
    names = [f"企业{n}" for n in range(60)]
    lines = [
        f'id:{a} a ino:Enterprise ; rdfs:label "{a}"@zh ; ino:cooperatesWith id:{b} .'
        for a, b in zip(names, names[1:] + names[:1], strict=True)
    ]
    return imported(folder, "\n".join([*lines, SAID]), "企业1")


def alone(folder: Path) -> Made:
    """Things without a tie."""
    lines = [f'id:园{n} a ino:Park ; rdfs:label "园{n}"@zh .' for n in range(30)]
    return imported(folder, "\n".join([*lines, SAID]), "园1")


def restored(folder: Path) -> Made:
    """The twenty reports after a backup, a removal and a restore from an exported file."""
    made = twenty(folder)
    assert kg("backup", folder / "copy", "-w", made.workspace).status == 0
    assert kg("remove", "plan-2025", "-w", made.workspace).status == 0
    assert kg("restore", folder / "copy", "--replace", "-w", made.workspace).status == 0
    assert kg("export", "--format", "trig", "-o", folder / "all.trig", "-w", made.workspace).status == 0
    shutil.rmtree(made.workspace)
    assert kg("restore", folder / "all.trig", "-w", made.workspace).status == 0
    return made


GRAPHS: dict[str, Callable[[Path], Made]] = {
    make.__name__: make
    for make in (empty, one_thing, tables, twenty, rdf_only, odd_rdf, odd_passage, many_classes, hostile, everything, ring, alone, restored)
}
