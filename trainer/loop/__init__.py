"""What happens in a step of training, and the schedule that the steps follow."""
