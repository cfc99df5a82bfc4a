"""Entry point of the web server."""

import os
from threading import Thread

from django.core.wsgi import get_wsgi_application

from fyrtaarn.engine.matching import prepare

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "fyrtaarn.config.settings")
application = get_wsgi_application()
Thread(target=prepare, daemon=True).start()  # the first search should not wait for the Danish lexicon
