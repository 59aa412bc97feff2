/** Every key of the dashboard, once: what listens, the palette and the list of keys read this table. */
export const keyTable = [
  { id: 'palette', combo: 'mod+k', group: 'everywhere' },
  { id: 'list', combo: '?', group: 'everywhere' },
  { id: 'newSession', combo: 'n', group: 'everywhere' },
  { id: 'session', combo: 'alt+1', upTo: 'alt+8', group: 'everywhere' },
  { id: 'invite', combo: 'i', group: 'inSession' },
  { id: 'chat', combo: 'c', group: 'inSession' },
  { id: 'audio', combo: 'a', group: 'inSession' },
  { id: 'mute', combo: 'm', group: 'inSession' },
  { id: 'audioDevices', combo: 'd', group: 'inSession' },
  { id: 'notes', combo: 't', group: 'inSession' },
  { id: 'requestView', combo: 'v', group: 'inSession' },
  { id: 'withdraw', combo: 'w', group: 'inSession' },
  { id: 'stop', combo: 's', group: 'inSession' },
  { id: 'stopAll', combo: 'shift+s', group: 'inSession' },
  { id: 'size', combo: 'z', group: 'inSession' },
  { id: 'fullScreen', combo: 'f', group: 'inSession' },
  { id: 'people', combo: 'p', group: 'inSession' },
  { id: 'log', combo: 'l', group: 'inSession' },
  { id: 'copyNumber', combo: 'y', group: 'inSession' },
  { id: 'end', combo: 'e', group: 'inSession' },
  { id: 'event', combo: 'ArrowUp', upTo: 'ArrowDown', group: 'inAudit' },
  { id: 'firstLast', combo: 'Home', upTo: 'End', group: 'inAudit' },
  { id: 'play', combo: ' ', group: 'inAudit' },
  { id: 'tenSeconds', combo: 'ArrowLeft', upTo: 'ArrowRight', group: 'inAudit' },
  { id: 'copyLink', combo: 'y', group: 'inAudit' },
] as const;

export type KeyId = (typeof keyTable)[number]['id'];
export const keyGroups = ['everywhere', 'inSession', 'inAudit'] as const;

export function comboFor(id: KeyId): string {
  return keyTable.find((key) => key.id === id)?.combo ?? '';
}
