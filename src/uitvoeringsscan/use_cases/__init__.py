"""One function per thing a person can do: load, call one pure function, save. Permission is asked here, so no door forgets it."""
