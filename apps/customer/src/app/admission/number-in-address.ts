import { parseSessionNumber } from '@deskside/domain';

/** The number that an invitation's link carries behind `#`, where no server ever sees it: `https://…/#482913057`. */
export function numberInAddress(hash: string = location.hash): string | null {
  try {
    return parseSessionNumber(decodeURIComponent(hash.replace(/^#/, '')));
  } catch {
    return null;
  }
}
