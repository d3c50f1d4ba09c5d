"""The lessons themselves, a file each: `LESSON` is all that a file has to hold."""
