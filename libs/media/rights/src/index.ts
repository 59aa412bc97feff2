export { mediaSources, noMediaRights, sameMediaRights } from './media-rights';
export type { MediaRights, MediaSource } from './media-rights';
