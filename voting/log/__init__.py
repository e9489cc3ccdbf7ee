"""The append-only log: one RFC 6962 tree per assembly, its entries, checkpoints and receipts."""
