"""Room: what everybody may see of assemblies. Never a name, never a choice."""
