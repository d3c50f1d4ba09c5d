"""What training minimises: losses, their weights, and damage to the inputs."""
