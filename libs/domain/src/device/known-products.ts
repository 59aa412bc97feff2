/**
 * What a page may call the browser and the system that it runs on. They stand in the log in the clear, so nobody may write
 * there what they like. Anything else is `Other`; versions are told by nobody, as they would make a device known again.
 */
export const browserNames = ['Chrome', 'Edge', 'Firefox', 'Opera', 'Safari', 'Samsung Internet', 'Other'] as const;
export const systemNames = ['Android', 'ChromeOS', 'Linux', 'Windows', 'iOS', 'macOS', 'Other'] as const;

export type BrowserName = (typeof browserNames)[number];
export type SystemName = (typeof systemNames)[number];
