"""One file moved to a name that nobody else has, so that at no moment, whatever is cut off, its content is lost.

A second name is made for the file, which fails where that name is taken, and then the first is removed. Across disks a
copy is made under a name of its own, and has its final one once it is whole. What a cut leaves, two names or two
copies, the next try brings to its end.
"""

from __future__ import annotations

import contextlib
import errno
import filecmp
import os
import shutil
from pathlib import Path

from desktop.engine.disk.files import sync_folder
from export.bundle import leftovers

NO_SECOND_NAMES = (errno.EPERM, errno.EOPNOTSUPP, errno.ENOTSUP, errno.EMLINK, errno.ENOSYS)  # as on FAT


def move_file(source: Path, place: Path) -> None:
    """Moves a file or a link; a relative link points to where it pointed.

    Raises:
        FileExistsError: Something else has that name.
        OSError: The disk refused; the file is where it was.
    """
    if not source.is_symlink() and not source.is_file():
        raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT))
    place.parent.mkdir(parents=True, exist_ok=True)
    try:
        if source.is_symlink():
            place.symlink_to(_aim(source, place))
        else:
            _give_name(source, place)
    except FileExistsError:
        if not _is_same(source, place):
            raise
    sync_folder(place.parent)
    source.unlink(missing_ok=True)  # it is gone already where it was renamed


def _give_name(source: Path, place: Path) -> None:
    """Puts the content of a file under another name too."""
    try:
        place.hardlink_to(source)
    except OSError as error:
        if error.errno == errno.EXDEV:
            _copy(source, place)
        elif error.errno in NO_SECOND_NAMES:
            _rename(source, place)
        else:
            raise


def _copy(source: Path, place: Path) -> None:
    scratch = leftovers.name_beside(place)
    try:
        with source.open("rb") as original, scratch.open("xb") as copy:
            leftovers.hold(copy.fileno())
            shutil.copyfileobj(original, copy, 1 << 20)
            copy.flush()
            os.fsync(copy.fileno())
        shutil.copystat(source, scratch)
        try:
            place.hardlink_to(scratch)
        except OSError as error:
            if error.errno not in NO_SECOND_NAMES:
                raise
            _rename(scratch, place)
    finally:
        with contextlib.suppress(OSError):
            scratch.unlink(missing_ok=True)


def _rename(source: Path, place: Path) -> None:
    """Where a disk knows no second names, the look and the rename are two steps.

    Raises:
        FileExistsError: The name is taken.
    """
    if os.path.lexists(place):
        raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(place))
    source.rename(place)


def _aim(link: Path, place: Path) -> str:
    """What a link must say at another place to point to where it points."""
    said = os.readlink(link)  # noqa: PTH115 (as it is, with a slash at its end)
    if Path(said).is_absolute():
        return said
    return os.path.relpath(os.path.join(os.path.realpath(link.parent), said), os.path.realpath(place.parent))  # noqa: PTH118


def _is_same(source: Path, place: Path) -> bool:
    """Whether a move that was cut off has been here: the same file under two names, the same link, or a whole copy."""
    if source.is_symlink() or place.is_symlink():
        return source.is_symlink() and place.is_symlink() and _aim(source, place) == os.readlink(place)  # noqa: PTH115
    return place.is_file() and (source.samefile(place) or filecmp.cmp(source, place, shallow=False))
