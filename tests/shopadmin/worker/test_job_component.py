"""How far long work is, on any page that shows it."""

from datetime import timedelta

import pytest
from django.template.loader import render_to_string
from django.utils import timezone

from customers.models import BulkAction
from shopadmin.models import WorkerSeen

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]
State = BulkAction.State
POLL = 'data-hx-trigger="every 2s" data-hx-target="#job"'


def shown(stop_url="/stop/", **fields) -> str:
    job = BulkAction(pk=7, kind="tag", **fields)
    return render_to_string("components/_job.jinja", {"job": job, "stop_url": stop_url, "csrf_input": ""})


def test_work_under_way_says_how_far_it_is_and_asks_again():
    html = shown(state=State.RUNNING, done=2310, total=3788)
    assert '<span role="status" id="job-state"><span class="badge is-half">Running</span></span>' in html
    assert "2,310 of 3,788</span>" in html
    assert '<progress max="3788" value="2310" aria-labelledby="job-state"></progress>' in html
    assert (POLL in html, 'action="/stop/"' in html) == (True, True)
    assert '<noscript><a class="button is-quiet" href="/backoffice/customers/bulk/7/">Refresh</a></noscript>' in html


def test_before_it_is_counted_the_bar_has_no_end():
    assert '<progress max="1" aria-labelledby' in shown(state=State.RUNNING, done=12)


def test_what_is_asked_to_stop_says_so_and_cannot_be_asked_again():
    html = shown(state=State.RUNNING, done=1, total=2, stop_wanted=True)
    assert ("Stops after the current step." in html, 'action="/stop/"' in html) == (True, False)


def test_work_without_an_address_to_stop_it_has_no_such_button():
    assert "Stop</button>" not in shown(stop_url="", state=State.RUNNING)


@pytest.mark.parametrize(
    ("state", "word"), [(State.DONE, "Done"), (State.STOPPED, "Stopped"), (State.FAILED, "Failed")]
)
def test_what_is_over_asks_no_more(state, word):
    html = shown(state=state, done=5, total=5)
    assert (f"{word}</span></span>" in html, POLL in html, "Stop</button>" in html) == (True, False, False)
    assert ("What was already done is kept" in html) == (state == State.STOPPED)


def test_a_failure_says_what_went_wrong():
    assert "<p>No room &lt;left&gt;</p>" in shown(state=State.FAILED, error="No room <left>")


def test_work_of_nothing_is_done():
    assert '<progress max="1" value="1"' in shown(state=State.DONE, total=0)


def test_work_that_nobody_takes_up_says_that_no_worker_runs():
    asked = timezone.now() - timedelta(minutes=2)
    assert "No worker is running. Start one to begin (manage.py worker)." in shown(created_at=asked)
    assert "No worker is running. Start one to begin (manage.py worker)." not in shown()
    WorkerSeen.objects.create(id="6f9619ff-8b86-d011-b42d-00cf4fc964ff", seen_at=timezone.now())
    assert "No worker is running. Start one to begin (manage.py worker)." not in shown(created_at=asked)
