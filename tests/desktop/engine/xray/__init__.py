"""Tests of the X-ray's engine."""
