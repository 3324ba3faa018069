"""The report in a browser: no sideways scrolling, nothing fetched, links that open what they lead to, the dark."""
from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import pytest

from whence.exports.report import render
from whence.model import Tables

if TYPE_CHECKING:
    from playwright.sync_api import Browser

CHROMIUM = Path("/usr/bin/chromium")
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update",
             "--disable-sync"]
api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
pytestmark = pytest.mark.skipif(not CHROMIUM.exists(), reason=f"{CHROMIUM} is missing (apt-get install chromium)")

UNFOLD = "document.querySelectorAll('details').forEach(details => details.open = true)"
CONTRAST = """() => {
  const light = colour => {
    const [r, g, b] = colour.match(/[0-9.]+/g).slice(0, 3).map(part => part / 255)
      .map(part => part <= .04045 ? part / 12.92 : ((part + .055) / 1.055) ** 2.4);
    return .2126 * r + .7152 * g + .0722 * b;
  };
  const behind = element => {
    for (let at = element; at; at = at.parentElement) {
      const colour = getComputedStyle(at).backgroundColor;
      if (colour !== 'rgba(0, 0, 0, 0)') return colour;
    }
  };
  return Math.min(...[...document.querySelectorAll('body *')]
    .filter(element => [...element.childNodes].some(node => node.nodeType === 3 && node.textContent.trim()))
    .map(element => [light(getComputedStyle(element).color), light(behind(element))].sort((a, b) => b - a))
    .map(([above, below]) => (above + .05) / (below + .05)));
}"""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with api.sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=str(CHROMIUM), args=ARGUMENTS)
        yield found
        found.close()


@pytest.fixture(scope="module")
def address(dispute: Tables, tmp_path_factory: pytest.TempPathFactory) -> str:
    path = tmp_path_factory.mktemp("report") / "report.html"
    path.write_text(render(dispute), encoding="utf8")
    return path.as_uri()


@pytest.mark.parametrize("width", [360, 1280])
def test_nothing_scrolls_sideways(browser: Browser, address: str, width: int) -> None:
    with browser.new_page(viewport={"width": width, "height": 800}) as page:
        page.goto(address)
        page.evaluate(UNFOLD)
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        wide = page.evaluate("[...document.querySelectorAll('body *')].filter(e => e.getBoundingClientRect().right > "
                             "innerWidth + 1 && getComputedStyle(e).position !== 'absolute').map(e => e.outerHTML)")
        assert wide == []


def test_nothing_is_fetched_and_nothing_is_refused(browser: Browser, address: str) -> None:
    asked, said = [], []
    with browser.new_page() as page:
        page.on("request", lambda request: asked.append(request.url))
        page.on("console", lambda message: said.append(message.text))
        page.goto(address)
    assert [url for url in asked if not url.startswith("data:")] == [address]
    assert said == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_all_text_stands_out(browser: Browser, address: str,
                             scheme: Literal["light", "dark"]) -> None:
    with browser.new_page(color_scheme=scheme) as page:
        page.goto(address)
        page.evaluate(UNFOLD)
        assert page.evaluate(CONTRAST) >= 4.5, "WCAG 2.2, success criterion 1.4.3"
        red = page.evaluate("getComputedStyle(document.body).backgroundColor.match(/[0-9]+/)[0]")
        assert (int(red) < 60) == (scheme == "dark")


def test_a_list_leads_into_what_is_folded(browser: Browser, address: str) -> None:
    with browser.new_page() as page:
        page.goto(address)
        page.get_by_role("link", name="Some 4,000 animals").click()
        assert page.locator(".article[open] li:target").is_visible()


def test_a_quotation_leads_to_its_place_in_the_article_and_to_its_source(browser: Browser, address: str) -> None:
    with browser.new_page() as page:
        page.goto(address)
        listed = page.locator("#quotations li").nth(0)
        listed.locator("a").nth(0).focus()
        page.keyboard.press("Enter")
        assert page.locator(".article[open] .check:target").is_visible()
        listed.locator("a").nth(1).click()
        assert page.locator(".article[open] .place:target").is_visible()


def test_a_change_leads_to_the_passage_that_made_it(browser: Browser, address: str) -> None:
    with browser.new_page() as page:
        page.goto(address)
        page.locator(".way a").nth(0).click()
        assert page.locator("details[open] .passage:target").is_visible()


def test_the_keyboard_reaches_all(browser: Browser, address: str) -> None:
    with browser.new_page() as page:
        page.goto(address)
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.className") == "skip"
        assert page.evaluate("document.activeElement.getBoundingClientRect().left") >= 0
        page.locator(".article summary").nth(0).focus()
        page.keyboard.press("Enter")
        assert page.locator(".article[open]").count() == 1


def test_the_drawing_stands_beside_its_words(browser: Browser, address: str) -> None:
    with browser.new_page(viewport={"width": 360, "height": 800}) as page:
        page.goto(address)
        apart = page.evaluate("""() => {
          const middle = element => { const box = element.getBoundingClientRect(); return (box.top + box.bottom) / 2; };
          const drawing = document.querySelector('.drawing');
          const nodes = [...drawing.querySelectorAll('.spot')].map(middle);
          return [...drawing.querySelectorAll('li')].map((row, at) => Math.abs(middle(row) - nodes[at]));
        }""")
    assert len(apart) == 6
    assert max(apart) < 2
