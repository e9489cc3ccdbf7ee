"""What is true without a computer: the rules of law as small functions and cited, dated data."""
