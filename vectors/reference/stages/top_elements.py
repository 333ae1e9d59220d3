"""SPEC math 10.6: which elements of a forecast are kept; ties of the score go by address."""
STAGE, SOURCE = 'topElements', 'SPEC math 10.6'


def solve(i):
    first = {}
    for e in i['elements']:
        first.setdefault(e['inferer'], e)
    order = sorted(first, key=lambda who: (-i['scores'].get(who, 0), who))
    return [first[who] for who in sorted(order[:i['most']])]


def cases(rng):
    for index in range(60):
        names = [f'I{n:02}' for n in range([0, 1, 2, 5, 12, 13, 20, 40][index % 8])]
        rng.shuffle(names)
        if index % 3 == 1:
            names += names[:3]
        tied = index % 4 == 2
        scores = {n: 0.5 if tied else round(rng.gauss(0, 1), 3) for n in names if rng.random() < 0.8}
        i = {'elements': [{'inferer': n, 'value': round(rng.gauss(0, 1), 4)} for n in names],
             'scores': scores, 'most': rng.choice([1, 3, 12, 12])}
        yield i, solve(i)
