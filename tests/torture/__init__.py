"""Processes killed, files damaged, disks full: nothing may be lost. `python -m tests.torture`."""
