"""Run in the data of a browser's portal: what the demonstration lacks, a text amended twice.

Prints the number of the convention, of an article, and of the draft avenant. Text is read on
screen only: nothing here is signed by anyone.
"""

from django.utils import timezone

from accounts.models import User
from conventions.access import visible_to
from conventions.enums import ActKind, ActStatus, Change
from conventions.models import Act, ArticleVersion
from conventions.models.act import PROVISIONAL
from conventions.models.consolidated import consolidated_text

USER = User.objects.get(email="agent@demo.demo")
TODAY = timezone.localdate()


def _change(act: Act, article, body: str) -> None:
    ArticleVersion.objects.create(
        act=act, article_id=article.article_id, operation=Change.REMPLACER, position=1,
        heading=article.heading, body=body,
    )  # fmt: skip


def main() -> None:
    mine = visible_to(USER, on=TODAY).filter(status="signee").order_by("pk")
    convention = mine.filter(acts__drafted_by__memberships__user=USER).first() or mine.first()
    text = consolidated_text(convention, on=TODAY)
    article = next(one for one in text if one.body)
    first = convention.acts.get(number=0)
    last = convention.acts.filter(status=ActStatus.SIGNE).order_by("number").last().number
    signed = Act(
        convention=convention, number=last + 1, kind=ActKind.AVENANT, title="Un changement"
    )
    signed.drafted_by = first.drafted_by
    signed.save()
    _change(signed, article, f"{article.body}\n\n- un premier point ;\n- **un second**.")
    signed.status, signed.signed_on, signed.effective_on = ActStatus.SIGNE, TODAY, TODAY
    signed.save()
    draft = Act.objects.create(
        convention=convention, number=PROVISIONAL + 999, kind=ActKind.AVENANT, title="Un projet",
        status=ActStatus.EN_NEGOCIATION, drafted_by=first.drafted_by,
    )  # fmt: skip
    _change(draft, article, "| Année | Logements |\n|---|---|\n| 2027 | 120 |")
    print(convention.pk, article.code, draft.number)  # noqa: T201 - read by the test


main()
