"""The REST service: native protocol, health, reference page."""

from copydesk.api.app import create_app

__all__ = ["create_app"]
