from service.relations_diagram import Related, relations_diagram


def related(count: int) -> list[Related]:
    return [Related("thực hiện", f"iri/{n}", f"{n}/KH-UBND", "2025") for n in range(count)]


def test_boxes_do_not_overlap_and_arrows_lead_between_them() -> None:
    drawn = relations_diagram("687/KH-UBND", "", related(3), related(2), "và %s nữa")
    assert drawn is not None
    assert [box.main for box in drawn.boxes] == [True] + [False] * 5
    for one in drawn.boxes:
        assert one.x >= 0 and one.x + one.width <= drawn.width
        assert one.y >= 0 and one.y + one.height <= drawn.height
        for other in drawn.boxes:
            assert one is other or one.x != other.x or abs(one.y - other.y) >= one.height
    assert len(drawn.arrows) == 5
    assert all(arrow.points[0][0] < arrow.points[-1][0] for arrow in drawn.arrows)


def test_what_has_no_room_is_counted() -> None:
    drawn = relations_diagram("57-NQ/TW", "", related(20), [], "và %s nữa")
    assert drawn is not None
    assert len(drawn.boxes) == 1 + 8
    assert drawn.boxes[-1].name == "và 13 nữa"
    assert drawn.boxes[-1].iri == ""


def test_a_document_without_relations_has_no_diagram() -> None:
    assert relations_diagram("57-NQ/TW", "", [], [], "") is None
