"""The questions that the graph answers: one .rq file each, read by `catalogue`, given its parameters by `binding`.

A question file is a SPARQL 1.1 SELECT query with its metadata on top, TOML in lines that begin with "#+ ":

    title, description     tables with vi and en
    order                  its place in the list, from 1
    serves                 the competency questions (docs/competency-questions.md) that it answers, such as ["CQ01"]
    other_readings         questions that read the same words otherwise (single agencies, or types across provinces)
    [[parameter]]          name (the query variable it gives a value to), type, label and description (vi, en), example;
                           required = true, or default, or neither (the question is then asked without it);
                           pattern: a line of the query that only stands there when the parameter is given;
                           values: a query for the values to choose from, projecting ?value, ?label and,
                           where they have an English name, ?labelEn;
                           use = "topic": a parameter of parameters.toml, with what is otherwise beside it
    [[column]]             name (a projected variable), label (vi, en), type;
                           unit (vi, en) of a number, or unit_column, the column in which it stands row by row;
                           link = the column that holds what a text names: the two are shown as one link;
                           question and arguments = another question that tells more, with its parameters
                           taken from columns ("agency") or from this question's parameters ("$topic");
                           words: what to show for the codes that a text column holds (vi, en each)
    [chart]                type (bar, line, heatmap, network) and the columns to draw: x and y, and series (for bar and
                           line) or value (for heatmap and network); for line also comparator, the column of codes such
                           as "at-least" or "baseline", and high, the upper ends of ranges
    [sample]               parameters for which the five plans of this repository have an answer

Types of parameters: iri (with base: "topic" makes `data` mean <…/id/topic/data>), string, integer, decimal, date.
Types of columns: iri, iris (separated by spaces), text, texts (separated by line feeds), integer, decimal, date.

The values of the parameters go behind each line that is exactly "WHERE {", one VALUES line each, with the patterns.
Where queries within the query have to be narrowed by them, those lines are the inner ones'.

What the queries have in common:

- A row of a plan gives a solution for each pair of its leads, topics, deadlines: counts are COUNT(DISTINCT …).
- An agency is one body of one area; a collective ("các sở, ban, ngành") is none and is counted apart.
- BIND and OPTIONAL stand last, and an alternative (UNION) says everything it needs: engines order the joins of the
  triple patterns between them, and a filter that comes late is no help.

A file <id>.evidence.rq beside <id>.rq answers what the rows of the question rest on, for the same parameters. Its
metadata has key (the column that both share), item (the column that one piece of evidence is about) and [[column]]
tables; columns with passage = true tell the passages of an item.
"""
