"""What the program does: one module a command, of the command's name.

An action takes plain values and Settings, takes the lock where it changes a case, and returns values; it never prints.
The command line and every other face call these, and nothing below them: a face imports an action, the values it gives
and the shapes published of them from the action's own module.
"""
