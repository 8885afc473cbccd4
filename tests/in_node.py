"""The page's own arithmetic, run by Node."""

import json
import subprocess

from builder.project import ROOT

PROGRAM = """
import * as page from "./static/figures/{module}.js";
import {{ readFileSync }} from "node:fs";
const given = JSON.parse(readFileSync(0));
console.log(JSON.stringify(({body})(page, given)));
"""


def in_node(module, body, **given):
    """What `body`, a JavaScript function of a module of static/figures and of what is given (JSON), returns."""
    program = ["node", "--input-type=module", "-e", PROGRAM.format(module=module, body=body)]
    done = subprocess.run(program, input=json.dumps(given), capture_output=True, text=True, cwd=ROOT)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)
