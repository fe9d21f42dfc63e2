"""Addresses under /conventions/<pk>/actes/<number>/negociation/."""

from django.urls import path

from conventions.views import negotiation, proposals, threads

_TALK = (
    ("", negotiation.negotiation),
    ("lu/", negotiation.negotiation_read),
    ("depuis/", negotiation.negotiation_since),
    ("tours/<int:rank>/", negotiation.negotiation_round),
    ("rendre-la-main/", negotiation.negotiation_hand_over),
    ("reprendre-la-main/", negotiation.negotiation_take_back),
    ("debloquer/", negotiation.negotiation_unblock),
    ("discussions/", threads.threads),
    ("discussions/ouvrir/", threads.thread_open),
    ("discussions/<int:thread_pk>/", threads.thread),
    ("discussions/<int:thread_pk>/resoudre/", threads.thread_resolve),
    ("discussions/<int:thread_pk>/rouvrir/", threads.thread_reopen),
    ("discussions/<int:thread_pk>/partager/", threads.thread_share),
    ("propositions/", proposals.proposals),
    ("propositions/nouvelle/", proposals.proposal_create),
    ("propositions/<int:proposal_pk>/", proposals.proposal),
    ("propositions/<int:proposal_pk>/accepter/", proposals.proposal_accept),
    ("propositions/<int:proposal_pk>/regler/", proposals.proposal_settle),
    ("propositions/<int:proposal_pk>/refuser/", proposals.proposal_refuse),
    ("propositions/<int:proposal_pk>/retirer/", proposals.proposal_withdraw),
    ("propositions/<int:proposal_pk>/rouvrir/", proposals.proposal_reopen),
    ("articles/<int:article_pk>/tout-accepter/", proposals.proposals_accept_all),
)
urlpatterns = [path(words, view, name=view.__name__) for words, view in _TALK]
