"""Requests a second, how long they take, and fifteen minutes of them."""
