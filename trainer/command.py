"""`convae-train`, which says what is missing where the desktop alone was installed."""

from __future__ import annotations

from trainer.terminal import say_error

EXTRA = "pip install 'convae[train]'"


def main() -> int:
    """The command; returns its exit status: that of the training, or 2 where what it needs is not installed."""
    try:
        from trainer.train import main as train
    except ModuleNotFoundError as error:
        if error.name is None or error.name.split(".")[0] == "trainer":
            raise
        say_error(f"{error.name} is not installed, which training needs; install the extra `train`: {EXTRA}.")
        return 2
    return train()
