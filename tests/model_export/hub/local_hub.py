"""A hub on this computer: the few addresses of the real one that a download needs.

Runs the hub's own client against a folder, so that looking up, fetching, resuming and comparing
are the real ones. Nothing leaves the computer.
"""

from __future__ import annotations

import hashlib
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

REVISION = "0123456789abcdef0123456789abcdef01234567"
NAME = "somebody/tiny-model"
LARGE = ".safetensors"


class LocalHub(ThreadingHTTPServer):
    """Serves one model; after ``breaks_off_after`` bytes of large files the line is dead."""

    daemon_threads = True

    def __init__(self, folder: Path, licence: str) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.folder = folder
        self.licence = licence
        self.breaks_off_after: int | None = None
        self.is_down = False
        self.sent: dict[str, int] = {}
        """Bytes of each file that were sent."""
        self.stated_sha256: dict[str, str] = {}
        """Instead of the right ones."""

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"

    def sha256(self, path: Path) -> str:
        return self.stated_sha256.get(path.name, hashlib.sha256(path.read_bytes()).hexdigest())

    def facts(self) -> dict[str, Any]:
        siblings = []
        for path in sorted(self.folder.iterdir()):
            size = path.stat().st_size
            file: dict[str, Any] = {"rfilename": path.name, "size": size, "blobId": "0" * 40}
            if path.name.endswith(LARGE):
                file["lfs"] = {"sha256": self.sha256(path), "size": size, "pointerSize": 134}
            siblings.append(file)
        card = {"license": self.licence, "language": ["en", "de"]}
        return {
            "id": NAME,
            "modelId": NAME,
            "sha": REVISION,
            "private": False,
            "gated": False,
            "disabled": False,
            "tags": [],
            "downloads": 1,
            "likes": 0,
            "cardData": card,
            "siblings": siblings,
        }


class _Handler(BaseHTTPRequestHandler):
    server: LocalHub
    protocol_version = "HTTP/1.1"

    def do_HEAD(self) -> None:
        self._answer(with_body=False)

    def do_GET(self) -> None:
        self._answer(with_body=True)

    def log_message(self, *arguments: object) -> None:
        """Say nothing."""

    def _answer(self, with_body: bool) -> None:
        if self.server.is_down:
            self.close_connection = True
            return
        path = self.path.partition("?")[0]
        if path.startswith(f"/api/models/{NAME}"):
            self._send(json.dumps(self.server.facts()).encode(), "application/json", with_body)
            return
        prefix = f"/{NAME}/resolve/{REVISION}/"
        file = self.server.folder / path.removeprefix(prefix)
        if not path.startswith(prefix) or not file.is_file():
            self.send_response(404)
            self.send_header("X-Error-Code", "EntryNotFound")
            self.send_header("Content-Length", "0")
            self.end_headers()
            return
        self._send_file(file, with_body)

    def _send(self, body: bytes, kind: str, with_body: bool) -> None:
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if with_body:
            self.wfile.write(body)

    def _send_file(self, file: Path, with_body: bool) -> None:
        data, first = file.read_bytes(), 0
        wanted = self.headers.get("Range", "")
        if wanted.startswith("bytes="):
            first = int(wanted.removeprefix("bytes=").partition("-")[0])
        body = data[first:]
        self.send_response(206 if first else 200)
        self.send_header("Content-Length", str(len(body)))
        if first:
            self.send_header("Content-Range", f"bytes {first}-{len(data) - 1}/{len(data)}")
        self.send_header("Accept-Ranges", "bytes")
        self.send_header("ETag", f'"{self.server.sha256(file)}"')
        self.send_header("X-Repo-Commit", REVISION)
        self.end_headers()
        if not with_body:
            return
        if self.server.breaks_off_after is not None and file.name.endswith(LARGE):
            body = body[: self.server.breaks_off_after]
            self.server.breaks_off_after, self.server.is_down = None, True
            self.close_connection = True
        self.wfile.write(body)
        self.server.sent[file.name] = self.server.sent.get(file.name, 0) + len(body)


@contextmanager
def local_hub(folder: Path, licence: str = "mit") -> Iterator[LocalHub]:
    """Serve a checkpoint until the end of the block."""
    hub = LocalHub(folder, licence)
    thread = threading.Thread(target=hub.serve_forever, daemon=True)
    thread.start()
    try:
        yield hub
    finally:
        hub.shutdown()
        hub.server_close()
        thread.join()
