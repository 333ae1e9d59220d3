"""Runs a program on a terminal of its own, closes the terminal as soon as the program has said something, and tells how
the program ended: closeTerminal.py TEXT PROGRAM ARGUMENT..."""

import os
import pty
import sys

text, program = sys.argv[1].encode(), sys.argv[2:]
child, terminal = pty.fork()
if child == 0:
    os.execv(program[0], program)
said = b""
while text not in said:
    said += os.read(terminal, 65536)
os.close(terminal)
_, status = os.waitpid(child, 0)
print(f"signal {os.WTERMSIG(status)}" if os.WIFSIGNALED(status) else f"exit {os.WEXITSTATUS(status)}")
