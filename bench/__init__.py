"""Speed, memory and size, measured by commands that anyone can run again."""
