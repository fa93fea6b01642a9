"""Validators of JSON, loaded when first asked: their grammars take 4 s, which each process of the tests would pay."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from click.testing import CliRunner, Result


def check_openapi(spec: dict[str, Any]) -> None:
    """Raises ValidationError for what is no OpenAPI 3.1 document."""
    from openapi_spec_validator import OpenAPIV31SpecValidator

    OpenAPIV31SpecValidator(spec).validate()


def check_openapi_value(spec: dict[str, Any], name: str, value: Any) -> None:
    """Raises ValidationError for a value that is not as the component `name` of an OpenAPI 3.1 document says."""
    from openapi_schema_validator import OAS31Validator

    OAS31Validator({"$ref": f"#/components/schemas/{name}", "components": spec["components"]}).validate(value)


def check_draft4(schema: dict[str, Any], value: Any) -> None:
    """Raises ValidationError for a value that is not as a JSON Schema of draft 4 says."""
    from jsonschema import Draft4Validator

    Draft4Validator(schema).validate(value)


def check_vendor(schema: str, file: Path) -> Result:
    """What check-jsonschema says of a file, by a schema that it brings along."""
    from check_jsonschema import main

    return CliRunner().invoke(main, ["--builtin-schema", f"vendor.{schema}", str(file)])
