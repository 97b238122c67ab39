"""The addresses of the pages that test_every_page.py walks: one line a kind of page, in the release of the five plans.

Whoever makes a page adds it here. Both languages, widths and colour schemes are tried with each; "lang" is added.
"""

PAGES = (
    "/",
    "/questions",
    "/questions/agencies-by-tasks-led",
    "/questions/tasks-of-agency?agency=quang-tri/so-khoa-hoc-va-cong-nghe",
    "/questions/workload-by-quarter?area=quang-ngai",
    "/search?q=khcn",
    "/ask",
    "/ask?q=Which+agencies+lead+most+tasks+on+data+in+Quang+Tri",
    "/ask?q=S%E1%BB%9F+Y+t%E1%BA%BF+l%C3%A0m+g%C3%AC",
    "/page/document/quang-tri-687-kh-ubnd-2026",
    "/page/document/quang-tri-687-kh-ubnd-2026/task/pl-i-2",
    "/page/topic/data",
    "/sparql",
    "/sparql?query=SELECT+%2A+%7B+%3Fs+%3Fp+%3Fo+%7D+LIMIT+20&format=html",
    "/def",
    "/quality",
    "/catalog?format=html",
    "/dumps/",
    "/problems/busy",
)
