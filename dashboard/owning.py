"""What `jjj-atlas import` and `own` do: a user's own tables and firms, on this machine alone."""

from __future__ import annotations

import os
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from geodata.ids import OWN_SYSTEMS
from geodata.own import store
from geodata.own.columns import ColumnMap, read_map
from geodata.own.firms.importing import FirmsRead, keep_firms, read_firms
from geodata.own.firms.large import LargeRead, is_large, keep_large, read_large
from geodata.own.firms.register import KEYS
from geodata.own.importing import keep, read_own
from geodata.own.records import FIGURES, REFUSED, Outcome
from geodata.own.words import reasons

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Mapping


Read = Outcome | FirmsRead | LargeRead

HALF: Final = 0.5
PAUSE: Final = 2.0
"""Seconds between two lines of progress."""
WORST: Final = 10
"""Reasons that are told."""
STEPS: Final = {"read": "读完 read", "placed": "归位 placed", "counted": "计数 counted"}
ROLES: Final = {
    "code": "代码 code",
    "name": "名称 name",
    "within": "所属 within",
    "year": "年份 year",
    "lon": "经度 longitude",
    "lat": "纬度 latitude",
    "crs": "坐标系 system",
    "industry": "行业 industry",
    "founded": "成立 founded",
    "closed": "注销 closed",
    "status": "状态 status",
    "staff": "人数 staff",
    "capital": "资本 capital",
    "currency": "币种 currency",
    "id": "信用代码 credit code",
}
SYSTEMS: Final = dict(zip(OWN_SYSTEMS, ("WGS84", "GCJ-02", "BD-09"), strict=True))


def run(arguments: argparse.Namespace, say: Callable[[str], None]) -> int:
    """Carry out one line; 0 done, 1 where under half of the rows could be placed.

    Raises
    ------
    OwnError
        If a file, a map of columns or a set cannot be used.
    """
    if arguments.command == "import":
        return bring(arguments, say)
    if arguments.doing == "list":
        for name in store.names():
            say(f"{name}：{_short(store.load(name).manifest)}")
        return 0
    if arguments.doing == "remove":
        store.remove(arguments.name)
        say(f"已删去 Removed: {arguments.name}")
        return 0
    stored = store.load(arguments.name)
    tell = show if arguments.doing == "show" else report
    tell(stored, say)
    return 0


def bring(arguments: argparse.Namespace, say: Callable[[str], None]) -> int:
    """Import a table or a register, or with `dry_run` only tell what would become of it."""
    read = _firms if arguments.kind == store.FIRMS else _table
    outcome = read(arguments, say)
    told = outcome.manifest()
    _understood(told, say)
    _counts(told, say)
    if arguments.dry_run:
        say("只看，什么也没有保存 · Nothing was kept (--dry-run).")
    else:
        stored = _kept(outcome, arguments.file, arguments.name)
        say(f"已保存 Kept: {stored.folder}")
        if told["refused"] or told["cells_refused"]:
            kind = f" --kind {store.FIRMS}" if arguments.kind == store.FIRMS else ""
            say(f"拒收的行 Refused rows: {stored.folder / REFUSED}")
        if (told["refused"] or told["cells_refused"]) and not isinstance(outcome, LargeRead):
            say(
                "改好后只导入这个文件即可 · mend them there and import that file alone, with the "
                f"same --as {arguments.name}{kind}"
            )
    return _verdict(outcome, say)


def _kept(outcome: Read, file: str, name: str) -> store.Stored:
    if isinstance(outcome, LargeRead):
        return keep_large(outcome, file, name)
    path = Path(file)
    if isinstance(outcome, FirmsRead):
        return keep_firms(outcome, path, name)
    return keep(outcome, path, name)


def _table(arguments: argparse.Namespace, say: Callable[[str], None]) -> Outcome:
    said = read_map(Path(arguments.columns)) if arguments.columns else ColumnMap()
    path = Path(arguments.file)
    return read_own(path, arguments.name, said, arguments.year, _progress(say))


def _firms(arguments: argparse.Namespace, say: Callable[[str], None]) -> FirmsRead | LargeRead:
    said = read_map(Path(arguments.columns), KEYS) if arguments.columns else ColumnMap()
    path, system = Path(arguments.file), None if arguments.crs == "auto" else arguments.crs
    told = (arguments.name, said, arguments.year)
    if arguments.scheduler or is_large(arguments.file):
        tell, processes = _left(say), os.cpu_count() or 1
        address = arguments.scheduler
        return read_large(
            arguments.file, *told, tell, system=system, scheduler=address, processes=processes
        )
    return read_firms(path, *told, _progress(say), system=system, keep=arguments.keep)


