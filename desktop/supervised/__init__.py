"""Commands in processes of their own that end with the window."""
