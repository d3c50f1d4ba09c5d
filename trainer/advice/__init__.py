"""What to train on a folder of pictures: facts that are found out, choices that follow from them, and why."""
