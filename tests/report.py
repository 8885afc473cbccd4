"""What the benchmarks print: one JSON object a line."""

import json


def report(name, value, unit, against, ratio):
    """A figure beside what it is compared with; ratio: above 1 is better for us."""
    print(
        json.dumps(
            {
                "name": name,
                "value": round(float(value), 4),
                "unit": unit,
                "against": against,
                "ratio": round(float(ratio), 3),
            }
        ),
        flush=True,
    )
