import * as v from 'valibot';
import { declareEvent, uuid } from '../events';
import type { Audience, EventOf } from '../events';

const configurersAndAuditors = (): readonly Audience[] => [
  { permission: 'site.configure' },
  { permission: 'audit.read' },
];

export const siteSettingsSchema = v.object({
  /** What customers read at the top of every page. */
  name: v.string(),
  /** Shown before joining; plain text. Empty: the product's own sentence. */
  privacyNotice: v.string(),
  defaultLocale: v.picklist(['en', 'sr-Latn', 'sr-Cyrl', 'zh-Hant-TW']),
});

/** The very first event of a log: whose log it is. */
export const SiteCreated = declareEvent({
  type: 'SiteCreated',
  version: 1,
  payload: v.object({ siteId: uuid, settings: siteSettingsSchema }),
  personal: {},
  visibleTo: configurersAndAuditors,
});

export const SiteSettingsChanged = declareEvent({
  type: 'SiteSettingsChanged',
  version: 1,
  payload: v.object({ settings: v.partial(siteSettingsSchema) }),
  personal: {},
  visibleTo: configurersAndAuditors,
});

export type SiteSettings = v.InferOutput<typeof siteSettingsSchema>;
export type SiteEvent = EventOf<typeof SiteCreated> | EventOf<typeof SiteSettingsChanged>;
