"""What a sentence says, as far as it can be compared: names, numbers, days, words."""
