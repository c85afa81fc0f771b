"""The browser's own guards: what they must catch, they catch."""

from __future__ import annotations

import pytest


def test_a_page_that_asks_another_machine_is_caught(new_page, asked):
    page = new_page()
    page.set_content('<img alt="" src="http://example.org/x.png"><p>text</p>')
    page.wait_for_load_state()
    assert asked.foreign == ["http://example.org/x.png"]
    asked.urls.clear()  # this test asks on purpose


def test_a_page_of_this_machine_is_not(new_page, asked, tmp_path):
    place = tmp_path / "page.html"
    place.write_text('<p>text</p><img alt="" src="data:image/gif;base64,R0lGODlhAQABAAAAACw=">', encoding="utf-8")
    new_page().goto(place.as_uri())
    assert asked.urls
    assert not asked.foreign


def test_the_scheme_reaches_the_page(new_page, scheme):
    assert new_page(scheme).evaluate(f"matchMedia('(prefers-color-scheme: {scheme})').matches")


@pytest.mark.parametrize(
    ("html", "rule"),
    [
        ('<img src="data:image/gif;base64,R0lGODlhAQABAAAAACw=">', "image-alt"),
        ('<input type="text">', "label"),
        ('<p style="color:#999;background:#fff">pale</p>', "color-contrast"),
    ],
)
def test_a_page_against_the_rules_is_caught(page, violations, html, rule):
    page.set_content(f'<html lang="en"><title>x</title><main>{html}</main></html>')
    assert [v.split(":")[0] for v in violations(page)] == [rule]


def test_a_page_within_the_rules_is_not(page, violations):
    page.set_content('<html lang="en"><title>x</title><main><label>Name <input></label></main></html>')
    assert violations(page) == []
