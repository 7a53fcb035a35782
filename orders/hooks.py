"""What orders add to what lies below: timeline, merging, erasure, archive and locks of customers, ways to pay."""

from django.utils.translation import gettext_lazy as _

from customers import lock_sequence, tasks
from customers.bulk import searches as bulk_searches
from customers.history import timeline
from customers.importing import erased
from customers.merging import merge
from customers.models import Segment
from customers.privacy.erasure import summary as erasure_summary
from customers.record import address_change, overview
from customers.saved_views import queries as saved_views
from orders.catalogue import pictures
from orders.catalogue.finder import find_products
from orders.checkout import payment_methods
from orders.customer_hooks import archive as orders_archive
from orders.customer_hooks import erasure as orders_erasure
from orders.customer_hooks import locks, merging
from orders.customer_hooks import timeline as orders_timeline
from orders.dashboard.sales_count import keep_daily_sales
from orders.delivery import section as delivery_section
from orders.delivery.catching_up import catch_up
from orders.documents import files as document_files
from orders.documents import numbering_form
from orders.editing import open_orders
from orders.handling.filters import OrderFilter
from orders.mail_kinds import KINDS
from orders.messages import reminders
from orders.models import OrderBulkAction, OrderImport, ProductImport
from orders.search.finder import find_orders
from orders.search.pages import PAGES
from orders.tasks import run_bulk_action, run_import, run_product_import
from orders.vat import checks
from orders.vat import section as vat_section
from orders.withdrawal import notices
from shopadmin.mail import attachments
from shopadmin.mail.kinds import kinds
from shopadmin.search import everywhere
from shopadmin.search import pages as searched_pages
from shopadmin.staff_log import writing as staff_log
from shopadmin.store import payment_method_choices
from shopadmin.store import sections as settings_sections
from shopadmin.worker import housekeeping


def register() -> None:
    """Called once, when the app is ready."""
    orders_archive.register()
    erasure_summary.sections.append(erasure_summary.Section(orders_erasure.goes, orders_erasure.stays))
    erased.IMPORTS += [OrderImport, ProductImport]
    tasks.JOBS |= {run_import.module_path: OrderImport, run_product_import.module_path: ProductImport}
    tasks.JOBS[run_bulk_action.module_path] = OrderBulkAction
    bulk_searches.MODELS.append(OrderBulkAction)
    merge.sections.append(merge.Section(merging.move, merging.put_back))
    lock_sequence.locks.append(locks.lock_orders_of)
    overview.sections.append(overview.Section("orders", orders_timeline.rows_of_newest, orders_timeline.newest))
    overview.sections.append(
        overview.Section("first_order_at", orders_timeline.rows_of_first, orders_timeline.first_at)
    )
    overview.vat_badges.append(checks.badge_of)
    address_change.leads.append(open_orders.lead)
    timeline.sections += [
        timeline.Section("orders", _("Orders"), orders_timeline.rows_of_orders, orders_timeline.orders_in_words),
        timeline.Section("orders", _("Orders"), orders_timeline.rows_of_events, orders_timeline.events_in_words),
    ]
    payment_method_choices.payment_methods.extend(payment_methods.choices())
    settings_sections.add(vat_section.SECTION, before="payment")
    settings_sections.add(numbering_form.SECTION)
    settings_sections.add(delivery_section.SECTION)
    kinds.extend(KINDS)
    attachments.finders |= {"document": document_files.attachment, "": document_files.attachment}
    saved_views.FILTERS[Segment.List.ORDERS] = OrderFilter
    everywhere.finders += [find_orders, find_products]
    searched_pages.pages += PAGES
    housekeeping.chores += [notices.forget_strangers, pictures.forget_unused_files, checks.forget_unused]
    housekeeping.chores += [keep_daily_sales, reminders.remind_overdue, catch_up]
    staff_log.people |= {
        "backoffice/orders/<str:number>/": staff_log.Whom(
            "SELECT customer_id FROM orders_order WHERE number = %s", part="number"
        ),
        "backoffice/orders/notes/<int:pk>/": staff_log.Whom(
            "SELECT customer_id FROM orders_order WHERE id = (SELECT order_id FROM orders_ordernote WHERE id = %s)"
        ),
        "backoffice/orders/withdrawals/<int:pk>/": staff_log.Whom(
            "SELECT customer_id FROM orders_order"
            " WHERE id = (SELECT order_id FROM orders_withdrawalnotice WHERE id = %s)"
        ),
    }
    staff_log.nobodys |= {
        "backoffice/products/", "backoffice/guide/", "backoffice/orders/filters/", "backoffice/orders/total/",
        "backoffice/orders/import/template.csv",
    }  # fmt: skip