def _verdict(outcome: Read, say: Callable[[str], None]) -> int:
    if outcome.placed >= HALF * outcome.rows:
        return 0
    say(
        f"只有 {outcome.placed:,} / {outcome.rows:,} 行归了位，不到一半 · "
        "under half of the rows could be placed"
    )
    return 1


def show(stored: store.Stored, say: Callable[[str], None]) -> None:
    """Print what a set holds."""
    told = stored.manifest
    source = told["source"]
    say(f"{stored.name}：{_short(told)}")
    say(f"来自 From: {source['name']} · {source['size']:,} B · SHA-256 {source['sha256'][:16]}…")
    say(f"导入 Imported: {told['when']} · 归位后的数字 figures by place: {stored.folder / FIGURES}")
    _understood(told, say)
    if told.get("digest"):
        say(f"计数的摘要 Digest of the counts: {told['digest']}")


def report(stored: store.Stored, say: Callable[[str], None]) -> None:
    """Print how many rows of a set were placed and refused, why, and where the refused are."""
    _counts(stored.manifest, say)
    say(f"拒收的行 Refused rows: {stored.folder / REFUSED}")


def _progress(say: Callable[[str], None]) -> Callable[[str, int], None]:
    begun = time.monotonic()

    def tell(step: str, rows: int) -> None:
        nonlocal begun
        taken = max(time.monotonic() - begun, 0.001)
        begun = time.monotonic()
        say(f"{STEPS[step]}: {rows:,} 行 rows，{rows / taken:,.0f} 行/秒 rows/s")

    return tell


def _left(say: Callable[[str], None]) -> Callable[[int, int], None]:
    """Tell every few seconds how far a count is, how fast, and what time it still takes."""
    begun = last = time.monotonic()

    def tell(rows: int, of: int) -> None:
        nonlocal last
        now = time.monotonic()
        if now - last < PAUSE and rows < of:
            return
        last, speed = now, rows / max(now - begun, 0.001)
        left = "" if rows == of else f"，还需 {(of - rows) / speed:,.0f} 秒 s left"
        say(f"{STEPS['counted']}: {rows:,} / {of:,} 行 rows，{speed:,.0f} 行/秒 rows/s{left}")

    return tell


def _understood(told: Mapping[str, Any], say: Callable[[str], None]) -> None:
    columns = {role: at for role, at in told["columns"].items() if at}
    say(
        "列 Columns: "
        + "；".join(
            f"{ROLES[role]} = {'、'.join(at) if isinstance(at, list) else at}"
            for role, at in columns.items()
        )
    )
    for one in told["measures"]:
        kind = "数量 amount" if one["kind"] == "amount" else "比率 rate"
        undated = "未注明年份 no year told" if one["years"] else "没有数字 no figure"
        years = "、".join(str(year) for year in one["years"] if year) or undated
        unit = f"（{one['unit']}）" if one["unit"] else ""
        say(f"  {one['zh']}{unit}：{kind}；{years}")
    if told.get("system"):
        say(f"坐标系 System of the points: {SYSTEMS[told['system']]}")
    if told["left"]:
        say(f"未读的列 Columns left out: {'、'.join(told['left'])}")


def _counts(told: Mapping[str, Any], say: Callable[[str], None]) -> None:
    words = reasons()
    placed = f"归位 placed {told['placed']:,}"
    say(f"{told['rows']:,} 行 rows = {placed} + 拒收 refused {told['refused']:,}")
    for key, count in sorted(told["how"].items(), key=lambda one: -one[1]):
        say(f"  + {count:,}  {words[key].why.zh} · {words[key].why.en}")
    for key, count in sorted(told["why"].items(), key=lambda one: -one[1])[:WORST]:
        say(f"  − {count:,}  {words[key].why.zh} · {words[key].why.en}")
    for key, count in sorted(told.get("marked", {}).items(), key=lambda one: -one[1])[:WORST]:
        say(f"  · {count:,}  {words[key].why.zh} · {words[key].why.en}")
    if told.get("undated"):
        say(
            f"  {told['undated']:,} 家年份不全，不计入年末数 · firms in no stock: a year is lacking"
        )
    if told["cells_refused"]:
        say(f"  另有 {told['cells_refused']:,} 格拒收 · cells refused in rows that were placed")


def _short(told: Mapping[str, Any]) -> str:
    names = "、".join(one["zh"] for one in told["measures"])
    return f"{names}（{told['placed']:,} / {told['rows']:,} 行 rows）"
