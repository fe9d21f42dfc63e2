"""`script/manage …`: manage.py in the prepared environment, from the caller's folder."""

import os

import demonstration
import environment
from places import data_folder


def main(arguments: list[str]) -> int:
    env = environment.prepare()
    if env["ENVIRONMENT"] == "local":
        data = data_folder()
        if arguments[:1] == ["demo"]:
            demonstration.decide(data)
        env |= demonstration.variable(data)
    command = environment.manage(*arguments)
    os.execve(command[0], command, env)
