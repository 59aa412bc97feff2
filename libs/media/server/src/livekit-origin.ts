import type { LiveKitConnection } from './livekit/livekit-server';
import type { Progress } from './plant-state';
import type { ReceiveWebhook } from './process/webhook-listener';

/** Where LiveKit comes from: a server of our own, or one that somebody else runs. */
export interface LiveKitOrigin {
  /** Settles once it answers and knows our key. @throws PlantFailure with what the operator can do */
  begin(progress: Progress, receive: ReceiveWebhook, signal: AbortSignal): Promise<LiveKitConnection>;
  /** Settles when it no longer answers. */
  ended(signal: AbortSignal): Promise<void>;
  close(): Promise<void>;
}
