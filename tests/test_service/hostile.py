"""Fifty queries that each try to take the service down or away from others, by what they try."""

ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?n1 ?o }"
LOOPBACK = ("http://127.0.0.1/", "http://localhost:22/", "http://[::1]/", "http://169.254.169.254/latest/meta-data/")


def queries() -> dict[str, str]:
    """Return name -> text; every kind comes in some variants, so that none is answered from what was kept."""
    patterns = [" . ".join(f"?s{n} ?p{n} ?o{n}" for n in range(size)) for size in (4, 5, 6)]
    made = {f"endless count {n}": f"SELECT (COUNT(*) AS ?n) {{ {one} }}" for n, one in enumerate(patterns)}
    made |= {f"cartesian product {n}": f"SELECT * {{ {one} }}" for n, one in enumerate(patterns)}
    made |= {f"cartesian graph {n}": f"CONSTRUCT {{ ?s0 ?p1 ?o2 }} {{ {one} }}" for n, one in enumerate(patterns)}
    made |= {f"huge sort {n}": f"SELECT * {{ {one} }} ORDER BY DESC(?o0) ?s1" for n, one in enumerate(patterns)}
    made |= {f"huge distinct {n}": f"SELECT DISTINCT * {{ {one} }}" for n, one in enumerate(patterns)}
    made |= {
        f"huge group {n}": f"SELECT ?o0 ?o1 (GROUP_CONCAT(STR(?s2)) AS ?x) {{ {one} }} GROUP BY ?o0 ?o1"
        for n, one in enumerate(patterns)
    }
    made |= {
        f"deep path {n}": f"SELECT (COUNT(*) AS ?n) {{ ?a {path} ?b . ?c {path} ?d . ?e {path} ?f }}"
        for n, path in enumerate(("(!<x:p>)*", "(<x:p>|!<x:p>)+", "(!<x:p>/^!<x:q>)*", "(^!<x:p>|!<x:q>)*"))
    }
    made |= {f"SERVICE {iri}": f"SELECT * {{ SERVICE <{iri}> {{ ?s ?p ?o }} }}" for iri in LOOPBACK}
    made |= {f"SERVICE SILENT {iri}": f"SELECT * {{ SERVICE SILENT <{iri}> {{ ?s ?p ?o }} }}" for iri in LOOPBACK}
    made |= {
        f"hidden SERVICE {iri}": f"BASE <http://a/> SELECT * {{ FILTER(?a<?b)SERVICE#>\n <{iri}> {{ ?s ?p ?o }} }}"
        for iri in LOOPBACK
    }
    made |= {
        f"giant VALUES {size}": f"SELECT * {{ VALUES ?x {{ {' '.join(str(n) for n in range(size))} }} ?s ?p ?x . ?a ?b ?c }}"
        for size in (1_000, 10_000, 30_000)
    }
    made |= {f"{size} byte query": f"ASK {{ }} # {'x' * size}" for size in (1 << 20, 1 << 21)}
    made |= {
        "deep brackets": "ASK { FILTER(" + "(" * 20_000 + "1" + ")" * 20_000 + ") }",
        "deep groups": "ASK " + "{" * 20_000 + "}" * 20_000,
        "deep optionals": "SELECT * {" + "OPTIONAL { ?s ?p ?o " * 5_000 + "}" * 5_000 + "}",
        "long union": "SELECT * {" + " UNION ".join("{ ?s ?p ?o . ?a ?b ?c }" for _ in range(3_000)) + "}",
        "growing string": "SELECT (STRLEN(?z) AS ?n) { BIND('x' AS ?a) "
        + " ".join(
            f"BIND(CONCAT(?{a},?{a},?{a},?{a}) AS ?{b})"
            for a, b in zip("abcdefghijklmnopqrs", "bcdefghijklmnopqrst", strict=True)
        )
        + " BIND(?t AS ?z) }",
        "regular expression": "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f FILTER(REGEX(STR(?c), '(a|aa|aaa)+(b|bb)+$') && REGEX(STR(?f), '(x+x+)+y')) }",
        "nested NOT EXISTS": "SELECT * { ?a ?b ?c FILTER NOT EXISTS { ?d ?e ?f FILTER NOT EXISTS { ?g ?h ?i FILTER(?g != ?a && ?c != ?i) } } }",
        "describe a product": "DESCRIBE ?a ?d ?g { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }",
        "product of optionals": "SELECT * { ?a ?b ?c OPTIONAL { ?d ?e ?f OPTIONAL { ?g ?h ?i } } } ORDER BY RAND()",
        "update": "DELETE WHERE { ?s ?p ?o }",
        "hash of a product": "SELECT (MAX(SHA512(CONCAT(STR(?a), STR(?d), STR(?g)))) AS ?x) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }",
    }
    return made
