"""What lies on the stage of the comparison."""
