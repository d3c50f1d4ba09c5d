"""The record of a run for people: curves, grids of pictures, what was skipped, and a page with all of it."""

from trainer.report.build import finish_report
from trainer.report.files import SKIPPED_FILE, save_curves, save_skipped

__all__ = ["SKIPPED_FILE", "finish_report", "save_curves", "save_skipped"]
