"""How often each pot is published: the parameter of the rule pack that says so."""

from assemblies.records.ledger import Account

PERIODS = {Account.FUND: "fund_publication_months", Account.INCOME: "income_publication_months"}
