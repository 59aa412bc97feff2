/**
 * Picture and voice in the browser, without a framework: what both Angular apps stand on.
 *
 * One {@link MediaConnection} for each participant and window; {@link ScreenShare} shows a screen over it,
 * {@link ScreenView} shows somebody else's in a video element, {@link Talk} is hearing and being heard. All of them come
 * back by themselves after every loss of the network, the API or the media server, without asking the user again. A
 * {@link MediaSeat} keeps a participant's media in one window. {@link DeviceTest} and {@link deviceAbilities} need no
 * connection.
 *
 * State is a {@link Current}: an Observable with a value. What a person or a browser may refuse comes back as a value with
 * a literal `reason`; nothing here rejects for it.
 */
export { MediaConnection, MediaRefused } from './connection';
export type { ConnectionFailure, MediaAccess, MediaState, PublishResult } from './connection';
export type { Current } from './current';
export * from './device';
export * from './screen';
export * from './seat';
export { signallingUrl } from './signalling-url';
export * from './talk';
export * from './view';
