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
    "/page/document/quang-tri-687-kh-ubnd-2026",
    "/page/document/quang-tri-687-kh-ubnd-2026/task/pl-i-2",
    "/page/topic/data",
    # things, a line a kind (service/kinds)
    "/page/document/quang-tri-687-kh-ubnd-2026?row=task/pl-i.1-1.1&cell=lead",
    "/page/document/thanh-hoa-266-kh-tu-2025",
    "/page/document/quang-tri-plan-2025?indicators=2",
    "/page/document/viet-nam-57-nq-tw-2024",
    "/page/document/quang-tri-plan-2025/task/i-iv-50",
    "/page/document/thanh-hoa-266-kh-tu-2025/task/ii-7",
    "/page/document/quang-tri-plan-2025/indicator/ii-2025-1.1",
    "/page/agency/quang-tri/so-khoa-hoc-va-cong-nghe",
    "/page/agency-group/quang-tri/don-vi-lien-quan",
    "/page/agency-type/so-khoa-hoc-va-cong-nghe",
    "/page/indicator/ty-le-phu-song-5g-tren-dia-ban",
    "/page/area/quang-tri",
    "/page/shared-task/thanh-hoa-266-kh-tu-2025/ii-7",
    "/page/source/quang-tri-2026-ke-hoach",
    "/page/source/quang-tri-2026-ke-hoach/passage/7690-7714",
    "/page/change/area-quang-tri",
    "/text/thanh-hoa-2025-ke-hoach-hanh-dong?char=73930,74065",
    "/sparql",
    "/sparql?query=SELECT+%2A+%7B+%3Fs+%3Fp+%3Fo+%7D+LIMIT+20&format=html",
    "/def",
    "/quality",
    "/catalog?format=html",
    "/dumps/",
    "/problems/busy",
)
