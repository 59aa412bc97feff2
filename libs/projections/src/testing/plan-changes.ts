import type { EventLogReader, Position } from '@deskside/event-store';
import { allProjections } from '../all-projections';
import { readPage, withOpenedText } from '../engine/log-page';
import type { OpenText } from '../engine/log-page';
import type { Change, Projection } from '../engine/projection';

const PAGE = 1000;

/** What every projection wants written, page by page, for a loop that writes it without knowing why. */
export async function planChanges(
  reader: EventLogReader,
  open: OpenText,
): Promise<readonly (readonly [Projection, readonly (readonly Change[])[]])[]> {
  const plans = allProjections.map((projection): [Projection, Change[][]] => [projection, []]);
  let after: Position | null = null;
  for (;;) {
    const page = await readPage(reader, after, PAGE);
    if (page.events.length === 0) return plans;
    for (const [projection, pages] of plans) {
      const wanted = page.events.filter(({ type }) => projection.types === 'all' || projection.types.includes(type));
      const seen = projection.opensPersonalText === true ? wanted.map((event) => withOpenedText(event, open)) : wanted;
      pages.push((await Promise.all(seen)).flatMap((event) => projection.project(event)));
    }
    after = page.end;
  }
}
