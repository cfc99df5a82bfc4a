"""What the web processes of all hosts remember together for a while: Django's cache, in the database.

Small things alone, such as how often somebody has tried to sign in. Reading never writes, so pages may read it too.
"""

import hashlib
import json
from datetime import datetime, timedelta
from typing import Any

from django.core.cache.backends.base import DEFAULT_TIMEOUT, BaseCache
from django.db import connection

from . import clock

TABLE = "foundation_sharedvalue"
PUT = f"INSERT INTO {TABLE} (key, value, expires) VALUES (%s, %s, %s) ON CONFLICT (key) DO UPDATE"  # noqa: S608
LONGEST = timedelta(days=1)
SET = f"{PUT} SET value = excluded.value, expires = excluded.expires"
ADD = f"{SET} WHERE {TABLE}.expires <= %s"


class SharedCache(BaseCache):
    """Values that JSON can hold, under digests of their names, so that no address of anybody stands in the table."""

    def __init__(self, _location: str, params: dict[str, Any]) -> None:
        super().__init__(params)

    def add(self, key: str, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> bool:
        """Keep the value if there is none. Of two who add at the same moment, one is told that she did."""
        with connection.cursor() as cursor:
            cursor.execute(ADD, [self._digest(key, version), json.dumps(value), self._end(timeout), clock.now()])
            return bool(cursor.rowcount)

    def get(self, key: str, default: Any = None, version: int | None = None) -> Any:
        from .models import SharedValue

        now = clock.now()  # what ends later than any of it may was kept by a clock that went wrong
        kept = SharedValue.objects.filter(key=self._digest(key, version), expires__gt=now, expires__lte=now + LONGEST)
        found = kept.values_list("value", flat=True).first()
        return default if found is None else json.loads(found)

    def set(self, key: str, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> None:
        with connection.cursor() as cursor:
            cursor.execute(SET, [self._digest(key, version), json.dumps(value), self._end(timeout)])

    def delete(self, key: str, version: int | None = None) -> bool:
        from .models import SharedValue

        return bool(SharedValue.objects.filter(key=self._digest(key, version)).delete()[0])

    def clear(self) -> None:
        from .models import SharedValue

        SharedValue.objects.all().delete()

    def _digest(self, key: str, version: int | None) -> str:
        return hashlib.sha256(self.make_key(key, version).encode()).hexdigest()

    def _end(self, timeout: Any) -> datetime:
        seconds = self.default_timeout if timeout is DEFAULT_TIMEOUT else timeout
        return clock.now() + timedelta(seconds=seconds or 0)


def forget_expired() -> int:
    """Remove what no longer counts; returns how much."""
    from .models import SharedValue

    return SharedValue.objects.filter(expires__lte=clock.now()).delete()[0]
