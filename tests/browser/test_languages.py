"""Two complete pages: the English one without Chinese, the Chinese one without English."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.browser.driving import HAN

if TYPE_CHECKING:
    from tests.browser.driving import Desk

SOURCES = ".panel-sources ol, .publisher"
"""Publications and publishers are named as they are printed."""
SWITCH = "#language"
"""Each language is named in itself."""
WORDS = """(apart) => {
  const found = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const owner = walker.currentNode.parentElement;
    if (owner.closest(apart) || owner.closest('script, style, noscript')) continue;
    found.push([owner.closest('[id]')?.id || '', walker.currentNode.textContent.trim()]);
  }
  for (const item of document.querySelectorAll('[title], [aria-label], [placeholder]')) {
    if (item.closest(apart)) continue;
    for (const name of ['title', 'aria-label', 'placeholder'])
      if (item.getAttribute(name)) found.push([item.id, item.getAttribute(name)]);
  }
  return found.filter(([, words]) => words);
}"""
"""All texts of the page, folded ones too, with what is read out or shown on hover."""
ENGLISH = re.compile(r"(?:\b[A-Za-z][a-z]{2,}\b[ ,;]+){3,}\b[a-z]{2,}\b")
"""Four English words on end."""
VIEWS = {
    "county": "regions=110112",
    "side by side": "regions=110112,133100,130000&level=city&indicator=gdp",
    "circle": "circle=tianjin",
    "layers": "regions=130828&layers=fill,circles,cities,labels,clusters,parks,computing,gates",
}


@pytest.mark.parametrize("view", list(VIEWS))
def test_the_english_page_holds_no_chinese(desk: Desk, view: str) -> None:
    desk.move(f"?{VIEWS[view]}&lang=en")
    expect(desk.page).to_have_title("Beijing–Tianjin–Hebei Industrial Atlas")
    expect(desk.page.locator("h1")).to_have_text("Beijing–Tianjin–Hebei Industrial Atlas")
    assert desk.page.locator("html").get_attribute("lang") == "en"
    texts = desk.page.evaluate(WORDS, f"{SOURCES}, {SWITCH}")
    assert len(texts) > 300
    chinese = [(where, words) for where, words in texts if HAN.search(words)]
    assert chinese == []


def test_the_english_map_holds_no_chinese(desk: Desk) -> None:
    desk.move(f"?{VIEWS['layers']}&lang=en")
    desk.settle()
    texts = desk.traces("""(traces) => traces.flatMap((t) => [
      ...(t.text || []), ...(t.hovertext || []), t.hovertemplate || '',
      ...(t.customdata || []).map((c) => String(c)) ])""")
    assert "Beijing" in texts
    assert [words for words in texts if HAN.search(words)] == []


def test_the_english_lists_hold_no_chinese(desk: Desk) -> None:
    desk.move("?regions=130828&lang=en")
    for control in ("scheme", "indicator", "benchmark", "regions", "filter-clusters"):
        desk.page.locator(f"#{control}").click()
        options = desk.page.get_by_role("listbox").get_by_role("option")
        expect(options.first).to_be_visible()
        names = options.all_inner_texts()
        assert len(names) > 3, control
        assert [name for name in names if HAN.search(name)] == []
        desk.page.keyboard.press("Escape")
        desk.page.locator(f"#{control}").blur()
        expect(options).to_have_count(0)


@pytest.mark.parametrize("view", list(VIEWS))
def test_the_chinese_page_holds_no_english_sentence(desk: Desk, view: str) -> None:
    desk.move(f"?{VIEWS[view]}")
    expect(desk.page).to_have_title("京津冀产业协同图谱")
    assert desk.page.locator("html").get_attribute("lang") == "zh-Hans"
    texts = desk.page.evaluate(WORDS, f"{SOURCES}, {SWITCH}")
    assert len(texts) > 300
    english = [(where, words) for where, words in texts if ENGLISH.search(words)]
    assert english == []


def test_the_switch_changes_the_language_and_keeps_the_rest(desk: Desk) -> None:
    desk.move("?regions=130828&indicator=gdp")
    desk.press("language", "en")
    desk.has(lang="en", regions="130828", indicator="gdp")
    expect(desk.page.locator("#selection-panel .crumbs")).to_contain_text("County-level unit")
    expect(desk.page).to_have_title("Beijing–Tianjin–Hebei Industrial Atlas")
    desk.settle()
    desk.outlined("130828")
    desk.press("language", "zh")
    desk.has(lang="", regions="130828", indicator="gdp")
    expect(desk.page.locator("#selection-panel .crumbs")).to_contain_text("县级单元")
    desk.settle()
    desk.outlined("130828")


def test_a_label_on_the_english_map_is_english(desk: Desk) -> None:
    desk.move("?circle=shijiazhuang&regions=130131&lang=en")
    label = desk.page.evaluate(
        """() => document.querySelector('#map .js-plotly-plot')._fullData[0].hovertemplate"""
    )
    assert "Rank %{customdata[1]} of 199" in label
    assert not HAN.search(label)
