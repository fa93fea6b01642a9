"""`GET /v1/rules`: the rules in force, each with its reason and its examples."""

from __future__ import annotations

from typing import Any

from apiflask import APIBlueprint
from flask import request
from werkzeug.exceptions import NotFound

from copydesk.api.answered import RuleList, RuleSummary
from copydesk.api.asked import RulesQuery
from copydesk.api.body import reject_unknown, validate
from copydesk.api.service import service
from copydesk.errors import UnknownNameError
from copydesk.packs import Rule
from copydesk.read.language import canonical

views = APIBlueprint("rules", __name__, tag="Rules")


@views.get("/v1/rules")
@views.output(RuleList, description="the rules, in the order in which they were loaded")
@views.doc(operation_id="listRules", responses={422: "an unknown family, language or query parameter"})
def list_rules() -> dict[str, Any]:
    """List the rules

    Rules of grammar engines (`MORFOLOGIK_RULE_EN_US` and the like) are not among them.
    """
    reject_unknown(request.args, RulesQuery.model_fields)
    query = validate(RulesQuery, request.args.to_dict())
    language = canonical(query.language) if query.language is not None else None
    rules = [
        RuleSummary.of(rule)
        for rule in service().desk.rules
        if query.family in (None, rule.family) and (language is None or rule.applies_to(language))
    ]
    return {"rules": rules, "count": len(rules)}


@views.get("/v1/rules/<path:rule_id>")
@views.output(Rule, description="the rule")
@views.doc(operation_id="getRule", responses={404: "no rule has this id; the answer offers the nearest"})
def one_rule(rule_id: str) -> Rule:
    """Show a rule

    Everything that its pack says: what it finds, why that is a fault, what it leaves alone, and its examples.
    """
    try:
        return service().desk.rules[rule_id[:200]]
    except UnknownNameError as error:
        raise NotFound(str(error)) from None
