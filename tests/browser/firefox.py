"""Firefox as Debian has it, driven over WebDriver BiDi: Playwright drives builds of its own alone."""

from __future__ import annotations

import json
import socket
import subprocess
import time
from pathlib import Path
from typing import Any

FIREFOX = Path("/usr/bin/firefox-esr")
PREFERENCES: dict[str, Any] = {
    "network.proxy.type": 1,  # whatever is asked of another machine fails
    "network.proxy.http": "127.0.0.1",
    "network.proxy.http_port": 9,
    "network.proxy.ssl": "127.0.0.1",
    "network.proxy.ssl_port": 9,
    "network.proxy.no_proxies_on": "127.0.0.1, localhost",
    "app.update.enabled": False,
    "browser.shell.checkDefaultBrowser": False,
    "datareporting.policy.dataSubmissionEnabled": False,
    "toolkit.telemetry.enabled": False,
}
_SECONDS = 120
KEYS = {"Enter": "\ue007", "Tab": "\ue004", "ArrowRight": "\ue014", "Shift": "\ue008", "Escape": "\ue00c"}


class Firefox:
    """A browser with one page.

    Parameters
    ----------
    folder
        An empty folder for its profile.
    """

    def __init__(self, folder: Path) -> None:
        import websocket

        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        told = "".join(f"user_pref({json.dumps(k)}, {json.dumps(v)});\n" for k, v in PREFERENCES.items())
        (folder / "user.js").write_text(told, encoding="utf-8")
        command = [FIREFOX, "--headless", "--no-remote", "--profile", folder, "--remote-debugging-port", str(port)]
        self.process = subprocess.Popen(
            [*map(str, command), "about:blank"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        self.number = 0
        until = time.monotonic() + _SECONDS
        while True:
            try:
                address = f"ws://127.0.0.1:{port}/session"
                self.line = websocket.create_connection(address, timeout=_SECONDS, suppress_origin=True)
                break
            except (OSError, websocket.WebSocketException):
                if time.monotonic() > until or self.process.poll() is not None:
                    raise
                time.sleep(0.5)
        self.ask("session.new", capabilities={})
        self.page = self.ask("browsingContext.getTree")["contexts"][0]["context"]

    def ask(self, method: str, **values: Any) -> Any:
        """Send a command and return its result."""
        self.number += 1
        self.line.send(json.dumps({"id": self.number, "method": method, "params": values}))
        while True:
            said = json.loads(self.line.recv())
            if said.get("id") == self.number:
                assert said["type"] == "success", said
                return said["result"]

    def open(self, file: Path, width: int = 1300) -> None:
        """Open a page that lies in a file."""
        self.ask("browsingContext.setViewport", context=self.page, viewport={"width": width, "height": 900})
        self.ask("browsingContext.navigate", context=self.page, url=file.as_uri(), wait="complete")

    def run(self, expression: str) -> Any:
        """Return the value of an expression of JavaScript, a promise's too."""
        code = f"(async () => JSON.stringify((await ({expression})) ?? null))()"
        target = {"context": self.page}
        said = self.ask("script.evaluate", expression=code, target=target, awaitPromise=True)
        assert said["type"] == "success", said
        return json.loads(said["result"]["value"])

    def wait(self, expression: str) -> None:
        """Wait until an expression is true."""
        until = time.monotonic() + _SECONDS
        while not self.run(expression):
            assert time.monotonic() < until, expression
            time.sleep(0.1)

    def press(self, *keys: str, held: str = "") -> None:
        """Press keys one after the other, one of them held where it is named."""
        steps = [{"type": kind, "value": KEYS.get(k, k)} for k in keys for kind in ("keyDown", "keyUp")]
        if held:
            steps = [{"type": "keyDown", "value": KEYS[held]}, *steps, {"type": "keyUp", "value": KEYS[held]}]
        self.ask("input.performActions", context=self.page, actions=[{"type": "key", "id": "keys", "actions": steps}])

    def click(self, selector: str) -> None:
        """Click the middle of an element."""
        found = f"document.querySelector({json.dumps(selector)})"
        box = self.run(f"(e => (e.scrollIntoView({{block: 'center'}}), e.getBoundingClientRect().toJSON()))({found})")
        at = {"x": int(box["x"] + box["width"] / 2), "y": int(box["y"] + box["height"] / 2)}
        steps = [{"type": "pointerMove", **at}, *({"type": kind, "button": 0} for kind in ("pointerDown", "pointerUp"))]
        mouse = {"type": "pointer", "id": "mouse", "parameters": {"pointerType": "mouse"}, "actions": steps}
        self.ask("input.performActions", context=self.page, actions=[mouse])

    def close(self) -> None:
        """End the browser."""
        self.line.close()
        self.process.terminate()
        self.process.wait(timeout=30)
