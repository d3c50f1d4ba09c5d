"""The Morph page: interpolation between pictures, played live."""
