#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Checks the shape of an OpenAPI 3.0 description with what Debian has: every reference leads
somewhere, every operation has an id of its own and answers, path parameters match their path."""

import re
import sys

import yaml

METHODS = {"get", "put", "post", "delete", "options", "head", "patch"}
problems = []


def resolve(document, reference):
    if not reference.startswith("#/"):
        return None
    at = document
    for key in reference[2:].split("/"):
        key = key.replace("~1", "/").replace("~0", "~")
        if not isinstance(at, dict) or key not in at:
            return None
        at = at[key]
    return at


def walk(document, node, where, used):
    if isinstance(node, dict):
        reference = node.get("$ref")
        if isinstance(reference, str):
            used.add(reference)
            if resolve(document, reference) is None:
                problems.append(f"{where}: {reference} leads nowhere")
        for key, value in node.items():
            walk(document, value, f"{where}/{key}", used)
    elif isinstance(node, list):
        for i, value in enumerate(node):
            walk(document, value, f"{where}/{i}", used)


def parameters(document, owner):
    for parameter in owner.get("parameters", []):
        yield resolve(document, parameter["$ref"]) or {} if "$ref" in parameter else parameter


def check_operation(document, path, item, method, seen):
    operation = item[method]
    where = f"{method.upper()} {path}"
    name = operation.get("operationId")
    if not name:
        problems.append(f"{where}: no operationId")
    elif name in seen:
        problems.append(f"{where}: operationId {name} is taken")
    seen.add(name)
    if not operation.get("responses"):
        problems.append(f"{where}: no responses")
    for status, answer in operation.get("responses", {}).items():
        if not re.fullmatch(r"[1-5](\d\d|XX)|default", str(status)):
            problems.append(f"{where}: status {status}")
        answer = resolve(document, answer["$ref"]) if "$ref" in answer else answer
        if answer is not None and "description" not in answer:
            problems.append(f"{where}: {status} has no description")
    given = {p.get("name") for owner in (item, operation) for p in parameters(document, owner)
             if p.get("in") == "path"}
    wanted = set(re.findall(r"{([^}]+)}", path))
    if given != wanted:
        problems.append(f"{where}: path parameters {sorted(given)} for {sorted(wanted)}")


def main():
    with open(sys.argv[1], encoding="utf-8") as file:
        document = yaml.safe_load(file)
    if not str(document.get("openapi", "")).startswith("3.0."):
        problems.append("not OpenAPI 3.0")
    for key in ("title", "version"):
        if key not in document.get("info", {}):
            problems.append(f"info has no {key}")
    used, seen = set(), set()
    walk(document, document, "#", used)
    for path, item in document.get("paths", {}).items():
        if not path.startswith("/"):
            problems.append(f"{path}: does not begin with /")
        for method in METHODS & item.keys():
            check_operation(document, path, item, method, seen)
    for kind, things in document.get("components", {}).items():
        for name in things:
            if kind != "securitySchemes" and f"#/components/{kind}/{name}" not in used:
                problems.append(f"components/{kind}/{name} is not used")
    for problem in problems:
        print(problem)
    print(f"{len(seen)} operations, {len(problems)} problems")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
