"""1 WHAT IS PROPOSED: the amendment as it was handed in, and what we read in its text, every value with its place."""
