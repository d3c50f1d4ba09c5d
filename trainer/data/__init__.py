"""Pictures for training: a folder of the user's, or built-in characters."""

from trainer.data.dataset import Data, open_data
from trainer.data.pictures import Pictures

__all__ = ["Data", "Pictures", "open_data"]
