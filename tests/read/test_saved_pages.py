"""Pages saved from the web: the article without the site, its title, day and source, in one file or as HTML."""

import base64
import datetime as dt
import quopri
from pathlib import Path

import pytest

from kg.errors import ReadError
from kg.extract import extract
from kg.model import Document
from kg.read import read

FIRST = "<p>2023年上半年，云湖区新认定高新技术企业126家，同比增长18.5%。</p>"
LAST = "<p>下一步，区科技局将加快建设云湖软件园，力争年底前投用。</p>"
ARTICLE = FIRST + "<p>全区技术合同成交额28.6亿元，增长9.1%；新增孵化器3家，其中国家级1家。</p>" + LAST
TITLE = "云湖区科技局2023年上半年工作总结"
MENU = (
    "<div><a href='/'>首页</a><a href='/news'>政务动态</a></div><div>今天是：2024年1月5日 星期五</div><div>当前位置：首页 > 政务动态</div>"
)
FOOT = "<div>主办单位：云湖区人民政府办公室 备案号：12345</div>"


def page(tmp_path: Path, body: str, head: str = "") -> Document:
    path = tmp_path / "page.html"
    path.write_text(f"<html><head>{head}</head><body>{body}</body></html>", encoding="utf-8")
    return read(path)


TOLD = {
    "by its meta elements": (
        f"<meta name='ArticleTitle' content='{TITLE}'><meta name='PubDate' content='2023-07-06 10:20:30'><title>政务动态</title>",
        f"{MENU}<div>{ARTICLE}</div>{FOOT}",
    ),
    "by the line that the page's title holds": (
        f"<title>{TITLE}_政务动态_云湖区人民政府</title>",
        f"{MENU}<h2>{TITLE}</h2><div>发布时间：2023-07-06 来源：区科技局 浏览次数：12</div><div>{ARTICLE}</div>{FOOT}",
    ),
    "by the line above the one that dates it": (
        "<title>云湖区人民政府门户网站</title>",
        f"{MENU}<div>{TITLE}</div><div>发布日期：2023年7月6日 字体：大 中 小</div><div>{ARTICLE}</div>{FOOT}",
    ),
    "by its line, a mark before it": (
        f"<title>{TITLE}</title>",
        f"{MENU}<div><span>原创</span> {TITLE}</div><div>2023/7/6 09:00</div><div>{ARTICLE}</div>{FOOT}",
    ),
    "by Open Graph": (
        f"<meta property='og:title' content='{TITLE}'><meta property='article:published_time' content='2023-07-06T08:00:00+08:00'>",
        f"{MENU}<div>{ARTICLE}</div>{FOOT}",
    ),
    "without a title element": ("", f"{MENU}<div>{TITLE}</div><div>发稿时间：2023/7/6 【字体：大 中 小】</div><div>{ARTICLE}</div>{FOOT}"),
}


@pytest.mark.parametrize(("head", "body"), TOLD.values(), ids=TOLD.keys())
def test_a_page_tells_its_title_and_day(tmp_path: Path, head: str, body: str):
    stated = extract(page(tmp_path, body, head)).document
    assert (stated.title, stated.date) == (TITLE, dt.date(2023, 7, 6))


@pytest.mark.parametrize(("head", "body"), TOLD.values(), ids=TOLD.keys())
def test_a_page_is_read_without_its_site(tmp_path: Path, head: str, body: str):
    lines = page(tmp_path, body, head).text.split("\n")
    assert lines[0].startswith("2023年上半年，云湖区新认定")
    assert lines[-1].endswith("力争年底前投用。")


def test_a_page_without_a_day_gets_none(tmp_path: Path):
    assert page(tmp_path, f"<h1>{TITLE}</h1>{ARTICLE}<div>版权所有 2019-2024</div>").date is None


def test_the_office_that_published_a_page_issues_it_and_a_newspaper_does_not(tmp_path: Path):
    body = "<h1>上半年科技创新情况</h1><div>发布时间：2023-07-06 来源：{}</div><div>" + ARTICLE + "</div>"
    assert extract(page(tmp_path, body.format("云湖区科技局"))).document.issuer == "云湖区科技局"
    assert extract(page(tmp_path, body.format("云湖日报"))).document.issuer != "云湖日报"


def test_a_page_within_a_form_is_read(tmp_path: Path):
    body = f"<form id='aspnetForm'>{MENU}<table><tr><td><h1>{TITLE}</h1>{ARTICLE}</td></tr></table></form>"
    assert "同比增长18.5%" in page(tmp_path, body).text


def test_what_a_page_hides_is_not_read_unless_it_is_the_article(tmp_path: Path):
    spam = "<div style='display:none'>买卖 发票 代开 游戏 私服</div>"
    assert "发票" not in page(tmp_path, f"{spam}<div>{ARTICLE}</div>").text
    assert "同比增长18.5%" in page(tmp_path, f"<div>首页</div><div id='js' style='visibility: hidden'>{ARTICLE}</div>").text


