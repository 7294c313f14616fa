/* One point of `drift` as a plain C loop: the peer that the compiled engine is measured against.
 *
 * It does what this one point needs and nothing more: entries at the open, both sides, holding time, stop and
 * take-profit on price steps, board lots, limits of gross exposure and volume, tables of fees, dividends,
 * borrow, margin calls counted (the caller checks that there are none), all metrics. No trailing stop, no
 * entry at the close, no slippage, no other strategy, no log but the fills. bench_point.py compiles it, hands
 * it the same numbers as the compiled engine and compares fills and metrics before it takes the time.
 */

#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

enum { UNROUNDED, NEAREST_CENT, UP_TO_CENT, UP_TO_UNIT };
enum { EXIT, REDUCTION, TURN, ENTRY };
enum { SIGNAL = 0, REVERSAL = 1, TIME = 2, STOP = 4, TAKE = 6 };

#define LISTINGS 64
#define METRICS 31
#define NOISE 1e-14
#define SLACK 1e-9
#define UNIT 1e9

typedef struct {
    double open, high, low, close, fx, value;
    double average_volume, paid_long, paid_short, borrow;
    int32_t session, lot, gap, fees, ticks;
    uint8_t tradable, live, no_short, pays;
} Bar;

typedef struct {
    double rate, per_share, amount, of_commission, minimum, maximum, max_rate;
    int32_t rounding;
    uint8_t buy, sell, is_commission, last;
} Fee;

typedef struct {
    double score;
    int64_t session;
} News;

typedef struct {
    int64_t first_news, end_news;
} Listing;

typedef struct {
    int32_t steps, listings, fees_wide, ticks_wide;
    const int32_t *bar_at; /* (steps, listings), -1 for listings without a session */
    const Bar *bars;
    const Listing *list;
    const News *news;
    const Fee *fees;       /* (entries, fees_wide) */
    const int64_t *bounds; /* (tables, ticks_wide) */
    const int64_t *grid;
    double cash, gross, max_weight, max_volume, initial, maintenance;
    /* dates */
    int32_t days, common;
    const int64_t *last_steps; /* (days) */
    const int64_t *dates;      /* (steps) */
    double years, per_year;
    const int64_t *shared;     /* (common + 1) */
    const double *benchmark;   /* (common) */
    double common_per_year;
} Market;

typedef struct {
    int64_t hold;
    double stop, take, weight, min_score;
} Point;

typedef struct {
    int64_t listing, bar, shares;
    double price, fees;
    int64_t reason;
} Fill;

typedef struct {
    int64_t position, entered, renewed, next_news;
    double mark, average;
    int guarded;
    double stop_price, take_price;
    int wanted, want_group, want_reason;
    double want_weight, planned;
    int waiting, order_group, order_reason;
    int64_t order_size, order_target;
    double order_weight;
    /* the trade that is open */
    int64_t held, opened;
    double entry, entry_fx, invested, fees, paid, profit;
} Desk;

typedef struct {
    double cash, fees, borrow, dividends, traded;
    int64_t fills, calls, trades, wins, sessions;
    double gained, lost, returns, best, worst;
} Account;

static double cents(double fee, int how)
{
    if (how == UNROUNDED) return fee * 100.0;
    int64_t millionths = (int64_t)(fee * 1e6 * (1.0 + 1e-12) + 0.5);
    if (how == NEAREST_CENT) return (double)((millionths + 5000) / 10000);
    if (how == UP_TO_CENT) return (double)((millionths + 9999) / 10000);
    return (double)((millionths + 999999) / 1000000) * 100.0;
}

