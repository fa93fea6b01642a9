"""The rule packs and lexicons that ship with copydesk. Data only; `copydesk.packs` reads them."""
