export { belongsToComposition } from './composition';
