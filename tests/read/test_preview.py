from pathlib import Path

import pytest

from kg.read import read

PAGE = """南山区科委2022年工作总结(20230105).docx
《南山区科委2022年工作总结(20230105).docx》由会员分享，可在线阅读，更多相关《南山区科委2022年工作总结(20230105).docx(3页珍藏版)》请在某某文库上搜索。
1、南山区科委2022年工作总结全年引进企业35家,其中集成电
2、路企业12家。园区建设有序推进,创新平台建设取得
3、新成效。人才工作扎实开展。
- 配套讲稿:
本文档另附讲稿一份。
- 关 键 词:
- 科委 2022 工作总结
"""


@pytest.fixture
def page(tmp_path: Path) -> Path:
    path = tmp_path / "page.txt"
    path.write_text(PAGE, encoding="utf-8")
    return path


def test_lines_of_the_site_are_dropped(page: Path):
    text = read(page).text
    assert text.startswith("南山区科委2022年工作总结全年引进企业35家")
    assert text.endswith("人才工作扎实开展。")


def test_a_word_cut_by_a_page_mark_is_joined(page: Path):
    assert "其中集成电路企业12家。" in read(page).text
    assert "取得新成效。" in read(page).text


def test_every_character_leads_back_to_the_page(page: Path):
    document = read(page)
    assert all(PAGE[document.offsets.to_raw(i)] == char for i, char in enumerate(document.text))


def test_numbered_lines_of_an_ordinary_report_stay(tmp_path: Path):
    path = tmp_path / "plain.txt"
    path.write_text("工作要点\n1、引进企业。\n2、培育企业。\n", encoding="utf-8")
    assert read(path).text == "工作要点\n1、引进企业。\n2、培育企业。\n"


def test_a_number_out_of_order_is_no_page_mark(tmp_path: Path):
    path = tmp_path / "page.txt"
    path.write_text(PAGE.replace("3、新成效", "7、新成效"), encoding="utf-8")
    assert "7、新成效" in read(path).text


def test_the_real_page_loses_its_site_and_its_page_marks(real_report: Path):
    document = read(real_report)
    assert document.title.startswith("区科委2023年上半年工作总结")
    assert "珍藏版" not in document.text
    assert "配套讲稿" not in document.text
    assert "工业软件和云服务等细分领域" in document.text  # a page mark stood inside 工业软件
    assert len(document.offsets.raw) == 7
