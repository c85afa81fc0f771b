"""The linked reader on a bare page: its own JavaScript and style, with Python behind it, and no notebook around it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from corpus_lib.widgets.reader import Reader
from corpus_lib.widgets.reader import widget as source

HERE = Path(source.__file__).parent
THEMES = {
    "light": "--jp-ui-font-color1: rgb(0 0 0 / 87%); --jp-layout-color0: #fff; --jp-border-color1: #bdbdbd",
    "dark": "--jp-ui-font-color1: rgb(255 255 255 / 87%); --jp-layout-color0: #111; --jp-border-color1: #616161",
}
"""JupyterLab's own variables, as far as the reader uses them."""

MODEL = """
window.listeners = {};
window.state = %s;
const model = {
    get: name => window.state[name],
    set: (name, value) => { window.state[name] = value; },
    save_changes: () => window.saved(JSON.stringify(window.state.focus)),
    send: message => window.sent(JSON.stringify(message)),
    on: (name, act) => { (window.listeners[name] ??= []).push(act); },
    off: (name, act) => { window.listeners[name] = window.listeners[name].filter(one => one !== act); },
};
window.update = state => {
    for (const [name, value] of Object.entries(state)) {
        window.state[name] = value;
        for (const act of window.listeners[`change:${name}`] ?? []) act();
    }
};
window.close = reader.render({ model, el: document.querySelector('#reader') });
"""


WORDS = """(root, words) => {
    const walk = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    for (let node = walk.nextNode(); node; node = walk.nextNode()) {
        const at = node.data.indexOf(words);
        if (at < 0 || node.parentNode.closest('.tag')) continue;
        const range = document.createRange();
        range.setStart(node, at);
        range.setEnd(node, at + words.length);
        return range;
    }
    throw new Error(words);
}"""
"""Where words first stand in a text, the names of its marks apart: a range."""


def bare(scheme: str) -> str:
    """Return a page for the reader: its style and JupyterLab's variables, and no word of it yet."""
    style = (HERE / "reader.css").read_text(encoding="utf-8")
    return (
        f'<!DOCTYPE html><html lang="en"><meta charset="utf-8"><title>Reader</title><style>{style} body {{'
        f" {THEMES[scheme]}; margin: 8px; color: var(--jp-ui-font-color1); background: var(--jp-layout-color0); }}"
        "</style>"
        "<body><main id='reader'></main></body></html>"
    )


def module(state: dict[str, Any]) -> str:
    """Return the reader's JavaScript, with the model that it stands on."""
    code = (HERE / "reader.js").read_text(encoding="utf-8").replace("export default", "const reader =")
    return code.replace("export function", "function") + MODEL % json.dumps(state)


def state_of(reader: Reader) -> dict[str, Any]:
    """Return what the browser knows of a reader."""
    return {name: getattr(reader, name) for name in ("record", "labels", "focus", "edits", "said")}


class Reading:
    """A reader on a page; what is done there reaches it, what it answers is shown."""

    def __init__(self, page: Any, reader: Reader, scheme: str = "light") -> None:
        self.page, self.reader = page, reader
        page.expose_function("sent", self._sent)
        page.expose_function("saved", lambda focus: reader.set_trait("focus", json.loads(focus)))
        page.set_content(bare(scheme))
        page.evaluate("code => { const s = document.createElement('script'); s.type = 'module'; s.textContent = code;"
                      " document.head.append(s); }", module(self.state()))  # fmt: skip
        page.locator(".corpus-reader .text p").first.wait_for()

    def state(self) -> dict[str, Any]:
        """Return what the browser knows of the reader."""
        return state_of(self.reader)

    def _sent(self, message: str) -> None:
        self.reader._take(self.reader, json.loads(message), [])
        self.page.evaluate("state => window.update(state)", self.state())
