"""Firefox, driven by WebDriver BiDi, which it speaks itself: no driver and no other package between."""

from __future__ import annotations

import json
import shutil
import socket
import subprocess
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

PROGRAMS = ("firefox-esr", "firefox")
WITHIN = 60
"""Seconds that Firefox may take to start, and to answer."""

QUIET: Mapping[str, bool | str] = {
    "app.update.disabledForTesting": True,
    "browser.shell.checkDefaultBrowser": False,
    "browser.startup.homepage_override.mstone": "ignore",
    "captivedetect.canonicalURL": "",
    "datareporting.policy.dataSubmissionEnabled": False,
    "network.captive-portal-service.enabled": False,
    "network.connectivity-service.enabled": False,
    "services.settings.server": "data:,",
    "toolkit.telemetry.server": "data:,",
}
"""Preferences by which it asks no other machine for anything."""

KEYS = {"Enter": "\ue007", "Escape": "\ue00c", "Shift": "\ue008", "Tab": "\ue004", "Space": " ",
        "ArrowRight": "\ue014", "ArrowDown": "\ue015"}  # fmt: skip


def program() -> str | None:
    """Return where Firefox is; None where it is not installed."""
    return next((found for name in PROGRAMS if (found := shutil.which(name))), None)


class Firefox:
    """A browser of its own in a folder, with one page."""

    def __init__(self, folder: Path) -> None:
        prefs = "".join(f"user_pref({json.dumps(name)}, {json.dumps(value)});\n" for name, value in QUIET.items())
        (folder / "user.js").write_text(prefs, encoding="utf-8")
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        command = [str(program()), "--headless", "--no-remote", "--profile", str(folder)]
        with (folder / "firefox.log").open("wb") as log:
            self.process = subprocess.Popen(
                [*command, f"--remote-debugging-port={port}", "about:blank"], stdout=log, stderr=subprocess.STDOUT
            )
        self.complaints: list[str] = []
        self._asked = 0
        self._socket = self._joined(port)
        self.ask("session.new", capabilities={})
        self.ask("session.subscribe", events=["log.entryAdded"])
        self.context = self.ask("browsingContext.create", type="tab")["context"]

    def _joined(self, port: int) -> Any:
        import websocket

        until = time.monotonic() + WITHIN
        while True:
            try:
                return websocket.create_connection(
                    f"ws://127.0.0.1:{port}/session", timeout=WITHIN, suppress_origin=True
                )
            except OSError:
                if time.monotonic() > until or self.process.poll() is not None:
                    self.process.kill()
                    raise
                time.sleep(0.2)

    def ask(self, method: str, **params: Any) -> dict[str, Any]:
        """Send a command and return its result; what pages complain of meanwhile is kept."""
        self._asked += 1
        self._socket.send(json.dumps({"id": self._asked, "method": method, "params": params}))
        while (reply := json.loads(self._socket.recv())).get("id") != self._asked:
            if reply.get("method") == "log.entryAdded":
                self.complaints.append(str(reply["params"]["text"]))
        assert reply["type"] == "success", reply
        result: dict[str, Any] = reply["result"]
        return result

    def open(self, address: str, width: int = 1200, height: int = 900) -> None:
        """Open a page of a size, and forget what the one before complained of."""
        self.ask("browsingContext.setViewport", context=self.context, viewport={"width": width, "height": height})
        self.ask("browsingContext.navigate", context=self.context, url=address, wait="complete")
        self.complaints.clear()

    def run(self, code: str) -> Any:
        """Return what an expression is worth on the page; a promise is waited for."""
        wrapped = f"Promise.resolve({code}).then(value => JSON.stringify(value) ?? 'null')"
        found = self.ask("script.evaluate", expression=wrapped, target={"context": self.context}, awaitPromise=True)
        assert found["type"] == "success", found["exceptionDetails"]["text"]
        return json.loads(found["result"]["value"])

    def until(self, condition: str) -> None:
        """Wait until an expression is true."""
        end = time.monotonic() + WITHIN
        while not self.run(condition):
            assert time.monotonic() < end, condition
            time.sleep(0.05)

    def click(self, selector: str) -> None:
        """Click the middle of the first element that a selector finds, scrolled to."""
        place = f"document.querySelector({json.dumps(selector)})"
        self.run(f"{place}.scrollIntoView({{block: 'center'}})")
        x, y = self.run(
            f"(box => [box.left + box.width / 2, box.top + box.height / 2])({place}.getBoundingClientRect())"
        )
        self.drag((x, y), (x, y))

    def drag(self, start: tuple[float, float], end: tuple[float, float]) -> None:
        """Press the mouse at a place of the page and let it go at another."""
        (x0, y0), (x1, y1) = ((round(x), round(y)) for x, y in (start, end))
        steps = [{"type": "pointerMove", "x": x0, "y": y0}, {"type": "pointerDown", "button": 0}]
        steps += [{"type": "pointerMove", "x": x1, "y": y1}] if (x0, y0) != (x1, y1) else []
        self._act({"type": "pointer", "id": "mouse", "actions": [*steps, {"type": "pointerUp", "button": 0}]})

    def press(self, *keys: str) -> None:
        """Press keys one after another; ``Shift+ArrowRight`` holds the first."""
        steps = []
        for key in keys:
            *held, last = (KEYS.get(name, name) for name in key.split("+"))
            down = [{"type": "keyDown", "value": value} for value in (*held, last)]
            steps += [*down, *({"type": "keyUp", "value": value} for value in (last, *held))]
        self._act({"type": "key", "id": "keyboard", "actions": steps})

    def _act(self, source: dict[str, Any]) -> None:
        self.ask("input.performActions", context=self.context, actions=[source])

    def close(self) -> None:
        """End the browser."""
        self._socket.close()
        self.process.terminate()
        try:
            self.process.wait(timeout=30)
        except subprocess.TimeoutExpired:
            self.process.kill()