static double fees_of(const Market *m, int entry, int64_t size, double price, int buy)
{
    double value = (double)size * price, commission = 0.0, total = 0.0;
    const Fee *fee = m->fees + (size_t)entry * m->fees_wide;
    for (int k = 0; k < m->fees_wide; k++, fee++) {
        if (buy ? fee->buy : fee->sell) {
            double amount = fee->rate * value + fee->per_share * (double)size + fee->amount
                            + fee->of_commission * commission;
            if (amount < fee->minimum) amount = fee->minimum;
            if (amount > fee->maximum) amount = fee->maximum;
            if (amount > fee->max_rate * value) amount = fee->max_rate * value;
            double charged = cents(amount, fee->rounding);
            if (fee->is_commission) commission = charged * 0.01;
            total += charged;
        }
        if (fee->last) break;
    }
    return total / 100.0;
}

static double round_safe(const Market *m, int table, double price, int buy)
{
    if (table < 0) return price;
    int64_t exact = (int64_t)rint(price * UNIT);
    const int64_t *bounds = m->bounds + (size_t)table * m->ticks_wide;
    const int64_t *grid = m->grid + (size_t)table * m->ticks_wide;
    int row = 0;
    while (row < m->ticks_wide - 1 && exact > bounds[row]) row++;
    int64_t step = grid[row];
    int64_t count = buy ? exact / step : (exact + step - 1) / step;
    if (count < 1) count = 1;
    return (double)(count * step) / UNIT;
}

static void close_trade(Account *a, Desk *d, int64_t session)
{
    double profit = d->profit - d->fees + d->paid;
    double result = d->invested != 0.0 ? profit / d->invested : 0.0;
    if (fabs(profit) <= 1e-12 * d->invested) profit = 0.0;
    a->trades++;
    if (profit > 0.0) a->wins++;
    if (profit > 0.0) a->gained += profit;
    else a->lost -= profit;
    a->returns += result;
    if (result > a->best) a->best = result;
    if (result < a->worst) a->worst = result;
    a->sessions += session - d->opened;
}

static void book_trade(Account *a, Desk *d, int64_t size, double price, double fx, double paid, int64_t session)
{
    int64_t shares = llabs(size), held = d->held;
    if (held * size < 0) {
        int64_t closing = shares < llabs(held) ? shares : llabs(held);
        double part = closing == shares ? paid : paid / (double)shares * (double)closing;
        double sign = held > 0 ? 1.0 : -1.0;
        d->profit += sign * (double)closing * (price - d->entry) * d->entry_fx;
        d->profit += sign * (double)closing * price * (fx - d->entry_fx);
        d->fees += part;
        held += size > 0 ? closing : -closing;
        shares -= closing;
        paid -= part;
        if (held == 0) close_trade(a, d, session);
    }
    if (shares) {
        double cost = price * fx * (double)shares;
        if (held == 0) {
            d->entry = price;
            d->entry_fx = fx;
            d->invested = cost;
            d->fees = paid;
            d->paid = d->profit = 0.0;
            d->opened = session;
        } else {
            double before = (double)llabs(held), after = (double)(llabs(held) + shares);
            double total = d->entry * d->entry_fx * before + cost;
            d->entry = (d->entry * before + price * (double)shares) / after;
            d->entry_fx = total / (d->entry * after);
            d->invested += cost;
            d->fees += paid;
        }
        held += size > 0 ? shares : -shares;
    }
    d->held = held;
}