def test_words_struck_through_are_left_out_and_said(tmp_path: Path):
    document = page(tmp_path, f"<div>{ARTICLE}<p>新增企业<del>9</del>3家。</p></div>")
    assert document.text.endswith("新增企业3家。")
    assert document.remarks == ("page.html: struck-through words were left out (1): '9'.",)


def test_a_small_element_that_is_marked_as_the_article_does_not_hide_the_rest(tmp_path: Path):
    body = f"<div class='content_main'>扫一扫</div><div><div>{ARTICLE}</div></div>"
    assert page(tmp_path, body).text.count("。") == 3


def test_what_stands_behind_the_end_of_a_page_is_read(tmp_path: Path):
    path = tmp_path / "page.html"
    path.write_text(f"<html><body><p>开头一句，没有别的。</p></body></html><div>{ARTICLE}</div>", encoding="utf-8")
    assert "力争年底前投用" in read(path).text


def test_a_copied_page_begins_with_its_headline_not_with_its_site(tmp_path: Path):
    path = tmp_path / "copied.txt"
    path.write_text(f"正文复制\n今天是:2024年1月5日\n首页 > 政务动态\n{TITLE}\n上半年，新认定高新技术企业126家。\n", encoding="utf-8")
    assert extract(read(path)).document.title == TITLE


def archive(parts: list[tuple[str, str, bytes]], start: str = "") -> bytes:
    """A page and what came with it, as programs save it: (headers, encoding, content) each."""
    related = f'; start="{start}"' if start else ""
    head = f'From: <Saved>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related; type="text/html"; boundary="=_part"{related}\r\n\r\n'
    body = b"".join(
        b"--=_part\r\n" + f"{headers}\r\nContent-Transfer-Encoding: {encoding}\r\n\r\n".encode() + content + b"\r\n"
        for headers, encoding, content in parts
    )
    return head.encode() + body + b"--=_part--\r\n"


HTML = f"<html><head><title>{TITLE}</title></head><body><h1>{TITLE}</h1><div>发布时间：2023-07-06</div><div>{ARTICLE}</div></body></html>"
PICTURE = ("Content-Type: image/png\r\nContent-Location: http://127.0.0.1/a.png", "base64", base64.b64encode(b"\x89PNG"))
SAVED = {
    "quoted-printable, UTF-8": ("Content-Type: text/html; charset=utf-8", "quoted-printable", quopri.encodestring(HTML.encode())),
    "base64, GBK named GB2312": ("Content-Type: text/html; charset=gb2312", "base64", base64.encodebytes(HTML.encode("gb18030"))),
    "8bit, no charset": ("Content-Type: text/html", "8bit", HTML.encode("gb18030")),
    "a charset that nobody knows": ("Content-Type: text/html; charset=x-unknown", "base64", base64.encodebytes(HTML.encode())),
}


@pytest.mark.parametrize("ending", ["mht", "mhtml"])
@pytest.mark.parametrize("part", SAVED.values(), ids=SAVED.keys())
def test_a_page_saved_in_one_file_is_read(tmp_path: Path, ending: str, part: tuple[str, str, bytes]):
    path = tmp_path / f"page.{ending}"
    path.write_bytes(archive([PICTURE, part]))
    document = read(path)
    assert (document.title, document.date, document.media_type) == (TITLE, dt.date(2023, 7, 6), "multipart/related")
    assert document.text.split("\n")[-1].endswith("力争年底前投用。")


def test_the_page_that_a_file_names_as_its_start_is_read(tmp_path: Path):
    other = ("Content-Type: text/html; charset=utf-8", "8bit", "<p>框架里的广告，别读。</p>".encode())
    headers, encoding, content = SAVED["quoted-printable, UTF-8"]
    path = tmp_path / "page.mht"
    path.write_bytes(archive([other, (f"{headers}\r\nContent-ID: <main@page>", encoding, content)], "<main@page>"))
    assert read(path).title == TITLE


BAD = {
    "no page in it": (archive([PICTURE]), "holds no saved page"),
    "an empty page": (archive([("Content-Type: text/html; charset=utf-8", "8bit", b"  ")]), "holds an empty page"),
    "no words": (archive([("Content-Type: text/html; charset=utf-8", "8bit", b"<p></p>")]), "holds no text"),
    "cut off": (archive([SAVED["quoted-printable, UTF-8"]])[:120], "holds no saved page"),
}


@pytest.mark.parametrize(("data", "said"), BAD.values(), ids=BAD.keys())
def test_a_bad_saved_page_is_refused_in_one_line(tmp_path: Path, data: bytes, said: str):
    path = tmp_path / "page.mht"
    path.write_bytes(data)
    with pytest.raises(ReadError, match=said) as refused:
        read(path)
    assert "\n" not in str(refused.value)
