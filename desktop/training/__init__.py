"""The Training page: from a dropped folder to a model with sliders, by the trainer in a process of its own."""
