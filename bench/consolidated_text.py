"""The text of one date of a 200-article convention after 40 avenants, against writing it out.

The numerator reads everything from PostgreSQL (acts, operations, wordings), consolidates, cuts into
blocks, names references and renders the articles by the page's own templates; the denominator
renders the same templates from the same objects, already in memory. Both give the same bytes, in
turn, in one process. A second measure asks the same of a date in the middle of the avenants.
"""

import os
import sys
import time
from datetime import date, timedelta
from pathlib import Path
from statistics import median

os.environ["DJANGO_SETTINGS_MODULE"] = "bench._settings"
ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

import django  # noqa: E402

django.setup()

from django.db import connection  # noqa: E402
from django.template import engines  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402

from accounts.enums import OrganisationKind  # noqa: E402
from accounts.models import Organisation, User  # noqa: E402
from conventions.enums import (  # noqa: E402
    ActKind,
    ActStatus,
    Change,
    ConventionKind,
    ConventionStatus,
    EffectBasis,
)
from conventions.models import Act, Article, ArticleVersion, Convention  # noqa: E402
from conventions.rules.ecriture import references_of  # noqa: E402
from conventions.views.text import read_text, worded  # noqa: E402
from reporting.templatetags.margin_notes import Notes  # noqa: E402
from territories.enums import TerritoryKind  # noqa: E402
from territories.models import Territory  # noqa: E402

ARTICLES, AVENANTS, CHANGES = 200, 40, 12
ROUNDS, WARM_UP = 60, 8
GOAL = 2
START = date(2015, 1, 1)
TODAY = date(2026, 11, 21)
PAGE = engines["django"].from_string(
    "{% for article in articles %}"
    '{% include "conventions/_article.html" with article=article notes=notes'
    " references=references convention=convention on=on only %}"
    "{% endfor %}"
)
SENTENCE = (
    "Chaque partie réserve 25 % des attributions prononcées sur son contingent aux publics que "
    "la conférence intercommunale du logement a déclarés prioritaires, comme le dit l’{{art:3}}. "
)


def say(name: str, value: float, goal: float) -> bool:
    fine = value <= goal
    sys.stdout.write(f"{name} {value:.2f} {goal:g} {'ok' if fine else 'short'}\n")
    sys.stdout.flush()
    return fine


def body(turn: int) -> str:
    items = "\n".join(f"- engagement {rank} de la rédaction {turn}\u00a0;" for rank in range(3))
    return f"{SENTENCE * 2}\n\n{items}\n\n**Rédaction {turn}.** {SENTENCE}"


def fill() -> Convention:
    """Ten titles of nineteen articles, then avenants that replace, insert, renumber and repeal."""
    user = User.objects.create_user("mesure@exemple.fr", "une phrase pour mesurer")
    place = Territory.objects.create(kind=TerritoryKind.EPCI, code="900000001", name="Mesure")
    epci = Organisation.objects.create(kind=OrganisationKind.EPCI, name="Mesure", territory=place)
    convention = Convention.objects.create(
        reference="MESURE", title="Convention de mesure", territory=place, drafted_by=epci,
        kind=ConventionKind.EPCI_ACTION_LOGEMENT, status=ConventionStatus.SIGNEE,
        starts_on=START, starts_on_basis=EffectBasis.DERNIERE_SIGNATURE, created_by=user,
    )  # fmt: skip
    articles = _initial(convention)
    for number in range(1, AVENANTS + 1):
        _avenant(convention, articles, number)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return convention


def _initial(convention: Convention) -> list[Article]:
    act = Act.objects.create(convention=convention, title=convention.title)
    articles, title = [], None
    for rank in range(ARTICLES):
        is_title = rank % 20 == 0
        article = Article.objects.create(convention=convention, parent=None if is_title else title)
        title = article if is_title else title
        articles.append(article)
    ArticleVersion.objects.bulk_create(
        ArticleVersion(
            act=act, article=article, number=str(rank + 1), heading=f"Objet {rank + 1}",
            body=body(0), position=rank + 1,
        )
        for rank, article in enumerate(articles)
    )  # fmt: skip
    _sign(act, START)
    return articles


def _avenant(convention: Convention, articles: list[Article], number: int) -> None:
    act = Act.objects.create(convention=convention, number=number, kind=ActKind.AVENANT)
    rows = [
        ArticleVersion(
            act=act, article=articles[(number * 7 + rank * 11) % ARTICLES], position=rank + 1,
            operation=Change.REMPLACER, heading=f"Objet changé {number}", body=body(number),
        )
        for rank in range(CHANGES)
    ]  # fmt: skip
    after = articles[(number * 5 + 1) % ARTICLES]
    new = Article.objects.create(convention=convention, parent=after.parent)
    rows.append(
        ArticleVersion(
            act=act, article=new, after=after, operation=Change.ECRIRE, position=CHANGES + 1,
            number=f"{number} bis", heading="Article inséré", body=body(number),
        )
    )  # fmt: skip
    for change, shift in ((Change.ABROGER, 3), (Change.RENUMEROTER, 9)):
        article = articles[(number * 4 + shift) % ARTICLES]
        if article.parent_id is None:
            continue
        rows.append(
            ArticleVersion(
                act=act, article=article, operation=change, position=len(rows) + 1,
                number=f"{number} ter" if change == Change.RENUMEROTER else "",
            )
        )  # fmt: skip
    ArticleVersion.objects.bulk_create(rows)
    _sign(act, START + timedelta(days=90 * number))


def _sign(act: Act, day: date) -> None:
    act.status, act.signed_on, act.effective_on = ActStatus.SIGNE, day, day
    act.save()


def read(convention: Convention, day: date) -> dict:
    """Read the context of the page's articles from the database."""
    acts = list(convention.acts.standing().order_by("effective_on", "number"))
    reading = read_text(convention, acts, day, on=TODAY)
    shown = [article for article in reading.articles if not article.repealed]
    return {
        "articles": worded(reading),
        "references": references_of(shown),
        "notes": Notes({}, {}, {}),
        "convention": convention,
        "on": TODAY,
    }


def measure(convention: Convention, day: date) -> tuple[float, float]:
    """Return the medians of reading and writing, and of writing alone, run in turn."""
    kept = read(convention, day)
    wanted = PAGE.render(kept)
    spent: dict[str, list[float]] = {"whole": [], "written": []}
    for turn in range(WARM_UP + ROUNDS):
        for name in spent:
            start = time.perf_counter()
            html = PAGE.render(read(convention, day) if name == "whole" else kept)
            seconds = time.perf_counter() - start
            assert html == wanted, "the two give the same bytes"
            if turn >= WARM_UP:
                spent[name].append(seconds)
    return median(spent["whole"]), median(spent["written"])


def main() -> int:
    convention = fill()
    with CaptureQueriesContext(connection) as captured:
        known = read(convention, TODAY)
    gone = sum(article.is_gone for article in known["articles"])
    fine = []
    for name, day in (("today", TODAY), ("middle", START + timedelta(days=90 * 20))):
        whole, written = measure(convention, day)
        fine.append(say(f"consolidated_text.{name}", whole / written, GOAL))
        sys.stderr.write(
            f"{name}: {whole * 1000:.1f} ms, of which writing {written * 1000:.1f} ms\n"
        )
    sys.stderr.write(
        f"{len(known['articles'])} articles ({gone} repealed), {len(captured)} statements\n"
    )
    return 0 if all(fine) else 1


if __name__ == "__main__":
    raise SystemExit(main())
