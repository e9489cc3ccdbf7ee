"""Who sees an assembly here, and who may change its plan."""

from uuid import UUID

from flask import request

from assemblies.agendas.queries.assemblies import AssemblyView, assembly_of
from assemblies.foundation.permissions import Need
from assemblies.foundation.web import must, reading, staff


def seen(assembly: UUID) -> AssemblyView:
    """Return an assembly that the caller may look at; raises `NotFound`, `NotAllowed`."""
    with reading() as session:
        view = assembly_of(session, assembly)
    must(Need.SEE_ASSEMBLY, at=view.node)
    return view


def convened(assembly: UUID) -> AssemblyView:
    """Return an assembly that the caller convenes; raises `NotFound`, `NotAllowed`."""
    with reading() as session:
        view = assembly_of(session, assembly)
    must(Need.CONVENE, at=view.node)
    return view


def may_change(view: AssemblyView) -> bool:
    """Say whether to offer a form; a form that was sent needs the right to, or `NotAllowed`."""
    if request.method == "POST":
        must(Need.CONVENE, at=view.node)
        return True
    return view.editable and staff().may(Need.CONVENE, at=view.node)
