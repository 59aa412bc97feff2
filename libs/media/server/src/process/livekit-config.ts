import { createHash } from 'node:crypto';
import { isIPv6 } from 'node:net';
import type { MediaAddress } from './media-address';
import type { MediaKeys } from './media-keys';

/** The ports of one LiveKit, kept for the next start. */
export interface MediaPorts {
  /** Signalling and the server's API; this machine only. */
  readonly signalling: number;
  /** Where the API is told what happens in rooms; this machine only. */
  readonly webhook: number;
  /** Picture and voice, UDP and TCP; open to whoever takes part. */
  readonly media: number;
}

/** Where and how picture and voice are taken. */
export interface MediaWays {
  readonly address: MediaAddress;
  /**
   * Over TCP as well, for browsers whose UDP is blocked. LiveKit listens for that at every address of the machine, and
   * nothing in its configuration changes it (`rtcconfig.NewWebRTCConfig` gives `net.ListenTCP` a port alone).
   */
  readonly overTcp: boolean;
}

/** "Discard" (RFC 863): no machine answers there. */
const nobodysPort = 9;

/** The configuration file of LiveKit. It reads YAML, of which JSON is a part. */
export function livekitConfig(keys: MediaKeys, ports: MediaPorts, { address, overTcp }: MediaWays): string {
  const only = listensOnlyAt(address);
  return JSON.stringify(
    {
      port: ports.signalling,
      // Browsers come through the API, which has the certificate.
      bind_addresses: ['127.0.0.1'],
      keys: { [keys.apiKey]: keys.apiSecret },
      rtc: {
        udp_port: ports.media,
        tcp_port: overTcp ? ports.media : 0,
        allow_tcp_fallback: overTcp,
        ...(only === null ? {} : { ips: { includes: [only] } }),
        // Nobody outside is asked for our address, so that a site without the Internet works.
        use_external_ip: false,
        node_ip: address.ip,
        enable_loopback_candidate: address.onlyThisMachine,
        // Without a name here LiveKit tells browsers to ask public servers. Nothing has to answer: LiveKit learns the
        // address of a browser behind a router from its first packet. It must not be the media port: Chromium takes all
        // that comes from there for answers of a STUN server, and no picture would go over UDP.
        stun_servers: [`${isIPv6(address.ip) ? `[${address.ip}]` : address.ip}:${nobodysPort}`],
      },
      // Only the API makes rooms, and it says how long each waits for somebody.
      room: { auto_create: false },
      webhook: { api_key: keys.apiKey, urls: [`http://127.0.0.1:${ports.webhook}/`] },
      // Its lines of information hold addresses of people.
      logging: { level: 'warn', json: true },
    },
    null,
    2,
  );
}

/** As CIDR; null: every address of the machine. It has a socket for each address, so the others are not listened at. */
function listensOnlyAt(address: MediaAddress): string | null {
  const isV6 = isIPv6(address.ip);
  if (address.onlyThisMachine) return isV6 ? '::1/128' : '127.0.0.0/8';
  return address.nowhereElse ? `${address.ip}/${isV6 ? 128 : 32}` : null;
}

export function configHash(config: string): string {
  return createHash('sha256').update(config).digest('hex');
}
