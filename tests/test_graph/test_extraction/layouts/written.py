"""A plan written for the tests: tasks of a province that none of the sources is of, with bodies, results and times in
the words that such plans use, and what a careful reader finds in them."""

from __future__ import annotations

from graph.records import Deadline, TaskRecord

_D = Deadline
TIMES: dict[str, tuple[Deadline, ...]] = {
    "Quý III/2025": (_D("date", end="2025-09"),),
    "Tháng 10/2025": (_D("date", end="2025-10"),),
    "Trước 31/12/2025": (_D("date", end="2025-12-31"),),
    "Năm 2026": (_D("year", end="2026"),),
    "2025 - 2027": (_D("range", "2025", "2027"),),
    "Giai đoạn 2026-2030": (_D("range", "2026", "2030"),),
    "Thường xuyên": (_D("ongoing"),),
    "Hằng năm": (_D("recurring", recurrence="annual"),),
    "Tháng 6/2026 và thường xuyên": (_D("date", end="2026-06"), _D("ongoing")),
    "Trước ngày 15/11/2025": (_D("date", end="2025-11-15"),),
    "Hằng quý": (_D("recurring", recurrence="quarterly"),),
    "6 tháng đầu năm 2026": (_D("date", end="2026-06"),),
    "": (),
}
_SECTIONS: tuple[tuple[str, tuple[tuple[str, str, str, str, str], ...]], ...] = (
    (
        "Nâng cao nhận thức, đột phá về đổi mới tư duy",
        (
            ("Tổ chức quán triệt, phổ biến Nghị quyết số 57-NQ/TW đến toàn thể cán bộ, đảng viên và Nhân dân trên địa bàn tỉnh", "Ban Tuyên giáo và Dân vận Tỉnh ủy", "Các sở, ban, ngành; UBND các xã, phường", "Các hội nghị, lớp tập huấn", "Quý III/2025"),
            ("Xây dựng chuyên trang, chuyên mục về khoa học, công nghệ, đổi mới sáng tạo và chuyển đổi số", "Báo và Phát thanh, Truyền hình tỉnh", "Sở Khoa học và Công nghệ; Sở Văn hóa, Thể thao và Du lịch", "Chuyên trang, chuyên mục, phóng sự", "Thường xuyên"),
            ("Phát động phong trào “Bình dân học vụ số” sâu rộng trong các tầng lớp nhân dân", "Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh", "Tỉnh đoàn; Hội Liên hiệp Phụ nữ tỉnh; Liên đoàn Lao động tỉnh", "Kế hoạch phát động; các lớp học", "Tháng 10/2025"),
            ("Ban hành quy định đánh giá kết quả thực hiện nhiệm vụ khoa học và chuyển đổi số của người đứng đầu", "Sở Nội vụ", "", "Quyết định của UBND tỉnh", "Trước 31/12/2025"),
        ),
    ),
    (
        "Hoàn thiện thể chế, chính sách",
        (
            ("Rà soát, sửa đổi, bổ sung các văn bản quy phạm pháp luật của tỉnh còn chồng chéo về khoa học và công nghệ", "Sở Tư pháp", "Sở Khoa học và Công nghệ; các đơn vị có liên quan", "Báo cáo kết quả rà soát", "Hằng năm"),
            ("Xây dựng Nghị quyết của HĐND tỉnh quy định chính sách hỗ trợ doanh nghiệp đổi mới công nghệ giai đoạn 2026 - 2030", "Sở Khoa học và Công nghệ", "Sở Tài chính; Sở Công Thương; Ban Quản lý các khu công nghiệp", "Nghị quyết của HĐND tỉnh", "Năm 2026"),
            ("Bố trí ít nhất 3% tổng chi ngân sách hằng năm cho khoa học, công nghệ, đổi mới sáng tạo", "Sở Tài chính", "Sở Khoa học và Công nghệ", "Dự toán ngân sách được phê duyệt", "Hằng năm"),
            ("Thí điểm cơ chế đặt hàng, giao nhiệm vụ gắn với sản phẩm cuối cùng", "Sở Khoa học và Công nghệ", "Sở Tài chính; Kho bạc Nhà nước khu vực XIX", "", "2025 - 2027"),
            ("Xây dựng Đề án vị trí việc làm công chức chuyên trách chuyển đổi số cấp xã", "Sở Nội vụ", "Văn phòng UBND tỉnh; UBND các xã, phường", "Đề án", "6 tháng đầu năm 2026"),
        ),
    ),
    (
        "Đầu tư, hoàn thiện hạ tầng số",
        (
            ("Phát triển mạng 5G tại các khu, cụm công nghiệp, khu du lịch và trung tâm hành chính", "Sở Khoa học và Công nghệ", "Các doanh nghiệp viễn thông; UBND các xã, phường", "100% khu, cụm công nghiệp có sóng 5G", "Giai đoạn 2026-2030"),
            ("Nâng cấp Trung tâm dữ liệu tỉnh theo hướng điện toán đám mây", "Sở Khoa học và Công nghệ", "Công an tỉnh; Sở Tài chính", "Trung tâm dữ liệu đạt tiêu chuẩn cấp độ 3", "Tháng 6/2026 và thường xuyên"),
            ("Triển khai giám sát an toàn thông tin mạng 24/7 cho các hệ thống thông tin dùng chung", "Công an tỉnh", "Sở Khoa học và Công nghệ", "Hệ thống được giám sát 24/7", "Thường xuyên"),
            ("Kết nối mạng truyền số liệu chuyên dùng cấp II đến 100% xã, phường", "Văn phòng UBND tỉnh", "Viễn thông tỉnh; Viettel tỉnh", "Mạng truyền số liệu chuyên dùng", "Trước ngày 15/11/2025"),
            ("Xây dựng bản đồ số dùng chung về đất đai, quy hoạch, hạ tầng kỹ thuật", "Sở Nông nghiệp và Môi trường", "Sở Xây dựng; Sở Khoa học và Công nghệ", "Nền tảng bản đồ số GIS", "2025 - 2027"),
        ),
    ),
    (
        "Phát triển nguồn nhân lực số",
        (
            ("Đào tạo, bồi dưỡng kỹ năng số cho cán bộ, công chức, viên chức cấp xã", "Sở Nội vụ", "Trường Chính trị tỉnh; Sở Khoa học và Công nghệ", "Mỗi năm tối thiểu 20 lớp", "Hằng năm"),
            ("Đưa nội dung giáo dục STEM và trí tuệ nhân tạo vào trường phổ thông", "Sở Giáo dục và Đào tạo", "UBND các xã, phường", "Kế hoạch dạy học; tài liệu hướng dẫn", "Năm 2026"),
            ("Thu hút chuyên gia, nhà khoa học đầu ngành về làm việc tại tỉnh", "Sở Nội vụ", "Trường Đại học Hùng Vương; Sở Khoa học và Công nghệ", "Tối thiểu 05 chuyên gia", "Giai đoạn 2026-2030"),
            ("Thành lập Tổ công nghệ số cộng đồng tại 100% thôn, tổ dân phố", "UBND các xã, phường", "Tỉnh đoàn", "Quyết định thành lập", "Tháng 10/2025"),
        ),
    ),
    (
        "Đẩy mạnh chuyển đổi số trong hoạt động của cơ quan nhà nước",
        (
            ("Số hóa 100% hồ sơ, kết quả giải quyết thủ tục hành chính còn hiệu lực", "Các sở, ban, ngành; UBND các xã, phường", "Văn phòng UBND tỉnh", "Kho dữ liệu số hóa", "Trước 31/12/2025"),
            ("Cung cấp dịch vụ công trực tuyến toàn trình đối với 100% thủ tục hành chính đủ điều kiện", "Văn phòng UBND tỉnh", "Các sở, ban, ngành", "Quyết định công bố danh mục", "Quý III/2025"),
            ("Triển khai hồ sơ sức khỏe điện tử, bệnh án điện tử tại các cơ sở khám, chữa bệnh", "Sở Y tế", "Bảo hiểm xã hội tỉnh; Công an tỉnh", "100% bệnh viện công lập triển khai bệnh án điện tử", "Năm 2026"),
            ("Xây dựng hệ thống báo cáo, chỉ đạo điều hành trực tuyến của tỉnh", "Văn phòng UBND tỉnh", "Sở Khoa học và Công nghệ", "Hệ thống được đưa vào vận hành", "6 tháng đầu năm 2026"),
            ("Công bố danh mục dữ liệu mở và cung cấp dữ liệu mở trên Cổng dữ liệu của tỉnh", "Sở Khoa học và Công nghệ", "Các sở, ban, ngành", "Danh mục dữ liệu mở", "Hằng quý"),
        ),
    ),
    (
        "Thúc đẩy đổi mới sáng tạo trong doanh nghiệp",
        (
            ("Xây dựng sàn giao dịch công nghệ, kết nối cung - cầu công nghệ", "Sở Khoa học và Công nghệ", "Hiệp hội Doanh nghiệp tỉnh; Sở Công Thương", "Sàn giao dịch công nghệ", "Năm 2026"),
            ("Hỗ trợ doanh nghiệp nhỏ và vừa sử dụng nền tảng số, hóa đơn điện tử khởi tạo từ máy tính tiền", "Thuế tỉnh", "Sở Công Thương; Hiệp hội Doanh nghiệp tỉnh", "Tối thiểu 500 doanh nghiệp được hỗ trợ", "Hằng năm"),
            ("Hình thành Trung tâm đổi mới sáng tạo và hỗ trợ khởi nghiệp cấp tỉnh", "Sở Khoa học và Công nghệ", "Trường Đại học Hùng Vương; Tỉnh đoàn; Hội Doanh nhân trẻ tỉnh", "Trung tâm được thành lập", "2025 - 2027"),
            ("Đẩy mạnh thanh toán không dùng tiền mặt, thương mại điện tử cho sản phẩm OCOP", "Sở Công Thương", "Ngân hàng Nhà nước chi nhánh Khu vực 4; Sở Nông nghiệp và Môi trường", "Sản phẩm OCOP trên sàn thương mại điện tử", "Thường xuyên"),
        ),
    ),
)  # fmt: skip


def written_tasks() -> list[TaskRecord]:
    """The tasks, numbered on through all sections."""
    tasks: list[TaskRecord] = []
    for section, rows in _SECTIONS:
        for title, lead, coord, result, deadline in rows:
            tasks.append(
                TaskRecord(
                    doc="x",
                    annex=None,
                    section_no=None,
                    section=section,
                    no=str(len(tasks) + 1),
                    title=title,
                    lead=_agencies(lead),
                    lead_raw=lead,
                    coord=_agencies(coord),
                    coord_raw=coord,
                    result=result,
                    deadline_raw=deadline,
                    deadline=TIMES[deadline],
                    topics=(),
                )
            )
    return tasks


def _agencies(cell: str) -> tuple[str, ...]:
    return tuple(one[0].upper() + one[1:] for one in cell.split("; ") if one)
