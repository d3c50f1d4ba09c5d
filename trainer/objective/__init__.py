"""The objective: losses, their weights, and damage to the inputs."""
