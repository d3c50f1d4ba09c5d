"""A web page made from a bundle: `page/` holds its sources, the modules here put it together."""
