"""The front door, `jjj-atlas` or `python run.py`: serves the atlas, or does what it is told.

Only the standard library and names are imported here, so that `--help` and a mistyped option
answer at once.
"""

from __future__ import annotations

import argparse
import io
import sys
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from dashboard.papers import DPI, EACH, PALETTES, SIZES, WORDS
from geodata import scarce
from geodata.ids import OWN_KINDS, OWN_SYSTEMS

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

COMMANDS = ("serve", "build", "check", "export", "report", "import", "own", "mcp")
HIGHEST_PORT = 65535
YEARS = (1949, 2100)
SITE = "http://127.0.0.1:8050"
OVERVIEW = """\
京津冀产业协同图谱 · An atlas of industrial coordination in Beijing–Tianjin–Hebei

命令 Commands
  serve   启动图谱（默认）；首次启动先生成图层
          serve the atlas (default); the first start builds the layers
            --host ADDRESS  监听地址，默认 127.0.0.1 · address to listen on
            --port NUMBER   端口，默认 8050，0 为任意空闲端口 · port, 0 for any free one
            --no-browser    不打开浏览器 · do not open a browser
            --trust-proxy N 相信前面 N 层反向代理的转发头，默认 0
                            believe the headers of N proxies in front, 0 by default
            --prefix PATH   图谱所在的路径，如 /atlas/，默认为根
                            the path the atlas stands under, as /atlas/; the root by default
            --mcp           在 /_mcp 开放只读查询工具，供智能助手使用
                            offer read-only tools to assistants at /_mcp
            --hosts LIST    网站的域名，以逗号分隔；其余域名一律拒绝，默认不限
                            names the site is reached by, with commas; others are refused;
                            by default any
            --own           自有数据也给能访问本服务的人看（默认只给本机；经代理则不给）
                            show own data to whoever reaches the server, not only to this machine;
                            never through a proxy
            --mcp-own       智能助手也可查自有数据 · assistants may ask for own data, too
            --framers LIST  可把图嵌入自己网页的网站，如 https://example.org，以逗号分隔，默认无
                            origins that may embed figures, with commas; none by default
  build   只生成图层与数据表 · only build the layers and tables
            --force         重新生成 · build again even if nothing changed
  check   核对全部数据，列出覆盖范围与主要测度，有误时退出码为 1
          validate all facts, print what is covered and the headline measures; exit code 1
          on a fault

  export  导出图与数据 · export figures and data, ready for print
            VIEW            网址中的视图，如 '/?circle=capital' · the view as the address shows it
            --out DIR       输出文件夹 · output folder
            --format LIST   svg,png,pdf,csv,xlsx,bundle,packet
            --packet        一个视图一个出版资料包：PDF、SVG、数据、来源、边界改动、送审要求
                            a packet for publication of each view: PDF, SVG, data, sources,
                            what was changed in the boundaries, what their review asks
            --chart LIST    页面上的图，默认全部 · charts of the page, by default all
            --size NAME     a4-half a4-full a4-half-upright a4-full-landscape slide square
                            one-column two-column
            --lang zh|en|both --palette colour|safe|grey --dpi 96|192|300 --width MM --transparent
            --each circle|city|county  每个地方一张 · one figure per place
            --batch FILE    视图清单（CSV）· a list of views

  report  一地或一章论断的简报，可继续编辑 · a short report on a place or claims, to be edited on
            PLACE           都市圈代号、区划代码或名称，或 findings：--view 中论断所在的一章
                            id of a circle, code or name of a region; or findings: the part of
                            the argument that the claim of --view is of
            --out FILE      report.docx, report.pdf, report.pptx

  import  导入自己的表或企业名录：按地方归位，只留在本机
          bring a table or a register of your own: placed, and kept on this machine only
            FILE            CSV、XLSX 或 Parquet · CSV, XLSX or Parquet
            --as NAME       这份数据的名称 · name of the set
            --kind table|firms  按地方的表，或企业名录 · a table by place, or firms
            --crs auto|wgs84|gcj02|bd09  坐标系 · system of the points of firms
            --keep COLUMN   留下这一列（如企业名称） · keep a column that names firms
            --scheduler tcp://HOST:8786  在 Dask 集群上计数 · count on a Dask cluster
            --columns FILE  列的对应（TOML）· what the columns are
            --year YEAR     全表同一年 · the year of all figures
            --dry-run       只看，不保存 · tell, and keep nothing
  own     自己的表 · the tables brought along
            list            全部 · all of them
            show NAME       有什么数 · what a set holds
            report NAME     哪些行被拒收，为什么 · the rows that were refused, and why
            remove NAME     删去 · delete a set

  mcp     经标准输入输出向智能助手提供只读查询工具，不开端口
          offer read-only tools to assistants over standard input and output; no port is opened
            --site URL      链接所在的网站，默认本机 · site of the links, by default this machine

环境变量 Environment
  JJJ_ATLAS_CACHE         缓存文件夹，默认在用户缓存目录 · cache folder, by default the user's own
  JJJ_ATLAS_DATA          自己的表所在的文件夹，默认在用户数据目录
                          folder of your own tables, by default that of the user's data
  JJJ_ATLAS_TRUST_PROXY   同 --trust-proxy，供 gunicorn 用 · the same as --trust-proxy, for gunicorn
  JJJ_ATLAS_PREFIX        同 --prefix，供 gunicorn 用；相信代理时，代理的 X-Forwarded-Prefix 优先
                          the same as --prefix, for gunicorn; X-Forwarded-Prefix of a believed
                          proxy comes first
  JJJ_ATLAS_RATE          每个读者每分钟可取的文件数，默认 120，回调为其十倍；0 为不限
                          files a reader may fetch in a minute: 120 by default, ten times
                          as many callbacks; 0: no limit
  JJJ_ATLAS_MCP           设为 1 同 --mcp，供 gunicorn 用 · 1 is the same as --mcp, for gunicorn
  JJJ_ATLAS_HOSTS         同 --hosts，供 gunicorn 用 · the same as --hosts, for gunicorn
  JJJ_ATLAS_FRAMERS       同 --framers，供 gunicorn 用 · the same as --framers, for gunicorn
  JJJ_ATLAS_LOG           设为 all 则逐条记录请求，否则只记录错误
                          all: a line for each request; otherwise faults only
"""


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return the exit code: 0 well, 1 a fault, 2 a mistyped line."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            # A console without Chinese letters shows escapes, never a crash.
            stream.reconfigure(errors="backslashreplace")
    arguments = _parser().parse_args(_with_command(sys.argv[1:] if argv is None else argv))
    if wanting := scarce.of(scarce.PROGRAM):
        print(wanting, file=sys.stderr)
        return 1
    try:
        from dashboard import cli  # noqa: PLC0415 - heavy; --help must not wait for it

        return cli.run(arguments)
    except KeyboardInterrupt:
        # OpenBLAS, too, interrupts the program where it cannot start its threads.
        if wanting := scarce.no_thread():
            print(wanting, file=sys.stderr)
            return 1
        return 130  # what shells expect of a command stopped with Ctrl-C
    except Exception as error:
        wanting = scarce.told(error)
        if wanting is None:
            raise
        print(wanting, file=sys.stderr)
        return 1


