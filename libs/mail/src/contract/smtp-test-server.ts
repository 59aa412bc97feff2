import type { AddressInfo, Socket } from 'node:net';
import { buffer } from 'node:stream/consumers';
import PostalMime from 'postal-mime';
import { SMTPServer } from 'smtp-server';
import type { SMTPServerOptions } from 'smtp-server';
import type { ReceivedMail } from './mail-harness';

/** How a server treats whoever comes; it can change between two mails. */
export interface SmtpBehaviour {
  /** Answers to RCPT TO, such as `[550, '5.1.1 No such user']`. */
  readonly refuseRecipient?: readonly [code: number, reply: string];
  readonly refuseSender?: readonly [code: number, reply: string];
  /** Answer after the content. */
  readonly refuseContent?: readonly [code: number, reply: string];
  /** The connection is cut after the first bytes of the content. */
  readonly dropInContent?: boolean;
  /** Takes the mail over and never says so. */
  readonly silentAfterContent?: boolean;
  /** Never answers RCPT TO. */
  readonly silentAtRecipient?: boolean;
}

export interface SmtpTestServerOptions {
  /** Who may send; without it anybody. */
  readonly account?: { readonly user: string; readonly password: string };
  /** TLS from the start, with a certificate that nobody trusts. */
  readonly secure?: boolean;
  readonly port?: number;
}

/** A real SMTP server in this process, on a port of its own, for tests. */
export class SmtpTestServer {
  behaviour: SmtpBehaviour = {};
  /** Messages that it has taken over, in that order. */
  readonly messages: Buffer[] = [];
  readonly #server: SMTPServer;
  readonly #options: SmtpTestServerOptions;
  readonly #waiting = new Set<() => void>();

  private constructor(options: SmtpTestServerOptions) {
    this.#options = options;
    this.#server = new SMTPServer(this.#handlers());
    // A client that hangs up is no matter of the server's.
    this.#server.on('error', () => undefined);
  }

  static async start(options: SmtpTestServerOptions = {}): Promise<SmtpTestServer> {
    const server = new SmtpTestServer(options);
    await new Promise<void>((listening) => server.#server.listen(options.port ?? 0, '127.0.0.1', listening));
    return server;
  }

  get port(): number {
    return (this.#server.server.address() as AddressInfo).port;
  }

  get url(): string {
    const { account, secure } = this.#options;
    const who = account === undefined ? '' : `${account.user}:${encodeURIComponent(account.password)}@`;
    return `${secure ? 'smtps' : 'smtp'}://${who}127.0.0.1:${this.port}`;
  }

  async received(): Promise<readonly ReceivedMail[]> {
    return Promise.all(this.messages.map(parse));
  }

  /** Settles as soon as this many have been taken over. */
  async until(count: number): Promise<void> {
    while (this.messages.length < count) await new Promise<void>((next) => this.#waiting.add(next));
  }

  async close(): Promise<void> {
    await new Promise<void>((closed) => this.#server.close(() => closed()));
  }

  #handlers(): SMTPServerOptions {
    const { account, secure = false } = this.#options;
    return {
      secure,
      logger: false,
      // The certificate inside the package is known to everybody; STARTTLS with it would only be refused.
      disabledCommands: secure ? [] : ['STARTTLS'],
      authOptional: account === undefined,
      allowInsecureAuth: true,
      closeTimeout: 50,
      onAuth: ({ username, password }, _session, answer) => {
        const known = username === account?.user && password === account?.password;
        if (known) answer(null, { user: username });
        else answer(refusal([535, '5.7.8 Authentication credentials invalid']));
      },
      onMailFrom: (_address, _session, answer) => answer(refusal(this.behaviour.refuseSender)),
      onRcptTo: (_address, _session, answer) => {
        if (!this.behaviour.silentAtRecipient) answer(refusal(this.behaviour.refuseRecipient));
      },
      onData: (stream, session, answer) => {
        if (this.behaviour.dropInContent) return this.#cut(session.id);
        void buffer(stream).then((message) => {
          const refused = refusal(this.behaviour.refuseContent);
          if (refused === null) this.#take(message);
          if (!this.behaviour.silentAfterContent) answer(refused);
        });
      },
    };
  }

  #take(message: Buffer): void {
    this.messages.push(message);
    for (const next of this.#waiting) next();
    this.#waiting.clear();
  }

  #cut(sessionId: string): void {
    for (const connection of this.#server.connections) {
      const { id, _socket } = connection as unknown as { id: string; _socket: Socket };
      if (id === sessionId) _socket.destroy();
    }
  }
}

function refusal(given: readonly [code: number, reply: string] | undefined): Error | null {
  return given === undefined ? null : Object.assign(new Error(given[1]), { responseCode: given[0] });
}

async function parse(message: Buffer): Promise<ReceivedMail> {
  const { messageId = '', from, to, subject = '', text = '', html } = await PostalMime.parse(message);
  const sender = from?.name ? `${from.name} <${from.address ?? ''}>` : (from?.address ?? '');
  return {
    ...{ messageId, from: sender, to: to?.[0]?.address ?? '', subject },
    // SMTP ends every line by CR LF, the last one too (RFC 5321, 2.3.8).
    text: `${text.replaceAll('\r\n', '\n').trimEnd()}\n`,
    html: html?.replaceAll('\r\n', '\n').trimEnd() ?? null,
  };
}
