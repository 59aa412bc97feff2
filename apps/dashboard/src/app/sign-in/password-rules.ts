import { parsePassword, passwordLength } from '@deskside/domain';

/** One rule for passwords, as the person types. */
export interface PasswordRule {
  readonly name: 'least' | 'most' | 'notCommon';
  readonly met: boolean;
  readonly figures: Readonly<Record<string, number>>;
}

/** The domain's own rules, told one by one. The upper limit is told only when it matters. */
export function passwordRules(typed: string): readonly PasswordRule[] {
  const length = [...typed.normalize('NFKC')].length;
  const parsed = parsePassword(typed);
  const tooLong = length > passwordLength.most;
  const common = !parsed.ok && parsed.refusal.code === 'PASSWORD_TOO_COMMON';
  const least = {
    name: 'least',
    met: length >= passwordLength.least,
    figures: { least: passwordLength.least, length },
  } as const;
  const notCommon = { name: 'notCommon', met: parsed.ok || (least.met && !tooLong && !common), figures: {} } as const;
  const most = { name: 'most', met: false, figures: { limit: passwordLength.most } } as const;
  return tooLong ? [least, most, notCommon] : [least, notCommon];
}

export function isAcceptable(typed: string): boolean {
  return parsePassword(typed).ok;
}