def _with_command(argv: Sequence[str]) -> list[str]:
    """Put `serve` first where no command is named."""
    named = bool(argv) and (not argv[0].startswith("-") or argv[0] in {"-h", "--help"})
    return list(argv) if named else ["serve", *argv]


def _parser() -> argparse.ArgumentParser:
    raw = argparse.RawDescriptionHelpFormatter
    typed = "python run.py" if Path(sys.argv[0]).name == "run.py" else "jjj-atlas"
    parser = argparse.ArgumentParser(
        prog=typed,
        usage=f"{typed} [command] [options]",
        epilog=OVERVIEW,
        formatter_class=raw,
    )
    commands = parser.add_subparsers(
        prog=typed, dest="command", required=True, help=argparse.SUPPRESS
    )
    serve = commands.add_parser("serve", description="启动图谱 · Serve the atlas")
    serve.add_argument("--host", default="127.0.0.1", help="监听地址 · address (%(default)s)")
    serve.add_argument("--port", default=8050, type=_port, help="端口 · port (%(default)s)")
    serve.add_argument(
        "--no-browser", dest="browser", action="store_false", help="不打开浏览器 · open no browser"
    )
    serve.add_argument(
        "--trust-proxy",
        dest="proxies",
        type=_count,
        metavar="N",
        help="相信几层反向代理 · proxies to believe",
    )
    serve.add_argument("--prefix", metavar="PATH", help="路径前缀 · path that it stands under")
    serve.add_argument("--mcp", action="store_true", help="供智能助手查询 · tools for assistants")
    serve.add_argument(
        "--own", action="store_true", help="自有数据给来访者 · show own data to whoever comes"
    )
    serve.add_argument(
        "--mcp-own", action="store_true", help="自有数据给助手 · own data for assistants"
    )
    serve.add_argument("--hosts", metavar="LIST", default="", help="网站的域名 · names of the site")
    serve.add_argument(
        "--framers", metavar="LIST", default="", help="可嵌入的网站 · origins that may embed"
    )
    build = commands.add_parser("build", description="生成图层与数据表 · Build layers and tables")
    build.add_argument("--force", action="store_true", help="重新生成 · build again")
    _add_export(commands.add_parser("export", description="导出图与数据 · Export figures"))
    report = commands.add_parser("report", description="一地简报 · A short report on a place")
    what = "都市圈或地区，或 findings（论断） · a circle or region, or findings"
    report.add_argument("place", help=what)
    report.add_argument("--out", required=True, metavar="FILE", help="docx, pdf, pptx")
    shown = "方案、指标、论断等 · scheme, indicator, claim and so on"
    report.add_argument("--view", default="", help=shown)
    report.add_argument("--lang", metavar="LANG", help=_among("语言 · language", WORDS[:2]))
    _add_site(report)
    _add_own(commands)
    commands.add_parser("check", description="核对全部数据 · Validate all facts")
    _add_site(commands.add_parser("mcp", description="供智能助手查询 · Tools for assistants"))
    return parser


