"""The licences of all dependencies: `python -m tests.licences > docs/licences.md`."""

from __future__ import annotations

import importlib.metadata
from typing import Final

from tests.conftest import ROOT

KNOWN: Final = "0BSD AFL Apache BSD CC0 MIT MPL Mozilla PSF Python ZPL Zlib Zope"
COMPATIBLE: Final = tuple(KNOWN.split())
"""Beginnings of the licences that a program under the MIT licence may depend on."""
GRANT: Final = "Permission is hereby granted, free of charge, to any person obtaining a copy of"
CLASSIFIER: Final = "License :: OSI Approved :: "
HEAD: Final = """\
# 依赖的许可 · Licences of the dependencies

由 `python -m tests.licences` 据各包的元数据生成；版本见 `constraints.txt`。
全部与本项目的 MIT 许可相容：宽松许可，或仅及于自身文件的 MPL-2.0。
Made from the metadata of the packages; the versions are in `constraints.txt`. All are compatible
with the MIT licence of this project: permissive, or MPL-2.0, which covers its own files only.

| 包 Package | 许可 Licence |
|---|---|
"""

TAIL: Final = """
## 字体 · Type

图、PDF 与简报用本机的 Noto Sans CJK SC（© 2014–2021 Adobe；Noto 是 Google 的商标），
许可为 SIL Open Font License 1.1（https://openfontlicense.org）。图谱不附带、也不分发字体文件：
PDF 只嵌入所用的字，其三次曲线（CFF）转为二次曲线（TrueType）。OFL 许可嵌入与修改，
对用字体制成的文件不作要求（第5条）；该字体的版权声明没有保留名称（Reserved Font Name），
故第3条不妨碍嵌入的子集沿用原名。字体自身的嵌入许可（OS/2 fsType）为 0，即可安装、可嵌入。
Figures, PDFs and reports are set in the machine's own Noto Sans CJK SC (© 2014–2021 Adobe; Noto
is a trademark of Google) under the SIL Open Font License 1.1. No font file comes with the atlas
or leaves it: a PDF embeds the letters it uses, their cubic outlines (CFF) converted to quadratic
ones (TrueType). The OFL allows embedding and modification, and its requirement “does not apply to
any document created using the Font Software” (condition 5); the font's copyright line declares no
Reserved Font Name, so that condition 3 does not keep the embedded subset from its name. The
font's own embedding permission (OS/2 fsType) is 0: installable.
"""


def packages() -> list[str]:
    """Return the names of all pinned packages."""
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    return [line.partition("==")[0] for line in lines if "==" in line]


def licence_of(package: str) -> str:
    """Return the licence as the package states it: expression, classifier, or first line.

    The line is that of the metadata, or else that of the licence that comes with the package.
    """
    said = dict(importlib.metadata.metadata(package).json)
    if expression := said.get("license_expression"):
        return str(expression)
    classifiers = [str(c) for c in said.get("classifier", [])]
    named = [c.removeprefix(CLASSIFIER) for c in classifiers if c.startswith(CLASSIFIER)]
    stated = ", ".join(named) or str(said.get("license", "")).partition("\n")[0].strip()
    return stated or _first_line(package)


def _first_line(package: str) -> str:
    """Return the first line of the licence file of a package, nothing where it has none.

    The MIT licence is known by the words it grants with, where its name does not stand above them.
    """
    for file in importlib.metadata.files(package) or ():
        if file.name == "LICENSE" and ".dist-info" in str(file.parent):
            text = file.read_text(encoding="utf-8")
            return "MIT" if GRANT in " ".join(text.split()) else text.partition("\n")[0].strip()
    return ""


def table() -> str:
    """Return the whole document."""
    return HEAD + "".join(f"| {name} | {licence_of(name)} |\n" for name in packages()) + TAIL


if __name__ == "__main__":
    print(table(), end="")