static void fill(const Market *m, Account *a, Desk *desks, int i, const Bar *b, int64_t size, double price,
                 int reduces, int inside, int reason, Fill *log)
{
    Desk *d = desks + i;
    int64_t held = d->position, closing = 0;
    if (size * held < 0) closing = llabs(size) < llabs(held) ? llabs(size) : llabs(held);
    if (!inside && b->no_short && size < 0 && llabs(size) > closing) {
        size = -closing;
        if (size == 0) return;
    }
    int buy = size > 0;
    int64_t asked = llabs(size);
    double cost = fees_of(m, b->fees, asked, price, buy);
    int64_t opening = (asked - closing) / b->lot * b->lot;
    if (opening) {
        double value = price * b->fx;
        double kept = held * size > 0 ? (double)llabs(held) : 0.0;
        double worth = 0.0, others = 0.0;
        for (int k = 0; k < m->listings; k++) {
            double own = (double)desks[k].position * desks[k].mark;
            worth += own;
            if (k != i) others += fabs(own);
        }
        worth += a->cash;
        worth += (double)held * (value - d->mark);
        double room = m->gross * worth * (1.0 + SLACK) - others - kept * value;
        room -= m->gross * (cost * b->fx);
        if ((double)opening * value > room)
            opening = reduces ? (int64_t)floor((double)(int64_t)((room > 0.0 ? room : 0.0) / value) / b->lot) * b->lot : 0;
    }
    if (closing + opening == 0) return;
    if (closing + opening != asked) cost = fees_of(m, b->fees, closing + opening, price, buy);
    size = buy ? closing + opening : -(closing + opening);
    double paid = cost * b->fx;
    d->mark = price * b->fx;
    a->cash -= (double)size * price * b->fx + paid;
    a->fees += paid;
    a->traded += (double)llabs(size) * price * b->fx;
    if (log) log[a->fills] = (Fill){i, b - m->bars, size, price, paid, reason};
    a->fills++;
    int64_t after = held + size;
    d->position = after;
    if (after == 0) {
        d->average = 0.0;
        d->guarded = 0;
    } else if (held == 0 || (held > 0) != (after > 0)) {
        d->average = price;
        d->entered = b->session;
        d->guarded = 0;
    } else if (held * size > 0) {
        d->average = (d->average * (double)held + (double)size * price) / (double)after;
    }
    book_trade(a, d, size, price, b->fx, paid, b->session);
}

/* Signals that have come due, and the exit by time. */
static void decide(const Market *m, const Point *p, Desk *d, const Listing *l, const Bar *b)
{
    int64_t chosen = -1;
    while (d->next_news < l->end_news && m->news[d->next_news].session <= b->session) {
        if (fabs(m->news[d->next_news].score) >= p->min_score) chosen = d->next_news;
        d->next_news++;
    }
    if (!b->live) return;
    int64_t since = d->entered > d->renewed ? d->entered : d->renewed;
    int leaving = d->waiting && d->order_size * d->position < 0;
    if (p->hold > 0 && d->position && b->session - since >= p->hold && !leaving) {
        d->wanted = 1;
        d->want_weight = 0.0;
        d->want_reason = TIME;
    }
    if (chosen < 0) return;
    double score = m->news[chosen].score;
    if (score == 0.0) return;
    if ((double)d->position * score > 0.0) {
        d->renewed = b->session;
        d->wanted = d->waiting = 0;
    } else {
        d->wanted = 1;
        d->want_weight = p->weight * score;
        d->want_reason = d->position ? REVERSAL : SIGNAL;
    }
}

static int64_t shares_of(const Market *m, const Desk *d, const Bar *b, double worth, double others)
{
    if (d->want_weight == 0.0) return 0;
    double value = b[-1].value, share = fabs(d->want_weight);
    if (share > m->max_weight) share = m->max_weight;
    share *= worth > 0.0 ? worth : 0.0;
    int64_t shares = (int64_t)floor(share / (value * b->lot) * (1.0 + 1e-12)) * b->lot;
    if (shares == 0) return 0;
    double free = m->gross * worth - others;
    if (free < 0.0) free = 0.0;
    if ((double)shares * value > free) shares = (int64_t)floor(free / value / b->lot) * b->lot;
    if (d->want_weight < 0.0) shares = -shares;
    if (m->max_volume > 0.0) {
        int64_t most = (int64_t)(floor(m->max_volume * b->average_volume / b->lot) * b->lot);
        int64_t change = shares - d->position;
        if (llabs(change) > most) shares = d->position + (change > 0 ? most : -most);
    }
    return shares;
}