def _add_own(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    bring = commands.add_parser("import", description="导入自己的表 · Bring a table of your own")
    bring.add_argument("file", help="CSV、XLSX、Parquet")
    bring.add_argument("--as", dest="name", required=True, metavar="NAME", help="名称 · its name")
    bring.add_argument("--kind", choices=OWN_KINDS, default=OWN_KINDS[0], help="种类 · kind")
    bring.add_argument(
        "--crs", choices=("auto", *OWN_SYSTEMS), default="auto", help="坐标系 · system"
    )
    bring.add_argument("--scheduler", metavar="tcp://HOST:8786", help="集群 · a Dask cluster")
    bring.add_argument("--keep", action="append", default=[], metavar="COLUMN", help="留列 · keep")
    bring.add_argument("--columns", metavar="FILE", help="列的对应（TOML）· map of columns")
    bring.add_argument("--year", type=_year, help="全表同一年 · year of all figures")
    bring.add_argument("--dry-run", action="store_true", help="只看 · keep nothing")
    own = commands.add_parser("own", description="自己的表 · The tables brought along")
    doing = own.add_subparsers(dest="doing", required=True)
    doing.add_parser("list", description="全部 · all")
    for doing_, words in {
        "show": "有什么数 · what it holds",
        "report": "拒收的行 · what was refused",
        "remove": "删去 · delete",
    }.items():
        doing.add_parser(doing_, description=words).add_argument("name", help="名称 · name")


def _add_export(export: argparse.ArgumentParser) -> None:
    what = export.add_mutually_exclusive_group(required=True)
    what.add_argument("view", nargs="?", help="网址中的视图 · the view as the address shows it")
    what.add_argument("--batch", metavar="FILE", help="视图清单（CSV）· a list of views")
    export.add_argument("--out", required=True, metavar="DIR", help="输出文件夹 · output folder")
    export.add_argument("--packet", action="store_true", help="出版资料包 · packet of each view")
    export.add_argument("--format", default="pdf", metavar="LIST", help="格式 · formats")
    export.add_argument("--chart", metavar="LIST", help="图，默认全部 · charts, by default all")
    export.add_argument("--each", metavar="LEVEL", help=_among("每个地方 · per place", EACH))
    size, *_ = SIZES
    export.add_argument("--size", metavar="NAME", default=size, help=_among("尺寸 · size", SIZES))
    export.add_argument("--lang", metavar="LANG", help=_among("语言 · language", WORDS))
    export.add_argument("--palette", metavar="NAME", help=_among("配色 · palette", PALETTES))
    export.add_argument("--dpi", metavar="N", help=_among("PNG 精度 · resolution", DPI))
    export.add_argument("--width", metavar="MM", help="自定宽度 · own width in millimetres")
    export.add_argument(
        "--transparent", action="store_const", const="1", help="透明背景 · transparent ground"
    )
    _add_site(export)


def _among(words: str, known: Iterable[object]) -> str:
    """Return the help of an option with what it may be, which is checked with the view."""
    return f"{words}: {', '.join(map(str, known))}"


def _add_site(command: argparse.ArgumentParser) -> None:
    said = "链接所在的网站 · site of the links"
    command.add_argument("--site", default=SITE, type=_site, help=said)


def _site(text: str) -> str:
    told = urlsplit(text)
    if not (told.hostname and told.scheme.removesuffix("s") == "http"):
        message = f"网站应为完整地址，如 {SITE} · give a whole address, as {SITE}"
        raise argparse.ArgumentTypeError(message)
    return text


def _count(text: str) -> int:
    if not text.isdecimal() or not text.isascii():
        message = "应为非负整数 · give a whole number from 0 on"
        raise argparse.ArgumentTypeError(message)
    return int(text)


def _year(text: str) -> int:
    first, last = YEARS
    if not text.isdecimal() or not first <= int(text) <= last:
        message = f"年份应为 {first}–{last} · a year from {first} to {last}"
        raise argparse.ArgumentTypeError(message)
    return int(text)


def _port(text: str) -> int:
    if not text.isdecimal() or int(text) > HIGHEST_PORT:
        message = f"端口应为 0–{HIGHEST_PORT} 的整数 · a port is a number from 0 to {HIGHEST_PORT}"
        raise argparse.ArgumentTypeError(message)
    return int(text)
