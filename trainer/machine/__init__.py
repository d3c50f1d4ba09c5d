"""The computer that trains: device, processes, clock, memory, signals and randomness."""
