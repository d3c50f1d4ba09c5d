"""What a network must be better than: linear codes with as many numbers, fitted and measured on the same pictures."""
