"""Where the files of a register lie: on this machine, or in a store that Arrow reads by address.

An address is s3://bucket/folder, gs://…, hdfs://… or file:///…; the store is asked with what the
surroundings tell of its keys, and none of them is kept.
"""

from __future__ import annotations

from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit

import pyarrow as pa
from pyarrow import fs, parquet

from geodata.own.errors import OwnError

if TYPE_CHECKING:
    from collections.abc import Sequence

SUFFIX: Final = ".parquet"
MARK: Final = "://"
END: Final = 2**16
"""Bytes at the end of a Parquet file by which it is told from others: sizes, places and bounds."""


def is_address(file: str) -> bool:
    """Tell whether a file is named by an address."""
    return MARK in file


def name_of(file: str) -> str:
    """Return what a file or a folder is called."""
    return PurePosixPath(file.partition("?")[0]).name if is_address(file) else Path(file).name


def opened(file: str, read_dictionary: Sequence[str] = ()) -> parquet.ParquetFile:
    """Open a Parquet file.

    Raises
    ------
    OwnError
        If its store cannot be reached.
    OSError, pyarrow.ArrowException
        If it cannot be read.
    """
    store, path = _store(file)
    return parquet.ParquetFile(path, filesystem=store, read_dictionary=list(read_dictionary))


def files_in(file: str) -> list[str]:
    """Return the Parquet files of a folder by name, or the one file that is meant.

    Raises
    ------
    OwnError
        If there is none, or the store cannot be reached.
    """
    store, path = _store(file)
    try:
        found = [store.get_file_info(path)]
        if found[0].type == fs.FileType.Directory:
            found = store.get_file_info(fs.FileSelector(path))
            found = [one for one in found if one.path.endswith(SUFFIX)]
    except (OSError, pa.ArrowException) as error:
        raise OwnError(of="no_store", address=file, why=error) from None
    there = sorted(one.path for one in found if one.type == fs.FileType.File)
    if not there:
        raise OwnError(of="no_parquet", path=file)
    if not is_address(file):
        return [str(Path(one).resolve()) for one in there]
    if there == [path]:
        return [file]
    # What stands behind a question mark tells of the store: endpoint_override, region.
    root, mark, told = file.partition("?")
    root = root.removesuffix("/")
    return [f"{root}/{PurePosixPath(one).name}{mark}{told}" for one in there]


def end_of_file(file: str) -> tuple[int, bytes]:
    """Return the size of a file, and its last bytes."""
    store, path = _store(file)
    with store.open_input_file(path) as source:
        size = source.size()
        source.seek(max(0, size - END))
        return size, source.read()


def _store(file: str) -> tuple[Any, str]:
    """Return the store of a file and its path there."""
    if not is_address(file):
        return fs.LocalFileSystem(), file
    if urlsplit(file).password:
        raise OwnError(of="key_in_address")
    try:
        store, path = fs.FileSystem.from_uri(file)
    except (OSError, ValueError, pa.ArrowException) as error:
        raise OwnError(of="no_store", address=file, why=error) from None
    return store, path
