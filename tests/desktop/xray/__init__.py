"""Tests of the X-ray."""
