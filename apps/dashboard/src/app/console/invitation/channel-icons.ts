import type { InvitationChannel } from '@deskside/domain';

/** The drawing beside each way's word. */
export const channelIcons: Readonly<Record<InvitationChannel, string>> = {
  email: 'mail',
  phone: 'phone',
  instantMessage: 'message',
};
