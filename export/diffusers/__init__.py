"""Bundles in the field's own layout: safetensors, `config.json`, a loader in plain torch, and a card with metadata."""
