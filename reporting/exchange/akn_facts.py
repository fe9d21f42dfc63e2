"""A convention read on a day, as the Akoma Ntoso file needs it."""

from collections import defaultdict
from datetime import date

from conventions.enums import ActStatus, VisaKind
from conventions.models import ArticleVersion, Convention, Signatory
from conventions.models.acts_read import avenant_text
from conventions.models.amendments import amendments_of, definitions_of
from conventions.models.consolidated import ConsolidatedArticle, text_of
from reporting.rules.akn_source import (
    AknAct,
    AknArticle,
    AknChange,
    AknParty,
    AknSignatory,
    AknText,
)


def akn_text(convention: Convention, *, on: date) -> AknText:
    """Return the text in force on a day, else the draft, with the acts signed by then."""
    articles = text_of(convention, on=on)
    parties = list(convention.parties.in_force(on=on).order_by("position", "starts_on"))
    ranks = {party.pk: rank for rank, party in enumerate(parties, start=1)}
    acts = list(convention.acts.in_force(on=on).order_by("number"))
    initial = convention.acts.filter(number=0).first()
    visas = list(initial.visas.order_by("position")) if initial else []
    return AknText(
        reference=convention.reference,
        title=convention.title,
        on=on,
        parties=tuple(_party(rank, party) for rank, party in enumerate(parties, start=1)),
        articles=_tree(articles),
        acts=tuple(_acts(convention, acts, on=on)),
        signatories=tuple(_signatories(acts, ranks)),
        visas=tuple(visa.text for visa in visas if visa.kind == VisaKind.VISA),
        considerants=tuple(visa.text for visa in visas if visa.kind == VisaKind.CONSIDERANT),
        definitions=tuple(definitions_of(convention, on=on)),
        place=initial.place if initial else "",
        labels={article.code: article.label for article in articles},
    )


def _party(rank: int, party) -> AknParty:
    siren, rna = party.siren_as_signed, party.rna_as_signed
    identifier = f"siren-{siren}" if siren else f"rna-{rna}" if rna else f"partie-{rank}"
    return AknParty(
        rank, party.name_as_signed, party.alias, identifier, party.legal_nature_as_signed
    )


def _tree(articles: list[ConsolidatedArticle]) -> tuple[AknArticle, ...]:
    """Nest the articles; what stands in an absent article stands at the root, as when read."""
    present = {article.article_id for article in articles}
    inside = defaultdict(list)
    for article in articles:
        inside[article.parent_id if article.parent_id in present else None].append(article)

    def grown(article: ConsolidatedArticle) -> AknArticle:
        return AknArticle(
            code=article.code,
            kind=article.kind,
            number=article.number,
            heading=article.heading,
            body=article.body,
            label=article.label,
            act=article.act,
            since=article.from_on,
            children=tuple(grown(child) for child in inside[article.article_id]),
        )

    return tuple(grown(article) for article in inside[None])


def _acts(convention: Convention, acts: list, *, on: date) -> list[AknAct]:
    changes = defaultdict(list)
    amendments = [one for one in amendments_of(convention) if one.from_on <= on]
    words = {
        version.pk: version
        for version in ArticleVersion.objects.filter(
            pk__in=[one.key for one in amendments]
        ).select_related("article")
    }
    for one in amendments:
        changes[one.act].append((one, words[one.key]))
    return [_act(act, changes[act.number], _sentences(act)) for act in acts]


def _sentences(act) -> dict[int, str]:
    """What the avenant says of each of its operations: «L’article 2 est remplacé par…»."""
    if not act.number:
        return {}
    return {key: one.sentence for one in avenant_text(act).provisions for key in one.keys}


def _act(act, changes: list, sentences: dict[int, str]) -> AknAct:
    ordered = sorted(changes, key=lambda pair: (pair[0].place, pair[1].position, pair[0].key))
    return AknAct(
        number=act.number,
        kind=act.kind,
        name=str(act),
        title=act.title,
        signed_on=act.signed_on,
        effective_on=act.effective_on,
        purpose=act.purpose,
        changes=tuple(
            AknChange(
                act=one.act,
                rank=rank,
                place=one.place,
                change=one.change,
                code=version.article.code,
                from_on=one.from_on,
                sentence=sentences.get(one.key, one.sentence),
                heading=version.heading,
                body=version.body,
            )
            for rank, (one, version) in enumerate(ordered, start=1)
        ),
    )


def _signatories(acts: list, ranks: dict[int, int]) -> list[AknSignatory]:
    rows = Signatory.objects.filter(
        act__in=[act for act in acts if act.status == ActStatus.SIGNE]
    ).select_related("act", "party")
    ordered = sorted(rows, key=lambda one: (one.act.number, one.party.position, one.position))
    return [
        AknSignatory(one.act.number, rank, one.name, one.capacity, ranks.get(one.party_id, 0))
        for rank, one in enumerate(ordered, start=1)
    ]
