"""Films to files: the dialog, and the export on a thread."""
