import type { Answer } from '../connection/requests';

/** A line on its way. `to`: `all` or a participant's id. Its commandId becomes the message's id in the log. */
export interface OutgoingLine {
  readonly commandId: string;
  readonly to: string;
  readonly text: string;
}

/** What a chat needs of the app around it: its endpoint's own operations, by `Requests.send` and `Requests.hint`. */
export interface ChatPort {
  send(line: OutgoingLine): Promise<Answer<unknown>>;
  takeBack(act: { readonly commandId: string; readonly messageId: string }): Promise<Answer<unknown>>;
  signalTyping(to: string, typing: boolean): void;
}
