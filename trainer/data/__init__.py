"""Pictures for training: a folder of the user's, or built-in characters."""

from trainer.data.dataset import Data, Pictures, open_data

__all__ = ["Data", "Pictures", "open_data"]
