import type { InvitationLocale } from '@deskside/domain';
import { IntlMessageFormat } from 'intl-messageformat';
import en from './i18n/en.json' with { type: 'json' };
import srCyrl from './i18n/generated/sr-Cyrl.json' with { type: 'json' };
import srLatn from './i18n/sr-Latn.json' with { type: 'json' };
import zhHantTw from './i18n/zh-Hant-TW.json' with { type: 'json' };

export type TextKey = keyof typeof en;

const texts: Readonly<Record<InvitationLocale, Readonly<Record<TextKey, string>>>> = {
  en,
  'sr-Latn': srLatn,
  'sr-Cyrl': srCyrl,
  'zh-Hant-TW': zhHantTw,
};

/** A sentence for somebody outside, in the language of the invitation. Values stand in it as they are. */
export function sentence(
  locale: InvitationLocale,
  key: TextKey,
  values: Readonly<Record<string, string>> = {},
): string {
  const format = new IntlMessageFormat(texts[locale][key], locale, undefined, { ignoreTag: true });
  return String(format.format(values));
}
