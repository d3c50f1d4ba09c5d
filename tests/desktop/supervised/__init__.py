"""Tests of commands that end with the window."""
