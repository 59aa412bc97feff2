import { randomUUID } from 'node:crypto';
import { BenchBrowser } from './page';
import type { Site } from './site';
import { until } from './until';

/** Two pages, one of which shows the other its screen. */
export interface Side {
  /** @returns from the choice of the screen to its first picture at the far end, ms */
  share(): Promise<number>;
  /** Ages of the pictures that come within so long, ms. */
  watch(ms: number): Promise<readonly number[]>;
  /** What capture and encoder were told. */
  sending(): Promise<string>;
  stop(): Promise<void>;
  close(): Promise<void>;
}

abstract class TwoPages implements Side {
  protected readonly near: BenchBrowser;
  protected readonly far: BenchBrowser;

  constructor(near: BenchBrowser, far: BenchBrowser) {
    this.near = near;
    this.far = far;
  }

  protected abstract choose(): Promise<void>;
  abstract stop(): Promise<void>;

  async share(): Promise<number> {
    await Promise.all([this.near.forget(), this.far.forget()]);
    await this.choose();
    let chosenAt = 0;
    let seenAt = 0;
    await until('the screen is chosen', async () => (chosenAt = await this.near.chosenAt()) > 0);
    await until('its picture is at the far end', async () => (seenAt = await this.far.firstSeen(chosenAt)) > 0);
    return seenAt - chosenAt;
  }

  async watch(ms: number): Promise<readonly number[]> {
    await this.far.forget();
    await this.far.page.waitForTimeout(ms);
    return (await this.far.pictures()).map(({ paintedAt, seenAt }) => seenAt - paintedAt);
  }

  sending(): Promise<string> {
    return this.near.sending();
  }

  async close(): Promise<void> {
    await Promise.all([this.near.close(), this.far.close()]);
  }
}

/** The product: the customer's app shows, the CSR's console sees. */
export class ProductSide extends TwoPages {
  #request: () => Promise<unknown> = () => Promise.resolve();

  static async open({ origin, desk }: Site): Promise<ProductSide> {
    const { sessionId } = await desk.startSession();
    const link = await desk.invite(sessionId);
    const [near, far] = [await BenchBrowser.open('bench-screen.ts'), await BenchBrowser.open('bench-screen.ts')];
    await near.page.goto(link);
    await near.page.getByRole('button', { name: 'Join the session' }).click();
    await near.page.getByRole('textbox', { name: /Write/ }).waitFor();
    const cookies = desk.csr.cookie.split('; ').map((pair) => {
      const sign = pair.indexOf('=');
      return { name: pair.slice(0, sign), value: pair.slice(sign + 1), url: origin };
    });
    await far.page.context().addCookies(cookies);
    await far.page.goto(`${origin}/dashboard/console/${sessionId}`);
    await far.page.getByRole('tab', { name: 'Desktop', exact: true }).click();
    const side = new ProductSide(near, far);
    side.#request = () => desk.requestView(sessionId);
    return side;
  }

  protected async choose(): Promise<void> {
    await this.#request();
    const question = this.near.page.getByRole('alertdialog', { name: /asks to see your screen/ });
    await question.getByRole('button', { name: /Choose a screen/ }).click();
  }

  async stop(): Promise<void> {
    const { page } = this.near;
    await page.getByRole('region', { name: 'What is shared' }).getByRole('button', { name: 'Stop' }).click();
    await page.getByText('Stopped – nobody sees your screen.').waitFor();
  }
}

/** LiveKit's client alone, with the same content and options on the same media server. */
export class BareSide extends TwoPages {
  static async open(site: Site): Promise<BareSide> {
    const { url, sender, viewer } = await site.bareRoom(randomUUID());
    const [near, far] = [await BenchBrowser.open('bench-bare.ts'), await BenchBrowser.open('bench-bare.ts')];
    await Promise.all([near.openEmpty(site.origin), far.openEmpty(site.origin)]);
    await Promise.all([near.join(url, sender), far.join(url, viewer)]);
    return new BareSide(near, far);
  }

  protected choose(): Promise<void> {
    return this.near.show();
  }

  async stop(): Promise<void> {
    await this.far.forgetGone();
    await this.near.stop();
    await until('the picture is gone', async () => (await this.far.goneAt()) > 0);
  }
}
