"""A JupyterLab of its own: throw-away folders, no news, and notebooks opened in it."""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any

TOKEN = "corpus"
SETTINGS: dict[str, dict[str, Any]] = {
    "apputils-extension/notification": {"fetchNews": "false", "checkForUpdates": False, "doNotDisturbMode": True},
    "apputils-extension/themes": {"adaptive-theme": True},  # follows the page's colour scheme
    "notebook-extension/tracker": {"windowingMode": "none"},
    "docmanager-extension/plugin": {"autosave": False},
}
READY = """async () => {
    const panel = window.jupyterapp.shell.currentWidget;
    const late = new Promise((_, no) => setTimeout(() => no(new Error('no kernel within three minutes')), 180000));
    const ready = async () => {
        await panel.context.ready;
        await panel.sessionContext.ready;
        await panel.sessionContext.session.kernel.info;
    };
    await Promise.race([ready(), late]);
}"""
OPEN = "window.jupyterapp && window.jupyterapp.shell.currentWidget && window.jupyterapp.shell.currentWidget.context"
IDLE = """() => {
    const panel = window.jupyterapp.shell.currentWidget;
    const cells = [...panel.content.model.cells].filter(cell => cell.type === 'code');
    const failed = cells.some(cell => [...Array(cell.outputs.length).keys()].some(
        i => cell.outputs.get(i).type === 'error'));
    return panel.sessionContext.session.kernel.status === 'idle' && (failed || cells.every(
        cell => cell.executionCount && cell.executionState !== 'running' && !cell.isDirty));
}"""
ERRORS = '[data-mime-type="application/vnd.jupyter.stderr"], [data-mime-type="application/vnd.jupyter.error"]'


class Lab:
    """A server in a folder that holds `notebooks/` and what they read."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"
        self.log = folder / "server.log"
        with self.log.open("wb") as out:
            self.process = subprocess.Popen(
                self._command(), cwd=folder, env=self._environment(), stdout=out, stderr=subprocess.STDOUT
            )
        self._wait()

    def _command(self) -> list[str]:
        return [
            sys.executable, "-m", "jupyterlab", "--no-browser", "--allow-root", "--ip=127.0.0.1",
            f"--port={self.port}", "--ServerApp.port_retries=0", f"--IdentityProvider.token={TOKEN}",
            "--LabApp.expose_app_in_browser=True", f"--ServerApp.root_dir={self.folder}",
        ]  # fmt: skip

    def _environment(self) -> dict[str, str]:
        places = {
            name: str(self.folder / "jupyter" / name.lower())
            for name in (
                "JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "JUPYTER_RUNTIME_DIR", "JUPYTERLAB_SETTINGS_DIR",
                "JUPYTERLAB_WORKSPACES_DIR", "IPYTHONDIR",
            )
        }  # fmt: skip
        for name, values in SETTINGS.items():
            file = Path(places["JUPYTERLAB_SETTINGS_DIR"]) / "@jupyterlab" / f"{name}.jupyterlab-settings"
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(json.dumps(values), encoding="utf-8")
        return os.environ | places | {"OPENBLAS_NUM_THREADS": "1", "JUPYTER_PLATFORM_DIRS": "1"}

    def _wait(self, seconds: float = 180) -> None:
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            try:
                with urllib.request.urlopen(f"{self.url}/api?token={TOKEN}"):
                    return
            except urllib.error.URLError:
                time.sleep(0.3)
            if self.process.poll() is not None:
                break
        raise RuntimeError(f"JupyterLab did not start: {self.log.read_text(encoding='utf-8')[-2000:]}")

    def close(self) -> None:
        """End the server and its kernels."""
        self.process.terminate()
        self.process.wait(timeout=30)

    def open(self, page: Any, name: str) -> None:
        """Open a notebook and wait for its kernel."""
        page.goto(f"{self.url}/lab/tree/notebooks/{name}.ipynb?token={TOKEN}&reset")
        page.wait_for_function(OPEN, timeout=180_000)
        page.evaluate(READY)

    def run(self, page: Any, name: str) -> None:
        """Open a notebook, run all its cells and wait until the last is done, or one has failed."""
        self.open(page, name)
        page.evaluate("() => window.jupyterapp.commands.execute('notebook:run-all-cells')")
        page.wait_for_function(IDLE, timeout=300_000)


def errors(page: Any) -> list[str]:
    """Return what cells wrote on stderr or raised."""
    return [str(text) for text in page.locator(ERRORS).all_inner_texts()]


def copy_project(project: Path, folder: Path) -> None:
    """Copy the notebooks, with what they read, into a folder."""
    for part in ("notebooks", "seeds"):
        shutil.copytree(project / part, folder / part, ignore=shutil.ignore_patterns(".ipynb_checkpoints"))
