import type { Texts } from '@deskside/ui';

/** What a picture's header needs of `ViewFigures` of `@deskside/media/browser`. */
export interface PictureFigures {
  readonly fps: number;
  readonly delayMs: number | null;
  readonly roundTripMs: number | null;
}

/** "15 fps · 96 ms": the delay from capture to picture, or where it is not known the round trip; null before any picture. */
export function qualityText(figures: PictureFigures | null, t: Texts): string | null {
  if (figures === null || figures.fps === 0) return null;
  const fps = Math.round(figures.fps);
  const delay = figures.delayMs ?? figures.roundTripMs;
  if (delay === null) return t('console.screen.fps', { fps });
  return t('console.screen.quality', { fps, ms: Math.round(delay) });
}
