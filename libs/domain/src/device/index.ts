export * from './device';
export * from './device-events';
export * from './known-products';
