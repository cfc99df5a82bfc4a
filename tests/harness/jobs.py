"""Background work in the state that a test needs."""

from django.db import connection
from procrastinate.contrib.django import app


def failed_job(task: str = "foundation.send_mail") -> int:
    """A job that a worker has given up; returns its number."""
    job: int = app.configure_task(task).defer()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_jobs SET status = 'doing' WHERE id = %s", [job])
        cursor.execute("UPDATE procrastinate_jobs SET status = 'failed' WHERE id = %s", [job])
    return job
