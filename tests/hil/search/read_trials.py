"""Reads a log of a search line by line, holds each run against the schema, and says how many there were."""
import json
import pathlib
import sys

import jsonschema

schema = json.loads((pathlib.Path(__file__).parent / "trial.schema.json").read_text())
jsonschema.Draft7Validator.check_schema(schema)
lines = pathlib.Path(sys.argv[1]).read_text().splitlines()
for line in lines:
    jsonschema.validate(json.loads(line), schema)
print(len(lines), "runs")
