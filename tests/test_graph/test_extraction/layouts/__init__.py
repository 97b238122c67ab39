"""Plans with known answers, printed in layouts that nobody has sent yet.

The records of the five plans (whose quality is measured against gold rows) are given to other issuers and printed
again: other columns, other names for them, other page breaks, other exports. What extraction then reads is compared
with what was printed. ``issuers`` says who issues, ``tables`` turns records into tables of text, ``printing`` prints
tables in a layout, ``cases`` puts them together.
"""
