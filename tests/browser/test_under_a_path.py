"""Under a path behind nginx, whether it takes the path off or not, nothing is asked outside it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from dashboard.pages.callbacks import PAGES
from tests.browser.conftest import LAPTOP
from tests.browser.driving import DRAWN, FIRST_VISIT, IDLE, sit_down
from tests.browser.pages import THERE, WITH_MAP, unfolded
from tests.deploy.proxy import NAME, gunicorns, proxy

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser

    from geodata.build.cache import Manifest
    from tests.browser.driving import Desk
    from tests.deploy.proxy import Gunicorn

pytestmark = pytest.mark.proxy

HOME: Final = "/atlas"


@pytest.fixture(scope="module")
def server(manifest: Manifest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Gunicorn]:
    folder = tmp_path_factory.mktemp("server")
    settings = {"JJJ_ATLAS_CACHE": str(manifest.folder.parent), "JJJ_ATLAS_RATE": "0"}
    with gunicorns(folder, 1, settings) as (started,):
        yield started


@pytest.fixture(scope="module", params=[False, True], ids=["kept", "taken off"])
def desk(
    request: pytest.FixtureRequest,
    server: Gunicorn,
    browser: Browser,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Desk]:
    folder = tmp_path_factory.mktemp("nginx")
    with (
        proxy(folder, [server.port], f"{HOME}/", strip=request.param) as site,
        sit_down(
            browser,
            f"https://{NAME}:{site.secure}",
            LAPTOP,
            fresh=True,
            ignore_https_errors=True,  # the certificate is signed by itself
            accept_downloads=True,
        ) as seated,
    ):
        yield seated


def stands(desk: Desk, path: str) -> None:
    """Wait until a page stands with all that is drawn on it."""
    desk.page.wait_for_function(
        THERE.replace("path !== '/data'", f"path !== '{HOME}/data'"),
        arg=HOME + path,
        timeout=FIRST_VISIT,
    )
    if path in WITH_MAP:
        desk.page.wait_for_function(DRAWN, timeout=FIRST_VISIT)
    desk.page.wait_for_function(IDLE, timeout=FIRST_VISIT)


def passed_on(desk: Desk) -> None:
    """Choose an indicator and load the address that this writes."""
    desk.choose("indicator", "地区生产总值")
    desk.has(indicator="gdp")
    desk.settle()
    expect(desk.page.locator("#legend .legend-name")).to_contain_text("地区生产总值")
    desk.page.goto(desk.page.url)
    stands(desk, "/")
    assert desk.page.title() == "京津冀产业协同图谱"
    links = desk.page.eval_on_selector_all(
        "a[href]", "all => all.map(({ origin, pathname }) => [origin, pathname])"
    )
    own = desk.page.evaluate("location.origin")
    assert {
        path for host, path in links if host == own and not path.startswith(f"{HOME}/")
    } == set()


def taken(desk: Desk, path: str) -> None:
    """Take the tables and files of a page."""
    if path == "/compare":
        unfolded(desk)
        menu = desk.page.locator(".export").first
        menu.locator("select[name=kind]").select_option("csv")
        with desk.page.expect_download() as download:
            menu.locator(".export-go").click()
        assert download.value.suggested_filename.endswith(".csv")
    if path == "/data":
        href = desk.page.locator(".downloads a").first.get_attribute("href")
        assert href
        answer = desk.page.request.get(href)
        assert (answer.status, href.startswith(f"{HOME}/data/")) == (200, True)


def test_all_pages_tables_and_files_are_within_the_path(desk: Desk) -> None:
    desk.page.goto(HOME)
    stands(desk, "/")  # the browser has fetched nothing yet, the server answered nobody
    passed_on(desk)
    for path, page in PAGES.items():
        desk.page.locator(f"#page-{page.name}").click()
        stands(desk, path)
        assert urlsplit(desk.page.url).path == HOME + path
        expect(desk.page.locator(f"#page-{page.name}")).to_be_visible()
        taken(desk, path)
    desk.page.go_back()
    stands(desk, list(PAGES)[-2])
    asked = {urlsplit(one.url).path for one in desk.watch.requests if one.url.startswith("http")}
    assert len(asked) > 20
    assert {path for path in asked if path != HOME and not path.startswith(f"{HOME}/")} == set()


def test_a_map_is_drawn_on_paper_under_the_path(desk: Desk) -> None:
    answer = desk.page.request.get(
        f"{HOME}/export/explore/map.svg?indicator=gdp&level=city&draw=areas"
    )
    assert answer.status == 200
    assert answer.text().count("<path") > 50
