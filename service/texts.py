"""The words of the pages, in Vietnamese and English."""

from types import MappingProxyType

_WORDS: dict[str, tuple[str, str]] = {
    "name": ("Phân Công", "Phân Công"),
    "tagline": (
        "Văn bản nào giao việc gì, ai chủ trì, ai phối hợp, khi nào xong",
        "Which document orders which task, who leads, who coordinates, by when",
    ),
    "intro": (
        "Dữ liệu liên kết từ các kế hoạch thực hiện Nghị quyết 57-NQ/TW và Nghị quyết 71/NQ-CP. "
        "Mỗi con số dẫn về đúng đoạn văn bản đã nêu.",
        "Linked data from the plans that carry out Resolutions 57-NQ/TW and 71/NQ-CP. "
        "Every number leads back to the passage that states it.",
    ),
    "quality": ("Chất lượng trích xuất", "Extraction quality"),
    "quality_intro": (
        "Các dòng do máy đọc được so với những dòng do người đọc và kiểm tra; chưa tính hiệu đính. "
        "Những số này chỉ nói về các dòng đã được kiểm tra.",
        "Rows as the machine read them against rows that people read and checked, corrections left aside. "
        "The figures speak of the rows that were checked and of no others.",
    ),
    "all_documents": ("mọi văn bản", "all documents"),
    "kind_document": ("Văn bản", "Documents"),
    "kind_task": ("Nhiệm vụ", "Tasks"),
    "kind_indicator": ("Chỉ tiêu", "Indicators"),
    "kind_citation": ("Viện dẫn", "Citations"),
    "field": ("Trường", "Field"),
    "precision": ("Độ chuẩn xác", "Precision"),
    "recall": ("Độ bao phủ", "Recall"),
    "right_of_gold": ("Đúng / đã kiểm tra", "Right / checked"),
    "skip": ("Đến nội dung chính", "Skip to the content"),
    "menu": ("Trang chính", "Main pages"),
    "home": ("Trang đầu", "Front page"),
    "questions": ("Câu hỏi", "Questions"),
    "all_questions": ("Các câu hỏi", "The questions"),
    "other_language": ("English", "Tiếng Việt"),
    "parameters": ("Tham số", "Parameters"),
    "ask": ("Xem", "Show"),
    "any": ("tất cả", "all"),
    "required": ("bắt buộc", "required"),
    "answer": ("Trả lời", "Answer"),
    "rows": ("dòng", "rows"),
    "no_rows": ("Không có dòng nào.", "No rows."),
    "shown": (
        "Bảng này nêu %(shown)s dòng đầu trong %(all)s; đủ cả trong tệp tải về.",
        "This table has the first %(shown)s of %(all)s rows; the downloads have them all.",
    ),
    "other_readings": ("Cách hiểu khác", "Read otherwise"),
    "evidence_of": ("Căn cứ trong văn bản", "What the documents say"),
    "characters": ("ký tự", "characters"),
    "download": ("Tải về", "Download"),
    "query": ("Truy vấn SPARQL đã chạy", "The SPARQL query that was run"),
    "evidence_query": ("Truy vấn SPARQL cho căn cứ", "The SPARQL query for the evidence"),
    "run_query": ("Mở và sửa trong SPARQL", "Open and change in SPARQL"),
    "release": ("Bản dữ liệu", "Release"),
    "issued": ("phát hành", "issued"),
    "sparql": ("SPARQL", "SPARQL"),
    "sparql_intro": (
        "Truy vấn SPARQL 1.1 trên toàn bộ dữ liệu. Mặc định là hợp của mọi đồ thị.",
        "SPARQL 1.1 queries over all the data. The default graph is the union of all graphs.",
    ),
    "your_query": ("Truy vấn", "Query"),
    "run": ("Chạy", "Run"),
    "format": ("Dạng kết quả", "Format"),
    "table": ("Trang có bảng", "Page with a table"),
    "graphs": ("Các đồ thị có tên", "Named graphs"),
    "graphs_caption": (
        "%(shown)s đồ thị lớn nhất trong %(all)s; hợp của chúng có %(triples)s bộ ba.",
        "The largest %(shown)s of %(all)s graphs; their union has %(triples)s triples.",
    ),
    "graph": ("Đồ thị", "Graph"),
    "triples": ("Bộ ba", "Triples"),
    "limits": (
        "Một truy vấn chạy tối đa %(seconds)g giây, kết quả tối đa %(bytes)s byte; kết quả không bao giờ bị cắt ngầm.",
        "A query may run for %(seconds)g seconds and a result have %(bytes)s bytes; no result is cut silently.",
    ),
    "too_large": (
        "Kết quả dài hơn %(most)s byte, quá lớn cho một trang; hãy tải về.",
        "The result has more than %(most)s bytes, too many for a page; please download it.",
    ),
    "yes": ("Đúng", "Yes"),
    "no": ("Sai", "No"),
    "statements": ("Phát biểu", "Statements"),
    "property": ("Thuộc tính", "Property"),
    "value": ("Giá trị", "Value"),
    "incoming": ("Được nhắc đến ở", "Mentioned by"),
    "incoming_count": ("%(shown)s trong %(all)s", "%(shown)s of %(all)s"),
    "list_all": ("liệt kê tất cả bằng SPARQL", "list all with SPARQL"),
    "ontology": ("Mô hình dữ liệu", "Data model"),
    "ontology_terms": ("Các thuật ngữ", "Terms"),
    "ontology_class": ("Lớp", "Classes"),
    "ontology_object": ("Quan hệ", "Relations"),
    "ontology_datatype": ("Thuộc tính", "Attributes"),
    "ontology_overview": ("Sơ đồ các lớp", "Diagram of the classes"),
    "ontology_overview_own": ("Bằng quan hệ của bản thể học này", "By relations of this ontology"),
    "ontology_overview_standard": ("Bằng quan hệ của các tiêu chuẩn", "By relations of the standards"),
    "ontology_overview_note": (
        "Mỗi đường nối là các quan hệ giữa hai lớp; tên quan hệ có trong sơ đồ của từng lớp.",
        "A line stands for the relations between two classes; the diagram of each class names them.",
    ),
    "ontology_diagram": ("Các quan hệ của lớp %(label)s", "Relations of the class %(label)s"),
    "ontology_version": ("Phiên bản", "Version"),
    "ontology_namespace": ("Không gian tên", "Namespace"),
    "ontology_licence": ("Giấy phép", "Licence"),
    "ontology_creator": ("Tác giả", "Creator"),
    "ontology_context": ("ngữ cảnh JSON-LD", "JSON-LD context"),
    "ontology_example": ("Ví dụ", "Example"),
    "ontology_broader": ("Là trường hợp riêng của", "Specialises"),
    "ontology_used_on": ("Dùng cho", "Used on"),
    "ontology_values": ("Giá trị thuộc", "Values are"),
    "ontology_properties": ("Có", "Has"),
    "ontology_inverse": ("Ngược với", "Inverse of"),
    "ontology_disjoint": ("Không bao giờ là", "Is never"),
    "ontology_near": ("Gần với", "Near to"),
    "data": ("Dữ liệu", "Data"),
    "data_intro": (
        "Mọi dữ liệu để tải về và để cổng dữ liệu thu thập: "
        "từng bộ dữ liệu với giấy phép, dạng tệp, kích thước và mã kiểm tra.",
        "All the data to download and for portals to harvest: each dataset with licence, formats, sizes and checksums.",
    ),
    "dumps": ("Các bản phát hành", "Releases"),
    "dumps_intro": (
        "Tệp của mọi bản phát hành còn giữ; địa chỉ theo mã bản hoặc theo ngày không đổi.",
        "The files of all releases that are kept; an address by id or by date does not change.",
    ),
    "in_use": ("đang dùng", "in use"),
    "file": ("Tệp", "File"),
    "size": ("Kích thước (byte)", "Size (bytes)"),
    "licence": ("Giấy phép", "Licence"),
    "changed": ("thay đổi lần cuối", "last changed"),
    "machine_readable": ("Cho máy đọc", "For machines"),
    "pages": ("Trang", "Page"),
    "error": ("Không trả lời được", "No answer"),
    "what_to_do": ("Nên làm gì", "What to do"),
}

TEXTS = {
    language: MappingProxyType({key: words[index] for key, words in _WORDS.items()})
    for index, language in enumerate(("vi", "en"))
}
"""Language -> key -> words."""