/* Turn what is wanted into orders: exits, reductions, reversals, entries; of each the largest weight first. */
static void send(const Market *m, Account *a, Desk *desks, const int32_t *bar_at)
{
    double worth = 0.0, planned = 0.0;
    for (int i = 0; i < m->listings; i++) {
        double own = (double)desks[i].position * desks[i].mark;
        desks[i].planned = fabs(own);
        worth += own;
    }
    worth += a->cash;
    for (int i = 0; i < m->listings; i++) {
        Desk *d = desks + i;
        if (!d->wanted) continue;
        double turned = d->want_weight * (double)d->position;
        if (d->want_weight == 0.0) d->want_group = EXIT;
        else if (turned > 0.0 && fabs(d->want_weight) * worth < fabs((double)d->position * d->mark)) d->want_group = REDUCTION;
        else d->want_group = turned < 0.0 ? TURN : ENTRY;
    }
    for (;;) {
        int best = -1;
        for (int i = 0; i < m->listings; i++) {
            if (!desks[i].wanted) continue;
            if (best < 0 || desks[i].want_group < desks[best].want_group
                || (desks[i].want_group == desks[best].want_group
                    && fabs(desks[i].want_weight) > fabs(desks[best].want_weight)))
                best = i;
        }
        if (best < 0) return;
        Desk *d = desks + best;
        const Bar *b = m->bars + bar_at[best];
        d->wanted = 0;
        planned = 0.0;
        for (int i = 0; i < m->listings; i++) planned += desks[i].planned;
        int64_t target = shares_of(m, d, b, worth, planned - d->planned);
        d->planned = (double)llabs(target) * b[-1].value;
        d->waiting = target != d->position;
        d->order_size = target - d->position;
        d->order_target = target;
        d->order_group = d->want_group;
        d->order_weight = fabs(d->want_weight);
        d->order_reason = d->want_reason;
    }
}

static void trade(const Market *m, const Point *p, Account *a, Desk *desks, const int32_t *bar_at, Fill *log)
{
    for (;;) {
        int best = -1;
        for (int i = 0; i < m->listings; i++) {
            if (bar_at[i] < 0 || !desks[i].waiting || !m->bars[bar_at[i]].tradable) continue;
            if (best < 0 || desks[i].order_group < desks[best].order_group
                || (desks[i].order_group == desks[best].order_group
                    && desks[i].order_weight > desks[best].order_weight))
                best = i;
        }
        if (best < 0) return;
        Desk *d = desks + best;
        const Bar *b = m->bars + bar_at[best];
        d->waiting = 0;
        int64_t before = d->position, missing = d->order_target - before;
        if (missing * d->order_size <= 0) continue;
        fill(m, a, desks, best, b, missing, b->open, 1, 0, d->order_reason, log);
        int64_t after = d->position;
        int opened = after != 0 && (before == 0 || (before > 0) != (after > 0) || llabs(after) > llabs(before));
        if (opened && (p->stop > 0.0 || p->take > 0.0)) {
            double sign = after > 0 ? 1.0 : -1.0;
            d->guarded = 1;
            d->stop_price = -sign * INFINITY;
            d->take_price = sign * INFINITY;
            if (p->stop > 0.0) d->stop_price = round_safe(m, b->ticks, d->average * (1.0 - sign * p->stop), after < 0);
            if (p->take > 0.0) d->take_price = round_safe(m, b->ticks, d->average * (1.0 + sign * p->take), after < 0);
        }
    }
}

static void protect(const Market *m, Account *a, Desk *desks, int i, const Bar *b, Fill *log)
{
    Desk *d = desks + i;
    int up = d->position > 0, reason = STOP;
    double price;
    if (up ? b->open >= d->take_price : b->open <= d->take_price) {
        price = b->open;
        reason = TAKE;
    } else if (up ? b->low <= d->stop_price : b->high >= d->stop_price) {
        price = (up ? b->open <= d->stop_price : b->open >= d->stop_price) ? b->open : d->stop_price;
    } else if (up ? b->high >= d->take_price : b->low <= d->take_price) {
        price = d->take_price;
        reason = TAKE;
    } else {
        return;
    }
    fill(m, a, desks, i, b, -d->position, price, 0, 1, reason, log);
}

