import type { FastifyInstance } from 'fastify';
import { DEADLINE_TEXTS } from '../../contract/deadlines.ts';
import { accepted } from '../../core/values/result.ts';
import type { Context } from '../context.ts';
import { datedName, sendCsv } from '../http/csv-file.ts';
import { wantsCsv } from '../http/language.ts';
import { type Mount, send } from '../http/mount.ts';
import { presentNotFound } from '../http/problem.presenter.ts';
import { toCalendar } from './calendar.presenter.ts';
import { readCalendar, readFeed, renewFeed, revokeFeed, showFeed } from './calendar-feed.ts';
import { presentDeadline, toDeadlineCells } from './deadline.presenter.ts';
import { exportDeadlines, listDeadlines } from './list-deadlines.ts';

/** Its token is a secret: logs write this and not the address. */
export const FEED_ROUTE = '/calendar/:token';
/** A calendar program comes a few times a day. */
const FEED_REQUESTS_A_MINUTE = 60;
const CALENDAR = 'text/calendar; charset=utf-8';

export function deadlineRoutes(app: FastifyInstance, mount: Mount, context: Context, publicUrl: () => string): void {
  mount.signedIn('listDeadlines', async ({ call, query, wording, request, reply }) => {
    const { limit: _limit, cursor: _cursor, ...asked } = query;
    if (wantsCsv(request.headers.accept)) {
      const exported = await exportDeadlines(call, asked, wording.language);
      if (!exported.ok) return exported;
      await sendCsv(reply, {
        name: datedName('deadlines', call),
        language: wording.language,
        header: DEADLINE_TEXTS[wording.language].columns,
        lots: exported.value,
        cells: (record) => toDeadlineCells(record, wording),
      });
      return accepted({ items: [], nextCursor: null, within90: null });
    }
    const found = await listDeadlines(call, query, wording.language);
    if (!found.ok) return found;
    const { records, nextCursor, within90 } = found.value;
    return accepted({
      items: records.map((record) => presentDeadline(record, wording)),
      nextCursor,
      within90: within90 && { commitment: within90.commitments, monthToMonth: within90.monthToMonth },
    });
  });
  mount.signedIn('saveDeadlineCalendar', async ({ call, query, wording, reply }) => {
    const found = await readCalendar(call, query, wording.language);
    if (!found.ok) return found;
    const shown = { ...found.value, partner: call.actor.partner.name, portal: publicUrl(), now: context.clock.now() };
    await reply
      .type(CALENDAR)
      .header('content-disposition', `attachment; filename="${datedName('deadlines', call)}.ics"`)
      .send(toCalendar(shown, wording));
    return accepted(undefined);
  });
  mount.signedIn('showCalendarFeed', async ({ call }) => {
    const found = await showFeed(call);
    if (!found.ok) return found;
    const at = (moment: string) => Temporal.Instant.from(moment).toString();
    const feed = found.value && {
      createdAt: at(found.value.created_at),
      lastUsedAt: found.value.last_used_at === null ? null : at(found.value.last_used_at),
    };
    return accepted({ feed: feed ?? null });
  });
  mount.signedIn('renewCalendarFeed', async ({ call, language }) => {
    const made = await renewFeed(call, language);
    return made.ok
      ? accepted({ address: publicUrl() + FEED_ROUTE.replace(':token', `${made.value.token}.ics`) })
      : made;
  });
  mount.signedIn('revokeCalendarFeed', ({ call }) => revokeFeed(call));
  feedRoute(app, context, publicUrl);
}

/** The address that calendar programs fetch; the token in it is all that they show. */
function feedRoute(app: FastifyInstance, context: Context, publicUrl: () => string): void {
  const config = { rateLimit: { max: FEED_REQUESTS_A_MINUTE } };
  app.get<{ Params: { token: string } }>(FEED_ROUTE, { config }, async ({ params, id }, reply) => {
    const feed = await readFeed(context, params.token.replace(/\.ics$/, ''));
    if (!feed) return send(reply, presentNotFound('page', '/calendar', 'en', id));
    const { actor, language, ...found } = feed;
    const shown = { ...found, partner: actor.partner.name, portal: publicUrl(), now: context.clock.now() };
    return reply
      .type(CALENDAR)
      .header('cache-control', 'private, no-store')
      .send(toCalendar(shown, { catalog: context.catalog, language }));
  });
}
