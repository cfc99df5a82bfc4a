"""Ends with 0 while the container's web server answers, asked by the name that it answers to."""

import os
from urllib.parse import urlsplit
from urllib.request import Request, urlopen

port = os.environ.get("FYRTAARN_PORT", "8000")
host = urlsplit(os.environ.get("FYRTAARN_PUBLIC_URL", "http://localhost")).netloc
urlopen(Request(f"http://127.0.0.1:{port}/livez", headers={"Host": host}), timeout=4).close()
