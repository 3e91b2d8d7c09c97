"""The site as a server runs it, in each of its processes."""

from __future__ import annotations

import os

from django.core.asgi import get_asgi_application

from assembler.web.bounds import bounded
from assembler.web.site import VARIABLE, Site, set_up

set_up(Site.from_text(os.environ[VARIABLE]), serves=True)
application = bounded(get_asgi_application())
