"""The language server: findings as diagnostics while a text is being written, their fixes as code actions."""
