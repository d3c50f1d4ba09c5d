"""The scores by which a picture can be anomalous: a file each, found by `registry`. The higher, the more anomalous.

To add one, write a file here that defines `SCORE`, and its test: it then stands in the window, on the command line, in
CSV files and in saved detectors.
"""
