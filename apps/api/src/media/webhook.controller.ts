import { Body, Controller, Headers, HttpCode, HttpException, HttpStatus, Inject, Post } from '@nestjs/common';
import { MediaFailure } from '@deskside/media/server';
import type { WebhookAnswer } from '@deskside/media/server';
import { NODE } from '../node/deskside-node';
import type { DesksideNode } from '../node/deskside-node';

/** What a LiveKit that runs elsewhere tells; one of our own has a way of its own on this machine. */
@Controller('media')
export class WebhookController {
  constructor(@Inject(NODE) private readonly node: DesksideNode) {}

  @Post('webhook')
  @HttpCode(HttpStatus.NO_CONTENT)
  async take(@Body() body: unknown, @Headers('authorization') authorization: string | undefined): Promise<void> {
    // Only application/webhook+json is left as the bytes that were signed.
    if (!Buffer.isBuffer(body)) throw new HttpException('', HttpStatus.UNSUPPORTED_MEDIA_TYPE);
    const answer = await this.#receive(body.toString('utf8'), authorization);
    if (answer === 'refused') throw new HttpException('', HttpStatus.UNAUTHORIZED);
  }

  async #receive(body: string, authorization: string | undefined): Promise<WebhookAnswer> {
    try {
      return await this.node.media.receiveWebhook(body, authorization);
    } catch (error) {
      // LiveKit tells it again later.
      if (error instanceof MediaFailure) throw new HttpException('', HttpStatus.SERVICE_UNAVAILABLE);
      throw error;
    }
  }
}
