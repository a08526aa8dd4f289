"""The handbook edition: pages that come with the program, and the door to their bytes. Imports errors only."""
