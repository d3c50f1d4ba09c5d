"""Files of any kind: read within limits, and written beside and renamed."""
