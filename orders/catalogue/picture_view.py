from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from orders.catalogue.picture_files import FOLDER
from shopadmin.pictures.serving import picture_response


@require_safe
def product_picture(request: HttpRequest, name: str) -> HttpResponse:
    """The file of a product's picture."""
    return picture_response(FOLDER, name)
