export { belongsToComposition } from './composition';
export { IgnoreKeysAtFirst, settlingMs } from './ignore-keys-at-first';
