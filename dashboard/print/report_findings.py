"""What a report on the claims of one part of the argument holds: each claim with all its card."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from dashboard.charts.rows import both_words
from dashboard.panels.claims import HEADS, counts_line, test_words
from dashboard.print import common
from dashboard.print.errors import EmptyError
from dashboard.print.exhibits import exhibit
from dashboard.print.report import Endnotes, Report, Section, figure_section

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dashboard.charts.record import Panel
    from dashboard.scene import Scene
    from dashboard.view import View
    from dashboard.wording import Context
    from geodata.studies.claims import Finding, Tested


def findings_report(scene: Scene, view: View, context: Context, panel: Panel) -> Report:
    """Gather a report on the claims of the part that the chosen claim is of.

    Parameters
    ----------
    scene
        The atlas.
    view
        Claim and language.
    context
        Words and sources in the view's language.
    panel
        What the page shows of a claim.
    """
    t, notes, claims = context.t, Endnotes(context), scene.atlas.claims
    part = claims.finding(view.claim).claim.part
    found = [one for one in claims.findings if one.claim.part == part]
    named = [both_words("shell.page_findings"), both_words(f"findings.part_{part}")]
    scope, what = (one[view.lang] for one in named)
    cards = [
        _card(one, panel, (scene, replace(view, claim=one.claim.id), context), notes)
        for one in found
    ]
    return Report(
        title=t("export.of_scope", scope=scope, what=what),
        subtitle=t("shell.title"),
        sections=(_listed(found, context), *cards),
        sources=notes.lines(),
        credits=(),
        stem=common.file_stem(named, view.lang, ""),
        named=notes.names(),
    )


def _listed(found: Sequence[Finding], context: Context) -> Section:
    """Return the claims with their verdicts as a table, and the rule that they are judged by."""
    t = context.t
    head = (t("findings.head_claim"), t("findings.head_verdict"))
    rows = [(_named(one, context), t(f"findings.verdict_{one.verdict}")) for one in found]
    said = (t("findings.lead"), counts_line(found, t), t("findings.rule"))
    heading = t("findings.report_list")
    return Section(heading, said, table=(head, *rows), caption=heading)


def _named(found: Finding, context: Context) -> str:
    """Return a claim in its words; what is called for is told from what is said to be so."""
    t, name = context.t, found.claim.name[context.lang]
    if found.claim.kind == "call":
        return t("export.of_scope", scope=t("findings.call"), what=name)
    return name


def _card(
    found: Finding, panel: Panel, seen: tuple[Scene, View, Context], notes: Endnotes
) -> Section:
    """Return a claim: what came out, its chart where it has a figure, and all its tests."""
    context, (chart,) = seen[-1], panel.names
    t, name = context.t, found.claim.name[context.lang]
    try:
        made = figure_section(name, exhibit(panel, chart, *seen), notes)
    except EmptyError as error:
        told = panel.chart(chart, *seen)
        made = Section(name, (*told.say, str(error), *told.notes))
    head = tuple(t(f"findings.head_{one}") for one in HEADS)
    rows = [_row(one, context, notes) for one in found.tests]
    caption = t("export.of_scope", scope=name.rstrip("。."), what=t("findings.tests"))
    return replace(made, table=(head, *rows), caption=caption)


def _row(one: Tested, context: Context, notes: Endnotes) -> tuple[str, ...]:
    """Return a test as a row, the numbers of its publications behind its figures."""
    name, figures, *others = test_words(one, context)
    return (name, figures + notes.mark(one.judged.source_ids if one.judged else ()), *others)