static double quantile(const double *values, int count, double share, double *kept)
{
    double place = (count - 1) * share;
    int below = (int)place, size = 0;
    for (int k = 0; k < count; k++) {
        if (size == below + 2 && values[k] >= kept[size - 1]) continue;
        int at = size < below + 2 ? size++ : size - 1;
        while (at > 0 && kept[at - 1] > values[k]) {
            kept[at] = kept[at - 1];
            at--;
        }
        kept[at] = values[k];
    }
    return kept[below] + (kept[below + 1] - kept[below]) * (place - below);
}

static void measure(const Market *m, const Account *a, const Desk *desks, const double *path, const uint8_t *held,
                    double *daily, double *returns, double *room, double *out)
{
    int days = m->days;
    double cash = m->cash, total = 0.0, downside = 0.0, level = 0.0;
    for (int k = 0; k < METRICS; k++) out[k] = NAN;
    for (int k = 0; k < days; k++) {
        daily[k] = path[m->last_steps[k]];
        returns[k] = daily[k] / (k ? daily[k - 1] : cash) - 1.0;
        total += returns[k];
        if (returns[k] < 0.0) downside += returns[k] * returns[k];
        level += daily[k];
    }
    double final = daily[days - 1], mean = total / days, year = sqrt(m->per_year);
    double second = 0.0, third = 0.0, fourth = 0.0;
    for (int k = 0; k < days; k++) {
        double away = returns[k] - mean, square = away * away;
        second += square;
        third += square * away;
        fourth += square * square;
    }
    double deviation = sqrt(second / (days - 1)), variance = second / days;
    out[0] = final;
    out[1] = final / cash - 1.0;
    out[2] = pow(final / cash, 1.0 / m->years) - 1.0;
    out[3] = deviation * year;
    if (deviation > NOISE) {
        out[4] = mean / deviation * year;
        out[9] = third / days / (variance * sqrt(variance));
        out[10] = fourth / days / (variance * variance) - 3.0;
    }
    downside = sqrt(downside / days);
    if (downside > NOISE) out[5] = mean / downside * year;
    out[11] = -quantile(returns, days, 0.05, room);
    double peak = cash, deepest = 0.0;
    int64_t longest = 0, since = m->dates[0];
    int under_before = 0;
    for (int s = 0; s < m->steps; s++) {
        if (path[s] > peak) peak = path[s];
        double below = peak - path[s];
        int under = below > 1e-12 * peak;
        if (below > deepest * peak) deepest = below / peak;
        if ((under || under_before) && m->dates[s] - since > longest) longest = m->dates[s] - since;
        if (!under) since = m->dates[s];
        under_before = under;
    }
    out[6] = deepest;
    out[7] = (double)longest;
    if (deepest > 0.0) out[8] = out[2] / deepest;
    int open = 0;
    for (int i = 0; i < m->listings; i++) open += desks[i].position != 0;
    out[12] = (double)a->trades;
    out[13] = open;
    if (a->trades) {
        out[14] = (double)a->wins / a->trades;
        out[16] = a->returns / a->trades;
        out[17] = a->best;
        out[18] = a->worst;
        out[19] = (double)a->sessions / a->trades;
    }
    if (a->lost > 0.0) out[15] = a->gained / a->lost;
    int64_t exposed = 0, last = -1;
    for (int s = 0; s < m->steps; s++) {
        if (held[s] && m->dates[s] != last) {
            last = m->dates[s];
            exposed++;
        }
    }
    out[20] = (double)exposed / days;
    out[21] = a->traded / (level / days) / m->years;
    out[22] = a->fees;
    out[23] = a->borrow;
    out[24] = a->dividends;
    if (m->common >= 2) {
        double growth = 1.0, mine = 0.0, theirs = 0.0, own2 = 0.0, other2 = 0.0, both = 0.0;
        for (int k = 0; k < m->common; k++) {
            int64_t before = m->shared[k], date = m->shared[k + 1];
            room[k] = daily[date] / (before >= 0 ? daily[before] : cash) - 1.0;
            growth *= 1.0 + m->benchmark[k];
            mine += room[k];
            theirs += m->benchmark[k];
        }
        mine /= m->common;
        theirs /= m->common;
        for (int k = 0; k < m->common; k++) {
            double one = room[k] - mine, other = m->benchmark[k] - theirs;
            own2 += one * one;
            other2 += other * other;
            both += one * other;
        }
        out[25] = growth - 1.0;
        out[27] = both / other2;
        out[26] = pow(1.0 + mine - out[27] * theirs, m->common_per_year) - 1.0;
        out[28] = both / sqrt(own2 * other2);
    }
    out[29] = days;
    out[30] = m->per_year;
}

