"""The views of the Inspect page: each is handed its tools and what it shows its findings in, and knows no page."""
