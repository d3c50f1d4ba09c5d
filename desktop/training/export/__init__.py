"""Models made of runs: what they are to be, their exports, their proof, and the picture that they are opened with."""
