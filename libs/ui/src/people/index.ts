export { Avatar, customerColours } from './avatar';
export type { CustomerColour } from './avatar';
export { PersonName } from './person-name';
export { firstGrapheme, isolated, languageOfName, readable, shownText } from './person-text';
export type { ReadText } from './person-text';
export { Presence } from './presence';
