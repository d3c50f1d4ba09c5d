"""What a model's parts do: the fields of its cells, and its layers."""
