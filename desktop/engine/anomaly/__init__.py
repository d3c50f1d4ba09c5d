"""Anomaly detection: scores, a detector that is fitted on good pictures, and its evaluation."""
