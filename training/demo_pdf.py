"""Set the demo's situation report as a PDF: ``python -m training.demo_pdf``. Same input, same bytes."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from fpdf import FPDF

HERE = Path(__file__).resolve().parents[1] / "src" / "standoff" / "demo_reports"


def main() -> None:
    """Write 04-red-lantern.pdf from its source text."""
    title, *paragraphs = (HERE / "04-red-lantern.source.txt").read_text("utf-8").strip().split("\n\n")
    pdf = FPDF(format="A4")
    pdf.set_creation_date(dt.datetime(2019, 5, 7, 12, 0, tzinfo=dt.UTC))
    pdf.set_title(title)
    pdf.set_author("Red Lantern")
    pdf.set_margins(25, 25)
    pdf.add_page()
    pdf.set_font("Helvetica", "B", 16)
    pdf.multi_cell(0, 9, title, new_x="LMARGIN", new_y="NEXT")
    pdf.set_font("Helvetica", "", 11)
    for paragraph in paragraphs:
        pdf.ln(4)
        pdf.multi_cell(0, 6, paragraph, new_x="LMARGIN", new_y="NEXT", align="L")
    pdf.output(str(HERE / "04-red-lantern.pdf"))


if __name__ == "__main__":
    main()
