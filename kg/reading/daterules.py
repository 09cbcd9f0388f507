"""The grammar of Arabic dates: its rules in one visible tuple, each a pattern over time tokens and what it means."""

from kg.reading.datedays import (
    day_of_month,
    day_of_this_month,
    day_range,
    deictic,
    foreign,
    hijri,
    long_range,
    month_of_year,
    month_range,
    numeric,
    today_weekday,
    weekday,
    weekday_range,
)
from kg.reading.datedistances import (
    distance_after,
    distance_before,
    distance_from_it,
    distance_since,
    next_day,
    period,
    same_day,
    same_period,
    vague_period,
)
from kg.reading.datescene import Rule, grammar
from kg.reading.dateyears import bare_year, clock, season, year, year_range

RULES = (
    Rule(
        "numeric_year_first",
        grammar("HEAD (?P<digits> (?P<year> Y ) [-/.] (?P<a> D ) [-/.] (?P<b> D ) ) (?![-/]D)"),
        numeric,
    ),
    Rule(
        "numeric_day_first", grammar("HEAD (?P<digits> (?P<a> D ) [-/.] (?P<b> D ) [-/.] (?P<year> [YZ] ) )"), numeric
    ),
    Rule("foreign", grammar("(?P<month> L ) (?P<day> D ) ,? (?P<year> Y )"), foreign),
    Rule("foreign_day_first", grammar("(?P<day> D ) 0? (?P<month> L ) ,? 0? (?P<year> Y )"), foreign),
    Rule(
        "hijri", grammar("(?:T?d?W?,?)? (?:(?P<day> DAY )l?)? (?P<month> H ) (?P<year> [ZYn] )? (?P<sign> ; )?"), hijri
    ),
    Rule(
        "long_range",
        grammar(
            "(?P<day> DAY ) l?m? (?P<month> M ) TAIL (?P<link> [-oU&] ) (?P<day2> DAY ) l?m? (?P<month2> M ) TAIL2"
        ),
        long_range,
    ),
    Rule(
        "day_range", grammar("HEAD (?P<first> DAY ) [-oU&,/] (?P<last> DAY ) l?m? (?P<month> MONTH ) TAIL"), day_range
    ),
    Rule("day_of_month", grammar("HEAD (?P<day> DAY ) l?m? (?P<month> MONTH ) TAIL (?(open)>?)"), day_of_month),
    Rule(
        "day_of_this_month",
        grammar("HEAD (?: (?P<day> DAY ) l (?P<mark> ib|tb|sb|b[PFKSx] )|(?P<digit> D ) l?K )"),
        day_of_this_month,
    ),
    Rule(
        "month_range", grammar("r? (?P<month> M ) TAIL (?:[-oU](?= M )|(?= N )) (?P<month2> MONTH ) TAIL2"), month_range
    ),
    Rule("month", grammar("(?P<stage> X )? (?P<unit> m )? (?P<month> MONTH ) TAIL"), month_of_year),
    Rule(
        "weekday_range",
        grammar("[Tr]? (?P<first> WEEKDAY ) (?:[-/oU]|(?= V|T?W )) (?P<last> WEEKDAY ) (?P<mark> [PF] )?"),
        weekday_range,
    ),
    Rule("today_weekday", grammar("T? d? (?P<deictic> [ej] ) ,? T? d? (?P<weekday> [WV] )"), today_weekday),
    Rule("weekday", grammar("T? l? d? (?P<weekday> WEEKDAY ) (?P<mark> [PF] )?"), weekday),
    Rule("same_day", grammar("T? (?:[jJ]S|s[jJd]|t[jJ]|z)"), same_day),
    Rule("next_day", grammar("T? [jJ] (?P<next> x )"), next_day),
    Rule("eve", grammar("(?P<next> E )"), next_day),
    Rule("tonight", grammar("(?P<word> J ) P?"), deictic),
    Rule("deictic", grammar("i? (?:T(?P<between> l )?)? (?P<word> [ej] ) T?"), deictic),
    Rule(
        "same_period", grammar("X? l? (?:(?P<unit> [abc] )(?:S|t|(?P<next> x ))|[st](?P<unit2> [abc] ))"), same_period
    ),
    Rule("distance_from_it", grammar("(?P<side> [()] ) (?:l?~)? QUANTITY"), distance_from_it),
    Rule("distance_after", grammar("A (?:~l?)? QUANTITY (?P<of> [l2] )?"), distance_after),
    Rule("distance_before", grammar("B (?:~l?)? QUANTITY (?P<of> [l2] )?"), distance_before),
    Rule("distance_since", grammar("I (?:~l?)? QUANTITY"), distance_since),
    Rule("season", grammar("i? Q (?: (?:[yc]? (?P<year> YEAR )) | l?c?(?P<mark> [PFK] ) )"), season),
    Rule("this_season", grammar("i Q (?P<year> (?!) )? (?P<mark> (?!) )?"), season),
    Rule("period", grammar("X? l? (?:(?P<this> i )(?P<thing> [abc] )|(?P<unit> [abc] )(?P<mark> [PFK] ))"), period),
    Rule("stage_of_this", grammar("X l? (?P<unit> [abc] ) (?![YZSxt]) (?P<mark> (?!) )? (?P<this> (?!) )?"), period),
    Rule("vague_period", grammar("[!Dn]? [qg] [*]? [PFRK]"), vague_period),
    Rule(
        "year_range",
        grammar(
            "(?P<plural> [pq] )? (?P<pair> r )? [cy]? (?P<first> [YZ] ) (?P<link> [-oU&/] ) (?P<last> [YZ] )(?!\\s)"
        ),
        year_range,
    ),
    Rule("year", grammar("X? l? [yc] (?P<year> YEAR )"), year),
    Rule("stage_of_year", grammar("X (?P<year> YEAR )"), year),
    Rule("bare_year", grammar("(?P<year> Y ) =?"), bare_year),
    Rule("clock", grammar("(?P<word> h )? (?:@|D:[Dn]|(?<=h)D)"), clock),
)
"""Tried in this order where a time token stands; the first verdict wins."""
