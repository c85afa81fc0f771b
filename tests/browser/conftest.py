"""A browser that may speak to this machine alone, pages in light and dark, and the rules of accessibility."""

from __future__ import annotations

import importlib.util
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from browser.books import Book
from browser.lab import Lab, copy_project

CHROMIUM = Path("/usr/bin/chromium")
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
HERE = ("127.0.0.1", "")
"""Hosts that a page may ask: this machine; files and data links have none."""

WCAG = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa")

NewPage = Callable[..., Any]
Violations = Callable[..., list[str]]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark every test of this folder."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)


@dataclass(slots=True)
class Asked:
    """What pages asked for, and what of it was not on this machine."""

    urls: list[str] = field(default_factory=list)

    @property
    def foreign(self) -> list[str]:
        """The addresses on other machines."""
        return [u for u in self.urls if (urlsplit(u).hostname or "") not in HERE]


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """Chromium; the tests are skipped where it, or Playwright, is not installed."""
    if not CHROMIUM.exists():
        pytest.skip(f"no {CHROMIUM}: apt-get install chromium")
    if importlib.util.find_spec("playwright") is None:
        pytest.skip("no Playwright: pip install playwright")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=str(CHROMIUM), args=list(FLAGS))
        yield launched
        launched.close()


@pytest.fixture(scope="session")
def open_context(browser: Any) -> Callable[..., tuple[Any, Asked]]:
    """Return a function that opens a browser context: with a record of what it asks, deaf to other machines."""

    def opened(scheme: str = "light", width: int = 1300, height: int = 1000, **options: Any) -> tuple[Any, Asked]:
        context = browser.new_context(
            color_scheme=scheme, viewport={"width": width, "height": height}, accept_downloads=True, **options
        )
        context.set_default_timeout(120_000)
        asked = Asked()
        context.on("request", lambda request: asked.urls.append(request.url))
        context.on("page", lambda page: page.on("websocket", lambda socket: asked.urls.append(socket.url)))
        context.route(lambda url: (urlsplit(url).hostname or "") not in HERE, lambda route: route.abort())
        return context, asked

    return opened


@pytest.fixture(scope="session")
def lab(browser: Any, project: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lab]:
    """A JupyterLab of its own, with the notebooks and what they read."""
    folder = tmp_path_factory.mktemp("lab")
    copy_project(project, folder)
    server = Lab(folder)
    yield server
    server.close()


@pytest.fixture(scope="session")
def book(lab: Lab, open_context: Callable[..., tuple[Any, Asked]], request: pytest.FixtureRequest) -> Iterator[Book]:
    """A notebook run once for the tests of it; nothing may be asked of another machine."""
    context, own = open_context()
    page = context.new_page()
    lab.run(page, request.param)
    yield Book(request.param, page)
    context.close()
    assert not own.foreign


@pytest.fixture
def asked() -> Asked:
    """What the pages of this test asked for."""
    return Asked()


@pytest.fixture
def new_page(open_context: Callable[..., tuple[Any, Asked]], asked: Asked) -> Iterator[NewPage]:
    """Return a function that opens a page: ``new_page(scheme="dark", width=320, height=800)``.

    Afterwards the test fails if a page asked another machine for anything.
    """
    contexts = []

    def opened(scheme: str = "light", width: int = 1300, height: int = 1000, **options: Any) -> Any:
        context, own = open_context(scheme, width, height, **options)
        own.urls = asked.urls
        contexts.append(context)
        return context.new_page()

    yield opened
    for context in contexts:
        context.close()
    assert not asked.foreign


@pytest.fixture
def page(new_page: NewPage) -> Any:
    """A page, light and 1300 pixels wide."""
    return new_page()


@pytest.fixture(params=["light", "dark"])
def scheme(request: pytest.FixtureRequest) -> str:
    """Light, then dark: pass it on to ``new_page``."""
    return str(request.param)


@pytest.fixture(scope="session")
def violations() -> Violations:
    """Return a function that lists violations of WCAG AA on a page (axe-core): rule, element, what is wrong.

    It takes the page and, where only a part is to be checked, ``within``: a CSS selector.
    """
    if importlib.util.find_spec("axe_playwright_python") is None:
        pytest.skip("no axe-core: pip install axe-playwright-python")
    from axe_playwright_python.base import AXE_SCRIPT

    def found(page: Any, within: str | None = None, without: tuple[str, ...] = ()) -> list[str]:
        if not page.evaluate("typeof window.axe === 'object'"):
            page.evaluate(AXE_SCRIPT)
        scope = {"include": [[within]] if within else [["html"]], "exclude": [[w] for w in without]}
        options = {"runOnly": {"type": "tag", "values": list(WCAG)}, "resultTypes": ["violations"]}
        result = page.evaluate("([scope, options]) => axe.run(scope, options)", [scope, options])
        return [
            f"{v['id']}: {node['target']} {node['html'][:200]}: {node['failureSummary']}"
            for v in result["violations"]
            for node in v["nodes"]
        ]

    return found
