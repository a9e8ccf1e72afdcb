"""Reads a call a line, runs it as a command line of the AWS CLI in this process, and prints what the CLI made of the answer.

Argument: the endpoint.
"""
import contextlib
import io
import json
import os
import re
import sys

from awscli import clidriver
from botocore import xform_name

COMMANDS = {}


def driver(asked):
    """A driver per caller and region; credentials are read from the environment when it first needs them."""
    which = (asked["key"], asked["secret"], asked["token"], asked["region"])
    os.environ["AWS_ACCESS_KEY_ID"] = asked["key"]
    os.environ["AWS_SECRET_ACCESS_KEY"] = asked["secret"]
    os.environ["AWS_DEFAULT_REGION"] = asked["region"]
    os.environ.pop("AWS_SESSION_TOKEN", None)
    if asked["token"]:
        os.environ["AWS_SESSION_TOKEN"] = asked["token"]
    if which not in COMMANDS:
        made = clidriver.create_clidriver()
        seen = []

        def after_call(http_response, parsed, **rest):
            seen.append((http_response.status_code, parsed))

        made.session.register("after-call", after_call)
        COMMANDS[which] = (made, seen)
    return COMMANDS[which]


def members(session, asked):
    """The path of every member that the output can have by this CLI's model: what it has never heard of, it does not show."""
    paths = []

    def walk(shape, path, above):
        if shape.type_name == "structure" and shape.name not in above:
            for name, member in shape.members.items():
                paths.append(path + name)
                walk(member, path + name + ".", above + [shape.name])
        elif shape.type_name == "list":
            walk(shape.member, path, above)
        elif shape.type_name == "map":
            walk(shape.value, path + "*.", above)

    output = session.get_service_model(asked["service"]).operation_model(asked["call"]).output_shape
    if output is not None:
        walk(output, "", [])
    return paths


def told(asked):
    made, seen = driver(asked)
    seen.clear()
    command = [
        "--endpoint-url", sys.argv[1], "--output", "json", "--no-paginate",
        asked["service"], xform_name(asked["call"], "-"), "--cli-input-json", json.dumps(asked["with"]),
    ]
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        try:
            code = made.main(command)
        except SystemExit as ended:
            code = ended.code
    if code == 0:
        return {"answer": json.loads(out.getvalue() or "{}"), "members": members(made.session, asked)}
    if not seen:
        return {"refused": err.getvalue().strip()}
    status, parsed = seen[-1]
    error = parsed.get("Error", {})
    expected = "An error occurred (%s) when calling the %s operation: %s" % (
        error.get("Code"), asked["call"], error.get("Message"))
    # Older CLIs say between the two parts how often they tried.
    said = re.sub(r" \(reached max retries: \d+\)", "", err.getvalue())
    if expected not in said:
        return {"refused": "the CLI said " + said + " instead of " + expected}
    return {"error": {"code": error.get("Code"), "status": status, "message": error.get("Message")}}


answers = sys.stdout
for line in sys.stdin:
    answer = told(json.loads(line))
    answers.write(json.dumps(answer) + "\n")
    answers.flush()
