"""``flask compare``: measure the CPU time and the SQL statements of stacks and peers.

:mod:`assembly_required.lab.compare` describes the method and its limits.
"""

from pathlib import Path

import click

from ..choices import as_json, read_configuration


@click.command()
@click.argument("choices", nargs=-1, metavar="[STACK|SLOT=OPTION[,SLOT=OPTION...]|peer=NAME]...")
@click.option("--quick", is_flag=True, help="Fewer rounds, and 1,000 articles instead of 10,000.")
@click.option("--rounds", type=click.IntRange(min=2), help="The number of times each request is timed.")
@click.option("--articles", type=click.IntRange(min=100), help="The number of articles in the database.")
@click.option("--page", type=click.IntRange(min=1), help="Also time this page of the article list, with 20 articles.")
@click.option("--no-baselines", is_flag=True, help="Leave out the baselines.")
@click.option(
    "--postgresql",
    metavar="URL",
    help="Use databases of its own on this PostgreSQL server, not SQLite; with --serve, both.",
)
@click.option("--details", is_flag=True, help="Also print a table for each request, and where the time goes.")
@click.option("--validation", "part", flag_value="validation", help="Only the slot validation, without requests.")
@click.option("--loading", "part", flag_value="loading", help="Only five ways to load a page, with each ORM.")
@click.option("--growth", "part", flag_value="growth", help="Only the lists of a small and of a large blog.")
@click.option("--serve", "part", flag_value="serve", help="Servers: requests per second, latency and memory.")
@click.option("--server", "servers", metavar="NAME", multiple=True, help="With --serve, only this server.")
@click.option("--waiting", "part", flag_value="waiting", help="Only an endpoint that waits: threads or async?")
@click.option("--html", metavar="FILE", type=click.Path(dir_okay=False, path_type=Path), help="Also write a report.")
@click.option("--save", "kept", flag_value="save", help="Measure everything, and keep it in the package.")
@click.option("--saved", "kept", flag_value="saved", help="Measure nothing: show what is kept in the package.")
@as_json
def compare(
    choices: tuple[str, ...],
    quick: bool,
    rounds: int | None,
    articles: int | None,
    page: int | None,
    no_baselines: bool,
    postgresql: str | None,
    details: bool,
    part: str | None,
    servers: tuple[str, ...],
    html: Path | None,
    kept: str | None,
    as_json: bool,
) -> None:
    """Measure stacks and peers: CPU time and SQL statements of each request, cold start, memory, packages.

    \b
    flask compare                              every named stack and every peer that is installed
    flask compare classic orm=peewee           the others are compared with the first
    flask compare classic peer=django peer=fastapi
    flask compare stack=typed,orm=peewee
    flask compare --articles 100000 --page 1000    does a list stay fast?
    flask compare --postgresql postgresql:///postgres
    flask compare --validation                 only loading and dumping, ranked
    flask compare --loading                    lazy, eager, columns, prepared, by hand: with each ORM
    flask compare --growth                     1,000 articles and 100,000: does every list stay fast?
    flask compare --serve classic peer=django  requests per second on gunicorn and other servers
    flask compare --waiting                    threads or async?
    flask compare --saved --html report.html   a report of what is kept in the package

    Each choice starts from the stack classic, unless it names another one. The configuration of this installation is
    ignored. There are also baselines: the same requests written by hand with the same packages, as tutorials show it,
    with Flask only, and without any package, and a Flask app that returns empty responses. Peers run with the settings
    that they have in production. What is marked as tuned was written for speed, not as most people would write it.

    Each candidate runs in a process of its own, and all have the same seeded data, in instance/compare/. Their
    responses are compared first: if they differ, nothing is timed, and the exit status is 1. The time is CPU time,
    without a server. The ratios are more reliable than the microseconds. The control is the first candidate a second
    time. Ignore a ratio that is as near to 1 as that of the control.
    """
    # Imported here because every `flask` command imports this module, and only this command needs them.
    from .candidates import choose_effort, measure
    from .chosen import choose_candidates
    from .keeping import check_options, measure_all, read_kept, show_results
    from .parts import compare_part
    from .servers import compare_servers, compare_waiting

    if servers and part != "serve":
        raise click.UsageError("--server names a server for --serve. Add --serve, or leave out --server.")
    check_options(html, choices, kept, part=part is not None)
    settings = read_configuration()
    effort, size = choose_effort(quick, rounds, articles)
    if part == "waiting":
        return compare_waiting(choices, quick, rounds, as_json)
    if part == "serve":
        return compare_servers(choices, servers, settings, quick, rounds, postgresql, as_json)
    if part:
        return compare_part(part, choices, settings, articles or 10 * size.articles, effort.rounds, postgresql, as_json)
    if kept:
        results = measure_all(settings, size, effort, quick, postgresql) if kept == "save" else read_kept()
    else:
        chosen = choose_candidates(choices, settings, baselines=not no_baselines, sqlite=not postgresql)
        results = measure(chosen, settings, size, effort, page, postgresql)
    return show_results(results, details, as_json, html)
