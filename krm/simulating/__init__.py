"""An invented office at play: the real code with simulated time, people with habits, and promises that must hold."""
