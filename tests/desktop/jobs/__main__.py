"""`python -m tests.desktop.jobs OUT [JOB]` on an X screen: a picture of each step, and the counts as JSON on stdout."""

from __future__ import annotations

import json
import os
import sys
import tempfile
import traceback
from pathlib import Path

from PySide6.QtWidgets import QApplication, QFileDialog

from desktop.engine import library
from desktop.state.settings import Settings
from desktop.window import Window
from tests.desktop.jobs.hands import Hands
from tests.desktop.jobs.scripts import JOBS


def main() -> int:
    """Every job, or the one that is named, in a language; 1 where one stumbled."""
    out, wanted = Path(sys.argv[1]), sys.argv[2] if len(sys.argv) > 2 else ""
    language = sys.argv[3] if len(sys.argv) > 3 else "en"
    out.mkdir(parents=True, exist_ok=True)
    application = QApplication.instance() or QApplication(["jobs"])
    assert isinstance(application, QApplication)
    application.setApplicationName("ConvAE")
    QApplication.setAttribute(__import__("PySide6.QtCore").QtCore.Qt.ApplicationAttribute.AA_DontUseNativeDialogs)
    counts: dict[str, dict[str, object]] = {}
    for name, (job, most) in JOBS.items():
        if wanted and not name.startswith(wanted):
            continue
        with tempfile.TemporaryDirectory(prefix="convae-job-") as folder:
            window = Window(library.find_models(), "cpu", Settings(Path(folder) / "settings.json"))
            window.appearance.choose_language(language)
            window.setGeometry(0, 0, 1280, 800)
            window.show()
            os.environ["XDG_DATA_HOME"] = folder  # what is kept of folders and models is no user's own
            hands, problem = Hands(window, out, name), ""
            try:
                job(hands, Path(folder))
            except Exception as error:
                problem = f"{error!r} {traceback.format_exc(limit=-3)}"
                for dialog in window.findChildren(QFileDialog):
                    dialog.reject()
            counts[name] = {"actions": hands.actions, "most": most, "problem": problem}
            print(name, counts[name], file=sys.stderr, flush=True)
            window.leaving.ask_nobody()
            window.close()
            hands.rest(0.2)
    print(json.dumps(counts))
    return int(any(each["problem"] for each in counts.values()))


if __name__ == "__main__":
    sys.exit(main())
