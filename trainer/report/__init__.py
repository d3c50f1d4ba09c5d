"""What a run leaves for people to look at: curves, grids of pictures, what was skipped, and a page with all of it."""

from trainer.report.files import save_curves, save_grid, save_skipped

__all__ = ["save_curves", "save_grid", "save_skipped"]
