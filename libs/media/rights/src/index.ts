export { mediaSources, noMediaRights, sameMediaRights } from './media-rights';
export type { MediaRights, MediaSource } from './media-rights';
export { mediaRights, screenViewers } from './rights-in-session';
