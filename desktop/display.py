"""Whether a window can be opened here. No Qt yet: Qt aborts the process where this can still say why.

See https://doc.qt.io/qt-6/linux-requirements.html for what Qt's xcb platform needs.
"""

from __future__ import annotations

import ctypes
import importlib.util
import os
import socket
import sys
from pathlib import Path

from desktop.engine.errors import DisplayError

DEBIAN_PACKAGES = (
    "libegl1 libgl1 libxkbcommon-x11-0 libxcb-cursor0 libxcb-icccm4 libxcb-keysyms1 "
    "libxcb-image0 libxcb-render-util0 libxcb-shape0"
)


def has_display() -> bool:
    """Whether a window would be seen: always, except on Linux where no display server answers."""
    if sys.platform != "linux":
        return True
    platform = _platform()
    if platform.startswith("wayland"):
        return _wayland_answers()
    if platform == "xcb":
        return _x11_answers()
    return platform not in ("offscreen", "minimal")


def require_drawing() -> None:
    """Makes sure that the system libraries are there with which Qt draws.

    Raises:
        DisplayError: One is missing; the sentence names it and the Debian packages to install.
    """
    try:
        import PySide6.QtGui
        import PySide6.QtWidgets  # noqa: F401
    except ImportError as error:
        raise _missing(error) from error


def require_platform() -> None:
    """Makes sure that Qt has the platform on which it will open its window, and that platform its libraries.

    Raises:
        DisplayError: There is no such platform, or a library is missing; the sentence says which.
    """
    if sys.platform != "linux":
        return
    plugins = sorted(_plugin_folder().glob(f"libq{_platform()}*.so"))
    if not plugins:
        known = ", ".join(sorted(path.stem.removeprefix("libq") for path in _plugin_folder().glob("libq*.so")))
        raise DisplayError(
            "QT_QPA_PLATFORM names {platform}, but Qt has only {known} here.", platform=_platform(), known=known
        )
    try:
        ctypes.CDLL(str(plugins[0]))
    except OSError as error:
        raise _missing(error) from error


def _platform() -> str:
    """The platform that Qt will try first: `xcb`, `wayland`, `vnc`, `offscreen`, ..."""
    asked = os.environ.get("QT_QPA_PLATFORM")
    if asked:
        return asked.split(";")[0].split(":")[0]
    return "wayland" if _wayland_answers() else "xcb"


def _plugin_folder() -> Path:
    found = importlib.util.find_spec("PySide6")
    if found is None or found.origin is None:
        raise DisplayError("PySide6 is not installed.")
    return Path(found.origin).parent / "Qt" / "plugins" / "platforms"


def _missing(error: Exception) -> DisplayError:
    library = str(error).split(":")[0]
    return DisplayError(
        "Qt needs a system library that is missing ({library}); on Debian or Ubuntu: apt install {debian_packages}",
        library=library,
        debian_packages=DEBIAN_PACKAGES,
    )


def _wayland_answers() -> bool:
    name = os.environ.get("WAYLAND_DISPLAY")
    if not name:
        return False
    path = Path(os.environ.get("XDG_RUNTIME_DIR", "/"), name)  # an absolute name stands for itself
    try:
        with socket.socket(socket.AF_UNIX) as connection:
            connection.connect(str(path))
    except OSError:
        return False
    return True


def _x11_answers() -> bool:
    if not os.environ.get("DISPLAY"):
        return False
    try:
        xcb = ctypes.CDLL("libxcb.so.1")
    except OSError:
        return True  # it may well answer; the missing library is found and named before Qt starts
    xcb.xcb_connect.restype = ctypes.c_void_p
    xcb.xcb_connection_has_error.argtypes = xcb.xcb_disconnect.argtypes = [ctypes.c_void_p]
    connection = xcb.xcb_connect(None, None)
    failed = xcb.xcb_connection_has_error(connection)
    if failed:
        xcb.xcb_disconnect(connection)
    return not failed  # left open: a server such as Xvfb starts anew when its last client leaves, and Qt would miss it
