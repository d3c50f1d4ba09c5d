"""The step of training, and the schedule that the steps follow."""
