"""`python -m trainer.ablate`: variants of a training, compared."""
