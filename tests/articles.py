"""An invented article as a web page, a PDF and a text, for the tests of texts."""

TITLE = "Utopia sends nine Marders"
PARAGRAPHS = (
    "Utopia will send nine Marder infantry fighting vehicles to Ukraine, its ministry of defence said on Monday. "
    "The vehicles come out of its own stocks and are to arrive before the winter, the ministry added.",
    "The government in Amaurot puts the worth of the gift at 12 million euros. It is the third that Utopia has made "
    "since the spring, after two deliveries of ammunition that were announced at meetings of the Contact Group.",
    "Neighbouring Macaria takes part with a workshop for repairs. Its minister called the gift a sign of friendship, "
    "and said that more would follow if parliament agreed to it in the autumn.",
)
NOTICE = "This site uses cookies to improve your visit. Read our privacy policy for more information."

PAGE = f"""<!doctype html><html lang="en"><head><title>{TITLE} | The Amaurot Herald</title>
<meta property="og:site_name" content="The Amaurot Herald">
<meta property="article:published_time" content="2025-10-13T07:00:00Z"></head>
<body><nav><a href="/">Home</a> <a href="/world">World</a></nav>
<article><h1>{TITLE}</h1>{"".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)}</article>
<div class="cookie-banner" id="cookies"><h2>Cookies</h2><p>{NOTICE}</p><button>Reject</button></div>
<footer>Imprint</footer></body></html>""".encode()

TEXT = "\n\n".join((TITLE, *PARAGRAPHS))


def pdf(line: str) -> bytes:
    """Return a PDF of one page with one line of text, made by hand."""
    stream = f"BT /F1 12 Tf 72 720 Td ({line}) Tj ET".encode()
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R"
        b" /Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    out = b"%PDF-1.4\n"
    places = []
    for number, content in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = len(out)
    out += b"xref\n0 6\n0000000000 65535 f \n" + b"".join(b"%010d 00000 n \n" % place for place in places)
    return out + b"trailer << /Size 6 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF" % table
