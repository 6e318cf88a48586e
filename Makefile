# make run    everything from nothing to a running assistant
# make test   the tests
.PHONY: help setup setup-dev run test test-fast test-web check format train bench zalo-demo nlu-report clean

help:            ## Liệt kê các lệnh
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 16

setup:           ## Tạo hai môi trường và cài các gói đã ghim phiên bản
	@sh deploy/setup.sh

setup-dev:
	@sh deploy/setup.sh --dev

run: setup       ## Cài, huấn luyện, khởi động; in địa chỉ; Ctrl-C để dừng
	@exec .venv/bin/motcua run

test: setup-dev  ## Mọi kiểm thử (không cần mạng)
	@.venv/bin/python -m pytest

test-fast: setup-dev ## Kiểm thử không khởi động Rasa và trình duyệt
	@.venv/bin/python -m pytest -m "not stack and not slow and not web"

test-web: setup-dev ## Kiểm thử các trang trong Chromium thật
	@.venv/bin/python -m pytest -m web

check: setup-dev ## Định dạng, lỗi thường gặp, kiểu
	@.venv/bin/ruff format --check .
	@.venv/bin/ruff check .
	@.venv/bin/mypy

format: setup-dev ## Định dạng lại mã
	@.venv/bin/ruff format .
	@.venv/bin/ruff check --fix .

train: setup     ## Huấn luyện lại bot
	@.venv/bin/motcua train bot

bench: setup     ## Đo tốc độ: tìm kiếm, rồi hệ thống đang chạy (make run ở cửa sổ khác)
	@.venv/bin/motcua bench search
	@.venv/bin/motcua bench dialogue

zalo-demo: setup ## Chạy cả hệ thống với một điện thoại Zalo giả để thử
	@exec .venv/bin/python -m tests.fakes.zalo_demo

nlu-report: setup ## Đo chéo bộ phân loại ý định, ghi docs/nlu.md (vài phút)
	@sh deploy/nlu-report.sh

clean:           ## Xóa môi trường và dữ liệu sinh ra
	rm -rf .venv .venv-rasa var/models var/log .pytest_cache .mypy_cache .ruff_cache
