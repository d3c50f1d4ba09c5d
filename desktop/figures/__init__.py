"""Figures for papers: pictures or curves with a caption and their numbers, as PDF, SVG or PNG."""
