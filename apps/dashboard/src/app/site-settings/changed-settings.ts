/** The settings of a site that a form can change. */
export interface EditableSettings {
  readonly name: string;
  readonly privacyNotice: string;
  readonly defaultLocale: string;
}

/** Only what differs is sent: two administrators who change two things do not undo each other. */
export function changedSettings(now: EditableSettings, wanted: EditableSettings): Partial<EditableSettings> {
  const changes = Object.entries(wanted).filter(([key, value]) => now[key as keyof EditableSettings] !== value);
  return Object.fromEntries(changes);
}
