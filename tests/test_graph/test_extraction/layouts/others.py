"""Three tables written for the tests, with what trips a reader of flattened text: titles of many lines, collectives,
agencies that lines or semicolons part, lists of results and times, empty cells, rows over a page.

A province, a city and a ministry issue them; ``OTHERS`` gives each with its columns and the records that it must give.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from graph.records import Deadline, TaskRecord
from layouts.tables import ROMAN, Column, Table

_D = Deadline
_TIMES: dict[str, tuple[Deadline, ...]] = {
    "": (),
    "Thường xuyên": (_D("ongoing"),),
    "Hằng năm": (_D("recurring", recurrence="annual"),),
    "Hằng quý": (_D("recurring", recurrence="quarterly"),),
    "Quý IV/2025": (_D("date", end="2025-12"),),
    "Quý II/2026": (_D("date", end="2026-06"),),
    "Tháng 9/2025": (_D("date", end="2025-09"),),
    "12/2025": (_D("date", end="2025-12"),),
    "6/2026": (_D("date", end="2026-06"),),
    "Trước 30/6/2026": (_D("date", end="2026-06-30"),),
    "Trước ngày 31/12/2026": (_D("date", end="2026-12-31"),),
    "Năm 2027": (_D("year", end="2027"),),
    "2025-2026": (_D("range", "2025", "2026"),),
    "2026-2030": (_D("range", "2026", "2030"),),
    "Giai đoạn 2026-2030": (_D("range", "2026", "2030"),),
    "Tháng 3/2026 và những năm tiếp theo": (_D("date", end="2026-03"), _D("ongoing")),
    "2026-2028 theo lộ trình của Bộ Công an": (_D("range", "2026", "2028"),),
    "Theo hướng dẫn của Trung ương": (_D("other"),),
    "Sau khi Quốc hội ban hành Luật": (_D("other"),),
    "(1) Tháng 10/2025; (2) Tháng 6/2026": (_D("date", end="2025-10"), _D("date", end="2026-06")),
    "(1) Quý I/2026; (2) Năm 2027": (_D("date", end="2026-03"), _D("year", end="2027")),
}


@dataclass(frozen=True)
class Other:
    """A table with its columns, what stands between the agencies of a cell, and the records that it must give."""

    columns: tuple[Column, ...]
    joint: str
    tasks: tuple[TaskRecord, ...]

    def table(self) -> Table:
        """The table of text."""
        rows: list[tuple[str, ...]] = []
        section: str | None = None
        for task in self.tasks:
            if task.section != section:
                section = task.section
                numeral = ROMAN[sum(not any(row[2:]) for row in rows)]
                rows.append((numeral, section or "", *[""] * (len(self.columns) - 2)))
            rows.append(tuple(self._cell(task, column.shows) for column in self.columns))
        return Table(self.columns, tuple(rows))

    def _cell(self, task: TaskRecord, shows: str) -> str:
        if shows in ("lead", "coord"):
            return self.joint.join(getattr(task, shows))
        fields = {"no": task.no, "title": task.title, "result": task.result, "deadline": task.deadline_raw}
        return fields[shows] or ""


_Row = tuple[str, str, str, str, str]  # title, lead, coordination (";" between agencies), result, time
_Sections = Sequence[tuple[str, Sequence[_Row]]]


def _other(columns: tuple[Column, ...], joint: str, sections: _Sections, *, anew: bool = False) -> Other:
    """``anew``: the numbers are "1.1", "1.2", … in the first section, "2.1" in the second."""
    tasks: list[TaskRecord] = []
    for s, (section, rows) in enumerate(sections, 1):
        for n, (title, lead, coord, result, time) in enumerate(rows, 1):
            tasks.append(
                TaskRecord(
                    doc="x",
                    annex="I",
                    section_no=None,
                    no=f"{s}.{n}" if anew else str(len(tasks) + 1),
                    section=section,
                    title=title,
                    lead=_names(lead),
                    lead_raw=lead,
                    coord=_names(coord),
                    coord_raw=coord,
                    result=result,
                    deadline_raw=time,
                    deadline=_TIMES[time],
                    topics=(),
                )
            )
    return Other(columns, joint, tuple(tasks))


def _names(cell: str) -> tuple[str, ...]:
    return tuple(name for name in cell.split("; ") if name)


_PROVINCE: _Sections = (
    (
        "TĂNG CƯỜNG SỰ LÃNH ĐẠO, CHỈ ĐẠO",
        (
            ("Tổ chức hội nghị quán triệt, tuyên truyền sâu rộng các chủ trương của Đảng, chính sách, pháp luật của Nhà nước về phát triển khoa học, công nghệ, đổi mới sáng tạo và chuyển đổi số đến từng cán bộ, đảng viên, người dân và doanh nghiệp trên địa bàn tỉnh bằng nhiều hình thức phù hợp với từng nhóm đối tượng", "Ban Tuyên giáo và Dân vận Tỉnh ủy", "Sở Văn hóa, Thể thao và Du lịch; Báo và Phát thanh, Truyền hình tỉnh; các cơ quan, đơn vị, địa phương", "Hội nghị, tài liệu tuyên truyền, chuyên mục trên báo, đài", "Thường xuyên"),
            ("Đưa kết quả thực hiện nhiệm vụ chuyển đổi số vào tiêu chí đánh giá, xếp loại hằng năm của người đứng đầu", "Sở Nội vụ", "Các sở, ban, ngành; UBND các xã, phường", "Quyết định của Chủ tịch UBND tỉnh", "Quý IV/2025"),
            ("Kiện toàn Ban Chỉ đạo và Tổ giúp việc", "Văn phòng Tỉnh ủy", "", "Quyết định kiện toàn", "Tháng 9/2025"),
        ),
    ),
    (
        "HOÀN THIỆN THỂ CHẾ VÀ HẠ TẦNG SỐ",
        (
            ("Rà soát, đề xuất sửa đổi các quy định không còn phù hợp; xây dựng cơ chế thử nghiệm có kiểm soát đối với công nghệ mới, mô hình kinh doanh mới", "Sở Tư pháp", "Sở Khoa học và Công nghệ; Sở Tài chính", "(1) Báo cáo rà soát; (2) Nghị quyết của HĐND tỉnh về cơ chế thử nghiệm", "(1) Tháng 10/2025; (2) Tháng 6/2026"),
            ("Phủ sóng 5G tại trung tâm các xã, khu công nghiệp, cửa khẩu, bến cảng", "Sở Khoa học và Công nghệ", "Các doanh nghiệp viễn thông; UBND các xã, phường", "Tối thiểu 90% dân số được phủ sóng 5G; xóa các điểm lõm sóng tại vùng sâu, vùng xa, vùng đồng bào dân tộc thiểu số; hạ tầng băng rộng cố định đến 100% thôn, ấp, khu phố và các cơ sở giáo dục, y tế trên địa bàn; bảo đảm dự phòng, an toàn khi có thiên tai", "Giai đoạn 2026-2030"),
            ("Nâng cấp trung tâm dữ liệu của tỉnh", "Sở Khoa học và Công nghệ", "Công an tỉnh", "Trung tâm dữ liệu đạt chuẩn", "Trước 30/6/2026"),
            ("Kết nối cơ sở dữ liệu về dân cư với các hệ thống thông tin của ngành y tế, giáo dục, bảo hiểm xã hội, đất đai phục vụ cắt giảm giấy tờ", "Công an tỉnh", "Sở Y tế; Sở Giáo dục và Đào tạo; Sở Nông nghiệp và Môi trường; Bảo hiểm xã hội tỉnh", "Các hệ thống được kết nối, khai thác dữ liệu theo thời gian thực", "2026-2028 theo lộ trình của Bộ Công an"),
        ),
    ),
    (
        "PHÁT TRIỂN KINH TẾ SỐ, XÃ HỘI SỐ",
        (
            ("Hỗ trợ doanh nghiệp nhỏ và vừa chuyển đổi số, tham gia sàn thương mại điện tử", "Sở Công Thương", "Liên minh Hợp tác xã tỉnh; Hiệp hội Doanh nghiệp tỉnh; các đơn vị liên quan", "Mỗi năm hỗ trợ 200 doanh nghiệp, hợp tác xã, hộ kinh doanh; hình thành thói quen mua sắm, thanh toán không dùng tiền mặt của người dân trong giai đoạn 2026 - 2030", "Hằng năm"),
            ("Xây dựng vùng trồng cà phê, sầu riêng, rau hoa ứng dụng công nghệ cao, truy xuất nguồn gốc", "Sở Nông nghiệp và Môi trường", "UBND các xã, phường", "Cơ sở dữ liệu vùng trồng; 80% sản phẩm OCOP có mã truy xuất", "Tháng 3/2026 và những năm tiếp theo"),
            ("Triển khai sổ sức khỏe điện tử, khám chữa bệnh từ xa", "Sở Y tế", "Bảo hiểm xã hội tỉnh", "", "Năm 2027"),
            ("Phổ cập kỹ năng số cho người cao tuổi, phụ nữ, thanh niên, đồng bào dân tộc thiểu số thông qua Tổ công nghệ số cộng đồng ở từng thôn, buôn, tổ dân phố; gắn với phong trào “Bình dân học vụ số” và xây dựng nông thôn mới", "Tỉnh đoàn", "Hội Liên hiệp Phụ nữ tỉnh; Hội Nông dân tỉnh; Hội Cựu chiến binh tỉnh; UBND các xã, phường", "Các lớp tập huấn", "Hằng quý"),
            ("Bố trí kinh phí cho khoa học, công nghệ và chuyển đổi số", "Sở Tài chính", "Các sở, ban, ngành", "Dự toán được giao", "Hằng năm"),
        ),
    ),
)  # fmt: skip
_CITY: _Sections = (
    (
        "Chính quyền số",
        (
            ("Vận hành Trung tâm điều hành thông minh của thành phố, tích hợp dữ liệu camera, giao thông, môi trường, phản ánh kiến nghị và dịch vụ công; mở rộng đến các quận trung tâm, đặc khu và khu kinh tế ven biển", "Sở Khoa học và Công nghệ", "Công an thành phố; Sở Xây dựng; Văn phòng UBND thành phố", "Trung tâm hoạt động ổn định, có báo cáo phân tích hằng tháng phục vụ chỉ đạo, điều hành của lãnh đạo thành phố", "6/2026"),
            ("Số hóa hồ sơ đất đai", "Sở Nông nghiệp và Môi trường", "Các sở, ngành liên quan; UBND các xã, phường, đặc khu", "100% hồ sơ địa chính được số hóa, làm sạch, liên thông với cơ sở dữ liệu quốc gia về dân cư", "2025-2026"),
            ("Cung cấp dịch vụ công trực tuyến toàn trình, phi địa giới hành chính", "Văn phòng UBND thành phố", "Các sở, ban, ngành", "80% hồ sơ trực tuyến", "12/2025"),
            ("Xây dựng kho dữ liệu dùng chung", "Sở Khoa học và Công nghệ", "", "", "(1) Quý I/2026; (2) Năm 2027"),
            ("Bảo đảm an toàn thông tin theo cấp độ, tổ chức diễn tập thực chiến", "Công an thành phố", "Bộ Chỉ huy Quân sự thành phố; Sở Khoa học và Công nghệ", "Phương án ứng cứu sự cố; tối thiểu 02 cuộc diễn tập", "Hằng năm"),
        ),
    ),
    (
        "Kinh tế số và cảng biển thông minh",
        (
            ("Triển khai cảng biển thông minh, lệnh giao hàng điện tử, một cửa quốc gia", "Ban Quản lý Khu kinh tế Hải Phòng", "Chi cục Hải quan khu vực III; Cảng vụ Hàng hải Hải Phòng; các doanh nghiệp cảng biển", "Thời gian thông quan giảm 30% so với năm 2024; toàn bộ các bến cảng áp dụng lệnh giao hàng điện tử; dữ liệu tàu, hàng được chia sẻ giữa các cơ quan quản lý nhà nước tại cảng và doanh nghiệp", "Giai đoạn 2026-2030"),
            ("Thu hút dự án bán dẫn, trí tuệ nhân tạo vào khu công nghiệp", "Ban Quản lý Khu kinh tế Hải Phòng", "Sở Tài chính; Sở Ngoại vụ", "Tối thiểu 03 dự án", "Trước ngày 31/12/2026"),
            ("Phát triển thương mại điện tử", "Sở Công Thương", "Thuế thành phố Hải Phòng; các hiệp hội doanh nghiệp", "Kế hoạch phát triển", "Quý II/2026"),
            ("Ban hành chính sách ưu đãi đối với chuyên gia, nhà khoa học, sinh viên xuất sắc về làm việc lâu dài tại thành phố trong các lĩnh vực công nghệ chiến lược, công nghệ lõi và công nghiệp bán dẫn", "Sở Nội vụ", "Trường Đại học Hàng hải Việt Nam; Trường Đại học Hải Phòng; Sở Tài chính", "Nghị quyết của HĐND thành phố", "Sau khi Quốc hội ban hành Luật"),
            ("Hình thành quỹ đầu tư mạo hiểm", "Sở Tài chính", "Sở Khoa học và Công nghệ", "Đề án thành lập Quỹ", "Theo hướng dẫn của Trung ương"),
            ("Phổ cập chữ ký số cá nhân", "Sở Khoa học và Công nghệ", "UBND các xã, phường, đặc khu", "50% dân số trưởng thành có chữ ký số", "2026-2030"),
        ),
    ),
)  # fmt: skip
_MINISTRY: _Sections = (
    (
        "Thể chế",
        (
            ("Xây dựng Thông tư quy định định mức kinh tế - kỹ thuật về mô hình thông tin công trình (BIM), dữ liệu không gian đô thị, bản sao số phục vụ quản lý quy hoạch, cấp phép và quản lý vận hành công trình trong suốt vòng đời dự án", "Vụ Khoa học công nghệ, môi trường và vật liệu xây dựng", "Cục Kinh tế - Quản lý đầu tư xây dựng; Viện Kinh tế xây dựng; các đơn vị liên quan", "Thông tư được ban hành", "Trước 30/6/2026"),
            ("Rà soát thủ tục hành chính", "Văn phòng Bộ", "Các đơn vị thuộc Bộ", "Danh mục thủ tục được cắt giảm, đơn giản hóa và phương án tái cấu trúc quy trình theo hướng lấy người dân, doanh nghiệp làm trung tâm phục vụ", "Quý IV/2025"),
            ("Sửa đổi quy chuẩn về hạ tầng viễn thông thụ động trong công trình", "Vụ Pháp chế", "Vụ Quy hoạch - Kiến trúc", "", "Năm 2027"),
        ),
    ),
    (
        "Dữ liệu và nền tảng số",
        (
            ("Hoàn thiện cơ sở dữ liệu quốc gia về hoạt động xây dựng; kết nối với địa phương", "Trung tâm Công nghệ thông tin", "Cục Quản lý hoạt động xây dựng; các địa phương", "Cơ sở dữ liệu được đưa vào khai thác, cập nhật theo thời gian thực; bộ chỉ số thống kê ngành; báo cáo phân tích thị trường bất động sản, vật liệu xây dựng, nhà ở xã hội được công bố định kỳ cho người dân và doanh nghiệp", "Tháng 3/2026 và những năm tiếp theo"),
            ("Triển khai hệ thống giao thông thông minh trên các tuyến cao tốc", "Cục Đường bộ Việt Nam", "Tổng công ty Đầu tư phát triển đường cao tốc Việt Nam; các đơn vị liên quan", "Trung tâm điều hành giao thông các tuyến; 100% trạm thu phí không dừng", "2026-2030"),
            ("Số hóa dữ liệu đăng kiểm, đăng ký phương tiện", "Cục Đăng kiểm Việt Nam", "Cục Hàng hải và Đường thủy Việt Nam", "Dữ liệu được chia sẻ", "12/2025"),
            ("Giám sát an toàn thông tin mạng", "Trung tâm Công nghệ thông tin", "Các đơn vị thuộc Bộ", "Báo cáo giám sát", "Hằng quý"),
            ("Tổ chức đào tạo, bồi dưỡng nâng cao năng lực số cho cán bộ, công chức, viên chức và người lao động; đưa nội dung chuyển đổi số vào chương trình đào tạo của các trường thuộc Bộ", "Vụ Tổ chức cán bộ", "Học viện Chiến lược, bồi dưỡng cán bộ xây dựng; các trường thuộc Bộ", "Tối thiểu 10 lớp mỗi năm", "Thường xuyên"),
            ("Ứng dụng trí tuệ nhân tạo trong thẩm định thiết kế", "Viện Khoa học công nghệ xây dựng", "", "Phần mềm thử nghiệm", "2025-2026"),
        ),
    ),
)  # fmt: skip
OTHERS: Mapping[str, Other] = {
    "tỉnh Lâm Đồng": _other(
        (
            Column("TT", "no", 4),
            Column("Nội dung nhiệm vụ", "title", 46),
            Column("Cơ quan chủ trì", "lead", 18),
            Column("Cơ quan phối hợp", "coord", 24),
            Column("Sản phẩm", "result", 22),
            Column("Thời hạn", "deadline", 13),
        ),
        "; ",
        _PROVINCE,
        anew=True,
    ),
    "thành phố Hải Phòng": _other(
        (
            Column("STT", "no", 4),
            Column("Nhiệm vụ", "title", 40),
            Column("Sản phẩm, kết quả", "result", 26),
            Column("Thời gian hoàn thành", "deadline", 14),
            Column("Đơn vị chủ trì", "lead", 20),
            Column("Đơn vị phối hợp", "coord", 26),
        ),
        "\n",
        _CITY,
    ),
    "Bộ Xây dựng": _other(
        (
            Column("TT", "no", 4),
            Column("Nhiệm vụ", "title", 52),
            Column("Đơn vị chủ trì", "lead", 20),
            Column("Đơn vị phối hợp", "coord", 22),
            Column("Kết quả", "result", 18),
            Column("Thời gian", "deadline", 12),
        ),
        ";\n",
        _MINISTRY,
    ),
}
