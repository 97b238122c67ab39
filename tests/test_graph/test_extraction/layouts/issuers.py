"""Who issues a plan: the words of its head, and the bodies that its tables name instead of those of the source."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Issuer:
    """An authority. ``bodies`` stand in for the agencies of a source in the order in which they come up;
    ``words`` are put in for words of the source everywhere."""

    name: str
    province: str | None
    head: str
    bodies: tuple[str, ...] = ()
    words: Mapping[str, str] = field(default_factory=dict)

    def said(self, text: str) -> str:
        """A text of the source in this issuer's words."""
        if not self.words:
            return text
        pattern = "|".join(sorted(map(re.escape, self.words), key=len, reverse=True))
        return re.sub(pattern, lambda match: self.words[match[0]], text)


def _province(name: str) -> dict[str, str]:
    return dict.fromkeys(("Quảng Trị", "Thanh Hóa", "Quảng Ngãi", "Kon Tum", "Quảng Bình"), name)


NGHE_AN = Issuer(
    "UBND tỉnh Nghệ An",
    "Nghệ An",
    """ỦY BAN NHÂN DÂN
TỈNH NGHỆ AN

CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc

Số: 412/KH-UBND

Nghệ An, ngày 05 tháng 6 năm 2025

KẾ HOẠCH
Triển khai thực hiện Nghị quyết số 71/NQ-CP ngày 01/4/2025 của Chính phủ

Thực hiện Nghị quyết số 71/NQ-CP ngày 01/4/2025 của Chính phủ, UBND tỉnh Nghệ An ban hành Kế hoạch như sau:
""",
    words=_province("Nghệ An"),
)
DA_NANG = Issuer(
    "UBND thành phố Đà Nẵng",
    "Đà Nẵng",
    """ỦY BAN NHÂN DÂN
THÀNH PHỐ ĐÀ NẴNG

CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc

Số: 77/KH-UBND

Đà Nẵng, ngày 15 tháng 8 năm 2025

KẾ HOẠCH
Thực hiện Nghị quyết số 57-NQ/TW ngày 22/12/2024 của Bộ Chính trị

Căn cứ Nghị quyết số 57-NQ/TW ngày 22/12/2024 của Bộ Chính trị, UBND thành phố ban hành Kế hoạch như sau:
""",
    words={
        **_province("Đà Nẵng"),
        "UBND tỉnh": "UBND thành phố",
        "Công an tỉnh": "Công an thành phố",
        "Tỉnh ủy": "Thành ủy",
        "Thanh tra tỉnh": "Thanh tra thành phố",
        "cấp tỉnh": "cấp thành phố",
        "của tỉnh": "của thành phố",
        "Bộ Chỉ huy Quân sự tỉnh": "Bộ Chỉ huy Quân sự thành phố",
    },
)
MINISTRY = Issuer(
    "Bộ Khoa học và Công nghệ",
    None,
    """BỘ KHOA HỌC VÀ CÔNG NGHỆ

CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc

Số: 503/QĐ-BKHCN

Hà Nội, ngày 22 tháng 4 năm 2025

QUYẾT ĐỊNH
Ban hành Kế hoạch thực hiện Nghị quyết số 71/NQ-CP ngày 01/4/2025 của Chính phủ

BỘ TRƯỞNG BỘ KHOA HỌC VÀ CÔNG NGHỆ

Căn cứ Nghị quyết số 71/NQ-CP ngày 01/4/2025 của Chính phủ;
""",
    bodies=(
        "Vụ Kế hoạch - Tài chính",
        "Cục Chuyển đổi số quốc gia",
        "Các đơn vị liên quan",
        "Văn phòng Bộ",
        "Viện Công nghệ số và Chuyển đổi số quốc gia",
        "Các đơn vị thuộc Bộ",
        "Cục Viễn thông",
        "Vụ Pháp chế",
        "Cục An toàn thông tin",
        "Trung tâm Internet Việt Nam",
        "Vụ Tổ chức cán bộ",
        "Thanh tra Bộ",
        "Cục Sở hữu trí tuệ",
        "Học viện Công nghệ Bưu chính Viễn thông",
        "Các bộ, ngành, địa phương",
        "Quỹ Phát triển khoa học và công nghệ Quốc gia",
        "Bộ Công an",
        "Ủy ban Tiêu chuẩn Đo lường Chất lượng Quốc gia",
    ),
    words=dict.fromkeys(("UBND tỉnh", "Tỉnh ủy"), "Bộ"),
)
COMMUNE = Issuer(
    "UBND xã Tân Kỳ",
    "Nghệ An",
    """ỦY BAN NHÂN DÂN
XÃ TÂN KỲ

CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc

Số: 31/KH-UBND

Tân Kỳ, ngày 20 tháng 8 năm 2025

KẾ HOẠCH
Thực hiện Nghị quyết số 57-NQ/TW ngày 22/12/2024 của Bộ Chính trị trên địa bàn xã

Thực hiện Kế hoạch số 412/KH-UBND ngày 05/6/2025 của UBND tỉnh Nghệ An, UBND xã Tân Kỳ ban hành Kế hoạch như sau:
""",
    bodies=(
        "Phòng Văn hóa - Xã hội",
        "Văn phòng HĐND và UBND xã",
        "Phòng Kinh tế",
        "Các phòng, ban, đơn vị liên quan",
        "Trung tâm Phục vụ hành chính công xã",
        "Công an xã",
        "Ủy ban MTTQ Việt Nam xã",
        "Các thôn",
        "Các trường học trên địa bàn xã",
        "Trạm Y tế xã",
        "Ban Chỉ huy Quân sự xã",
        "Đoàn Thanh niên xã",
        "Tổ công nghệ số cộng đồng",
        "Hội Nông dân xã",
        "Hội Liên hiệp Phụ nữ xã",
        "Văn phòng Đảng ủy xã",
        "Ban Xây dựng Đảng",
    ),
    words={**_province("Nghệ An"), "UBND tỉnh": "UBND xã", "Tỉnh ủy": "Đảng ủy xã"},
)
ISSUERS = {"tỉnh": NGHE_AN, "thành phố": DA_NANG, "bộ": MINISTRY, "xã": COMMUNE}
