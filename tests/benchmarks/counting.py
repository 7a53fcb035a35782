"""How many queries a page makes, told in a header to whoever asks for it."""

from collections.abc import Callable

from django.db import connection
from django.http import HttpRequest, HttpResponse

Answer = Callable[[HttpRequest], HttpResponse]


def count_queries(get_response: Answer) -> Answer:
    """`X-Queries` in the answer to a request with `X-Count-Queries`; all others pass as they are."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if "X-Count-Queries" not in request.headers:
            return get_response(request)
        asked = []

        def count(execute, sql, *rest):
            asked.append(sql)
            return execute(sql, *rest)

        with connection.execute_wrapper(count):
            response = get_response(request)
        response["X-Queries"] = str(len(asked))
        return response

    return middleware
