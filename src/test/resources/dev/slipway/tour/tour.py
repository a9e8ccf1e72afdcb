"""Reads a call a line, runs it as a command line of the AWS CLI in this process, and prints what the CLI made of the answer.

Argument: the endpoint.
"""
import contextlib
import io
import json
import os
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
        return {"answer": json.loads(out.getvalue() or "{}")}
    if not seen:
        return {"refused": err.getvalue().strip()}
    status, parsed = seen[-1]
    error = parsed.get("Error", {})
    expected = "An error occurred (%s) when calling the %s operation: %s" % (
        error.get("Code"), asked["call"], error.get("Message"))
    if expected not in err.getvalue():
        return {"refused": "the CLI said " + err.getvalue() + " instead of " + expected}
    return {"error": {"code": error.get("Code"), "status": status, "message": error.get("Message")}}


answers = sys.stdout
for line in sys.stdin:
    answer = told(json.loads(line))
    answers.write(json.dumps(answer) + "\n")
    answers.flush()
