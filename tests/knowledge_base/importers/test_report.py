from knowledge_base.importers import ImportReport


def report_of(*parts, **settings):
    report = ImportReport(records=len(parts), **settings)
    for number, (items, rest) in enumerate(parts, start=1):
        report.add("thanh_phan_ho_so", f"1.00000{number}", items=items, rest=rest)
    return report


def test_a_part_is_read_whole_in_part_or_not_at_all():
    report = report_of((3, ""), (2, "còn lại"), (0, "không đọc được"), (0, ""))
    part = "thanh_phan_ho_so"
    assert (report.present[part], report.parsed[part], report.partly[part]) == (4, 1, 1)
    assert report.share(part) == 0.25


def test_a_part_that_no_record_has_counts_as_read():
    assert ImportReport().share("can_cu_phap_ly") == 1


def test_examples_of_what_is_left_are_kept_with_their_codes_up_to_a_limit():
    report = report_of(*[(1, f"dòng {n} " + "x" * 300) for n in range(5)], keep=2)
    examples = report.unread["thanh_phan_ho_so"]
    assert [example.split()[0] for example in examples] == ["1.000001:", "1.000002:"]
    assert all(len(example) < 200 for example in examples)


def test_the_report_says_counts_shares_and_examples_in_vietnamese():
    report = report_of((1, ""), (1, "Nộp thêm khi cần"))
    report.skipped.append("tep.jsonl:9: thiếu mã")
    assert report.lines() == [
        "Đã đọc 2 bản ghi, bỏ qua 1.",
        "  bỏ qua: tep.jsonl:9: thiếu mã",
        "thanh_phan_ho_so: 2 bản ghi có, tách trọn 1 (50.0%), tách một phần 1; "
        "phần còn lại giữ nguyên văn.",
        "Ví dụ còn nguyên văn – thanh_phan_ho_so:",
        "  1.000002: Nộp thêm khi cần",
    ]
