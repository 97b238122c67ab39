"""The questions that the graph answers: one .rq file each, read by `catalogue`, given its parameters by `binding`.

A question file is a SPARQL 1.1 SELECT query with its metadata on top, TOML in lines that begin with "#+ ":

    title, description     tables with vi and en
    order                  its place in the list, from 1
    [[parameter]]          name (the query variable it gives a value to), type, label and description (vi, en), example;
                           required = true, or default, or neither (the question is then asked without it);
                           pattern: a line of the query that only stands there when the parameter is given;
                           values: a query for the values to choose from, projecting ?value and ?label
    [[column]]             name (a projected variable), label (vi, en), type;
                           link = the column that holds what a text names: the two are shown as one link;
                           question and arguments = another question that tells more, with its parameters
                           taken from columns ("agency") or from this question's parameters ("$topic")
                           words: what to show for the codes that a text column holds (vi, en each)
    [sample]               parameters of the answer that the front page shows

Types of parameters: iri (with base: "topic" makes `data` mean <…/id/topic/data>), string, integer, date.
Types of columns: iri, iris (separated by spaces), text, integer, date.

The query has one line that is exactly "WHERE {". The values of the parameters go behind it, one VALUES line each.

A file <id>.evidence.rq beside <id>.rq answers what the rows of the question rest on, for the same parameters. Its
metadata has key (the column that both share), item (the column that one piece of evidence is about) and [[column]]
tables; columns with passage = true tell the passages of an item.
"""
