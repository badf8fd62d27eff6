"""Run by the system's Python: answers what a program's window says, as a screen reader hears it.

A process id a line on stdin; a line of JSON on stdout: a list of nodes with role, name, text,
place on the screen, and whether it is focused.
"""

import json
import sys

import gi

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi, GLib  # noqa: E402

MOST_CHILDREN = 60
MOST_DEPTH = 30


def look(node, found, depth):
    """Add a node, and what is on the screen below it."""
    states = node.get_state_set()
    if depth > 1 and not states.contains(Atspi.StateType.SHOWING):
        return
    place = node.get_extents(Atspi.CoordType.SCREEN)
    role = node.get_role_name()
    text = ""
    if role in ("text", "entry") and "Text" in node.get_interfaces():
        text = Atspi.Text.get_text(node, 0, -1)
    found.append(
        {
            "role": role,
            "name": node.get_name() or "",
            "text": text,
            "at": [place.x, place.y, place.width, place.height],
            "enabled": states.contains(Atspi.StateType.ENABLED),
            "focused": states.contains(Atspi.StateType.FOCUSED),
        }
    )
    if depth < MOST_DEPTH:
        for number in range(min(MOST_CHILDREN, node.get_child_count())):
            child = node.get_child_at_index(number)
            if child is not None:
                look(child, found, depth + 1)


def nodes(process_id):
    """Everything that the windows of a process show; nothing while it cannot be asked."""
    found = []
    desktop = Atspi.get_desktop(0)
    for number in range(desktop.get_child_count()):
        program = desktop.get_child_at_index(number)
        try:
            if program is not None and program.get_process_id() == process_id:
                look(program, found, 0)
        except GLib.Error:  # it changes, or ends, while it is looked at
            continue
    return found


Atspi.init()
Atspi.set_timeout(3000, 15000)
for line in sys.stdin:
    # what is kept of the last look may be gone
    Atspi.get_desktop(0).clear_cache()
    print(json.dumps(nodes(int(line))), flush=True)