/* Run `count` points; `out` has METRICS a point. Fills of the last one go into `log` unless it is NULL.
 * Gives the number of fills of the last point, or -1 after a margin call or without memory. */
int64_t run_points(const Market *m, const Point *points, int64_t count, double *out, Fill *log)
{
    double *path = malloc(sizeof(double) * m->steps);
    uint8_t *held = malloc(m->steps);
    double *daily = malloc(sizeof(double) * 3 * (m->days + 2));
    double *returns = daily + m->days + 2, *room = returns + m->days + 2;
    Desk desks[LISTINGS];
    Account account, *a = &account;
    int64_t fills = -1;
    if (!path || !held || !daily || m->listings > LISTINGS) count = 0;
    for (int64_t k = 0; k < count; k++) {
        const Point *p = points + k;
        memset(a, 0, sizeof account);
        memset(desks, 0, sizeof desks);
        a->cash = m->cash;
        a->best = -1e300;
        a->worst = 1e300;
        for (int i = 0; i < m->listings; i++) {
            desks[i].entered = desks[i].renewed = -1;
            desks[i].next_news = m->list[i].first_news;
        }
        for (int s = 0; s < m->steps; s++) {
            const int32_t *bar_at = m->bar_at + (size_t)s * m->listings;
            int wanted = 0, waiting = 0;
            for (int i = 0; i < m->listings; i++) {
                if (bar_at[i] < 0) continue;
                decide(m, p, desks + i, m->list + i, m->bars + bar_at[i]);
                wanted |= desks[i].wanted;
            }
            if (wanted) send(m, a, desks, bar_at);
            for (int i = 0; i < m->listings; i++) {
                Desk *d = desks + i;
                if (bar_at[i] < 0) continue;
                waiting |= d->waiting;
                if (!d->position) continue;
                const Bar *b = m->bars + bar_at[i];
                if (b->pays) {
                    double amount = (double)d->position * (d->position > 0 ? b->paid_long : b->paid_short) * b->fx;
                    a->cash += amount;
                    a->dividends += amount;
                    d->paid += amount;
                }
                if (d->position < 0 && b->borrow > 0.0) {
                    double fee = fabs((double)d->position * d->mark) * b->borrow * b->gap / 360.0;
                    a->cash -= fee;
                    a->borrow += fee;
                    d->paid -= fee;
                }
            }
            if (waiting) trade(m, p, a, desks, bar_at, log && k == count - 1 ? log : NULL);
            double worth = 0.0, gross = 0.0;
            for (int i = 0; i < m->listings; i++) {
                Desk *d = desks + i;
                if (bar_at[i] >= 0) {
                    const Bar *b = m->bars + bar_at[i];
                    if (d->guarded && b->tradable) protect(m, a, desks, i, b, log && k == count - 1 ? log : NULL);
                    d->mark = b->value;
                }
            }
            for (int i = 0; i < m->listings; i++) {
                double own = (double)desks[i].position * desks[i].mark;
                worth += own;
                gross += fabs(own);
            }
            path[s] = a->cash + worth;
            held[s] = gross != 0.0 || !(path[s] > 0.0);
            if (gross > 0.0 && path[s] < m->maintenance * gross) a->calls++;
        }
        measure(m, a, desks, path, held, daily, returns, room, out + k * METRICS);
        fills = a->calls ? -1 : a->fills;
    }
    free(path);
    free(held);
    free(daily);
    return fills;
}
