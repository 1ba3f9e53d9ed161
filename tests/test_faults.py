"""Where disks are full, read only or half written, a sentence says so and the last data stay."""

from __future__ import annotations

import errno
import os
import tempfile
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from flask import Flask

from dashboard.data.routes import serve_data
from dashboard.print.chrome import Chrome, Shot
from dashboard.web import journal
from dashboard.web import wire as web
from geodata.build import cache
from geodata.build.build import build
from geodata.build.steps import BuildContext, Step
from geodata.errors import CacheError
from geodata.records import Name
from tests.conftest import ROOT

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geodata.atlas import Atlas
    from geodata.build.cache import Manifest

FILES = 5


def write_some(context: BuildContext) -> None:
    for number in range(FILES):
        context.write(f"file{number}.json", b"{}" + b" " * number)


STEPS: Sequence[Step] = (Step(Name("写", "writing"), write_some),)


def refuse_after(good: int, number: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the disk take `good` files and then refuse."""
    left, write = [good], Path.write_bytes

    def write_bytes(path: Path, data: Any) -> int:  # noqa: ANN401 - as pathlib has it
        left[0] -= 1
        if left[0] < 0:
            raise OSError(number, os.strerror(number))
        return write(path, data)

    monkeypatch.setattr(Path, "write_bytes", write_bytes)


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EROFS, errno.EDQUOT])
@pytest.mark.parametrize("good", [0, FILES - 1])
def test_a_disk_that_refuses_gets_a_sentence_and_the_last_build_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, good: int, number: int
) -> None:
    last = build(tmp_path, steps=STEPS, progress=lambda _: None)
    with monkeypatch.context() as patch:
        refuse_after(good, number, patch)
        with pytest.raises(CacheError) as caught:
            build(tmp_path, force=True, steps=STEPS, progress=lambda _: None)
    said = str(caught.value)
    assert str(tmp_path) in said
    assert os.strerror(number) in said
    assert cache.ENVIRONMENT in said
    assert list(tmp_path.glob("unfinished-*")) == []
    assert cache.load_manifest(tmp_path) == last


def test_a_finished_build_is_served_from_a_folder_that_cannot_be_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    last = build(tmp_path, steps=STEPS, progress=lambda _: None)

    def refuse(*_: object, **__: object) -> str:
        raise OSError(errno.EROFS, os.strerror(errno.EROFS))

    monkeypatch.setattr(tempfile, "mkdtemp", refuse)
    refuse_after(0, errno.EROFS, monkeypatch)
    assert build(tmp_path, steps=STEPS, progress=lambda _: None) == last
    with pytest.raises(CacheError, match="Read-only"):
        build(tmp_path, force=True, steps=STEPS, progress=lambda _: None)


def test_a_server_whose_files_are_gone_is_not_ready_and_still_serves_what_it_holds(
    atlas: Atlas, manifest: Manifest
) -> None:
    server = Flask(__name__)
    journal.log_requests(server)
    journal.answer_errors(server)
    name, record = next(iter(manifest.files.items()))
    web.report_health(server, replace(manifest, files={**manifest.files, f"{name}.gone": record}))
    serve_data(server, atlas, manifest)
    client = server.test_client()
    assert client.get("/healthz").status_code == 200
    late = client.get("/readyz")
    assert (late.status_code, late.headers["Retry-After"]) == (503, "5")
    assert "not ready" in late.get_data(as_text=True)
    assert client.get("/data/gdp.csv").status_code == 200


def test_a_server_with_a_damaged_file_is_not_ready_and_does_not_send_it(
    atlas: Atlas, manifest: Manifest, caplog: pytest.LogCaptureFixture
) -> None:
    server = Flask(__name__)
    journal.log_requests(server)
    journal.answer_errors(server)
    names = {manifest.products["prefecture-detail.geojson"]}
    names |= {f"{name}.{code}" for name in names for code in ("br", "gz")}
    other = {name: replace(manifest.files[name], sha256="0" * 64) for name in names}
    damaged = replace(manifest, files={**manifest.files, **other})
    web.report_health(server, damaged)
    address = web.serve_geometry(server, damaged)
    serve_data(server, atlas, damaged)
    client = server.test_client()
    assert client.get("/readyz").status_code == 503
    assert client.get(address("county-detail.geojson")).status_code == 200
    file = address("prefecture-detail.geojson")
    asked = [(file, code) for code in ("br", "gzip", "identity")]
    for path, code in [*asked, ("/data/gdp.geojson?level=city", "br")]:
        answer = client.get(path, headers={"Accept-Encoding": code})
        assert (answer.status_code, answer.headers["Retry-After"]) == (503, "10")
        assert "immutable" not in answer.headers["Cache-Control"]
        fields = vars(caplog.records[-1])["fields"]
        assert fields["id"] == answer.headers["X-Request-Id"]
        assert file.rpartition("/")[2] in fields["fault"]


def test_no_figure_is_drawn_on_damaged_outlines(manifest: Manifest) -> None:
    name = manifest.products["county-overview.geojson"]
    other = replace(manifest.files[name], sha256="0" * 64)
    damaged = replace(manifest, files={**manifest.files, name: other})
    chrome = Chrome(partial(web.held_geometry, damaged), "serif")
    with pytest.raises(CacheError, match=f"{name} is damaged"):
        chrome.picture({"data": []}, Shot("svg", 100, 100, 1))
    chrome.close()


def test_a_server_with_all_its_files_is_ready(manifest: Manifest) -> None:
    server = Flask(__name__)
    web.report_health(server, manifest)
    assert server.test_client().get("/readyz").data == b"ok\n"


def test_there_is_no_secret_to_have_a_default() -> None:
    sources = [p for room in ("dashboard", "geodata") for p in (ROOT / room).rglob("*.py")]
    named = [str(p) for p in sources if "secret_key" in p.read_text(encoding="utf-8").lower()]
    assert named == []
