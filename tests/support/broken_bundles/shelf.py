"""All broken bundles, by what is wrong with each."""

from collections.abc import Mapping

from tests.support.broken_bundles.documents import of_the_documents
from tests.support.broken_bundles.files import of_the_archive, of_the_log
from tests.support.broken_bundles.forging import Broken, small
from tests.support.broken_bundles.papers import of_the_papers
from tests.support.broken_bundles.results import of_the_result
from tests.support.broken_bundles.story import of_the_story
from voting.bundle import Edition


def broken_bundles() -> Mapping[str, Broken]:
    """Return every broken bundle by what is wrong with it."""
    simulation = small()
    audit, public = simulation.bundle(), simulation.bundle(Edition.PUBLIC)
    return {
        **of_the_archive(simulation, audit, public),
        **of_the_log(simulation, audit, public),
        **of_the_story(simulation),
        **of_the_documents(simulation, audit),
        **of_the_papers(simulation, audit),
        **of_the_result(simulation),
    }
