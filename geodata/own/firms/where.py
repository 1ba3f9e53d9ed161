"""Where the files of a register lie: on this machine, or in a store that Arrow reads by address.

An address is s3://bucket/folder, gs://…, hdfs://… or file:///…; the store is asked with what the
surroundings tell of its keys, and none of them is kept. Arrow by itself waits two minutes for an
S3 store that is silent, and three and a half to learn where a bucket lies: ours are asked twice,
and lie where the address or the surroundings say.
"""

from __future__ import annotations

import os
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import parse_qsl, quote, unquote, urlsplit

import pyarrow as pa
from pyarrow import fs, parquet

from geodata.own.errors import OwnError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

SUFFIX: Final = ".parquet"
MARK: Final = "://"
S3: Final = "s3://"
S3_TOLD: Final = frozenset({"endpoint_override", "region", "scheme"})
"""What an address may tell of a store; keys are no part of one."""
CONNECTED, ANSWERED, ASKED = 5, 10, 2
"""Seconds until a store is reached, and until it says something; and how often it is asked."""
UNREACHED: Final = "NETWORK_CONNECTION"
"""How S3 says that there was no answer, which is told behind DETAILS."""
DETAILS: Final = "Details: "
END: Final = 2**16
"""Bytes at the end of a Parquet file by which it is told from others: sizes, places and bounds."""


def is_address(file: str) -> bool:
    """Tell whether a file is named by an address."""
    return MARK in file


def name_of(file: str) -> str:
    """Return what a file or a folder is called."""
    return PurePosixPath(file.partition("?")[0]).name if is_address(file) else Path(file).name


@contextmanager
def opened(file: str, read_dictionary: Sequence[str] = ()) -> Iterator[parquet.ParquetFile]:
    """Open a Parquet file.

    Raises
    ------
    OwnError
        If its store cannot be reached, at once or while it is read.
    OSError, pyarrow.ArrowException
        If it cannot be read.
    """
    store, path = _store(file)
    try:
        with parquet.ParquetFile(
            path, filesystem=store, read_dictionary=list(read_dictionary)
        ) as there:
            yield there
    except OSError as error:
        if UNREACHED in str(error):
            raise fault(file, error) from None
        raise


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
        raise fault(file, error) from None
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
    return [f"{root}/{quote(PurePosixPath(one).name)}{mark}{told}" for one in there]


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
    parts = urlsplit(file)
    told = dict(parse_qsl(parts.query))
    if parts.password or any(word in name for name in told for word in ("key", "secret", "token")):
        raise OwnError(of="key_in_address")
    try:
        return _s3(parts.netloc + parts.path, told) if file.startswith(S3) else _other(file)
    except (OSError, ValueError, pa.ArrowException) as error:
        raise fault(file, error) from None


def _s3(place: str, told: dict[str, str]) -> tuple[fs.S3FileSystem, str]:
    if strange := sorted(told.keys() - S3_TOLD):
        message = f"?{'、'.join(strange)}"
        raise ValueError(message)
    named = os.environ.get("AWS_ENDPOINT_URL_S3") or os.environ.get("AWS_ENDPOINT_URL")
    tries = fs.AwsStandardS3RetryStrategy(max_attempts=ASKED)
    store = fs.S3FileSystem(
        connect_timeout=CONNECTED,
        request_timeout=ANSWERED,
        retry_strategy=tries,
        **({"endpoint_override": named} if named else {}) | told,
    )
    return store, unquote(place).rstrip("/")


def _other(file: str) -> tuple[fs.FileSystem, str]:
    store, path = fs.FileSystem.from_uri(file)
    return store, path


def fault(file: str, error: Exception) -> OwnError:
    """Return what is wrong with a store: it does not answer, or it says why it cannot be read."""
    why = str(error)
    if UNREACHED in why:
        return OwnError(of="silent_store", address=file, why=why.rpartition(DETAILS)[2])
    return OwnError(of="no_store", address=file, why=why)
