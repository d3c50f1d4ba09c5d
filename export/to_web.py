"""`python -m export.to_web BUNDLE --out FOLDER`: a web page that runs a bundle's model in the reader's browser."""

from __future__ import annotations

import argparse
import shlex
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from export.bundle import BundleError, read_bundle
from export.errors import ExportError

if TYPE_CHECKING:
    from export.web.page import Page

EXIT_BAD_INPUT = 2
EXIT_INTERRUPTED = 130


@dataclass(frozen=True)
class WebConfig:
    """The page to make, and its place.

    Attributes:
        bundle: A bundle's folder, or its .convae file.
        out: The page's folder.
        single_file: Whether everything goes into one index.html.
        runtime: Where onnxruntime-web comes from: `cdn` or `copy`.
        tarball: npm's file of it for `copy`; None lets npm fetch it, once.
    """

    bundle: Path
    out: Path
    single_file: bool
    runtime: str
    tarball: Path | None


def main(arguments: list[str] | None = None) -> int:
    """The command; returns its exit status: 0, or 2 after one sentence about what is wrong."""
    config = _parse(arguments)
    try:
        page = make_page(config)
    except (BundleError, ExportError) as error:
        return _fail(str(error))
    except OSError as error:
        return _fail(f"The page could not be written: {error}; an older one in its place is unchanged.")
    except KeyboardInterrupt:
        print("Stopped; nothing was written.", file=sys.stderr)
        return EXIT_INTERRUPTED
    size = sum(map(len, page.files.values())) / 1e6
    print(f"Written to {config.out}: {len(page.files)} file{'s' * (len(page.files) > 1)}, {size:.1f} MB")
    print(_next_step(config))
    return 0


def make_page(config: WebConfig) -> Page:
    """Makes the page and writes it.

    Raises:
        BundleError: There is no such bundle, or it is broken.
        ExportError: The page cannot be made of it, or not there.
        OSError: The disk refused.
    """
    # These bring numpy, Pillow and onnxruntime, which --help can do without.
    from export.web.page import build_page, check_place, write_page
    from export.web.runtime import find_tarball, read_runtime

    check_place(config.out)
    bundle = read_bundle(config.bundle)
    bundle.verify()
    runtime = read_runtime(config.tarball or find_tarball()) if config.runtime == "copy" else None
    page = build_page(bundle, config.single_file, runtime)
    write_page(config.out, page)
    return page


def _next_step(config: WebConfig) -> str:
    folder = shlex.quote(str(config.out))
    if config.single_file:
        return f"Next       open {config.out / 'index.html'} by double click, or send it to somebody"
    return f"Next       python -m http.server --directory {folder}, then open http://localhost:8000"


def _parse(arguments: list[str] | None) -> WebConfig:
    parser = argparse.ArgumentParser(
        prog="python -m export.to_web",
        description="Turn a bundle into a web page: sliders, gallery and random pictures for anyone with a browser.",
        epilog="The page runs the model where it is opened; no picture leaves it.",
    )
    parser.add_argument("bundle", type=Path, help="a bundle's folder, or its .convae file")
    parser.add_argument("--out", type=Path, required=True, help="the page's folder; an older page there is replaced")
    parser.add_argument("--single-file", action="store_true", help="one index.html that opens by double click")
    parser.add_argument(
        "--runtime",
        choices=("cdn", "copy"),
        default="cdn",
        help="load onnxruntime-web from a content delivery network when the page opens (default), or copy it into the "
        "page, which then works without any network",
    )
    parser.add_argument(
        "--tarball",
        type=Path,
        help="the file that `npm pack` wrote, for --runtime copy; if not given, npm fetches it once",
    )
    parsed = parser.parse_args(arguments)
    if parsed.tarball and parsed.runtime != "copy":
        parser.error("--tarball is for --runtime copy")
    return WebConfig(**vars(parsed))


def _fail(message: str) -> int:
    print(f"error: {message}", file=sys.stderr)
    return EXIT_BAD_INPUT


if __name__ == "__main__":
    sys.exit(main())
