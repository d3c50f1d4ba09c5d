"""What the pages share: the session, the actions, the settings and the steering."""
