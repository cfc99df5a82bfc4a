"""Entry point of the web server."""

import gc
import os
from threading import Timer

from django.core.wsgi import get_wsgi_application

from fyrtaarn.config.logs import set_up_logs
from fyrtaarn.engine.matching import prepare

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "fyrtaarn.config.settings")
PREPARE_AFTER = 3.0
"""Seconds until the Danish lexicon is read: after the first page, which should not wait, and before the first search."""


def settle() -> None:
    """Read the lexicon, and tell the garbage collector not to look through it and the code again and again."""
    prepare()
    gc.collect()
    gc.freeze()


application = get_wsgi_application()
set_up_logs()  # in each web process, however the server starts it
preparing = Timer(PREPARE_AFTER, settle)
preparing.daemon = True
preparing.start()
